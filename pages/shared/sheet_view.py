"""Where the table was found: the sheet, the header row and, of several periods, the one to analyse; all changeable."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.shared import session
from pages.shared.menu import COMPARE_PAGE
from pages.shared.text import escape
from vsm.reading.shapes import Choices, Reading
from vsm.reading.sheet_periods import sheets_of_periods

_SERIES = ""
"""No sheet is named so."""


def show(reading: Reading) -> None:
    """Say where the table was found, and let both be changed."""
    st.markdown(_where(reading))
    if len(reading.snapshots) > 1:
        st.markdown(f"{_periods(reading)} The rows of the others make the trend.")
        st.page_link(COMPARE_PAGE, label="See the trend")
    with st.container(horizontal=True):
        if len(reading.snapshots) > 1:
            _period(reading)
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


def _periods(reading: Reading) -> str:
    names = [escape(snapshot.period) for snapshot in reading.snapshots]
    return f"{len(names)} periods were found, from {names[0]} to {names[-1]}; one of them is analysed."


def _period(reading: Reading) -> None:
    key = f"period_{session.load_number()}"
    names = [snapshot.period for snapshot in reading.snapshots]
    source = reading.stream.source if reading.stream else None
    st.session_state[key] = source.period if source and source.period else names[-1]
    st.selectbox("Period to analyse", names[::-1], key=key, on_change=_take_period, args=(key, names[-1]))


def _take_period(key: str, latest: str) -> None:
    # The latest is not written down, so that a newer one takes its place when it comes.
    period = st.session_state[key]
    session.choose(replace(session.choices(), period=None if period == latest else period))


def _sheet(reading: Reading) -> None:
    key = f"sheet_{session.load_number()}"
    workbook = session.current_workbook()
    series = workbook is not None and bool(sheets_of_periods(workbook))
    st.session_state[key] = _SERIES if series and session.choices().sheet is None else reading.sheet
    hidden = {sheet.name for sheet in workbook.sheets if sheet.hidden} if workbook else set()
    names = {name: f"{name} (hidden)" if name in hidden else name for name in reading.sheets}
    st.selectbox(
        "Sheet",
        [*([_SERIES] if series else []), *reading.sheets],
        format_func=lambda name: names.get(name, "One for each period"),
        key=key,
        on_change=_take_sheet,
        args=(key,),
    )


def _take_sheet(key: str) -> None:
    old = session.choices()
    # Header row, columns and units speak of the sheet that they were chosen for.
    session.choose(
        Choices(
            sheet=st.session_state[key] or None,
            definitions=old.definitions,
            name=old.name,
            start=old.start,
            end=old.end,
        )
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
