"""What is kept of a visit, where and for how long; with a click that deletes it, and one that keeps nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import streamlit as st

from pages.shared import draft, opened_link, publishing, session, sign_in
from pages.shared.text import escape
from vsm.wording import count

_Act = tuple[str, Callable[[], None]]

_DELETE: _Act = ("Delete the draft", draft.delete)


def show() -> None:
    """Say it, and offer what can be done about it. Of an opened publication nothing is kept, so nothing is said."""
    if opened_link.is_loaded():
        return
    words, button = _state(brought=session.loaded() is not None)
    st.caption(words)
    if button is not None:
        label, act = button
        st.button(label, on_click=act, key="draft_choice")


def _state(*, brought: bool) -> tuple[str, _Act | None]:
    """Return what is kept, in sentences, and the one thing to do about it."""
    # Asked anew each time: another tab may have deleted the draft.
    until = draft.until() if brought and draft.mine() and draft.wanted() and draft.failed() is None else None
    if not draft.allowed():
        return _nothing(), None
    if not draft.wanted():
        return _nothing(), ("Keep a draft after all", draft.keep_after_all)
    if (reason := draft.failed() or (None if brought else publishing.settings().trouble())) is not None:
        return f"{draft.what_is_lost()} {escape(str(reason))}", _DELETE if draft.mine() else None
    if until is not None:
        return _kept(until), _DELETE
    return _before(), ("Keep no draft", draft.decline)


def _nothing() -> str:
    return (
        "What you bring stays in the memory of the app's server while this tab is open, and is forgotten about a "
        f"minute after you close or reload it (F5). Nothing is written to disk or sent elsewhere{_unless_published()}."
    )


def _unless_published() -> str:
    return ", unless you publish on the page Share" if publishing.allowed() else ""


def _before() -> str:
    return (
        f"What you bring is kept as a draft {draft.place()}, for {count(draft.days(), 'day')} after you last had it "
        "open, so that a reload loses nothing. It is encrypted: the address that this page then has opens it, "
        f"{_for_whom()}, and a click deletes it. Nothing is sent elsewhere{_unless_published()}."
    )


def _kept(until: dt.datetime) -> str:
    links = " Links to pass on are on the page Share." if publishing.allowed() else ""
    return (
        f"This visit is kept as a draft {draft.place()} until {until.day} {until:%B %Y}, or longer if you come back. "
        f"It is encrypted: the address of this page opens it, {_for_whom()}.{links}"
    )


def _for_whom() -> str:
    return "for you alone" if sign_in.holder() else "for whoever has that address"
