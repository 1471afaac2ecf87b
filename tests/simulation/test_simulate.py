"""What a simulation takes, refuses, repeats and stops."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.streams import stream_of
from vsm.model import Definitions, Stage, ValueStream
from vsm.scenario import with_people, with_stage
from vsm.simulation.plan import Obstacle, SimulationError
from vsm.simulation.result import RUNS, Estimate
from vsm.simulation.simulate import CancelledError, simulate

STREAM = stream_of(
    Stage(name="a", processing_time=1, wait_time=20, people=1),
    Stage(name="b", processing_time=1.2, wait_time=6, people=1),
    Stage(name="c", processing_time=1, wait_time=4),
    definitions=Definitions(demand=20),
)


def test_the_same_seed_gives_the_same_result_and_another_another() -> None:
    first = simulate(STREAM, items=500, seed=7)
    assert simulate(STREAM, items=500, seed=7) == first
    assert simulate(STREAM, items=500, seed=8).lead_time != first.lead_time


def test_every_item_is_counted_once() -> None:
    found = simulate(STREAM, items=500)
    assert found.items == len(found.lead_times) == 500
    assert list(found.lead_times) == sorted(found.lead_times)
    assert found.lead_time.mean == pytest.approx(sum(found.lead_times) / 500)
    assert found.percentile(0) == found.lead_times[0]
    assert found.percentile(1) == found.lead_times[-1]


def test_a_stage_of_unknown_people_has_no_queue_and_keeps_its_wait() -> None:
    found = simulate(STREAM, items=500)
    assert found.stages[2].queue_wait is None
    assert found.stages[1].delay.mean == 6
    assert found.without_people == (2,)


def test_progress_goes_from_nothing_to_all() -> None:
    told: list[float] = []
    simulate(STREAM, items=2000, on_progress=lambda done: told.append(done) is None)
    assert told == sorted(told)
    assert 0 < told[0] < 0.5
    assert told[-1] == 1


def test_it_stops_when_told_to() -> None:
    told: list[float] = []

    def stop(done: float) -> bool:
        told.append(done)
        return len(told) < 3

    with pytest.raises(CancelledError):
        simulate(STREAM, on_progress=stop)
    assert len(told) == 3


@pytest.mark.parametrize(
    ("obstacle", "stream"),
    [
        (Obstacle.DEMAND, replace(STREAM, definitions=Definitions())),
        (Obstacle.DEMAND, replace(STREAM, definitions=Definitions(demand=0))),
        (Obstacle.DEMAND, with_stage(STREAM, 1, demand=0)),
        (Obstacle.OVERLOADED, with_stage(STREAM, 1, demand=40)),
        (Obstacle.PEOPLE, stream_of(Stage(name="a", processing_time=1), definitions=Definitions(demand=1))),
        (Obstacle.NOBODY, with_stage(STREAM, 1, people=0)),
        (Obstacle.NOBODY, with_stage(STREAM, 1, availability=0)),
        (Obstacle.OVERLOADED, with_stage(STREAM, 1, processing_time=2)),
        (Obstacle.NEVER_FINISHES, with_stage(STREAM, 1, complete_accurate=0)),
        (Obstacle.TOO_LONG, with_stage(STREAM, 1, batch_size=1_000_000)),
        (Obstacle.TOO_LONG, with_stage(with_stage(STREAM, 1, people=1e6), 2, complete_accurate=1e-6)),
    ],
)
def test_nonsense_gets_a_sentence(obstacle: Obstacle, stream: ValueStream) -> None:
    with pytest.raises(SimulationError) as error:
        simulate(stream)
    assert error.value.obstacle is obstacle
    assert str(error.value).endswith(".")


def test_too_few_items_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 100 items"):
        simulate(STREAM, items=99)


def test_a_second_person_shortens_the_queue_and_leaves_the_delay() -> None:
    # In front of b: 0.6 / (1 − 0.6) × 1.2 = 1.8 h of queue with one person, 0.3² / (1 − 0.3²) × 1.2 = 0.1187 with two.
    now = simulate(STREAM)
    then = simulate(with_people(STREAM, 1, 2), current=now)
    assert (then.lead_time - now.lead_time).holds(0.1187 - 1.8)
    assert then.stages[0].delay.mean == pytest.approx(now.stages[0].delay.mean)


def test_an_automated_handover_takes_its_delay_away() -> None:
    now = simulate(STREAM, items=1000)
    then = simulate(with_stage(STREAM, 1, wait_time=0.6), current=now)
    assert then.stages[1].delay.mean == pytest.approx(0.6)


def test_a_change_that_changes_nothing_leaves_everything_as_it_is() -> None:
    now = simulate(STREAM, items=1000)
    assert simulate(STREAM, current=now, items=1000) == now


def test_a_busy_stage_has_not_come_to_rest() -> None:
    assert simulate(STREAM, items=100).unsettled == ()
    assert simulate(with_stage(STREAM, 1, processing_time=1.99), items=100).unsettled == (1,)


def test_the_interval_of_ten_runs_by_hand() -> None:
    # Runs 1 to 10: mean 5.5, standard deviation √(82.5 / 9) = 3.02765, t(9; 99 %) = 3.2498 from Student's table
    found = Estimate(tuple(float(n) for n in range(1, RUNS + 1)))
    assert found.mean == 5.5
    assert found.margin == pytest.approx(3.2498 * 3.02765 / 10**0.5, rel=1e-5)
    assert found.holds(8.6)
    assert not found.holds(8.7)
    assert (found - found).margin == 0
