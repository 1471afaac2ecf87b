"""Timestamps -> working time between them: one table of cumulated working time, looked up at both ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Times = NDArray[np.int64]
"""Microseconds since 1970-01-01 UTC."""

SECOND = 1_000_000
DAY = 86_400 * SECOND


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """When people work, in one time zone."""

    begins: dt.time = dt.time(9)
    ends: dt.time = dt.time(17)
    weekdays: tuple[bool, ...] = (True, True, True, True, True, False, False)
    """Monday first."""
    holidays: frozenset[dt.date] = frozenset()
    timezone: str = "UTC"
    country: str | None = None
    """Whose public holidays `holidays` are ("DE", "DE-BY"); `None`: a list of dates."""

    @property
    def hours_per_day(self) -> float:
        """Working hours of a working day; midnight as its end is the end of the day."""
        return (self.day_end - self.day_begin) / SECOND / 3600

    @property
    def day_begin(self) -> int:
        """When work begins, in microseconds of the wall clock's day."""
        return _microseconds(self.begins)

    @property
    def day_end(self) -> int:
        """When work ends, in microseconds of the wall clock's day; midnight is the end of the day."""
        return _microseconds(self.ends) or DAY


def _microseconds(time: dt.time) -> int:
    return ((time.hour * 60 + time.minute) * 60 + time.second) * SECOND + time.microsecond


def local_times(times: Times, timezone: str) -> Times:
    """Turn UTC into the wall clock of a time zone: microseconds since 1970-01-01, local."""
    if timezone == "UTC":
        return times
    index = pd.DatetimeIndex(times.view("datetime64[us]")).tz_localize("UTC").tz_convert(timezone)
    return index.tz_localize(None).as_unit("us").asi8


def _instants(local: Times, timezone: str) -> Times:
    """Turn a wall clock into UTC; a time the clock skips moves on, of one it shows twice the first counts."""
    if timezone == "UTC":
        return local
    index = pd.DatetimeIndex(local.view("datetime64[us]"))
    twice = np.ones(len(local), dtype=bool)
    placed = index.tz_localize(timezone, nonexistent="shift_forward", ambiguous=twice)
    return placed.tz_convert("UTC").tz_localize(None).as_unit("us").asi8


class ElapsedClock:
    """Counts every hour."""

    hours_per_day = 24.0

    def position(self, times: Times) -> NDArray[np.float64]:
        """Return a number of seconds for each time, such that differences are the time elapsed."""
        return times / SECOND


class WorkingClock:
    """Counts the hours of a calendar between two bounds, also where the wall clock is put forward or back."""

    def __init__(self, calendar: Calendar, first: int, last: int) -> None:
        """Prepare the table for all days from `first` to `last`, microseconds UTC."""
        self.calendar = calendar
        self.hours_per_day = calendar.hours_per_day
        bounds = local_times(np.array([first, last], dtype=np.int64), calendar.timezone) // DAY
        self._first_day = int(bounds[0])
        days = np.arange(self._first_day, int(bounds[1]) + 1)
        holidays = np.array(sorted(calendar.holidays), dtype="datetime64[D]")
        works = np.is_busday(days.astype("datetime64[D]"), weekmask=list(calendar.weekdays), holidays=holidays)
        self._begins = _instants(days * DAY + calendar.day_begin, calendar.timezone)
        # A day off ends when it begins: nothing is worked on it.
        self._ends = np.where(works, _instants(days * DAY + calendar.day_end, calendar.timezone), self._begins)
        self._before = np.concatenate(([0], np.cumsum(self._ends - self._begins)[:-1]))

    def position(self, times: Times) -> NDArray[np.float64]:
        """Return the seconds worked since the first day, such that differences are the working time between."""
        day = local_times(times, self.calendar.timezone) // DAY - self._first_day
        begins = self._begins[day]
        return (self._before[day] + np.clip(times, begins, self._ends[day]) - begins) / SECOND


Clock = ElapsedClock | WorkingClock
