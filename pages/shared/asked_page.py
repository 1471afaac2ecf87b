"""The page that someone asked for before signing in -> where they are led afterwards, instead of the first page."""

from __future__ import annotations

from urllib.parse import quote, unquote

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.shared.below_path import PUBLICATIONS, base_path
from pages.shared.doors import user_of
from pages.shared.menu import ENTRIES
from vsm.hosting.access import Access
from vsm.hosting.provider import Provider

_COOKIE = "vsm_asked_page"
_SECONDS = 600
"""How long signing in may take."""
_CALLBACK = "/oauth2callback"
_PAGES = {f"/{entry.address}" for entry in ENTRIES}


class AskedPage:
    """Note in a cookie which page a person who has not signed in asks for, and lead them there afterwards."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._access = Access.from_environment()
        self._provider = Provider.from_environment()
        self._base = base_path()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; without sign-in nothing is noted."""
        if scope["type"] == "http" and self._provider is not None and scope["method"] == "GET":
            request, path = Request(scope), scope["path"].removeprefix(self._base)
            if path == _CALLBACK:
                send = self._leading_back(send, page_of(request.cookies.get(_COOKIE, "")))
            elif (asked := page_of(_asked(path, scope))) is not None and not self._lets_in(request):
                send = self._noting(send, asked)
        await self.app(scope, receive, send)

    def _lets_in(self, request: Request) -> bool:
        lets_in = self._access.may_open_links if _is_publication(request.scope["path"]) else self._access.may_enter
        return lets_in(user_of(request))

    def _noting(self, send: Send, asked: str) -> Send:
        return _with_headers(send, self._cookie(quote(asked, safe=""), _SECONDS))

    def _leading_back(self, send: Send, asked: str | None) -> Send:
        """Lead to the page, where Streamlit leads to the first one; whether anyone was let in is seen there."""
        return send if asked is None else _with_headers(send, self._cookie("", 0), location=f"{self._base}{asked}")

    def _cookie(self, value: str, seconds: int) -> str:
        assert self._provider is not None, "without sign-in there is no cookie"
        response, secure = Response(), self._provider.base_url.startswith("https:")
        # Lax: the provider's page, another site, leads to where the cookie is read.
        response.set_cookie(_COOKIE, value, max_age=seconds, httponly=True, samesite="lax", secure=secure)
        return response.headers["set-cookie"]


def _asked(path: str, scope: Scope) -> str:
    query = scope["query_string"].decode("latin-1")
    return quote(f"{path}?{query}" if query else path, safe="")


def page_of(noted: str) -> str | None:
    """Return the address that was noted, if it is one of a page of ours or of a publication; else `None`.

    The first page needs no noting, unless something stands behind it.
    """
    address = unquote(noted)
    path, _, query = address.partition("?")
    ours = path in _PAGES or _is_publication(path) or (path == "/" and query)
    return address if ours and address.isascii() and address.isprintable() else None


def _is_publication(path: str) -> bool:
    return path.startswith(PUBLICATIONS)


def _with_headers(send: Send, cookie: str, *, location: str | None = None) -> Send:
    """Add a cookie to the answer; `location` takes the place of where it leads, if it leads anywhere."""

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.append("set-cookie", cookie)
            if location is not None and "location" in headers:
                headers["location"] = location
        await send(message)

    return send_with_headers
