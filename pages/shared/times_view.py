"""How the times of a log are read: what one marks, whole days, day and month, units, time zone, as-of date."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared import session
from pages.shared.text import escape
from vsm.alternatives import effect_of
from vsm.opening import MeasuredReading
from vsm.reading.log_shapes import DateRule, FarDates, Layout, LogChoices, LogReading, Stamp
from vsm.reading.logs import FAR_DATES
from vsm.reading.logs.wide_durations import DAYS, WORKING_DAY
from vsm.wording import count

MOST_ROWS = 500_000
"""Above so many rows the log is not read again only to say what the other answer would change."""
_STAMPS = {Stamp.ENTERED: "entering a status", Stamp.COMPLETED: "completing an activity"}
_DATES = {
    DateRule.INCLUSIVE: "both days count: a same-day item took one day",
    DateRule.DIFFERENCE: "the plain difference: a same-day item took none",
}
_UNITS = {
    "ms": "milliseconds",
    "s": "seconds",
    "min": "minutes",
    "h": "hours",
    "d": "days",
    "wk": "weeks",
    "month": "months",
    "year": "years",
}
_FAR_DATES = {
    FarDates.DECADES: "are left out if decades away",
    FarDates.COUNT: "all count as they stand",
    FarDates.LEAVE_OUT: "are all left out",
}
_DAY_FIRST = {True: "day first (3 April)", False: "month first (4 March)"}


def show(reading: MeasuredReading) -> None:
    """Show the questions that matter for a log of one file."""
    beside = show_of_file(reading, reading, 0)
    if beside is not None:
        with beside:
            show_as_of(reading)


def show_of_file(reading: LogReading, whole: MeasuredReading, place: int) -> DeltaGenerator | None:
    """Show the questions that matter for a file of the `whole` log; `place` as in `session.choices`.

    Returns the room beside the last of them, where items age.
    """
    choices = session.choices(place)

    def one(field: str, label: str, now: object, options: dict) -> None:
        _one(_Field(field, place), label, now, options, whole)

    if reading.stamp is not None and reading.layout is Layout.EVENT_LOG:
        one("stamp", "Each time in the file marks", reading.stamp, _STAMPS)
    if reading.whole_days:
        one("dates", "Dates without a time of day: how many days lie between two?", choices.dates, _DATES)
    if choices.day_first is not None or any("03/04" in question for question in reading.questions):
        one("day_first", "Dates such as 03/04/2026 have the", choices.day_first is not False, _DAY_FIRST)
    if reading.layout is Layout.WIDE_DURATIONS:
        _unit(choices)
        hours = choices.hours_per_day or (reading.log.hours_per_day if reading.log is not None else WORKING_DAY)
        one("hours_per_day", "A day in the durations has", hours, _days(hours))
        return None  # without times there is no time zone, and nothing ages
    if choices.far_dates is not FarDates.DECADES or any(problem.repair == FAR_DATES for problem in reading.problems):
        one("far_dates", "Dates years away from all others", choices.far_dates, _FAR_DATES)
    zone, beside = st.columns(2)
    with zone:
        _zone(choices, place)
    return beside


class _Field(NamedTuple):
    """A field of the choices about a file."""

    name: str
    place: int


def _one(field: _Field, label: str, now: object, options: dict, whole: MeasuredReading) -> None:
    key = session.key(f"times_{field.name}", field.place)
    st.session_state[key] = now
    st.segmented_control(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        required=True,
        on_change=_take,
        args=(field, key),
    )
    other = next(value for value in options if value != now)
    choices = replace(session.choices(field.place), **{field.name: other})
    st.caption(escape(_effect(whole, f"With “{options[other]}”", choices, field.place)))


def _days(now: float) -> dict[float, str]:
    return {hours: count(hours, "hour") for hours in sorted({*DAYS, now})}


def _unit(choices: LogChoices) -> None:
    key = session.key("times_unit")
    st.session_state[key] = choices.unit or "h"
    st.selectbox(
        "Durations that name no unit, in the cell or in the header, are in",
        list(_UNITS),
        format_func=_UNITS.__getitem__,
        key=key,
        on_change=_take,
        args=(_Field("unit", 0), key),
        width=320,
    )


def _take(field: _Field, key: str) -> None:
    old = session.choices(field.place)
    if field.name == "stamp":
        # A status and an activity mean different things by the same name.
        old = replace(old, statuses=())
    session.choose(replace(old, **{field.name: st.session_state[key]}), field.place)


def _effect(whole: MeasuredReading, how: str, other: LogChoices, place: int) -> str:
    """Say what the other answer would change, where reading the log again takes no time."""
    if whole.stream is None or whole.rows.total > MOST_ROWS:
        return ""
    then = session.stream_with(other, place)
    if then is None:
        return f"{how}, the log could not be read."
    return effect_of(how, whole.stream, then)


@cache
def _zones() -> tuple[str, ...]:
    return ("UTC", *sorted(zoneinfo.available_timezones() - {"UTC", "localtime"}))


def _zone(choices: LogChoices, place: int) -> None:
    key = session.key("times_zone", place)
    st.session_state[key] = choices.timezone
    st.selectbox(
        "Time zone of times that name none", _zones(), key=key, on_change=_take_zone, args=(key, place), width="stretch"
    )


def _take_zone(key: str, place: int) -> None:
    old, zone = session.choices(place), st.session_state[key]
    calendar = None if old.calendar is None else replace(old.calendar, timezone=zone)
    session.choose(replace(old, timezone=zone, calendar=calendar), place)


def show_as_of(reading: MeasuredReading) -> None:
    """Show until when open items age."""
    choices, key = session.choices(), session.key("times_as_of")
    st.session_state[key] = None if choices.as_of is None else (choices.as_of - dt.timedelta(days=1)).date()
    measured = None if reading.stream is None else reading.stream.measured
    now = None if measured is None else measured.as_of
    last = "" if now is None else f" (now: {now:%Y-%m-%d %H:%M} {choices.timezone})"
    st.date_input(
        f"As-of date: until its end open items age{last}",
        value=None,
        key=key,
        on_change=_take_as_of,
        args=(key,),
        help="Left empty, it is the last time in the file.",
        width="stretch",
    )


def _take_as_of(key: str) -> None:
    day = st.session_state[key]
    moment = None if day is None else dt.datetime.combine(day, dt.time()) + dt.timedelta(days=1)
    session.choose(replace(session.choices(), as_of=moment))
