"""The simulation against queueing theory, expected visits and batches worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.streams import WORKED, stream_of
from vsm.model import Definitions, QualitySide, Stage, ValueStream, WaitSide
from vsm.rework import expected_visits
from vsm.simulation.result import Estimate, Simulation
from vsm.simulation.simulate import simulate


def _queue(rho: float, people: int = 1, **variation: float) -> Estimate:
    """Simulate one stage of an hour's work at a utilisation, and return the wait in front of it."""
    stage = Stage(name="a", processing_time=1.0, people=people, **variation)
    found = simulate(stream_of(stage, definitions=Definitions(demand=40 * rho * people)))
    assert found.stages[0].queue_wait is not None
    return found.stages[0].queue_wait


def test_one_person_with_exponential_times() -> None:
    assert _queue(0.5).holds(0.5 / (1 - 0.5))
    assert _queue(0.8).holds(0.8 / (1 - 0.8))


def test_two_people_share_one_queue() -> None:
    assert _queue(0.8, people=2).holds(0.8**2 / (1 - 0.8**2))  # M/M/2: ρ² / (1 − ρ²) × P


@pytest.mark.parametrize("variation", [0.0, 0.5, 2.0])
def test_pollaczek_khinchine(variation: float) -> None:
    assert _queue(0.7, work_variation=variation).holds(0.7 / (1 - 0.7) * (1 + variation**2) / 2)


def test_intervals_are_narrow_enough_to_mean_something() -> None:
    found = _queue(0.5)
    assert found.margin < 0.2 * found.mean


def test_somebody_there_half_the_time_is_one_who_is_half_as_fast() -> None:
    # M/M/1 with 2 hours a visit at 80 %: 0.8 / (1 − 0.8) × 2 h
    for half in (
        Stage(name="a", processing_time=1, people=0.5),
        Stage(name="a", processing_time=1, people=1, availability=0.5),
    ):
        found = simulate(stream_of(half, definitions=Definitions(demand=16)))
        assert found.stages[0].queue_wait is not None
        assert found.stages[0].queue_wait.holds(8.0)
        assert found.stages[0].utilisation == pytest.approx(0.8, rel=0.03)


def _stage(name: str, hours: float, **fields: object) -> Stage:
    """A stage with work that always takes the same time."""
    return Stage(name=name, processing_time=hours, work_variation=0.0, **fields)  # type: ignore[arg-type]


def _one_every_two_hours(*stages: Stage) -> ValueStream:
    steady = replace(stages[0], arrival_variation=0.0)
    return stream_of(steady, *stages[1:], definitions=Definitions(demand=20))


def test_a_batch_waits_for_its_companions_and_then_for_its_turn() -> None:
    stream = _one_every_two_hours(_stage("a", 1, people=1, batch_size=5), _stage("b", 0.5, people=1))
    first, second = simulate(stream, items=1000).stages
    assert first.batch_wait.mean == pytest.approx((5 - 1) / 2 * 2)
    assert first.queue_wait is not None
    assert second.queue_wait is not None
    assert first.queue_wait.mean == pytest.approx(0)
    assert second.queue_wait.mean == pytest.approx((5 - 1) / 2 * 0.5)


def test_the_slowest_of_parallel_stages_decides() -> None:
    side = [_stage("fast", 1, people=2, parallel_group="x"), _stage("slow", 3, people=2, parallel_group="x")]
    found = simulate(_one_every_two_hours(_stage("a", 1, people=1), *side, _stage("z", 1)), items=100)
    assert found.lead_times == pytest.approx([1 + 3 + 1] * 100)


def _agree(stream: ValueStream, found: Simulation) -> None:
    expected = expected_visits(stream)
    assert expected is not None
    for stage, visits in zip(found.stages, expected, strict=True):
        assert stage.visits.holds(visits)


def test_visits_of_the_worked_stream() -> None:
    # So many people that nobody waits: the walk alone is looked at.
    stages = tuple(replace(stage, people=100, batch_size=1, wait_time=0) for stage in WORKED.stages)
    stream = replace(WORKED, stages=stages, definitions=Definitions(demand=20))
    _agree(stream, simulate(stream, items=5000))


@pytest.mark.parametrize("side", list(QualitySide))
def test_visits_with_named_targets_and_parallel_checks(side: QualitySide) -> None:
    stages = (
        _stage("a", 0.1, people=9),
        _stage("b", 0.1, people=9, complete_accurate=0.8),
        _stage("c", 0.1, people=9, complete_accurate=0.5, parallel_group="x"),
        _stage("d", 0.1, people=9, complete_accurate=0.7, parallel_group="x", rework_to="a"),
        _stage("e", 0.1, people=9, complete_accurate=0.9, rework_to="b"),
    )
    stream = stream_of(*stages, definitions=Definitions(demand=20, complete_accurate=side))
    _agree(stream, simulate(stream, items=5000))


@pytest.mark.parametrize("side", list(WaitSide))
def test_the_stream_waits_as_it_was_observed_to(side: WaitSide) -> None:
    stages = (
        Stage(name="a", processing_time=1, wait_time=30, people=1, batch_size=4),
        Stage(name="b", processing_time=1.5, wait_time=16, people=1, complete_accurate=0.9),
        Stage(name="c", processing_time=2, wait_time=12),
    )
    stream = stream_of(*stages, definitions=Definitions(demand=20, wait=side))
    found = simulate(stream)
    for stage, simulated in zip(stages, found.stages, strict=True):
        assert simulated.wait is not None
        assert stage.wait_time is not None
        assert simulated.wait.mean == pytest.approx(stage.wait_time, rel=0.05)
    assert found.less_wait_stated == ()


def test_a_wait_too_short_for_its_queue_is_named() -> None:
    stages = (Stage(name="a", processing_time=1, wait_time=0.5), Stage(name="b", processing_time=1.8, people=1))
    found = simulate(stream_of(*stages, definitions=Definitions(demand=20)))
    assert found.less_wait_stated == (0,)  # 0.9 / (1 − 0.9) × 1.8 h = 16.2 h are behind a, not half an hour


@pytest.mark.parametrize(
    ("own", "people", "wait"), [(30.0, 1, 3.0), (10.0, 1, 1 / 3), (60.0, 2, 0.75**2 / (1 - 0.75**2))]
)
def test_a_stage_with_a_demand_of_its_own_is_as_busy_as_that_says(own: float, people: int, wait: float) -> None:
    # M/M/1 and M/M/2 with an hour's work: of 40 h a week at b, 30 items keep one person busy 75 %, 10 items 25 %
    stages = (
        Stage(name="a", processing_time=1, people=1),
        Stage(name="b", processing_time=1, people=people, demand=own),
        Stage(name="c", processing_time=1, people=1),
    )
    found = simulate(stream_of(*stages, definitions=Definitions(demand=20)))
    first, second, third = found.stages
    assert second.queue_wait is not None
    assert second.queue_wait.holds(wait)
    assert second.utilisation == pytest.approx(own / 40 / people, rel=0.05)
    for other in (first, third):
        assert other.queue_wait is not None
        assert other.queue_wait.holds(1.0)  # half busy with the stream alone
    assert found.lead_time.holds(3 + 1 + wait)  # begins with the first work
    assert found.other_demand == (1,)


def test_items_from_elsewhere_fill_batches_too() -> None:
    stages = (Stage(name="a", processing_time=0.1, batch_size=5, demand=40), Stage(name="b", processing_time=0.1))
    found = simulate(
        stream_of(Stage(name="start", processing_time=0.1, people=9, demand=10), *stages),
        items=2000,
    )
    assert found.stages[1].batch_wait.holds((5 - 1) / 2 * 1)  # 40 a week are one an hour, 10 of them of the stream


def test_rework_asks_again_for_a_stage_with_a_demand_of_its_own() -> None:
    # half of the 20 come again, so each of the 30 asked for at b passes it twice: 60 visits of half an hour, 75 % busy
    stages = (
        Stage(name="a", processing_time=0.1, people=9),
        Stage(name="b", processing_time=0.5, people=1, demand=30, complete_accurate=0.5, rework_to="b"),
    )
    found = simulate(stream_of(*stages, definitions=Definitions(demand=20)))
    assert found.stages[1].queue_wait is not None
    assert found.stages[1].queue_wait.holds(0.5 * 0.75 / 0.25)
