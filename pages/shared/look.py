"""What the theme's settings cannot say about the look, as a few rules of CSS."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.shared.menu import MENU
from vsm.palette import DARK_SURFACE

_RULES = (Path(__file__).parent / "look.css").read_text(encoding="utf-8")


def apply() -> None:
    """Set the groups of the menu apart, and mend the letters of primary buttons in the dark theme."""
    rules = _RULES + _menu_groups()
    if st.context.theme.type == "dark":
        # White letters on the dark theme's light blue have a contrast of 2 to 1.
        rules += f'[data-testid="stBaseButton-primary"] p {{ color: {DARK_SURFACE}; }}'
    st.html(f"<style>{rules}</style>")


def _menu_groups() -> str:
    """Leave a gap before the first page of each group but the first."""
    before = [sum(len(group) for group in MENU[:i]) for i in range(1, len(MENU))]
    firsts = ", ".join(f'[data-testid="stSidebarNavItems"] > li:nth-child({position + 1})' for position in before)
    return f"{firsts} {{ margin-top: 1.25rem; }}"
