"""The frame around every page: settings, menu, and the line that says which data is loaded."""

from __future__ import annotations

import streamlit as st

from pages.shared import loaded_line, look
from pages.shared.menu import MENU, PAGES

st.set_page_config(
    page_title="Value stream", page_icon=str(PAGES / "shared" / "icon.png"), layout="wide", initial_sidebar_state=240
)
look.apply()
look.mend_dark_buttons()

menu = {
    group: [
        st.Page(PAGES / entry.file, title=entry.title, url_path=entry.address, default=entry.address == "data")
        for entry in entries
        if (PAGES / entry.file).exists()
    ]
    for group, entries in MENU.items()
}
page = st.navigation([q for g in menu.values() for q in g], expanded=True)
loaded_line.show()
page.run()
