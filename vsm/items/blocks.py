"""Rows sorted by item -> blocks of whole items, small enough that what is computed of them stays near the processor.

Ten million rows in one piece take half as much time again as in blocks, and a quarter more memory.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import fields, replace
from itertools import chain
from typing import TypeVar

import numpy as np

from vsm.items.log import Codes, Log, Visits

ROWS = 200_000
"""Of a block; an item with more rows than that is a block of its own."""
THREADS = 2
Part = TypeVar("Part")
Result = TypeVar("Result")


def in_threads(work: Callable[[Part], Result], parts: Sequence[Part]) -> Iterator[Result]:
    """Do the same work on each part, several at a time; results come in the order of the parts."""
    if len(parts) == 1:
        yield work(parts[0])
        return
    with ThreadPoolExecutor(THREADS) as threads:
        coming = deque[Future[Result]]()
        for part in parts:
            # Not all at once: results that nobody has taken yet would lie in memory.
            if len(coming) > THREADS:
                yield coming.popleft().result()
            coming.append(threads.submit(work, part))
        while coming:
            yield coming.popleft().result()


def rows_at_once(count: int) -> list[slice]:
    """Cut rows of any order into stretches that stay near the processor; one, maybe empty, at least."""
    return [slice(start, min(start + ROWS, count)) for start in range(0, max(count, 1), ROWS)]


def cuts(item: Codes) -> list[tuple[int, int]]:
    """Return the bounds [from, to) of the rows of each block; one block, maybe empty, at least."""
    inside = np.arange(ROWS, len(item), ROWS)
    bounds = np.unique(np.concatenate(([0], np.searchsorted(item, item[inside]), [len(item)])))
    return list(zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)) or [(0, 0)]


def blocks(log: Log) -> Iterator[Log]:
    """Cut a log into logs of whole items, in order; their columns are views of the log's.

    Whom else an item's rows name, teams and people, is left out.
    """
    pieces = cuts(log.visits.item)
    if len(pieces) == 1:
        yield log
        return
    firsts = [0, *(int(log.visits.item[start]) for start, _ in pieces[1:]), len(log.items)]
    for (start, end), first, behind in zip(pieces, firsts[:-1], firsts[1:], strict=True):
        columns = {field.name: getattr(log.visits, field.name)[start:end] for field in fields(Visits)}
        if first:
            columns["item"] = columns["item"] - np.int32(first)
        yield replace(
            log,
            items=log.items[first:behind],
            visits=Visits(**columns),
            begun=log.begun[first:behind],
            finished=log.finished[first:behind],
            cancelled=log.cancelled[first:behind],
            item_type=log.item_type[first:behind],
            item_teams=None,
            moved_by=None,
        )


def put_together(parts: Iterable[Visits], most: int) -> Visits:
    """Put the stretches of blocks, `most` at most, one behind the other, each as it comes: none lies there twice."""
    coming = iter(parts)
    first, second = next(coming), next(coming, None)
    if second is None:
        return first
    names = [field.name for field in fields(Visits)]
    columns = {name: np.empty(most, dtype=getattr(first, name).dtype) for name in names}
    filled = 0
    for part in chain((first, second), coming):
        for name in names:
            columns[name][filled : filled + len(part)] = getattr(part, name)
        filled += len(part)
    return Visits(**{name: column[:filled] for name, column in columns.items()})
