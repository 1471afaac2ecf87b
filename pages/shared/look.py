"""What the theme's settings cannot say about the look."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from vsm.palette import DARK_SURFACE

_RULES = (Path(__file__).parent / "look.css").read_text(encoding="utf-8")


def apply() -> None:
    """Put the rules of look.css into the page; they take no room in it."""
    st.html(f"<style>{_RULES}</style>")


def mend_dark_buttons() -> None:
    """Give primary buttons dark letters in the dark theme: white ones on its light blue have a contrast of 2 to 1."""
    if st.context.theme.type == "dark":
        st.html(f'<style>[data-testid="stBaseButton-primary"] p {{ color: {DARK_SURFACE}; }}</style>')
