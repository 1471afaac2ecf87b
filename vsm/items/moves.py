"""Visits one after the other -> which of them went back to an earlier stage, and from where."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vsm.items.log import Log
from vsm.worktime import DAY


def goes_back(log: Log, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell for each visit whether its item went back from it: to an earlier stage, or by being reopened.

    `rows` are those that enter, ascending. A visit that began before this one ended runs beside it, which is no move.
    Of ends that are whole days only the day is known, so what begins on that day comes after.
    """
    v, back = log.visits, np.zeros(len(rows), dtype=bool)
    item, stage = v.item[rows], v.stage[rows]
    same = item[1:] == item[:-1]
    back[:-1] = same & v.reopens[rows[1:]]
    earlier = np.flatnonzero(same & (stage[1:] < stage[:-1]))
    ends = v.end[rows[earlier]] - (DAY if log.ends_of_days else 0)
    back[earlier] |= v.start[rows[earlier + 1]] >= ends
    return back


def places_left(log: Log) -> tuple[str, ...]:
    """Name what items can be sent back from: the stages, and behind them the end."""
    return (*log.stages, "Done" if "Done" not in log.stages else "Done (the end)")
