"""What must be known of the whole log before any of its rows can be built into one: the parts that add up to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, Self, TypeVar


class Part(Protocol):
    """What some of a log's rows say of a question about all of them."""

    def __add__(self, other: Self) -> Self:
        """Join the parts of two sets of rows that share no item."""


P = TypeVar("P", bound=Part)


class Whole:
    """Answers what holds for the whole log. Here the rows at hand are all of it."""

    def of(self, part: P) -> P:
        """Return what the parts of all rows add up to."""
        return part


@dataclass(frozen=True, kw_only=True)
class DaysPart:
    """Whether all times are dates without a time of day."""

    all_dates: bool
    any_time: bool

    def __add__(self, other: DaysPart) -> DaysPart:
        return DaysPart(all_dates=self.all_dates and other.all_dates, any_time=self.any_time or other.any_time)


@dataclass(frozen=True, kw_only=True)
class DirectionPart:
    """Whether the rows of an item stand in the file with the newest first."""

    steps: int
    """From a row to the next later one of its item."""
    up: int
    """Those that go up in the file."""

    def __add__(self, other: DirectionPart) -> DirectionPart:
        return DirectionPart(steps=self.steps + other.steps, up=self.up + other.up)


@dataclass(frozen=True, kw_only=True)
class FiguresPart:
    """What the cells of wide durations look like."""

    any_blank: bool
    numbers: tuple[bool, ...]
    """For each column, whether all of its texts are numbers."""

    def __add__(self, other: FiguresPart) -> FiguresPart:
        numbers = tuple(a and b for a, b in zip(self.numbers, other.numbers, strict=True))
        return FiguresPart(any_blank=self.any_blank or other.any_blank, numbers=numbers)


@dataclass(frozen=True, kw_only=True)
class DayLengthPart:
    """Which length of a day fits the dates that stand beside durations."""

    items: int
    """Those whose durations name days and whose dates are known."""
    agree: tuple[int, ...]
    """For each length, the items of them whose durations then add up to the time between their dates."""

    def __add__(self, other: DayLengthPart) -> DayLengthPart:
        agree = tuple(a + b for a, b in zip(self.agree, other.agree, strict=True))
        return DayLengthPart(items=self.items + other.items, agree=agree)


@dataclass(frozen=True, kw_only=True)
class LongHoursPart:
    """Whether durations name at least a working day of hours beside days, as they do where a day has 24 h."""

    cells: int
    example: str
    """The first such text by its letters; empty where there is none."""

    def __add__(self, other: LongHoursPart) -> LongHoursPart:
        examples = filter(None, (self.example, other.example))
        return LongHoursPart(cells=self.cells + other.cells, example=min(examples, default=""))
