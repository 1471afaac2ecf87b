"""What was understood of a table of stages: the sheet, its columns, the definitions, what was odd, the stages."""

from __future__ import annotations

import streamlit as st

from pages.shared import columns_view, definitions_view, problems_view, sheet_view, stream_view
from vsm.reading.shapes import Reading


def show(reading: Reading) -> None:
    """Show all that can be looked over and changed about a table."""
    sheet_view.show(reading)
    st.subheader("Columns")
    columns_view.show(reading)
    st.subheader("Definitions that change the answer")
    definitions_view.show(reading)
    st.subheader("What was odd")
    problems_view.show_problems(reading)
    problems_view.show_left_out(reading)
    if reading.stream is not None:
        st.subheader("The stages as they were read")
        stream_view.show_stages(reading.stream)
