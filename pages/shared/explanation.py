"""One entry of the method: what a figure means, its formula, the same with the stream's numbers, and its source."""

from __future__ import annotations

import streamlit as st

from pages.shared.text import escape
from vsm.method import Explanation


def show_explanation(entry: Explanation) -> None:
    """Show the entry without its title."""
    st.markdown(escape(entry.meaning))
    st.markdown(f"**Formula**: {escape(entry.formula)}")
    st.markdown(f"**With your numbers**: {escape(entry.with_numbers)}")
    if entry.source:
        st.caption(f"Source: {escape(entry.source)}")
