"""Where the rows of a log's file stand, and what one of them is: the sheet and the layout, each changeable."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from pages.shared import session
from vsm.reading.log_shapes import Layout, LogChoices, LogReading
from vsm.reading.logs import ON_SEVERAL_SHEETS

_LAYOUTS = {
    Layout.STAGE_LOG: "Stage log: a row is a visit of an item to a stage, with start and end",
    Layout.EVENT_LOG: "Event log: a row is one change of an item, with one time",
    Layout.WIDE_DATES: "Wide dates: a row is an item, with a date for each stage",
    Layout.WIDE_DURATIONS: "Wide durations: a row is an item, with a duration for each stage",
}

_ITEMS = {False: "one item", True: "a different item on each"}

_ALL = ""
"""No sheet is named so."""


def show(reading: LogReading, place: int = 0) -> None:
    """Show both, side by side where there is room; `place` as in `session.choices`."""
    if len(reading.sheets) > 1:
        sheet, layout = st.columns(2)
        with sheet:
            _sheet(reading, place)
        with layout:
            _layout(reading, place)
    else:
        _layout(reading, place)
    if any(problem.repair == ON_SEVERAL_SHEETS for problem in reading.problems):
        _items(place)
    if reading.of_sheets:
        _rows(reading, place)


def _sheet(reading: LogReading, place: int) -> None:
    key = session.key("log_sheet", place)
    several = bool(reading.of_sheets) or session.choices(place).sheet is not None
    st.session_state[key] = _ALL if reading.of_sheets else reading.sheet
    st.selectbox(
        "Sheet",
        [*([_ALL] if several else []), *reading.sheets],
        format_func=lambda name: name or f"All sheets with the same columns{_counted(reading)}",
        key=key,
        on_change=_take_sheet,
        args=(key, place),
    )


def _items(place: int) -> None:
    """Ask whether an item that stands on several sheets is one."""
    key = session.key("items_by_sheet", place)
    st.session_state[key] = session.choices(place).items_by_sheet
    st.segmented_control(
        "An item of one name on several sheets is",
        list(_ITEMS),
        format_func=_ITEMS.__getitem__,
        key=key,
        required=True,
        on_change=_take_items,
        args=(key, place),
    )


def _take_items(key: str, place: int) -> None:
    session.choose(replace(session.choices(place), items_by_sheet=st.session_state[key]), place)


def _rows(reading: LogReading, place: int) -> None:
    """Show behind a click what became of the rows of each sheet."""
    with st.expander(f"The rows of the {len(reading.of_sheets)} sheets"):
        st.dataframe(
            pd.DataFrame(
                {
                    "Sheet": [part.sheet for part in reading.of_sheets],
                    "Rows": [part.rows.total for part in reading.of_sheets],
                    "Used": [part.rows.used for part in reading.of_sheets],
                    "Left out": [part.rows.left_out for part in reading.of_sheets],
                    "Blank": [part.rows.blank for part in reading.of_sheets],
                }
            ),
            hide_index=True,
            key=session.key("log_sheets", place),
        )


def _counted(reading: LogReading) -> str:
    return f" ({len(reading.of_sheets)})" if reading.of_sheets else ""


def _take_sheet(key: str, place: int) -> None:
    # Columns and statuses speak of the sheet that they were chosen for.
    old, sheet = session.choices(place), st.session_state[key] or None
    session.choose(replace(old, sheet=sheet, columns=(), statuses=(), stage_order=()), place)


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
            sheet=old.sheet, items_by_sheet=old.items_by_sheet, layout=st.session_state[key], timezone=old.timezone,
            calendar=old.calendar, name=old.name, start=old.start, end=old.end,
        ),
        place,
    )  # fmt: skip
