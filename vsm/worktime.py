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
        """Working hours of a working day."""
        return (_microseconds(self.ends) - _microseconds(self.begins)) / SECOND / 3600


def _microseconds(time: dt.time) -> int:
    return ((time.hour * 60 + time.minute) * 60 + time.second) * SECOND + time.microsecond


def local_times(times: Times, timezone: str) -> Times:
    """Turn UTC into the wall clock of a time zone: microseconds since 1970-01-01, local."""
    if timezone == "UTC":
        return times
    index = pd.DatetimeIndex(times.view("datetime64[us]")).tz_localize("UTC").tz_convert(timezone)
    return index.tz_localize(None).as_unit("us").asi8


class ElapsedClock:
    """Counts every hour."""

    hours_per_day = 24.0

    def position(self, times: Times) -> NDArray[np.float64]:
        """Return a number of seconds for each time, such that differences are the time elapsed."""
        return times / SECOND


class WorkingClock:
    """Counts the hours of a calendar between two bounds."""

    def __init__(self, calendar: Calendar, first: int, last: int) -> None:
        """Prepare the table for all days from `first` to `last`, microseconds UTC."""
        self.calendar = calendar
        self.hours_per_day = calendar.hours_per_day
        bounds = local_times(np.array([first, last], dtype=np.int64), calendar.timezone) // DAY
        self._first_day = int(bounds[0])
        days = np.arange(self._first_day, int(bounds[1]) + 1)
        dates = days.astype("datetime64[D]")
        holidays = np.array(sorted(calendar.holidays), dtype="datetime64[D]")
        self._works = np.is_busday(dates, weekmask=list(calendar.weekdays), holidays=holidays)
        day_length = _microseconds(calendar.ends) - _microseconds(calendar.begins)
        self._before = np.concatenate(([0], np.cumsum(self._works[:-1]))).astype(np.int64) * day_length

    def position(self, times: Times) -> NDArray[np.float64]:
        """Return the seconds worked since the first day, such that differences are the working time between."""
        local = local_times(times, self.calendar.timezone)
        day = local // DAY - self._first_day
        begins, ends = _microseconds(self.calendar.begins), _microseconds(self.calendar.ends)
        today = np.clip(local % DAY, begins, ends) - begins
        return (self._before[day] + today * self._works[day]) / SECOND


Clock = ElapsedClock | WorkingClock
