"""Work of people -> batches: items that one person took together, and when the last of each was ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vsm.items.log import Codes
from vsm.items.runs import first_of_run, running_end
from vsm.items.timelines import Whole, Windows, Work, end_to_end
from vsm.worktime import Times


@dataclass(frozen=True, kw_only=True, eq=False)
class Batches:
    """For each piece of work: when its batch was complete and when its first item was begun; alone: its own."""

    complete: Times
    """The last moment at which one of them was ready; of work alone: when it was ready itself."""
    first: Times
    """Start of the first of them; of work alone: its own start."""


def batches_of(work: Work, stage: Codes, item: Codes, free: Callable[[Windows], Whole]) -> Batches:
    """Find the batches among work, in its order: by person and start.

    A batch is work of one person in one stage on two or more items, each begun before the others pause and ready when
    the first was begun. Begun at different times, it counts only if the person was free, neither working nor off,
    between the first and the last of them being ready. `free` measures that time in windows.
    """
    if not len(work):
        return Batches(complete=work.ready, first=work.start)
    heads = np.flatnonzero(_heads(work, stage))
    sizes = np.diff(np.append(heads, len(work)))
    first, last_start = work.start[heads], np.maximum.reduceat(work.start, heads)
    earliest, complete = np.minimum.reduceat(work.ready, heads), np.maximum.reduceat(work.ready, heads)
    different = np.maximum.reduceat(item, heads) != np.minimum.reduceat(item, heads)
    several = np.flatnonzero(different & (complete > earliest))
    was_free = np.zeros(len(heads), dtype=bool)
    windows = Windows(person=work.person[heads[several]], start=earliest[several], end=complete[several])
    was_free[several] = free(windows) > 0
    counts = np.repeat(different & ((last_start == first) | was_free), sizes)
    return Batches(
        complete=np.where(counts, np.repeat(complete, sizes), work.ready),
        first=np.where(counts, np.repeat(first, sizes), work.start),
    )


def _heads(work: Work, stage: Codes) -> NDArray[np.bool_]:
    """Mark the first of each group of work that goes on without a pause and was ready when the first was begun."""
    pauses = work.start > np.concatenate((work.start[:1] - 1, running_end(work.person, work.end)[:-1]))
    run = first_of_run(work.person, stage) | pauses
    ends = np.append(np.flatnonzero(run)[1:], len(work))[np.cumsum(run) - 1]
    # Up to a piece of work, all was ready by its start; so the first that was not is where the running maximum of the
    # ready times passes it.
    latest = running_end(work.person, work.ready)
    latest, begun = end_to_end((work.person, work.person), (latest, work.start))
    next_head = np.searchsorted(latest, begun, side="right")
    jump = np.append(np.minimum(next_head, ends), len(work))
    heads = np.append(run, False)
    # From each head to the next one, twice as far with each pass.
    longest = int(np.diff(np.append(np.flatnonzero(run), len(work))).max())
    for _ in range(longest.bit_length()):
        heads[jump[np.flatnonzero(heads)]] = True
        jump = jump[jump]
    return heads[:-1]
