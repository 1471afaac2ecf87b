"""The bytes of an xls or xlsb file -> sheets of cells, by calamine; to be run in a child process only.

Calamine can end the process it runs in (a sheet that is too large aborts, without an exception to catch).
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from vsm.model import Problem, Severity
from vsm.reading import ole
from vsm.reading.biff import OldBook, read_records
from vsm.reading.decoding import without_control
from vsm.reading.grid import Grid, passed_over
from vsm.reading.limits import Limits
from vsm.reading.parts import damaged
from vsm.reading.recognise import locked
from vsm.reading.serials import EPOCH_1904, NO_DURATION_DAYS
from vsm.reading.shapes import Cell, CellValue, MergedRange, Sheet

Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta

LAST_WITH_PHANTOM_DAY = dt.datetime(1900, 3, 1)
DAY_ZERO = dt.datetime(1899, 12, 30)
LAST_CLOCK_MOMENT = DAY_ZERO + dt.timedelta(days=NO_DURATION_DAYS)

WITHOUT_FORMATS = Problem(
    severity=Severity.NOTE,
    repair="Read without number formats",
    message="A binary workbook (xlsb) is read without its number formats and error cells: a cell with an error counts "
    "as blank and 85% arrives as 0.85. If a figure looks wrong, save the file as xlsx and bring that.",
)


def read_calamine(data: bytes, name: str, limits: Limits) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
    """Read every worksheet; a time without a date comes as `timedelta`. Raises `ReadError`.

    Of an xls, number formats and error cells are taken from the file's own records. Of an xlsb calamine tells neither:
    `Cell.format` is `None`, an error cell is blank, and 26 h in an h:mm cell, which calamine takes for 2 o'clock on
    the first day of the calendar, are turned back into 26 h.
    """
    old = read_records(data) if data.startswith(ole.MAGIC) else None
    if old and old.locked:
        raise locked(name)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return _read(workbook, old, Grid(name, limits))
    except PasswordError as error:
        raise locked(name) from error
    except (CalamineError, OSError, ValueError) as error:
        raise damaged(name) from error


def _read(workbook: CalamineWorkbook, old: OldBook | None, grid: Grid) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
    sheets: list[Sheet] = []
    problems = [] if old else [WITHOUT_FORMATS]
    for index, about in enumerate(workbook.sheets_metadata):
        if about.typ != SheetTypeEnum.WorkSheet:
            problems.append(passed_over(about.name, "a chart" if about.typ == SheetTypeEnum.ChartSheet else "no table"))
            continue
        grid.check_sheets(len(sheets) + 1)
        grid.start(about.name)
        sheet = workbook.get_sheet_by_index(index)
        for row, column, value in _cells(sheet, grid):
            grid.put(row, column, Cell(_value(value)))
        for (row, column), cell in (old.sheets[index][1] if old and index < len(old.sheets) else {}).items():
            grid.put(row, column, cell)
        merged = tuple(MergedRange(*first, *last) for first, last in sheet.merged_cell_ranges or ())
        sheets.append(grid.sheet(about.visible != SheetVisibleEnum.Visible, merged))
    return tuple(sheets), tuple(problems)


def _cells(sheet: CalamineSheet, grid: Grid) -> Iterator[tuple[int, int, Value]]:
    if sheet.start is None or sheet.end is None:
        return
    first_row, first_column = sheet.start
    grid.check_row(sheet.end[0])
    for down, values in enumerate(sheet.to_python(skip_empty_area=True)):
        for right, value in enumerate(values):
            yield first_row + down, first_column + right, value


def _value(value: Value) -> CellValue:
    if isinstance(value, str):
        return without_control(value)
    if isinstance(value, dt.datetime):
        return _moment(value)
    if isinstance(value, dt.date):
        return _moment(dt.datetime(value.year, value.month, value.day))
    if isinstance(value, dt.time):
        return dt.timedelta(
            hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond
        )
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _moment(moment: dt.datetime) -> dt.datetime | dt.timedelta:
    """Turn a moment in the first days of the calendar back into the duration that it was."""
    if EPOCH_1904 <= moment < EPOCH_1904 + dt.timedelta(days=366):
        return moment - EPOCH_1904
    if moment >= LAST_CLOCK_MOMENT:
        return moment
    return moment - DAY_ZERO - dt.timedelta(days=moment < LAST_WITH_PHANTOM_DAY)
