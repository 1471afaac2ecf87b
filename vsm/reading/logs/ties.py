"""Rows of an item that name one moment -> the order in which they happened, as far as the file tells it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vsm.folding import fold
from vsm.items.order import by_code, by_item, taken
from vsm.reading.log_shapes import LogRole
from vsm.reading.logs.account import CountedNote, Found
from vsm.reading.logs.builders import Ordered, Reader
from vsm.reading.logs.frames import BLANK, Codes
from vsm.reading.logs.whole import DirectionPart
from vsm.worktime import Times

NEWEST_FIRST = 0.9
"""Share of the steps forward in time that must go up in the file for its newest rows to stand first."""
LONGEST_CHAIN = 30
"""Rows of one moment of an item that are put in order by what they leave and come to."""
_NOWHERE = -2
"""Stands for a status that nothing came to."""


_LOWER_FIRST = (
    "the same moment as the row before it of the same item. The newest rows stand first in this file, so of those the "
    "lower ones were taken as the earlier ones."
)
_NEWEST_FIRST = CountedNote(what="row", one=f"names {_LOWER_FIRST}", many=f"name {_LOWER_FIRST}")
_AS_CHAINED = (
    "with the same moment as another of the same item came into another order than in the file, as each change leaves "
    "the status that the one before came to."
)
_CHAINED = CountedNote(what="row", one=_AS_CHAINED, many=_AS_CHAINED)


def in_order_of_events(reader: Reader, time: Times) -> None:
    """Settle in which order the rows of an item are taken that have the same time.

    By what each leaves and comes to, where the file tells it; else from the bottom of the file up, where its newest
    rows stand first, and from the top down elsewhere.
    """
    ordered = reader.sequence(time)
    rows = ordered.rows
    same_item = ordered.item[1:] == ordered.item[:-1]
    same = same_item & (ordered.time[1:] == ordered.time[:-1])
    later = same_item & ~same
    up = int(np.count_nonzero(later & (rows[1:] < rows[:-1])))
    steps = reader.whole.of(DirectionPart(steps=int(np.count_nonzero(later)), up=up))
    newest_first = steps.up > NEWEST_FIRST * steps.steps
    if newest_first and same.any():
        ordered = _bottom_up(reader, time)
    chained = _chained(reader, ordered, same) if same.any() else 0
    reader.account.add(_NEWEST_FIRST, Found(count=int(np.count_nonzero(same)) if newest_first else 0))
    reader.account.add(_CHAINED, Found(count=chained))
    reader.take_sequence(time, ordered)


def _bottom_up(reader: Reader, time: Times) -> Ordered:
    """The rows by item and time; those of one time as they stand in the file from its bottom up."""
    item, rows = reader.codes(LogRole.ITEM)[0], np.flatnonzero(reader.fates.used)[::-1]
    order = rows[by_item(item[rows], time[rows])]
    return Ordered(rows=order, item=taken(item, order), time=taken(time, order))


def _chained(reader: Reader, ordered: Ordered, same: NDArray[np.bool_]) -> int:
    """Put rows of one moment in the order of their changes, in place; returns how many came to another place."""
    if not reader.plan.columns(LogRole.FROM_STAGE):
        return 0
    left, came_to = left_and_came_to(reader)
    group = np.cumsum(np.append(True, ~same)) - 1
    sizes = np.bincount(group)
    wanted = (sizes > 1) & (sizes <= LONGEST_CHAIN)
    places = np.flatnonzero(wanted[group])
    if not len(places):
        return 0
    number = np.cumsum(wanted)[group[places]] - 1
    rows = ordered.rows[places]
    first = np.flatnonzero(np.diff(number, prepend=-1))
    start = _status_before(ordered, places[first], came_to)
    rank, whole = _ranks(left[rows], came_to[rows], number, _heads(left[rows], came_to[rows], number, start))
    order = by_code(number * (LONGEST_CHAIN + 1) + rank)
    settled = np.where(whole[number], rows[order], rows)
    ordered.rows[places] = settled
    return int(np.count_nonzero(settled != rows))


def left_and_came_to(reader: Reader) -> tuple[Codes, Codes]:
    """For each row the codes of the status that it leaves, among the names of stages, and of that it comes to."""
    (left, texts), (came_to, names) = reader.codes(LogRole.FROM_STAGE), reader.codes(LogRole.STAGE)
    numbers = {fold(name): number for number, name in enumerate(names)}
    lookup = np.array([*(numbers.get(fold(text), len(names)) for text in texts), BLANK], dtype=np.int32)
    return lookup[left], came_to


def _status_before(ordered: Ordered, firsts: NDArray[np.int64], came_to: Codes) -> NDArray[np.int64]:
    """The status that the item of some rows came to with the row before; none where there is no such row."""
    before = np.maximum(firsts - 1, 0)
    there = (firsts > 0) & (ordered.item[before] == ordered.item[firsts])
    return np.where(there, came_to[ordered.rows[before]].astype(np.int64), _NOWHERE)


def _heads(left: Codes, came_to: Codes, number: NDArray[np.int64], before: NDArray[np.int64]) -> NDArray[np.int64]:
    """The status that each group of changes begins with: one that it leaves more often than it comes to it.

    Changes that go round in a circle begin with the status from before them.
    """
    statuses = int(max(left.max(), came_to.max())) + 2
    both = np.concatenate((number * statuses + left + 1, number * statuses + came_to + 1))
    keys, place = np.unique(both, return_inverse=True)
    balance = np.bincount(place, weights=np.repeat((1, -1), len(number)))
    heads = keys[balance > 0]
    now = before.copy()
    now[heads // statuses] = heads % statuses - 1
    return now


def _ranks(
    left: Codes, came_to: Codes, number: NDArray[np.int64], now: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The place of each change in the chain of its group, and for each group whether all of its changes have one."""
    rank, now = np.full(len(left), LONGEST_CHAIN), now.copy()
    for step in range(LONGEST_CHAIN):
        fits = np.flatnonzero((rank == LONGEST_CHAIN) & (left == now[number]))
        if not len(fits):
            break
        groups, first = np.unique(number[fits], return_index=True)
        rank[fits[first]] = step
        now[groups] = came_to[fits[first]]
    whole = np.ones(len(now), dtype=bool)
    whole[number[rank == LONGEST_CHAIN]] = False
    return rank, whole
