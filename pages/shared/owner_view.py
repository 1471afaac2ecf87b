"""What an owner's link allows: see when a publication expires and its versions; extend, replace, clean or revoke it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.shared import guesses, names_in_files, publishing, selected, what_goes_in
from pages.shared.analysed import analysis_of
from pages.shared.text import escape
from vsm.analysis import Analysis
from vsm.serving.pages import moment
from vsm.sharing.found import Expired, Found, Publication, Revoked, StoreError, Unknown
from vsm.sharing.store import KEPT_VERSIONS, LONGEST_TITLE, Store

LINK = "owner"
"""Name of the query parameter that holds an owner's token."""
_TOKEN, _DONE, _COUNTED = "owner_token", "owner_did", "owner_counted"


def take_link() -> bool:
    """Take the token out of the address, where it could be seen or sent on; whether the visit has one."""
    token = st.query_params.pop(LINK, None)
    if token:
        st.session_state[_TOKEN] = token
    return _TOKEN in st.session_state


def show() -> None:
    """Ask for an owner's link, and show what it rules over."""
    st.text_input("Your own link of a publication", key="owner_pasted", on_change=_take_pasted)
    token = st.session_state.get(_TOKEN)
    if not token:
        st.caption("It was shown when you published, and begins like the address of this page.")
        return
    try:
        store = publishing.settings().existing_store()
        found = Unknown() if store is None else store.find_owned(token, publishing.now())
    except StoreError as error:
        st.error(escape(str(error)))
        return
    if said := st.session_state.pop(_DONE, None):
        (st.success if said[0] else st.error)(escape(said[1]))
    if store is not None and isinstance(found, Publication):
        _show_publication(store, found, token)
    else:
        st.markdown(guesses.TOO_MANY if _is_one_too_many(found, token) else _gone(found))


def _take_pasted() -> None:
    """Take the token of a pasted link, or a token alone."""
    st.session_state[_TOKEN] = st.session_state["owner_pasted"].strip().rpartition(f"{LINK}=")[2]


def _is_one_too_many(found: Found, token: str) -> bool:
    """Count a token of nothing, once however often it is shown; tell whether there were too many."""
    if not isinstance(found, Unknown) or st.session_state.get(_COUNTED) == token:
        return False
    st.session_state[_COUNTED] = token
    return guesses.too_many()


def _gone(found: Found) -> str:
    if isinstance(found, Revoked):
        return f"This publication was revoked on {moment(found.since)}; its content is deleted."
    if isinstance(found, Expired):
        return f"This publication expired on {moment(found.since)}. Publish again to get a new link."
    return "This link belongs to no publication. Check that it was copied whole, and that it is your own link."


def _show_publication(store: Store, found: Publication, token: str) -> None:
    st.subheader(escape(found.title), anchor=False)
    st.markdown(
        "It opens until it is revoked." if found.expires is None else f"It opens until {moment(found.expires)}."
    )
    shown, *earlier = reversed(found.versions)
    st.markdown(f"It shows version {shown.number}, of {moment(shown.created)}.")
    if earlier:
        st.markdown("Its page opens the earlier ones, too:")
        st.markdown("\n".join(f"- Version {version.number}: {moment(version.created)}" for version in earlier))
    loaded = _loaded()
    with st.container(horizontal=True):
        if publishing.allowed():
            _extend(store, token)
        if loaded is not None:
            _replace(store, token, loaded)
        if earlier:
            _delete_earlier(store, token)
        _revoke(store, token)
    if not publishing.allowed():
        st.caption("The host of this app does not let you publish, nor extend or replace what is published.")
    elif loaded is None:
        st.caption("To replace what the link shows, bring other data first.")


def _loaded() -> Analysis | None:
    """Return what could take the place of what is shown; `None` where nothing is loaded, or the host lets nobody."""
    reading = selected.current_reading()
    if reading is None or reading.stream is None or not publishing.allowed():
        return None
    return analysis_of(reading.stream)


def _extend(store: Store, token: str) -> None:
    with st.popover("Change how long it opens"):
        days = publishing.ask_days("extend_days")
        if st.button("Change, counted from now"):
            _act(lambda: store.extend(token, publishing.end_of(days), publishing.now()), "The time was changed.")


def _revoke(store: Store, token: str) -> None:
    with st.popover("Revoke"):
        st.markdown("The link stops within a second, and all its versions are deleted. This cannot be undone.")
        if st.button("Revoke now", type="primary"):
            _act(lambda: store.revoke(token, publishing.now()), "It is revoked.")


def _delete_earlier(store: Store, token: str) -> None:
    with st.popover("Delete earlier versions"):
        st.markdown("Only what the link shows now stays. This cannot be undone.")
        if st.button("Delete them now", type="primary"):
            _act(lambda: store.delete_earlier(token, publishing.now()), "The earlier versions are deleted.")


def _replace(store: Store, token: str, analysis: Analysis) -> None:
    """Offer to put what is loaded now under the same link."""
    with st.popover("Replace what it shows"):
        st.markdown(
            f"The link then shows “{escape(analysis.stream.name)}”, as it is loaded now, with what is "
            "chosen under *Publish*."
        )
        title = st.text_input(
            "Title", analysis.stream.name[:LONGEST_TITLE], max_chars=LONGEST_TITLE, key="replace_title"
        ).strip()
        keep = _ask_whether_earlier_ones_stay()
        if not title:
            st.caption("Give it a title first.")
        if st.button("Replace now", type="primary", disabled=not title):
            made = what_goes_in.rendered
            _act(
                lambda: store.replace(token, title, made(analysis, title), publishing.now(), keep_earlier=keep),
                "The link shows the new content.",
            )


def _ask_whether_earlier_ones_stay() -> bool:
    """Ask whether what is shown until now stays; where names are left out from now on, it does not unless asked to."""
    unnamed = selected.whole_log() is not None and not names_in_files.named()
    keep = st.toggle(
        "Keep what it shows now as an earlier version",
        not unnamed,
        key=f"replace_keeps_{unnamed}",
        help=f"The page lists earlier versions with their dates, and opens them; the newest {KEPT_VERSIONS} are kept.",
    )
    if keep and unnamed:
        st.caption("The items have numbers for names now. Earlier versions that name items and people go on doing so.")
    elif not keep:
        st.caption("All versions until now are deleted, and their links open nothing.")
    return keep


def _act(act: Callable[[], Found], done: str) -> None:
    """Do it and say so, or say why not."""
    try:
        publishing.spend_try()
        act()
    except StoreError as error:
        st.session_state[_DONE] = (False, str(error))
    else:
        st.session_state[_DONE] = (True, done)
    st.rerun()
