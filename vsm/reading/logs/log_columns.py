"""The columns of a log -> the roles that their headers and values give them, the choices of a person first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from vsm.folding import fold
from vsm.reading.log_shapes import LogChoices, LogColumn, LogRole
from vsm.reading.logs.clocks import pairs_of_date_and_time
from vsm.reading.logs.frames import Frame, TextColumn
from vsm.reading.logs.log_names import NAMES, plain
from vsm.reading.logs.plans import TIME_ROLES, Plan
from vsm.reading.logs.profiles import Profile, profile_of

SAMPLES = 3
ALL_BARE = 0.95
"""Share of a column's dates that have no time of day, and of another's times that have no date, to belong together."""
_TITLES = {LogRole.STAGE_DATE: "the values are dates", LogRole.STAGE_DURATION: "the values are durations"}


@dataclass(frozen=True, kw_only=True, eq=False)
class Candidates:
    """The columns with what is known of them before the form is decided."""

    frame: Frame
    profiles: tuple[Profile, ...]
    headers: tuple[str, ...]
    """In plain form."""
    chosen: dict[LogRole, tuple[TextColumn, ...]]
    """By a person."""
    missing: tuple[tuple[LogRole, str], ...] = ()
    """Chosen by a person, maybe for another file: this one has no such column."""

    def is_chosen(self, column: TextColumn) -> bool:
        """Whether a person gave the column a role."""
        return any(column is one for columns in self.chosen.values() for one in columns)

    def free(self) -> list[TextColumn]:
        """The columns that nobody gave a role and that hold anything."""
        return [c for c in self.frame.columns if not self.is_chosen(c)]

    def of(self, role: LogRole) -> TextColumn | None:
        """The best column of a role: the chosen one, else by header, among those whose values fit."""
        if role in self.chosen:
            return self.chosen[role][0]
        names = NAMES[role]
        fitting = [c for c in self.free() if self.headers[c.index] in names and self._fits(c, role)]
        if role is LogRole.ITEM and self._tells_changes():
            # A name that stands in one row only is that of the change: its item comes back with the next one.
            fitting = [c for c in fitting if self.profile(c).repeats] or fitting
        best = min(fitting, key=lambda c: (names[self.headers[c.index]], c.index), default=None)
        return best or (self._by_values(role) if not fitting else None)

    def _tells_changes(self) -> bool:
        """Whether a row tells which status an item left, so that an item has several rows."""
        return self.of(LogRole.FROM_STAGE) is not None

    def _by_values(self, role: LogRole) -> TextColumn | None:
        """The column of a role that its values give away: the only one with dates, or the first that tells rows apart.

        An item is told by its values only beside dates of several stages.
        """
        dates = [c for c in self.free() if self.holds_dates(c)]
        if role is LogRole.TIMESTAMP and len(dates) == 1:
            return dates[0]
        if role is LogRole.ITEM and len(dates) >= 2:
            first = self.free()[0]
            return first if self.profile(first).mostly_unique and not self.holds_dates(first) else None
        return None

    @cached_property
    def clocks(self) -> dict[int, TextColumn]:
        """The times of day that stand in a column of their own, by the index of the column of their dates."""
        taken = {c.index for role, columns in self.chosen.items() if role not in TIME_ROLES for c in columns}
        dates = [c for c in self.frame.columns if c.index not in taken and self.profile(c).bare_dates >= ALL_BARE]
        chosen = self.chosen.get(LogRole.TIME_OF_DAY)
        return pairs_of_date_and_time(
            dates, chosen or [c for c in self.free() if self.profile(c).clocks >= ALL_BARE], anyhow=chosen is not None
        )

    def named(self, names: tuple[str, ...]) -> tuple[TextColumn, ...]:
        """The free columns with these headers, in the order of the names; of equal headers the first."""
        found = []
        for name in names:
            column = next((c for c in self.free() if self.headers[c.index] == name), None)
            if column is not None:
                found.append(column)
        return tuple(found)

    def profile(self, column: TextColumn) -> Profile:
        """What the values of a column look like."""
        return self.profiles[column.index]

    def holds_dates(self, column: TextColumn) -> bool:
        """Whether nearly all of a column's values are dates by themselves."""
        return self.profile(column).dates >= 0.8

    def _fits(self, column: TextColumn, role: LogRole) -> bool:
        about = self.profile(column)
        if role in TIME_ROLES:
            return about.dates >= 0.5 or about.numeric_dates >= 0.8
        return about.dates < 0.5 and (about.filled > 0 or role is not LogRole.ITEM)


def candidates(frame: Frame, choices: LogChoices) -> Candidates:
    """Look at every column of a log."""
    chosen: dict[LogRole, tuple[TextColumn, ...]] = {}
    missing = []
    for role, header in choices.columns:
        column = _find(frame, header)
        if column is None:
            missing.append((role, header))
        else:
            chosen[role] = (*chosen.get(role, ()), column)
    return Candidates(
        frame=frame,
        profiles=tuple(profile_of(column, frame.parts) for column in frame.columns),
        headers=tuple(plain(column.header) for column in frame.columns),
        chosen=chosen,
        missing=tuple(missing),
    )


def _find(frame: Frame, header: str) -> TextColumn | None:
    wanted = fold(header)
    for matches in (
        lambda c: c.header == header,
        lambda c: fold(c.header) == wanted,
        lambda c: c.letter == header.strip().upper(),
    ):
        found = next((column for column in frame.columns if matches(column)), None)
        if found is not None:
            return found
    return None


def described(found: Candidates, plan: Plan) -> tuple[LogColumn, ...]:
    """Say of every column how it was understood."""
    roles = {c.index: role for role, columns in plan.roles.items() for c in columns}
    return tuple(
        LogColumn(
            index=column.index,
            letter=column.letter,
            header=column.header,
            role=roles.get(column.index, LogRole.IGNORE),
            why=_why(found, plan, column, roles.get(column.index)),
            samples=tuple(column.beginning(SAMPLES)),
        )
        for column in found.frame.columns
    )


def _why(found: Candidates, plan: Plan, column: TextColumn, role: LogRole | None) -> str:
    if found.is_chosen(column):
        return "chosen by you"
    if role is None:
        return "not needed for this layout" if column.index in plan.why else "no role is known for this column"
    if column.index in plan.why:
        return plan.why[column.index]
    return _TITLES.get(role, f"the header says “{column.title}”")
