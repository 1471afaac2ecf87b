"""The loaded log and the items that were chosen of it -> the reading and the measured log that every page reads."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TypeVar

import streamlit as st

from pages.shared import session
from vsm.chosen_items import choose_items
from vsm.flow import MeasuredLog, measured_log
from vsm.items.log import Log
from vsm.model import Wanted
from vsm.opening import AnyReading, MeasuredReading
from vsm.reading.log_shapes import LogChoices
from vsm.reading.shapes import Reading
from vsm.said import Said, with_said
from vsm.worktime import Calendar

TYPES, TEAMS, PEOPLE, FINISHED_FROM, FINISHED_TO = "type", "team", "person", "finished_from", "finished_to"
"""Names of the filters in the session and in the link."""
Kind = TypeVar("Kind", Reading, MeasuredReading)


def wanted() -> Wanted:
    """Return which items the visitor asks for."""
    state = st.session_state
    return Wanted(
        types=tuple(state.get(TYPES, ())),
        teams=tuple(state.get(TEAMS, ())),
        people=tuple(state.get(PEOPLE, ())),
        finished_from=state.get(FINISHED_FROM),
        finished_to=state.get(FINISHED_TO),
    )


def key() -> str:
    """Return a short text that changes with the data, every choice about it and the items asked for."""
    return hashlib.sha256(f"{session.data_key()} {wanted()!r}".encode()).hexdigest()[:16]


def current_reading() -> AnyReading | None:
    """Return what is understood of the loaded data, with what the visitor said in its place.

    Of a log, with the items that are asked for alone.
    """
    reading = chosen_reading()
    return None if reading is None else with_what_was_said(reading)


def with_what_was_said(reading: Kind) -> Kind:
    """Return a reading with what the visitor said of its stream."""
    if reading.stream is None or session.said() == Said():
        return reading
    return replace(reading, stream=with_said(reading.stream, session.said()))


def chosen_reading() -> AnyReading | None:
    """Return what is understood of the loaded data alone; of a log, with the items that are asked for."""
    reading, asked, choices = session.current_reading(), wanted(), session.choices()
    if not isinstance(reading, MeasuredReading) or reading.log is None or not isinstance(choices, LogChoices):
        return reading
    return reading if asked == Wanted() else _select(key(), asked, reading, choices)


@st.cache_resource(scope="session", max_entries=4, show_spinner="Choosing items …")
def _select(key: str, _asked: Wanted, _reading: MeasuredReading, _choices: LogChoices) -> MeasuredReading:
    return choose_items(_reading, _asked, _choices)


def whole_log() -> Log | None:
    """Return all items of the loaded log, whatever was chosen; `None` where no log is loaded."""
    reading = session.current_reading()
    return reading.log if isinstance(reading, MeasuredReading) else None


def current_log() -> MeasuredLog | None:
    """Return the chosen items of the loaded log, measured on the clock chosen; `None` where no log is loaded."""
    reading, choices = current_reading(), session.choices()
    if not isinstance(reading, MeasuredReading) or reading.log is None or not isinstance(choices, LogChoices):
        return None
    return _measure(key(), reading, choices.calendar)


@st.cache_resource(scope="session", max_entries=4, show_spinner="Measuring the log …")
def _measure(key: str, _reading: MeasuredReading, _calendar: Calendar | None) -> MeasuredLog:
    assert _reading.log is not None, "a log without items was not measured"
    return measured_log(_reading.log, _calendar)
