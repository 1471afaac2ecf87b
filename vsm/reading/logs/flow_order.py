"""The order in which items come through names of stages -> the order in which most moves go forward."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from vsm.folding import fold
from vsm.items.blocks import in_threads, rows_at_once
from vsm.items.log import Codes

MOST_IMPROVED = 150
"""Names up to which the order is improved name by name; of more, their mean positions must do."""
MOST_PLACED = 200_000
"""Rows, of each part of a log, that give the order to begin with; all rows decide on its improvement."""
ROUNDS = 20


@dataclass(frozen=True, kw_only=True, eq=False)
class Moves:
    """How items come through names of stages; moves of parts of a log that share no item add up."""

    names: NDArray[np.int64]
    """Codes of the names that came, ascending; the other columns have one value for each."""
    appeared: NDArray[np.int64]
    """The first time that a row has."""
    places: NDArray[np.int64]
    """Sums of the places in their items at which a name stands for the first time."""
    items: NDArray[np.int64]
    """How many items these places are of."""
    between: NDArray[np.int64] | None
    """Moves from each name (row) to each (column); `None` where there are too many names to look at each pair."""

    def __add__(self, other: Moves) -> Moves:
        names = np.union1d(self.names, other.names)
        pair = [(part, np.searchsorted(names, part.names)) for part in (self, other)]
        appeared = np.full(len(names), np.iinfo(np.int64).max)
        places, items = np.zeros_like(names), np.zeros_like(names)
        between = np.zeros((len(names), len(names)), dtype=np.int64) if len(names) <= MOST_IMPROVED else None
        for part, at in pair:
            appeared[at] = np.minimum(appeared[at], part.appeared)
            places[at] += part.places
            items[at] += part.items
            if between is not None and part.between is not None:
                between[np.ix_(at, at)] += part.between
        return Moves(names=names, appeared=appeared, places=places, items=items, between=between)


def moves_between(moves: Moves, names: Sequence[int]) -> NDArray[np.int64] | None:
    """Return the moves from each of these names (row) to each (column); all of them must have come."""
    if moves.between is None:
        return None
    places = np.searchsorted(moves.names, names)
    return np.asarray(moves.between[np.ix_(places, places)])


def count_moves(
    item: Codes,
    name: Codes,
    time: NDArray[np.int64],
    *,
    beside: NDArray[np.bool_] | None = None,
) -> Moves:
    """Count how items come through names; rows are sorted by item and time, and those `beside` are no moves.

    A row that begins beside the one before runs at the same time.
    """
    came = np.zeros(int(name.max(initial=-1)) + 1, dtype=bool)
    appeared = np.full(len(came), np.iinfo(np.int64).max)
    for part in rows_at_once(len(name)):
        came[name[part]] = True
        np.minimum.at(appeared, name[part], time[part])
    names = np.flatnonzero(came)
    count = len(names)
    place = np.zeros(len(came), dtype=np.int32)
    place[names] = np.arange(count)
    places, items = _first_places(item[:MOST_PLACED], place[name[:MOST_PLACED]], count)
    return Moves(
        names=names,
        appeared=appeared[names],
        places=places,
        items=items,
        between=_between(item, name, place, beside) if count <= MOST_IMPROVED else None,
    )


def _between(item: Codes, name: Codes, place: Codes, beside: NDArray[np.bool_] | None) -> NDArray[np.int64]:
    count = int(place.max(initial=-1)) + 1

    def moves(part: slice) -> NDArray[np.int64]:
        here, behind = slice(part.start, min(part.stop, len(item) - 1)), slice(part.start + 1, part.stop + 1)
        goes_on = item[here] == item[behind]
        if beside is not None:
            goes_on &= ~beside[behind]
        pairs = place[name[here]].astype(np.int64) * count + place[name[behind]]
        return np.bincount(pairs[goes_on], minlength=count * count)

    return np.asarray(sum(in_threads(moves, rows_at_once(len(item))))).reshape(count, count)


def flow_order(moves: Moves) -> list[int]:
    """Order the names that came so that most moves go forward.

    Begins with the mean of the places at which items come to a name first, and moves one name at a time while that
    turns more moves forward. Neighbours between which as many moves go either way stand by when they first appeared
    (names of one moment by their code). Equal input gives equal output.
    """
    count = len(moves.names)
    mean = np.where(moves.items > 0, moves.places / np.maximum(moves.items, 1), np.inf)
    order = list(np.lexsort((np.arange(count), mean)))
    if moves.between is not None:
        gain = moves.between - moves.between.T
        for _ in range(ROUNDS):
            moved = [_move_to_best(order, place, gain) for place in range(count)]
            if not any(moved):
                break
        _settle_ties(order, gain, np.argsort(np.lexsort((np.arange(count), moves.appeared))))
    return [int(moves.names[i]) for i in order]


def _settle_ties(order: list[int], gain: NDArray[np.int64], rank: NDArray[np.int64]) -> None:
    """Put neighbours between which as many moves go either way in the order of their ranks."""
    swapped = True
    while swapped:
        swapped = False
        for place, (left, right) in enumerate(pairwise(order.copy())):
            if order[place] == left and not gain[left, right] and rank[right] < rank[left]:
                order[place : place + 2] = [right, left]
                swapped = True


def _first_places(item: Codes, name: Codes, count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Add up the places in its item at which each name stands for the first time, and count the items."""
    rows = np.arange(len(item))
    starts = np.maximum.accumulate(np.where(np.diff(item, prepend=-1) != 0, rows, 0))
    place = rows - starts
    visit = item.astype(np.int64) * count + name
    _, first = np.unique(visit, return_index=True)
    sums = np.bincount(name[first], weights=place[first], minlength=count).astype(np.int64)
    return sums, np.bincount(name[first], minlength=count).astype(np.int64)


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
