"""The pages as Streamlit knows them, made once for each visit, as each of them is looked up on disk."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import Page

from pages.shared.menu import ENTRIES, PAGES


@st.cache_resource(scope="session", max_entries=1, show_spinner=False)
def all_pages() -> list[Page]:
    """Return all pages in the order of the menu; no two visits share them, as each page knows whether it runs."""
    return [
        st.Page(PAGES / entry.file, title=entry.title, url_path=entry.address, default=entry is ENTRIES[0])
        for entry in ENTRIES
    ]
