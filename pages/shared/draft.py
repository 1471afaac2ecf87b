"""The draft of a visit: kept under the token in the address, opened again on a fresh visit, deleted on a click."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

import streamlit as st

from pages.shared import guesses, session, sign_in, visit_state
from pages.shared.text import escape
from vsm.sharing.draft import Draft
from vsm.sharing.drafts import Drafts
from vsm.sharing.found import StoreError
from vsm.sharing.sealing import Seal
from vsm.sharing.settings import SharingSettings
from vsm.sharing.tokens import new_token

LINK = "draft"
"""Name of the query parameter that holds the token of the draft."""
_TOKEN, _MINE, _KEPT = "draft_token", "draft_mine", "draft_kept"
_DECLINED, _FAILED = "draft_declined", "draft_failed"
_GONE = (
    "This address leads to no draft: it was deleted, its time was over, or it belongs to somebody else. Bring your "
    "data again."
)


def open_from_link() -> None:
    """Open the draft of the link on a fresh visit, before anything else is loaded."""
    if _TOKEN in st.session_state:
        return
    token = st.query_params.get(LINK, "")
    st.session_state[_TOKEN] = token
    if not token or session.loaded() is not None or not allowed():
        return
    try:
        _open(token)
    except StoreError as error:
        # The address keeps the token: it may open the draft in a moment.
        st.error(f"Your draft could not be opened. {escape(str(error))}")


def _open(token: str) -> None:
    drafts = _drafts(existing=True)
    content = None if drafts is None else drafts.open(Seal(token, sign_in.holder()), _now())
    if content is not None:
        visit_state.bring_back(content)
        st.session_state[_MINE] = True
    elif guesses.too_many():
        st.info(guesses.TOO_MANY)
    else:
        st.session_state[_TOKEN] = ""
        st.info(_GONE)


def keep() -> None:
    """Keep what the visit holds where that has changed; put the token back where a change of page took it away."""
    draft = visit_state.current_draft() if wanted() else None
    if draft is not None and draft != st.session_state.get(_KEPT):
        # Noted before it is tried: what cannot be kept is tried again once something else has changed.
        st.session_state[_KEPT] = draft
        try:
            _keep(draft)
            st.session_state.pop(_FAILED, None)
        except StoreError as error:
            _say_once(str(error))
    _put_into_link()


def _keep(draft: Draft) -> None:
    drafts, content = _drafts(), visit_state.content_of(draft)
    assert drafts is not None, "a store that is not there is made"
    if not mine():
        token = new_token()
        drafts.begin(Seal(token, sign_in.holder()), content, _now())
        st.session_state[_TOKEN], st.session_state[_MINE] = token, True
    elif drafts.keep(Seal(st.session_state[_TOKEN], sign_in.holder()), content, _now()) is None:
        _say_deleted()


def _say_deleted() -> None:
    _forget_token()
    st.info("This draft was deleted in another tab, or its time was over. Nothing is kept from now on.")


def _say_once(reason: str) -> None:
    """Say why nothing can be kept; the data page goes on saying it, the others do not."""
    if _FAILED not in st.session_state:
        st.info(f"{what_is_lost()} {escape(reason)}")
    st.session_state[_FAILED] = reason


def what_is_lost() -> str:
    """Say what a reload forgets where the visit, or its last step, could not be kept."""
    if mine():
        return "What you did last is not in your draft, and a reload of this page forgets it."
    return "This visit is not kept as a draft: a reload of this page forgets it."


def _put_into_link() -> None:
    token = st.session_state[_TOKEN] if allowed() else ""
    if not token:
        st.query_params.pop(LINK, None)
    elif st.query_params.get(LINK) != token:
        st.query_params[LINK] = token


def delete() -> None:
    """Delete the draft, and keep none for the rest of the visit. Where the store fails, note why and change nothing."""
    try:
        drafts = _drafts(existing=True)
        if drafts is not None and mine():
            drafts.forget(Seal(st.session_state[_TOKEN], sign_in.holder()))
        _forget_token()
    except StoreError as error:
        st.session_state[_FAILED] = str(error)


def _forget_token() -> None:
    st.session_state[_TOKEN], st.session_state[_MINE] = "", False
    decline()


def decline() -> None:
    """Keep no draft of this visit."""
    st.session_state[_DECLINED] = True
    st.session_state.pop(_FAILED, None)


def keep_after_all() -> None:
    """Keep a draft from now on, after none was wanted."""
    st.session_state[_DECLINED] = False
    st.session_state.pop(_KEPT, None)


def allowed() -> bool:
    """Tell whether the host keeps drafts."""
    return SharingSettings.from_environment().drafts


def wanted() -> bool:
    """Tell whether this visit is to be kept as a draft."""
    return allowed() and not st.session_state.get(_DECLINED, False)


def mine() -> bool:
    """Tell whether the token in the address opens what this visit holds."""
    return bool(st.session_state.get(_MINE, False))


def until() -> dt.datetime | None:
    """Ask the store until when the draft of this visit is kept; `None` where it is gone or not to be asked: say so."""
    try:
        drafts = _drafts(existing=True)
        found = None if drafts is None else drafts.until(Seal(st.session_state[_TOKEN], sign_in.holder()), _now())
    except StoreError as error:
        _say_once(str(error))
        return None
    if found is None:
        _say_deleted()
    return found


def failed() -> str | None:
    """Say why the visit is not kept; `None` where it is, or nothing was tried yet."""
    return st.session_state.get(_FAILED)


def days() -> int:
    """Return for how many days a draft is kept after it was last open."""
    return SharingSettings.from_environment().draft_days


def place() -> str:
    """Say where drafts are kept."""
    settings = SharingSettings.from_environment()
    host = urlsplit(st.context.url or "").hostname
    here = settings.file is not None and settings.base_url is None and host in ("localhost", "127.0.0.1", "::1")
    return "in a file on this computer" if here else f"in {settings.place}"


def _drafts(*, existing: bool = False) -> Drafts | None:
    """Return the store's drafts; where only an `existing` store will do, `None` if there is none."""
    settings = SharingSettings.from_environment()
    store = settings.existing_store() if existing else settings.open_store()
    return None if store is None else settings.drafts_in(store)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
