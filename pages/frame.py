"""The frame around every page: settings, menu, and the line that says which data is loaded."""

from __future__ import annotations

import streamlit as st

from pages.shared import loaded_line, look, menu_closer, scenario_state
from pages.shared.menu import MENU, PAGES

st.set_page_config(
    page_title="Value stream", page_icon=str(PAGES / "shared" / "icon.png"), layout="wide", initial_sidebar_state=240
)

pages = [
    st.Page(PAGES / entry.file, title=entry.title, url_path=entry.address, default=entry is MENU[0][0])
    for group in MENU
    for entry in group
]
# A plain list: screen readers cannot follow Streamlit's menu with named groups (axe: "list" and "listitem", serious).
page = st.navigation(pages, expanded=True)
look.apply()
menu_closer.close_after_choice(page.url_path)
scenario_state.keep_in_link()
loaded_line.show()
page.run()
