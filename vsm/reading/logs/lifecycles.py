"""Start rows and completion rows of activities -> intervals; paired first in, first out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vsm.items.log import OPEN
from vsm.worktime import Times

Indices = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Pairs:
    """Intervals by the rows they come from; columns of one length."""

    row: Indices
    """The start row; of a completion without a start, that row."""
    completion: Indices
    """The completion row; of a start without a completion, that row."""
    start: Times
    end: Times
    open_starts: Indices
    """Start rows without a completion; their end is `OPEN`."""
    lone_completions: Indices
    """Completion rows without a start; they start when they end."""


def pair(group: NDArray[np.integer], time: Times, completes: NDArray[np.bool_]) -> Pairs:
    """Pair starts with completions in each group (item and activity), the earliest start with the first completion.

    At equal times a start comes before a completion.
    """
    order = np.lexsort((completes, time, group))
    of, ends = group[order], completes[order]
    lone = np.zeros(len(order), dtype=bool)
    lone[_without_start(of, ends)] = True
    starts, matched = order[~ends], order[ends & ~lone]
    rank_start, rank_end = _rank(group[starts]), _rank(group[matched])
    key = max(len(order), 1)
    dense = {"start": group[starts].astype(np.int64) * key + rank_start}
    wanted = group[matched].astype(np.int64) * key + rank_end
    paired = np.searchsorted(dense["start"], wanted)
    completion, end = starts.copy(), np.full(len(starts), OPEN, dtype=np.int64)
    completion[paired], end[paired] = matched, time[matched]
    alone = order[lone]
    return Pairs(
        row=np.concatenate((starts, alone)),
        completion=np.concatenate((completion, alone)),
        start=np.concatenate((time[starts], time[alone])),
        end=np.concatenate((end, time[alone])),
        open_starts=starts[end == OPEN],
        lone_completions=alone,
    )


def _rank(group: NDArray[np.integer]) -> Indices:
    """Number the rows of each group from 0; rows are sorted by group."""
    rows = np.arange(len(group))
    return rows - np.maximum.accumulate(np.where(np.diff(group, prepend=-1) != 0, rows, 0)) if len(group) else rows


def _without_start(group: NDArray[np.integer], ends: NDArray[np.bool_]) -> Indices:
    """Find the completions at which more were completed than started; rows are sorted by group and time."""
    if not len(group):
        return np.array([], dtype=np.int64)
    first = np.diff(group, prepend=-1) != 0
    running = np.cumsum(np.where(ends, -1, 1))
    number = np.cumsum(first) - 1
    before = np.concatenate(([0], running[:-1]))[first]
    level = running - before[number]
    # Each group lies below the one before it, so that the minimum so far never comes from another group.
    drop = number.astype(np.int64) * (2 * len(group) + 2)
    lowest = np.minimum.accumulate(np.minimum(level, 0) - drop) + drop
    lowest_before = np.where(first, 0, np.concatenate(([0], lowest[:-1])))
    return np.flatnonzero(ends & (level < lowest_before))
