"""Cells -> the text a person sees in them, column letters, and lists of things in a sentence."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from vsm.reading.shapes import Cell

_SPACES = re.compile(r"\s+")


def cell_text(cell: Cell) -> str:
    """Write a cell as a person sees it: single spaces, whole numbers without ".0", durations as h:mm.

    >>> cell_text(Cell(7.0)), cell_text(Cell(dt.timedelta(hours=26))), cell_text(Cell(error="#DIV/0!"))
    ('7', '26:00', '#DIV/0!')
    """
    value = cell.value
    if cell.error is not None:
        return cell.error
    if value is None:
        return ""
    if isinstance(value, str):
        return _SPACES.sub(" ", value).strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number_text(value, cell.format)
    if isinstance(value, dt.time):
        value = dt.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    if isinstance(value, dt.timedelta):
        return _clock_text(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    return value.isoformat()


def _number_text(value: float, number_format: str | None) -> str:
    if number_format is not None and "%" in number_format:
        return f"{value * 100:.10g}%"
    return str(int(value)) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else str(value)


def _clock_text(value: dt.timedelta) -> str:
    seconds = round(abs(value.total_seconds()))
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    sign = "-" if value.total_seconds() < 0 else ""
    return f"{sign}{hours}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


def column_letter(index: int) -> str:
    """Name a column as a spreadsheet does.

    >>> column_letter(0), column_letter(25), column_letter(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def listed(things: Sequence[str], joining: str = "and") -> str:
    """Join things as in a sentence.

    >>> listed(["a", "b", "c"]), listed(["a"])
    ('a, b and c', 'a')
    """
    return " ".join(filter(None, [", ".join(things[:-1]), joining if len(things) > 1 else "", things[-1]]))


def row_ranges(rows: Sequence[int]) -> str:
    """Write ascending row numbers short, with the right noun.

    >>> row_ranges([3]), row_ranges([2, 3, 4, 7])
    ('row 3', 'rows 2 to 4 and 7')
    """
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    parts = [part for run in runs for part in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run))]
    return ("row " if len(rows) == 1 else "rows ") + listed(parts)
