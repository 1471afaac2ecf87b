"""Visits one after the other -> which of them an item was sent back to, and from which."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vsm.items.log import Codes, Log, Visits
from vsm.items.runs import first_of_run, running_end
from vsm.items.whole_visits import waits_in_front
from vsm.worktime import DAY, Times

Places = NDArray[np.int64]
NOWHERE = -1
LOOKED_BACK = 100
"""Of the visits that ran beside the one that ended last, so many are looked at; nobody works on so many at once."""


def sent_back_from(log: Log, rows: Places) -> Places:
    """Return for each visit the place of the one that its item was sent back from, `NOWHERE` where it was not.

    `rows` are those that enter, ascending; places count along them. An item is sent back when it is reopened, and when
    it comes to an earlier stage than that of the visit that ended last before. Steps that run side by side are no
    rework. So where another visit still runs, or one that ended ran beside the last one, the item must have been in
    this stage before, and the later stage must have followed that. A visit sends back once. Who only waited in the
    later stage and comes back to the stage before it was not sent back: that was interrupted.
    Of ends that are whole days only the day is known, so what begins on that day comes after.
    """
    v = log.visits
    item, stage, start, reopens = v.item[rows], v.stage[rows], v.start[rows], v.reopens[rows]
    end = _ends_of_visits(v, rows) - (DAY if log.ends_of_days else 0)
    found = np.full(len(rows), NOWHERE, dtype=np.int64)
    same, beside = item[1:] == item[:-1], start[1:] < end[:-1]
    down = (stage[1:] < stage[:-1]) & ~beside
    down[1:] &= ~(_idle(log, rows)[1:-1] & same[:-1] & (stage[2:] == stage[:-2]))
    back = np.flatnonzero(same & (reopens[1:] | down))
    found[back + 1] = back
    beside &= same
    if beside.any():
        parallel = np.zeros(len(log.items), dtype=bool)
        parallel[item[1:][beside]] = True
        here = np.flatnonzero(parallel[item])
        judged = _among_parallel(
            item[here], stage[here], start[here], np.maximum(end[here], start[here]), reopens[here]
        )
        found[here] = np.where(judged == NOWHERE, NOWHERE, here[judged])
    return found


def _ends_of_visits(v: Visits, rows: Places) -> Times:
    """Return when each visit ended with all of its stretches; the wait in front of the next visit is none of them."""
    if not len(rows):
        return v.end[rows]
    own = np.where(waits_in_front(v), np.iinfo(np.int64).min, v.end)
    ends: Times = np.maximum.reduceat(own, rows)
    return ends


def _idle(log: Log, rows: Places) -> NDArray[np.bool_]:
    """Mark the visits in which nothing was worked; `rows` are those that enter."""
    if not len(rows):
        return np.zeros(0, dtype=bool)
    return np.asarray(np.logical_and.reduceat(log.visits.waiting, rows))


def _among_parallel(item: Codes, stage: Codes, start: Times, end: Times, reopens: NDArray[np.bool_]) -> Places:
    """Judge the visits of items that are in several stages at once; the same as `sent_back_from`."""
    endings, last = _endings(item, stage, start, end)
    alone = np.append(True, running_end(item, end)[:-1] <= start[1:]) | first_of_run(item)
    key = item.astype(np.int64) * (int(stage.max()) + 1) + stage
    _, first, group = np.unique(key, return_index=True, return_inverse=True)
    since = np.where(first[group] < np.arange(len(item)), end[first[group]], np.iinfo(np.int64).max)
    found = np.full(len(item), NOWHERE, dtype=np.int64)
    asked = np.flatnonzero(last != NOWHERE)
    begun = start[endings[last[asked]]]
    for steps in range(LOOKED_BACK):
        place = last[asked] - steps
        from_ = endings[np.maximum(place, 0)]
        near = (place >= 0) & (item[from_] == item[asked]) & ((end[from_] > begun) | (steps == 0))
        asked, from_, begun = asked[near], from_[near], begun[near]
        followed = start[from_] >= since[asked]
        back = (stage[from_] > stage[asked]) & (followed | (alone[asked] & (steps == 0)))
        back |= reopens[asked]
        found[asked[back]] = from_[back]
        asked, begun = asked[~back], begun[~back]
        if not len(asked):
            break
    sends = np.flatnonzero(found != NOWHERE)
    _, once = np.unique(found[sends], return_index=True)
    found[np.delete(sends, once)] = NOWHERE
    return found


def _endings(item: Codes, stage: Codes, start: Times, end: Times) -> tuple[Places, Places]:
    """Return the visits in the order in which they ended, and for each visit the place there of the last one before it.

    Of visits that ended together the furthest is the last. A visit that took no time ends right after it began.
    """
    count = len(item)
    place = np.arange(count)
    instant = end == start
    happens = np.lexsort(
        (
            np.concatenate((np.where(instant, 2 * place + 1, stage), 2 * place)),
            np.concatenate((instant, np.ones(count, dtype=bool))),
            np.concatenate((end, start)),
            np.concatenate((item, item)),
        )
    )
    ends = happens < count
    endings = happens[ends]
    begins = happens[~ends] - count
    last = np.full(count, NOWHERE, dtype=np.int64)
    last[begins] = np.cumsum(ends)[~ends] - 1
    strange = last >= 0
    strange[strange] = item[endings[last[strange]]] != item[strange]
    last[strange] = NOWHERE
    return endings, last


def places_left(log: Log) -> tuple[str, ...]:
    """Name what items can be sent back from: the stages, and behind them the end."""
    return (*log.stages, "Done" if "Done" not in log.stages else "Done (the end)")
