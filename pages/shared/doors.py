"""The doors of the server that lie beside the pages: uploads, publications and figures for monitoring, each guarded."""

from __future__ import annotations

import hmac
import json
import logging
import math
import time

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.runtime import Runtime
from streamlit.runtime.stats import ACTIVE_SESSIONS_FAMILY, GaugeStat
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from pages.shared.below_path import PUBLICATIONS, base_path
from vsm.hosting import log_lines, measures
from vsm.hosting.access import Access, User
from vsm.hosting.addresses import Addresses
from vsm.hosting.provider import Provider
from vsm.serving.headers import FILES
from vsm.sharing.found import StoreError
from vsm.sharing.settings import SharingSettings

_HEALTH = "/healthz"
_UPLOADS = "/_stcore/upload_file"
_STREAMLITS_OWN_FIGURES = "/_stcore/metrics"
_LOG = logging.getLogger("vsm.requests")


class Doors:
    """Let in whom the host's settings let in, and note every answer where a log is asked for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._access = Access.from_environment()
        self._addresses = Addresses.from_environment()
        self._logs = log_lines.wanted()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; a websocket brings the page that asks people to sign in."""
        if scope["type"] == "http":
            refusal = self._refusal(Request(scope))
            await (refusal or self.app)(scope, receive, self._noted(scope, send) if self._logs else send)
        elif scope["type"] == "websocket":
            await (self._wrong_name(HTTPConnection(scope)) or self.app)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _wrong_name(self, asked: HTTPConnection) -> Response | None:
        """Refuse what is asked of another name: a page elsewhere whose name leads to this machine could read all."""
        if self._addresses.allow(asked.headers.get("host")):
            return None
        return PlainTextResponse("This app is not served under this name.", status_code=421)

    def _refusal(self, request: Request) -> Response | None:
        path = request.scope["path"]
        if path == _HEALTH:
            # Whoever looks after containers asks each by its number.
            return None
        if _STREAMLITS_OWN_FIGURES in path:
            # It counts sessions and memory for whoever asks; /metrics does so for who holds the host's token.
            return PlainTextResponse("Not found", status_code=404)
        if _UPLOADS in path and request.method != "OPTIONS" and not self._access.may_enter(user_of(request)):
            return PlainTextResponse("The host of this app asks you to sign in first.", status_code=403)
        if path.startswith(PUBLICATIONS) and not self._access.may_open_links(user_of(request)):
            return _sign_in_first(path)
        return self._wrong_name(request)

    def _noted(self, scope: Scope, send: Send) -> Send:
        begun = time.perf_counter()

        async def send_and_note(message: Message) -> None:
            if message["type"] == "http.response.start":
                fields = {
                    "method": scope["method"],
                    "path": log_lines.without_names(scope["path"]),
                    "status": message["status"],
                    "milliseconds": round((time.perf_counter() - begun) * 1000, 1),
                }
                _LOG.info("request", extra={"fields": fields})
            await send(message)

        return send_and_note


def _sign_in_first(path: str) -> Response:
    """Lead who asks for a publication's page to the sign-in; a program that asks for a file of it could not follow."""
    link = path.removeprefix(PUBLICATIONS)
    if "/" in link or link.endswith(FILES):
        return PlainTextResponse("The host of this app asks you to sign in first.", status_code=401)
    return RedirectResponse(f"{base_path()}/", status_code=303)


def user_of(request: Request) -> User | None:
    """Return what the provider said of the person who asks, from the cookie that Streamlit signed at the sign-in."""
    provider = Provider.from_environment()
    if provider is None:
        return None

    def signed(name: str) -> bytes | None:
        value = request.cookies.get(name)
        return decode_signed_value(get_cookie_secret(), name, value.encode("latin-1")) if value else None

    said = json.loads(get_cookie_with_chunks(signed, USER_COOKIE_NAME) or b"{}")
    return said if said.get("is_logged_in") is True and said.get("origin") == provider.origin else None


def _sessions() -> float:
    """Count the visitors with an open tab, as Streamlit does."""
    if not Runtime.exists():
        return 0
    stats = Runtime.instance().stats_mgr.get_stats(family_names=[ACTIVE_SESSIONS_FAMILY])
    return sum(stat.value for stat in stats[ACTIVE_SESSIONS_FAMILY] if isinstance(stat, GaugeStat))


def _drafts() -> float:
    """Count the drafts in the store; not a number where it does not answer."""
    try:
        settings = SharingSettings.from_environment()
        store = settings.existing_store()
        return 0 if store is None else settings.drafts_in(store).total().count
    except StoreError:
        return math.nan


def metrics(request: Request) -> Response:
    """Answer with the figures for monitoring to who holds `VSM_METRICS_TOKEN`; without that setting there are none."""
    token = measures.token()
    if token is None:
        return PlainTextResponse("Not found", status_code=404)
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(given.encode(), token.encode()):
        return PlainTextResponse("Wrong or no token", status_code=401, headers={"WWW-Authenticate": "Bearer"})
    measures.SESSIONS.set(_sessions())
    measures.DRAFTS.set(_drafts())
    return Response(measures.as_text(), media_type=CONTENT_TYPE_LATEST)
