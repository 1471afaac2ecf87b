"""A value stream -> how often items come to each stage and get past it, and how fast queues grow where too many come.

Behind a stage that cannot keep up no more comes than it lets through, and what is stuck in a queue does not come again:
so all stages are followed at once. A stage's arrivals are what is new and what the stages let through to it, forwards
or sent back, a = λ e₁ + Tᵀ d, and it lets through what comes or what it has capacity for, d = min(a, c). Source:
J. Goodman, W. Massey, The Non-Ergodic Jackson Network (1984).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from vsm.capacity import demand_at, stream_demand, utilisation, visits_at, weekly_hours
from vsm.model import ValueStream, kept
from vsm.rework import judgements, never_finish

_ROUNDING = 1e-9
"""Share of a rate that rounding may leave."""
_Rates = npt.NDArray[np.floating]


class Flow(NamedTuple):
    """How often a week items come to a stage and get past it, each as often as it comes."""

    comes: float
    done: float
    held_back_by: int | None
    """The stage that lets so little through that less comes than is asked for; `None`: all of it comes."""


class Overload(NamedTuple):
    """By how much the queue in front of a stage grows in a week."""

    items: float
    """Items that come beyond those that the stage lets through."""
    visits: float
    """How often these items will have to pass the stage until each is delivered: the work that piles up."""


@kept
def flows(stream: ValueStream) -> tuple[Flow, ...] | None:
    """Follow the demand through the stream, where no stage lets through more than its people can do.

    Of parallel stages the slowest decides. What a stage is asked for beyond the stream's demand comes from elsewhere,
    each time anew, and takes its share of the people; what it is not asked for passes it by. `None` when no demand is
    known, or nothing is ever finished.
    """
    demand = stream_demand(stream)
    if demand is None or never_finish(stream):
        return None
    coming = _coming(stream, demand)
    holding = [i for i in range(len(stream.stages)) if _lags(*_at(stream, i, coming, demand))]
    return tuple(_flow(stream, i, coming, demand, holding) for i in range(len(stream.stages)))


def _flow(stream: ValueStream, index: int, coming: _Rates, demand: float, holding: list[int]) -> Flow:
    comes, done = _at(stream, index, coming, demand)
    own = demand_at(stream, index)
    asked = (demand if own is None else own) * (visits_at(stream, index) or 1.0)
    position = stream.step_of[index]
    front = [i for i in holding if stream.step_of[i] < position]
    behind = [i for i in holding if stream.step_of[i] > position]
    # Of parallel stages that hold items back it is the slowest, and of several one behind the other the nearest.
    by = min(front, key=lambda i: (-stream.step_of[i], _at(stream, i, coming, demand)[1]), default=None)
    return Flow(comes, done, (by if by is not None else next(iter(behind), None)) if _lags(asked, comes) else None)


def _lags(comes: float, done: float) -> bool:
    return done < comes * (1 - _ROUNDING)


def _at(stream: ValueStream, index: int, coming: _Rates, demand: float) -> tuple[float, float]:
    """Return how often items come to a stage and how often they get past it, what comes from elsewhere included."""
    here, elsewhere, capacity = _asked(stream, index, demand)
    comes = here * float(coming[stream.step_of[index]]) + elsewhere
    return comes, comes if capacity is None else min(comes, capacity)


def _asked(stream: ValueStream, index: int, demand: float) -> tuple[float, float, float | None]:
    """Return the share of the stream's items that pass a stage, visits a week from elsewhere, and what it can do."""
    own, hours, work = demand_at(stream, index), weekly_hours(stream, index), stream.stages[index].processing_time
    asked = demand if own is None else own
    capacity = None if hours is None or not work else hours / work
    elsewhere = max(0.0, asked - demand) * (visits_at(stream, index) or 1.0)
    return 1.0 if asked >= demand else asked / demand, elsewhere, capacity


def _coming(stream: ValueStream, demand: float) -> _Rates:
    """Return how often a week items come to each step, by Newton's method.

    What gets past a step grows ever less with what comes, so that each round brings the rates further down, and the
    rates are found once a round changes nothing: after as many rounds as there are overloads, where nothing comes from
    elsewhere.
    """
    moves = _moves(stream)
    new = np.zeros(len(moves))
    new[0] = demand
    coming = np.linalg.solve(np.eye(len(moves)) - moves.T, new)
    for _ in range(len(moves) + 20):
        passed = [_passed(stream, step, rate, demand) for step, rate in zip(stream.steps, coming, strict=False)]
        through, more = (np.array(column) for column in zip(*passed, (coming[-1], 1.0), strict=True))
        then = np.linalg.solve(np.eye(len(moves)) - moves.T * more, new + moves.T @ (through - more * coming))
        if np.allclose(then, coming, rtol=1e-12, atol=0):
            break
        coming = then
    return coming


def _passed(stream: ValueStream, step: tuple[int, ...], coming: float, demand: float) -> tuple[float, float]:
    """Return what gets past a step of what comes to it, and how much of a little more would."""
    slowest = (coming, 1.0)
    for i in step:
        share, elsewhere, capacity = _asked(stream, i, demand)
        here = share * coming
        comes = here + elsewhere
        if capacity is None or comes <= capacity:
            continue
        # All that come have the same share of the capacity, from wherever they come.
        served = capacity / comes
        slowest = min(slowest, (coming - here + here * served, 1 - share + share * served * (elsewhere / comes)))
    return slowest


def _moves(stream: ValueStream) -> _Rates:
    """Return the share of what gets past each step, and of what comes to the customer, that goes to each of them."""
    judged = judgements(stream)
    moves = np.zeros((len(judged), len(judged)))
    for position, judgement in enumerate(judged):
        if position + 1 < len(judged):
            moves[position, position + 1] = judgement.passed
        for target, share in judgement.back:
            moves[position, target] += share
    return moves


def weekly_visits(stream: ValueStream, index: int) -> float | None:
    """Say how often a week items pass a stage: as often as they come, repetitions included, or as it has capacity for.

    Unit: visits a week. `None` when no demand is known, or nothing is ever finished.
    """
    found = flows(stream)
    return None if found is None else found[index].done


def overload(stream: ValueStream, index: int) -> Overload | None:
    """Say by how much the queue in front of an overloaded stage grows in a week.

    Formula: items that come, new and sent back, less those let through, a − c with c = people × available time / P.
    Each will pass the stage v times until it is delivered, so that, where no other stage is overloaded, the visits that
    pile up are λ v − c. Unit: items and visits a week. `None` while less comes than the stage can do, or that is not
    known.

    >>> from vsm.model import Definitions, Stage
    >>> stage = Stage(name="a", processing_time=4, people=1, complete_accurate=0.5)
    >>> overload(ValueStream(stages=(stage,), definitions=Definitions(demand=10)), 0)
    Overload(items=5.0, visits=10.0)
    """
    rho, found, visits = utilisation(stream, index), flows(stream), visits_at(stream, index)
    if rho is None or rho < 1 or found is None or visits is None:
        return None
    hours, work = weekly_hours(stream, index), stream.stages[index].processing_time
    if hours is None or not work or _lags(hours / work, found[index].comes):
        return None
    items = found[index].comes - found[index].done
    _, elsewhere, _ = _asked(stream, index, stream_demand(stream) or 0.0)
    again = visits - (visits - 1) * elsewhere / found[index].comes if found[index].comes else visits
    return Overload(items, items * again)


def endless(stream: ValueStream) -> tuple[str, ...]:
    """Name the stages in front of which a queue grows without end, so that no wait there is steady."""
    return tuple(s.name for i, s in enumerate(stream.stages) if overload(stream, i) is not None)


def spared_by(stream: ValueStream, index: int) -> int | None:
    """Name the stage that lets so little through that an overloaded stage still keeps up.

    `None` where more is not asked for than the stage can do, or where that much comes.
    """
    found, rho = flows(stream), utilisation(stream, index)
    if found is None or rho is None or rho < 1 or overload(stream, index) is not None:
        return None
    return found[index].held_back_by


def newly_overloaded(before: ValueStream, after: ValueStream) -> tuple[str, ...]:
    """Name the stages of a changed stream that are asked for all they can do, or more, and were not before.

    A merged stage was so where one of its parts was. Their waits are as they were: none of them would be steady.
    """
    full = {stage.name for i, stage in enumerate(before.stages) if (utilisation(before, i) or 0) >= 1}
    return tuple(
        stage.name
        for i, stage in enumerate(after.stages)
        if (utilisation(after, i) or 0) >= 1 and full.isdisjoint((stage.name, *stage.merged))
    )
