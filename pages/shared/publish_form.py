"""One click from the loaded analysis to a link: what goes in, what is stored, then the link and the owner's link."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from typing import NamedTuple

import segno
import streamlit as st

from pages.shared import names_in_files, opened_link, publishing, scenario_state, session, sign_in, what_goes_in
from pages.shared.reported import switches
from pages.shared.text import escape
from vsm.analysis import Analysis
from vsm.sharing.forms import PNG, SVG, Form, picture_titles
from vsm.sharing.found import Links, StoreError
from vsm.sharing.store import LONGEST_TITLE

_DONE = "published_now"
_OF_A_FILE = (
    "A link without the data",
    "For someone who has the same file and brings it here: this link holds the items that you chose and the scenario, "
    "with what the plan says of owners and dates.",
)
_OF_A_PUBLICATION = (
    "A link to what you see",
    "It opens the same publication here, with the items that you chose and your scenario, with what its plan says of "
    "owners and dates. Nothing is stored for it, and it opens for as long as the publication does.",
)
_KINDS = {SVG: "SVG, sharp at any size", PNG: "PNG, where SVG is not taken"}


class _Published(NamedTuple):
    """The last publication of this visit."""

    title: str
    links: Links
    pictures: Mapping[str, str]
    """Titles of its pictures by their names."""


def would_be_here() -> str:
    """Complete the sentence "Here you will see ..." before there is any data."""
    if not publishing.allowed():
        return "a link to the items and the scenario that you look at, without the data"
    who = "without an account" if sign_in.links_open_to_all() else "once they signed in"
    return f"a link to your analysis, which people open {who}"


def show(analysis: Analysis) -> None:
    """Ask, say what will be stored, and publish on the click."""
    if not publishing.allowed():
        st.info("The host of this app does not let you publish. *Take it away* has the report as a file to send.")
        return
    if why := publishing.settings().trouble():
        st.error(f"Nothing can be published at the moment. {escape(str(why))}")
        return
    if opened_link.is_loaded():
        st.markdown(
            "You are exploring a publication. What you publish here is a copy of your own, with links of its own: the "
            "publication that you opened stays as it is, and so does its link."
        )
    title = st.text_input(
        "Title", analysis.stream.name[:LONGEST_TITLE], max_chars=LONGEST_TITLE, key=session.key("publication_title")
    )
    what_goes_in.ask_sections()
    switches(analysis)
    names_in_files.switch()
    what_goes_in.ask_items()
    days = publishing.ask_days("publication_days")
    _say_what_is_stored(days)
    if not title.strip():
        st.caption("Give it a title first.")
    if st.button("Publish", type="primary", disabled=not title.strip()):
        _publish(analysis, title.strip(), days)
    if _DONE in st.session_state:
        _show_links(st.session_state[_DONE])


def _say_what_is_stored(days: int | None) -> None:
    end = publishing.end_of(days)
    until = "until you take it down" if end is None else f"until {_day(end)}, or until you take it down"
    who = "without an account" if sign_in.links_open_to_all() else "once they signed in to this app"
    named = " The charts name items and people of the log." if what_goes_in.names_items() else ""
    st.markdown(
        f"People who have the link can read the page, {who}, and can pass it on. Stored are the page as it is now, the "
        "figures of all stages, and when they were published; not the files you brought."
        f"{named} They are stored in {publishing.settings().place}, {until}. From then on the link opens nothing. What "
        "you take down is deleted at once; what has expired, when somebody publishes next."
    )


def _publish(analysis: Analysis, title: str, days: int | None) -> None:
    try:
        publishing.spend_try()
        with st.spinner("Publishing …"):
            store, made = publishing.settings().open_store(), what_goes_in.rendered(analysis, title)
            links = store.publish(title, made, publishing.end_of(days), publishing.now())
    except StoreError as error:
        st.error(escape(str(error)))
    else:
        st.session_state[_DONE] = _Published(title, links, picture_titles(made[Form.PICTURES]))


def _show_links(published: _Published) -> None:
    """Show both links of the last publication of this visit, and where its pictures are."""
    links = published.links
    reading, owner = publishing.reading_link(links.read), publishing.owner_link(links.owner)
    st.success(f"“{escape(published.title)}” is published.")
    text, picture = st.columns([3, 1])
    with text:
        st.markdown("**The link to pass on**")
        st.code(reading, language=None, wrap_lines=True)
        st.markdown("**Your own link**, to extend, replace or revoke it. Keep it to yourself: it is shown only here.")
        st.code(owner, language=None, wrap_lines=True)
        st.link_button("Open the page", reading)
    with picture:
        st.image(_qr_code(reading), caption="The link as a QR code", width=200)
    if sign_in.links_open_to_all():
        _show_pictures(reading, published.pictures)


def _show_pictures(reading: str, pictures: Mapping[str, str]) -> None:
    """List the addresses by which a wiki shows the map and each chart."""
    with st.expander("Map and charts as pictures, for a wiki"):
        st.markdown(
            "A wiki that is given one of these addresses as a picture shows it to everybody who reads there, always as "
            "the newest version has it, until the link expires or is revoked."
        )
        ending = st.segmented_control("As", [SVG, PNG], format_func=_KINDS.__getitem__, default=SVG, required=True)
        for name, title in pictures.items():
            st.caption(escape(title))
            st.code(f"{reading}/{name}{ending}", language=None, wrap_lines=True)


def show_view_link() -> None:
    """Show a link that holds nothing of the data; nothing where it would say no more than that there is an app."""
    if link := publishing.view_link():
        heading, words = _OF_A_PUBLICATION if opened_link.is_loaded() else _OF_A_FILE
        st.subheader(heading, anchor=False)
        st.markdown(words)
        st.code(link, language=None, wrap_lines=True)
    if not scenario_state.fits_the_link():
        name = escape(scenario_state.current_scenario().name)
        st.info(
            f"The scenario “{name}” is too long for a link, so no link holds it. Save it as a file on *What if*, under "
            "*Scenarios and files*, and send that."
        )


def _qr_code(link: str) -> bytes:
    out = io.BytesIO()
    segno.make(link, error="m").save(out, kind="png", scale=6, border=2)
    return out.getvalue()


def _day(moment: dt.datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"
