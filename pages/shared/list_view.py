"""A table too long to be one of stages: another sheet to choose, and its columns behind a click, nothing more."""

from __future__ import annotations

import streamlit as st

from pages.shared import columns_view, sheet_view
from vsm.reading.shapes import Reading


def show(reading: Reading) -> None:
    """Show where the table was found and, behind a click, what was taken for what."""
    sheet_view.show(reading)
    with st.expander("The columns as they were understood"):
        columns_view.show(reading)
