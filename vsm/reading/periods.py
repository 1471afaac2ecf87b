"""What names a period ("March 2026", "Q1", "Sprint 14", a date) -> its place in time, and periods in their order."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from vsm.folding import fold
from vsm.reading.month_names import month_number
from vsm.reading.shapes import Cell
from vsm.reading.texts import cell_text

_YEAR = r"(?P<y>(?:19|20)\d\d)"
_ANY_YEAR = r"(?:[-/ .,']+(?P<y>(?:19|20)\d\d|\d\d))?"
_QUARTER = r"(?:q|quarter|quartal|trimestre|trim|kwartal)"
_HALF = r"(?:h|half|hj|halbjahr|semestre|semester|polrocze)"
_WEEK = r"(?:w|wk|cw|kw|week|woche|semaine|semana|tydzien)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        _YEAR + r"[-/. ](?P<m>\d\d?)(?:[-/.](?P<d>\d\d?)(?:[t ]\d.*)?)?",
        r"(?P<m>\d\d?)[-/. ]" + _YEAR,
        r"(?:(?P<d>\d\d?)[. ]+)?(?P<name>[^\W\d]{3,})\.?" + _ANY_YEAR,
        _YEAR + r"[-/ .]*(?P<name>[^\W\d]{3,})\.?",
        _QUARTER + r"[ .]*(?P<q>[1-4])" + _ANY_YEAR,
        r"t(?P<q>[1-4])[-/ ]+" + _YEAR,
        r"(?P<q>[1-4])(?:\.|st|nd|rd|th|er|eme|o)? ?" + _QUARTER + _ANY_YEAR,
        r"(?:fy ?)?" + _YEAR + r"[-/ .]*(?:t|" + _QUARTER + r")[ .]*(?P<q>[1-4])",
        _HALF + r"[ .]*(?P<h>[12])" + _ANY_YEAR,
        _YEAR + r"[-/ .]*" + _HALF + r"[ .]*(?P<h>[12])",
        _WEEK + r"[ .]*(?P<w>\d\d?)" + _ANY_YEAR,
        _YEAR + r"[-/ .]*" + _WEEK + r"[ .]*(?P<w>\d\d?)",
        r"(?:fy ?|year |jahr |annee |ano |rok )?" + _YEAR,
    )
)
_NUMBERED = re.compile(
    rf"(?:{_YEAR}[-/ .]*)?(?P<word>sprint|iteration|iter|pi|period|periode|periodo|okres|release|increment|cycle|"
    r"snapshot|month|monat|mois|mes|miesiac|round|runde|survey|messung|measurement)[ .#-]*(?P<n>\d{1,4})"
)
_DAY_AND_MONTH = re.compile(r"(?P<a>\d\d?)[-/.](?P<b>\d\d?)[-/.](?P<y>(?:19|20)\d\d|\d\d)")
_CYCLES = (("name", "month", 12), ("q", "quarter", 4), ("h", "half-year", 2), ("w", "week", 52))


class Period(NamedTuple):
    """One period, and where it stands among those that are counted as it is."""

    name: str
    """As the file writes it."""
    counted_in: str | None = None
    """What it is a number of: "date", "sprint", "month" ...; `None`: nothing in its name tells when it was."""
    place: int = 0
    cycle: int | None = None
    """After so many the count begins again, as that of months does where no year is named."""

    @property
    def key(self) -> tuple[str | None, int, str]:
        """What is equal for two ways of writing the same period."""
        return (self.counted_in, self.place, "" if self.counted_in else fold(self.name))


def period_named(text: str) -> Period | None:
    """Read a text as a period; `None` where it does not name one. A number alone, but for a year, names none.

    >>> period_named("Mar 2026") == period_named("2026-03")._replace(name="Mar 2026")
    True
    >>> period_named("Sprint 14").place, period_named("Sheet1")
    (14, None)
    """
    plain = fold(text)
    numbered = _NUMBERED.fullmatch(plain)
    if numbered is not None:
        place = int(numbered["n"]) + 10_000 * int(numbered["y"] or 0)
        return Period(text, numbered["word"], place)
    for pattern in _PATTERNS:
        found = pattern.fullmatch(plain)
        period = None if found is None else _period(text, found.groupdict())
        if period is not None:
            return period
    return None


def _period(text: str, parts: Mapping[str, str | None]) -> Period | None:
    month = month_number(parts["name"] or "") if "name" in parts else None
    if "name" in parts and month is None:
        return None
    number = {name: int(value) for name, value in parts.items() if value is not None and name != "name"}
    if "y" not in number:
        part, counted_in, cycle = next(c for c in _CYCLES if c[0] in parts)
        return Period(text, counted_in, month or number[part], cycle) if "d" not in number else None
    year = number["y"] + (2000 if number["y"] < 100 else 0)
    try:
        if "w" in number:
            day = dt.date.fromisocalendar(year, number["w"], 1)
        else:
            month = month or number.get("m") or 3 * number.get("q", 1) - 2 + 6 * (number.get("h", 1) - 1)
            day = dt.date(year, month, number.get("d", 1))
    except ValueError:
        return None
    return Period(text, "date", day.toordinal())


def periods_in(cells: Sequence[Cell]) -> list[Period | None]:
    """Read the cells of a column as periods; `None` for a blank one. What names no period is kept by its text."""
    day_first = _day_first([cell_text(cell) for cell in cells])
    return [_of_cell(cell, day_first) for cell in cells]


def _of_cell(cell: Cell, day_first: bool) -> Period | None:
    text = cell_text(cell)
    if isinstance(cell.value, dt.date):
        whole = cell.format is None or "d" in cell.format.lower()
        name = f"{cell.value:%Y-%m-%d}" if whole else f"{cell.value:%B %Y}"
        return Period(
            name, "date", dt.date(cell.value.year, cell.value.month, cell.value.day if whole else 1).toordinal()
        )
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) < 4:
        return Period(text, "number", int(text))
    return _day_and_month(text, day_first) or period_named(text) or Period(text)


def _day_and_month(text: str, day_first: bool) -> Period | None:
    found = _DAY_AND_MONTH.fullmatch(text)
    if found is None:
        return None
    day, month = (int(found["a"]), int(found["b"])) if day_first else (int(found["b"]), int(found["a"]))
    year = int(found["y"]) + (2000 if len(found["y"]) == 2 else 0)
    try:
        return Period(text, "date", dt.date(year, month, day).toordinal())
    except ValueError:
        return None


def _day_first(texts: Sequence[str]) -> bool:
    """Whether dates such as 01/03/2026 begin with the day: a part above 12 tells, else the part that changes less."""
    found = [match for text in texts if (match := _DAY_AND_MONTH.fullmatch(text))]
    first, second = ({int(match[part]) for match in found} for part in "ab")
    if max(first, default=0) > 12 or max(second, default=0) > 12:
        return max(second) <= 12
    return len(first) <= len(second)


def in_time_order(periods: Sequence[Period]) -> list[Period]:
    """Put distinct periods, given in the order of the file, into that of time; where no names tell it, it stays.

    Where the count begins again (Nov, Dec, Jan) the order of the file, forward or backward, or that of the numbers is
    taken, whichever runs through the least time.

    >>> [p.name for p in in_time_order([period_named(name) for name in ("Nov", "Dec", "Jan")])]
    ['Nov', 'Dec', 'Jan']
    """
    if len({period.counted_in for period in periods}) > 1 or any(period.counted_in is None for period in periods):
        return list(periods)
    counted = sorted(periods, key=lambda period: period.place)
    if not any(period.cycle for period in periods):
        return counted
    return min((list(periods), list(periods)[::-1], counted), key=_time_run_through)


def _time_run_through(periods: Sequence[Period]) -> int:
    return sum((b.place - a.place) % (a.cycle or 1) for a, b in pairwise(periods))


def find_period(names: Sequence[str], wanted: str) -> int | None:
    """Find the place of a period by its name, or by another way of writing it.

    >>> find_period(["Jan 2026", "Feb 2026"], "2026-02")
    1
    """
    folded = [fold(name) for name in names]
    if fold(wanted) in folded:
        return folded.index(fold(wanted))
    asked = period_named(wanted)
    keys = [None if period is None else period.key for period in map(period_named, names)]
    return keys.index(asked.key) if asked is not None and asked.key in keys else None


def to_analyse(names: Sequence[str], wanted: str | None) -> int:
    """Return the place of the period that is wanted, else that of the latest; `names` are in the order of time."""
    found = None if wanted is None else find_period(names, wanted)
    return len(names) - 1 if found is None else found
