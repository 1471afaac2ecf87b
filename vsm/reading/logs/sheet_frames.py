"""A sheet of cells -> a `Frame`: each cell as text, dates as ISO 8601, durations as h:mm:ss."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from vsm.folding import fold
from vsm.model import Problem, Severity
from vsm.reading.glance import blank_row
from vsm.reading.logs.frames import Frame, column_of_texts
from vsm.reading.logs.log_headers import find_header, header_score, header_words, of_one_log
from vsm.reading.logs.sheets_as_one import as_one_log
from vsm.reading.shapes import Cell, ReadError, Sheet, Workbook
from vsm.reading.texts import cell_text

LOOK_INTO_ROWS = 200


def sample_of_sheet(sheet: Sheet) -> list[list[str]]:
    """Return the texts of the first couple of hundred rows."""
    return [[log_text(cell) for cell in row] for row in sheet.rows[:LOOK_INTO_ROWS]]


def choose_log_sheets(workbook: Workbook, named: str | None) -> tuple[Sheet, ...]:
    """Pick the sheet a person named, else the visible one whose header names most columns of a log, with its likes.

    Those are the other visible sheets that hold rows of the same log. A name that is unknown counts as none.
    """
    if named is not None:
        found = next((s for s in workbook.sheets if s.name == named), None)
        found = found or next((s for s in workbook.sheets if fold(s.name) == fold(named)), None)
        if found is not None:
            return (found,)
    filled = [sheet for sheet in workbook.sheets if not all(blank_row(row) for row in sheet.rows)]
    candidates = [sheet for sheet in filled if not sheet.hidden] or filled
    if not candidates:
        raise ReadError(
            f"“{workbook.file}” has no cell with anything in it; bring a table with one row for each event."
        )
    samples = {sheet.name: sample_of_sheet(sheet) for sheet in candidates}
    words = {name: header_words(sample) for name, sample in samples.items()}
    best = max(candidates, key=lambda sheet: (header_score(samples[sheet.name]), bool(words[sheet.name])))
    return tuple(sheet for sheet in candidates if sheet is best or of_one_log(words[best.name], words[sheet.name]))


def frame_of_workbook(workbook: Workbook, named: str | None) -> Frame:
    """Turn sheets of an opened file into columns: the named one, else those that look most like a log, as one."""
    sheets = tuple(sheet.name for sheet in workbook.sheets)
    frame = as_one_log(
        [frame_of_sheet(workbook.file, sheet, sheets, ()) for sheet in choose_log_sheets(workbook, named)], named
    )
    return replace(frame, problems=(*workbook.problems, *frame.problems))


def frame_of_sheet(file: str, sheet: Sheet, sheets: tuple[str, ...], problems: tuple[Problem, ...]) -> Frame:
    """Turn a sheet of cells into columns: the header is found, rows below it are the log's."""
    header = find_header(sample_of_sheet(sheet))
    first = 0 if header is None else header + 1
    every, filled = _filled_down(sheet, first)
    rows = list(every[first:])
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
        problems=(*problems, *sheet.problems, *_merged_note(sheet, filled)),
    )


def _filled_down(sheet: Sheet, first: int) -> tuple[Sequence[Sequence[Cell]], int]:
    """Give each row from `first` on that a merged cell spans what the cell shows; returns how many cells got it."""
    down = [m for m in sheet.merged if m.first_row >= first and m.last_row > m.first_row]
    if not down:
        return sheet.rows, 0
    rows, filled = [list(row) for row in sheet.rows], 0
    for merged in down:
        shown, column = rows[merged.first_row][merged.first_column : merged.first_column + 1], merged.first_column
        for row in rows[merged.first_row + 1 : merged.last_row + 1]:
            # Rows that hold nothing else stay blank.
            if shown and not blank_row(row):
                row += [Cell()] * (column + 1 - len(row))
                row[column] = shown[0]
                filled += 1
    return rows, filled


def _merged_note(sheet: Sheet, filled: int) -> tuple[Problem, ...]:
    if not filled:
        return ()
    cells = "1 cell" if filled == 1 else f"{filled:,} cells"
    message = (
        f"In sheet “{sheet.name}” {cells} below the first of merged ones had nothing of their own, and were read as "
        "what the merged cell shows, as it stands for all of its rows."
    )
    return (Problem(severity=Severity.NOTE, repair="Merged cells", message=message, sheet=sheet.name),)


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
