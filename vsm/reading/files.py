"""Bytes, a path or typed cells -> a `Workbook`: the content decides what a file is, not its name."""

from __future__ import annotations

import datetime as dt
import math
import stat
from collections.abc import Sequence
from numbers import Real
from pathlib import Path

from vsm.model import Problem, Severity
from vsm.reading.decoding import whole_letters
from vsm.reading.delimited import read_delimited
from vsm.reading.html_tables import read_html
from vsm.reading.json_items import read_json_items
from vsm.reading.limits import Limits, megabytes
from vsm.reading.recognise import Kind, promised, recognise
from vsm.reading.shapes import Cell, ReadError, Sheet, Workbook
from vsm.reading.spans import Stored
from vsm.reading.workbooks import read_workbook

LARGE = 1 << 23
"""Bytes of a file that is better read in parts."""


def open_bytes(data: bytes, name: str, limits: Limits | None = None) -> Workbook:
    """Open a CSV, TSV, txt, xlsx, xlsm, xls, xlsb or ods file, or a JSON list of items, as a `Workbook`.

    Raises `ReadError` for all else. What the file really is decides; where that is not what `name` says, a problem of
    the workbook tells so. `None`: the limits that the environment sets, else their defaults.
    """
    limits = limits or Limits.from_environment()
    if not data:
        raise ReadError(f"“{name}” is empty; bring a file with a table of stages or a log of items.")
    if len(data) > limits.upload_bytes:
        raise ReadError(
            f"“{name}” has {megabytes(len(data))}, more than the {megabytes(limits.upload_bytes)} that are read; copy "
            "the table of stages alone into a new file and bring that."
        )
    kind, parts = recognise(data, name, limits)
    sheets: tuple[Sheet, ...]
    problems: tuple[Problem, ...] = ()
    if kind is Kind.TEXT:
        sheets = (read_delimited(data, name, limits),)
    elif kind is Kind.HTML:
        sheets, problems = read_html(data, name, limits)
    elif kind is Kind.JSON:
        sheets, problems = read_json_items(data, name, limits)
    else:
        sheets, problems = read_workbook(data, kind, parts, name, limits)
    if not any(not cell.blank for sheet in sheets for row in sheet.rows for cell in row):
        raise ReadError(f"“{name}” has no cell with anything in it; bring a table of stages or a log of items.")
    return Workbook(file=name, sheets=sheets, problems=(*_not_as_named(kind, name), *problems))


def _not_as_named(kind: Kind, name: str) -> tuple[Problem, ...]:
    expected = promised(name)
    if expected is None or expected is kind:
        return ()
    message = (
        f"By its name “{name}” is {expected.value}, but inside it is {kind.value}; it was read as what it is. Look "
        "whether the table came out right, and save it under the right name."
    )
    return (Problem(severity=Severity.NOTE, repair="Read as what it is, not as its name says", message=message),)


def open_path(path: str | Path, limits: Limits | None = None) -> Workbook:
    """Open the file at `path`, as `open_bytes` does. Raises `ReadError` where there is no such file, too."""
    limits = limits or Limits.from_environment()
    return open_bytes(bytes_at(path, limits), Path(path).name, limits)


def bytes_at(path: str | Path, limits: Limits) -> bytes:
    """Return the bytes of the file at `path`, no more than one above the limit; raises `ReadError` without a file."""
    file = Path(path)
    try:
        with file.open("rb") as stream:
            return stream.read(limits.upload_bytes + 1)
    except (OSError, ValueError) as error:
        raise _cannot_open(file, error) from error


def stored_at(path: str | Path, limits: Limits) -> Stored:
    """Return where a large file is, as it can be read in parts, and the bytes of all else that can be opened.

    Raises `ReadError` where nothing can.
    """
    file = Path(path)
    try:
        about = file.stat()
        if not stat.S_ISREG(about.st_mode) or about.st_size <= LARGE:
            return bytes_at(file, limits)
        with file.open("rb"):
            return file
    except (OSError, ValueError) as error:
        raise _cannot_open(file, error) from error


def _cannot_open(file: Path, error: Exception) -> ReadError:
    reason = (getattr(error, "strerror", None) or "unknown reason").lower()
    return ReadError(f"“{file}” cannot be opened ({reason}); look whether the path is right.")


def from_grid(rows: Sequence[Sequence[object]], name: str = "Typed table") -> Workbook:
    """Take cells that were typed in or pasted: text, numbers and `None`; not-a-number counts as nothing typed."""
    sheet = Sheet(name=name, rows=tuple(tuple(_typed(value) for value in row) for row in rows))
    return Workbook(file=name, sheets=(sheet,))


def _typed(value: object) -> Cell:
    """Keep what a cell can hold; numbers of other libraries become plain ones."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return Cell()
    if isinstance(value, str):
        return Cell(whole_letters(value))
    if isinstance(value, bool | int | float | dt.date | dt.time | dt.timedelta):
        return Cell(value)
    return Cell(float(value)) if isinstance(value, Real) else Cell(str(value))
