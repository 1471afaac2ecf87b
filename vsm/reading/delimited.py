"""The bytes of a text file (CSV, TSV, txt) -> one sheet of text cells, in whatever dialect it was written."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from vsm.model import Problem, Severity
from vsm.reading.decoding import decode
from vsm.reading.limits import Limits
from vsm.reading.shapes import Cell, ReadError, Sheet

DELIMITERS = "\t;|,"
"""Rarest in prose first: where two split the file equally well, the rarer one is meant."""

NO_DELIMITER = "\x1f"
"""Stands for "one column": `decode` has taken every control character out, so it splits nothing."""

SAMPLE_LINES = 200
SAMPLE_WIDTH = 20_000
LEAST_SHARE = 0.3
"""Of the rows that must be equally wide; below, a comma now and then is prose and no delimiter."""
MOST_COLUMNS = 16_384
LONG_TEAR = 1_000
"""Lines swallowed by a quote that never closes; after `MOST_LONG_TEARS` of those, quotes are taken literally."""
MOST_LONG_TEARS = 20
MOST_TORN_NAMED = 20

EMPTY = Cell("")


class _Dialect(NamedTuple):
    delimiter: str
    spaced: bool
    """Whether a space between a delimiter and a quotation mark belongs to neither cell (1, "a, b")."""


class _Row(NamedTuple):
    cells: list[str]
    line: int
    torn: bool


def read_delimited(data: bytes, name: str, limits: Limits) -> Sheet:
    """Read a text file as a sheet with the file's name less its end; every cell is text, "NA" and "TRUE" included.

    Blank lines stay as rows without cells and `line_numbers` gives each row's first line in a text editor; a "sep="
    line is obeyed and is no row. A quote that is never closed tears its own line only. Raises `ReadError`.
    """
    text, problems = decode(data)
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    if len(lines) > limits.rows:
        raise ReadError(
            f"“{name}” has {len(lines):,} lines, more than the {limits.rows:,} that are read; a table of stages has "
            "one row for each stage, so bring that table alone, or say that this is a log of items."
        )
    delimiter = _stated_delimiter(lines)
    first = 0 if delimiter is None else 1
    dialect = _dialect(lines, first, _best_delimiter(lines) if delimiter is None else delimiter)
    rows = tuple(_bounded(_rows(lines, first, dialect), name, limits))
    return Sheet(
        name=Path(name).stem,
        rows=tuple(tuple(Cell(text) if text else EMPTY for text in row.cells) for row in rows),
        problems=(*problems, *_torn_problems([row.line for row in rows if row.torn])),
        decimal_comma=_decimal_comma(rows, dialect.delimiter),
        line_numbers=tuple(row.line for row in rows),
    )


def delimiter_of(lines: list[str]) -> tuple[str, int]:
    """Find the delimiter of a text file and how many lines state it ("sep=;") and are no rows: 0 or 1."""
    stated = _stated_delimiter(lines)
    return (_best_delimiter(lines), 0) if stated is None else (stated, 1)


def _stated_delimiter(lines: list[str]) -> str | None:
    """Find the delimiter that a first line "sep=;" states, as Excel writes and obeys it."""
    found = re.fullmatch(r'\s*"?sep=(.)"?[,;|\t]*', lines[0], re.IGNORECASE) if lines else None
    return found.group(1) if found else None


def _best_delimiter(lines: list[str]) -> str:
    sample = [line[:SAMPLE_WIDTH] for line in lines[:SAMPLE_LINES]]
    shares = {delimiter: _even_share(sample, _Dialect(delimiter, False)) for delimiter in DELIMITERS}
    best = max(shares, key=lambda delimiter: shares[delimiter])
    return best if shares[best] >= LEAST_SHARE else NO_DELIMITER


def _dialect(lines: list[str], first: int, delimiter: str) -> _Dialect:
    """Take spaces before quotation marks for part of the quoting only where that makes the rows more even."""
    sample = [line[:SAMPLE_WIDTH] for line in lines[first : first + SAMPLE_LINES]]
    plain, spaced = _Dialect(delimiter, False), _Dialect(delimiter, True)
    return spaced if _even_share(sample, spaced) > _even_share(sample, plain) else plain


def _even_share(lines: list[str], dialect: _Dialect) -> float:
    """Measure which share of the rows has the most usual number of fields (above one), torn rows counting against."""
    rows = [row for row in _rows(lines, 0, dialect) if any(cell.strip() for cell in row.cells)]
    if not rows:
        return 1.0  # nothing but delimiters
    widths = Counter(len(row.cells) for row in rows if len(row.cells) > 1 and not row.torn)
    return max(widths.values(), default=0) / len(rows)


def _rows(lines: list[str], first: int, dialect: _Dialect) -> Iterator[_Row]:
    """Split lines into rows; a row that breaks the rules of quoting is cut off at its own line and marked torn."""
    at = first
    long_tears = 0

    def ahead() -> Iterator[str]:
        nonlocal at
        while at < len(lines):
            at += 1
            yield lines[at - 1] + "\n"

    delimiter, spaced = dialect
    reader = csv.reader(ahead(), delimiter=delimiter, skipinitialspace=spaced, strict=True)
    while at < len(lines):
        start = at
        if long_tears >= MOST_LONG_TEARS:
            at += 1
            yield _Row(lines[start].split(delimiter), start + 1, '"' in lines[start])
            continue
        try:
            row = _Row(next(reader), start + 1, False)
        except csv.Error:
            long_tears += at - start > LONG_TEAR
            row = _Row(*_torn_line(lines[start], delimiter, start + 1))
            at = start + 1
            reader = csv.reader(ahead(), delimiter=delimiter, skipinitialspace=spaced, strict=True)
        yield row


def _torn_line(line: str, delimiter: str, number: int) -> tuple[list[str], int, bool]:
    """Split one line whose quotes break the rules: leniently where they pair up, else with quotes as plain text."""
    if line.count('"') % 2 == 0 and len(line) < csv.field_size_limit():
        return next(csv.reader([line], delimiter=delimiter)), number, True
    return line.split(delimiter), number, True


def _torn_problems(lines: list[int]) -> list[Problem]:
    named = [
        f"Line {line} has a quotation mark that does not close where a cell ends; the line was read on its own, so "
        "look whether its cells are right."
        for line in lines[:MOST_TORN_NAMED]
    ]
    if len(lines) > MOST_TORN_NAMED:
        named.append(
            f"{len(lines):,} lines in all have quotation marks that do not close where a cell ends, which is more than "
            "a slip; save the table again as CSV or xlsx from your spreadsheet program and bring that."
        )
    numbers = [*lines[:MOST_TORN_NAMED], None]
    return [
        Problem(severity=Severity.WARNING, repair="Stray quotation marks", message=message, row=number)
        for message, number in zip(named, numbers, strict=False)
    ]


def _bounded(rows: Iterator[_Row], name: str, limits: Limits) -> Iterator[_Row]:
    cells = 0
    for row in rows:
        cells += len(row.cells)
        if len(row.cells) > MOST_COLUMNS:
            raise ReadError(
                f"Line {row.line} of “{name}” has {len(row.cells):,} cells, more than the {MOST_COLUMNS:,} columns of "
                "a spreadsheet; bring a table with one row for each stage."
            )
        if cells > limits.cells:
            raise ReadError(
                f"“{name}” has more than {limits.cells:,} cells; a table of stages has one row for each stage, so "
                "bring that table alone."
            )
        yield row


def _decimal_comma(rows: tuple[_Row, ...], delimiter: str) -> bool | None:
    """Decide from the numbers themselves; where every one is ambiguous ("1,234"), semicolons tell a decimal comma."""
    commas = points = doubtful = 0
    for row in rows[:SAMPLE_LINES]:
        for cell in row.cells:
            for number in re.findall(r"(?<![\d.,])\d[\d.,]*\d", cell[:100]):
                commas += bool(re.fullmatch(r"\d{1,3}(\.\d{3})+,\d+|\d+,(\d{1,2}|\d{4,})|0,\d+", number))
                points += bool(re.fullmatch(r"\d{1,3}(,\d{3})+\.\d+|\d+\.(\d{1,2}|\d{4,})|0\.\d+", number))
                doubtful += bool(re.fullmatch(r"\d+,\d{3}", number))
    if bool(commas) != bool(points):
        return commas > 0
    return True if delimiter == ";" and doubtful and not points else None
