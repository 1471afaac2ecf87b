"""The bytes of a text file -> a `Frame`, column by column: pyarrow reads, the dialect is decided on a sample."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
from numpy.typing import NDArray

from vsm.model import Problem, Severity
from vsm.reading.decoding import BOMS, decode
from vsm.reading.delimited import delimiter_of, read_delimited
from vsm.reading.limits import Limits
from vsm.reading.logs.frames import Frame, TextColumn
from vsm.reading.logs.large_texts import NotPlainError, NotUtf8Error, Wanted, cells_of, check_utf8, read_large, with_odd
from vsm.reading.logs.log_headers import find_header
from vsm.reading.logs.sheet_frames import frame_of_sheet
from vsm.reading.shapes import ReadError
from vsm.reading.spans import Span, Stored
from vsm.reading.texts import row_ranges

SAMPLE_BYTES = 1 << 18
SAMPLE_LINES = 200
LARGE = 1 << 20
"""Bytes from which on a file is read by pieces."""
BLOCK_BYTES = 1 << 22
"""What is read at once; a row may not be longer."""
LONGEST_CELL = 100_000
"""Characters of a cell; a longer one comes from a quote that was never closed."""
MOST_NAMED = 20
_LINE_END = re.compile(rb"\r\n|\n|\r")


class TornError(Exception):
    """The quotes of the file do not pair."""


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """How to read the file: what its sample told."""

    delimiter: str
    headers: tuple[str, ...]
    lines_before: int
    """Lines up to the header's end."""


def sample_of_text(file: Stored, name: str, limits: Limits) -> list[list[str]]:
    """Read the first couple of hundred lines of a text file as rows of texts."""
    return _sample(Span.of(file), name, limits)[0]


def read_text_frame(file: Stored, name: str, limits: Limits, wanted: Wanted) -> Frame:
    """Read a text file (CSV, TSV ...) into columns; raises `ReadError`.

    Rows that are too short or too long are padded or cut. A large file is read by columns, those that are `wanted`
    first. A file whose quotes do not pair is read line by line, more slowly, and torn lines are reported.
    """
    whole = Span.of(file)
    try:
        return _read_utf8(_without_mark(whole), name, limits, wanted, ())
    except NotUtf8Error:
        text, problems = decode(whole.bytes())
    return _read_utf8(Span.of(text.encode()), name, limits, wanted, problems)


def _without_mark(whole: Span) -> Span:
    """The file without the mark of UTF-8. Raises `NotUtf8Error` where its beginning is of another encoding."""
    head = whole.part(0, 4096).bytes()
    marked = next((encoding for mark, encoding in BOMS if head.startswith(mark)), None)
    if marked not in (None, "utf-8") or b"\x00" in head:
        raise NotUtf8Error
    return whole.part(0 if marked is None else len(codecs.BOM_UTF8))


def _read_utf8(span: Span, name: str, limits: Limits, wanted: Wanted, problems: tuple[Problem, ...]) -> Frame:
    dialect = dialect_of(span, name, limits)
    stem = Path(name).stem
    try:
        columns, numbers, beyond = _read_plain(span, dialect, wanted) or _read_columns(span.bytes(), dialect)
    except (pa.ArrowInvalid, TornError):
        return frame_of_sheet(name, read_delimited(span.bytes(), name, limits), (stem,), problems)
    return Frame(
        file=name,
        sheet=stem,
        sheets=(stem,),
        columns=columns,
        numbers=numbers,
        problems=(*problems, *too_long([int(numbers[row]) for row in beyond[:MOST_NAMED]], len(beyond), stem)),
        beyond=tuple(beyond),
    )


def _sample(span: Span, name: str, limits: Limits) -> tuple[list[list[str]], tuple[int, ...], str]:
    """Rows of texts of the first lines, the line that each begins on, and the delimiter."""
    head = span.part(0, SAMPLE_BYTES).bytes()
    if len(head) < len(span):
        end = head.rfind(b"\n")
        head = head[: end - end % 4] if b"\x00" in head[:64] else head[: end + 1] or head
    lines = decode(head)[0].split("\n")[:SAMPLE_LINES]
    delimiter, _ = delimiter_of(lines)
    sheet = read_delimited("\n".join(lines).encode(), name, limits)
    return [[str(cell.value or "").strip() for cell in row] for row in sheet.rows], sheet.line_numbers or (), delimiter


def dialect_of(span: Span, name: str, limits: Limits) -> Dialect:
    """Tell from the first lines of a file how to read it; raises `ReadError` where they hold nothing."""
    rows, lines, delimiter = _sample(span, name, limits)
    if not any(text for row in rows for text in row):
        raise ReadError(f"“{name}” has no cell with anything in it; bring a table with one row for each event or item.")
    header = find_header(rows)
    first = 0 if header is None else header + 1
    before = lines[first] - 1 if first < len(lines) else lines[-1]
    widths = Counter(len(row) for row in rows[first:] if row)
    names = [] if header is None else rows[header]
    width = max(len(names), widths.most_common(1)[0][0] if widths else 0)
    return Dialect(delimiter=delimiter, headers=(*names, *[""] * (width - len(names))), lines_before=before)


def _read_columns(
    data: bytes, dialect: Dialect
) -> tuple[tuple[TextColumn, ...], NDArray[np.int64] | range, Sequence[int]]:
    """The columns, the line each row begins on, and the rows with more cells than the header."""
    body = _body(Span.of(data), dialect).load()
    columns, breaks, beyond = columns_of(body, dialect, b'"' in data)
    numbers = dialect.lines_before + 1 + np.arange(len(breaks)) + np.cumsum(breaks) - breaks
    return columns, numbers, beyond


def columns_of(
    body: pa.Buffer, dialect: Dialect, quoted: bool
) -> tuple[tuple[TextColumn, ...], NDArray[np.int64], list[int]]:
    """Read bytes below a header: columns, the line breaks in each row's cells, and the rows with cells beyond them.

    Raises `NotUtf8Error`; `TornError` or `ArrowInvalid` where quotes do not pair.
    """
    check_utf8(body)
    odd: list[tuple[int, str]] = []
    table = _table(body, dialect, odd, quoted)
    if odd:
        odd.clear()
        table = _table(body, dialect, odd, quoted, in_order=True)
    return _assemble(table, dialect, odd, quoted)


def _body(span: Span, dialect: Dialect) -> Span:
    """The bytes below the header, which stands in the sample."""
    head = span.part(0, SAMPLE_BYTES).bytes()
    ends = _LINE_END.finditer(head)
    start = 0
    for _ in range(dialect.lines_before):
        end = next(ends, None)
        start = end.end() if end else len(head)
    return span.part(start)


def _read_plain(
    span: Span, dialect: Dialect, wanted: Wanted
) -> tuple[tuple[TextColumn, ...], NDArray[np.int64] | range, Sequence[int]] | None:
    """Read a large file in which each line is a row; `None` for other files."""
    body = _body(span, dialect)
    if len(body) < LARGE:
        return None
    try:
        columns, rows, beyond = read_large(body, dialect.delimiter, dialect.headers, wanted)
    except NotPlainError:
        return None
    return columns, range(dialect.lines_before + 1, dialect.lines_before + 1 + rows), beyond


def _table(
    body: pa.Buffer, dialect: Dialect, odd: list[tuple[int, str]], quoted: bool, *, in_order: bool = False
) -> pa.Table:
    """Read all rows of the right width; the others are collected with their number, which is known only in order."""

    def keep(row: pcsv.InvalidRow) -> str:
        odd.append((row.number or 0, row.text))
        return "skip"

    names = [str(i) for i in range(len(dialect.headers))]
    if body.size == 0:
        return pa.table({name: pa.array([], pa.string()) for name in names})
    return pcsv.read_csv(
        pa.BufferReader(body),
        read_options=pcsv.ReadOptions(column_names=names, block_size=BLOCK_BYTES, use_threads=not in_order),
        parse_options=pcsv.ParseOptions(
            delimiter=dialect.delimiter, newlines_in_values=quoted, ignore_empty_lines=False, invalid_row_handler=keep
        ),
        convert_options=pcsv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, null_values=[]
        ),
    )


def _assemble(
    table: pa.Table, dialect: Dialect, odd: list[tuple[int, str]], quoted: bool
) -> tuple[tuple[TextColumn, ...], NDArray[np.int64], list[int]]:
    """Put the odd rows back in their places; count the line breaks in each row's cells."""
    width = len(dialect.headers)
    cells = cells_of(odd, dialect.delimiter)
    places = np.array([number - 1 for number, _ in odd], dtype=np.int64)
    total = table.num_rows + len(odd)
    breaks = np.zeros(total, dtype=np.int64)
    columns = []
    for index, header in enumerate(dialect.headers):
        texts = table.column(index)
        if odd:
            texts = with_odd(texts, places, [row[index] if index < len(row) else "" for row in cells])
        if quoted:
            _check_whole(texts, dialect)
            breaks += pc.count_substring(texts, "\n").to_numpy(zero_copy_only=False)
        columns.append(TextColumn(index, header, texts))
    beyond = [int(place) for place, row in zip(places, cells, strict=True) if any(t.strip() for t in row[width:])]
    return tuple(columns), breaks, beyond


def _check_whole(texts: pa.ChunkedArray, dialect: Dialect) -> None:
    """Raise `TornError` where a text holds whole rows: a quote was opened and not closed."""
    longest = pc.max(pc.utf8_length(texts)).as_py() or 0
    several = pc.and_(
        pc.greater(pc.count_substring(texts, "\n"), 0),
        pc.greater_equal(pc.count_substring(texts, dialect.delimiter), max(len(dialect.headers) - 1, 1)),
    )
    if longest > LONGEST_CELL or pc.any(several).as_py():
        raise TornError


def too_long(first: Sequence[int], count: int, sheet: str) -> tuple[Problem, ...]:
    """Say which rows have cells beyond the header, by the numbers of the first of them, and how many there are."""
    if not first:
        return ()
    shown = row_ranges(list(first)) + (f" and {count - MOST_NAMED:,} more" if count > MOST_NAMED else "")
    message = (
        f"More cells than the header has columns: {shown}. The cells beyond the header were not read; look whether a "
        "cell with the delimiter in it lacks its quotation marks."
    )
    return (
        Problem(
            severity=Severity.WARNING, repair="Cells beyond the header", message=message, sheet=sheet, row=first[0]
        ),
    )
