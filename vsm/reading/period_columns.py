"""A column that may name periods -> the period of each row, and whether the table is a series of snapshots by it."""

from __future__ import annotations

from collections.abc import Sequence

from vsm.folding import fold
from vsm.reading.periods import Period, periods_in
from vsm.reading.tables import Table

MOST_PERIODS = 200
"""Ten years of weeks are more than a series of mappings; a log of items has more dates."""
_SHARED = 0.5
"""Of the stages, at least so many stand in more than one period of a series."""
_LOOK_INTO_ROWS = 20_000


def own_periods(table: Table, index: int, rows: Sequence[int]) -> dict[int, Period]:
    """Read the period that each of `rows` names in the column at `index`, itself or by a merged block."""
    cells = [table.cell(*table.shown_in.get((row, index), (row, index))) for row in rows]
    return {row: found for row, found in zip(rows, periods_in(cells), strict=True) if found is not None}


def tells_periods(table: Table, index: int, stage: int) -> bool:
    """Tell whether at least half of the stages stand in several periods of the column at `index`.

    `stage` is the position of the column with the stages' names. A column of dates on which each stage was looked at,
    or of the weeks in which it is due, tells no periods.
    """
    rows = range(table.first_row, min(table.last_row + 1, table.first_row + _LOOK_INTO_ROWS))
    periods, name, last = own_periods(table, index, rows), "", None
    seen: dict[str, set[object]] = {}
    for row in rows:
        name = fold(table.text(row, stage)) or name
        last = periods[row].key if row in periods else last
        if name and last is not None and (row in periods or table.text(row, stage)):
            seen.setdefault(name, set()).add(last)
    repeated = sum(len(found) > 1 for found in seen.values())
    return repeated > 0 and repeated >= _SHARED * len(seen) and len(set().union(*seen.values())) <= MOST_PERIODS
