"""Stretches of a log -> whole visits: from when an item came to a stage, or in front of it, to when it left."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vsm.items.log import Codes, Log, Visits
from vsm.worktime import Times


@dataclass(frozen=True, kw_only=True, eq=False)
class WholeVisits:
    """Visits with the wait that belongs to them; columns of one length, by item and then in the order of coming."""

    item: Codes
    stage: Codes
    arrived: Times
    left: Times
    """`OPEN` while the item is there."""
    enters: NDArray[np.int64]
    """The row of the log's visits in which the item comes in."""


def waits_in_front(v: Visits) -> NDArray[np.bool_]:
    """Mark the rows that are a wait directly in front of the visit that begins in the next row."""
    same = (v.item[1:] == v.item[:-1]) & (v.stage[1:] == v.stage[:-1])
    return np.append(~v.enters[:-1] & v.enters[1:] & ~v.reopens[1:] & same, False)[: len(v)]


def whole_visits(log: Log) -> WholeVisits:
    """Join the stretches of each visit. A wait that lies directly in front of its visit counts to it."""
    v = log.visits
    in_front = waits_in_front(v)
    behind_its_wait = np.append(False, in_front[:-1])[: len(v)]
    rows = np.flatnonzero((v.enters & ~behind_its_wait) | in_front)
    return WholeVisits(
        item=v.item[rows],
        stage=v.stage[rows],
        arrived=v.start[rows],
        left=np.maximum.reduceat(v.end, rows) if len(rows) else v.end,
        enters=rows + in_front[rows],
    )
