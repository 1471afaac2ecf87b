"""Arrow batches as Spark hands them over -> frames of texts, with the number of each row as a person counts it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from vsm.reading.logs.frames import Frame, TextColumn
from vsm.reading.logs.large_texts import NotUtf8Error
from vsm.reading.logs.text_frames import Dialect, TornError, columns_of
from vsm.reading.shapes import ReadError

ID = "vsm_id"
"""Column of what Spark counts rows by: ascending in each piece of a file, with gaps between pieces."""
LINE = "vsm_line"
"""Column of the lines of a text file, as bytes."""
_UTF8_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, kw_only=True, eq=False)
class Pieces:
    """The pieces in which Spark reads, in the order of their first ids; columns of one length."""

    first_id: NDArray[np.int64]
    before: NDArray[np.int64]
    """Rows or lines in the pieces that a person would see before this one."""
    before_in_file: NDArray[np.int64]
    """Those of them that are of the same file."""

    def places(self, ids: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the place of each row among all and in its file, counted from 0."""
        piece = np.searchsorted(self.first_id, ids, side="right") - 1
        inside = ids - self.first_id[piece]
        return self.before[piece] + inside, self.before_in_file[piece] + inside


class Shape(Protocol):
    """How the batches of a source become frames."""

    @property
    def name(self) -> str:
        """What a person calls the source."""

    @property
    def headers(self) -> tuple[str, ...]:
        """The texts of the header."""

    @property
    def first_number(self) -> int:
        """The number of the first row."""

    def frame(self, batch: pa.RecordBatch) -> Frame:
        """Return the rows of a batch; raises `ReadError`."""


@dataclass(frozen=True, kw_only=True, eq=False)
class TableShape:
    """Columns of a table or of Parquet files; rows are numbered as in a sheet whose first row is the header."""

    name: str
    headers: tuple[str, ...]
    pieces: Pieces
    first_number: int = 2

    def frame(self, batch: pa.RecordBatch) -> Frame:
        """Return the rows of a batch, each cell as text."""
        places, _ = self.pieces.places(batch.column(ID).to_numpy())
        texts = [_texts(batch.column(str(index))) for index in range(len(self.headers))]
        columns = [TextColumn(i, title, text) for i, (title, text) in enumerate(zip(self.headers, texts, strict=True))]
        return _frame(self.name, columns, places + self.first_number)


def _texts(column: pa.Array) -> pa.Array:
    """Write moments as ISO 8601, those of a known instant in UTC; other columns are texts already."""
    if pa.types.is_timestamp(column.type):
        zone = None if column.type.tz is None else "UTC"
        column = column.cast(pa.timestamp("us", zone))
        with suppress(pa.ArrowInvalid):  # where none has a fraction of a second, none is written
            column = column.cast(pa.timestamp("s", zone))
    return pc.fill_null(column.cast(pa.string()), "")


@dataclass(frozen=True, kw_only=True, eq=False)
class TextShape:
    """Lines of text files, each of which begins with the same header."""

    name: str
    dialect: Dialect
    header_lines: tuple[bytes, ...]
    pieces: Pieces

    @property
    def headers(self) -> tuple[str, ...]:
        """The texts of the header."""
        return self.dialect.headers

    @property
    def first_number(self) -> int:
        """The line behind the header."""
        return self.dialect.lines_before + 1

    def frame(self, batch: pa.RecordBatch) -> Frame:
        """Read lines as rows of texts; raises `ReadError` where a row and a line are not the same."""
        places, in_file = self.pieces.places(batch.column(ID).to_numpy())
        lines = batch.column(LINE).to_pylist()
        rows = in_file >= self.dialect.lines_before
        self._check_header(lines, in_file)
        body = b"".join(line + b"\n" for line, is_row in zip(lines, rows, strict=True) if is_row)
        try:
            columns, breaks, beyond = columns_of(pa.py_buffer(body), self.dialect, b'"' in body)
        except NotUtf8Error:
            raise ReadError(
                f"“{self.name}” is not written in UTF-8, which Spark needs; save it as UTF-8 or as Parquet."
            ) from None
        except (pa.ArrowInvalid, TornError):
            raise _torn(self.name) from None
        if breaks.any() or len(breaks) != int(rows.sum()):
            raise _torn(self.name)
        return _frame(self.name, columns, places[rows] + 1, beyond)

    def _check_header(self, lines: Sequence[bytes], in_file: NDArray[np.int64]) -> None:
        for place in np.flatnonzero(in_file < self.dialect.lines_before):
            if without_mark(lines[int(place)]) != self.header_lines[int(in_file[place])]:
                raise ReadError(
                    f"The files of “{self.name}” do not all begin with the same header; bring those that do."
                )


def without_mark(line: bytes) -> bytes:
    """Take the mark of UTF-8 from the beginning of a line."""
    return line.removeprefix(_UTF8_MARK)


def _torn(name: str) -> ReadError:
    return ReadError(
        f"“{name}” has a cell with a line break in it, or quotation marks that do not pair, so it cannot be cut at its "
        "lines; save it as Parquet, or read it without “spark:”."
    )


def _frame(name: str, columns: Sequence[TextColumn], numbers: NDArray[np.int64], beyond: Sequence[int] = ()) -> Frame:
    return Frame(
        file=name, sheet="", sheets=(), columns=tuple(columns), numbers=numbers, problems=(), beyond=tuple(beyond)
    )
