"""The frame around every page: settings, menu, and the line that says which data is loaded."""

from __future__ import annotations

import streamlit as st

from pages.shared import loaded_line
from pages.shared.menu import MENU, PAGES

st.set_page_config(page_title="Value stream", page_icon=str(PAGES / "shared" / "icon.png"), layout="wide")

page = st.navigation(
    {
        group: [
            st.Page(PAGES / entry.file, title=entry.title, url_path=entry.address, default=entry.address == "data")
            for entry in entries
            if (PAGES / entry.file).exists()
        ]
        for group, entries in MENU.items()
    }
)
loaded_line.show()
page.run()
