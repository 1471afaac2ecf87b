"""Which hours of a log count: all, or those of a working calendar; the headline figures of both side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st

from pages.shared import session
from pages.shared.analysed import analysis_of
from pages.shared.text import escape
from vsm.calendar_words import WEEKDAY_NAMES, workday, workday_words
from vsm.model import ClockKind, Definitions, LeadTimes, ValueStream
from vsm.opening import MeasuredReading
from vsm.public_holidays import countries, listed_holidays, public_holidays, regions
from vsm.reading.log_shapes import LogChoices
from vsm.wording import NOT_MEASURED, exact_hours, hours, number, percent
from vsm.worktime import Calendar

_CLOCKS = {ClockKind.ELAPSED: "every hour (elapsed time)", ClockKind.WORKING: "working hours only"}
_WRONG = "calendar_wrong"
_NO_HOLIDAYS, _LISTED = "none", "a list of dates"


def show(reading: MeasuredReading) -> None:
    """Show which clock counts, the calendar of working time, and what both clocks make of the log."""
    stream = reading.stream
    if stream is not None and stream.measured is not None and stream.measured.as_of is None:
        st.markdown("The file gives durations, so its hours are taken as they are.")
        return
    calendar = session.choices().calendar
    key = f"clock_{session.load_number()}"
    st.session_state[key] = ClockKind.ELAPSED if calendar is None else ClockKind.WORKING
    st.segmented_control(
        "What counts", list(_CLOCKS), format_func=_CLOCKS.__getitem__, key=key, required=True, on_change=_take_clock,
        args=(key,),
    )  # fmt: skip
    if calendar is not None:
        _calendar(calendar)
    if stream is not None:
        _side_by_side(session.choices())


def _take_clock(key: str) -> None:
    choices = session.choices()
    working = st.session_state[key] is ClockKind.WORKING
    session.choose(replace(choices, calendar=Calendar(timezone=choices.timezone) if working else None))


def _calendar(calendar: Calendar) -> None:
    if message := st.session_state.pop(_WRONG, None):
        st.error(escape(message))
    number = session.load_number()
    day, week = st.columns([1, 3])
    with day:
        key = f"workday_{number}"
        st.session_state[key] = workday_words(calendar)
        st.text_input("A working day is from-to", key=key, on_change=_change, args=(key, _with_workday))
    with week:
        key = f"workweek_{number}"
        st.session_state[key] = [i for i, works in enumerate(calendar.weekdays) if works]
        st.pills(
            "Working days", list(range(7)), format_func=WEEKDAY_NAMES.__getitem__, selection_mode="multi", key=key,
            on_change=_change, args=(key, _with_week),
        )  # fmt: skip
    _holidays(calendar, number)
    st.caption(f"Days and hours are those of {escape(calendar.timezone)}, the time zone chosen above.")


def _change(key: str, apply: Callable[[Calendar, object], Calendar]) -> None:
    choices = session.choices()
    try:
        changed = apply(choices.calendar or Calendar(timezone=choices.timezone), st.session_state[key])
    except ValueError as error:
        st.session_state[_WRONG] = str(error)
        return
    session.choose(replace(choices, calendar=changed))


def _with_workday(calendar: Calendar, text: str) -> Calendar:
    begins, ends = workday(text)
    return replace(calendar, begins=begins, ends=ends)


def _with_week(calendar: Calendar, days: list[int]) -> Calendar:
    if not days:
        raise ValueError("A week without a working day has no working time; choose at least one.")
    return replace(calendar, weekdays=tuple(day in days for day in range(7)))


def _holidays(calendar: Calendar, number: int) -> None:
    country, _, region = (calendar.country or "").partition("-")
    where, part = st.columns(2)
    with where:
        key = f"holidays_{number}"
        st.session_state[key] = country or (_LISTED if calendar.holidays else _NO_HOLIDAYS)
        names = {_NO_HOLIDAYS: "no holidays", _LISTED: "dates from a list", **countries()}
        st.selectbox("Holidays", list(names), format_func=names.__getitem__, key=key, on_change=_change,
                     args=(key, _with_holidays))  # fmt: skip
    parts = regions(country)
    if parts:
        with part:
            key = f"region_{number}"
            st.session_state[key] = region or _NO_HOLIDAYS
            st.selectbox(
                "With those of", [_NO_HOLIDAYS, *parts],
                format_func=lambda name: "the whole country" if name == _NO_HOLIDAYS else name,
                key=key, on_change=_change, args=(key, _with_region),
            )  # fmt: skip
    if not country:
        key = f"holiday_list_{number}"
        st.session_state[key] = "\n".join(day.isoformat() for day in sorted(calendar.holidays))
        st.text_area(
            "Days on which nobody works, one date a line", key=key, placeholder="2026-12-24\n2026-12-31",
            on_change=_change, args=(key, _with_list),
        )  # fmt: skip


def _with_holidays(calendar: Calendar, country: str) -> Calendar:
    if country in (_NO_HOLIDAYS, _LISTED):
        return replace(calendar, holidays=frozenset[dt.date](), country=None)
    return replace(calendar, holidays=public_holidays(country), country=country)


def _with_region(calendar: Calendar, region: str) -> Calendar:
    country = (calendar.country or "").partition("-")[0]
    return _with_holidays(calendar, country if region == _NO_HOLIDAYS else f"{country}-{region}")


def _with_list(calendar: Calendar, text: str) -> Calendar:
    return replace(calendar, holidays=listed_holidays(text), country=None)


def _side_by_side(choices: LogChoices) -> None:
    working = choices.calendar or Calendar(timezone=choices.timezone)
    days = ", ".join(name[:3] for name, works in zip(WEEKDAY_NAMES, working.weekdays, strict=True) if works)
    columns = {
        "Elapsed time": session.stream_with(replace(choices, calendar=None)),
        f"Working time ({days}, {workday_words(working)})": session.stream_with(replace(choices, calendar=working)),
    }
    figures = {name: _figures(stream) for name, stream in columns.items() if stream is not None}
    labels = ["Lead time, mean", "Lead time, median", "Lead time, 85% at most", "Flow efficiency"]
    st.dataframe(
        pd.DataFrame({"Figure": labels, **figures}),
        hide_index=True,
        alt="The headline figures by elapsed and by working time",
        key="both_clocks",
    )
    st.caption(
        f"A day of elapsed time has 24 h, one of working time {number(working.hours_per_day)} h. Both numbers of a "
        "ratio are always measured by the same clock."
    )


def _figures(stream: ValueStream) -> list[str]:
    times: LeadTimes | None = None if stream.measured is None else stream.measured.lead_times
    efficiency = percent(analysis_of(stream).flow_efficiency)
    if times is None:
        return [NOT_MEASURED, NOT_MEASURED, NOT_MEASURED, efficiency]
    known = (times.mean, times.median, times.p85)
    return [*(_both_ways(value, stream.definitions) for value in known), efficiency]


def _both_ways(value: float, definitions: Definitions) -> str:
    """Say a time in days and, as days differ between the clocks, in hours."""
    said, exact = hours(value, definitions), exact_hours(value)
    return said if said == exact else f"{said} ({exact})"
