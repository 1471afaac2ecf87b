"""What is kept of a visit, where and for how long; with a click that deletes it, and one that keeps nothing."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.shared import draft, session, sign_in
from pages.shared.text import escape
from vsm.wording import count

_Act = tuple[str, Callable[[], None]]

_NOTHING = (
    "What you bring stays in the memory of the app's server while this tab is open, and is forgotten about a minute "
    "after you close or reload it (F5). Nothing is written to disk or sent elsewhere, unless you publish on the page "
    "Share."
)
_DELETE: _Act = ("Delete the draft", draft.delete)


def show() -> None:
    """Say it, and offer what can be done about it. Of an opened publication nothing is kept, so nothing is said."""
    data = session.loaded()
    if data is not None and data.published is not None:
        return
    words, button = _state(brought=data is not None)
    st.caption(words)
    if button is not None:
        label, act = button
        st.button(label, on_click=act, key="draft_choice")


def _state(*, brought: bool) -> tuple[str, _Act | None]:
    """Return what is kept, in sentences, and the one thing to do about it."""
    if not draft.allowed():
        return _NOTHING, None
    if not draft.wanted():
        return _NOTHING, ("Keep a draft after all", draft.keep_after_all)
    if (reason := draft.failed()) is not None:
        return f"{draft.what_is_lost()} {escape(reason)}", _DELETE if draft.mine() else None
    if brought:
        return _kept(), _DELETE
    return _before(), ("Keep no draft", draft.decline)


def _before() -> str:
    return (
        f"What you bring is kept as a draft {draft.place()}, for {count(draft.days(), 'day')} after you last had it "
        "open, so that a reload loses nothing. It is encrypted: the address that this page then has opens it, "
        f"{_for_whom()}, and a click deletes it. Nothing is sent elsewhere, unless you publish on the page Share."
    )


def _kept() -> str:
    until = draft.until()
    return (
        f"This visit is kept as a draft {draft.place()} until {until.day} {until:%B %Y}, or longer if you come back. "
        f"It is encrypted: the address of this page opens it, {_for_whom()}. Links to pass on are on the page Share."
    )


def _for_whom() -> str:
    return "for you alone" if sign_in.holder() else "for whoever has that address"
