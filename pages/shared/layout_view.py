"""Where the rows of a log's file stand, and what one of them is: the sheet and the layout, each changeable."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.shared import session
from vsm.reading.log_shapes import Layout, LogChoices, LogReading

_LAYOUTS = {
    Layout.STAGE_LOG: "Stage log: a row is a visit of an item to a stage, with start and end",
    Layout.EVENT_LOG: "Event log: a row is one change of an item, with one time",
    Layout.WIDE_DATES: "Wide dates: a row is an item, with a date for each stage",
    Layout.WIDE_DURATIONS: "Wide durations: a row is an item, with a duration for each stage",
}


def show(reading: LogReading, place: int = 0) -> None:
    """Show both side by side; `place` as in `session.choices`."""
    with st.container(horizontal=True):
        _sheet(reading, place)
        _layout(reading, place)


def _sheet(reading: LogReading, place: int) -> None:
    if len(reading.sheets) < 2:
        return
    key = session.key("log_sheet", place)
    st.session_state[key] = reading.sheet
    st.selectbox("Sheet", reading.sheets, key=key, on_change=_take_sheet, args=(key, place))


def _take_sheet(key: str, place: int) -> None:
    # Columns and statuses speak of the sheet that they were chosen for.
    old = session.choices(place)
    session.choose(replace(old, sheet=st.session_state[key], columns=(), statuses=(), stage_order=()), place)


def _layout(reading: LogReading, place: int) -> None:
    key = session.key("layout", place)
    st.session_state[key] = reading.layout
    st.selectbox(
        "What one row is",
        list(_LAYOUTS),
        format_func=_LAYOUTS.__getitem__,
        key=key,
        on_change=_take_layout,
        args=(key, place),
    )


def _take_layout(key: str, place: int) -> None:
    old = session.choices(place)
    session.choose(
        LogChoices(
            sheet=old.sheet, layout=st.session_state[key], timezone=old.timezone, calendar=old.calendar, name=old.name,
            start=old.start, end=old.end,
        ),
        place,
    )  # fmt: skip
