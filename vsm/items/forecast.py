"""Weekly throughput of the past -> when so many items will be done, and how many will be done by a date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vsm.items.log import Log
from vsm.items.statistics import TooFew
from vsm.items.stream import weekly_throughput

WEEKS_NEEDED = 8
TRIALS = 10_000
SEED = 20_260_101
"""Fixed, so that the same file gives the same forecast."""
CHANCES = (50, 70, 85, 95)
"""Per cent."""
_FAR = 1000
"""Weeks that a trial runs at most: nobody plans on what lies further."""


@dataclass(frozen=True, kw_only=True)
class Completion:
    """By when so many items are done: in `chance` of 100 trials they were done by then."""

    chance: int
    weeks: int | None
    """Whole weeks from the as-of date on; `None`: more than 1,000."""
    by: dt.date | None


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """How many items are done by a date: in `chance` of 100 trials it was at least so many."""

    chance: int
    items: int


@dataclass(frozen=True, kw_only=True)
class History:
    """The whole weeks that a forecast draws from, weeks without a finished item included."""

    weekly: tuple[int, ...]
    as_of: dt.date


def history(log: Log) -> History | TooFew:
    """Take the whole weeks of a log to forecast from; refused where they are fewer than 8, or nothing was finished."""
    if not log.dated:
        return TooFew(reason="The file gives durations without dates, so nothing says how many items finish in a week.")
    weekly = weekly_throughput(log)
    if len(weekly) < WEEKS_NEEDED:
        weeks = {0: "no whole week", 1: "1 whole week"}.get(len(weekly), f"{len(weekly)} whole weeks")
        return TooFew(reason=f"The log holds {weeks}, and a forecast needs at least {WEEKS_NEEDED} to draw from.")
    if not weekly.any():
        return TooFew(reason="No item was finished in the whole weeks of the log, so there is nothing to draw from.")
    as_of = int(log.by_wall_clock(np.array([log.as_of - log.ends_of_days]))[0])
    last = dt.datetime(1970, 1, 1) + dt.timedelta(microseconds=as_of)
    return History(weekly=tuple(weekly.tolist()), as_of=last.date())


def when_done(past: History, items: int) -> tuple[Completion, ...]:
    """Forecast when so many items will be done: in how many weeks at 50, 70, 85 and 95 % of 10,000 trials.

    A trial draws whole weeks of the past, with replacement, until they add up. `items` is at least 1.
    """
    weeks = _weeks_until(np.array(past.weekly), items)
    found = np.quantile(weeks, np.array(CHANCES) / 100, method="inverted_cdf")
    return tuple(
        Completion(
            chance=chance,
            weeks=int(count) if count <= _FAR else None,
            by=past.as_of + dt.timedelta(weeks=int(count)) if count <= _FAR else None,
        )
        for chance, count in zip(CHANCES, found, strict=True)
    )


def _weeks_until(weekly: NDArray[np.int64], items: int) -> NDArray[np.int64]:
    """Return the number of weeks of each trial; one more than is looked at where they did not do."""
    draw, done = np.random.default_rng(SEED), np.zeros(TRIALS, dtype=np.int64)
    weeks = np.full(TRIALS, _FAR + 1, dtype=np.int64)
    for week in range(1, _FAR + 1):
        done += draw.choice(weekly, TRIALS)
        weeks[(done >= items) & (weeks > week)] = week
        if done.min() >= items:
            break
    return weeks


def done_by(past: History, date: dt.date) -> tuple[Delivery, ...]:
    """Forecast how many items will be done by a date: at least so many at 50, 70, 85 and 95 % of 10,000 trials.

    Counts the whole weeks from the as-of date to the date, at most 1,000.
    """
    weeks = min(max((date - past.as_of).days // 7, 0), _FAR)
    draw, done = np.random.default_rng(SEED), np.zeros(TRIALS, dtype=np.int64)
    for _ in range(weeks):
        done += draw.choice(np.array(past.weekly), TRIALS)
    found = np.quantile(done, 1 - np.array(CHANCES) / 100, method="lower")
    return tuple(Delivery(chance=chance, items=int(count)) for chance, count in zip(CHANCES, found, strict=True))
