"""What was understood of an item log: layout, columns, statuses, times, clock, what was odd, and the stages."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from pages.shared import (
    clock_view,
    joined_view,
    layout_view,
    log_columns_view,
    problems_view,
    settings_view,
    statuses_view,
    stream_view,
    times_view,
)
from pages.shared.prose import bullets
from pages.shared.text import escape
from vsm.flow_words import after_today
from vsm.opening import MeasuredReading
from vsm.reading.log_shapes import Layout
from vsm.wording import count, listed


def show(reading: MeasuredReading) -> None:
    """Show all that can be looked over and changed about a log."""
    st.markdown(_understood(reading))
    late = after_today(None if reading.stream is None else reading.stream.measured, dt.date.today())
    if late is not None:
        st.warning(late)
    if reading.parts:
        _files(reading)
    else:
        _one_file(reading)
    if reading.stream is not None:
        st.subheader("The stages as they were measured")
        stream_view.show_stages(reading.stream)


def _one_file(reading: MeasuredReading) -> None:
    layout_view.show(reading)
    bullets(reading.notes)
    settings_view.show(reading)
    joined_view.show_adding()
    st.subheader("Columns")
    log_columns_view.show(reading, expanded=reading.stream is None)
    st.subheader("Statuses and stages")
    statuses_view.show(reading)
    st.subheader("Times")
    times_view.show(reading)
    st.subheader("The clock")
    clock_view.show(reading)
    st.subheader("What was odd")
    problems_view.show_problems(reading)
    problems_view.show_left_out_of_log(reading)


def _files(reading: MeasuredReading) -> None:
    bullets(reading.notes)
    settings_view.show(reading)
    joined_view.show_adding()
    joined_view.show_files(reading)
    st.subheader("Statuses and stages of all files")
    statuses_view.show(reading)
    times_view.show_as_of(reading)
    st.subheader("The clock")
    clock_view.show(reading)


def _understood(reading: MeasuredReading) -> str:
    if reading.parts:
        return f"{_joined(reading)}{_how_many(reading)}."
    words = f"{_what_was_read(reading)} read as **{_article(reading.layout)}**"
    if reading.source is not None:
        words += f", recognised by its columns (**{escape(reading.source)}**)"
    return f"{words}{_how_many(reading)}."


def _what_was_read(reading: MeasuredReading) -> str:
    if reading.of_sheets:
        return f"**{len(reading.of_sheets)} sheets** of {escape(reading.file)} were together"
    return f"Sheet **{escape(reading.sheet)}** of {escape(reading.file)} was" if reading.sheets[1:] else "The file was"


def _joined(reading: MeasuredReading) -> str:
    files = listed([f"**{escape(part.reading.file)}**" for part in reading.parts])
    return f"{files} were joined by item" if reading.stream is not None else f"{files} are to be joined by item"


def _how_many(reading: MeasuredReading) -> str:
    measured = None if reading.stream is None else reading.stream.measured
    if measured is None:
        return ""
    if measured.finished == measured.items:
        return f": {count(measured.items, 'item')}, all finished"
    cancelled = f" and {measured.cancelled:,} cancelled" if measured.cancelled else ""
    items = count(measured.items, "item")
    return f": {items}, of which {measured.finished:,} finished, {measured.open:,} still open{cancelled}"


def _article(layout: Layout) -> str:
    return f"an {layout}" if layout.startswith("e") else f"{'a' if layout.endswith('log') else 'a table of'} {layout}"
