"""The path below which the host lets Streamlit serve the app, such as /vsm: routes of our own answer there, too."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

_ROUTES = ("/healthz", "/metrics", "/robots.txt")
PUBLICATIONS = "/p/"


def base_path() -> str:
    """Return Streamlit's `server.baseUrlPath` as "/vsm"; empty where the app has its host to itself."""
    path = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


class BelowPath:
    """Take the path off requests for routes of ours, so that all behind it know them by one name; they keep that, too.

    Streamlit's own routes have the path already, and answer whatever it does not know with its first page.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._base = base_path()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if self._base and scope["type"] == "http" and scope["path"].startswith(f"{self._base}/"):
            path = scope["path"].removeprefix(self._base)
            if path in _ROUTES or path.startswith(PUBLICATIONS):
                scope = {**scope, "path": path}
        await self.app(scope, receive, send)
