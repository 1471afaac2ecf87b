"""What passes between the steps of reading an item log: layouts, mappings, choices, and the finished reading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from vsm.items.build import Status
from vsm.items.log import Log
from vsm.model import DateRule as DateRule
from vsm.model import Problem, RowCount
from vsm.worktime import Calendar


class Layout(StrEnum):
    """The layouts of the command line's JSON."""

    STAGE_TABLE = "stage table"
    STAGE_LOG = "stage log"
    EVENT_LOG = "event log"
    WIDE_DATES = "wide dates"
    WIDE_DURATIONS = "wide durations"


class LogRole(StrEnum):
    """What a column of an item log means. The values are the words of `--column ROLE=HEADER`."""

    ITEM = "item"
    STAGE = "stage"
    """Name of a stage, status or activity."""
    FROM_STAGE = "from_stage"
    """The status that a change left, in a changelog with From and To."""
    TIMESTAMP = "timestamp"
    START = "start"
    END = "end"
    ENQUEUED = "enqueued"
    TIME_OF_DAY = "time_of_day"
    """Times of day that belong to the dates of another column."""
    LIFECYCLE = "lifecycle"
    PAIR = "pair"
    """Ties the start row of a visit to its completion row."""
    FIELD = "field"
    """What changed, in a changelog of all fields: rows about other things than the status are left out."""
    PERSON = "person"
    TYPE = "type"
    TEAM = "team"
    RESOLUTION = "resolution"
    """Why an item was closed: whether it was done."""
    STAGE_DATE = "stage_date"
    """A date column named like a stage: when the item came there."""
    STAGE_DURATION = "stage_duration"
    """A duration column named like a stage: how long the item was there."""
    IGNORE = "ignore"


class Stamp(StrEnum):
    """What a single timestamp marks."""

    ENTERED = "entered"
    COMPLETED = "completed"


class FarDates(StrEnum):
    """What becomes of dates that lie years away from all others."""

    COUNT = "count"
    DECADES = "decades"
    """Those decades away are left out, the others count."""
    LEAVE_OUT = "leave-out"


@dataclass(frozen=True, kw_only=True)
class LogColumn:
    """One column of the file and how it was understood."""

    index: int
    letter: str
    header: str
    role: LogRole
    why: str
    samples: tuple[str, ...] = ()
    question: str | None = None


@dataclass(frozen=True, kw_only=True)
class LogChoices:
    """What a person (or the command line) decided about an item log; empty: everything is proposed."""

    sheet: str | None = None
    items_by_sheet: bool = False
    """Whether each of several sheets numbers items of its own, so that the sheet belongs to an item's name."""
    layout: Layout | None = None
    columns: tuple[tuple[LogRole, str], ...] = ()
    """(role, header or letter)."""
    statuses: tuple[Status, ...] = ()
    """Overrules what is proposed for the statuses named here."""
    stage_order: tuple[str, ...] = ()
    stamp: Stamp | None = None
    dates: DateRule = DateRule.INCLUSIVE
    far_dates: FarDates = FarDates.DECADES
    day_first: bool | None = None
    """Whether 03/04/2026 is 3 April; `None`: decided from the whole column, or asked."""
    timezone: str = "UTC"
    """Of timestamps that name none."""
    as_of: dt.datetime | None = None
    calendar: Calendar | None = None
    """Count working time by this calendar; `None`: elapsed time."""
    hours_per_day: float | None = None
    """Of durations given in days, in wide durations; `None`: as dates beside them tell, else 8."""
    unit: str | None = None
    """Of durations that name none, in wide durations: a name that `vsm.durations.unit_of` gives; `None`: hours."""
    name: str | None = None
    start: str | None = None
    end: str | None = None
    called: str | None = None
    """What a single date of each item is called, in a file added to another log; `None`: as its column or file."""


@dataclass(frozen=True, kw_only=True)
class SheetRows:
    """One of several sheets that were read as one log, and what became of its rows."""

    sheet: str
    rows: RowCount


class RowLeftOut(NamedTuple):
    """A row that was left out, and why."""

    row: int
    reason: str
    sheet: str | None = None
    """Where several sheets were read as one log: the one that the row stands on."""


@dataclass(frozen=True, kw_only=True, eq=False)
class JoinedFile:
    """One of several files that were joined by item into one log."""

    reading: LogReading
    """What was understood of the file by itself; without a log."""
    items: int
    """Different items that it names."""
    alone: Sequence[str]
    """Those that no other file names."""
    single: str | None = None
    """What the one date of each item is called, in a file that has one and no stages."""


@dataclass(frozen=True, kw_only=True, eq=False)
class LogReading:
    """What was understood of an item log."""

    file: str
    sheet: str
    """The one that was read; of several, the first."""
    sheets: tuple[str, ...]
    """All that the file has."""
    layout: Layout
    source: str | None
    """The tool whose export it looks like ("Jira changelog"), where it is one."""
    columns: tuple[LogColumn, ...]
    rows: RowCount
    """Rows of the file under the header: used, left out with a reason, blank; they add up."""
    problems: tuple[Problem, ...]
    left_out: tuple[RowLeftOut, ...]
    """The first rows that were left out, at most 1,000; the problems say how many there are."""
    statuses: tuple[Status, ...]
    """As applied, in flow order."""
    stamp: Stamp | None
    whole_days: bool
    """All timestamps are dates without a time of day."""
    log: Log | None
    date_rules: tuple[DateRule, ...] = ()
    """How these dates were counted; of joined files, each rule once. Empty where times have a time of day."""
    likely_ends: tuple[str, ...] | None = None
    """Where no status means done, so that the last row of an item was taken as its finish: the statuses that look like
    the end, as hardly anything follows them."""
    blocking: tuple[Problem, ...] = ()
    questions: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
    """What the file cannot tell, as sentences: "No status is done, so an item counts as finished at its last row."."""
    of_sheets: tuple[SheetRows, ...] = ()
    """The sheets that were read as one log, where they are several; their rows add up to `rows`."""
    parts: tuple[JoinedFile, ...] = ()
    """Of a log joined from several files: each of them, the first one first."""
