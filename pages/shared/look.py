"""What the theme's settings cannot say about the look, as a few rules of CSS."""

from __future__ import annotations

import json
from pathlib import Path

import streamlit as st

from pages.shared.menu import MENU
from vsm.palette import DARK_SURFACE

_RULES = (Path(__file__).parent / "look.css").read_text(encoding="utf-8")


def apply() -> None:
    """Write the groups into the menu, and mend the letters of primary buttons in the dark theme."""
    rules = _RULES + _menu_groups()
    if st.context.theme.type == "dark":
        # White letters on the dark theme's light blue have a contrast of 2 to 1.
        rules += f'[data-testid="stBaseButton-primary"] p {{ color: {DARK_SURFACE}; }}'
    st.html(f"<style>{rules}</style>")


def _menu_groups() -> str:
    """Write what each group of pages is for above its first page.

    It is drawn, not part of the list: a screen reader hears the pages alone, as the text behind the slash is empty.
    """
    rules, position = [], 1
    for title, group in MENU.items():
        if title:
            words = json.dumps(title)
            first = f'[data-testid="stSidebarNavItems"] > li:nth-child({position})'
            rules.append(f'{first}::before {{ content: {words}; content: {words} / ""; }}')
        position += len(group)
    return "".join(rules)
