"""A publication opened in the full app: its frozen stream and scenario are loaded, and the link keeps saying so."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import streamlit as st

from pages.shared import guesses, published_data, scenario_state, selected, session
from pages.shared.menu import OVERVIEW_PAGE
from pages.shared.publishing import PUBLICATION
from pages.shared.text import escape
from vsm.reading.shapes import Choices
from vsm.said import Said
from vsm.scenario_file import SavedScenarios
from vsm.sharing.forms import Form, unpack
from vsm.sharing.found import Publication, StoreError, Unknown
from vsm.sharing.frozen import read_frozen
from vsm.sharing.settings import SharingSettings
from vsm.sharing.store import Store
from vsm.sharing.tokens import split_version

_ASKED = "publication_asked"


def open_and_keep() -> None:
    """Open the publication of the link on a fresh visit; on every run keep it in the link while it is loaded."""
    if _ASKED not in st.session_state:
        link = st.session_state[_ASKED] = st.query_params.get(PUBLICATION, "")
        if link:
            _open(link)
    data = session.loaded()
    link = None if data is None else data.published
    if link is None:
        st.query_params.pop(PUBLICATION, None)
    elif st.query_params.get(PUBLICATION) != link:
        st.query_params[PUBLICATION] = link


def is_loaded() -> bool:
    """Tell whether what is loaded is a publication, opened to explore."""
    data = session.loaded()
    return data is not None and data.published is not None


def show() -> None:
    """Say on the data page what is loaded."""
    holds = (
        "It holds its items, too: choose among them above each page, by type, team, person and day of finishing. "
        "What the file says of columns, statuses and clock is settled."
        if selected.whole_log() is not None
        else "It holds the figures of the stages with their definitions, but neither the file nor the items of a log, "
        "so that no other columns, definitions or items can be chosen."
    )
    st.markdown(
        "This is a publication, opened to explore. Try changes on the page *What if*: nobody else sees them, and the "
        f"publication stays as it is. {holds}"
    )
    if st.button("See the overview", type="primary"):
        st.switch_page(OVERVIEW_PAGE)


def _open(link: str) -> None:
    """Load what a link opens, or say why it opens nothing."""
    token, version = split_version(link)
    try:
        store = SharingSettings.from_environment().existing_store()
        found = Unknown() if store is None else store.find(token, dt.datetime.now(dt.UTC))
        if isinstance(found, Unknown) and guesses.too_many():
            st.error(guesses.TOO_MANY)
        elif store is None or not isinstance(found, Publication) or not _load(store, found, version, link):
            st.error("This link opens no publication: it has expired, was taken down, or is not whole.")
    except StoreError as error:
        st.error(escape(str(error)))


def _load(store: Store, found: Publication, version: int | None, link: str) -> bool:
    """Load a version with its items, where it holds them; False where it is not there, or no more."""
    body = store.body(found, Form.DATA, version)
    if body is None:
        return False
    data, items = unpack(Form.DATA, body), store.body(found, Form.ITEMS, version)
    frozen = read_frozen(data)
    if items is None:
        session.load_published(data, frozen.stream.name, link, Choices(), Said())
    else:
        opened = published_data.read_items(items)
        choices = replace(opened.choices, name=frozen.stream.name)
        session.load_published(items, frozen.stream.name, link, choices, opened.said)
    # A scenario in the link is what this reader made of it.
    if frozen.scenario is not None and scenario_state.LINK not in st.query_params:
        scenario_state.load_scenarios(SavedScenarios(stream=frozen.stream, scenarios=(frozen.scenario,)))
    return True
