"""The routes under /p/: a publication's page, figures, table and pictures, or a kind sentence with the right status."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from typing import NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from vsm.serving.found_lately import FoundLately
from vsm.serving.headers import PREFIX
from vsm.serving.kept_pages import KeptPages
from vsm.serving.pages import Asked, message_page, moment, publication_page
from vsm.serving.rate_limit import GUESSES, RateLimit
from vsm.serving.script import packed_script, script_path
from vsm.sharing.forms import PNG, SVG, Form, is_packed, pack, picture_titles, unpack
from vsm.sharing.found import Expired, Found, Publication, Revoked, StoreError, Unknown
from vsm.sharing.settings import SharingSettings
from vsm.sharing.store import Store
from vsm.sharing.tokens import split_version

_TOO_MANY_SECONDS = "60"


class _Kind(NamedTuple):
    """How a form goes over the line."""

    media_type: str
    file: str | None = None
    """The name under which a browser saves it; `None`: it is shown."""


_KINDS = {
    Form.PAGE: _Kind("text/html; charset=utf-8"),
    Form.FIGURES: _Kind("application/json"),
    Form.TABLE: _Kind("text/csv; charset=utf-8", "stages.csv"),
    Form.CHARTS: _Kind("application/json"),
}
_PICTURES = {SVG: _Kind("image/svg+xml"), PNG: _Kind("image/png")}
_SCRIPT = _Kind("text/javascript; charset=utf-8")


class _Desk:
    """What the routes share: the guesses of each address, and what was found and put together lately."""

    def __init__(self, clock: Callable[[], float], guesses: RateLimit) -> None:
        self._guesses = guesses
        self._lately = FoundLately()
        self._pages = KeptPages()
        self._clock = clock

    def form_route(self, path: str, form: Form) -> Route:
        """Return a route to a form."""
        return self._route(path, lambda _: form, _KINDS[form])

    def picture_route(self, ending: str) -> Route:
        """Return a route to the pictures of one kind."""
        return self._route(
            f"/{{picture}}{ending}", lambda asked: f"{asked.path_params['picture']}{ending}", _PICTURES[ending]
        )

    def _route(self, path: str, name_of: Callable[[Request], str], kind: _Kind) -> Route:
        """Return a route; where the store has to be asked, it answers in a thread."""

        async def endpoint(request: Request) -> Response:
            name = name_of(request)
            asked = Asked(*split_version(request.path_params["link"]))
            body = self._at_hand(asked, name)
            if body is not None:
                return _packed(request, name, kind, body)
            return await run_in_threadpool(self._answer, request, asked, name, kind)

        return Route(f"{PREFIX}{{link}}{path}", endpoint)

    def _at_hand(self, asked: Asked, name: str) -> bytes | None:
        """Return what was found and put together lately; `None` where the store has to be asked."""
        found = self._lately.get(asked.token, self._clock())
        return None if found is None else self._pages.get((asked, found, name))

    def _answer(self, request: Request, asked: Asked, name: str, kind: _Kind) -> Response:
        """Answer with a form or picture of the publication, or say why there is none."""
        begun = self._clock()
        try:
            store = SharingSettings.from_environment().existing_store()
            found = Unknown() if store is None else store.find(asked.token, dt.datetime.now(dt.UTC))
            if store is None or isinstance(found, Unknown):
                return _no_page(found) if self._guesses.spend(_address(request), begun) else _too_many()
            if not isinstance(found, Publication):
                return _no_page(found)
            body = self._body(store, found, asked, name)
        except StoreError as error:
            return _message(503, "This page cannot be shown at the moment", str(error))
        if body is None:
            return _not_in_it(found, asked.version, name)
        self._lately.keep(asked.token, found, begun)
        return _packed(request, name, kind, body)

    def _body(self, store: Store, found: Publication, asked: Asked, name: str) -> bytes | None:
        """Return what is served, packed; `None` where the version has it not, or no more."""
        if asked.version is not None and asked.version not in found.numbers:
            return None
        body = self._pages.get((asked, found, name))
        if body is None:
            body = store.body(found, name, asked.version)
            if body is None:
                return None
            if name == Form.PAGE:
                pictures = picture_titles(store.body(found, Form.PICTURES, asked.version))
                page = publication_page(unpack(name, body).decode(), found, asked, pictures)
                body = pack(name, page.encode())
            self._pages.keep((asked, found, name), body)
        return body


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _packed(request: Request, name: str, kind: _Kind, body: bytes) -> Response:
    """Send a form or picture as it is packed to whoever can unpack it."""
    headers = {"Vary": "Accept-Encoding"}
    if kind.file is not None:
        headers["Content-Disposition"] = f'attachment; filename="{kind.file}"'
    if is_packed(name) and "gzip" in request.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        body = unpack(name, body)
    return Response(body, media_type=kind.media_type, headers=headers)


def _not_in_it(found: Publication, version: int | None, name: str) -> Response:
    """Say to who holds a link that opens what it does not have."""
    if version is None or version in found.numbers:
        if name == Form.PAGE:
            # Every version has its page: it was taken down since the store was asked for the link.
            return _no_page(Revoked(found.newest.created))
        return _message(404, "This publication has no such picture", "Its page shows which there are.")
    sentence = "Take what stands behind the point off the link to open the newest version, which lists the others."
    if version > found.newest.number:
        return _message(404, f"There is no version {version} of this publication", sentence)
    return _message(410, f"Version {version} of this publication is no longer kept", sentence)


def _no_page(found: Found) -> Response:
    """Say that a link opens nothing: that it did is told to those alone who hold it."""
    if isinstance(found, Expired):
        sentence = f"It could be opened until {moment(found.since)}. Ask whoever sent the link for a new one."
        return _message(410, "This publication has expired", sentence)
    if isinstance(found, Revoked):
        sentence = "Whoever published it took it down. Ask them if you still need it."
        return _message(410, "This publication is no longer here", sentence)
    sentence = "Check that the whole link was copied, and ask whoever sent it."
    return _message(404, "There is no publication under this link", sentence)


def _script(request: Request) -> Response:
    """Answer with the script that draws the charts."""
    return _packed(request, "charts.js", _SCRIPT, packed_script())


async def _nowhere(_request: Request) -> Response:
    return _no_page(Unknown())


def _too_many() -> Response:
    response = _message(429, "Too many links that do not exist", "Check the link, wait a minute, and open it again.")
    response.headers["Retry-After"] = _TOO_MANY_SECONDS
    return response


def _message(status: int, title: str, sentence: str) -> Response:
    return HTMLResponse(message_page(title, (sentence,)), status_code=status)


def publication_routes(clock: Callable[[], float] = time.monotonic, guesses: RateLimit = GUESSES) -> list[Route]:
    """Return the routes, more special ones first, as the first that fits answers; `clock` counts seconds steadily."""
    desk = _Desk(clock, guesses)
    return [
        Route(script_path(), _script),
        desk.form_route(".json", Form.FIGURES),
        desk.form_route(".csv", Form.TABLE),
        desk.form_route("/charts.json", Form.CHARTS),
        desk.picture_route(SVG),
        desk.picture_route(PNG),
        desk.form_route("", Form.PAGE),
        Route(f"{PREFIX}{{rest:path}}", _nowhere),
    ]
