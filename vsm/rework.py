"""A value stream with %C&A -> how often items pass each stage, and what being sent back costs.

An item that arrives at a step is sent back with probability 1 − C to an earlier step, or repeats the first one; the
visits expected of each step solve v = e₁ + Tᵀ v. Parallel stages are one step that an item passes only when all of
them accept it; a defect then goes back to the targets of the stages that may find it, in proportion to how often
each does.
"""

from __future__ import annotations

from dataclasses import replace
from math import prod

import numpy as np

from vsm.metrics import lead_time, stage_lead_time
from vsm.model import QualitySide, ValueStream


def never_finish(stream: ValueStream) -> tuple[str, ...]:
    """Name the stages whose %C&A is 0: no item ever gets past what they state.

    >>> from vsm.model import Stage
    >>> never_finish(ValueStream(stages=(Stage(name="a", complete_accurate=0.0), Stage(name="b"))))
    ('a',)
    """
    return tuple(stage.name for stage in stream.stages if stage.complete_accurate == 0)


def rework_target(stream: ValueStream, index: int) -> int:
    """Say which stage redoes the defects that row `index` states: an index into the stages.

    The stage it names; else, for incoming %C&A, the step before (its first stage) or, at the start, itself; for
    outgoing %C&A the stage that made the defect, which is itself.
    """
    stage = stream.stages[index]
    named = next((i for i, other in enumerate(stream.stages) if other.name == stage.rework_to), None)
    if named is not None and named <= index:
        return named
    if stream.definitions.complete_accurate is QualitySide.OUTGOING:
        return index
    position = _step_of(stream)[index]
    return stream.steps[max(position - 1, 0)][0]


def _step_of(stream: ValueStream) -> dict[int, int]:
    return {i: position for position, step in enumerate(stream.steps) for i in step}


def _moves(stream: ValueStream) -> np.ndarray:
    """Return the matrix T: T[k, j] is the share of items at step k whose next visit is to step j.

    Shape (n + 1, n + 1) for n steps: the last is the customer, who sends back only when %C&A is outgoing.
    """
    steps, step_of = stream.steps, _step_of(stream)
    outgoing = stream.definitions.complete_accurate is QualitySide.OUTGOING
    size = len(steps) + 1
    moves = np.zeros((size, size))
    for position in range(size):
        judging = position - 1 if outgoing else position
        members = steps[judging] if 0 <= judging < len(steps) else ()
        rejects = {i: 1 - c for i in members if (c := stream.stages[i].complete_accurate) is not None and c < 1}
        passed = prod(1 - reject for reject in rejects.values())
        for i, reject in rejects.items():
            moves[position, step_of[rework_target(stream, i)]] += (1 - passed) * reject / sum(rejects.values())
        if position + 1 < size:
            moves[position, position + 1] += passed
    return moves


def expected_visits(stream: ValueStream) -> tuple[float, ...] | None:
    """Work out how often an item passes each stage until it is delivered.

    Formula: v = e₁ + Tᵀ v with T[k, r(k)] = 1 − C_k and T[k, k+1] = C_k; a stage without %C&A sends nothing back.
    Unit: visits per stage, from 1; less is better. `None` when no stage states %C&A, or one states 0 and nothing
    ever finishes (`never_finish` names it). Source: absorbing Markov chains (Kemeny, Snell, Finite Markov Chains).

    >>> from vsm.model import Stage
    >>> half = ValueStream(stages=(Stage(name="a"), Stage(name="b", complete_accurate=0.5)))
    >>> expected_visits(half)
    (2.0, 2.0)
    """
    if never_finish(stream) or all(stage.complete_accurate is None for stage in stream.stages):
        return None
    moves = _moves(stream)
    start = np.zeros(len(moves))
    start[0] = 1.0
    visits = np.linalg.solve(np.eye(len(moves)) - moves.T, start)
    step_of = _step_of(stream)
    return tuple(float(visits[step_of[i]]) for i in range(len(stream.stages)))


def lead_time_with_rework(stream: ValueStream) -> float | None:
    """Add up the time from start to end with every expected repetition.

    Formula: Σ v (P + W), over the longest of parallel stages. Unit: hours, at least the lead time; less is better.
    `None` when the lead time or the visits are not known.

    >>> from vsm.model import Stage
    >>> lead_time_with_rework(ValueStream(stages=(Stage(name="a", processing_time=3),
    ...                                           Stage(name="b", processing_time=1, complete_accurate=0.5))))
    8.0
    """
    visits = expected_visits(stream)
    if visits is None or lead_time(stream) is None:
        return None
    times = [[visits[i] * (stage_lead_time(stream, i) or 0) for i in step] for step in stream.steps]
    return sum(max(step) for step in times)


def cost_of_rework(stream: ValueStream) -> float | None:
    """Take the lead time from the lead time with rework: the looped part alone.

    Formula: Σ v (P + W) − L. Unit: hours, from 0; less is better. `None` when either is not known.

    >>> from vsm.model import Stage
    >>> cost_of_rework(ValueStream(stages=(Stage(name="a", processing_time=3),
    ...                                    Stage(name="b", processing_time=1, complete_accurate=0.5))))
    4.0
    """
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
    if stream.stages[index].complete_accurate is None:
        return None
    before = lead_time_with_rework(stream)
    stages = list(stream.stages)
    stages[index] = replace(stages[index], complete_accurate=1.0)
    after = lead_time_with_rework(replace(stream, stages=tuple(stages)))
    return None if before is None or after is None else before - after
