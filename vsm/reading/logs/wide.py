"""One row for each item, with a date column for each stage -> what the rows tell; and what durations share with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vsm.model import Severity
from vsm.reading.log_shapes import LogRole, Stamp
from vsm.reading.logs.account import Found, Reason, Words, found_in, sentence
from vsm.reading.logs.builders import Column, Made, Reader, inclusive
from vsm.reading.logs.far_dates import without_far_cells
from vsm.reading.logs.fates import TWICE
from vsm.reading.logs.flow_order import in_chosen_order
from vsm.reading.logs.frames import TextColumn
from vsm.reading.logs.status_names import ignored
from vsm.reading.logs.timestamps import FIRST_YEAR, LAST_YEAR
from vsm.reading.logs.told import Entered
from vsm.worktime import Times

CELLS_SHOWN = 20
NOWHERE = Reason(
    repair="Items that are in no stage",
    one="has nothing in the columns of the stages that count",
    many="have nothing in the columns of the stages that count",
    advice="Nothing needs to be done unless the item came to a stage.",
)


def read_wide_dates(reader: Reader) -> Made:
    """Read items with the date on which they came to each stage; the columns are in flow order."""
    reader.leave_out_without_item()
    columns = stage_columns(reader, LogRole.STAGE_DATE)
    names = [reader.plan.stage_of(column) for column in columns]
    read = [reader.times(column) for column in columns]
    for column, times in zip(columns, read, strict=True):
        say_unused(reader, column, times)
    skipped = ignored(names, reader.choices.statuses)
    counts = np.array([name not in skipped for name in names])
    read = without_far_cells(reader, list(zip(read, columns, strict=True)))
    known = np.column_stack([times.known for times in read]) & counts
    reader.fates.leave_out(~known.any(axis=1), NOWHERE)
    leave_out_second_rows(reader)
    rows = reader.fates.used
    if not rows.any():
        return Made(told=None)
    _say_out_of_order(reader, columns, np.column_stack([times.times for times in read]), known)
    kept = [times for times, counted in zip(read, counts, strict=True) if counted]
    whole = reader.whole_days(kept, rows)
    row, place = np.nonzero(known & rows[:, None])
    item_names, item_rows = reader.names_and_rows(row)
    told = Entered(
        names=item_names,
        rows=item_rows,
        labels=tuple(names),
        kinds=reader.plan.kinds,
        label=place.astype(np.int32),
        time=np.column_stack([times.times for times in read])[row, place],
        to_midnight=inclusive(reader, whole),
        in_order=True,
        one_row_each=True,
    )
    return Made(told=told, stamp=Stamp.ENTERED, whole_days=whole)


def _say_out_of_order(reader: Reader, columns: Sequence[TextColumn], times: Times, known: NDArray[np.bool_]) -> None:
    """Write down the dates that lie before one of a stage further to the left; shapes (rows, columns)."""
    latest = np.maximum.accumulate(np.where(known, times, np.iinfo(np.int64).min), axis=1)
    early = known[:, 1:] & (times[:, 1:] < latest[:, :-1])
    for place, column in enumerate(columns[1:]):
        rows = np.flatnonzero(early[:, place] & reader.fates.used)
        reader.account.add(_OutOfOrder(index=column.index, column=column.title), found_in(reader.frame, rows, column))


@dataclass(frozen=True, kw_only=True)
class _OutOfOrder:
    """Dates of one column that lie before a date of an earlier stage."""

    index: int
    column: str

    def write(self, found: Found, words: Words) -> None:
        """Name the rows, and say what their order does to the figures."""
        if not found.count:
            return
        spot = found.first[0]
        has = "has a date" if found.count == 1 else "have dates"
        message = (
            f"{sentence(found.which)} {has} in column “{self.column}” before that of an earlier stage (“{spot.text}” "
            f"in {spot.where}). Each item is taken to move in the order of its dates, so it counts as sent back "
            "to that earlier stage. Correct the dates, or change the order of the stages."
        )
        words.findings.add(
            Severity.WARNING,
            "Dates out of order",
            message,
            row=spot.number,
            column=self.column,
            found=spot.text or None,
            sheet=spot.sheet,
        )


def stage_columns(reader: Reader, role: LogRole) -> list[TextColumn]:
    """The stage columns as in the sheet, or as the tool or the person orders them."""
    columns = list(reader.plan.columns(role))
    if not reader.plan.kinds:
        columns.sort(key=lambda column: column.index)
    by_name = {reader.plan.stage_of(column): column for column in columns}
    if len(by_name) < len(columns):
        return columns
    return [by_name[name] for name in in_chosen_order(list(by_name), reader.choices.stage_order)]


def leave_out_second_rows(reader: Reader) -> None:
    """Leave out rows that repeat an earlier row in all of its cells."""

    used = np.flatnonzero(reader.fates.used)
    cells = pd.DataFrame({column.index: column.codes[used] for column in reader.frame.columns})
    twice = np.zeros(len(reader.frame), dtype=bool)
    twice[used[cells.duplicated().to_numpy()]] = True
    reader.fates.leave_out(twice, TWICE)


NEVER_THERE = "the item counts as never having been there"


def say_unreadable(
    reader: Reader,
    column: TextColumn,
    cells: NDArray[np.bool_],
    what: str = "cannot be read",
    so: str = NEVER_THERE,
) -> None:
    """Write down cells of a column that cannot be read or be right; the item's other cells count."""
    rows = np.flatnonzero(cells & reader.fates.used)
    finding = _BadCells(index=column.index, column=column.title, what=what, so=so)
    reader.account.add(finding, found_in(reader.frame, rows, column))


def say_unused(reader: Reader, column: TextColumn, times: Column, so: str = NEVER_THERE) -> None:
    """Write down the dates of a column that cannot be read, or lie in years that no log speaks of."""
    say_unreadable(reader, column, times.unreadable, so=so)
    say_unreadable(reader, column, times.early, f"is too far in the past, before {FIRST_YEAR}", so)
    say_unreadable(reader, column, times.late, f"is too far in the future, after {LAST_YEAR - 1}", so)


@dataclass(frozen=True, kw_only=True)
class _BadCells:
    """Cells of one column that were not used, and what is wrong with them."""

    index: int
    column: str
    what: str
    so: str

    def write(self, found: Found, words: Words) -> None:
        """Write one problem for each of the first cells, and one for how many there are."""
        repair, column = "Cells that cannot be read", self.column
        for spot in found.first[:CELLS_SHOWN]:
            message = (
                f"{sentence(spot.where)}, column “{column}”: “{spot.text}” {self.what}, so {self.so}. Correct the "
                "cell and load the file again."
            )
            words.findings.add(
                Severity.ERROR, repair, message, row=spot.number, column=column, found=spot.text, sheet=spot.sheet
            )
        if found.count > CELLS_SHOWN:
            message = f"Column “{column}” has {found.count:,} cells in all that were not used, as their texts show."
            words.findings.add(Severity.ERROR, repair, message, column=column)
