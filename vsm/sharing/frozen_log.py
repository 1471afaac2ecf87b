"""The items of a log that a publication holds <-> bytes: its columns, its names, and the clock that measures them."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import AliasChoices, Field, TypeAdapter, ValidationError

from vsm.items.log import Log, NamesOfItems, Visits
from vsm.items.selection import without_unused_names
from vsm.model import ValueStream
from vsm.opening import MeasuredReading
from vsm.reading.log_shapes import Layout, LogChoices
from vsm.said import Said
from vsm.sharing.found import StoreError
from vsm.sharing.frozen import NOT_READABLE, OF_A_NEWER_RELEASE, reading_of_stream

FORMAT = 1
"""Grows when a key changes its meaning; what a newer release froze is refused."""
MOST_VISITS = 1_000_000
"""Of a log that goes along: some 12 MB when packed, and ten times that in memory for each reader who explores them."""
_OF_ITEMS = ("begun", "finished", "cancelled", "item_type")
_PLAIN = (
    "stages",
    "people",
    "types",
    "teams",
    "as_of",
    "divided",
    "dated",
    "hours_per_day",
    "ends_of_days",
    "one_row_each",
    "finish_assumed",
    "period",
    "timezone",
)
"""Fields of a log that are no columns."""


@dataclass(frozen=True, kw_only=True, eq=False)
class FrozenLog:
    """What the full app needs to show the items of a publication: as `MeasuredReading`, and what measured them."""

    reading: MeasuredReading
    """Its stream is what the log alone says."""
    choices: LogChoices
    said: Said


@dataclass(frozen=True, kw_only=True)
class _Column:
    name: str
    dtype: str
    length: int


@dataclass(frozen=True, kw_only=True)
class _Head:
    """All but the columns; what is said of the log stands in the fields of the same names in `Log`."""

    format: int
    columns: tuple[_Column, ...]
    layout: Layout
    stream: ValueStream
    choices: LogChoices
    said: Said
    items: tuple[str, ...]
    stages: tuple[str, ...]
    people: tuple[str, ...]
    types: tuple[str, ...]
    teams: tuple[str, ...]
    as_of: int
    divided: bool
    dated: bool
    hours_per_day: float
    ends_of_days: bool
    one_row_each: Annotated[bool, Field(validation_alias=AliasChoices("one_row_each", "one_person_each"))]
    """Under its second name in what was published before."""
    finish_assumed: bool
    period: tuple[int, int] | None
    timezone: str = "UTC"


_HEAD = TypeAdapter(_Head)


def frozen_log_bytes(frozen: FrozenLog) -> bytes:
    """Write the items of a log: a line of JSON, then its columns. Raises `StoreError` where they are too many.

    Of the choices only those stay that measure; the names of columns and statuses are the file's alone.
    """
    reading = frozen.reading
    assert reading.log is not None, "what is published was measured"
    assert reading.stream is not None, "what is published was measured"
    if len(reading.log.visits) > MOST_VISITS:
        raise StoreError(
            f"The items made {len(reading.log.visits):,} visits to stages, and those of {MOST_VISITS:,} at most can go "
            "along. Publish without the items, or choose fewer of them."
        )
    log, chosen = without_unused_names(reading.log), frozen.choices
    columns = _columns(log)
    head = _Head(
        format=FORMAT,
        columns=tuple(_Column(name=n, dtype=values.dtype.str, length=len(values)) for n, values in columns.items()),
        layout=reading.layout,
        stream=reading.stream,
        choices=LogChoices(timezone=chosen.timezone, as_of=chosen.as_of, calendar=chosen.calendar),
        said=frozen.said,
        items=tuple(log.items),
        **{name: getattr(log, name) for name in _PLAIN},
    )
    text = json.dumps(_HEAD.dump_python(head, mode="json"), ensure_ascii=True, allow_nan=False)
    return b"\n".join((text.encode(), b"".join(map(_planes, columns.values()))))


def read_frozen_log(content: bytes) -> FrozenLog:
    """Read what `frozen_log_bytes` wrote. Raises `StoreError` where it is of a newer release or damaged."""
    text, _, body = content.partition(b"\n")
    try:
        found = json.loads(text)
        if found.get("format") != FORMAT:
            raise StoreError(OF_A_NEWER_RELEASE)
        head = _HEAD.validate_python(found)
        return FrozenLog(reading=_reading(head, _log(head, body)), choices=head.choices, said=head.said)
    except (ValidationError, ValueError, KeyError) as error:
        raise StoreError(NOT_READABLE) from error


def _columns(log: Log) -> dict[str, NDArray[Any]]:
    """Name all columns of a log."""
    columns = {f"visits.{field.name}": getattr(log.visits, field.name) for field in fields(Visits)}
    columns |= {name: getattr(log, name) for name in _OF_ITEMS}
    for name, pairs in (("item_teams", log.item_teams), ("moved_by", log.moved_by)):
        if pairs is not None:
            columns |= {f"{name}.item": pairs.item, f"{name}.name": pairs.name}
    return columns


def _log(head: _Head, body: bytes) -> Log:
    if len(body) != 8 * sum(column.length for column in head.columns):
        raise ValueError("there are more or fewer bytes than the columns need")
    columns: dict[str, Any] = {}
    begin = 0
    for column in head.columns:
        end = begin + 8 * column.length
        columns[column.name] = _from_planes(body[begin:end]).astype(column.dtype)
        begin = end
    return Log(
        items=head.items,
        visits=Visits(**{field.name: columns[f"visits.{field.name}"] for field in fields(Visits)}),
        item_teams=_pairs(columns, "item_teams"),
        moved_by=_pairs(columns, "moved_by"),
        **{name: columns[name] for name in _OF_ITEMS},
        **{name: getattr(head, name) for name in _PLAIN},
    )


def _pairs(columns: dict[str, Any], name: str) -> NamesOfItems | None:
    if f"{name}.item" not in columns:
        return None
    return NamesOfItems(item=columns[f"{name}.item"], name=columns[f"{name}.name"])


def _reading(head: _Head, log: Log) -> MeasuredReading:
    plain = reading_of_stream(head.stream)
    return MeasuredReading(
        file=plain.file,
        sheet="",
        sheets=(),
        layout=head.layout,
        source=None,
        columns=(),
        rows=plain.rows,
        problems=plain.problems,
        left_out=(),
        statuses=(),
        stamp=None,
        whole_days=False,
        date_rules=() if head.stream.measured is None else head.stream.measured.date_rules,
        log=log,
        stream=head.stream,
    )


def _planes(values: NDArray[Any]) -> bytes:
    """Write the differences of a column, all their first bytes first: mostly zeros, which pack to next to nothing.

    Differences with `OPEN` in them run over and come back.
    """
    differences = np.diff(values.astype("<i8"), prepend=np.int64(0)).astype("<i8")
    return differences.view(np.uint8).reshape(-1, 8).T.tobytes()


def _from_planes(body: bytes) -> NDArray[np.int64]:
    planes = np.frombuffer(body, dtype=np.uint8).reshape(8, -1)
    return np.cumsum(np.ascontiguousarray(planes.T).view("<i8").ravel(), dtype=np.int64)
