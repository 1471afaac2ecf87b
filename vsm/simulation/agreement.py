"""A simulation -> where it and the formulas differ by more than its own interval, why, and which of them to believe.

The reasons follow from what each leaves out (docs/queues.md measures it): the formulas take arrivals for random, know
nothing of items that come in batches or come back, and scale a whole wait by what people do to a part of it. The
simulation has none of these faults, but it needs queues that come to rest, and up to five intervals in a hundred are
wrong. A formula that is exact for what is acted out (`exact`) is always the one to believe. A queue that has not come
to rest is longer in truth than in the simulation: where that takes the truth further from the formula, something that
the formula leaves out is at work, and the simulation is nearer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from vsm.capacity import wait_by_formula
from vsm.metrics import queues
from vsm.model import ValueStream
from vsm.rework import judgements, time_to_shorten
from vsm.simulation.exact import exact_queues
from vsm.simulation.result import Estimate, Simulation

WORTH_SAYING = 0.01
"""Share of the simulated lead time: smaller differences decide nothing."""


class Reason(Enum):
    """What makes a formula and a simulation differ."""

    UNSETTLED = auto()
    OVERLAP = auto()
    LESS_STATED = auto()
    LEFT_OUT = auto()
    DELAYS = auto()
    BATCHES = auto()
    REWORK = auto()
    PARALLEL = auto()
    VARIATION = auto()
    CHANCE = auto()


class Believe(Enum):
    """Which of the two to believe."""

    SIMULATION = auto()
    FORMULA = auto()
    NEITHER = auto()
    """The figures that both rest on contradict each other."""


class Beyond(Enum):
    """On which side of a simulated figure the truth lies, as queues had no time to grow to their length."""

    ABOVE = auto()
    BELOW = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One figure by formula and by simulation, in hours."""

    formula: float
    simulated: Estimate
    reasons: tuple[Reason, ...]
    """Why they may differ, the weightiest first; at least one."""
    worth_saying: float
    """Hours below which a difference decides nothing."""
    truth: Beyond = Beyond.UNKNOWN
    """Where queues that have not come to rest leave the truth."""

    @property
    def differs(self) -> bool:
        """Whether the formula lies outside the simulation's interval, by enough to matter."""
        apart = abs(self.formula - self.simulated.mean)
        return apart > self.worth_saying and not self.simulated.holds(self.formula)

    @property
    def believe(self) -> Believe:
        """Which one to believe where they differ."""
        first = self._weightiest
        if first is Reason.LESS_STATED:
            return Believe.NEITHER
        return Believe.FORMULA if first in (Reason.UNSETTLED, Reason.OVERLAP, Reason.CHANCE) else Believe.SIMULATION

    @property
    def even_further(self) -> bool:
        """Whether the truth lies even further from the formula than the simulation does."""
        if self.truth is Beyond.UNKNOWN or Reason.UNSETTLED not in self.reasons:
            return False
        return (self.truth is Beyond.ABOVE) == (self.formula < self.simulated.mean)

    @property
    def _weightiest(self) -> Reason:
        """The reason that decides: queues that are too short in the simulation cannot make it too long."""
        others = [reason for reason in self.reasons if reason is not Reason.UNSETTLED]
        return others[0] if self.even_further and others else self.reasons[0]


def queue_comparison(found: Simulation, index: int) -> Comparison | None:
    """Compare the wait for people in front of a stage; `None` where nothing is known of the people."""
    formula, simulated = wait_by_formula(found.stream, index), found.stages[index].queue_wait
    if formula is None or simulated is None:
        return None
    reasons = _with_chance(_reasons_for_queue(found, index))
    return Comparison(
        formula=formula,
        simulated=simulated,
        reasons=reasons,
        worth_saying=WORTH_SAYING * found.lead_time.mean,
        truth=Beyond.ABOVE if index in found.unsettled else Beyond.UNKNOWN,
    )


def lead_time_comparison(found: Simulation) -> Comparison | None:
    """Compare the lead time, with rework where %C&A is known; `None` where the formulas have none."""
    formula = time_to_shorten(found.stream)
    if formula is None:
        return None
    return Comparison(
        formula=formula,
        simulated=found.lead_time,
        reasons=_with_chance(_reasons_for_lead_time(found)),
        worth_saying=WORTH_SAYING * found.lead_time.mean,
        truth=Beyond.ABOVE if found.unsettled else Beyond.UNKNOWN,
    )


def gain_comparison(current: Simulation, future: Simulation) -> Comparison | None:
    """Compare the lead time that a future state saves; `None` where the formulas do not know it.

    Both simulations have to have the same seed and number of items.
    """
    before, after = time_to_shorten(current.stream), time_to_shorten(future.stream)
    if before is None or after is None:
        return None
    reasons = (*_reasons_for_now(current), *_reasons_for_future(future))
    return Comparison(
        formula=before - after,
        simulated=current.lead_time - future.lead_time,
        reasons=_with_chance(dict.fromkeys(reasons)),
        worth_saying=WORTH_SAYING * current.lead_time.mean,
        truth=_true_gain(current, future, after),
    )


def _true_gain(current: Simulation, future: Simulation, after: float) -> Beyond:
    """Say where the true gain lies: below the simulated one where the future state's queues are the unsettled ones.

    Where queues are unsettled on both sides, what the formula leaves out of the future state alone tells.
    """
    if future.unsettled and (not current.unsettled or after < future.lead_time.low):
        return Beyond.BELOW
    return Beyond.ABOVE if current.unsettled and not future.unsettled else Beyond.UNKNOWN


def _with_chance(reasons: Iterator[Reason] | dict[Reason, None]) -> tuple[Reason, ...]:
    return tuple(sorted(reasons, key=lambda reason: reason.value)) or (Reason.CHANCE,)


def _reasons_for_queue(found: Simulation, index: int) -> Iterator[Reason]:
    stages = found.stream.stages
    if index in found.unsettled:
        yield Reason.UNSETTLED
    if index in exact_queues(found.stream):
        return
    if any((stage.batch_size or 1) > 1 for stage in stages):
        yield Reason.BATCHES
    if _sends_back(found.stream):
        yield Reason.REWORK
    if len(found.stream.steps) < len(stages):
        yield Reason.PARALLEL
    if any(stage.work_variation not in (None, 1.0) for stage in stages[: index + 1]) or _steady_start(found.stream):
        yield Reason.VARIATION


def _reasons_for_lead_time(found: Simulation) -> Iterator[Reason]:
    """Give the reasons for a lead time that is not the stated one, though every delay was made to fill up the waits.

    Where the whole differs by more than chance explains, so do the waits that make it differ, though perhaps none of
    them for itself: those without a delay, in which people and batches alone take longer than is stated.
    """
    waits = zip(found.stages, found.stream.stages, strict=True)
    longer = [r.visits.mean * (r.wait.mean - (s.wait_time or 0.0)) for r, s in waits if r.wait and not r.delay.mean]
    if sum(hours for hours in longer if hours > 0) > WORTH_SAYING * found.lead_time.mean:
        yield Reason.LESS_STATED
    yield from _reasons_for_stream(found)


def _reasons_for_now(found: Simulation) -> Iterator[Reason]:
    if _beyond_stated(found) > WORTH_SAYING * found.lead_time.mean:
        yield Reason.LESS_STATED
    yield from _reasons_for_stream(found)


def _reasons_for_future(found: Simulation) -> Iterator[Reason]:
    if _queues_left_out(found) > WORTH_SAYING * found.lead_time.mean:
        yield Reason.LEFT_OUT
    if abs(_beyond_stated(found)) > WORTH_SAYING * found.lead_time.mean:
        yield Reason.DELAYS
    yield from _reasons_for_stream(found)


def _queues_left_out(found: Simulation) -> float:
    """Add up the hours by which waits of a future state are shorter than the formula of their queue alone makes them.

    A wait that no row states, as that in front of the first stage where waits stand behind the work, is in neither.
    """
    missing = 0.0
    for queue in queues(found.stream):
        formulas = (wait_by_formula(found.stream, i) or 0.0 for i in queue.waits_for)
        missing += max(0.0, max(formulas, default=0.0) - queue.wait_time)
    return missing


def _beyond_stated(found: Simulation) -> float:
    """Add up the hours by which an item waits longer than its rows state, where that is no chance; below 0: shorter.

    A future state states the waits that follow by formula from its changes.
    """
    waits = zip(found.stages, found.stream.stages, strict=True)
    beyond = [(result, result.wait, stage.wait_time or 0.0) for result, stage in waits if result.wait is not None]
    return sum(result.visits.mean * (wait.mean - stated) for result, wait, stated in beyond if not wait.holds(stated))


def _reasons_for_stream(found: Simulation) -> Iterator[Reason]:
    """Give the reasons that hold for either state as a whole."""
    stages = found.stream.stages
    if found.unsettled:
        yield Reason.UNSETTLED
    if found.stream.measured is not None and found.stream.measured.overlap:
        yield Reason.OVERLAP
    if any((stage.batch_size or 1) > 1 for stage in stages):
        yield Reason.BATCHES
    if _sends_back(found.stream) and not _all_exact(found):
        yield Reason.REWORK
    if len(found.stream.steps) < len(stages):
        yield Reason.PARALLEL


def _all_exact(found: Simulation) -> bool:
    exact = exact_queues(found.stream)
    return all(i in exact for i, stage in enumerate(found.stages) if stage.queue_wait is not None)


def _sends_back(stream: ValueStream) -> bool:
    return any(judgement.back for judgement in judgements(stream))


def _steady_start(stream: ValueStream) -> bool:
    return stream.stages[0].arrival_variation not in (None, 1.0)
