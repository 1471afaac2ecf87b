"""The frame around every page: settings, menu, and the line that says which data is loaded."""

from __future__ import annotations

import streamlit as st

from pages.shared import draft, loaded_line, look, menu_closer, opened_link, page_list, scenario_state, sign_in
from pages.shared.menu import PAGES
from vsm.hosting import measures

st.set_page_config(
    page_title="Value stream", page_icon=str(PAGES / "shared" / "icon.png"), layout="wide", initial_sidebar_state=240
)

# A plain list: screen readers cannot follow Streamlit's menu with named groups (axe: "list" and "listitem", serious).
page = st.navigation(page_list.all_pages(), expanded=True, position="hidden" if sign_in.needed() else "sidebar")
look.apply()
if sign_in.needed():
    sign_in.show()
    st.stop()
menu_closer.close_after_choice(page.url_path)
opened_link.open_and_keep()
draft.open_from_link()
scenario_state.keep_in_link()
loaded_line.show()
draft.keep()
sign_in.show_who()
measures.RERUNS.inc()
page.run()
# Once more, as a page may note what it asked.
draft.keep()
