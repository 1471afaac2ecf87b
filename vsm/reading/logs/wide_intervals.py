"""One row for each item, with a start and an end column for each stage -> a `Log`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vsm.items.log import OPEN
from vsm.reading.log_shapes import LogRole
from vsm.reading.logs.builders import Column, Made, Reader, inclusive
from vsm.reading.logs.far_dates import without_far_cells, without_late_ends
from vsm.reading.logs.fates import Mask
from vsm.reading.logs.frames import TextColumn
from vsm.reading.logs.log_names import BEGIN_WORDS, CLOSING_WORDS, EDGE_FILLERS, plain
from vsm.reading.logs.status_names import kinds_of_work
from vsm.reading.logs.told import Worked
from vsm.reading.logs.wide import NOWHERE, leave_out_second_rows, say_unreadable, say_unused
from vsm.worktime import DAY

Pairs = dict[str, tuple[TextColumn, TextColumn]]


def stage_pairs(columns: Sequence[TextColumn]) -> Pairs | None:
    """Pair "Build start" with "Build end", in the sheet's order; `None` unless every column has its counterpart."""
    starts: dict[str, TextColumn] = {}
    ends: dict[str, TextColumn] = {}
    for column in columns:
        words = plain(column.header).split()
        edges = [word for word in words if word in BEGIN_WORDS or word in CLOSING_WORDS]
        name = " ".join(word for word in words if word not in EDGE_FILLERS and word not in edges)
        if len(edges) != 1 or not name:
            return None
        (starts if edges[0] in BEGIN_WORDS else ends)[name] = column
    if starts.keys() != ends.keys() or len(starts) + len(ends) != len(columns):
        return None
    return {name: (start, ends[name]) for name, start in starts.items()}


def read_wide_intervals(reader: Reader) -> Made:
    """Read items with the start and the end of each stage; a blank end is still open."""
    reader.leave_out_without_item()
    starts, ends = reader.plan.columns(LogRole.START), reader.plan.columns(LogRole.END)
    names = [reader.plan.stage_of(column) for column in starts]
    begun = [reader.times(column) for column in starts]
    ended = [without_late_ends(reader, reader.times(column), column) for column in ends]
    dated = without_far_cells(reader, list(zip(begun, starts, strict=True)), ends=list(zip(ended, ends, strict=True)))
    begun, ended = dated[: len(begun)], dated[len(begun) :]
    inside = [
        _inside(reader, (start, end), (a, b)) for start, end, a, b in zip(starts, ends, begun, ended, strict=True)
    ]
    known = np.column_stack(inside)
    reader.fates.leave_out(np.asarray(~known.any(axis=1)), NOWHERE)
    leave_out_second_rows(reader)
    if not reader.fates.used.any():
        return Made(told=None)
    whole = reader.whole_days([*begun, *ended], reader.fates.used)
    added = DAY if inclusive(reader, whole) else 0
    row, place = np.nonzero(known & reader.fates.used[:, None])
    until = np.column_stack([np.where(b.known, b.times + added, OPEN) for b in ended])
    item_names, item_rows = reader.names_and_rows(row)
    told = Worked(
        names=item_names,
        rows=item_rows,
        labels=tuple(names),
        kinds=kinds_of_work(names),
        one_row_each=True,
        label=place.astype(np.int32),
        start=np.column_stack([a.times for a in begun])[row, place],
        end=until[row, place],
        to_midnight=added > 0,
    )
    return Made(told=told, whole_days=whole)


def _inside(reader: Reader, columns: tuple[TextColumn, TextColumn], times: tuple[Column, Column]) -> Mask:
    """Mark the rows whose start is known and whose end, where there is one, does not lie before it."""
    start, end = times
    backward = start.known & end.known & (end.times < start.times)
    say_unused(reader, columns[0], start)
    say_unused(reader, columns[1], end)
    say_unreadable(reader, columns[1], backward, "lies before the start")
    say_unreadable(reader, columns[1], end.known & ~start.known & ~start.unreadable, "is a finish without a start")
    return np.asarray(start.known & ~backward & ~end.unreadable & ~end.early)
