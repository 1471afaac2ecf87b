"""The rows of a table with a period column -> those of each period, in the order of time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from vsm.model import Severity
from vsm.reading.cells import Setting
from vsm.reading.findings import Findings
from vsm.reading.period_columns import own_periods
from vsm.reading.periods import Period, in_time_order
from vsm.reading.rows import RowKind, TableRow
from vsm.reading.shapes import Column
from vsm.reading.tables import Table
from vsm.reading.texts import row_ranges


class PeriodRows(NamedTuple):
    """The rows of the stages in one period."""

    period: str | None
    """`None` where the table does not tell periods apart: the rows are then all there are."""
    rows: list[TableRow]


def rows_by_period(setting: Setting, column: Column | None, rows: Sequence[TableRow]) -> tuple[PeriodRows, ...]:
    """Divide the rows of stages by the period that each names or, where that cell is blank, the row above it."""
    stages = [row for row in rows if row.kind is RowKind.STAGE]
    if column is None:
        return (PeriodRows(None, stages),)
    found = _periods(setting.table, column, [row.index for row in stages], setting.findings)
    if not found:
        return (PeriodRows(None, stages),)
    first = {period.key: period for period in reversed(found.values())}
    in_file = list(dict.fromkeys(period.key for period in found.values()))
    return tuple(
        PeriodRows(period.name, [row for row in stages if found[row.index].key == period.key])
        for period in in_time_order([first[key] for key in in_file])
    )


def _periods(table: Table, column: Column, rows: Sequence[int], findings: Findings) -> dict[int, Period]:
    own = own_periods(table, column.index, rows)
    last = next(iter(own.values()), None)
    found: dict[int, Period] = {}
    for row in rows:
        last = own.get(row, last)
        if last is not None:
            found[row] = last
    filled = [row for row in found if row not in own]
    if filled:
        numbers = row_ranges([table.sheet.number(row) for row in filled])
        message = (
            f"The period of {numbers} is blank: that of the row above was taken, or the first one where none is above. "
            "Fill in each row if that is wrong."
        )
        findings.add(
            Severity.NOTE, "Periods filled down", message, row=table.sheet.number(filled[0]), column=column.header
        )
    return found


def say_periods(column: Column | None, names: Sequence[str], now: int, findings: Findings) -> None:
    """Note that the rows are of several periods, and of which one the figures are."""
    header = "" if column is None else column.header or column.letter
    message = (
        f'Column "{header}" names {len(names)} periods, from {names[0]} to {names[-1]}. The figures are those of '
        f"{names[now]}; the rows of the other periods make the trend. Set the column aside if it names no periods."
    )
    if len(names) == 1:
        message = f'Column "{header}" names one period only, {names[0]}: there is no trend yet.'
    findings.add(Severity.NOTE, "Rows of several periods", message, column=header)
