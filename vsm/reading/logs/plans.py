"""How a log is to be read: which columns mean what, and in which form the rows tell of visits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from vsm.items.build import StatusKind
from vsm.reading.log_shapes import Layout, LogRole, Stamp
from vsm.reading.logs.frames import TextColumn


class Form(Enum):
    """What one row tells."""

    CHANGES = "an item entered a status, or completed an activity"
    LIFECYCLE = "an activity of an item was started, or completed"
    INTERVALS = "an item was worked on from a start to an end"
    STATUS_INTERVALS = "an item was in a status from a start to an end"
    WIDE_DATES = "when an item came to each stage"
    WIDE_DURATIONS = "how long an item was in each stage"
    WIDE_INTERVALS = "when an item came to each stage and left it"
    START_END = "when an item began and when it was finished"


LAYOUTS = {
    Form.CHANGES: Layout.EVENT_LOG,
    Form.LIFECYCLE: Layout.EVENT_LOG,
    Form.INTERVALS: Layout.STAGE_LOG,
    Form.STATUS_INTERVALS: Layout.STAGE_LOG,
    Form.WIDE_DATES: Layout.WIDE_DATES,
    Form.WIDE_DURATIONS: Layout.WIDE_DURATIONS,
    Form.WIDE_INTERVALS: Layout.WIDE_DATES,
    Form.START_END: Layout.STAGE_LOG,
}

ONE_ROW_EACH = (Form.START_END, Form.WIDE_DATES, Form.WIDE_INTERVALS, Form.WIDE_DURATIONS)
"""Forms in which one row tells all of an item, and so how it stands now."""
TIME_ROLES = frozenset({LogRole.TIMESTAMP, LogRole.START, LogRole.END, LogRole.ENQUEUED, LogRole.STAGE_DATE})


@dataclass(frozen=True, kw_only=True, eq=False)
class Plan:
    """A form and the columns of each role; a role's first column that is not blank in a row counts."""

    form: Form
    roles: Mapping[LogRole, tuple[TextColumn, ...]]
    why: Mapping[int, str]
    """By the column's index: how its role was found."""
    source: str | None = None
    stage_names: Mapping[int, str] = field(default_factory=dict)
    """By the column's index: the stage that it speaks of, where that is not its header."""
    kinds: Mapping[str, StatusKind] = field(default_factory=dict)
    """What the tool says that its stages mean, by name."""
    clocks: Mapping[int, int] = field(default_factory=dict)
    """Column of dates -> the column with their times of day, by index."""
    stamp: Stamp | None = None
    questions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def layout(self) -> Layout:
        """The layout of the command line that the form belongs to."""
        return LAYOUTS[self.form]

    def columns(self, role: LogRole) -> tuple[TextColumn, ...]:
        """The columns of a role, the best first."""
        return self.roles.get(role, ())

    def first(self, role: LogRole) -> TextColumn | None:
        """The best column of a role."""
        return next(iter(self.columns(role)), None)

    def clock_of(self, column: TextColumn) -> TextColumn | None:
        """The column with the times of day of a column of dates."""
        wanted = self.clocks.get(column.index)
        return next((c for c in self.columns(LogRole.TIME_OF_DAY) if c.index == wanted), None)

    def stage_of(self, column: TextColumn) -> str:
        """The stage that a column of dates or durations speaks of."""
        return self.stage_names.get(column.index, column.title)
