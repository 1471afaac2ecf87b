"""The routes under /p/: a publication's page, figures, table and map, or a kind sentence with the right status."""

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
from vsm.serving.pages import message_page, moment, publication_page
from vsm.serving.rate_limit import RateLimit
from vsm.sharing.forms import Form, pack, unpack
from vsm.sharing.found import Expired, Found, Publication, Revoked, StoreError, Unknown
from vsm.sharing.settings import SharingSettings
from vsm.sharing.store import Store

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
    Form.MAP: _Kind("image/svg+xml"),
    Form.MAP_PICTURE: _Kind("image/png"),
}


class _Desk:
    """What the routes share: the guesses of each address, and what was found and put together lately."""

    def __init__(self, clock: Callable[[], float]) -> None:
        # A person mistypes a link once or twice.
        self._guesses = RateLimit(tries=30, seconds_for_one=2)
        self._lately = FoundLately()
        self._pages = KeptPages()
        self._clock = clock

    def route(self, path: str, form: Form) -> Route:
        """Return a route to a form; where the store has to be asked, it answers in a thread."""

        async def endpoint(request: Request) -> Response:
            if not self._guesses.allows(_address(request), self._clock()):
                return _too_many()
            at_hand = self._at_hand(request, form)
            return await run_in_threadpool(self._answer, request, form) if at_hand is None else at_hand

        return Route(f"{PREFIX}{{token}}{path}", endpoint)

    def _at_hand(self, request: Request, form: Form) -> Response | None:
        """Answer with what was found and put together lately; `None` where the store has to be asked."""
        token = request.path_params["token"]
        found = self._lately.get(token, self._clock())
        body = None if found is None else self._pages.get((token, found, form))
        return None if body is None else _packed(request, form, body)

    def _answer(self, request: Request, form: Form) -> Response:
        """Answer with a form of the publication, or say why there is none."""
        token, asked = request.path_params["token"], self._clock()
        try:
            store = SharingSettings.from_environment().existing_store()
            found = Unknown() if store is None else store.find(token, dt.datetime.now(dt.UTC))
            if store is None or isinstance(found, Unknown):
                self._guesses.spend(_address(request), asked)
                return _no_page(found)
            if not isinstance(found, Publication):
                return _no_page(found)
            body = self._body(store, found, form, token)
        except StoreError as error:
            return _message(503, "This page cannot be shown at the moment", str(error))
        if body is None:
            return _no_page(found)
        self._lately.keep(token, found, asked)
        return _packed(request, form, body)

    def _body(self, store: Store, found: Publication, form: Form, token: str) -> bytes | None:
        """Return what is served, packed; `None` where nothing is any more."""
        body = self._pages.get((token, found, form))
        if body is None:
            body = store.body(found, form)
            if body is None:
                return None
            if form is Form.PAGE:
                body = pack(form, publication_page(unpack(form, body).decode(), found, token).encode())
            self._pages.keep((token, found, form), body)
        return body


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _packed(request: Request, form: Form, body: bytes) -> Response:
    """Send a form as it is packed to whoever can unpack it."""
    kind, headers = _KINDS[form], {"Vary": "Accept-Encoding"}
    if kind.file is not None:
        headers["Content-Disposition"] = f'attachment; filename="{kind.file}"'
    if form is not Form.MAP_PICTURE and "gzip" in request.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        body = unpack(form, body)
    return Response(body, media_type=kind.media_type, headers=headers)


def _no_page(found: Found) -> Response:
    """Say that a link opens nothing: that it did is told to those alone who hold it."""
    if isinstance(found, Expired):
        sentence = f"It could be opened until {moment(found.since)}. Ask whoever sent the link for a new one."
        return _message(410, "This publication has expired", sentence)
    if isinstance(found, Revoked | Publication):
        sentence = "Whoever published it took it down. Ask them if you still need it."
        return _message(410, "This publication is no longer here", sentence)
    sentence = "Check that the whole link was copied, and ask whoever sent it."
    return _message(404, "There is no publication under this link", sentence)


async def _nowhere(_request: Request) -> Response:
    return _no_page(Unknown())


def _too_many() -> Response:
    response = _message(429, "Too many links that do not exist", "Wait a minute, then open your link again.")
    response.headers["Retry-After"] = _TOO_MANY_SECONDS
    return response


def _message(status: int, title: str, sentence: str) -> Response:
    return HTMLResponse(message_page(title, (sentence,)), status_code=status)


def publication_routes(clock: Callable[[], float] = time.monotonic) -> list[Route]:
    """Return the routes, more special ones first, as the first that fits answers; `clock` counts seconds steadily."""
    desk = _Desk(clock)
    return [
        desk.route(".json", Form.FIGURES),
        desk.route(".csv", Form.TABLE),
        desk.route("/map.svg", Form.MAP),
        desk.route("/map.png", Form.MAP_PICTURE),
        desk.route("", Form.PAGE),
        Route(f"{PREFIX}{{rest:path}}", _nowhere),
    ]
