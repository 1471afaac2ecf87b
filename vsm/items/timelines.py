"""Work of people -> timelines: for each person, stretches of work end to end, and sums over windows of them.

Everything is exact, in whole microseconds, and linear in the rows but for one factor log n.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vsm.items.log import OPEN, Codes
from vsm.items.order import by_item
from vsm.items.runs import first_of_run, running_end
from vsm.worktime import Times

Whole = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Work:
    """What people worked on; columns of one length, by person and then start."""

    person: Codes
    start: Times
    end: Times
    ready: Times
    """Since when the item was ready to be worked on: not later than the start."""

    def __len__(self) -> int:
        return len(self.person)


@dataclass(frozen=True, kw_only=True, eq=False)
class Windows:
    """Spans of time, each of one person; columns of one length."""

    person: Codes
    start: Times
    end: Times


def side_by_side(work: Work) -> NDArray[np.bool_]:
    """Mark work that begins before earlier work of the same person has ended."""
    before = running_end(work.person, work.end)
    return np.concatenate(([False], (work.person[1:] == work.person[:-1]) & (work.start[1:] < before[:-1])))[
        : len(work)
    ]


def one_at_a_time(work: Work) -> Work:
    """Cut work that people did side by side into stretches that follow each other, without the time between.

    Each stretch has the earliest time at which something then worked on was ready.
    """
    if not side_by_side(work).any():
        return work
    count = len(work)
    person, time = np.tile(work.person, 2), np.concatenate((work.start, work.end))
    order = by_item(person, time)
    person, time = person[order], time[order]
    new = first_of_run(person, time)
    place = np.empty(2 * count, dtype=np.int64)
    place[order] = np.cumsum(new) - 1
    edges = np.flatnonzero(new)
    person, time = person[edges], time[edges]
    ready = _least_over(place[:count], place[count:], work.ready, len(edges))
    busy = np.flatnonzero(ready != OPEN)
    return Work(person=person[busy], start=time[busy], end=time[busy + 1], ready=ready[busy])


def _least_over(first: Whole, behind: Whole, value: Times, count: int) -> Times:
    """Return for each of `count` places the least value among the ranges [first, behind) over it; `OPEN` without one.

    Each range is covered by two blocks of 2ᵏ places; blocks hand what they have to their halves, the largest first.
    """
    least = np.full(count, OPEN, dtype=np.int64)
    covered = np.flatnonzero(behind > first)
    first, behind, value = first[covered], behind[covered], value[covered]
    power = np.floor(np.log2(behind - first)).astype(np.int64)
    for k in range(int(power.max(initial=0)), -1, -1):
        # What stands at a place holds for 2ᵏ⁺¹ places from there; now it shall for 2ᵏ.
        half = 1 << k
        if half < count:
            moved = least[:-half].copy()
            np.minimum(least[half:], moved, out=least[half:])
        here = np.flatnonzero(power == k)
        np.minimum.at(least, first[here], value[here])
        np.minimum.at(least, behind[here] - half, value[here])
    return least


class Timeline:
    """Stretches of work that do not overlap within a person, ready to be summed over windows of their time."""

    def __init__(self, work: Work, windows: Windows) -> None:
        """Find the work that each window touches."""
        self._work, self._windows = work, windows
        people = (work.person, work.person, windows.person, windows.person)
        starts, ends, begins, closes = end_to_end(people, (work.start, work.end, windows.start, windows.end))
        # Windows are looked up in the order of time, which is kinder to the cache.
        order = np.argsort(begins, kind="stable")
        self._first, self._behind = np.empty((2, len(order)), dtype=np.int64)
        self._first[order] = np.searchsorted(ends, begins[order], side="right")
        self._behind[order] = np.searchsorted(starts, closes[order], side="left")
        self._behind = np.maximum(self._behind, self._first)

    def total(self, at_start: Whole, at_end: Whole, at_begin: Whole, at_close: Whole) -> Whole:
        """Sum a measure of time over the work inside each window.

        The measure's position at the start and the end of each work, and at the begin and the close of each window.
        """
        before, after = self._cut_off(at_start, at_end, at_begin, at_close)
        sums = np.concatenate(([0], np.cumsum(at_end - at_start)))
        return np.asarray(sums[self._behind] - sums[self._first] - before - after)

    def ready_by(self, limit: Times) -> Whole:
        """Sum the time inside each window in which the work at hand was ready by the window's limit."""
        work, windows = self._work, self._windows
        readies, rank = np.unique(work.ready, return_inverse=True)
        below = np.searchsorted(readies, limit, side="right")
        # Neighbours on the timeline are looked up together, which is kinder to the cache.
        asked = np.flatnonzero(self._first < self._behind)
        asked = asked[np.argsort(self._first[asked], kind="stable")]
        inside = np.zeros(len(limit), dtype=np.int64)
        inside[asked] = _sums_below(rank, work.end - work.start, self._first[asked], self._behind[asked], below[asked])
        before, after = self._cut_off(work.start, work.end, windows.start, windows.end)
        rank = np.append(rank, 0)
        return np.asarray(inside - before * (rank[self._first] < below) - after * (rank[self._behind - 1] < below))

    def _cut_off(self, at_start: Whole, at_end: Whole, at_begin: Whole, at_close: Whole) -> tuple[Whole, Whole]:
        """Measure what of the first work lies before its window, and of the last behind it."""
        some = self._first < self._behind
        first, last = self._first[some], self._behind[some] - 1
        before, after = np.zeros(len(some), dtype=np.int64), np.zeros(len(some), dtype=np.int64)
        before[some] = np.maximum(at_begin[some] - at_start[first], 0)
        after[some] = np.maximum(at_end[last] - at_close[some], 0)
        return before, after


def end_to_end(people: tuple[Codes, ...], times: tuple[Times, ...]) -> list[Whole]:
    """Lay the times of all people one person behind the other, which keeps their order within each."""
    everything = np.concatenate(times)
    if not len(everything):
        return list(times)
    first, span = int(everything.min()), int(everything.max()) - int(everything.min()) + 1
    if (1 + max(int(p.max(initial=0)) for p in people)) * span > OPEN:
        # Ranks instead of times, so that all people fit into 64 bits.
        known, ranks = np.unique(everything, return_inverse=True)
        first, span = 0, len(known)
        times = tuple(np.split(ranks, np.cumsum([len(t) for t in times])[:-1]))
    return [p.astype(np.int64) * span + (t - first) for p, t in zip(people, times, strict=True)]


def _sums_below(rank: Whole, weight: Whole, first: Whole, behind: Whole, below: Whole) -> Whole:
    """Sum, for each query, the weights at places [first, behind) whose rank is smaller than `below`.

    A wavelet matrix: rows are parted by one bit of their rank after the other, the highest first, and each query goes
    along with the part that its own bit leads to.
    """
    total = np.zeros(len(first), dtype=np.int64)
    for bit in range(int(max(rank.max(initial=0), below.max(initial=0))).bit_length() - 1, -1, -1):
        zero = (rank >> bit) & 1 == 0
        zeros = np.concatenate(([0], np.cumsum(zero)))
        light = np.concatenate(([0], np.cumsum(weight * zero)))
        one = (below >> bit) & 1 == 1
        total += np.where(one, light[behind] - light[first], 0)
        first = np.where(one, first - zeros[first] + zeros[-1], zeros[first])
        behind = np.where(one, behind - zeros[behind] + zeros[-1], zeros[behind])
        order = np.concatenate((np.flatnonzero(zero), np.flatnonzero(~zero)))
        rank, weight = rank[order], weight[order]
    return total
