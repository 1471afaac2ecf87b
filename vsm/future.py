"""A value stream and a list of changes -> the future state: both analyses, and what each change saves on the way.

The changes are applied one after the other and everything is computed again, so that the savings of the steps add up
to the whole, and what two changes would both save is counted once: for the first of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vsm.analysis import Analysis, analyse
from vsm.change_checks import ChangeError
from vsm.changes import AnyChange, LimitLoad, StageChange, apply
from vsm.model import ValueStream
from vsm.overload import endless, newly_overloaded
from vsm.rework import time_to_shorten


@dataclass(frozen=True, kw_only=True)
class Step:
    """One change on the way to the future state."""

    position: int
    """Its place in the list of changes asked for, from 0."""
    change: AnyChange
    before: ValueStream
    after: ValueStream
    saves: float | None
    """Hours of lead time that it saves behind the changes before it; below 0 it lengthens. `None`: not known."""
    saves_alone: float | None
    """Hours that it would save as the only change; `None`: not known, or it makes no sense alone."""

    @property
    def overloads(self) -> tuple[str, ...]:
        """Name the stages whose queue it lets grow without end: what it saves leaves these waits out."""
        return _overloaded_between(self.before, self.after)


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A change that could not be applied, and why."""

    position: int
    change: AnyChange
    reason: str
    """A sentence."""


@dataclass(frozen=True, kw_only=True)
class FutureState:
    """The current state beside the future state, with the steps between them."""

    current: Analysis
    future: Analysis
    steps: tuple[Step, ...]
    refused: tuple[Refused, ...]
    overloaded: tuple[str, ...]
    """Stages of the future state that have less capacity than is asked of them: their waits are as they are now."""
    endless: tuple[str, ...]
    """Those of them whose queue grows without end: the others are spared, as too little gets so far."""

    @property
    def saves(self) -> float | None:
        """Hours of lead time that all changes save together; `None`: not known on one of the sides."""
        return _difference(self.current.stream, self.future.stream)

    @property
    def overloads(self) -> tuple[str, ...]:
        """Name the stages whose queue grows without end then, and not now: what is saved leaves these waits out."""
        return _overloaded_between(self.current.stream, self.future.stream)

    def before(self, position: int) -> ValueStream:
        """Return the stream that the change at `position` of the list meets: with all that come before it made."""
        return next((s.after for s in reversed(self.steps) if s.position < position), self.current.stream)

    def goes_on(self, change: AnyChange) -> bool:
        """Say whether a change sets a stage's figure that a step has set already, and so goes on from there."""
        return any(
            isinstance(change, StageChange) and isinstance(made, type(change)) and made.stage == change.stage
            for made in (step.change for step in self.steps)
        )

    @property
    def counted_twice(self) -> float | None:
        """Hours by which the savings of the changes, each alone, add up to more than they save together.

        Below 0 they help each other. `None` when one of them is not known.
        """
        alone = [step.saves_alone for step in self.steps]
        together = self.saves
        if together is None or any(saving is None for saving in alone):
            return None
        return sum(saving for saving in alone if saving is not None) - together


def future_state(stream: ValueStream, changes: Sequence[AnyChange]) -> FutureState:
    """Apply `changes` in their order and analyse what comes out; a change that makes no sense is refused and told.

    >>> from vsm.changes import SetWaitTime
    >>> from vsm.model import Stage
    >>> stream = ValueStream(stages=(Stage(name="a", processing_time=1, wait_time=6), Stage(name="b", wait_time=3)))
    >>> future_state(stream, [SetWaitTime(stage="a", hours=2), SetWaitTime(stage="b", hours=0)]).saves
    7
    """
    steps: list[Step] = []
    refused: list[Refused] = []
    now = stream
    for position, change in enumerate(changes):
        try:
            after = apply(now, change)
        except ChangeError as error:
            refused.append(Refused(position=position, change=change, reason=str(error)))
            continue
        steps.append(
            Step(
                position=position,
                change=change,
                before=now,
                after=after,
                saves=_difference(now, after),
                saves_alone=_alone(stream, change),
            )
        )
        now = after
    future = analyse(now)
    overloaded = tuple(s.name for s in future.stages if s.utilisation is not None and s.utilisation >= 1)
    return FutureState(
        current=analyse(stream),
        future=future,
        steps=tuple(steps),
        refused=tuple(refused),
        overloaded=overloaded,
        endless=endless(now),
    )


def without_limits(future: FutureState) -> FutureState | None:
    """Leave the limits on work in progress out of a future state; `None` where that leaves no change.

    What is over a limit waits in front of the stream, where no lead time counts it: no simulation acts that out.
    """
    others = [step.change for step in future.steps if not isinstance(step.change, LimitLoad)]
    if len(others) == len(future.steps):
        return future
    return future_state(future.current.stream, others) if others else None


def _alone(stream: ValueStream, change: AnyChange) -> float | None:
    try:
        return _difference(stream, apply(stream, change))
    except ChangeError:
        return None


def _overloaded_between(before: ValueStream, after: ValueStream) -> tuple[str, ...]:
    """Leave out stages that are asked for too much, but that others spare."""
    growing = endless(after)
    return tuple(name for name in newly_overloaded(before, after) if name in growing)


def _difference(before: ValueStream, after: ValueStream) -> float | None:
    was, will_be = time_to_shorten(before), time_to_shorten(after)
    return None if was is None or will_be is None else was - will_be
