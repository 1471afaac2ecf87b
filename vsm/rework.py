"""A value stream with %C&A -> how often items pass each stage, and what being sent back costs.

An item that arrives at a step is sent back with probability 1 − C to an earlier step, or repeats the first one; the
visits expected of each step solve v = e₁ + Tᵀ v. Parallel stages are one step that an item passes only when all of
them accept it; a defect then goes back to the targets of the stages that may find it, in proportion to how often
each does.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from math import prod
from typing import NamedTuple

from vsm.metrics import lead_time
from vsm.model import QualitySide, ValueStream, kept

MOST_VISITS = 1e9
"""An item that passes a stage more often than this is never finished."""


@kept
def never_finish(stream: ValueStream) -> tuple[str, ...]:
    """Name the stages that no item ever gets past: those whose %C&A is 0, or the lowest where loops go beyond counting.

    >>> from vsm.model import Stage
    >>> never_finish(ValueStream(stages=(Stage(name="a", complete_accurate=0.0), Stage(name="b"))))
    ('a',)
    """
    if stream.measured is not None:
        return ()
    known = [stage for stage in stream.stages if stage.complete_accurate is not None]
    stuck = tuple(stage.name for stage in known if stage.complete_accurate == 0)
    if stuck or not known or expected_visits(stream) is not None:
        return stuck
    return (min(known, key=lambda stage: stage.complete_accurate or 0).name,)


def rework_targets(stream: ValueStream) -> tuple[int, ...]:
    """Say for each row which stage redoes the defects that it states, of several the most of them: stage indices.

    >>> from vsm.model import Stage
    >>> rework_targets(ValueStream(stages=(Stage(name="a"), Stage(name="b"), Stage(name="c", rework_to="a"))))
    (0, 0, 0)
    """
    return tuple(max(targets, key=lambda target: target[1])[0] for targets in defect_targets(stream))


Targets = tuple[tuple[int, float], ...]
"""Indices of the stages that redo the defects of a row, each with its share of them: together 1."""


@kept
def defect_targets(stream: ValueStream) -> tuple[Targets, ...]:
    """Say for each row which stages redo the defects that it states.

    The stage it names; else, for incoming %C&A, the step before (its first stage) or, at the start, itself; for
    outgoing %C&A the stage that made the defect, which is itself. Checks that were put together keep the targets of
    each.

    >>> from vsm.model import Stage
    >>> both = Stage(name="c", rework_to="a", rework_also=(("b", 0.25),))
    >>> defect_targets(ValueStream(stages=(Stage(name="a"), Stage(name="b"), both)))[2]
    ((0, 0.75), (1, 0.25))
    """
    goes_to = tuple([(stage.rework_to, stage.rework_also) for stage in stream.stages])
    names = tuple([stage.name for stage in stream.stages]) if any(to or also for to, also in goes_to) else ()
    return _targets(names, goes_to, stream.steps, stream.definitions.complete_accurate is QualitySide.OUTGOING)


@lru_cache(maxsize=64)
def _targets(
    names: tuple[str, ...],
    goes_to: tuple[tuple[str | None, tuple[tuple[str, float], ...]], ...],
    steps: tuple[tuple[int, ...], ...],
    outgoing: bool,
) -> tuple[Targets, ...]:
    """Find the targets, where any is named by `names`; remembered, as most changes that are tried out keep them."""
    named = {name: i for i, name in reversed(list(enumerate(names)))}
    before = {i: steps[max(position - 1, 0)][0] for position, step in enumerate(steps) for i in step}

    def place(name: str | None, i: int) -> int:
        target = named.get(name or "", len(goes_to))
        return target if target <= i else i if outgoing else before[i]

    return tuple(
        (
            (place(to, i), 1 - sum(share for _, share in also)),
            *((place(name, i), share) for name, share in also),
        )
        for i, (to, also) in enumerate(goes_to)
    )


@kept
def expected_visits(stream: ValueStream) -> tuple[float, ...] | None:
    """Work out how often an item passes each stage until it is delivered.

    Formula: v = e₁ + Tᵀ v with T[k, r(k)] = 1 − C_k and T[k, k+1] = C_k; a stage without %C&A sends nothing back.
    Unit: visits per stage, from 1; less is better. `None` when no stage states %C&A, or nothing ever
    finishes (`never_finish` names where); nor for a log, which counted them. Source: absorbing Markov
    chains (Kemeny, Snell, Finite Markov Chains).

    >>> from vsm.model import Stage
    >>> half = ValueStream(stages=(Stage(name="a"), Stage(name="b", complete_accurate=0.5)))
    >>> expected_visits(half)
    (2.0, 2.0)
    """
    passes = _passes_of(stream)
    return None if passes is None else passes.visits


def expected_send_backs(stream: ValueStream) -> tuple[float, ...] | None:
    """Work out how often an item is sent back for the defects that each row states, until it is delivered.

    Formula: v (1 − C), v being the visits of the step that finds them; what parallel stages find is divided among them
    as often as each does. Unit: times per delivered item, from 0; less is better; 0 where a row states no %C&A. `None`
    as `expected_visits`. Source: as there.

    >>> from vsm.model import Stage
    >>> expected_send_backs(ValueStream(stages=(Stage(name="a"), Stage(name="b", complete_accurate=0.5))))
    (0.0, 1.0)
    """
    passes = _passes_of(stream)
    return None if passes is None else passes.sent_back


class _Passes(NamedTuple):
    """What an item does until it is delivered, by row."""

    visits: tuple[float, ...]
    sent_back: tuple[float, ...]


def _passes_of(stream: ValueStream) -> _Passes | None:
    if stream.measured is not None:
        return None
    shares = tuple([stage.complete_accurate for stage in stream.stages])
    if 0 in shares or shares.count(None) == len(shares):
        return None
    outgoing = stream.definitions.complete_accurate is QualitySide.OUTGOING
    passes = _passes(stream.steps, shares, defect_targets(stream), outgoing)
    return passes if all(visit <= MOST_VISITS for visit in passes.visits) else None


@lru_cache(maxsize=1024)
def _passes(
    steps: tuple[tuple[int, ...], ...], shares: tuple[float | None, ...], targets: tuple[Targets, ...], outgoing: bool
) -> _Passes:
    """Solve v = e₁ + Tᵀ v for the steps from the last one up, and give each stage the visits of its step.

    An item that is delivered crosses the border behind each step once more forwards than backwards, so that
    v_k × (share passed at k) = 1 + what later steps send back across that border. One more state than steps stands for
    the customer, who sends back only when %C&A is outgoing. Remembered, because suggestions ask for the same quality
    with other waits again and again.
    """
    step_of = {i: position for position, step in enumerate(steps) for i in step}
    judges = ((), *steps) if outgoing else (*steps, ())
    visits = [1.0] * len(judges)
    sent_back, sent_back_to = [0.0] * len(shares), [0.0] * len(judges)
    crossing = 0.0
    for position in range(len(steps), -1, -1):
        passed, rejected = 1.0, 0.0
        for i in judges[position]:
            if (share := shares[i]) is not None and share < 1:
                passed *= share
                rejected += 1 - share
        visits[position] = (1 + crossing) / passed
        if rejected:
            returned = visits[position] * (1 - passed)
            for i in judges[position]:
                if (share := shares[i]) is not None:
                    sent_back[i] = returned * (1 - share) / rejected
                    for target, part in targets[i]:
                        sent_back_to[step_of[target]] += sent_back[i] * part
            crossing += returned
        crossing -= sent_back_to[position]
    return _Passes(tuple([visits[position] for position in step_of.values()]), tuple(sent_back))


class Judgement(NamedTuple):
    """What becomes of items that a step has worked on."""

    passed: float
    """Share that goes on to the next step."""
    back: tuple[tuple[int, float], ...]
    """Positions of the steps that the others go back to, each with the share that does."""


def judgements(stream: ValueStream) -> tuple[Judgement, ...]:
    """Say for each step in flow order, and at the end for the customer, which share goes on and which goes back where.

    The matrix T of `expected_visits` by steps. The customer sends back only where %C&A is outgoing. A log's times
    contain its rework: there everything goes on.

    >>> from vsm.model import Stage
    >>> judgements(ValueStream(stages=(Stage(name="a"), Stage(name="b", complete_accurate=0.75))))[1]
    Judgement(passed=0.75, back=((0, 0.25),))
    """
    if stream.measured is not None:
        return (Judgement(1.0, ()),) * (len(stream.steps) + 1)
    outgoing = stream.definitions.complete_accurate is QualitySide.OUTGOING
    judging = ((), *stream.steps) if outgoing else (*stream.steps, ())
    return tuple(_judged(stream, step, defect_targets(stream)) for step in judging)


def _judged(stream: ValueStream, step: tuple[int, ...], targets: tuple[Targets, ...]) -> Judgement:
    shares = {i: share for i in step if (share := stream.stages[i].complete_accurate) is not None and share < 1}
    passed, rejected = prod(shares.values()), sum(1 - share for share in shares.values())
    back = (
        (stream.step_of[target], (1 - passed) * (1 - share) / rejected * part)
        for i, share in shares.items()
        for target, part in targets[i]
    )
    return Judgement(passed if shares else 1.0, tuple(back))


@kept
def lead_time_with_rework(stream: ValueStream) -> float | None:
    """Add up the time from start to end with every expected repetition.

    Formula: Σ v (P + W), over the longest of parallel stages; of a log the lead time itself, as measured times
    contain the rework. Unit: hours, at least the lead time; less is better.
    `None` when the lead time or the visits are not known.

    >>> from vsm.model import Stage
    >>> lead_time_with_rework(ValueStream(stages=(Stage(name="a", processing_time=3),
    ...                                           Stage(name="b", processing_time=1, complete_accurate=0.5))))
    8.0
    """
    if stream.measured is not None:
        return lead_time(stream)
    visits = expected_visits(stream)
    if visits is None or all(stage.time is None for stage in stream.stages):
        return None
    times = [passes * (stage.time or 0) for passes, stage in zip(visits, stream.stages, strict=True)]
    side_by_side = len(stream.steps) < len(times)
    return sum([max([times[i] for i in step]) for step in stream.steps] if side_by_side else times)


def time_to_shorten(stream: ValueStream) -> float | None:
    """Return the lead time that savings are taken from: with rework where %C&A is known, else once through.

    Unit: hours, from 0; less is better. `None` when no stage has a time, or nothing is ever finished.
    """
    if never_finish(stream):
        return None
    with_rework = lead_time_with_rework(stream)
    return lead_time(stream) if with_rework is None else with_rework


def time_done_again(stream: ValueStream) -> float:
    """Add up what a log shows of its stages' times after items were sent back, in stages where they had been.

    Formula: Σ P · share of work done again + W · share of wait done again. Unit: hours of an average item, from 0; less
    is better; 0 for a table, whose times are those of one visit.

    >>> from vsm.model import Stage
    >>> time_done_again(ValueStream(stages=(Stage(name="a", processing_time=4, wait_time=2, work_again=0.25),)))
    1.0
    """
    return sum(
        ((stage.processing_time or 0.0) + (stage.undivided_time or 0.0)) * (stage.work_again or 0.0)
        + (stage.wait_time or 0.0) * (stage.wait_again or 0.0)
        for stage in stream.stages
    )


def cost_of_rework(stream: ValueStream) -> float | None:
    """Take the lead time from the lead time with rework: the looped part alone.

    Formula: Σ v (P + W) − L. Unit: hours, from 0; less is better. `None` when either is not known, and for a log,
    whose times contain it.

    >>> from vsm.model import Stage
    >>> cost_of_rework(ValueStream(stages=(Stage(name="a", processing_time=3),
    ...                                    Stage(name="b", processing_time=1, complete_accurate=0.5))))
    4.0
    """
    if stream.measured is not None:
        return None
    with_rework, once = lead_time_with_rework(stream), lead_time(stream)
    return None if with_rework is None or once is None else with_rework - once


def cost_of_rework_at(stream: ValueStream, index: int) -> float | None:
    """Compare with the same stream whose row `index` finds no defects: what that one loop costs.

    Formula: lead time with rework − the same with C = 1 there. Unit: hours, from 0; less is better. `None` when that
    row states no %C&A or the lead time with rework is not known.

    >>> from vsm.model import Stage
    >>> cost_of_rework_at(ValueStream(stages=(Stage(name="a", processing_time=3),
    ...                                       Stage(name="b", processing_time=1, complete_accurate=0.5))), 1)
    4.0
    """
    if stream.measured is not None or stream.stages[index].complete_accurate is None:
        return None
    before = lead_time_with_rework(stream)
    stages = list(stream.stages)
    stages[index] = replace(stages[index], complete_accurate=1.0)
    after = lead_time_with_rework(replace(stream, stages=tuple(stages)))
    return None if before is None or after is None else before - after
