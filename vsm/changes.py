"""What a person decides to change -> the changed stream: typed changes, refused in a sentence where they make no sense.

A change names its stages, so that it still fits when others were taken out or moved, and on next quarter's data.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from vsm import restructuring, scenario
from vsm.change_checks import ChangeError, at_work, divided, number, position_of, share_of_one
from vsm.folding import fold
from vsm.metrics import lead_time
from vsm.model import Stage, ValueStream
from vsm.rework import never_finish


class Lever(StrEnum):
    """The ways to shorten a stream; the values are the words of the command line's JSON."""

    BATCH = "batch"
    AUTOMATE = "automate"
    REWORK = "rework"
    REMOVE = "remove"
    CAPACITY = "capacity"
    WIP_LIMIT = "wip limit"
    ORDER = "order"
    DEMAND = "demand"
    WORK = "work"


@dataclass(frozen=True, kw_only=True)
class Change(ABC):
    """One change to a stream."""

    @property
    @abstractmethod
    def lever(self) -> Lever:
        """The way in which it shortens the stream."""

    @abstractmethod
    def applied(self, stream: ValueStream) -> ValueStream:
        """Return the changed stream; raises `ChangeError` where the change makes no sense for it."""


@dataclass(frozen=True, kw_only=True)
class StageChange(Change):
    """A change at one stage, by its name."""

    stage: str


def apply(stream: ValueStream, change: Change) -> ValueStream:
    """Apply one change; raises `ChangeError` with a sentence where it makes no sense, or where nothing would finish.

    >>> stream = ValueStream(stages=(Stage(name="a", wait_time=6.0),))
    >>> apply(stream, SetWaitTime(stage="a", hours=1.0)).stages[0].wait_time
    1.0
    """
    changed = change.applied(stream)
    if (stuck := _stuck(changed)) and not _stuck(stream):
        raise ChangeError(f"So much would be sent back at {stuck[0]} that no item would ever be finished.")
    if lead_time(changed) is None and lead_time(stream) is not None:
        raise ChangeError("Nothing with a time would be left of the stream.")
    return _unmeasured_growth(changed)


def _unmeasured_growth(stream: ValueStream) -> ValueStream:
    """Return a changed stream that no longer tells where work piles up: that was seen before the change."""
    if stream.measured is None or not stream.measured.growth:
        return stream
    return replace(stream, measured=replace(stream.measured, growth=()))


def _stuck(stream: ValueStream) -> tuple[str, ...]:
    return never_finish(stream if stream.measured is None else replace(stream, measured=None))


@dataclass(frozen=True, kw_only=True)
class SetBatchSize(StageChange):
    """Hand on so many items at a time."""

    size: float
    kind: Literal["set batch size"] = "set batch size"
    lever = Lever.BATCH

    def applied(self, stream: ValueStream) -> ValueStream:
        """Change the batch size and the part of the wait behind it that the batch causes."""
        at = position_of(stream, self.stage)
        return scenario.with_batch_size(stream, at, number(self.size, "A batch size", at_least=1))


@dataclass(frozen=True, kw_only=True)
class SetWaitTime(StageChange):
    """Let the wait that this stage's row states be so many hours: automate the transition, or meet more often."""

    hours: float
    kind: Literal["set wait time"] = "set wait time"
    lever = Lever.AUTOMATE

    def applied(self, stream: ValueStream) -> ValueStream:
        """Change the wait and nothing else."""
        at = divided(stream, self.stage)
        return scenario.with_stage(stream, at, wait_time=number(self.hours, "A wait time"))


@dataclass(frozen=True, kw_only=True)
class SetProcessingTime(StageChange):
    """Work so many hours on an item."""

    hours: float
    kind: Literal["set processing time"] = "set processing time"
    lever = Lever.WORK

    def applied(self, stream: ValueStream) -> ValueStream:
        """Change the processing time and the waits that follow from how busy the stage is then."""
        at = divided(stream, self.stage)
        return scenario.with_processing_time(stream, at, number(self.hours, "A processing time"))


@dataclass(frozen=True, kw_only=True)
class SetCompleteAccurate(StageChange):
    """Let this share of items be complete and accurate, from 0 to 1."""

    share: float
    kind: Literal["set complete accurate"] = "set complete accurate"
    lever = Lever.REWORK

    def applied(self, stream: ValueStream) -> ValueStream:
        """Change %C&A, and with it how often items pass each stage."""
        at = position_of(stream, self.stage)
        return scenario.with_quality(stream, {at: share_of_one(self.share, "%C&A")})


@dataclass(frozen=True, kw_only=True)
class MoveCheck(StageChange):
    """Find at the earlier stage `to` the defects that are found at this one."""

    to: str
    kind: Literal["move check"] = "move check"
    lever = Lever.REWORK

    def applied(self, stream: ValueStream) -> ValueStream:
        """Multiply %C&A of both at the earlier stage, and let the later one find nothing more."""
        late, early = position_of(stream, self.stage), position_of(stream, self.to)
        if early >= late:
            raise ChangeError(f"A check moves upstream: {self.to} does not come before {self.stage}.")
        if stream.stages[late].complete_accurate is None:
            raise ChangeError(f"{self.stage} states no %C&A, so there is no check to move.")
        return restructuring.with_check_moved(stream, late, early)


@dataclass(frozen=True, kw_only=True)
class SetHandoffs(StageChange):
    """Let so many people touch an item here."""

    people: float
    kind: Literal["set handoffs"] = "set handoffs"
    lever = Lever.WORK

    def applied(self, stream: ValueStream) -> ValueStream:
        """Change the people touching an item; no time depends on them."""
        return scenario.with_stage(
            stream,
            position_of(stream, self.stage),
            handoffs=number(self.people, "The number of people"),
        )


@dataclass(frozen=True, kw_only=True)
class SetPeople(StageChange):
    """Let so many people work here."""

    people: float
    kind: Literal["set people"] = "set people"
    lever = Lever.CAPACITY

    def applied(self, stream: ValueStream) -> ValueStream:
        """Change the people and, where utilisation is known, the wait in front of them."""
        at = position_of(stream, self.stage)
        return scenario.with_people(stream, at, at_work(self.people, f"The number of people at {self.stage}"))


@dataclass(frozen=True, kw_only=True)
class SetAvailability(StageChange):
    """Let the people of a stage work on this stream for this share of their time."""

    share: float
    kind: Literal["set availability"] = "set availability"
    lever = Lever.CAPACITY

    def applied(self, stream: ValueStream) -> ValueStream:
        """Change the available time and, where utilisation is known, the wait in front of the stage."""
        share = at_work(share_of_one(self.share, "Availability"), f"The availability of {self.stage}")
        return scenario.with_availability(stream, position_of(stream, self.stage), share)


@dataclass(frozen=True, kw_only=True)
class LimitLoad(StageChange):
    """Allow at most so many items in a stage and the queue in front of it: a limit on work in progress."""

    items: float
    kind: Literal["limit load"] = "limit load"
    lever = Lever.WIP_LIMIT

    def applied(self, stream: ValueStream) -> ValueStream:
        """Shorten the queue to what Little's law allows; raises where it says nothing or work alone needs more."""
        at, items = position_of(stream, self.stage), number(self.items, "A limit on work in progress", above=0)
        if not scenario.queues_in_front(stream, at):
            raise ChangeError(f"No wait is known in front of {self.stage}, so a limit there changes nothing.")
        in_work = scenario.items_in_work(stream, at)
        if in_work is None:
            raise ChangeError(
                f"What a limit on work in progress at {self.stage} saves cannot be told, as demand is not known."
            )
        if items < in_work * (1 - 1e-9):
            raise ChangeError(
                f"A limit of {items:g} would starve {self.stage}: its work alone keeps {in_work:.3g} items there."
            )
        return scenario.with_load_limit(stream, at, items)


@dataclass(frozen=True, kw_only=True)
class RemoveStage(StageChange):
    """Do without this stage: its work, its check and the wait that its row states go."""

    kind: Literal["remove stage"] = "remove stage"
    lever = Lever.REMOVE

    def applied(self, stream: ValueStream) -> ValueStream:
        """Take the stage out."""
        at = position_of(stream, self.stage)
        if len(stream.stages) == 1:
            raise ChangeError(f"{self.stage} is the last stage there is: a stream needs at least one.")
        return restructuring.without_stage(stream, at)


@dataclass(frozen=True, kw_only=True)
class MergeIntoNext(StageChange):
    """Do this stage's work in one go with the next one's, so that the queue between them disappears."""

    name: str | None = None
    """What the merged stage is called; `None`: after both."""
    kind: Literal["merge into next"] = "merge into next"
    lever = Lever.REMOVE

    def applied(self, stream: ValueStream) -> ValueStream:
        """Merge the stage into the one that follows."""
        at = position_of(stream, self.stage)
        if at + 1 < len(stream.stages) and stream.step_of[at] == stream.step_of[at + 1]:
            raise ChangeError(
                f"{self.stage} runs side by side with {stream.stages[at + 1].name}: they cannot be merged."
            )
        name = (self.name or "").strip()
        if any(fold(name) == fold(s.name) for s in (*stream.stages[:at], *stream.stages[at + 2 :])):
            raise ChangeError(f"There is a stage called {name} already; the merged one needs a name of its own.")
        try:
            return restructuring.merged_into_next(stream, at, name)
        except ValueError as error:
            raise ChangeError(str(error)) from error


@dataclass(frozen=True, kw_only=True)
class MoveStage(StageChange):
    """Let this stage come right behind another, or first."""

    behind: str | None
    """`None`: to the start of the stream."""
    kind: Literal["move stage"] = "move stage"
    lever = Lever.ORDER

    def applied(self, stream: ValueStream) -> ValueStream:
        """Take the stage to its new place; it brings its own wait along."""
        at = position_of(stream, self.stage)
        if self.behind == self.stage:
            raise ChangeError(f"{self.stage} cannot come behind itself.")
        before = 0 if self.behind is None else position_of(stream, self.behind) + 1
        return restructuring.with_moved(stream, at, before - 1 if at < before else before)


@dataclass(frozen=True, kw_only=True)
class RunInParallel(Change):
    """Let all stages from `first` to `last` run side by side."""

    first: str
    last: str
    kind: Literal["run in parallel"] = "run in parallel"
    lever = Lever.ORDER

    def applied(self, stream: ValueStream) -> ValueStream:
        """Put the stages into one group of their own."""
        first, last = position_of(stream, self.first), position_of(stream, self.last)
        if first >= last:
            raise ChangeError(f"To run side by side takes two stages: {self.last} does not come behind {self.first}.")
        return restructuring.with_parallel(stream, first, last, f"{self.first} – {self.last}")


@dataclass(frozen=True, kw_only=True)
class AddStage(StageChange):
    """Put a new stage right behind another, or first; its own wait lies on the side where those of the others lie."""

    behind: str | None
    processing_time: float
    wait_time: float | None = None
    complete_accurate: float | None = None
    people: float | None = None
    kind: Literal["add stage"] = "add stage"
    lever = Lever.ORDER

    def applied(self, stream: ValueStream) -> ValueStream:
        """Put the stage in."""
        if not self.stage.strip():
            raise ChangeError("A new stage needs a name.")
        if any(fold(self.stage) == fold(s.name) for s in stream.stages):
            raise ChangeError(f"There is a stage called {self.stage} already; the new one needs a name of its own.")
        added = Stage(
            name=self.stage,
            processing_time=number(self.processing_time, "A processing time"),
            wait_time=None if self.wait_time is None else number(self.wait_time, "A wait time"),
            complete_accurate=None if self.complete_accurate is None else share_of_one(self.complete_accurate, "%C&A"),
            people=None if self.people is None else at_work(self.people, "The number of people"),
        )
        return restructuring.with_added(
            stream, 0 if self.behind is None else position_of(stream, self.behind) + 1, added
        )


@dataclass(frozen=True, kw_only=True)
class SetDemand(Change):
    """Let so many items a week ask for the stream."""

    items_per_week: float
    kind: Literal["set demand"] = "set demand"
    lever = Lever.DEMAND

    def applied(self, stream: ValueStream) -> ValueStream:
        """Change the demand and, where utilisation is known, the waits that follow."""
        return scenario.with_demand(stream, number(self.items_per_week, "Demand", above=0))


AnyChange = (
    SetBatchSize
    | SetWaitTime
    | SetProcessingTime
    | SetCompleteAccurate
    | MoveCheck
    | SetHandoffs
    | SetPeople
    | SetAvailability
    | LimitLoad
    | RemoveStage
    | MergeIntoNext
    | MoveStage
    | RunInParallel
    | AddStage
    | SetDemand
)
"""Every change there is; `kind` tells them apart in a file."""
