"""Queues that theory knows exactly: no finite run is believed against them, whatever its luck."""

from __future__ import annotations

from dataclasses import replace
from math import factorial

import pytest

from tests.streams import stream_of
from vsm.model import Definitions, Stage, ValueStream
from vsm.scenario import with_demand, with_people
from vsm.simulation.agreement import (
    Believe,
    Comparison,
    Reason,
    gain_comparison,
    lead_time_comparison,
    queue_comparison,
)
from vsm.simulation.exact import exact_queues
from vsm.simulation.simulate import simulate


def _erlang(people: int, rho: float) -> float:
    """Wait in an M/M/m queue in multiples of a visit's work, by the sum of Erlang's formula (Allen, table 5)."""
    offered = people * rho
    all_busy = offered**people / factorial(people) / (1 - rho)
    share = all_busy / (sum(offered**k / factorial(k) for k in range(people)) + all_busy)
    return share / (people * (1 - rho))


def _one_stage(rho: float, people: int, **fields: float) -> ValueStream:
    stage = Stage(name="a", processing_time=1.0, people=people, **fields)
    behind = Stage(name="z", processing_time=0.5)
    wait = _erlang(people, rho)
    source = Stage(name="source", processing_time=0.1, wait_time=wait)
    return stream_of(source, stage, behind, definitions=Definitions(demand=40 * rho * people))


def _advice(comparison: Comparison | None) -> Believe:
    assert comparison is not None
    return comparison.believe


@pytest.mark.parametrize("people", [1, 2, 3, 4])
@pytest.mark.parametrize(("rho", "seeds"), [(0.5, (1, 2, 3)), (0.8, (1, 5)), (0.95, (1,))])
def test_a_wait_that_is_the_formulas_has_no_delay_and_the_formula_is_believed(
    rho: float, seeds: tuple[int, ...], people: int
) -> None:
    stream = _one_stage(rho, people)
    for seed in seeds:
        now = simulate(stream, items=100, seed=seed)
        assert now.stages[0].delay.mean == pytest.approx(0, abs=1e-9)
        assert now.less_wait_stated == ()
        then = simulate(with_people(stream, 1, people + 1), current=now, items=100, seed=seed)
        assert then.stages[0].wait is not None
        assert then.stages[0].wait.mean == pytest.approx(_erlang(people + 1, rho * people / (people + 1)))
        assert _advice(gain_comparison(now, then)) is Believe.FORMULA
        assert _advice(lead_time_comparison(now)) is Believe.FORMULA
        assert _advice(queue_comparison(now, 1)) is Believe.FORMULA


def test_what_is_stated_beyond_the_queue_is_the_delay_to_the_digit() -> None:
    stream = _one_stage(0.8, 1)
    slow = replace(stream, stages=(replace(stream.stages[0], wait_time=10.0), *stream.stages[1:]))
    assert simulate(slow, items=100).stages[0].delay.mean == pytest.approx(10 - 0.8 / 0.2)


def test_steady_work_of_one_person_is_exact_by_pollaczek_and_khinchine() -> None:
    wait = 0.8 / 0.2 * (1 + 0.5**2) / 2
    stream = _one_stage(0.8, 1, work_variation=0.5)
    stream = replace(stream, stages=(replace(stream.stages[0], wait_time=wait), *stream.stages[1:]))
    now = simulate(stream, items=100)
    assert now.stages[0].delay.mean == pytest.approx(0, abs=1e-9)
    assert _advice(queue_comparison(now, 1)) is Believe.FORMULA


def test_more_demand_on_a_long_delay_is_no_reason_to_believe_the_formula() -> None:
    # 20 h of wait, of which 1 h is queue; at 75 % instead of 50 % the queue is 3 h. By formula 20 h become 60.
    stages = (Stage(name="a", wait_time=20.0), Stage(name="b", processing_time=1.0, people=1))
    now = simulate(stream_of(*stages, definitions=Definitions(demand=20)), items=2000)
    comparison = gain_comparison(now, simulate(with_demand(now.stream, 30), current=now, items=2000))
    assert comparison is not None
    assert comparison.formula == pytest.approx(20 - 60)
    assert comparison.simulated.holds(1 - 3)
    assert Reason.DELAYS in comparison.reasons
    assert comparison.believe is Believe.SIMULATION


_ONE = Stage(name="a", processing_time=1.0, people=1)
_NEXT = replace(_ONE, name="b")
_LAST = replace(_ONE, name="c")


@pytest.mark.parametrize(
    ("stages", "exact"),
    [
        ((_ONE, _NEXT, _LAST), {0, 1, 2}),  # Burke
        ((_ONE, replace(_NEXT, complete_accurate=0.9), _LAST), {0, 1, 2}),  # Jackson
        ((_ONE, replace(_NEXT, work_variation=0.5), _LAST), {0, 1}),  # Pollaczek–Khinchine, but it leaves steadily
        ((_ONE, replace(_NEXT, work_variation=0.5, people=2), _LAST), {0}),
        ((_ONE, replace(_NEXT, work_variation=0.5, complete_accurate=0.9), _LAST), set()),  # comes again, not at random
        ((_ONE, replace(_NEXT, work_variation=0.5), replace(_LAST, complete_accurate=0.9, rework_to="c")), {0, 1}),
        ((replace(_ONE, batch_size=4), _NEXT, _LAST), {0}),
        ((_ONE, replace(_NEXT, parallel_group="x"), replace(_LAST, parallel_group="x")), {0, 1, 2}),
        ((replace(_ONE, arrival_variation=0.5), _NEXT), set()),
        ((Stage(name="nobody known", processing_time=3.0, work_variation=0.0), _NEXT), {1}),
        ((replace(_ONE, processing_time=3.0), _NEXT), {1}),  # overloaded
    ],
)
def test_which_formulas_are_exact(stages: tuple[Stage, ...], exact: set[int]) -> None:
    assert exact_queues(stream_of(*stages, definitions=Definitions(demand=20))) == exact
