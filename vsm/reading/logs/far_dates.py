"""Times of a log -> those years away from all others, such as 1970-01-01 and slips: named, and kept or left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from vsm.items.blocks import rows_at_once
from vsm.model import Severity
from vsm.reading.log_shapes import FarDates
from vsm.reading.logs.account import Finding, Found, Reason, Words, found_in, sentence
from vsm.reading.logs.builders import Column, Reader
from vsm.reading.logs.fates import Mask
from vsm.reading.logs.frames import TextColumn
from vsm.reading.texts import listed
from vsm.worktime import DAY, Times

YEARS_AWAY = 2
GAP = 365 * YEARS_AWAY
"""Days between a date and the next one from which on the two do not belong together."""
FEW = 0.05
"""More dates than this share, and than two, are no slip, unless all are of one day, as a placeholder is."""
FAR_DATES = "Dates years away from all others"
_AWAY = f"date at least {YEARS_AWAY} years away from all others"
_LEFT_OUT = Reason(
    repair=FAR_DATES,
    one=f"has a {_AWAY}",
    many=f"have a {_AWAY}",
    advice="Correct the date, or choose to count such dates.",
    severity=Severity.WARNING,
)
_SHOWN = 3
Dated = tuple[Column, TextColumn | None]
"""The times of a column, and the column itself."""
Span = tuple[int, int]
"""First and last day, in days since 1970-01-01."""


@dataclass(frozen=True, kw_only=True)
class DatesPart:
    """How many times lie on each day."""

    days: tuple[tuple[int, int], ...]
    """(day, times), ascending; where none is far from another, the first and the last day stand for all."""

    def __add__(self, other: DatesPart) -> DatesPart:
        counts = dict(self.days)
        for day, times in other.days:
            counts[day] = counts.get(day, 0) + times
        return DatesPart(days=tuple(sorted(counts.items())))

    def spans(self) -> list[tuple[Span, int]]:
        """Join the days that belong together; each span with its number of times."""
        bounds = [0, *(i + 1 for i, (a, b) in enumerate(pairwise(self.days)) if b[0] - a[0] > GAP), len(self.days)]
        parts = [self.days[a:b] for a, b in pairwise(bounds) if b > a]
        return [((part[0][0], part[-1][0]), sum(times for _, times in part)) for part in parts]

    def usual(self) -> Span | None:
        """Return the span that holds most times, where all others are few or of one day each; `None` without others."""
        spans = self.spans()
        most = max(spans, key=lambda span: span[1], default=None)
        total = sum(times for _, times in spans)
        others = [span for span in spans if span is not most]
        if most is None or not others or 2 * most[1] <= total:
            return None
        slips = all(times <= max(2, FEW * total) or first == last for (first, last), times in others)
        return most[0] if slips else None


def _part(columns: Sequence[Dated], used: Mask) -> DatesPart:
    parts = [_of_column(column, used) for column, _ in columns]
    return sum(parts, start=DatesPart(days=()))


def _of_column(column: Column, used: Mask) -> DatesPart:
    bounds = [(int(times.min()), int(times.max())) for times in _known(column, used)]
    if not bounds:
        return DatesPart(days=())
    first, last = min(least for least, _ in bounds) // DAY, max(most for _, most in bounds) // DAY
    if last - first <= GAP:
        ends = {last: 1} if first == last else {first: 1, last: 1}
        ends[last] += int(np.count_nonzero(used & column.known)) - len(ends)
        return DatesPart(days=tuple(sorted(ends.items())))
    counts = np.zeros(last - first + 1, dtype=np.int64)
    for times in _known(column, used):
        counts += np.bincount(times // DAY - first, minlength=len(counts))
    there = np.flatnonzero(counts)
    return DatesPart(days=tuple(zip((there + first).tolist(), counts[there].tolist(), strict=True)))


def _known(column: Column, used: Mask) -> Iterator[Times]:
    """The times of rows that are used, a block at a time; none of them empty."""
    for part in rows_at_once(len(used)):
        times = column.times[part][used[part] & column.known[part]]
        if len(times):
            yield times


def far_dates(reader: Reader, columns: Sequence[Dated]) -> list[Mask]:
    """Mark, for each column, the rows that are used and whose time lies years away from all others of the log.

    What is marked is written down: as counted, or, where that was chosen, for the caller to leave out.
    """
    used = reader.fates.used
    usual = reader.whole.of(_part(columns, used)).usual()
    masks = [np.zeros(len(used), dtype=bool) for _ in columns]
    if usual is None:
        return masks
    for mask, (column, text) in zip(masks, columns, strict=True):
        mask |= used & column.known & ((column.times < usual[0] * DAY) | (column.times >= (usual[1] + 1) * DAY))
        if reader.choices.far_dates is FarDates.COUNT:
            finding: Finding = _Counted(column=text.title if text else None, usual=usual)
            reader.account.add(finding, found_in(reader.frame, np.flatnonzero(mask), text))
    return masks


def leave_out_far_rows(reader: Reader, columns: Sequence[Dated]) -> None:
    """Name the rows with such a time; leave them out where that was chosen."""
    for mask, (_, text) in zip(far_dates(reader, columns), columns, strict=True):
        if reader.choices.far_dates is FarDates.LEAVE_OUT:
            reader.fates.leave_out(mask, _LEFT_OUT, text)


def without_far_cells(reader: Reader, columns: Sequence[Dated]) -> list[Column]:
    """Name the cells with such a time; where that was chosen, return the columns without them."""
    masks = far_dates(reader, columns)
    if reader.choices.far_dates is FarDates.COUNT:
        return [column for column, _ in columns]
    for mask, (_, text) in zip(masks, columns, strict=True):
        finding: Finding = _NotUsed(column=text.title if text else None)
        reader.account.add(finding, found_in(reader.frame, np.flatnonzero(mask), text))
    return [replace(column, known=column.known & ~mask) for mask, (column, _) in zip(masks, columns, strict=True)]


def _where(found: Found, column: str | None) -> str:
    """Say which rows, and what stands there: "Row 7 has", "3 rows (7, 9 and 12) have"."""
    texts = listed(list(dict.fromkeys(f"“{spot.text}”" for spot in found.first if spot.text))[:_SHOWN])
    there = f" ({texts} in column “{column}”)" if texts else ""
    return f"{sentence(found.which)} {'has' if found.count == 1 else 'have'} a {_AWAY}{there}"


def _add(found: Found, column: str | None, message: str, words: Words) -> None:
    spot = found.first[0]
    words.findings.add(
        Severity.WARNING,
        FAR_DATES,
        message,
        row=spot.number,
        column=column,
        found=spot.text or None,
        sheet=spot.sheet,
    )


@dataclass(frozen=True, kw_only=True)
class _Counted:
    """Far dates that count as they stand."""

    column: str | None
    usual: Span

    def write(self, found: Found, words: Words) -> None:
        """Name the rows, and what they do to the figures."""
        if found.count:
            first, last = (dt.date(1970, 1, 1) + dt.timedelta(days=day) for day in self.usual)
            message = (
                f"{_where(found, self.column)}, which lie from {first} to {last}. Such dates count as they stand, so "
                "lead times, ages, throughput and load over time reach as far. Correct them, or choose to leave such "
                "dates out."
            )
            _add(found, self.column, message, words)


@dataclass(frozen=True, kw_only=True)
class _NotUsed:
    """Far dates in a column of a stage that were left out."""

    column: str | None

    def write(self, found: Found, words: Words) -> None:
        """Name the rows, and what becomes of their items."""
        if found.count:
            message = (
                f"{_where(found, self.column)}. Such a date is left out, so that its item counts as never having been "
                "there. Correct the date, or choose to count such dates."
            )
            _add(found, self.column, message, words)
