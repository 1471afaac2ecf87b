"""Cells that count something -> numbers: people, pieces, handoffs, and demand as items per week."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping

from vsm.durations import WEEKS_PER_MONTH
from vsm.folding import fold
from vsm.model import Definitions
from vsm.numerals import parse_number, tidy
from vsm.reading.checks import UnreadableError
from vsm.reading.headers import unit_in_words
from vsm.reading.shapes import Cell, CellValue, Column, Role
from vsm.reading.vocabulary import COUNT_UNITS

MOST_ITEMS = 1e9
PERIODS: Mapping[str, Callable[[Definitions], float]] = {
    unit: per_week
    for units, per_week in (
        (("per hour", "h"), lambda definitions: definitions.hours_per_week),
        (("per day", "d"), lambda definitions: definitions.days_per_week),
        (("per week", "wk"), lambda definitions: 1.0),
        (("per month", "month"), lambda definitions: 1 / WEEKS_PER_MONTH),
    )
    for unit in units
}
"""Periods of a demand, and how often each of them is in a week."""


def count_reader(column: Column, comma: bool | None, definitions: Definitions) -> Callable[[Cell], float]:
    """Make the function that reads a cell of a count column; it raises UnreadableError or ValueError with a reason."""

    def count_of(cell: Cell) -> float:
        value = cell.value
        if isinstance(value, dt.timedelta | dt.time):
            raise UnreadableError("is a time, not a number")
        number = float(value) if isinstance(value, int | float) else _number_with_word(str(value), comma)
        _check_count(column.role, number)
        return number * _per_week(value, column, definitions) if column.role is Role.DEMAND else number

    return count_of


def _number_with_word(text: str, comma: bool | None) -> float:
    """A number that may carry what it counts: "3 people", "100 pcs", "2 FTE"."""
    plain = tidy(text).lstrip("~≈ ")
    number, _, word = plain.replace("/", " /", 1).partition(" ")
    if word and (fold(word).strip(".") in COUNT_UNITS or unit_in_words(word) in PERIODS):
        return parse_number(number, decimal_comma=comma)
    return parse_number(plain, decimal_comma=comma)


def _check_count(role: Role, number: float) -> None:
    if not math.isfinite(number) or abs(number) > MOST_ITEMS:
        raise UnreadableError("is larger than anything counted here")
    if number < 0:
        raise UnreadableError("is negative, which a count cannot be")
    if role is Role.BATCH_SIZE and number < 1:
        raise UnreadableError("is less than 1, the smallest batch")
    if role in {Role.PEOPLE, Role.DEMAND} and number == 0:
        raise UnreadableError(f"is zero {'people, and nobody would do the work' if role is Role.PEOPLE else 'demand'}")


def _per_week(value: CellValue, column: Column, definitions: Definitions) -> float:
    """What a demand is multiplied by to be items per week: by the period in its cell, else in its header, else 1."""
    _, _, word = tidy(str(value)).replace("/", " /", 1).partition(" ")
    named = unit_in_words(word) if isinstance(value, str) and word else None
    unit = named if named in PERIODS else column.unit
    return PERIODS.get(unit or "", PERIODS["per week"])(definitions)
