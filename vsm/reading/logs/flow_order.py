"""The order in which items come through names of stages -> the order in which most moves go forward."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from vsm.folding import fold

MOST_IMPROVED = 150
"""Names up to which the order is improved name by name; of more, their mean positions must do."""
MOST_PLACED = 200_000
"""Rows that give the order to begin with; all rows decide on its improvement."""
ROUNDS = 20


def flow_order(
    item: NDArray[np.int32],
    name: NDArray[np.int32],
    count: int,
    *,
    beside: NDArray[np.bool_] | None = None,
    appeared: NDArray[np.int64] | None = None,
) -> list[int]:
    """Order names 0 to `count` - 1 so that most moves go forward; rows are sorted by item and time.

    Begins with the mean of the places at which items come to a name first, and moves one name at a time while that
    turns more moves forward. Neighbours between which as many moves go either way stand by when they `appeared` first
    (one for each name; names of one moment, and all without it, by their number). Rows that begin `beside` the one
    before are no moves. Equal input gives equal output.
    """
    if not len(name):
        return list(range(count))
    order = list(np.lexsort((np.arange(count), _mean_places(item, name, count))))
    if count > MOST_IMPROVED:
        return [int(i) for i in order]
    goes_on = item[1:] == item[:-1]
    if beside is not None:
        goes_on &= ~beside[1:]
    moves = np.bincount(
        name[:-1][goes_on].astype(np.int64) * count + name[1:][goes_on], minlength=count * count
    ).reshape(count, count)
    gain = (moves - moves.T).astype(np.int64)
    for _ in range(ROUNDS):
        moved = [_move_to_best(order, place, gain) for place in range(count)]
        if not any(moved):
            break
    ranks = np.lexsort((np.arange(count), np.zeros(count) if appeared is None else appeared))
    _settle_ties(order, gain, np.argsort(ranks))
    return [int(i) for i in order]


def _settle_ties(order: list[int], gain: NDArray[np.int64], rank: NDArray[np.int64]) -> None:
    """Put neighbours between which as many moves go either way in the order of their ranks."""
    swapped = True
    while swapped:
        swapped = False
        for place, (left, right) in enumerate(pairwise(order.copy())):
            if order[place] == left and not gain[left, right] and rank[right] < rank[left]:
                order[place : place + 2] = [right, left]
                swapped = True


def _mean_places(item: NDArray[np.int32], name: NDArray[np.int32], count: int) -> NDArray[np.float64]:
    """The mean place in its item at which a name stands for the first time; names that never come stand last."""
    item, name = item[:MOST_PLACED], name[:MOST_PLACED]
    rows = np.arange(len(item))
    starts = np.maximum.accumulate(np.where(np.diff(item, prepend=-1) != 0, rows, 0))
    place = rows - starts
    visit = item.astype(np.int64) * count + name
    _, first = np.unique(visit, return_index=True)
    sums = np.bincount(name[first], weights=place[first], minlength=count)
    seen = np.bincount(name[first], minlength=count)
    return np.where(seen > 0, sums / np.maximum(seen, 1), np.inf)


def _move_to_best(order: list[int], place: int, gain: NDArray[np.int64]) -> bool:
    """Move the name at a place to where the most of its moves go forward; tell whether it moved."""
    name = order[place]
    others = order[:place] + order[place + 1 :]
    # Forward moves less backward ones for each place that the name could take among the others.
    net = gain[name, others]
    worth = np.concatenate((np.cumsum(net[::-1])[::-1], [0])) - np.concatenate(([0], np.cumsum(net)))
    best = int(np.argmax(worth))
    if worth[best] <= worth[place]:
        return False
    others.insert(best, name)
    order[:] = others
    return True


def in_chosen_order(names: Sequence[str], chosen: Sequence[str]) -> list[str]:
    """Put the names that a person ordered in that order, in the places that they hold together."""
    wanted = [fold(name) for name in chosen]
    ranked = sorted((n for n in names if fold(n) in wanted), key=lambda n: wanted.index(fold(n)))
    following = iter(ranked)
    return [next(following) if fold(name) in wanted else name for name in names]
