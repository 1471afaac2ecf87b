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
from vsm.reading.logs.account import Found, Reason, WholeFile, Words, found_in, sentence
from vsm.reading.logs.builders import Column, Reader
from vsm.reading.logs.fates import Mask
from vsm.reading.logs.frames import TextColumn
from vsm.reading.logs.timestamps import LAST_YEAR
from vsm.reading.texts import listed
from vsm.worktime import DAY, Times

YEARS_AWAY, DECADES_AWAY = 2, 20
"""Years without any date from which on those on either side may not belong together, and surely do not.

Work rests for two years, though seldom. A tracker that is twenty years old has dates from all of them, so that a few
dates beyond twenty empty years are a placeholder (1900-01-01, 1970-01-01, 2999-12-31) or a slip.
"""
YEAR = 365
"""Days."""
FEW = 0.05
"""More dates than this share, and than two, are no slip, unless all are of one day, as a placeholder is. Those that
they are far from must be more than half: so of two dates none is odd, and of three one can be."""
FAR_DATES = "Dates years away from all others"
LATE_ENDS = "Ends too far in the future"
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

    def spans(self, years: int) -> list[tuple[Span, int]]:
        """Join the days with no more years than these between them; each span with its number of times."""
        apart = [i + 1 for i, (a, b) in enumerate(pairwise(self.days)) if b[0] - a[0] > years * YEAR]
        parts = [self.days[a:b] for a, b in pairwise([0, *apart, len(self.days)]) if b > a]
        return [((part[0][0], part[-1][0]), sum(times for _, times in part)) for part in parts]

    def usual(self, years: int) -> Span | None:
        """Return the span that holds most times, where all others are few or of one day each; `None` without others.

        Spans are those with more `years` than these between them.
        """
        spans = self.spans(years)
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
    if last - first <= YEARS_AWAY * YEAR:
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


def leave_out_far_rows(reader: Reader, columns: Sequence[Dated]) -> None:
    """Leave out the rows with a date that is too far from all others, by name; name those whose far dates count."""
    far = _far(reader, columns)
    for mask, (_, text) in zip(far.masks, columns, strict=True):
        reader.fates.leave_out(mask, far.reason, text)


def leave_out_far_intervals(reader: Reader, start: Dated, end: Dated) -> Column:
    """Do as `leave_out_far_rows`, but take an end far from all other dates as one that has not come.

    Returns the ends without those.
    """
    far = _far(reader, [start, end])
    reader.fates.leave_out(far.masks[0], far.reason, start[1])
    return _without_far_ends(reader, end, far.masks[1], far.years)


def _without_far_ends(reader: Reader, end: Dated, far: Mask, years: int) -> Column:
    """Take the far ends as not come: they are placeholders, or slips of which nobody knows what was meant."""
    what, advice = f"an end at least {years} years away from all other dates", "or choose to count such dates"
    finding = _NotCome(
        column=end[1].title if end[1] else None,
        what=what,
        repair=FAR_DATES,
        advice=f"Correct it if the end is known, {advice}.",
    )
    reader.account.add(finding, found_in(reader.frame, np.flatnonzero(far & reader.fates.used), end[1]))
    return replace(end[0], known=end[0].known & ~far)


def without_late_ends(reader: Reader, end: Column, text: TextColumn | None) -> Column:
    """Take ends in years that no log speaks of, such as 9999-12-31, as ends that have not come, by name."""
    what = f"an end too far in the future, after {LAST_YEAR - 1}"
    finding = _NotCome(
        column=text.title if text else None, what=what, repair=LATE_ENDS, advice="Correct it if the end is known."
    )
    reader.account.add(finding, found_in(reader.frame, np.flatnonzero(end.late & reader.fates.used), text))
    return replace(end, late=np.zeros(len(end.late), dtype=bool))


def without_far_cells(reader: Reader, columns: Sequence[Dated], ends: Sequence[Dated] = ()) -> list[Column]:
    """Return the columns without the cells whose date is too far from all others, by name; name those that count.

    Behind them come the columns of `ends`, for which this means that they have not come.
    """
    far = _far(reader, [*columns, *ends])
    for mask, (_, text) in zip(far.masks, columns, strict=False):
        finding = _NotUsed(column=text.title if text else None, what=_away(far.years))
        reader.account.add(finding, found_in(reader.frame, np.flatnonzero(mask), text))
    cells = [replace(column, known=column.known & ~mask) for mask, (column, _) in zip(far.masks, columns, strict=False)]
    of_ends = zip(ends, far.masks[len(columns) :], strict=True)
    return [*cells, *(_without_far_ends(reader, end, mask, far.years) for end, mask in of_ends)]


def _away(years: int) -> str:
    return f"a date at least {years} years away from all others"


@dataclass(frozen=True, kw_only=True, eq=False)
class _Far:
    """What is to be left out."""

    masks: list[Mask]
    """For each column, the rows that are used and whose time is too far from all others."""
    years: int
    """How far at least."""

    @property
    def reason(self) -> Reason:
        return Reason(
            repair=FAR_DATES,
            one=f"has {_away(self.years)}",
            many=f"have {_away(self.years)}",
            advice="Correct the date, or choose to count such dates.",
            severity=Severity.WARNING,
        )


def _far(reader: Reader, columns: Sequence[Dated]) -> _Far:
    """Find the times that the choice leaves out; those that are far and count are written down."""
    used, chosen = reader.fates.used, reader.choices.far_dates
    part = reader.whole.of(_part(columns, used))
    usual, within = part.usual(YEARS_AWAY), part.usual(DECADES_AWAY)
    years = YEARS_AWAY if chosen is FarDates.LEAVE_OUT else DECADES_AWAY
    if within is None:
        _say_groups(reader, part.spans(DECADES_AWAY))
    left_out = {FarDates.COUNT: None, FarDates.DECADES: within, FarDates.LEAVE_OUT: usual}[chosen]
    masks = [_outside(column, left_out, used) for column, _ in columns]
    if usual is not None:
        for mask, (column, text) in zip(masks, columns, strict=True):
            counted = np.flatnonzero(_outside(column, usual, used) & ~mask)
            finding = _Counted(column=text.title if text else None, usual=usual)
            reader.account.add(finding, found_in(reader.frame, counted, text))
    return _Far(masks=masks, years=years)


def _say_groups(reader: Reader, spans: Sequence[tuple[Span, int]]) -> None:
    """Say that dates lie decades apart and that neither group is the odd one, where that is so."""
    if len(spans) < 2:
        return
    groups = [
        f"{times:,} {f'on {_day(first)}' if first == last else f'from {_day(first)} to {_day(last)}'}"
        for (first, last), times in spans[:_SHOWN]
    ]
    if len(spans) > _SHOWN:
        groups.append(f"{sum(times for _, times in spans[_SHOWN:]):,} later")
    message = (
        f"The dates lie in groups more than {DECADES_AWAY} years apart: {listed(groups)}. Nothing tells which of them "
        "are wrong, so all count, and lead times, ages and load over time reach from one group to the other. Correct "
        "the dates that are wrong."
    )
    reader.account.add(WholeFile(severity=Severity.WARNING, repair="Dates decades apart", message=message))


def _day(number: int) -> str:
    return (dt.date(1970, 1, 1) + dt.timedelta(days=number)).isoformat()


def _outside(column: Column, span: Span | None, used: Mask) -> Mask:
    if span is None:
        return np.zeros(len(used), dtype=bool)
    return np.asarray(used & column.known & ((column.times < span[0] * DAY) | (column.times >= (span[1] + 1) * DAY)))


def _where(found: Found, column: str | None, what: str) -> str:
    """Say which rows, and what stands there: "Row 7 has", "Rows 7, 9 and 12 have"."""
    texts = listed(list(dict.fromkeys(f"“{spot.text}”" for spot in found.first if spot.text))[:_SHOWN])
    there = f" ({texts} in column “{column}”)" if texts else ""
    return f"{sentence(found.which)} {'has' if found.count == 1 else 'have'} {what}{there}"


def _add(found: Found, column: str | None, message: str, words: Words, repair: str = FAR_DATES) -> None:
    spot = found.first[0]
    words.findings.add(
        Severity.WARNING,
        repair,
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
            first, last = map(_day, self.usual)
            message = (
                f"{_where(found, self.column, _away(YEARS_AWAY))}, which lie from {first} to {last}. Such dates count "
                "as they stand, so lead times, ages, throughput and load over time reach as far. Correct them, or "
                "choose to leave such dates out."
            )
            _add(found, self.column, message, words)


@dataclass(frozen=True, kw_only=True)
class _NotUsed:
    """Far dates in a column of a stage that were left out."""

    column: str | None
    what: str

    def write(self, found: Found, words: Words) -> None:
        """Name the rows, and what becomes of their items."""
        if found.count:
            message = (
                f"{_where(found, self.column, self.what)}. Such a date is left out, so that its item counts as never "
                "having been there. Correct the date, or choose to count such dates."
            )
            _add(found, self.column, message, words)


@dataclass(frozen=True, kw_only=True)
class _NotCome:
    """Ends so far ahead that they were left out."""

    column: str | None
    what: str
    repair: str
    advice: str

    def write(self, found: Found, words: Words) -> None:
        """Name the rows, and what becomes of them."""
        if found.count:
            message = (
                f"{_where(found, self.column, self.what)}. Such an end is left out, so that its row counts as "
                f"still open. {self.advice}"
            )
            _add(found, self.column, message, words, self.repair)
