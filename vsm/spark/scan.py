"""Frames of parts of a log -> what all rows together say of each column, before its meaning is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vsm.reading.logs.account import Found, found_in
from vsm.reading.logs.frames import BLANK, FEW, LOOK_INTO_ROWS, Frame, TextColumn
from vsm.reading.logs.stamp_patterns import NUMBERS
from vsm.reading.logs.timestamps import Iso
from vsm.reading.shapes import ReadError
from vsm.spark.shape import Shape

MOST_TEXTS = 10_000
"""Different texts of a column that are known by name: more are none that stages or statuses have."""


@dataclass(frozen=True, kw_only=True)
class ColumnScan:
    """What the rows of a part say of one column."""

    filled: int = 0
    zones: frozenset[bool] | None = frozenset()
    """Whether times name no zone (True), or all do; both in a mixture, and `None` where not all texts are ISO 8601."""
    orders: frozenset[str] = frozenset()
    """One text for each way in which dates in numbers tell, or leave open, whether the day comes first."""
    texts: dict[str, int] = field(default_factory=dict)
    """The first different texts, with the numbers of their first rows."""
    complete: bool = True
    """Whether these are all texts of the column."""

    def __add__(self, other: ColumnScan) -> ColumnScan:
        texts = dict(self.texts)
        for text, number in other.texts.items():
            texts[text] = min(number, texts.get(text, number))
        first = sorted(texts.items(), key=lambda entry: entry[1])[:MOST_TEXTS]
        return ColumnScan(
            filled=self.filled + other.filled,
            zones=None if self.zones is None or other.zones is None else self.zones | other.zones,
            orders=frozenset(_one_for_each_way([*self.orders, *other.orders])),
            texts=dict(first),
            complete=self.complete and other.complete and len(texts) <= MOST_TEXTS,
        )

    @property
    def iso(self) -> bool:
        """Whether all texts are times in ISO 8601, all with or all without a zone."""
        return self.zones is not None and len(self.zones) <= 1


@dataclass(frozen=True, kw_only=True)
class Scan:
    """What the rows of a part say."""

    rows: int
    columns: tuple[ColumnScan, ...]
    beyond: Found
    """Rows with cells beyond the last column."""

    def __add__(self, other: Scan) -> Scan:
        columns = tuple(a + b for a, b in zip(self.columns, other.columns, strict=True))
        return Scan(rows=self.rows + other.rows, columns=columns, beyond=self.beyond + other.beyond)


def scan(shape: Shape, batches: Iterable[pa.RecordBatch]) -> Iterator[Scan | ReadError]:
    """Look at all rows of a part; gives one result."""
    result = Scan(rows=0, columns=tuple(ColumnScan() for _ in shape.headers), beyond=Found())
    try:
        for batch in batches:
            frame = shape.frame(batch)
            if len(frame):
                result += _scanned(frame)
    except ReadError as error:
        yield error
        return
    yield result


def texts_of(shape: Shape, index: int, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Give the different texts of each batch in one column."""
    for batch in batches:
        frame = shape.frame(batch)
        if len(frame):
            yield pa.RecordBatch.from_arrays([frame.columns[index].values], ["text"])


def _scanned(frame: Frame) -> Scan:
    return Scan(
        rows=len(frame),
        columns=tuple(_column(column, frame) for column in frame.columns),
        beyond=found_in(frame, np.array(frame.beyond, dtype=np.int64)),
    )


def _column(column: TextColumn, frame: Frame) -> ColumnScan:
    codes, values, iso = column.codes, column.texts, column.iso
    different, rows = np.unique(codes, return_index=True)
    numbers = frame.numbers[rows[different != BLANK]]
    return ColumnScan(
        filled=column.filled,
        zones=None if iso is None else frozenset([iso[1]] if column.filled else []),
        orders=frozenset(_one_for_each_way(values) if iso is None else []),
        texts=dict(zip(values[:MOST_TEXTS], (int(number) for number in numbers), strict=False)),
        complete=len(values) <= MOST_TEXTS,
    )


def _one_for_each_way(texts: list[str]) -> list[str]:
    """Choose texts of dates in numbers, such that all others tell nothing more of the order of day and month."""
    parts = pc.extract_regex(pa.array(texts, pa.string()), NUMBERS)
    ways: dict[tuple[object, ...], str] = {}
    for text, found in zip(texts, parts.to_pylist(), strict=True):
        if found is not None:
            ways[int(found["a"]), int(found["b"]), found["sign"] == ".", bool(found["p"])] = text
    return list(ways.values())


class ScannedColumn(TextColumn):
    """A column of which only a scan is here: enough to tell what it means."""

    def __init__(self, index: int, header: str, scan: ColumnScan, last: int, count: Callable[[], int]) -> None:
        """Take a scan, the number of the last row that is looked into, and how to count all different texts."""
        super().__init__(index, header, pa.array([], pa.string()))
        self.scan = scan
        self._head = [text for text, number in scan.texts.items() if number <= last]
        self._count = count

    @property
    def values(self) -> pa.StringArray:
        """The different texts; where they are too many, those that tell of the order of day and month."""
        return pa.array(list(self.scan.texts) if self.scan.complete else sorted(self.scan.orders), pa.string())

    @property
    def different(self) -> int:
        """How many different texts there are."""
        return len(self.scan.texts) if self.scan.complete else self._count()

    @property
    def filled(self) -> int:
        """How many rows are not blank."""
        return self.scan.filled

    @property
    def iso(self) -> Iso | None:
        """No times, but `None` where not all texts are ISO 8601."""
        return (np.array([], dtype=np.int64), True) if self.scan.iso else None

    def beginning(self, count: int) -> list[str]:
        """The first different texts of a column, at most `count`."""
        return (self._head if len(self._head) >= FEW else list(self.scan.texts))[:count]


def scanned_frame(shape: Shape, found: Scan, sheet: str, count: Callable[[int], int]) -> Frame:
    """Return the columns of all rows by their scans; `count` counts the different texts of a column by its index."""
    last = shape.first_number + LOOK_INTO_ROWS - 1
    columns = tuple(
        ScannedColumn(index, header, column, last, partial(count, index))
        for index, (header, column) in enumerate(zip(shape.headers, found.columns, strict=True))
    )
    return Frame(file=shape.name, sheet=sheet, sheets=(sheet,), columns=columns, numbers=range(found.rows))
