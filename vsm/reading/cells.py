"""Cells of one column -> figures: hours, shares or counts; what cannot be read is reported and not measured."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from vsm.durations import (
    hours_per_unit,
    is_approximate,
    is_clock,
    names_a_unit,
    parse_duration,
    unit_of,
)
from vsm.folding import fold
from vsm.model import Definitions, Severity
from vsm.reading.checks import UnreadableError, check_cell
from vsm.reading.counts import PERIODS, count_reader
from vsm.reading.findings import Findings
from vsm.reading.headers import DURATION_ROLES, SHARE_ROLES
from vsm.reading.numbers import is_unclear, marks, uses_decimal_comma
from vsm.reading.shapes import Cell, Column, Role
from vsm.reading.shares import read_shares
from vsm.reading.tables import Table
from vsm.reading.texts import cell_text, row_ranges
from vsm.reading.vocabulary import NOT_MEASURED

MOST_HOURS = 1_000_000.0
"""More than a hundred years, round the clock: a typing error or a date read as a number."""
NOT_READ = "Cells that could not be read"
NO_UNIT = "Times without a unit read as hours"
NO_FIGURE = "Marks for not measured"


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What all cells of a table are read with."""

    table: Table
    definitions: Definitions
    decimal_comma: bool | None
    """For the whole sheet; a column whose own values tell overrules it."""
    findings: Findings
    unit_columns: Mapping[int, int] = field(default_factory=dict)
    """For a time column the one that holds the unit of each of its rows."""


def read_figures(setting: Setting, column: Column, rows: Sequence[int]) -> dict[int, float | None]:
    """Read the cells of a figure column in `rows`: hours, shares 0 to 1, or numbers; `None` is not measured."""
    cells = {row: _cell_with_unit(setting, column, row) for row in rows}
    own_comma = uses_decimal_comma(marks(cells.values()))
    comma = setting.decimal_comma if own_comma is None else own_comma
    measured = {row: cell for row, cell in cells.items() if not _says_nothing(setting, column, row, cell)}
    if column.role in SHARE_ROLES:
        figures = read_shares(
            measured, comma, lambda row, reason: _report(setting, column, row, reason), _teller(setting, column)
        )
    else:
        reader = (
            _duration_reader(setting, column, comma)
            if column.role in DURATION_ROLES
            else count_reader(column, comma, setting.definitions)
        )
        figures = {row: _figure(setting, column, row, cell, reader) for row, cell in measured.items()}
    read = {row: measured[row] for row in figures if figures[row] is not None}
    if own_comma is None:
        _say_unclear(setting, column, read)
    if column.role in DURATION_ROLES:
        _say_doubts_of_times(setting, column, read, zeros={row for row, figure in figures.items() if figure == 0})
    if column.role is Role.DEMAND and column.unit not in PERIODS:
        _say_no_period(setting, column, read)
    return {row: figures.get(row) for row in rows}


def _cell_with_unit(setting: Setting, column: Column, row: int) -> Cell:
    """The cell of a row; a plain number gets the unit that stands in the row's unit column."""
    cell = setting.table.cell(row, column.index)
    if column.index not in setting.unit_columns:
        return cell
    unit = setting.table.text(row, setting.unit_columns[column.index])
    is_plain = isinstance(cell.value, int | float) or (isinstance(cell.value, str) and not names_a_unit(cell.value))
    if isinstance(cell.value, bool) or not is_plain or cell.blank or unit_of(unit) is None:
        return cell
    return Cell(f"{cell.value} {unit}")


def _teller(setting: Setting, column: Column) -> Callable[[Severity, str, str, Sequence[int]], None]:
    """Write down something about some rows of a column, which the message follows ("were read as ...")."""

    def tell(severity: Severity, repair: str, message: str, rows: Sequence[int]) -> None:
        numbers = [setting.table.sheet.number(row) for row in rows]
        setting.findings.add(
            severity,
            repair,
            f'Column "{_shown(column)}", {row_ranges(numbers)}: {message}',
            row=numbers[0] if len(numbers) == 1 else None,
            column=_shown(column),
        )

    return tell


def _shown(column: Column) -> str:
    return column.header or column.letter


def _says_nothing(setting: Setting, column: Column, row: int, cell: Cell) -> bool:
    """Whether a cell is blank or says "not measured" in words, which is noted."""
    if cell.blank:
        return True
    if isinstance(cell.value, str) and fold(cell.value) in NOT_MEASURED:
        number, text = setting.table.sheet.number(row), cell_text(cell)
        message = (
            f'Row {number}, column "{_shown(column)}": "{text}" was taken as not measured, which is not zero. '
            "Put a figure there if there is one."
        )
        setting.findings.add(Severity.NOTE, NO_FIGURE, message, row=number, column=_shown(column), found=text)
        return True
    return False


def _figure(setting: Setting, column: Column, row: int, cell: Cell, reader: Callable[[Cell], float]) -> float | None:
    try:
        check_cell(cell)
        return reader(cell)
    except (UnreadableError, ValueError) as reason:
        _report(setting, column, row, str(reason))
        return None


def _report(setting: Setting, column: Column, row: int, reason: str) -> None:
    number = setting.table.sheet.number(row)
    text = cell_text(setting.table.cell(row, column.index))
    message = (
        f'Row {number}, column "{_shown(column)}": "{text}" {reason}. It counts as not measured. '
        "Correct the cell and load the file again."
    )
    setting.findings.add(Severity.ERROR, NOT_READ, message, row=number, column=_shown(column), found=text)


def _duration_reader(setting: Setting, column: Column, comma: bool | None) -> Callable[[Cell], float]:
    definitions = setting.definitions
    unit = unit_of_times(column, definitions)

    def hours_of(cell: Cell) -> float:
        value = cell.value
        if cell.format is not None and "%" in cell.format:
            raise UnreadableError("is a percentage, not a time")
        if isinstance(value, dt.timedelta):
            hours = value.total_seconds() / 3600
        elif isinstance(value, dt.time):
            hours = value.hour + value.minute / 60 + (value.second + value.microsecond / 1e6) / 3600
        elif isinstance(value, int | float):
            per_unit = hours_per_unit(
                unit, hours_per_day=definitions.hours_per_day, days_per_week=definitions.days_per_week
            )
            hours = value * per_unit
        else:
            hours = parse_duration(
                str(value),
                unit,
                hours_per_day=definitions.hours_per_day,
                days_per_week=definitions.days_per_week,
                decimal_comma=comma,
            )
        if hours < 0:
            raise UnreadableError("is negative, which a time cannot be")
        if hours > MOST_HOURS:
            raise UnreadableError(f"would be more than a hundred years (read in the unit {unit})")
        return hours

    return hours_of


def unit_of_times(column: Column, definitions: Definitions) -> str:
    """The unit of a column's plain numbers: its header's, else the one chosen for the whole table, else hours."""
    named = unit_of(column.unit) if column.unit is not None else None
    return named or (unit_of(definitions.unit) if definitions.unit is not None else None) or "h"


def _say_unclear(setting: Setting, column: Column, read: dict[int, Cell]) -> None:
    """Write down numbers such as "1,234", where nothing in their column tells thousands from decimals."""
    unclear = [row for row, cell in read.items() if isinstance(cell.value, str) and is_unclear(cell.value)]
    if not unclear:
        return
    if setting.decimal_comma is None:
        severity, words = Severity.WARNING, "a comma was read as a thousands sign and a point as the decimal mark"
    else:
        comma_is, point_is = (
            ("decimal mark", "thousands sign") if setting.decimal_comma else ("thousands sign", "decimal mark")
        )
        severity, words = Severity.NOTE, f"as elsewhere in the table, a comma is a {comma_is} and a point a {point_is}"
    words = f"the mark before three digits can stand for thousands or for decimals; {words}. Write it without if wrong."
    _teller(setting, column)(severity, "Numbers that can be read in two ways", words, unclear)


def _say_no_period(setting: Setting, column: Column, read: dict[int, Cell]) -> None:
    plain = [row for row, cell in read.items() if not isinstance(cell.value, str) or cell.value.strip()[-1:].isdigit()]
    if plain:
        words = "nothing says the period of the demand; read as items per week. Choose the unit if that is wrong."
        _teller(setting, column)(Severity.NOTE, "Demand read per week", words, plain)


def _say_doubts_of_times(setting: Setting, column: Column, read: dict[int, Cell], zeros: Set[int]) -> None:
    """Write down where a time that was read could also mean something else; zero is zero in any unit."""
    texts = {row: str(cell.value) for row, cell in read.items() if isinstance(cell.value, str)}
    tell, unit = _teller(setting, column), unit_of_times(column, setting.definitions)
    rough = [row for row, text in texts.items() if is_approximate(text)]
    if rough:
        tell(Severity.NOTE, "Rough figures", "the time is said to be rough; it was taken as it stands.", rough)
    clocks = [row for row, text in texts.items() if is_clock(text) and text.count(":") == 1]
    if clocks and unit in {"min", "s"}:
        words = (
            f"read as hours and minutes (1:30 is 1 h 30 min), though the column is in {unit}. Write the time with its "
            "unit if minutes and seconds are meant."
        )
        tell(Severity.WARNING, "Times with a colon", words, clocks)
    plain = [
        row
        for row, cell in read.items()
        if row not in zeros and (isinstance(cell.value, int | float) or (row in texts and not names_a_unit(texts[row])))
    ]
    if not plain or (column.unit is not None and unit_of(column.unit)) or setting.definitions.unit is not None:
        return
    if column.unit is None:
        words = "nothing says the unit of these numbers; read as hours. Choose the unit if that is wrong."
        tell(Severity.NOTE, NO_UNIT, words, plain)
    else:
        words = f'"{column.unit}" is no unit of time; these numbers were read as hours. Choose the unit of the column.'
        tell(Severity.WARNING, "Units that are no units of time", words, plain)
