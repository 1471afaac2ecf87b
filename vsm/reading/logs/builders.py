"""What the forms of logs have in common: the rows that count, their codes, and their times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from vsm.folding import fold
from vsm.items.blocks import rows_at_once
from vsm.items.build import Names, Rows
from vsm.items.log import UNKNOWN
from vsm.items.order import by_item, taken
from vsm.model import Severity
from vsm.reading.log_shapes import DateRule, LogChoices, LogRole, Stamp
from vsm.reading.logs.account import Account, Counted, Found, Note, Question, Reason, WholeFile, found_in
from vsm.reading.logs.clocks import LOCAL, JoinedClock, with_clock
from vsm.reading.logs.fates import BAD_TIME, NO_ITEM, TOO_EARLY, TOO_LATE, Fates, Mask
from vsm.reading.logs.frames import BLANK, Codes, Frame, TextColumn
from vsm.reading.logs.plans import TIME_ROLES, Plan
from vsm.reading.logs.profiles import NEVER
from vsm.reading.logs.sheets_as_one import items_of_sheets, teams_of_sheets
from vsm.reading.logs.timestamps import UNREADABLE, DayOrder, day_order, localised, read_stamps, stamps_of_iso
from vsm.reading.logs.told import Told
from vsm.reading.logs.whole import DaysPart, Whole
from vsm.reading.texts import listed
from vsm.worktime import DAY, Times

SPELLINGS_SHOWN = 10


@dataclass(frozen=True, kw_only=True, eq=False)
class Made:
    """What a form made of its rows."""

    told: Told | None
    """`None` where every row was left out."""
    stamp: Stamp | None = None
    whole_days: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class Column:
    """A column's times for every row; `known` is false where the cell is blank or no time."""

    times: Times
    known: Mask
    dates: Mask
    """A time at midnight, as a date without a time of day has."""
    unreadable: Mask
    """No time at all."""
    early: Mask
    """A time too far in the past to be one of work."""
    late: Mask
    """A time too far in the future, as 9999-12-31 is where an end has not come."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Ordered:
    """Rows of a file by item and time, and both of these in that order."""

    rows: NDArray[np.int64]
    item: Codes
    time: Times


@dataclass(kw_only=True, eq=False)
class Reader:
    """What is at hand while one log is read."""

    frame: Frame
    plan: Plan
    choices: LogChoices
    account: Account
    fates: Fates
    day_first: bool
    whole: Whole
    _codes: dict[LogRole, tuple[Codes, list[str]]] = field(default_factory=dict)
    _sequence: tuple[Times, Ordered] | None = None

    def note(self, text: str) -> None:
        """Write down what the file cannot tell."""
        self.account.add(Note(text))

    def ask(self, text: str) -> None:
        """Write down what the file leaves open."""
        self.account.add(Question(text))

    def codes(self, role: LogRole) -> tuple[Codes, list[str]]:
        """The codes of a role and their texts; of several columns the first that is not blank in a row counts."""
        if role not in self._codes:
            self._codes[role] = self._coalesced(role)
        return self._codes[role]

    def _coalesced(self, role: LogRole) -> tuple[Codes, list[str]]:
        columns, by_sheet = self.plan.columns(role), self.choices.items_by_sheet and bool(self.frame.parts)
        if role is LogRole.TEAM and by_sheet and not columns:
            return teams_of_sheets(self.frame)
        if not columns:
            return np.full(len(self.frame), BLANK, dtype=np.int8), []
        codes, texts = columns[0].codes, columns[0].texts
        for column in columns[1:]:
            place = {text: code for code, text in enumerate(texts)}
            lookup = [place.setdefault(text, len(place)) for text in column.texts]
            codes = np.where(codes == BLANK, np.array([*lookup, BLANK], dtype=np.int32)[column.codes], codes)
            texts = list(place)
        if role is LogRole.STAGE:
            codes, texts = self._in_one_spelling(codes, texts)
        return items_of_sheets(self.frame, codes, texts) if role is LogRole.ITEM and by_sheet else (codes, texts)

    def _in_one_spelling(self, codes: Codes, texts: list[str]) -> tuple[Codes, list[str]]:
        """Take names of stages that differ only in capitals, accents or spaces as one, by the first spelling."""
        first: dict[str, int] = {}
        place = [first.setdefault(fold(text), len(first)) for text in texts]
        if len(first) == len(texts):
            return codes, texts
        kept = dict(zip(reversed(place), reversed(texts), strict=True))
        joined = [f"“{text}” as “{kept[p]}”" for text, p in zip(texts, place, strict=True) if text != kept[p]]
        self.account.add(
            WholeFile(
                severity=Severity.NOTE,
                repair="Names that differ only in capitals, accents or spaces",
                message="Names that differ only in capitals, accents or spaces were taken as one: "
                f"{listed(joined[:SPELLINGS_SHOWN])}. Write them differently if they are two stages.",
            )
        )
        return np.array([*place, BLANK], dtype=np.int32)[codes], [kept[p] for p in range(len(first))]

    def times(self, column: TextColumn) -> Column:
        """Read a column's times, with the time of day that another column has."""
        clock = self.plan.clock_of(column)
        if clock is None:
            return self._times(column, self.choices.timezone)
        found = self._times(column, LOCAL)
        times, bare = with_clock(found.times, found.known, clock)
        self.account.add(JoinedClock(column.title, clock.title), found_in(self.frame, np.flatnonzero(bare)))
        times[found.known] = localised(times[found.known], self.choices.timezone)
        return replace(found, times=times, dates=found.known & (times % DAY == 0))

    def _times(self, column: TextColumn, timezone: str) -> Column:
        """Read a column's times: ISO 8601 as it stands, all else each different text once."""
        if column.iso is not None:
            quick = stamps_of_iso(column.iso, timezone)
            known = quick.times != UNREADABLE
            no = np.zeros(len(known), dtype=bool)
            return Column(times=quick.times, known=known, dates=quick.dates, unreadable=no, early=no, late=no)
        stamps = read_stamps(column.values, day_first=self.day_first, timezone=timezone)
        unreadable = ~stamps.is_time
        for place in np.flatnonzero(unreadable):
            unreadable[place] = str(column.values[place]).casefold() not in NEVER
        times = np.append(stamps.times, UNREADABLE)[column.codes]
        zoned = np.append(stamps.zoned, False)[column.codes]
        self.account.add(_zoned_times(column), Found(count=int(np.count_nonzero(zoned))))
        self.account.add(_bare_times(column), Found(count=int(np.count_nonzero((times != UNREADABLE) & ~zoned))))
        return Column(
            times=times,
            known=times != UNREADABLE,
            dates=np.append(stamps.dates, False)[column.codes],
            unreadable=np.append(unreadable, False)[column.codes],
            early=np.append(stamps.early, False)[column.codes],
            late=np.append(stamps.late, False)[column.codes],
        )

    def first_times(self, role: LogRole) -> Column:
        """Read the times of a role; of several columns the first that is not blank in a row counts."""
        columns = self.plan.columns(role)
        result = self.times(columns[0])
        for column in columns[1:]:
            other = self.times(column)
            fill = ~result.known & ~result.unreadable & ~result.early & ~result.late
            result = Column(
                times=np.where(fill, other.times, result.times),
                known=np.where(fill, other.known, result.known),
                dates=np.where(fill, other.dates, result.dates),
                unreadable=np.where(fill, other.unreadable, result.unreadable),
                early=np.where(fill, other.early, result.early),
                late=np.where(fill, other.late, result.late),
            )
        return result

    def leave_out_unreadable(self, column: Column, role: LogRole, missing: Reason | None) -> None:
        """Leave out rows whose time cannot be read or can be none of work, and, with a reason, those that have none."""
        for rows, reason in ((column.unreadable, BAD_TIME), (column.early, TOO_EARLY), (column.late, TOO_LATE)):
            self.fates.leave_out(rows, reason, self.plan.first(role))
        if missing is not None:
            self.fates.leave_out(~column.known, missing)

    def leave_out_without_item(self) -> None:
        """Leave out rows that name no item."""
        self.fates.leave_out(self.codes(LogRole.ITEM)[0] == BLANK, NO_ITEM)

    def sequence(self, time: Times) -> Ordered:
        """The rows that are still used, by item and time; as in the file where these are equal and nothing tells."""
        item, used = self.codes(LogRole.ITEM)[0], self.fates.used
        if self._sequence is None or self._sequence[0] is not time:
            every = bool(used.all())
            rows = np.array([], dtype=np.int64) if every else np.flatnonzero(used)
            order = by_item(item, time) if every else rows[by_item(item[rows], time[rows])]
            self._sequence = (time, Ordered(rows=order, item=taken(item, order), time=taken(time, order)))
        found = self._sequence[1]
        if len(found.rows) > np.count_nonzero(used):
            keep = used[found.rows]
            found = Ordered(rows=found.rows[keep], item=found.item[keep], time=found.time[keep])
            self._sequence = (time, found)
        return found

    def take_sequence(self, time: Times, ordered: Ordered) -> None:
        """Take rows by item and time in an order that settles which of equal times came first."""
        self._sequence = (time, ordered)

    def forget_rows(self) -> None:
        """Let go of all columns in the file's order that a log is not built from; what is kept may be asked again."""
        asked_again = {LogRole.ITEM, LogRole.RESOLUTION} if self.plan.first(LogRole.RESOLUTION) else set[LogRole]()
        self._sequence = None
        for role in self.plan.roles.keys() - asked_again:
            self._codes.pop(role, None)
            for column in self.plan.columns(role):
                column.forget_rows()

    def whole_days(self, columns: Sequence[Column], rows: Mask) -> bool:
        """Tell whether all times of these rows, and of all others, are dates without a time of day."""
        part = DaysPart(
            all_dates=all(bool(c.dates[rows & c.known].all()) for c in columns),
            any_time=any(bool((rows & c.known).any()) for c in columns),
        )
        days = self.whole.of(part)
        return days.all_dates and days.any_time

    def names_and_rows(
        self, rows: NDArray[np.int64], completions: NDArray[np.int64] | None = None
    ) -> tuple[Names, Rows]:
        """The names of the items, people, types and teams of some rows, and the rows' codes into them.

        `completions` are the rows that tell who completed what each of the rows began.
        """
        item, items = _compact(self.codes(LogRole.ITEM), rows)
        both = rows if completions is None else np.concatenate((rows, completions))
        person, people = _compact(self.codes(LogRole.PERSON), both)
        item_type, types = _compact(self.codes(LogRole.TYPE), rows)
        team, teams = _compact(self.codes(LogRole.TEAM), rows)
        return (
            Names(items=items, people=people, types=types, teams=teams),
            Rows(
                item=item.astype(np.int32, copy=False),
                person=person[: len(rows)],
                item_type=item_type,
                team=team if teams else None,
                completed_by=None if completions is None else person[len(rows) :],
            ),
        )


def _compact(coded: tuple[Codes, list[str]], rows: NDArray[np.int64]) -> tuple[Codes, tuple[str, ...]]:
    """Keep only the texts that some row has; a code of `BLANK` stays, which is `UNKNOWN` too."""
    texts = coded[1]
    if not texts:
        return np.full(len(rows), UNKNOWN, dtype=np.int8), ()
    codes = taken(coded[0], rows)
    present = np.zeros(len(texts) + 1, dtype=bool)
    for part in rows_at_once(len(codes)):
        present[codes[part]] = True
    if present[:-1].all():
        return codes, tuple(texts)
    kept = np.flatnonzero(present[:-1])
    lookup = np.full(len(texts) + 1, UNKNOWN, dtype=codes.dtype)
    lookup[kept] = np.arange(len(kept))
    return taken(lookup, codes), tuple(texts[i] for i in kept)


def _zoned_times(column: TextColumn) -> Counted:
    return Counted(f"times of column {column.letter} that name their zone")


def _bare_times(column: TextColumn) -> Counted:
    return Counted(f"times of column {column.letter} that name no zone")


def note_bare_times(plan: Plan, choices: LogChoices, account: Account) -> None:
    """Say how many times name no zone in columns in which others do, and which one was taken."""
    for column in (c for role in TIME_ROLES for c in plan.columns(role)):
        bare, zoned = account.count(_bare_times(column)), account.count(_zoned_times(column))
        if bare and zoned:
            names, were = ("time names", "it was") if bare == 1 else ("times name", "they were")
            others = f"{zoned:,} {'does' if zoned == 1 else 'do'}"
            words = f"{bare:,} {names} no time zone, and {others}: {were} taken as {choices.timezone}"
            account.add(Note(f"In column “{column.title}” {words}."))


_ORDER_UNDECIDED = Question(
    "Dates such as 03/04/2026 can be read with the day or the month first, and no date in the file tells. They were "
    "read with the day first (3 April); choose the month first if that is wrong."
)
_ORDER_MIXED = WholeFile(
    severity=Severity.WARNING,
    repair="Dates written in two orders",
    message="Some dates are written with the day first and some with the month first. Those that can be read both ways "
    "were read with the day first; write them as year-month-day to be sure.",
)


def settle_day_order(plan: Plan, choices: LogChoices, account: Account) -> bool:
    """Decide from all time columns together whether the day comes first, or the month; asks where they do not tell."""
    if choices.day_first is not None:
        return choices.day_first
    columns = [c for role in TIME_ROLES for c in plan.columns(role)]
    order = day_order([column.values for column in columns if column.iso is None])
    if order is DayOrder.UNDECIDED:
        account.add(_ORDER_UNDECIDED)
    elif order is DayOrder.BOTH:
        account.add(_ORDER_MIXED)
    return order is not DayOrder.MONTH_FIRST


def inclusive(reader: Reader, whole_days: bool) -> bool:
    """Tell whether a finish counts to the end of its day."""
    return whole_days and reader.choices.dates is DateRule.INCLUSIVE
