"""What was understood of an item log: layout, columns, statuses, times, clock, what was odd, and the stages."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.shared import (
    clock_view,
    log_columns_view,
    problems_view,
    session,
    settings_view,
    statuses_view,
    stream_view,
    times_view,
)
from pages.shared.prose import bullets
from pages.shared.text import escape
from vsm.opening import MeasuredReading
from vsm.reading.log_shapes import Layout, LogChoices
from vsm.wording import count

_LAYOUTS = {
    Layout.STAGE_LOG: "Stage log: a row is a visit of an item to a stage, with start and end",
    Layout.EVENT_LOG: "Event log: a row is one change of an item, with one time",
    Layout.WIDE_DATES: "Wide dates: a row is an item, with a date for each stage",
    Layout.WIDE_DURATIONS: "Wide durations: a row is an item, with a duration for each stage",
}


def show(reading: MeasuredReading) -> None:
    """Show all that can be looked over and changed about a log."""
    st.markdown(_understood(reading))
    with st.container(horizontal=True):
        _sheet(reading)
        _layout(reading)
    bullets(reading.notes)
    settings_view.show(reading)
    st.subheader("Columns")
    log_columns_view.show(reading)
    st.subheader("Statuses and stages")
    statuses_view.show(reading)
    st.subheader("Times")
    times_view.show(reading)
    st.subheader("The clock")
    clock_view.show(reading)
    st.subheader("What was odd")
    problems_view.show_problems(reading)
    problems_view.show_left_out_of_log(reading)
    if reading.stream is not None:
        st.subheader("The stages as they were measured")
        stream_view.show_stages(reading.stream)


def _understood(reading: MeasuredReading) -> str:
    sheet = f"Sheet **{escape(reading.sheet)}** of {escape(reading.file)}" if len(reading.sheets) > 1 else "The file"
    words = f"{sheet} was read as **{_article(reading.layout)}**"
    if reading.source is not None:
        words += f", recognised as an export of **{escape(reading.source)}**"
    measured = None if reading.stream is None else reading.stream.measured
    if measured is None:
        return f"{words}."
    if measured.finished == measured.items:
        return f"{words}: {count(measured.items, 'item')}, all finished."
    cancelled = f" and {measured.cancelled:,} cancelled" if measured.cancelled else ""
    return (
        f"{words}: {count(measured.items, 'item')}, of which {measured.finished:,} finished, {measured.open:,} still "
        f"open{cancelled}."
    )


def _article(layout: Layout) -> str:
    return f"an {layout}" if layout.startswith("e") else f"{'a' if layout.endswith('log') else 'a table of'} {layout}"


def _sheet(reading: MeasuredReading) -> None:
    if len(reading.sheets) < 2:
        return
    key = f"log_sheet_{session.load_number()}"
    st.session_state[key] = reading.sheet
    st.selectbox("Sheet", reading.sheets, key=key, on_change=_take_sheet, args=(key,))


def _take_sheet(key: str) -> None:
    # Columns and statuses speak of the sheet that they were chosen for.
    session.choose(replace(session.choices(), sheet=st.session_state[key], columns=(), statuses=(), stage_order=()))


def _layout(reading: MeasuredReading) -> None:
    key = f"layout_{session.load_number()}"
    st.session_state[key] = reading.layout
    st.selectbox(
        "What one row is",
        list(_LAYOUTS),
        format_func=_LAYOUTS.__getitem__,
        key=key,
        on_change=_take_layout,
        args=(key,),
    )


def _take_layout(key: str) -> None:
    old = session.choices()
    session.choose(
        LogChoices(
            sheet=old.sheet, layout=st.session_state[key], timezone=old.timezone, calendar=old.calendar, name=old.name,
            start=old.start, end=old.end,
        )
    )  # fmt: skip
