"""A large workbook's bytes -> a `Frame`: read to Arrow in a child process, with limits on memory and time."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from vsm.model import Problem, Severity
from vsm.reading.in_child import ask_child
from vsm.reading.limits import Limits
from vsm.reading.logs.frames import Frame, TextColumn
from vsm.reading.logs.log_headers import find_header
from vsm.reading.logs.sheets_as_one import as_one_log
from vsm.reading.parts import damaged
from vsm.reading.texts import column_letter, listed

LARGE = 8 * 1024 * 1024
"""Unpacked bytes from which on a workbook is read by columns; below, cell by cell with all that a cell tells."""
SAMPLE_ROWS = 60
_NEAR_ZERO = r"^(?:1899-12-31|190[0-4]-\d\d-\d\d) \d\d:"
CHILD = Path(__file__).with_name("book_child.py")


def read_book_frame(data: bytes, name: str, sheet: str | None, limits: Limits) -> Frame:
    """Read the log of a large workbook: the named sheet, else the one whose header names most of its columns.

    Other sheets with rows of the same log are read with it. Error cells count as blank, which is said. Raises
    `ReadError`.
    """
    return as_one_log([_frame(table, name) for table in _in_child(data, name, sheet, limits)], sheet)


def _frame(table: pa.Table, name: str) -> Frame:
    about = json.loads(table.schema.metadata[b"about"])
    blank = [pa.nulls(table.num_rows, pa.string())] * about["first_column"]
    texts = [_with_durations(pc.fill_null(column, "")) for column in (*blank, *table.columns)]
    head = [[column[row].as_py() for column in texts] for row in range(min(SAMPLE_ROWS, table.num_rows))]
    header = find_header(head)
    first = 0 if header is None else header + 1
    titles = [""] * len(texts) if header is None else [title.strip() for title in head[header]]
    return Frame(
        file=name,
        sheet=about["sheet"],
        sheets=tuple(about["sheets"]),
        columns=tuple(TextColumn(i, titles[i], column.slice(first)) for i, column in enumerate(texts)),
        numbers=range(first + 1, table.num_rows + 1),
        problems=_error_cells(about),
    )


def _error_cells(about: dict[str, Any]) -> tuple[Problem, ...]:
    if not about["error_count"]:
        return ()
    cells = [f"{column_letter(about['first_column'] + column)}{row + 1}" for row, column in about["errors"]]
    more = about["error_count"] - len(cells)
    places = listed(cells) if not more else f"{', '.join(cells)} and {more:,} more"
    one = about["error_count"] == 1
    subject, verb, counts = ("The cell", "holds", "counts") if one else ("The cells", "hold", "count")
    return (
        Problem(
            severity=Severity.WARNING,
            repair="Cells with an error",
            message=f"{subject} {places} of sheet “{about['sheet']}” {verb} an error of the spreadsheet, such as #N/A, "
            f"and {counts} as blank. Correct the formula or fill in the value.",
            sheet=about["sheet"],
            row=about["errors"][0][0] + 1,
        ),
    )


def _with_durations(texts: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Write as h:mm:ss what comes as a moment soon after a spreadsheet's day 0: a cell that shows a length of time."""
    if not pc.any(pc.match_substring_regex(texts, _NEAR_ZERO)).as_py():
        return texts
    encoded = pc.dictionary_encode(texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts)
    return pa.array([_length(text) for text in encoded.dictionary.to_pylist()], pa.string()).take(encoded.indices)


def _length(text: str) -> str:
    """Write one moment as a length of time, all else as it is.

    >>> _length("1900-01-01 02:00:05"), _length("2026-01-05 10:00:00")
    ('26:00:05', '2026-01-05 10:00:00')
    """
    if re.match(_NEAR_ZERO, text) is None:
        return text
    # Spreadsheets have a 29 February 1900, which never was.
    zero = dt.datetime(1899, 12, 31) if text < "1900-03-01" else dt.datetime(1899, 12, 30)
    seconds = round((dt.datetime.fromisoformat(text) - zero).total_seconds())
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _in_child(data: bytes, name: str, sheet: str | None, limits: Limits) -> list[pa.Table]:
    answer = ask_child(CHILD, {"sheet": sheet}, data, name, limits)
    if not answer:
        raise damaged(name)
    tables, source = [], pa.BufferReader(answer)
    try:
        while source.tell() < len(answer):
            tables.append(pa.ipc.open_stream(source).read_all())
    except pa.ArrowInvalid as error:
        raise damaged(name) from error
    return tables
