"""A file -> the reading of a table of stages or of an item log, whichever they are: one door for both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from vsm.items.log import Log
from vsm.items.stream import measured_stream
from vsm.items.totals import Totals
from vsm.model import Measured, Problem, Severity, Source, ValueStream
from vsm.reading import logs
from vsm.reading.files import open_bytes, stored_at
from vsm.reading.limits import Limits
from vsm.reading.log_shapes import Layout, LogChoices, LogReading
from vsm.reading.shapes import Choices, Reading, Role
from vsm.reading.spans import Span, Stored
from vsm.reading.stages import name_from_file, read_workbook


@dataclass(frozen=True, kw_only=True, eq=False)
class MeasuredReading(LogReading):
    """What was understood of an item log, and the stream that was measured from it."""

    stream: ValueStream | None
    """`None` where something blocks; `blocking` then says what and what to do."""


AnyReading = Reading | MeasuredReading
"""Both have `file`, `sheet`, `rows`, `problems`, `blocking`, `questions` and `stream`."""


def layout_of(file: Stored, name: str, limits: Limits | None = None) -> Layout:
    """Tell what one row of a file is.

    What is no log for certain is a table of stages, unless nothing in it names stages and it can be read as a log.
    Raises `ReadError` where nothing can be read.
    """
    log_bounds = limits or log_limits()
    found = logs.looks_like_log(file, name, log_bounds)
    if found is not None:
        return found
    if _names_stages(file, name, limits):
        return Layout.STAGE_TABLE
    reading = logs.read_log(file, name, LogChoices(), log_bounds)
    return Layout.STAGE_TABLE if reading.log is None else reading.layout


def _names_stages(file: Stored, name: str, limits: Limits | None) -> bool:
    reading = read_workbook(open_bytes(Span.of(file).bytes(), name, limits), Choices())
    return reading.stream is not None or any(column.role is Role.STAGE for column in reading.columns)


def log_limits() -> Limits:
    """Return how much of an item log is read: what the environment sets, else more than of a table of stages."""
    return Limits.from_environment(plain=logs.LOG_LIMITS)


def read_data(
    file: Stored, name: str, choices: Choices | LogChoices | None = None, limits: Limits | None = None
) -> AnyReading:
    """Read a file as what its choices are for: `Choices` a table of stages, `LogChoices` an item log, `None` as either.

    Raises `ReadError` where nothing can be read.
    """
    if choices is None:
        choices = Choices() if layout_of(file, name, limits) is Layout.STAGE_TABLE else LogChoices()
    if isinstance(choices, LogChoices):
        return measure_reading(logs.read_log(file, name, choices, limits or log_limits()), choices)
    return read_workbook(open_bytes(Span.of(file).bytes(), name, limits), choices)


def read_joined(files: Sequence[logs.LogFile], limits: Limits | None = None) -> MeasuredReading:
    """Read several item logs about the same items as one; the first file's choices say what counts for the stream.

    Raises `ReadError` where one of them holds no table at all.
    """
    return measure_reading(logs.read_joined(files, limits or log_limits()), files[0].choices)


def read(path: str | Path, choices: Choices | LogChoices | None = None, limits: Limits | None = None) -> AnyReading:
    """Open a file, see whether it is a table of stages or an item log, and understand it as that.

    Raises ReadError where there is nothing to show. The `stream` of either kind goes into `analyse`.
    """
    return read_data(stored_at(path, limits or log_limits()), Path(path).name, choices, limits)


def measure_reading(reading: LogReading, choices: LogChoices, totals: Totals | None = None) -> MeasuredReading:
    """Measure the stream of a log that was read, on the clock that the choices ask for.

    `totals` are given where the log was measured already, in parts.
    """
    log, stream = reading.log, None
    if log is not None and not log.stages:
        reading = replace(reading, blocking=(_NO_STAGES,))
    elif log is not None:
        stream = _stream(reading, log, choices, totals)
    values = {field.name: getattr(reading, field.name) for field in fields(LogReading)}
    return MeasuredReading(**values, stream=stream)


_NO_STAGES = Problem(
    severity=Severity.ERROR,
    repair="No stage to measure",
    message="No status is active or waiting, so there is no stage to measure; say of at least one that it is.",
)


def _stream(reading: LogReading, log: Log, choices: LogChoices, totals: Totals | None) -> ValueStream:
    stream = measured_stream(
        log,
        totals=totals,
        name=choices.name or name_from_file(reading.parts[0].reading.file if reading.parts else reading.file),
        calendar=choices.calendar,
        start=choices.start,
        end=choices.end,
        source=replace(
            _source(reading),
            problems=reading.problems,
            parts=tuple(_source(part.reading) for part in reading.parts) or _sources_of_sheets(reading),
        ),
    )
    assert stream.measured is not None, "a log was measured"
    measured = replace(_on_its_day(stream.measured, log, choices), date_rules=reading.date_rules)
    return replace(stream, measured=measured)


def _source(reading: LogReading) -> Source:
    sheet = reading.sheet if len(reading.sheets) > 1 and not reading.of_sheets else None
    return Source(file=reading.file, sheet=sheet, rows=reading.rows)


def _sources_of_sheets(reading: LogReading) -> tuple[Source, ...]:
    return tuple(Source(file=reading.file, sheet=part.sheet, rows=part.rows) for part in reading.of_sheets)


def _that_day(end: dt.datetime) -> dt.datetime:
    """Return the midnight at which the day began that ends 24 hours later, however clocks were set on it."""
    return (end.astimezone(dt.UTC) - dt.timedelta(days=1)).astimezone(end.tzinfo)


def _on_its_day(measured: Measured, log: Log, choices: LogChoices) -> Measured:
    """Put the end of a day on that day: as a moment, it is the first one of the next."""
    instant = dt.timedelta(microseconds=1)
    if log.ends_of_days and measured.begins is not None and measured.ends is not None:
        measured = replace(measured, begins=_that_day(measured.begins), ends=_that_day(measured.ends))
    if measured.as_of is not None and (log.ends_of_days or choices.as_of is not None):
        local = measured.as_of.astimezone(ZoneInfo(choices.timezone))
        measured = replace(measured, as_of=measured.as_of - instant if local.time() == dt.time() else measured.as_of)
    return measured
