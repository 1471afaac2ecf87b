"""Why items were closed -> those that were not done: closed as duplicates, not planned, or cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from vsm.items.build import StatusKind
from vsm.items.log import OPEN, Log
from vsm.reading.log_shapes import LogRole
from vsm.reading.logs.account import CountedNote, Found
from vsm.reading.logs.builders import Reader
from vsm.reading.logs.frames import BLANK
from vsm.reading.logs.log_names import NOT_DONE, plain
from vsm.reading.logs.status_names import kind_by_name
from vsm.reading.texts import listed

SHOWN = 5


def without_undone(reader: Reader, log: Log, names: Sequence[str]) -> Log:
    """Count finished items as cancelled of which the resolution column says only that they were not done.

    `names` are what the file calls the items of the log, in the log's order.
    """
    column = reader.plan.first(LogRole.RESOLUTION)
    if column is None:
        return log
    undone = np.array([*map(is_undone, column.texts), False])
    if not undone.any():
        return log
    item, items = reader.codes(LogRole.ITEM)
    said = (column.codes != BLANK) & (item != BLANK)
    cancelled = np.zeros(len(items) + 1, dtype=bool)
    cancelled[item[said & undone[column.codes]]] = True
    cancelled[item[said & ~undone[column.codes]]] = False
    wanted = {items[code] for code in np.flatnonzero(cancelled[:-1])}
    found = np.array([name in wanted for name in names], dtype=bool) & (log.finished != OPEN)
    reasons = [f"“{text}”" for text, is_one in zip(column.texts, undone[:-1], strict=True) if is_one][:SHOWN]
    why = f"closed and not done, as column “{column.title}” says ({listed(reasons)})"
    note = CountedNote(
        one=f"was {why}, so it counts as cancelled and not as finished.",
        many=f"were {why}, so they count as cancelled and not as finished.",
    )
    reader.account.add(note, Found(count=int(found.sum())))
    finished = np.where(found, OPEN, log.finished)
    return replace(log, finished=finished, cancelled=log.cancelled | found)


def is_undone(text: str) -> bool:
    """Tell whether a resolution says that the item was closed and not done.

    >>> [is_undone(text) for text in ("Won't Do", "NOT_PLANNED", "Duplicate", "Done", "Fixed")]
    [True, True, True, False, False]
    """
    return plain(text) in NOT_DONE or kind_by_name(text) is StatusKind.CANCELLED
