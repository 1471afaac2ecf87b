"""Utilisation, batches and queues against hand calculation and queueing theory."""

from __future__ import annotations

from dataclasses import replace
from math import exp, factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.streams import WORKED, stream_of
from vsm import capacity
from vsm.improvement import suggestions
from vsm.model import Definitions, Stage, WaitSide
from vsm.overload import overload

SECOND = 1 / 3600
# Acme Stamping's cycle times, one operator each, 27,600 s a shift: 460 pieces a shift give a takt of 60 s.
ACME = stream_of(
    Stage(name="Stamping", processing_time=1 * SECOND, wait_time=7.6 * 8, people=1),
    Stage(name="Spot Weld #1", processing_time=39 * SECOND, wait_time=1.8 * 8, people=1),
    Stage(name="Spot Weld #2", processing_time=46 * SECOND, wait_time=2.7 * 8, people=1),
    Stage(name="Assembly #1", processing_time=62 * SECOND, wait_time=2.0 * 8, people=1),
    Stage(name="Assembly #2", processing_time=40 * SECOND, wait_time=4.5 * 8, people=1),
    definitions=Definitions(demand=2300, hours_per_day=27600 * SECOND),
)


def test_takt_time_of_the_published_factory() -> None:
    assert capacity.takt_time(ACME) == pytest.approx(60 * SECOND)


def test_utilisation_is_cycle_time_over_takt_for_one_person() -> None:
    assert [capacity.utilisation(ACME, i) for i in range(5)] == pytest.approx(
        [1 / 60, 39 / 60, 46 / 60, 62 / 60, 40 / 60]
    )


def test_an_overloaded_stage_grows_by_what_it_cannot_do() -> None:
    # 138,000 s a week at 62 s each are 2,225.8 pieces of the 2,300 asked for
    assert overload(ACME, 3) == pytest.approx((2300 - 138_000 / 62,) * 2)
    assert overload(ACME, 2) is None
    assert capacity.throughput(ACME) == pytest.approx(138_000 / 62)


def test_rework_and_availability_count_in_utilisation() -> None:
    stream = stream_of(
        Stage(name="a", processing_time=2, people=1, availability=0.8),
        Stage(name="b", processing_time=1, people=2, complete_accurate=0.5),
        definitions=Definitions(demand=5),
    )
    # every item passes a and b twice: a 5 × 2 × 2 h of 32 h, b 5 × 2 × 1 h of 80 h
    assert capacity.utilisation(stream, 0) == pytest.approx(20 / 32)
    assert capacity.utilisation(stream, 1) == pytest.approx(10 / 80)


def test_without_people_or_demand_nothing_is_claimed() -> None:
    assert capacity.utilisation(stream_of(Stage(name="a", processing_time=1, people=1)), 0) is None
    demanded = stream_of(Stage(name="a", processing_time=1), definitions=Definitions(demand=1))
    assert capacity.utilisation(demanded, 0) is None
    assert capacity.throughput(WORKED) is None


def test_littles_law_from_demand_and_lead_time() -> None:
    stream = stream_of(Stage(name="a", processing_time=4, wait_time=76, people=1), definitions=Definitions(demand=3))
    assert capacity.load_by_littles_law(stream) == 6  # 3 a week × 2 weeks


def test_littles_law_counts_what_comes_again() -> None:
    # Half of what B finds goes back to A, so both are passed twice: 8 a week for 2 × (31 + 31) h of 40 h a week.
    stages = (
        Stage(name="A", processing_time=1, wait_time=30, people=1),
        Stage(name="B", processing_time=1, wait_time=30, people=1, complete_accurate=0.5),
    )
    stream = stream_of(*stages, definitions=Definitions(demand=8))
    assert capacity.load_by_littles_law(stream) == pytest.approx(8 * 124 / 40)


def test_throughput_is_not_claimed_where_no_capacity_is_known() -> None:
    demand = Definitions(demand=3)
    assert capacity.throughput(stream_of(Stage(name="a", processing_time=4), definitions=demand)) is None
    assert capacity.throughput(stream_of(Stage(name="a", people=2), definitions=demand)) is None
    no_wait = stream_of(Stage(name="a", processing_time=4, people=1), definitions=demand)
    assert capacity.load_by_littles_law(no_wait) is None


def test_a_batch_waits_to_be_complete_and_for_its_turn() -> None:
    stages = (Stage(name="a", processing_time=1, wait_time=100, batch_size=5), Stage(name="b", processing_time=3))
    with_demand = stream_of(*stages, definitions=Definitions(demand=10))
    assert capacity.batch_wait(with_demand, 0) == 2 * 4 + 2 * 3  # (5 − 1)/2 intervals of 4 h, (5 − 1)/2 turns of 3 h
    assert capacity.batch_wait(stream_of(*stages), 0) == 2 * 1 + 2 * 3  # P/people is the interval's lower bound


def test_items_that_come_again_fill_a_batch_sooner() -> None:
    # half of what b checks goes back to a: both are passed twice, 20 completions a week at a are one every 2 h
    stages = (
        Stage(name="a", processing_time=1, wait_time=100, batch_size=5),
        Stage(name="b", processing_time=3, complete_accurate=0.5),
    )
    assert capacity.batch_wait(stream_of(*stages, definitions=Definitions(demand=10)), 0) == 2 * 2 + 2 * 3
    assert capacity.batch_wait(stream_of(*stages), 0) == 2 * 1 + 2 * 3  # with no demand known, nothing tells


def test_a_wait_stated_before_a_stage_is_counted_as_often_as_that_stage_is_passed() -> None:
    # every second item is done twice at a, and comes to the queue in front of b once: 10 a week are one every 4 h
    stages = (
        Stage(name="a", processing_time=1, complete_accurate=0.5, batch_size=5),
        Stage(name="b", processing_time=3, wait_time=100),
    )
    stream = stream_of(*stages, definitions=Definitions(demand=10, wait=WaitSide.BEFORE))
    assert capacity.batch_wait(stream, 0) == 2 * 4 + 2 * 3


def test_a_batch_never_explains_more_than_the_wait_observed() -> None:
    stages = (Stage(name="a", processing_time=10, wait_time=3, batch_size=9), Stage(name="b", processing_time=10))
    assert capacity.batch_wait(stream_of(*stages), 0) == 3


def test_with_waits_before_the_stage_the_batch_explains_the_next_rows_wait() -> None:
    before = Definitions(wait=WaitSide.BEFORE)
    stages = (
        Stage(name="a", processing_time=1, wait_time=0, batch_size=3),
        Stage(name="b", processing_time=2, wait_time=50),
    )
    assert capacity.batch_wait(stream_of(*stages, definitions=before), 0) == 1 * 1 + 1 * 2


def test_single_items_wait_for_no_batch() -> None:
    assert capacity.batch_wait(WORKED, 0) == 0
    assert capacity.batch_wait(stream_of(Stage(name="a", wait_time=5)), 0) is None


@given(st.floats(0.01, 0.99))
def test_one_server_waits_as_in_m_m_1(rho: float) -> None:
    assert capacity.queue_wait(1, rho) == pytest.approx(rho / (1 - rho))


@given(st.integers(1, 30), st.floats(0.01, 0.99))
def test_erlang_c_equals_its_poisson_form(servers: int, rho: float) -> None:
    """Independent form: C = B / (1 − ρ (1 − B)) with Erlang B from Poisson probabilities."""
    offered = servers * rho
    poisson = [exp(-offered) * offered**k / factorial(k) for k in range(servers + 1)]
    blocked = poisson[-1] / sum(poisson)
    assert capacity.erlang_c(servers, rho) == pytest.approx(blocked / (1 - rho * (1 - blocked)))


def test_demand_of_a_stage_wins_over_the_streams() -> None:
    stream = stream_of(Stage(name="a", demand=3), Stage(name="b"), definitions=Definitions(demand=7))
    assert [capacity.demand_at(stream, i) for i in (0, 1)] == [3, 7]
    assert capacity.stream_demand(replace(stream, definitions=Definitions())) == 3


@pytest.mark.parametrize("people", [900, 1e12])
def test_a_large_team_is_no_trouble_to_compute_and_makes_nobody_wait(people: float) -> None:
    stream = stream_of(Stage(name="a", processing_time=4, people=people), definitions=Definitions(demand=5 * people))
    # half busy: with so many people, the chance that all of them are busy at once is below 1e-40
    assert capacity.wait_by_formula(stream, 0) == pytest.approx(0, abs=1e-40)


def test_an_overload_without_measure_asks_for_as_many_people_as_it_takes() -> None:
    stream = stream_of(Stage(name="a", processing_time=4, people=1), definitions=Definitions(demand=1e9))
    # 4e9 h of work a week over 40 h for each person, and one more to be below
    assert suggestions(stream)[0].after == pytest.approx(1e8 + 1)
