"""Two streams, or two groups of a log's items -> their figures side by side, of items with an interval on each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from vsm.flow import MeasuredLog, finish_days, measured_log
from vsm.items.choosing import select_wanted
from vsm.items.compare import Difference, compare, side
from vsm.items.log import Log
from vsm.model import ValueStream, Wanted
from vsm.opening import AnyReading, MeasuredReading, measure_reading
from vsm.reading.log_shapes import LogChoices
from vsm.reading.shapes import Choices, ReadError
from vsm.side_by_side import SideBySide, side_by_side


@dataclass(frozen=True, kw_only=True, eq=False)
class Compared:
    """One of the two that are compared."""

    name: str
    stream: ValueStream
    measured: MeasuredLog | None
    """The items; `None` for a table of stages."""


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two of them side by side; each difference is the second less the first."""

    differences: tuple[Difference, ...]
    """Of finished items, each with its interval; empty where one of the two is a table."""
    streams: SideBySide

    @property
    def names(self) -> tuple[str, str]:
        """What the two are called; never the same."""
        return self.streams.names


def compare_two(first: Compared, second: Compared) -> Comparison:
    """Compare two streams; both should be measured on the same clock."""
    names = (first.name, second.name)
    if first.name == second.name:
        names = (f"{first.name} (1)", f"{second.name} (2)")
    differences: tuple[Difference, ...] = ()
    if first.measured is not None and second.measured is not None:
        differences = compare(*(side(m.log, m.facts) for m in (first.measured, second.measured)))
    return Comparison(differences=differences, streams=side_by_side(first.stream, second.stream, names))


def compare_parts(
    reading: MeasuredReading, choices: LogChoices, parts: tuple[Wanted, Wanted], names: tuple[str, str]
) -> Comparison:
    """Compare two groups of the items of a log, both measured on its clock."""
    assert reading.log is not None, "what was measured has a log"
    first, second = (
        _part(reading, choices, select_wanted(reading.log, part), name) for part, name in zip(parts, names, strict=True)
    )
    return compare_two(first, second)


def _part(reading: MeasuredReading, choices: LogChoices, log: Log, name: str) -> Compared:
    stream = measure_reading(replace(reading, log=log), choices).stream
    assert stream is not None, "a part has the stages of the whole"
    return Compared(name=name, stream=stream, measured=measured_log(log, choices.calendar))


def halves(log: Log) -> tuple[Wanted, Wanted] | None:
    """Propose the two halves of the time in which items finished; `None` with fewer than two such days."""
    days = finish_days(log)
    if days is None or days[0] == days[1]:
        return None
    first, last = days
    middle = first + (last - first) / 2
    return (
        Wanted(finished_from=first, finished_to=middle),
        Wanted(finished_from=middle + dt.timedelta(days=1), finished_to=last),
    )


@dataclass(frozen=True, kw_only=True)
class Second:
    """A second file as it was read."""

    choices: Choices | LogChoices
    reading: AnyReading
    same: bool
    """Whether by the choices made about the first one, and not by what it says itself."""


def read_second(
    read: Callable[[Choices | LogChoices], AnyReading], first: Choices | LogChoices, *, is_log: bool
) -> Second:
    """Read a second file by the choices about the first one where they fit, else by what it says itself.

    Raises `ReadError` where nothing can be read.
    """
    same, own = _choices(first, is_log)
    if same is not None:
        try:
            reading = read(same)
        except ReadError:
            reading = None
        if reading is not None and reading.stream is not None:
            return Second(choices=same, reading=reading, same=True)
    return Second(choices=own, reading=read(own), same=False)


def _choices(first: Choices | LogChoices, is_log: bool) -> tuple[Choices | LogChoices | None, Choices | LogChoices]:
    """Give the choices about the first file without what speaks of that file alone, and those that fit any file."""
    if isinstance(first, LogChoices) and is_log:
        same = replace(first, sheet=None, as_of=None, name=None, start=None, end=None)
        any_log = LogChoices(
            calendar=first.calendar, timezone=first.timezone, dates=first.dates, hours_per_day=first.hours_per_day
        )
        return same, any_log
    if isinstance(first, Choices) and not is_log:
        same_table = replace(first, sheet=None, header_row=None, period=None, name=None, start=None, end=None)
        return same_table, Choices(definitions=first.definitions)
    return None, LogChoices() if is_log else Choices()
