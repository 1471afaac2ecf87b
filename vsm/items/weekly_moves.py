"""A log -> how many visits began and ended at each stage in each week, and whether work piles up there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vsm.growth import Growth
from vsm.items.buckets import MONDAY, WEEK, WEEKS
from vsm.items.log import Log
from vsm.items.statistics import POINTS, TooFew, mean_interval
from vsm.items.whole_visits import whole_visits
from vsm.worktime import Times


@dataclass(frozen=True, kw_only=True, eq=False)
class WeeklyMoves:
    """Visits by week and stage; rows are weeks in the order of time. The wait in front of a visit belongs to it."""

    arrivals: NDArray[np.int64]
    departures: NDArray[np.int64]

    def __add__(self, other: WeeklyMoves) -> WeeklyMoves:
        """Add the moves of another part of the log, of the same weeks."""
        return WeeklyMoves(
            arrivals=self.arrivals + other.arrivals,
            departures=self.departures + other.departures,
        )

    def last(self, weeks: int) -> WeeklyMoves:
        """Return the last weeks alone."""
        first = max(len(self.arrivals) - weeks, 0)
        return WeeklyMoves(arrivals=self.arrivals[first:], departures=self.departures[first:])

    def growth(self) -> tuple[Growth, ...] | TooFew:
        """Weigh what comes to each stage in a week against what leaves it; refused from fewer than 6 weeks.

        The interval holds the weeks for independent of each other.
        """
        weeks = len(self.arrivals)
        if weeks < POINTS:
            counted = "1 whole week" if weeks == 1 else f"{weeks} whole weeks"
            reason = f"The log holds {counted}, and at least {POINTS} are needed to tell a trend from noise."
            return TooFew(reason=reason)
        surplus = (self.arrivals - self.departures).astype(np.float64)
        means = self.arrivals.mean(axis=0).tolist()
        return tuple(Growth(arrivals=mean, surplus=mean_interval(surplus[:, i])) for i, mean in enumerate(means))


def moves_between(log: Log, first: int, last: int) -> WeeklyMoves:
    """Count the moves in the whole weeks of [first, last), by the wall clock."""
    weeks, stages, v = (last - first) // WEEK, len(log.stages), whole_visits(log)

    def counted(moments: Times) -> NDArray[np.int64]:
        times = log.by_wall_clock(moments)
        inside = (times >= first) & (times < last)
        cell = (times[inside] - first) // WEEK * stages + v.stage[inside]
        return np.bincount(cell, minlength=weeks * stages).astype(np.int64).reshape(weeks, stages)

    return WeeklyMoves(arrivals=counted(v.arrived), departures=counted(v.left))


def latest_moves(log: Log) -> WeeklyMoves:
    """Count the moves in the last 520 whole weeks before the as-of date, so that those of a log's parts add up."""
    as_of = int(log.by_wall_clock(np.array([log.as_of]))[0])
    last = (as_of - MONDAY) // WEEK * WEEK + MONDAY
    return moves_between(log, last - WEEKS * WEEK, last)
