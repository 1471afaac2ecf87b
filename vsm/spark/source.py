"""A path or the name of a table -> its rows in Spark, and the shape in which they come."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

import numpy as np

from vsm.reading.limits import Limits
from vsm.reading.logs.text_frames import SAMPLE_LINES, dialect_of
from vsm.reading.shapes import ReadError
from vsm.reading.spans import Span
from vsm.spark.shape import ID, LINE, Pieces, Shape, TableShape, TextShape, without_mark

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_TEXT = re.compile(r"\.(csv|tsv|txt)(\.(gz|bz2))?$", re.IGNORECASE)
_TABLE = re.compile(r"(\w+|`[^`]+`)(\.(\w+|`[^`]+`)){0,2}")
_COUNTED = f"monotonically_increasing_id() as {ID}"
_PIECE = ("vsm_file", "vsm_start")
_FILE = (f"_metadata.file_path as {_PIECE[0]}", f"_metadata.file_block_start as {_PIECE[1]}")


@dataclass(frozen=True, kw_only=True, eq=False)
class Source:
    """Rows in Spark and how they become texts."""

    rows: DataFrame
    shape: Shape
    count: int
    """Rows or lines in all."""


def open_source(session: SparkSession, place: str, limits: Limits) -> Source:
    """Open a CSV or Parquet file or folder, or else a table."""
    if _TEXT.search(place.rstrip("/")):
        return _open_text(session, place, limits)
    if _TABLE.fullmatch(place) and session.catalog.tableExists(place):
        return _open_columns(session.table(place), place, from_files=False)
    return _open_columns(session.read.parquet(place), _name(place), from_files=True)


def _name(place: str) -> str:
    return PurePath(place.rstrip("/")).name


def _open_columns(table: DataFrame, name: str, *, from_files: bool) -> Source:
    kinds = table.dtypes
    cells = [f"{_as_text(column, kind)} as `{i}`" for i, (column, kind) in enumerate(kinds)]
    piece = _FILE if from_files else (f"'' as {_PIECE[0]}", f"cast(spark_partition_id() as long) as {_PIECE[1]}")
    rows = table.selectExpr(*cells, _COUNTED, *piece)
    pieces, count = _pieces(rows)
    shape = TableShape(name=name, headers=tuple(column for column, _ in kinds), pieces=pieces)
    return Source(rows=rows.drop(*_PIECE), shape=shape, count=count)


def _as_text(column: str, kind: str) -> str:
    """Let Spark write a cell as text; moments stay what they are, and no number is blank."""
    name = f"`{column.replace('`', '``')}`"
    if kind in ("timestamp", "timestamp_ntz"):
        return name
    if kind in ("float", "double"):
        return f"if(isnan({name}), null, cast({name} as string))"
    return f"cast({name} as string)"


def _open_text(session: SparkSession, place: str, limits: Limits) -> Source:
    lines = session.read.text(place).selectExpr(f"cast(value as binary) as {LINE}", _COUNTED, *_FILE)
    pieces, count = _pieces(lines)
    name = _name(place)
    if not count:
        raise ReadError(f"“{name}” is empty; bring a file with one row for each event or item.")
    first = int(pieces.first_id[0])
    beginning = lines.where(f"{ID} >= {first} and {ID} < {first + SAMPLE_LINES}").select(ID, LINE).collect()
    sample = [without_mark(bytes(row[LINE])) for row in sorted(beginning, key=lambda row: int(row[ID]))]
    dialect = dialect_of(Span.of(b"".join(line + b"\n" for line in sample)), name, limits)
    shape = TextShape(name=name, dialect=dialect, header_lines=tuple(sample[: dialect.lines_before]), pieces=pieces)
    return Source(rows=lines.drop(*_PIECE), shape=shape, count=count)


def _pieces(rows: DataFrame) -> tuple[Pieces, int]:
    """Count the rows of each piece of a file that Spark reads, in the order of files and places."""
    found = rows.groupBy(*_PIECE).agg({ID: "min", "*": "count"}).collect()
    found.sort(key=lambda row: (row[_PIECE[0]], row[_PIECE[1]]))
    first = np.array([row[f"min({ID})"] for row in found], dtype=np.int64)
    counts = np.array([row["count(1)"] for row in found], dtype=np.int64)
    before = np.cumsum(counts) - counts
    files = [row[_PIECE[0]] for row in found]
    begins = {file: int(place) for file, place in zip(reversed(files), reversed(before), strict=True)}
    in_file = before - np.array([begins[file] for file in files], dtype=np.int64)
    order = np.argsort(first)
    return Pieces(first_id=first[order], before=before[order], before_in_file=in_file[order]), int(counts.sum())
