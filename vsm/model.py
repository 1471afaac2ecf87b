"""The shapes everything else speaks in: a stage, a queue, a value stream, its definitions and its data notes.

All times are hours, all shares run from 0 to 1, and `None` means "not measured": it is never 0 and never 100 %.
Frozen, comparable, standard library only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache, wraps
from itertools import groupby
from typing import TypeVar

from vsm.growth import Growth


class WaitSide(StrEnum):
    """On which side of its stage a row's wait time lies."""

    AFTER = "after"
    BEFORE = "before"


class QualitySide(StrEnum):
    """Whether a row's %C&A speaks of what arrives at the stage or of what leaves it."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"


class Severity(StrEnum):
    """How much a problem matters: an error loses a figure or a row, a warning changes one, a note explains."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, kw_only=True)
class Definitions:
    """The choices that change the answer; each has a default, is shown, and travels into every report."""

    wait: WaitSide = WaitSide.AFTER
    complete_accurate: QualitySide = QualitySide.INCOMING
    lead_time_contains_processing: bool = True
    hours_per_day: float = 8.0
    days_per_week: float = 5.0
    unit: str | None = None
    """Unit of durations that name none: "min", "h", "d", ... `None`: the header's unit, else hours."""
    demand: float | None = None
    """Items per week that ask for the stream, where the sheet has no demand column."""

    @property
    def hours_per_week(self) -> float:
        """Hours that one person is available in a week."""
        return self.hours_per_day * self.days_per_week


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One step of the stream, as its row states it. Times in hours, shares 0 to 1, `None`: not measured."""

    name: str
    processing_time: float | None = None
    wait_time: float | None = None
    """The row's wait; `Definitions.wait` says on which side of the stage it lies."""
    complete_accurate: float | None = None
    """The row's %C&A; `Definitions.complete_accurate` says whether it is incoming or outgoing."""
    batch_size: float | None = None
    handoffs: float | None = None
    """People touching the item in this stage."""
    people: float | None = None
    availability: float | None = None
    """Share of working time in which the stage can work on this stream (uptime); `None` counts as all of it."""
    demand: float | None = None
    """Items per week asked of this stage."""
    wip: float | None = None
    """Items now in the stage or in the queue that its row states."""
    rework_to: str | None = None
    """Name of the stage that defective items found here go back to; `None`: the stage before."""
    rework_also: tuple[tuple[str, float], ...] = ()
    """Of checks that a change has put together: further stages that redo their defects, each with its share of all."""
    parallel_group: str | None = None
    """Neighbouring stages with the same group run side by side."""
    team: str | None = None
    kind: str | None = None
    note: str | None = None
    undivided_time: float | None = None
    """Time in the stage that nothing tells into work and wait."""
    visits: int | None = None
    """How often items came here, counted in a log."""
    work_variation: float | None = None
    """Coefficient of variation (standard deviation over mean) of the work of a visit; `None`: assumed to be 1."""
    arrival_variation: float | None = None
    """Coefficient of variation of the time between two arrivals here; `None`: assumed to be 1."""
    work_again: float | None = None
    """Share of the work (or of the time that nothing divides) that a log shows after its item was sent back."""
    wait_again: float | None = None
    """Share of the wait that a log shows in front of work that was done again."""
    merged: tuple[str, ...] = ()
    """Names of the stages that a change has made into this one, in flow order: it still answers to the last."""

    @cached_property
    def time(self) -> float | None:
        """Hours that an item is here once: P + W, and what nothing divides into the two; `None` where none is known."""
        known = [t for t in (self.processing_time, self.wait_time, self.undivided_time) if t is not None]
        return sum(known) if known else None


@dataclass(frozen=True, kw_only=True)
class Queue:
    """A place where items wait between two steps."""

    after: str | None
    """The step that items come from (parallel stages joined by " + "); `None`: the start of the stream."""
    before: str | None
    """The step that items wait for: the accused one; `None`: the end of the stream, the customer."""
    wait_time: float
    """Hours."""
    stated_by: int
    """Index of the stage whose row states this wait."""
    comes_from: tuple[int, ...]
    """Indices of the stages in `after`; empty at the start of the stream."""
    waits_for: tuple[int, ...]
    """Indices of the stages in `before`; empty at the end of the stream."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that was odd in a file: where, what was found, what was done, what to do."""

    severity: Severity
    repair: str
    """The group it belongs to: the same words for the same repair ("Merged names filled down")."""
    message: str
    """A whole sentence for a person: what was found, what was done and what to do."""
    sheet: str | None = None
    row: int | None = None
    """As the spreadsheet numbers it, from 1."""
    column: str | None = None
    found: str | None = None
    file: str | None = None
    """Where several files were joined: the one that it is about."""


@dataclass(frozen=True, kw_only=True)
class RowCount:
    """What became of the rows under the header; they always add up."""

    used: int
    left_out: int
    blank: int

    @property
    def total(self) -> int:
        """Rows in: used + left out + blank."""
        return self.used + self.left_out + self.blank


class ClockKind(StrEnum):
    """Which hours of a log count: all of them, or those of a working calendar."""

    ELAPSED = "elapsed"
    WORKING = "working"


@dataclass(frozen=True, kw_only=True)
class LeadTimes:
    """Lead times of finished items, in hours; percentiles by linear interpolation."""

    mean: float
    median: float
    p70: float
    p85: float
    p95: float


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which items of a log to look at: those that match all that is asked for; what is empty asks for nothing."""

    types: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    finished_from: dt.date | None = None
    finished_to: dt.date | None = None
    """The last day that counts."""


class DateRule(StrEnum):
    """How dates without a time of day count."""

    INCLUSIVE = "inclusive"
    DIFFERENCE = "difference"


@dataclass(frozen=True, kw_only=True)
class WorkingTime:
    """The hours that a log was measured by, where not every hour counts."""

    begins: dt.time
    ends: dt.time
    """Midnight is the end of the day."""
    weekdays: tuple[bool, ...]
    """Monday first."""
    timezone: str
    country: str | None
    """Whose public holidays are no working days ("DE", "DE-BY"); `None`: those of a list, if any."""
    holidays: tuple[dt.date, ...]
    """Those that fall on a working day within the time of the log, in their order."""


class ReworkUnseen(StrEnum):
    """Why a log does not tell how often items are sent back."""

    NO_DATES = "no dates"
    NOTHING_COMPLETED = "no visit is completed"
    ONE_STAGE = "one stage"
    ONE_ROW_EACH = "one row for each item"


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What an item log says of the stream as a whole, which its stages alone cannot tell. Times in hours."""

    items: int
    finished: int
    cancelled: int
    lead_times: LeadTimes | None
    """`None` when no item is finished of which more than the finish is known."""
    overlap: float
    """Hours by which the stages add up to more than the mean lead time, as steps of one item run side by side."""
    work_overlap: float
    """The same for processing time alone: hours in which more than one step works on the item."""
    throughput: float | None
    """Finished items a week, over whole weeks; `None`: it spans none, finished nothing in them, or has no dates."""
    flow_load: float | None
    """Mean number of items in the stream over time; `None` where the log has no dates."""
    sent_back: int
    """Moves to an earlier stage, as far as the log tells of them."""
    variants: int
    """Different sequences of stages, over all items."""
    begins: dt.datetime | None
    ends: dt.datetime | None
    as_of: dt.datetime | None
    """UTC; `None` where the log has no dates."""
    clock: ClockKind
    finish_assumed: bool = False
    """Whether nothing in the log says that an item is finished, so that its last row was taken as its finish."""
    elapsed_lead_time: float | None = None
    """Mean of finished items with every hour counted, whatever the clock: what Little's law speaks of, as the load is
    averaged over every hour, too. `None` where nothing is finished or the log has no dates."""
    person_moves: int | None = None
    """Visits that follow another of their item, both with a person; `None` where the log names nobody."""
    person_changes: int | None = None
    """Those of them in which the work goes on with another person."""
    wanted: Wanted = Wanted()
    """What the items were chosen by."""
    never_sent_back: int | None = None
    """Finished items that were never sent back; `None` where that is not told."""
    only_finish_known: int = 0
    """Finished items that came to no stage: they count in throughput, and have no lead time."""
    rework_unseen: ReworkUnseen | None = None
    """`None` where the log tells how often items are sent back."""
    growth: tuple[Growth, ...] = ()
    """Of each stage, in flow order; empty where it is not known, as of a stream that was changed since."""
    items_in_file: int | None = None
    """Of which they were chosen; `None` where nothing was asked for."""
    working_time: WorkingTime | None = None
    """`None` where every hour counts, or the log has no dates."""
    date_rules: tuple[DateRule, ...] = ()
    """How dates without a time of day were counted; of joined files, each rule once. Empty where all have a time."""

    @property
    def timed(self) -> int:
        """Finished items that have a lead time."""
        return self.finished - self.only_finish_known

    @property
    def open(self) -> int:
        """Items still in the stream."""
        return self.items - self.finished - self.cancelled


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a stream's figures come from and what was done to them on the way."""

    file: str
    sheet: str | None
    rows: RowCount
    problems: tuple[Problem, ...] = ()
    period: str | None = None
    """The one of `periods` that the figures are of; `None` where the source does not hold several."""
    periods: tuple[str, ...] = ()
    """All periods that the source holds, in the order of time; `rows` and `problems` are those of all."""
    parts: tuple[Source, ...] = ()
    """Where several files were joined, or sheets of one read as one log: each of them, without its problems."""


class Topic(StrEnum):
    """What a person can say of a stream where the file is silent, or in its place."""

    DEMAND = "demand"
    PEOPLE = "people"
    AVAILABILITY = "available time"
    REWORK = "where defects go back to"


@dataclass(frozen=True, kw_only=True)
class Saying:
    """That something of a stream was said by the person who looked at it, and does not come from its source."""

    topic: Topic
    stages: tuple[str, ...] = ()
    """Names of the stages of which it was said; empty: of the stream."""


@dataclass(frozen=True, kw_only=True)
class ValueStream:
    """Stages in flow order, with the definitions that say how to count them."""

    stages: tuple[Stage, ...]
    name: str = "Value stream"
    start: str | None = None
    """Where the stream begins and who asks ("customer request")."""
    end: str | None = None
    """Where it ends and who receives ("in production")."""
    definitions: Definitions = field(default_factory=Definitions)
    source: Source | None = None
    measured: Measured | None = None
    """What a log measured of the whole; `None`: the figures are stated."""
    said: tuple[Saying, ...] = ()
    """What of it is not from its source."""

    @cached_property
    def steps(self) -> tuple[tuple[int, ...], ...]:
        """Stage indices in flow order: one stage a step, or the neighbours that share a parallel group.

        >>> ValueStream(stages=(Stage(name="a"), Stage(name="b", parallel_group="1"),
        ...                     Stage(name="c", parallel_group="1"))).steps
        ((0,), (1, 2))
        """
        return _steps(tuple([stage.parallel_group for stage in self.stages]))

    @cached_property
    def step_of(self) -> tuple[int, ...]:
        """For each stage, the position of its step in `steps`."""
        return tuple(position for position, step in enumerate(self.steps) for _ in step)


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """A stream as it was in one period."""

    period: str
    stream: ValueStream


Figure = TypeVar("Figure")


def kept(figure: Callable[[ValueStream], Figure]) -> Callable[[ValueStream], Figure]:
    """Let a stream remember a figure of its own: it never changes, and others are computed from it again and again."""
    name = f"_{figure.__name__}"

    @wraps(figure)
    def remembered(stream: ValueStream) -> Figure:
        memory = vars(stream)
        if name not in memory:
            memory[name] = figure(stream)
        found: Figure = memory[name]
        return found

    return remembered


@lru_cache(maxsize=64)
def _steps(groups: tuple[str | None, ...]) -> tuple[tuple[int, ...], ...]:
    """Put neighbours of one group into one step; remembered, as the changes that are tried out keep the groups."""
    steps: list[tuple[int, ...]] = []
    for group, members in groupby(range(len(groups)), key=groups.__getitem__):
        step = tuple(members)
        steps += [step] if group is not None else [(i,) for i in step]
    return tuple(steps)
