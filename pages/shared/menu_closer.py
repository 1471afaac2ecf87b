"""The menu on a narrow page: it lies over the page, and is closed once a page has been chosen."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_component = st.components.v2.component(
    "menu_closer",
    html='<div class="beside-the-menu"></div>',
    js=(Path(__file__).parent / "menu_closer.js").read_text(encoding="utf-8"),
)


def close_after_choice(page: str) -> None:
    """Close the menu when `page` is another page than before; look.css gives this no room on the page."""
    with st.container(key="menu_closer"):
        _component(key="menu_closer_script", data={"page": page})
