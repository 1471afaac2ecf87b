"""Overloads one behind the other: what comes to a stage cannot be more than the stages in front of it let through."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.streams import stream_of
from vsm import analyse
from vsm.advice import order_sentence, suggestion_words
from vsm.capacity import throughput, utilisation
from vsm.capacity_words import capacity_sentences
from vsm.change_words import step_words
from vsm.changes import LimitLoad, SetDemand, SetPeople, apply
from vsm.future import future_state
from vsm.future_words import warnings
from vsm.improvement import Promise
from vsm.model import Definitions, Stage, ValueStream
from vsm.money import money
from vsm.overload import flows, overload, spared_by, weekly_visits
from vsm.plan import Costs
from vsm.plan_words import money_sentences


def chain(*capacities: float, demand: float = 20) -> ValueStream:
    """One person at each stage, who lets through so many items in a week of 40 h."""
    stages = [
        Stage(name="abcdef"[i], processing_time=40 / items, wait_time=10, people=1)
        for i, items in enumerate(capacities)
    ]
    return stream_of(*stages, definitions=Definitions(demand=demand))


def items_a_week(stream: ValueStream, index: int) -> float | None:
    growth = overload(stream, index)
    return None if growth is None else growth.items


def growths(stream: ValueStream) -> list[float | None]:
    return [items_a_week(stream, i) for i in range(len(stream.stages))]


def coming(stream: ValueStream, index: int) -> float:
    found = flows(stream)
    assert found is not None
    return found[index].comes


def test_a_later_stage_is_sent_no_more_than_the_earlier_one_lets_through() -> None:
    # 20 are asked for, 8 get past a and 5 past b: 12 pile up in front of a, 3 in front of b and none in front of c
    stream = chain(8, 5, 16)
    assert growths(stream) == [pytest.approx(12), pytest.approx(3), None]
    assert [spared_by(stream, i) for i in range(3)] == [None, None, 1]
    assert utilisation(stream, 2) == pytest.approx(20 / 16)  # of what is asked, as ever
    assert [weekly_visits(stream, i) for i in range(3)] == pytest.approx([8, 5, 5])


def test_equally_full_stages_let_their_queue_grow_only_at_the_first() -> None:
    assert growths(chain(8, 8)) == [pytest.approx(12), pytest.approx(0)]


def test_rework_counts_behind_an_overload_as_in_front_of_it() -> None:
    stages = (*chain(8).stages, Stage(name="z", processing_time=4, people=1, complete_accurate=0.5, rework_to="z"))
    # 8 a week get past a; z does 10 visits, of which 5 come again: 13 come, 3 stay, and each makes 2 visits of it
    growth = overload(stream_of(*stages, definitions=Definitions(demand=20)), 1)
    assert growth == pytest.approx((3, 6))


def test_other_work_of_a_stage_comes_whatever_gets_through() -> None:
    # 8 of the stream's 20 come to b, and 10 from elsewhere: 18 for the 16 that it can do
    stream = chain(8, 16, 20)
    stream = replace(stream, stages=(stream.stages[0], replace(stream.stages[1], demand=30.0), stream.stages[2]))
    assert overload(stream, 1) == pytest.approx((2, 2))
    assert coming(stream, 2) == pytest.approx(8 * 16 / 18)  # everyone has the same share of b


def test_what_a_stage_is_not_asked_for_passes_it_by() -> None:
    narrow, wide = chain(4, 20).stages
    assert coming(stream_of(narrow, wide, definitions=Definitions(demand=20)), 1) == pytest.approx(4)
    few = replace(narrow, demand=5.0)  # 15 go by, and of 5 it does 4
    some = stream_of(wide, few, replace(wide, name="c"), definitions=Definitions(demand=20))
    assert coming(some, 2) == pytest.approx(15 + 4)


def test_the_slowest_of_parallel_stages_decides_what_goes_on() -> None:
    first, second, last = chain(12, 8, 10).stages
    side = (replace(first, parallel_group="x"), replace(second, parallel_group="x"), last)
    stream = stream_of(*side, definitions=Definitions(demand=20))
    assert growths(stream) == [pytest.approx(8), pytest.approx(12), None]
    assert spared_by(stream, 2) == 1


@given(st.lists(st.floats(1, 50), min_size=1, max_size=6), st.floats(1, 60))
def test_what_piles_up_and_what_is_delivered_is_what_was_asked_for(capacities: list[float], demand: float) -> None:
    stream = chain(*capacities, demand=demand)
    delivered = throughput(stream)
    assert delivered is not None
    assert sum(growth or 0 for growth in growths(stream)) + delivered == pytest.approx(demand)


def test_a_limit_counts_the_items_that_get_so_far() -> None:
    # 8 a week get past a, so 4 items at b are half a week: 20 h, of which 4 h are work
    stream = chain(8, 10)
    stream = replace(stream, stages=(replace(stream.stages[0], wait_time=100.0), stream.stages[1]))
    assert apply(stream, LimitLoad(stage="b", items=4)).stages[0].wait_time == pytest.approx(20 - 4)


def test_each_suggestion_names_the_growth_of_its_own_stage() -> None:
    analysis = analyse(chain(8, 5, 16))
    said = {s.stage: suggestion_words(analysis, s).saves for s in analysis.suggestions if s.saves is None}
    assert list(said) == [0, 1, 2]  # the fastest growth first
    assert said[0] == "stops its queue from growing by 12 items a week"
    assert "scaled" not in suggestion_words(analysis, analysis.suggestions[0]).assumption
    assert said[1] == "stops its queue from growing by 3 items a week"
    assert said[2] == "saves nothing before b lets more through; then it keeps its queue from growing"


def test_what_saves_hours_stands_between_what_ends_growth_and_what_is_of_use_later() -> None:
    analysis = analyse(chain(8, 5, 16, 40))
    promises = [s.promise for s in analysis.suggestions]
    assert promises == sorted(promises)
    assert [promises.count(promise) for promise in Promise] == [2, 2, 1]  # a and b; the waits at d; c
    assert [s.saves is None for s in analysis.suggestions] == [True, True, False, False, True]
    said = order_sentence(analysis)
    assert (
        said.index("First of all") < said.index("Sorted by the lead time (once through)") < said.index("Of use later")
    )


def test_what_is_assumed_of_a_second_overload_is_said() -> None:
    said = capacity_sentences(analyse(chain(8, 5, 16)))
    assert said[0].startswith("a cannot do what is asked of it: the queue in front of it grows by 12 items a week. It")
    assert (
        "grows by 3 items a week, as behind a no more than 8 items a week come to it. It takes 5 people there"
        in said[1]
    )
    assert said[2] == (
        "c cannot do what is asked of it, either, but its queue does not grow: behind b no more than 5 items a week "
        "come to it. Once more do, it takes 2 people there to keep up, not 1."
    )


def test_mending_a_stage_that_is_spared_promises_nothing_yet() -> None:
    step = future_state(chain(8, 16), [SetPeople(stage="b", people=2)]).steps[0]
    assert step_words(step, Definitions()) == (
        "Saves nothing before a lets more through; then it keeps a queue from growing without end. No steady wait "
        "can be computed at a, where more work arrives than can be done."
    )


def test_a_future_without_end_is_worth_no_money_and_says_so() -> None:
    stream = chain(30, 24)
    costs = Costs(delay_per_week=1000.0, hour_of_work=50.0, currency="€")
    future = future_state(stream, [SetDemand(items_per_week=40)])
    assert future.endless == ("a", "b")
    found = money(future, costs)
    assert found.delay_per_item is None
    assert found.items_a_year == pytest.approx(24 * 52)  # what b lets through, not what is asked for
    assert money_sentences(found, costs)[-1] == (
        "What coming earlier is worth cannot be said, as the queue at a and b grows without end in the future state."
    )


def test_a_future_stage_that_is_spared_is_told_apart_from_one_that_grows() -> None:
    future = future_state(chain(30, 35), [SetDemand(items_per_week=40)])
    assert (future.overloaded, future.endless) == (("a", "b"), ("a",))
    assert [sentence.split(" less capacity")[0] for sentence in warnings(future)] == [
        "In the future state a has",
        "In the future state b has",
    ]
