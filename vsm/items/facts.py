"""A log and a clock -> facts: what each item took, what each stage held, and how items moved.

Facts of parts of a log add up to the facts of the whole, as long as each part holds whole items: sums and counts by
stage, and one row for each item. Times are seconds of the clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vsm.items.blocks import blocks, in_threads
from vsm.items.log import OPEN, Codes, Log
from vsm.items.moves import NOWHERE, sent_back_from
from vsm.items.runs import first_of_run, running_end
from vsm.items.whole_visits import waits_in_front
from vsm.model import ReworkUnseen
from vsm.worktime import Clock

Seconds = NDArray[np.float64]
Squares = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class StageFacts:
    """Sums for each stage, in flow order; columns of one length but for `sent_to`. Times over finished items only."""

    worked: Seconds
    """Where nothing tells work from waiting: all the time there."""
    waited: Seconds
    visits: Counts
    """Of all items, open ones included."""
    completed: Counts
    """Visits that the item left, or in which it was finished."""
    sent_back: Counts
    """Completed visits that the item left for an earlier stage."""
    worked_visits: Counts
    """Visits in which something was worked, over finished items."""
    worked_squares: Squares
    """Of each of these visits the time worked, squared: with the sum and the count it tells how far visits differ."""
    worked_again: Seconds
    """The part of `worked` that was done again after the item was sent back."""
    waited_again: Seconds
    """The part of `waited` in front of what was done again."""
    sent_to: Counts
    """How often items were sent back from each stage (row) to each (column); a square."""

    def __add__(self, other: StageFacts) -> StageFacts:
        return StageFacts(
            worked=self.worked + other.worked,
            waited=self.waited + other.waited,
            visits=self.visits + other.visits,
            completed=self.completed + other.completed,
            sent_back=self.sent_back + other.sent_back,
            worked_visits=self.worked_visits + other.worked_visits,
            worked_squares=self.worked_squares + other.worked_squares,
            worked_again=self.worked_again + other.worked_again,
            waited_again=self.waited_again + other.waited_again,
            sent_to=self.sent_to + other.sent_to,
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Facts:
    """What a log says. `items` has one row for each item in the log's order, indexed by its code:

    lead_time, worked (float64, seconds; worked is the length of the union of its working stretches; lead_time of an
    open item is its age, and NaN where only the finish of an item is known), finished, timed (finished, with a lead
    time), cancelled (bool), visits, sent_back (int64), path (uint64, equal for equal sequences of stages).
    """

    stages: StageFacts
    items: pd.DataFrame

    def __add__(self, other: Facts) -> Facts:
        return Facts(stages=self.stages + other.stages, items=pd.concat([self.items, other.items], ignore_index=True))


def rework_unseen(log: Log, stages: StageFacts) -> ReworkUnseen | None:
    """Say why a log does not tell how often items are sent back; `None` where it does.

    Where one row tells of all of an item's way, dates that step back show a move, but nothing shows a second visit, so
    that the share of visits not sent back would be too high. From an only stage, items come back by being reopened.
    """
    if not log.dated:
        return ReworkUnseen.NO_DATES
    if not stages.completed.any():
        return ReworkUnseen.NOTHING_COMPLETED
    if len(log.stages) == 1 and not stages.sent_back.any():
        return ReworkUnseen.ONE_STAGE
    return ReworkUnseen.ONE_ROW_EACH if log.one_row_each else None


def measure(log: Log, clock: Clock) -> Facts:
    """Measure a log by a clock. `log.as_of` bounds everything that is still open."""
    parts = list(in_threads(lambda block: measure_block(block, clock), list(blocks(log))))
    if len(parts) == 1:
        return parts[0]
    items = pd.concat([part.items for part in parts], ignore_index=True)
    return Facts(stages=reduce(add, [part.stages for part in parts]), items=items)


def measure_block(log: Log, clock: Clock) -> Facts:
    """Measure a log of a size that is well computed in one piece; the same as `measure`."""
    v, count, stages = log.visits, len(log.items), len(log.stages)
    start, end = clock.position(np.minimum(v.start, log.as_of)), clock.position(np.minimum(v.end, log.as_of))
    length = end - start
    done = log.finished != OPEN
    counted = done[v.item]
    timed = log.timed
    lead = clock.position(np.minimum(log.finished, log.as_of)) - clock.position(np.minimum(log.begun, log.as_of))

    entering = np.flatnonzero(v.enters)
    item, stage = v.item[entering], v.stage[entering]
    goes_on = np.append(item[1:] == item[:-1], False)[: len(item)]
    found = sent_back_from(log, entering)
    to = np.flatnonzero(found != NOWHERE)
    back = found[to]
    completed = goes_on | done[item]
    worked, waited = length * (counted & ~v.waiting), length * (counted & v.waiting)
    again = _again(log, entering, to)
    # What lies between two entries is one visit; the wait in front of the second is no work of the first.
    by_visit = np.add.reduceat(worked, entering) if len(entering) else worked[:0]
    return Facts(
        stages=StageFacts(
            worked=_sums(v.stage, worked, stages),
            waited=_sums(v.stage, waited, stages),
            visits=np.bincount(stage, minlength=stages),
            completed=np.bincount(stage[completed], minlength=stages),
            sent_back=np.bincount(stage[back], minlength=stages),
            worked_visits=np.bincount(stage[by_visit > 0], minlength=stages),
            worked_squares=_sums(stage, by_visit**2, stages),
            worked_again=_sums(v.stage[again], worked[again], stages),
            waited_again=_sums(v.stage[again], waited[again], stages),
            sent_to=np.bincount(stage[back] * stages + stage[to], minlength=stages**2).reshape(stages, stages),
        ),
        items=pd.DataFrame(
            {
                "lead_time": np.where(done & ~timed, np.nan, lead),
                "worked": _union(log, clock, count),
                "finished": done,
                "timed": timed,
                "cancelled": log.cancelled,
                "visits": np.bincount(item, minlength=count),
                "sent_back": np.bincount(item[back], minlength=count),
                "path": _paths(item, stage, count),
            }
        ),
    )


def _again(log: Log, entering: NDArray[np.int64], to: NDArray[np.int64]) -> NDArray[np.int64]:
    """List the rows of visits to stages that the item had come to before it was sent back; waits in front included.

    `entering` are the rows in which items come in, `to` the places among them that items were sent back to.
    """
    if not len(to):
        return to
    v = log.visits
    item, stage = v.item[entering], v.stage[entering].astype(np.int64)
    times = np.zeros(len(entering), dtype=np.int64)
    times[to] = 1
    first = first_of_run(item)
    times = np.cumsum(times)
    sent_back = times > np.maximum.accumulate(np.where(first, times, 0))
    lift = item.astype(np.int64) * len(log.stages)
    furthest = np.maximum.accumulate(stage + lift) - lift
    repeated = sent_back & ~first & (stage <= np.append(0, furthest[:-1]))
    return np.flatnonzero(repeated[np.maximum(np.cumsum(v.enters) - 1 + waits_in_front(v), 0)])


def _union(log: Log, clock: Clock, count: int) -> Seconds:
    """Add up, for each item, the time in which at least one of its working stretches runs."""
    worked = np.flatnonzero(~log.visits.waiting)
    item = log.visits.item[worked]
    start, end = np.minimum(log.visits.start[worked], log.as_of), np.minimum(log.visits.end[worked], log.as_of)
    before = np.append(0, running_end(item, end)[:-1])[: len(item)]
    fresh = np.where(first_of_run(item), start, np.maximum(start, before))
    added = clock.position(np.maximum(end, fresh)) - clock.position(fresh)
    return _sums(item, added, count)


def _sums(codes: Codes, weights: Seconds, count: int) -> Seconds:
    return np.bincount(codes, weights=weights, minlength=count).astype(np.float64)


_MIX = np.uint64(0x9E3779B97F4A7C15)


def _paths(item: NDArray[np.int32], stage: NDArray[np.int32], count: int) -> NDArray[np.uint64]:
    """Give equal sequences of stages equal numbers: a polynomial over 64 bits, summed for each item.

    Two different sequences meet by chance once in about 10¹⁹ pairs.
    """
    position = np.arange(len(item)) - np.maximum.accumulate(np.where(first_of_run(item), np.arange(len(item)), 0))
    sums = np.zeros(count, dtype=np.uint64)
    np.add.at(sums, item, _scramble(stage.astype(np.uint64) + np.uint64(1) + _scramble(position.astype(np.uint64))))
    return sums


def _scramble(value: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread a number over all 64 bits (the finaliser of splitmix64)."""
    value = value + _MIX
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(value ^ (value >> np.uint64(31)))
