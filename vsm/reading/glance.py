"""Cells and rows at a glance: whether they are blank, hold a figure or a date, before anyone knows their column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from vsm.durations import parse_duration
from vsm.reading.shapes import Cell, Sheet

_NOTHING = Cell()


def is_figure(cell: Cell) -> bool:
    """Tell whether a cell holds a number, a time, a date or an error value, be it as text."""
    if cell.error is not None or isinstance(cell.value, int | float | dt.date | dt.time | dt.timedelta):
        return True
    if not isinstance(cell.value, str) or not any(c.isdigit() for c in cell.value):
        return False
    text = cell.value.strip().removesuffix("%").strip()
    if looks_like_date(cell.value):
        return True
    try:
        parse_duration(text.removeprefix("-"))
    except ValueError:
        return False
    return True


def looks_like_date(text: str) -> bool:
    """Tell whether a text is a date or a timestamp: ISO, or day, month and year with points or slashes."""
    text = text.strip()
    day = text[:10].replace("/", "-").replace(".", "-")
    parts = day.split()[0].split("T")[0].split("-") if day.split() else []
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return False
    return [len(part) for part in parts].count(4) == 1 or all(len(part) == 2 for part in parts)


def blank_row(cells: Sequence[Cell]) -> bool:
    """Tell whether nothing stands in a row."""
    return all(cell.blank for cell in cells)


def cell_at(sheet: Sheet, row: int, column: int) -> Cell:
    """Give the cell at a 0-based position; outside of the sheet it is blank."""
    if not 0 <= row < len(sheet.rows):
        return _NOTHING
    cells = sheet.rows[row]
    return cells[column] if column < len(cells) else _NOTHING
