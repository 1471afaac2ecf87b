"""A sheet of cells -> a `Frame`: each cell as text, dates as ISO 8601, durations as h:mm:ss."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from vsm.folding import fold
from vsm.model import Problem, Severity
from vsm.reading.glance import blank_row
from vsm.reading.logs.frames import Frame, column_of_texts
from vsm.reading.logs.log_headers import find_header, header_score, header_words
from vsm.reading.shapes import Cell, ReadError, Sheet, Workbook
from vsm.reading.texts import cell_text, listed

LOOK_INTO_ROWS = 200
UNREAD_SHEETS = "Sheets that were not read"


def sample_of_sheet(sheet: Sheet) -> list[list[str]]:
    """Return the texts of the first couple of hundred rows."""
    return [[log_text(cell) for cell in row] for row in sheet.rows[:LOOK_INTO_ROWS]]


def choose_log_sheet(workbook: Workbook, named: str | None) -> Sheet:
    """Pick the sheet a person named, else the visible one whose header names most columns of a log.

    Raises `ReadError` where the name is unknown.
    """
    if named is not None:
        found = next((s for s in workbook.sheets if s.name == named), None)
        found = found or next((s for s in workbook.sheets if fold(s.name) == fold(named)), None)
        if found is None:
            names = listed([f"“{sheet.name}”" for sheet in workbook.sheets])
            raise ReadError(f"There is no sheet named “{named}”. The file has the sheets {names}; choose one of them.")
        return found
    filled = [sheet for sheet in workbook.sheets if not all(blank_row(row) for row in sheet.rows)]
    candidates = [sheet for sheet in filled if not sheet.hidden] or filled
    if not candidates:
        raise ReadError(
            f"“{workbook.file}” has no cell with anything in it; bring a table with one row for each event."
        )
    return max(candidates, key=lambda sheet: (header_score(sample_of_sheet(sheet)), len(sheet.rows) > 1))


def frame_of_workbook(workbook: Workbook, named: str | None) -> Frame:
    """Turn one sheet of an opened file into columns: the named one, else the one that looks most like a log.

    Where nobody named one and others have the same header, a problem says that they were not read. Raises `ReadError`
    where the name is unknown.
    """
    sheet = choose_log_sheet(workbook, named)
    unread = [] if named is not None else _of_same_header(workbook, sheet)
    problems = (*workbook.problems, *unread_sheets(sheet.name, unread))
    return frame_of_sheet(workbook.file, sheet, tuple(s.name for s in workbook.sheets), problems)


def _of_same_header(workbook: Workbook, sheet: Sheet) -> list[str]:
    """Name the other visible sheets with rows under a header of the same words."""
    header = header_words(sample_of_sheet(sheet))
    others = [other for other in workbook.sheets if other is not sheet and not other.hidden]
    return [other.name for other in others if header and header_words(sample_of_sheet(other)) == header]


def unread_sheets(read: str, unread: Sequence[str]) -> tuple[Problem, ...]:
    """Say of the sheets that may hold more of the same log that their rows do not count."""
    if not unread:
        return ()
    sheets = f"The sheet{'' if len(unread) == 1 else 's'} {listed([f'“{name}”' for name in unread])}"
    have, their = ("has", "its") if len(unread) == 1 else ("have", "their")
    message = (
        f"{sheets} {have} the same columns as “{read}”, but only “{read}” was read, so {their} rows do not count. Put "
        f"the rows of all sheets into one, or choose another sheet to read that one instead."
    )
    return (Problem(severity=Severity.WARNING, repair=UNREAD_SHEETS, message=message, sheet=read),)


def frame_of_sheet(file: str, sheet: Sheet, sheets: tuple[str, ...], problems: tuple[Problem, ...]) -> Frame:
    """Turn a sheet of cells into columns: the header is found, rows below it are the log's."""
    header = find_header(sample_of_sheet(sheet))
    first = 0 if header is None else header + 1
    rows = list(sheet.rows[first:])
    while rows and blank_row(rows[-1]):
        rows.pop()
    names = [] if header is None else [log_text(cell) for cell in sheet.rows[header]]
    width = max((len(row) for row in rows), default=0)
    names += [""] * (width - len(names))
    return Frame(
        file=file,
        sheet=sheet.name,
        sheets=sheets,
        columns=tuple(column_of_texts(i, name, _texts(rows, i)) for i, name in enumerate(names)),
        numbers=np.array([sheet.number(first + i) for i in range(len(rows))], dtype=np.int64),
        problems=(*problems, *sheet.problems),
    )


def _texts(rows: Sequence[Sequence[Cell]], column: int) -> list[str]:
    return [log_text(row[column]) if column < len(row) else "" for row in rows]


def log_text(cell: Cell) -> str:
    """Write a cell so that nothing of a timestamp or a duration is lost.

    >>> log_text(Cell(dt.datetime(2026, 1, 5, 10, 14, 30))), log_text(Cell(dt.timedelta(hours=26, seconds=5)))
    ('2026-01-05T10:14:30', '26:00:05')
    """
    value = cell.value
    if cell.error is None and isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    return cell_text(cell)
