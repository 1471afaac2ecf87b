"""Times -> the days, weeks or longer spans that a chart counts them in: never more than a screen can show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vsm.items.log import OPEN, Log
from vsm.worktime import DAY, Times

WEEK = 7 * DAY
MONDAY = 4 * DAY
"""1970-01-05 was the first Monday after the zero of our times."""
MOST = 400
"""Spans in one table."""
WEEKS = 520
"""Weeks in one table: the last ten years."""


def moments(times: Times) -> pd.DatetimeIndex:
    """Turn times into moments, UTC; an end that has not come is NaT."""
    values = np.where(times == OPEN, np.iinfo(np.int64).min, times).astype("datetime64[us]")
    return pd.DatetimeIndex(values).tz_localize("UTC")


@dataclass(frozen=True, kw_only=True, eq=False)
class Buckets:
    """Spans of time that follow each other without a gap; the last may be cut short."""

    edges: Times
    """Bounds of n spans: n + 1 times."""
    days: int
    """Length of a whole span."""

    @property
    def starts(self) -> pd.DatetimeIndex:
        """Beginnings of the spans."""
        return moments(self.edges[:-1])

    def __len__(self) -> int:
        return len(self.edges) - 1

    def of(self, times: Times) -> NDArray[np.int64]:
        """Return the span that each time lies in; times before all count to the first, behind all to the last."""
        span: NDArray[np.int64] = (times - self.edges[0]) // (self.days * DAY)
        return np.clip(span, 0, len(self) - 1)


def buckets_of(log: Log) -> Buckets | None:
    """Cut the log from its first day to its as-of date into days or, where they are too many, into weeks or more.

    At most 400 spans; weeks begin on a Monday UTC. `None` where the log has no dates or no time in it.
    """
    begun = log.begun[log.begun < log.as_of]
    if not log.dated or not len(begun):
        return None
    first = int(begun.min())
    days = -(-(log.as_of - first // DAY * DAY) // DAY)
    if days <= MOST:
        start, length = first // DAY * DAY, 1
    else:
        start = (first - MONDAY) // WEEK * WEEK + MONDAY
        weeks = -(-(log.as_of - start) // WEEK)
        length = 7 * -(-weeks // MOST)
    edges = np.arange(start, log.as_of, length * DAY, dtype=np.int64)
    return Buckets(edges=np.append(edges, log.as_of), days=length)
