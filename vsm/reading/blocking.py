"""A table and its columns -> the reasons, if any, why no value stream can be made of it, each with a way out."""

from __future__ import annotations

import datetime as dt

from vsm.folding import fold
from vsm.reading.columns import Columns, name_of, time_columns
from vsm.reading.glance import is_figure, looks_like_date
from vsm.reading.shapes import Choices, Column, Role
from vsm.reading.tables import Table, has_row, roles_down_the_first_column
from vsm.reading.texts import listed
from vsm.reading.vocabulary import CHANGE_NAMES, ITEM_NAMES

MOST_ROWS = 300
"""Rows of a table of stages; nobody walks a longer process, and a log of items has more."""
MOST_ROWS_OF_PERIODS = 10 * MOST_ROWS
"""Rows of a table that states the stages of several periods."""


def blocking_reasons(table: Table, columns: Columns, choices: Choices) -> tuple[str, ...]:
    """Say what keeps the table from being read, as whole sentences; empty where nothing does."""
    reasons = list(columns.blocking)
    if not has_row(table.sheet, choices.header_row):
        reasons.append(
            f'Sheet "{table.sheet.name}" has no row {choices.header_row} to take as the header: it ends at row '
            f"{table.sheet.number(table.last_row)}. Choose a row up to there, or 0 for a table without a header."
        )
    missing = not time_columns(columns) or columns.of(Role.STAGE) is None
    if reasons:
        return tuple(reasons)
    if missing and _looks_like_a_log(table, columns):
        return (_a_log(columns) if table.last_row >= table.first_row else _header_only(columns),)
    period = columns.of(Role.PERIOD)
    most = MOST_ROWS if period is None or missing else MOST_ROWS_OF_PERIODS
    if table.last_row - table.first_row >= most:
        return (_too_long(table, most),)
    if missing and _is_prose(table):
        return (_prose(),)
    if missing and roles_down_the_first_column(table) >= 2:
        return (
            "The stages of this table seem to run across its columns, with the figures in its rows. Turn it round (in "
            "a spreadsheet: copy, paste special, transpose), so that each stage has one row.",
        )
    if columns.of(Role.STAGE) is None:
        reasons.append(f"No column with the stages' names was found. {_choose(columns)} which one names the stages.")
    if not time_columns(columns):
        reasons.append(_no_times(columns))
    return tuple(reasons)


def _no_times(columns: Columns) -> str:
    asked = [column.question for column in columns.all if column.role is Role.IGNORE and column.question is not None]
    if asked:
        return f"No column with times was found. {' '.join(asked)} Choose what it means, or another column with times."
    return (
        "No column with times was found. "
        f"{_choose(columns)} which one is the processing time, the wait time or the lead time."
    )


def _is_prose(table: Table) -> bool:
    """Whether the table is one column of texts, without any figure."""
    return len(table.columns) == 1 and not any(is_figure(cell) for row in table.sheet.rows for cell in row)


def _prose() -> str:
    return (
        "This reads like prose or a plain list and not like a table: it has one column, and no figure in it. Bring a "
        "table with one row for each stage, and columns for its name, its processing time and its wait time."
    )


def _too_long(table: Table, most: int) -> str:
    return (
        f"The table has {table.last_row - table.first_row + 1:,} rows under its header. A table of stages has one row "
        f"for each stage, and {most:,} rows at most, so this is probably a list of items. If its rows have "
        "times or dates, say that it is a log of items; else sum it up by stage first, or choose another sheet."
    )


def _choose(columns: Columns) -> str:
    names = [name_of(column) for column in columns.all]
    if not names:
        return "The table has no columns. Choose another header row or sheet, and say"
    there = f"The columns are {listed(names)}" if len(names) > 1 else f"The only column is {names[0]}"
    return f"{there}. Choose"


def _looks_like_a_log(table: Table, columns: Columns) -> bool:
    """Whether the table holds items and their dates: an item column, or dates, where times of stages should be."""
    names = {fold(column.header).replace("_", " ").replace(":", " ") for column in columns.all}
    dates = [column for column in columns.all if _is_date_column(table, column)]
    by_name = bool(names & ITEM_NAMES) and bool((names - ITEM_NAMES) & CHANGE_NAMES)
    return bool(dates) or by_name


def _is_date_column(table: Table, column: Column) -> bool:
    cells = [
        table.cell(row, column.index) for row in range(table.first_row, min(table.last_row + 1, table.first_row + 50))
    ]
    filled = [cell.value for cell in cells if not cell.blank]
    dates = sum(isinstance(v, dt.date) or (isinstance(v, str) and looks_like_date(v)) for v in filled)
    return bool(filled) and dates * 2 > len(filled)


def _a_log(columns: Columns) -> str:
    return (
        f"This looks like a log of items with dates (its columns are {listed([name_of(c) for c in columns.all])}), not "
        "like a table of stages. A log of items needs a status with the time of each change, a start and an end, or "
        "dates in the columns of at least two stages: bring it with those, and say that it is a log. If each row is a "
        "stage after all, choose the columns."
    )


def _header_only(columns: Columns) -> str:
    return (
        f"This is the header of a log of items ({listed([name_of(c) for c in columns.all])}) without any row under it. "
        "Bring the log with its rows, one for each visit, change or item."
    )
