"""A large text file -> a `Frame` whose columns are read by pieces of the file, in threads, and only where needed.

The first rows tell which columns will be needed and which are times; those are read in one go. Others are read when
somebody asks for them, all at once. Text columns become codes and times microseconds piece by piece, so that the
file's texts never lie in memory as a whole beside its bytes.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
from numpy.typing import NDArray

from vsm.reading.logs.frames import (
    BLANK,
    FEW,
    LOOK_INTO_ROWS,
    Codes,
    Frame,
    TextColumn,
    column_of_texts,
    smallest,
    tidy,
)
from vsm.reading.logs.timestamps import UNREADABLE, Iso, in_range
from vsm.reading.spans import Span
from vsm.worktime import Times

PIECE = 1 << 23
"""Bytes that a thread reads at once; a row may not be longer."""
HEAD = 1 << 20
"""Bytes of the first rows."""
THREADS = 2
NEAR = 1 << 17
"""Bytes that stay near the processor."""
LONGEST_LINE = 1 << 16
"""Bytes of a last line that are looked at."""
_LINE_END, _QUOTE = 10, 34
_EMPTY = pa.array([], pa.string())

Wanted = Callable[[Frame], Iterable[int]]
"""First rows -> the columns that will be needed."""


class NotPlainError(Exception):
    """Rows and lines of the file do not fall together, so it cannot be cut at its line ends."""


class NotUtf8Error(Exception):
    """The file is in another encoding than UTF-8."""


class _NotIsoError(Exception):
    """Columns that are not times throughout, although they begin as such."""

    def __init__(self, columns: Collection[int]) -> None:
        super().__init__(f"{len(columns)} columns")
        self.columns = columns


@dataclass(frozen=True, kw_only=True, eq=False)
class _Piece:
    """What one piece of the file holds."""

    rows: int
    codes: dict[int, tuple[Codes, pa.StringArray]]
    times: dict[int, Times]
    beyond: list[int]


class Pieces:
    """The rows of a file that is cut at its line ends, read by column."""

    def __init__(self, body: Span, delimiter: str, width: int) -> None:
        self._body, self._delimiter, self._width = body, delimiter, width
        self._cuts = _cut(body)
        self._naive: dict[int, bool] = {}
        self.codes: dict[int, Codes] = {}
        self.values: dict[int, pa.StringArray] = {}
        self.times: dict[int, Times] = {}
        self.rows = 0
        self.beyond: tuple[int, ...] = ()

    def head(self, headers: Sequence[str]) -> tuple[TextColumn, ...]:
        """The texts of the first rows. Raises `NotPlainError` and `NotUtf8Error`."""
        first = self._body.part(0, _last_line_end(self._body, 0, min(HEAD, len(self._body)))).load()
        check_utf8(first)
        table = self._strings(first, range(self._width))[0].slice(0, LOOK_INTO_ROWS)
        return tuple(column_of_texts(i, title, table.column(i).to_pylist()) for i, title in enumerate(headers))

    def load(self, texts: Iterable[int], times: dict[int, bool]) -> None:
        """Read columns: some as texts, some as times, which are without a zone (True) or all with one.

        What turns out to be no time is read as text. Raises `NotPlainError` and `NotUtf8Error`.
        """
        wanted, stamps = sorted(set(texts)), dict(times)
        while True:
            try:
                pieces = self._read(wanted, stamps)
                break
            except _NotIsoError as error:
                wanted = sorted({*wanted, *error.columns})
                stamps = {column: naive for column, naive in stamps.items() if column not in error.columns}
        counts = np.array([piece.rows for piece in pieces])
        self.rows, starts = int(counts.sum()), np.cumsum(counts) - counts
        self.beyond = tuple(int(a) + row for a, piece in zip(starts, pieces, strict=True) for row in piece.beyond)
        self._naive |= stamps
        for column in stamps:
            found = np.empty(self.rows, dtype=np.int64)
            for start, piece in zip(starts, pieces, strict=True):
                found[start : start + piece.rows] = piece.times.pop(column)
            if in_range(found):
                self.times[column] = found
        with ThreadPoolExecutor(THREADS) as threads:
            parts = [[piece.codes.pop(column) for piece in pieces] for column in wanted]
            for column, joined in zip(wanted, threads.map(_joined, parts), strict=True):
                self.codes[column], self.values[column] = joined
        del pieces, parts
        pa.default_memory_pool().release_unused()

    def load_rest(self) -> None:
        """Read as texts all columns of which the texts are not known yet."""
        self.load([i for i in range(self._width) if i not in self.codes], {})

    def iso(self, column: int) -> Iso | None:
        """The times of a column that was read as such, and whether they name no zone."""
        return (self.times[column], self._naive[column]) if column in self.times else None

    def has_times(self, column: int) -> bool:
        """Whether a column was read as times, and not as texts."""
        return column in self._naive and column not in self.values

    def _read(self, texts: Sequence[int], times: dict[int, bool]) -> list[_Piece]:
        def read(bounds: tuple[int, int]) -> _Piece:
            return self._piece(self._body.part(*bounds).load(), texts, times)

        with ThreadPoolExecutor(THREADS) as threads:
            return list(threads.map(read, self._cuts))

    def _piece(self, body: pa.Buffer, texts: Sequence[int], times: dict[int, bool]) -> _Piece:
        check_utf8(body)
        types = dict.fromkeys(texts, pa.dictionary(pa.int32(), pa.string())) | {
            column: pa.timestamp("us", tz=None if naive else "UTC") for column, naive in times.items()
        }
        odd: list[tuple[int, str]] = []
        beyond: list[int] = []
        try:
            table = self._table(body, types, odd)
        except pa.ArrowInvalid:
            table = None
        if table is None or odd:
            strings, beyond = self._strings(body, types)
            table = _converted(strings, types)
        if table.num_rows != _lines(body) or _ends_within_quotes(body):
            raise NotPlainError
        return _Piece(
            rows=table.num_rows,
            codes={column: _joined_chunks(table[str(column)]) for column in texts},
            times={column: _as_times(table[str(column)]) for column in times},
            beyond=beyond,
        )

    def _strings(self, body: pa.Buffer, columns: Iterable[int]) -> tuple[pa.Table, list[int]]:
        """Read columns as texts, odd rows padded or cut; and the rows that have cells beyond the last column."""
        odd: list[tuple[int, str]] = []
        columns = list(columns)
        try:
            table = self._table(body, dict.fromkeys(columns, pa.string()), odd)
        except pa.ArrowInvalid as error:
            raise NotPlainError from error
        if not odd:
            return table, []
        cells = cells_of(odd, self._delimiter)
        places = np.array([number - 1 for number, _ in odd], dtype=np.int64)
        arrays = [with_odd(table[str(c)], places, [row[c] if c < len(row) else "" for row in cells]) for c in columns]
        beyond = [int(p) for p, row in zip(places, cells, strict=True) if any(t.strip() for t in row[self._width :])]
        return pa.table(arrays, [str(c) for c in columns]), beyond

    def _table(self, body: pa.Buffer, types: dict[int, pa.DataType], odd: list[tuple[int, str]]) -> pa.Table:
        """Read the rows of the right width; the others are collected with their number from 1."""

        def keep(row: pcsv.InvalidRow) -> str:
            odd.append((row.number or 0, row.text))
            return "skip"

        names = [str(i) for i in range(self._width)]
        return pcsv.read_csv(
            pa.BufferReader(body),
            read_options=pcsv.ReadOptions(column_names=names, block_size=max(body.size + 1, 1024), use_threads=False),
            parse_options=pcsv.ParseOptions(
                delimiter=self._delimiter, newlines_in_values=False, ignore_empty_lines=False, invalid_row_handler=keep
            ),
            convert_options=pcsv.ConvertOptions(
                column_types={str(i): kind for i, kind in types.items()},
                include_columns=[str(i) for i in types],
                strings_can_be_null=False,
                null_values=[""],
                check_utf8=False,  # `check_utf8` has done so for all columns at once
            ),
        )


class FileColumn(TextColumn):
    """A column of a large text file, read when it is needed."""

    def __init__(self, head: TextColumn, pieces: Pieces) -> None:
        """Take the first rows of a column and the file that has the rest."""
        super().__init__(head.index, head.header, pa.array([], pa.string()))
        self._head = head
        self._pieces = pieces

    @property
    def at_hand(self) -> bool:
        """Whether the column is read already."""
        return self.index in self._pieces.values or self._pieces.has_times(self.index)

    @cached_property
    def iso(self) -> Iso | None:
        """The column's times where it was read as such."""
        return self._pieces.iso(self.index)

    def forget_rows(self) -> None:
        """Let go of what each row has; it is read again if somebody asks."""
        self.__dict__.pop("iso", None)
        self._pieces.times.pop(self.index, None)
        self._pieces.codes.pop(self.index, None)

    @cached_property
    def blank(self) -> NDArray[np.bool_]:
        """Mark the rows with nothing but white space in this column."""
        times = self._pieces.times.get(self.index)
        return np.asarray(self.codes == BLANK if times is None else times == UNREADABLE)

    @property
    def codes(self) -> Codes:
        """The number of each row's text among the values; `BLANK` where there is none."""
        if self.index not in self._pieces.codes:
            self._pieces.load_rest()
        return self._pieces.codes[self.index]

    @property
    def values(self) -> pa.StringArray:
        """Each different text once, in the order of the rows."""
        if self.index not in self._pieces.values:
            self._pieces.load_rest()
        return self._pieces.values[self.index]

    def beginning(self, count: int) -> list[str]:
        """The first different texts of a column, at most `count`."""
        found = self._head.beginning(LOOK_INTO_ROWS)
        if len(found) >= FEW or self._pieces.has_times(self.index):
            return found[:count]
        return list(self.values.slice(0, count).to_pylist())

    def text(self, row: int) -> str:
        """Return the text of a row, counted from 0."""
        code = int(self.codes[row])
        return "" if code == BLANK else str(self.values[code].as_py())


def read_large(
    body: Span, delimiter: str, headers: Sequence[str], wanted: Wanted
) -> tuple[tuple[TextColumn, ...], int, tuple[int, ...]]:
    """Return the columns, the number of rows, and the rows with cells beyond the last column.

    Raises `NotPlainError` where cells hold line ends, or lines end in other ways, and `NotUtf8Error`.
    """
    pieces = Pieces(body, delimiter, len(headers))
    head = pieces.head(headers)
    rows = range(len(head[0].codes))
    needed = set(wanted(Frame(file="", sheet="", sheets=(), columns=head, numbers=rows)))
    times = {c.index: c.iso[1] for c in head if c.index in needed and c.iso is not None and c.beginning(1)}
    few = {c.index for c in head if len(c.beginning(FEW)) < FEW}
    pieces.load((needed | few) - times.keys(), times)
    return tuple(FileColumn(column, pieces) for column in head), pieces.rows, pieces.beyond


def check_utf8(body: pa.Buffer) -> None:
    """Raise `NotUtf8Error` where bytes are no UTF-8."""
    offsets = pa.py_buffer(np.array([0, body.size], dtype=np.int64))
    try:
        pa.Array.from_buffers(pa.large_binary(), 1, [None, offsets, body]).cast(pa.large_string())
    except pa.ArrowInvalid as error:
        raise NotUtf8Error from error


def _cut(body: Span) -> list[tuple[int, int]]:
    """Bounds of pieces that end with a line."""
    cuts = [0]
    while cuts[-1] < len(body):
        start, end = cuts[-1], min(cuts[-1] + PIECE, len(body))
        cuts.append(end if end == len(body) else _last_line_end(body, start, end))
    if len(cuts) == 1:
        raise NotPlainError
    return list(pairwise(cuts))


def _last_line_end(body: Span, start: int, end: int) -> int:
    """Where the last line ends that is whole up to `end`."""
    for looked_from in (max(end - LONGEST_LINE, start), start):
        ends = np.flatnonzero(np.frombuffer(body.part(looked_from, end).load(), dtype=np.uint8) == _LINE_END)
        if len(ends):
            return looked_from + int(ends[-1]) + 1
    raise NotPlainError


def _ends_within_quotes(body: pa.Buffer) -> bool:
    """Whether a quote is opened in the last line and not closed: the parser would take the end of the piece for it."""
    view = np.frombuffer(body, dtype=np.uint8)
    before = np.flatnonzero(view[:-1][-LONGEST_LINE:] == _LINE_END)
    last = view[-LONGEST_LINE:][before[-1] if len(before) else 0 :]
    return bool(np.count_nonzero(last == _QUOTE) % 2)


def _lines(body: pa.Buffer) -> int:
    view = np.frombuffer(body, dtype=np.uint8)
    # In stretches that stay near the processor: to mark the ends in all of the piece costs several times as much.
    ends = sum(np.count_nonzero(view[at : at + NEAR] == _LINE_END) for at in range(0, len(view), NEAR))
    return int(ends) + int(view[-1] != _LINE_END)


def _converted(texts: pa.Table, types: dict[int, pa.DataType]) -> pa.Table:
    """Turn texts into what they should be. Raises `_NotIsoError` for those that are no times."""
    columns, bad = [], []
    for index, kind in types.items():
        column = texts[str(index)]
        if pa.types.is_dictionary(kind):
            columns.append(column.dictionary_encode())
            continue
        try:
            columns.append(pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column).cast(kind))
        except pa.ArrowInvalid:
            bad.append(index)
    if bad:
        raise _NotIsoError(bad)
    return pa.table(columns, [str(index) for index in types])


def _as_times(column: pa.ChunkedArray) -> Times:
    whole = column.combine_chunks().cast(pa.int64())
    return np.asarray(whole.fill_null(UNREADABLE).to_numpy(zero_copy_only=False))


def _joined_chunks(column: pa.ChunkedArray) -> tuple[Codes, pa.StringArray]:
    whole = column.combine_chunks()
    whole = whole.chunk(0) if isinstance(whole, pa.ChunkedArray) else whole
    codes = whole.indices.to_numpy(zero_copy_only=False)
    return codes.astype(smallest(len(whole.dictionary))), whole.dictionary


def _joined(parts: list[tuple[Codes, pa.StringArray]]) -> tuple[Codes, pa.StringArray]:
    """Give the codes of all pieces one dictionary, tidied."""
    encoded = pa.chunked_array([values for _, values in parts], pa.string()).dictionary_encode()
    places, values = tidy(encoded.chunks[-1].dictionary if encoded.num_chunks else _EMPTY)
    codes = np.empty(sum(len(codes) for codes, _ in parts), dtype=smallest(len(values)))
    start = 0
    for place, chunk in enumerate(encoded.chunks):
        lookup = chunk.indices.to_numpy(zero_copy_only=False)
        lookup = (lookup if places is None else places[lookup]).astype(codes.dtype)
        here = parts[place][0]
        np.take(lookup, here, out=codes[start : start + len(here)], mode="clip")  # the mode that needs no buffer
        start += len(here)
        parts[place] = (here[:0], _EMPTY)  # let go of what is done
    return codes, values


def cells_of(odd: Iterable[tuple[int, str]], delimiter: str) -> list[list[str]]:
    """Split rows that are too short or too long into their cells."""
    return [next(csv.reader([text.rstrip("\r\n")], delimiter=delimiter), []) for _, text in odd]


def with_odd(texts: pa.ChunkedArray, places: NDArray[np.int64], added: list[str]) -> pa.ChunkedArray:
    """Put texts of odd rows in their places among the regular ones."""
    total = len(texts) + len(added)
    source = np.empty(total, dtype=np.int64)
    source[np.setdiff1d(np.arange(total), places, assume_unique=True)] = np.arange(len(texts))
    source[places] = len(texts) + np.arange(len(added))
    return pa.chunked_array([*texts.chunks, pa.array(added, pa.string())]).take(pa.array(source))
