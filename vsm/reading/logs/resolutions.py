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
from vsm.reading.logs.plans import ONE_ROW_EACH
from vsm.reading.logs.status_names import kind_by_name
from vsm.reading.texts import listed
from vsm.worktime import DAY

SHOWN = 5


def without_undone(reader: Reader, log: Log, names: Sequence[str]) -> Log:
    """Count items as cancelled of which the resolution column says that they were closed and not done.

    Open ones only where one row tells how an item stands now; as nothing tells when they were closed, they were there
    up to their last date. `names` are what the file calls the items of the log, in the log's order.
    """
    wanted = _undone_items(reader)
    if not wanted:
        return log
    found = np.array([name in wanted for name in names], dtype=bool) & ~log.cancelled
    done = found & (log.finished != OPEN)
    still = found & ~done & (reader.plan.form in ONE_ROW_EACH)
    why = f"closed and not done, as {_as_said(reader)}"
    finished = CountedNote(
        one=f"was {why}, so it counts as cancelled and not as finished.",
        many=f"were {why}, so they count as cancelled and not as finished.",
    )
    reader.account.add(finished, Found(count=int(done.sum())))
    until = (
        (", and in the load up to its last date", ", and in the load up to their last dates") if log.dated else ("", "")
    )
    is_open = CountedNote(
        one=f"was {why}, so it counts as cancelled and not as open{until[0]}.",
        many=f"were {why}, so they count as cancelled and not as open{until[1]}.",
    )
    reader.account.add(is_open, Found(count=int(still.sum())))
    v = log.visits
    last = v.start + (DAY if log.ends_of_days else 0)
    return replace(
        log,
        finished=np.where(done, OPEN, log.finished),
        cancelled=log.cancelled | done | still,
        visits=replace(v, end=np.where(still[v.item] & (v.end == OPEN), last, v.end)),
    )


def _as_said(reader: Reader) -> str:
    """Name the columns, and the first texts in them that say it: "column “Status” says (“Rejected”)"."""
    columns = [f"“{column.title}”" for column in reader.plan.columns(LogRole.RESOLUTION)]
    texts = [f"“{text}”" for text in reader.codes(LogRole.RESOLUTION)[1] if is_undone(text)][:SHOWN]
    says = "column {} says" if len(columns) == 1 else "columns {} say"
    return f"{says.format(listed(columns))} ({listed(texts)})"


def _undone_items(reader: Reader) -> frozenset[str]:
    """Name the items of which the resolution says only that they were not done."""
    codes, texts = reader.codes(LogRole.RESOLUTION)
    undone = np.array([*map(is_undone, texts), False])
    if not undone.any():
        return frozenset()
    item, items = reader.codes(LogRole.ITEM)
    said = (codes != BLANK) & (item != BLANK)
    cancelled = np.zeros(len(items) + 1, dtype=bool)
    cancelled[item[said & undone[codes]]] = True
    cancelled[item[said & ~undone[codes]]] = False
    return frozenset(items[code] for code in np.flatnonzero(cancelled[:-1]))


def is_undone(text: str) -> bool:
    """Tell whether a resolution says that the item was closed and not done.

    >>> [is_undone(text) for text in ("Won't Do", "NOT_PLANNED", "Duplicate", "Done", "Fixed")]
    [True, True, True, False, False]
    """
    return plain(text) in NOT_DONE or kind_by_name(text) is StatusKind.CANCELLED
