"""The server: the app and its publications, security headers on every answer, a health check, a word to search engines.

`streamlit run app.py` starts it; so does any ASGI server with `app:app`.
"""

from __future__ import annotations

import asyncio
import base64
import datetime as dt
import gc
import hashlib
import importlib
import logging
import pkgutil
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

ROOT = Path(__file__).resolve().parent
if str(ROOT) not in sys.path:
    # The pages import `vsm` and `pages.shared`, wherever the server was started from.
    sys.path.insert(0, str(ROOT))

from vsm.hosting.settings import take_settings  # noqa: E402 (it lies beside this file)

take_settings()

from pages.shared import asked_page, below_path, doors, json_log  # noqa: E402
from vsm.hosting.addresses import Addresses  # noqa: E402
from vsm.hosting.provider import Provider  # noqa: E402
from vsm.serving import publication_headers, publication_routes  # noqa: E402
from vsm.sharing.found import StoreError  # noqa: E402
from vsm.sharing.settings import SharingSettings  # noqa: E402

json_log.begin()
_LOG = logging.getLogger("vsm.store")


def _inline_scripts() -> str:
    """List the hashes of the scripts inside Streamlit's index.html, so that no other inline script may run."""
    html = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL)
    return " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in scripts)


CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        # blob: holds the scripts of Streamlit's components. No 'unsafe-eval': Streamlit gives Vega its own interpreter.
        f"script-src 'self' blob: {_inline_scripts()}",
        # Streamlit writes its styles into the page while it runs, so inline styles cannot be forbidden.
        "style-src 'self' 'unsafe-inline' blob:",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "frame-ancestors 'self'",
        "base-uri 'self'",
        "form-action 'self'",
    )
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeaders:
    """Put the security headers on every answer over HTTP."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; websockets have no such headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in {**HEADERS, **publication_headers(scope["path"])}.items():
                    headers[name] = value
            await send(message)

        await self.app(scope, receive, send_with_headers)


# An upload stays in memory: Starlette would write what is above 1 MB of it to a temporary file while it comes in.
MultiPartParser.spool_max_size = 1024**3


def _import_pages() -> None:
    """Import all that the pages will, before anyone comes.

    Of visitors who come at the same moment to a server that has just started, each page runs in a thread of its own;
    two threads that import modules which need each other can both be handed unfinished ones.
    """
    import pages.shared
    import vsm

    for package in (vsm, pages.shared):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)


_import_pages()
# What is imported stays: a full collection that walks through it again and again holds all visitors up for 80 ms.
gc.collect()
gc.freeze()


def _health(_request: Request) -> PlainTextResponse:
    """Answer ok while the process lives and the store, if there is one, can be read."""
    try:
        store = SharingSettings.from_environment().existing_store()
        if store is not None:
            store.find("", dt.datetime.now(dt.UTC))
    except StoreError as error:
        return PlainTextResponse(str(error), status_code=503)
    return PlainTextResponse("ok")


def _robots(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


def _secrets() -> dict[str, dict[str, str]]:
    """Return what Streamlit's sign-in has to know; nothing where it is off."""
    provider = Provider.from_environment()
    if provider is None:
        return {}
    auth = {
        "redirect_uri": provider.redirect_uri,
        "cookie_secret": provider.cookie_secret,
        "client_id": provider.client_id,
        "client_secret": provider.client_secret,
        "server_metadata_url": provider.metadata_url,
    }
    return {"auth": auth}


def _say_if_nothing_can_be_stored() -> None:
    """Tell the host at the start, and not a visitor's first click; what needs no store works without."""
    settings = SharingSettings.from_environment()
    if (settings.publishing or settings.drafts) and (why := settings.trouble()):
        _LOG.warning(f"Nothing can be published or kept as a draft, all else works. {why.for_host}")


@asynccontextmanager
async def _lifespan(running: st.App) -> AsyncIterator[None]:
    """Look after the log and, in a thread, after the store: a database may take minutes to not answer."""
    async with json_log.lifespan(running):
        asyncio.get_running_loop().run_in_executor(None, _say_if_nothing_can_be_stored)
        yield


app = st.App(
    ROOT / "pages" / "frame.py",
    secrets=_secrets(),
    lifespan=_lifespan,
    routes=[
        Route("/healthz", _health),
        Route("/robots.txt", _robots),
        Route("/metrics", doors.metrics),
        *publication_routes(),
    ],
    middleware=[
        # uvicorn believes the proxies of this machine; these are the others that the host names.
        Middleware(ProxyHeadersMiddleware, trusted_hosts=list(Addresses.from_environment().proxies)),
        Middleware(below_path.BelowPath),
        Middleware(SecurityHeaders),
        Middleware(asked_page.AskedPage),
        Middleware(doors.Doors),
    ],
)
