"""Where the table was found: the sheet and the header row, each changeable."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.shared import session
from pages.shared.text import escape
from vsm.reading.shapes import Choices, Reading


def show(reading: Reading) -> None:
    """Say where the table was found, and let both be changed."""
    st.markdown(_where(reading))
    with st.container(horizontal=True):
        if len(reading.sheets) > 1:
            _sheet(reading)
        _header_row(reading)


def _where(reading: Reading) -> str:
    sheet = f"Sheet **{escape(reading.sheet)}** of {escape(reading.file)}"
    if not reading.header_rows:
        return f"{sheet}; the table has no header."
    if len(reading.header_rows) == 1:
        return f"{sheet}; the header is in row {reading.header_rows[0]}."
    return f"{sheet}; the header is in rows {reading.header_rows[0]} to {reading.header_rows[-1]}."


def _sheet(reading: Reading) -> None:
    key = f"sheet_{session.load_number()}"
    st.session_state[key] = reading.sheet
    workbook = session.current_workbook()
    hidden = {sheet.name for sheet in workbook.sheets if sheet.hidden} if workbook else set()
    st.selectbox(
        "Sheet",
        reading.sheets,
        format_func=lambda name: f"{name} (hidden)" if name in hidden else name,
        key=key,
        on_change=_take_sheet,
        args=(key,),
    )


def _take_sheet(key: str) -> None:
    old = session.choices()
    # Header row, columns and units speak of the sheet that they were chosen for.
    session.choose(
        Choices(sheet=st.session_state[key], definitions=old.definitions, name=old.name, start=old.start, end=old.end)
    )


def _header_row(reading: Reading) -> None:
    key = f"header_row_{session.load_number()}"
    st.session_state[key] = reading.header_rows[-1] if reading.header_rows else 0
    st.number_input(
        "Header row (0: there is none)",
        min_value=0,
        step=1,
        key=key,
        on_change=_take_header_row,
        args=(key,),
        width=240,
    )


def _take_header_row(key: str) -> None:
    session.choose(replace(session.choices(), header_row=int(st.session_state[key]), columns=(), units=()))
