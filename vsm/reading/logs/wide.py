"""One row for each item, with a date or a duration column for each stage -> a `Log`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from vsm.durations import hours_per_unit, parse_duration, unit_of
from vsm.items.build import StatusKind
from vsm.model import Severity
from vsm.reading.headers import unit_in_words
from vsm.reading.log_shapes import LogRole, Stamp
from vsm.reading.logs.account import Found, Reason, Words, found_in, sentence
from vsm.reading.logs.builders import Column, Made, Reader, inclusive
from vsm.reading.logs.far_dates import without_far_cells
from vsm.reading.logs.fates import TWICE
from vsm.reading.logs.flow_order import in_chosen_order
from vsm.reading.logs.frames import TextColumn
from vsm.reading.logs.profiles import NEVER
from vsm.reading.logs.status_names import ignored, kind_of
from vsm.reading.logs.timestamps import FIRST_YEAR, LAST_YEAR
from vsm.reading.logs.told import Entered, Lasted
from vsm.reading.logs.whole import FiguresPart
from vsm.reading.texts import listed
from vsm.worktime import Times

CELLS_SHOWN = 20
_USUAL = (
    r"^(?:(?P<w>\d{1,6})w)? ?(?:(?P<d>\d{1,6})d)? ?(?:(?P<h>\d{1,6})h)? ?(?:(?P<m>\d{1,8})m)? ?(?:(?P<s>\d{1,10})s)?$"
)
MOST_HOURS = 24 * 366 * 100
"""A hundred years: nothing takes longer."""
NOWHERE = Reason(
    repair="Items that are in no stage",
    one="has nothing in the columns of the stages that count",
    many="have nothing in the columns of the stages that count",
    advice="Nothing needs to be done unless the item came to a stage.",
)


def read_wide_dates(reader: Reader) -> Made:
    """Read items with the date on which they came to each stage; the columns are in flow order."""
    reader.leave_out_without_item()
    columns = _ordered(reader, LogRole.STAGE_DATE)
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


def _ordered(reader: Reader, role: LogRole) -> list[TextColumn]:
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


def say_unreadable(reader: Reader, column: TextColumn, cells: NDArray[np.bool_], what: str = "cannot be read") -> None:
    """Write down the cells of a stage column that cannot be read; the item's other cells count."""
    rows = np.flatnonzero(cells & reader.fates.used)
    finding = _BadCells(index=column.index, column=column.title, what=what)
    reader.account.add(finding, found_in(reader.frame, rows, column))


def say_unused(reader: Reader, column: TextColumn, times: Column) -> None:
    """Write down the dates of a stage column that cannot be read, or lie in years that no log speaks of."""
    say_unreadable(reader, column, times.unreadable)
    say_unreadable(reader, column, times.early, f"is too far in the past, before {FIRST_YEAR}")
    say_unreadable(reader, column, times.late, f"is too far in the future, after {LAST_YEAR - 1}")


@dataclass(frozen=True, kw_only=True)
class _BadCells:
    """Cells of one column that were not used, and what is wrong with them."""

    index: int
    column: str
    what: str

    def write(self, found: Found, words: Words) -> None:
        """Write one problem for each of the first cells, and one for how many there are."""
        repair, column = "Cells that cannot be read", self.column
        for spot in found.first[:CELLS_SHOWN]:
            message = (
                f"{sentence(spot.where)}, column “{column}”: “{spot.text}” {self.what}, so the item counts as never "
                "having been there. Correct the cell and load the file again."
            )
            words.findings.add(
                Severity.ERROR, repair, message, row=spot.number, column=column, found=spot.text, sheet=spot.sheet
            )
        if found.count > CELLS_SHOWN:
            message = f"Column “{column}” has {found.count:,} cells in all that were not used, as their texts show."
            words.findings.add(Severity.ERROR, repair, message, column=column)


def read_wide_durations(reader: Reader) -> Made:
    """Read items with the time that they spent in each status."""
    reader.leave_out_without_item()
    columns = _ordered(reader, LogRole.STAGE_DURATION)
    names, counted = [reader.plan.stage_of(c) for c in columns], (StatusKind.ACTIVE, StatusKind.WAIT)
    hours = np.column_stack([_hours(reader, column) for column in columns])
    figures = reader.whole.of(
        FiguresPart(
            any_blank=bool(np.isnan(hours).any()), numbers=tuple(_numbers(c.values) is not None for c in columns)
        )
    )
    if not figures.any_blank:
        hours[hours == 0] = np.nan  # a report that prints no dashes prints 0 where an item never was
    counts = np.array([kind_of(name, reader.choices.statuses, {}) in counted for name in names])
    reader.fates.leave_out(~(~np.isnan(hours) & counts).any(axis=1), NOWHERE)
    leave_out_second_rows(reader)
    rows = np.flatnonzero(reader.fates.used)
    if not len(rows):
        return Made(told=None)
    _say_units(reader, [c for c, numbers in zip(columns, figures.numbers, strict=True) if numbers])
    item_names, item_rows = reader.names_and_rows(rows)
    if reader.choices.as_of is not None:
        reader.note("The as-of date was not used, as the file has no dates.")
    reader.note(
        "The file gives durations without dates, so nothing is known of load and throughput over time, of the order of "
        "visits, or of rework; every item counts as finished."
    )
    told = Lasted(
        names=item_names,
        rows=item_rows,
        labels=tuple(names),
        hours=hours[rows],
        hours_per_day=reader.choices.hours_per_day,
    )
    return Made(told=told)


def _hours(reader: Reader, column: TextColumn) -> NDArray[np.float64]:
    """The hours in each row of a duration column; NaN where blank, a dash, or unreadable."""
    unit = named_unit(column) or reader.choices.unit or "h"
    hours_per_day = reader.choices.hours_per_day
    values = _numbers(column.values)
    if values is None:
        values = _texts(column, unit, hours_per_day)
    else:
        values = values * hours_per_unit(unit, hours_per_day=hours_per_day)
    values = np.where((values >= 0) & (values <= MOST_HOURS), values, np.nan)
    hours = np.append(values, np.nan)[column.codes]
    never = np.array([*(text.casefold() in NEVER for text in column.texts), True])[column.codes]
    say_unreadable(reader, column, np.isnan(hours) & ~never)
    return hours


def _numbers(values: pa.StringArray) -> NDArray[np.float64] | None:
    """The numbers that all of the texts are; `None` where some are none."""
    try:
        return np.asarray(values.cast(pa.float64()).to_numpy(zero_copy_only=False))
    except pa.ArrowInvalid:
        return None


def _texts(column: TextColumn, unit: str, hours_per_day: float) -> NDArray[np.float64]:
    result = _usual(column.values, hours_per_day)
    for place in np.flatnonzero(np.isnan(result)):
        text = column.texts[place]
        try:
            result[place] = parse_duration(text, unit, hours_per_day=hours_per_day)
        except ValueError:
            continue  # stays NaN, which is reported with its row
    return result


def _usual(values: pa.StringArray, hours_per_day: float) -> NDArray[np.float64]:
    """Read texts such as "2d 4h 30m", as most reports write them, in hours; NaN where a text is written otherwise."""
    parts = pc.extract_regex(values, _USUAL)
    result = np.zeros(len(values))
    for name in "wdhms":
        texts = pc.fill_null(pc.struct_field(parts, name), "")
        numbers = pc.if_else(pc.equal(texts, ""), "0", texts).cast(pa.float64())
        unit = {"w": "wk", "m": "min"}.get(name, name)
        result += np.asarray(numbers) * hours_per_unit(unit, hours_per_day=hours_per_day)
    return np.where(parts.is_valid().to_numpy(zero_copy_only=False), result, np.nan)


def named_unit(column: TextColumn) -> str | None:
    """The unit of a column's plain numbers that its header names."""
    header = column.header
    inner = header[header.rfind("(") + 1 : header.rfind(")")] if "(" in header else ""
    inner = inner or (header[header.rfind("[") + 1 : header.rfind("]")] if "[" in header else "")
    named = unit_in_words(inner) if inner else None
    return unit_of(named) if named else None


def _say_units(reader: Reader, columns: list[TextColumn]) -> None:
    """Ask for the unit of columns of numbers where they have none and nobody chose one."""
    if reader.choices.unit is not None:
        return
    bare = [c for c in columns if named_unit(c) is None]
    if bare:
        shown = listed([f"“{column.title}”" for column in bare[:5]]) + (" and others" if len(bare) > 5 else "")
        reader.ask(
            f"Nothing says the unit of the numbers in {shown}. They were read as hours; write the unit into the "
            "header, such as “Review (days)”, if that is wrong."
        )
