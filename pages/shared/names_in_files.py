"""Whether files to take away name the items and people of a log, or number them: one switch, kept for the visit."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.shared import selected
from pages.shared.analysed import analysis_of
from vsm.analysis import Analysis
from vsm.flow import MeasuredLog
from vsm.items.log import Log
from vsm.opening import AnyReading, MeasuredReading
from vsm.unnamed import without_names

NAMED = "names_in_files"


def switch() -> None:
    """Ask whether files are to hold names; nothing for a table of stages, which names no items."""
    if selected.whole_log() is None:
        return
    st.session_state.setdefault(NAMED, True)
    st.toggle(
        "Names of items and people in the files",
        key=NAMED,
        persist_state="session",
        help="This holds for every file that you download, lists of items on other pages included.",
    )
    if not st.session_state.get(NAMED, True):
        st.caption(
            "In the files items are called “Item 1”, “Item 2” and so on in order of finishing, people “Person 1” and "
            "so on. The pages still show the names."
        )


def named() -> bool:
    """Tell whether files will name the items and people of a log."""
    return selected.whole_log() is not None and st.session_state.get(NAMED, True)


def analysis_for_files(analysis: Analysis) -> Analysis:
    """Return the analysis that files are made of."""
    reading = _unnamed()
    return analysis if reading is None or reading.stream is None else analysis_of(reading.stream)


def reading_for_files(reading: AnyReading) -> AnyReading:
    """Return the reading that files tell of."""
    return _unnamed() or reading


def log_for_files(measured: MeasuredLog) -> MeasuredLog:
    """Return the measured log that files are made of."""
    reading = _unnamed()
    return measured if reading is None or reading.log is None else replace(measured, log=reading.log)


def items_for_files() -> MeasuredReading | None:
    """Return the chosen items of the loaded log as files tell of them, without what was said of the stream."""
    reading = selected.chosen_reading()
    return _numbered() or (reading if isinstance(reading, MeasuredReading) else None)


def _unnamed() -> MeasuredReading | None:
    """Return the loaded log with numbers for names; `None` where files may name them."""
    reading = _numbered()
    return None if reading is None else selected.with_what_was_said(reading)


def _numbered() -> MeasuredReading | None:
    reading, whole = selected.chosen_reading(), selected.whole_log()
    if st.session_state.get(NAMED, True) or whole is None or not isinstance(reading, MeasuredReading):
        return None
    return _number(selected.key(), reading, whole)


@st.cache_resource(scope="session", max_entries=2, show_spinner="Numbering the items …")
def _number(key: str, _reading: MeasuredReading, _whole: Log) -> MeasuredReading:
    return without_names(_reading, _whole)
