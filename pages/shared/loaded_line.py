"""The line on every page that says which data is loaded and what was decided differently from the defaults."""

from __future__ import annotations

import streamlit as st

from pages.shared import filters, opened_link, selected, session
from pages.shared.text import escape
from vsm.calendar_words import workday_words, workweek_words
from vsm.data_words import chosen_words, periods_words, said_topics, sheet_words
from vsm.definition_words import different_definitions
from vsm.opening import AnyReading, MeasuredReading
from vsm.reading.log_shapes import LogChoices
from vsm.said import without_place
from vsm.wording import count, listed


def show() -> None:
    """Show the line and, for a log, the filters whose choice it states; without data, nothing."""
    filters.remember_link()
    reading = session.current_reading()
    if reading is None:
        return
    place = st.empty()
    filters.show()
    place.caption(" · ".join((line(reading), *_chosen())))


def _chosen() -> tuple[str, ...]:
    """Say which items are shown, and what was said of the stream; nothing where all are and nothing was."""
    shown = selected.current_reading()
    if shown is None or shown.stream is None:
        return ()
    said = said_topics(shown.stream)
    lost = without_place(shown.stream, session.said())
    parts = (
        chosen_words(shown.stream.measured),
        said and f"with {said} said here",
        lost and f"what was said of {listed(lost)} waits until there is such a stage again",
    )
    return tuple(f"**{escape(words)}**" for words in parts if words)


def line(reading: AnyReading) -> str:
    """Say in one line what is loaded: stream, file, sheet, rows used of rows in, unusual definitions. Markdown."""
    name = reading.stream.name if reading.stream else None
    parts = [
        f"**{escape(name)}**" if name else "",
        "as it was published" if opened_link.is_loaded() else "",
        f"from {escape(reading.file)}" if reading.file != name else "",
        escape(sheet_words(reading)),
        *_of_periods(reading),
        f"{reading.rows.used:,} of {reading.rows.total:,} {'row' if reading.rows.total == 1 else 'rows'} used",
        *(_of_log(reading) if _is_of_log(reading) else different_definitions(reading.definitions)),
    ]
    return " · ".join(part for part in parts if part)


def _of_periods(reading: AnyReading) -> tuple[str, ...]:
    """Say which period is analysed, where the file states several."""
    source = None if reading.stream is None else reading.stream.source
    return (escape(periods_words(source)),) if source is not None and len(source.periods) > 1 else ()


def _is_of_log(reading: AnyReading) -> bool:
    """Tell whether a log was measured; a publication of one holds its figures without its items."""
    return isinstance(reading, MeasuredReading) or (reading.stream is not None and reading.stream.measured is not None)


def _of_log(reading: AnyReading) -> tuple[str, ...]:
    """Say how many items were measured, and which clock and as-of date were chosen."""
    measured, choices = None if reading.stream is None else reading.stream.measured, session.choices()
    items = () if measured is None else (f"{count(measured.items, 'item')}, {measured.finished:,} finished",)
    if not isinstance(choices, LogChoices):
        return items
    clock = choices.calendar
    working = () if clock is None else (f"working time {workweek_words(clock.weekdays)} {workday_words(clock)}",)
    as_of = () if choices.as_of is None or measured is None else (f"as of {measured.as_of:%Y-%m-%d}",)
    return (*items, *(escape(words) for words in working), *as_of)
