"""Future states: the total is the joint one, and laws that hold for any list of changes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.streams import WORKED, stream_of
from vsm import analyse
from vsm.change_checks import ChangeError
from vsm.changes import (
    AnyChange,
    MergeIntoNext,
    RemoveStage,
    SetBatchSize,
    SetCompleteAccurate,
    SetDemand,
    SetPeople,
    SetProcessingTime,
    SetWaitTime,
    apply,
)
from vsm.future import future_state
from vsm.improvement import suggestions
from vsm.model import ClockKind, Definitions, Measured, Stage, ValueStream, WaitSide
from vsm.rework import time_to_shorten

TESTING_BETTER = SetCompleteAccurate(stage="Testing", share=0.85)
DISCOVERY_FASTER = SetWaitTime(stage="Product discovery", hours=40)
SMALLER_BATCH = SetBatchSize(stage="Backlog refinement", size=4)


def time(stream: ValueStream) -> float:
    value = time_to_shorten(stream)
    assert value is not None
    return value


def test_every_suggestion_of_the_worked_stream_saves_the_difference_of_two_analyses() -> None:
    found = suggestions(WORKED)
    assert len(found) > 10
    before = analyse(WORKED).lead_time_with_rework
    for suggestion in found:
        after = analyse(apply(WORKED, suggestion.change)).lead_time_with_rework
        at_best = analyse(apply(WORKED, suggestion.change_at_best)).lead_time_with_rework
        assert before is not None
        assert after is not None
        assert at_best is not None
        assert (suggestion.saves, suggestion.saves_at_most) == (before - after, before - at_best)


def test_three_changes_of_the_worked_stream_save_what_one_analysis_of_all_three_says() -> None:
    by_hand = list(WORKED.stages)
    by_hand[1] = replace(by_hand[1], wait_time=40.0)
    by_hand[2] = replace(by_hand[2], wait_time=54.0, batch_size=4.0)  # 10.5 h of the 60 h are the batch's, then 4.5 h
    by_hand[6] = replace(by_hand[6], complete_accurate=0.85)
    together = (
        analyse(WORKED).lead_time_with_rework,
        analyse(replace(WORKED, stages=tuple(by_hand))).lead_time_with_rework,
    )
    future = future_state(WORKED, [TESTING_BETTER, DISCOVERY_FASTER, SMALLER_BATCH])
    assert future.future.lead_time_with_rework == together[1]
    assert future.saves == (together[0] or 0) - (together[1] or 0)
    assert sum(step.saves or 0 for step in future.steps) == pytest.approx(future.saves)


def test_what_two_changes_both_save_is_counted_once() -> None:
    # a wait of 8 h passed twice on average costs 16 h; halved 8 h, and once instead of twice 8 h; both leave 4 h
    stream = stream_of(
        Stage(name="Make", processing_time=0, wait_time=8),
        Stage(name="Check", processing_time=0, complete_accurate=0.5),
    )
    faster, better = SetWaitTime(stage="Make", hours=4), SetCompleteAccurate(stage="Check", share=1.0)
    future = future_state(stream, [faster, better])
    assert [step.saves for step in future.steps] == [8, 4]
    assert [step.saves_alone for step in future.steps] == [8, 8]
    assert (future.saves, future.counted_twice) == (12, 4)
    assert [step.saves for step in future_state(stream, [better, faster]).steps] == [8, 4]


def test_a_change_that_makes_no_sense_is_told_and_the_others_apply() -> None:
    future = future_state(WORKED, [RemoveStage(stage="Testing"), TESTING_BETTER, DISCOVERY_FASTER])
    assert [step.position for step in future.steps] == [0, 2]
    assert [(r.position, r.reason) for r in future.refused] == [
        (1, "The stream has no stage called Testing at this point.")
    ]
    assert future.steps[1].saves_alone == time(WORKED) - time(apply(WORKED, DISCOVERY_FASTER))


def test_an_overloaded_future_is_named() -> None:
    stream = stream_of(
        Stage(name="Draft", processing_time=1, wait_time=36),
        Stage(name="Check", processing_time=3.6, wait_time=0, people=1),
        definitions=Definitions(demand=10),
    )
    assert future_state(stream, [SetProcessingTime(stage="Check", hours=5)]).overloaded == ("Check",)
    assert future_state(stream, []).overloaded == ()


def test_no_changes_change_nothing() -> None:
    future = future_state(WORKED, [])
    assert future.current == future.future == analyse(WORKED)
    assert (future.saves, future.counted_twice) == (0, 0)


# A log of two stages: 10 h of work and 30 h of waiting, of which 4 h overlap, 1 h of it work. Half of
# everything was done again.
MEASURED = ValueStream(
    stages=(
        Stage(name="Make", processing_time=6.0, wait_time=10.0, complete_accurate=1.0, work_again=0.5, wait_again=0.5),
        Stage(name="Check", processing_time=4.0, wait_time=20.0, complete_accurate=0.5, work_again=0.5, wait_again=0.5),
    ),
    definitions=Definitions(wait=WaitSide.BEFORE, hours_per_day=24, days_per_week=7),
    measured=Measured(
        items=10, finished=10, cancelled=0, lead_times=None, overlap=4.0, work_overlap=1.0, throughput=5.0,
        flow_load=3.0, sent_back=10, variants=2, begins=None, ends=None, as_of=None, clock=ClockKind.ELAPSED,
    ),
)  # fmt: skip


def test_better_quality_of_a_log_takes_away_what_was_done_again() -> None:
    assert analyse(MEASURED).lead_time == 36
    # half of all checks send back to Make: both are passed twice, and once when none does; all times halve
    better = apply(MEASURED, SetCompleteAccurate(stage="Check", share=1.0))
    assert [(s.processing_time, s.wait_time) for s in better.stages] == [(3, 5), (2, 10)]
    assert analyse(better).lead_time == 18
    assert analyse(better).flow_efficiency == analyse(MEASURED).flow_efficiency


def test_time_that_no_item_spent_again_stays_with_better_quality() -> None:
    # Three checks in four are passed instead of two: an item comes back for a third of a visit instead of a whole one.
    waits_once = replace(MEASURED.stages[0], wait_again=0.0)
    log = replace(MEASURED, stages=(waits_once, MEASURED.stages[1]))
    better = apply(log, SetCompleteAccurate(stage="Check", share=0.75))
    assert better.stages[0].wait_time == 10
    assert better.stages[0].processing_time == pytest.approx(3 + 3 / 3)
    assert better.stages[0].work_again == pytest.approx(1 / 4)


def test_what_overlaps_in_a_log_shrinks_with_the_whole() -> None:
    # without any wait 10 of 40 h are left, and 1 of the 4 h that overlapped; of work that overlaps nothing changes
    none = future_state(MEASURED, [SetWaitTime(stage="Make", hours=0), SetWaitTime(stage="Check", hours=0)])
    assert none.future.lead_time == 9
    assert none.saves == 27


def test_percentiles_of_a_log_are_not_claimed_for_its_future() -> None:
    later = apply(MEASURED, SetWaitTime(stage="Make", hours=0)).measured
    assert later is not None
    assert (later.lead_times, later.flow_load) == (None, None)


HOURS = st.floats(0, 100)
SHARES = st.floats(0.05, 1)


@st.composite
def streams(draw: st.DrawFn) -> ValueStream:
    """Draw streams of two to six stages with people, batches, loops and a demand that no stage is too small for."""
    n = draw(st.integers(2, 6))
    stages = tuple(
        Stage(
            name=f"stage {i}",
            processing_time=draw(st.floats(0.1, 20)),
            wait_time=draw(HOURS),
            complete_accurate=draw(st.none() | SHARES),
            batch_size=draw(st.none() | st.integers(1, 20)),
            people=draw(st.none() | st.sampled_from([0.5, 1, 1.5, 2, 3, 8])),
            rework_to=draw(st.none() | st.sampled_from([f"stage {j}" for j in range(i + 1)])),
        )
        for i in range(n)
    )
    side = draw(st.sampled_from(WaitSide))
    return ValueStream(stages=stages, definitions=Definitions(demand=draw(st.none() | st.floats(0.01, 3)), wait=side))


def drawn(data: st.DataObject, stream: ValueStream) -> Stage:
    return data.draw(st.sampled_from(stream.stages))


@given(streams(), st.data())
def test_less_wait_never_lengthens_the_lead_time(stream: ValueStream, data: st.DataObject) -> None:
    stage = drawn(data, stream)
    less = (stage.wait_time or 0) * data.draw(st.floats(0, 1))
    assert time(apply(stream, SetWaitTime(stage=stage.name, hours=less))) <= time(stream) + 1e-9


@given(streams(), st.data())
def test_better_quality_never_costs(stream: ValueStream, data: st.DataObject) -> None:
    stage = drawn(data, stream)
    if stage.complete_accurate is not None:
        better = data.draw(st.floats(stage.complete_accurate, 1))
        after = time(apply(stream, SetCompleteAccurate(stage=stage.name, share=better)))
        assert after <= time(stream) * (1 + 1e-9)


@given(streams(), st.data())
def test_a_person_more_never_raises_a_wait(stream: ValueStream, data: st.DataObject) -> None:
    stage = drawn(data, stream)
    if stage.people is not None:
        after = apply(stream, SetPeople(stage=stage.name, people=stage.people + 1))
        for was, is_now in zip(stream.stages, after.stages, strict=True):
            assert (is_now.wait_time or 0) <= (was.wait_time or 0) * (1 + 1e-9)


@given(streams(), st.data())
def test_a_smaller_batch_saves_at_most_the_wait_observed(stream: ValueStream, data: st.DataObject) -> None:
    stage = drawn(data, stream)
    if stage.batch_size is not None:
        smaller = data.draw(st.floats(1, stage.batch_size))
        after = apply(stream, SetBatchSize(stage=stage.name, size=smaller))
        for was, is_now in zip(stream.stages, after.stages, strict=True):
            assert -1e-9 <= (is_now.wait_time or 0) <= (was.wait_time or 0) * (1 + 1e-9)


@given(streams(), st.data())
def test_shorter_work_never_lengthens_anything(stream: ValueStream, data: st.DataObject) -> None:
    stage = drawn(data, stream)
    less = (stage.processing_time or 0) * data.draw(st.floats(0, 1))
    assert time(apply(stream, SetProcessingTime(stage=stage.name, hours=less))) <= time(stream) * (1 + 1e-9)


@st.composite
def changes(draw: st.DrawFn) -> AnyChange:
    name = f"stage {draw(st.integers(0, 6))}"
    return draw(
        st.one_of(
            st.builds(SetWaitTime, stage=st.just(name), hours=HOURS),
            st.builds(SetBatchSize, stage=st.just(name), size=st.floats(0, 30)),
            st.builds(SetCompleteAccurate, stage=st.just(name), share=st.floats(0, 1)),
            st.builds(SetPeople, stage=st.just(name), people=st.floats(0, 9)),
            st.builds(MergeIntoNext, stage=st.just(name)),
            st.builds(RemoveStage, stage=st.just(name)),
        )
    )


@given(streams(), st.lists(changes(), max_size=6))
def test_steps_add_up_to_the_whole_and_leave_nothing_out(stream: ValueStream, wanted: list[AnyChange]) -> None:
    future = future_state(stream, wanted)
    assert sorted([s.position for s in future.steps] + [r.position for r in future.refused]) == list(range(len(wanted)))
    assert future.saves == pytest.approx(sum(step.saves or 0 for step in future.steps), rel=1e-9, abs=1e-6)
    assert all(refused.reason.endswith(".") for refused in future.refused)


@given(streams(), st.lists(changes(), max_size=4), changes())
def test_applying_and_taking_back_gives_the_same_stream(
    stream: ValueStream, before: list[AnyChange], last: AnyChange
) -> None:
    first = future_state(stream, before).future.stream
    with suppress(ChangeError):
        apply(first, last)
    assert future_state(stream, before).future.stream == first


def test_a_change_goes_on_from_one_of_its_kind_at_its_stage() -> None:
    future = future_state(WORKED, [SetBatchSize(stage="Testing", size=5)])
    assert future.goes_on(SetBatchSize(stage="Testing", size=3))
    assert not future.goes_on(SetBatchSize(stage="Sprint planning", size=5))
    assert not future.goes_on(SetWaitTime(stage="Testing", hours=3))
    assert not future.goes_on(SetDemand(items_per_week=3))


def test_each_change_meets_the_stream_with_those_before_it_made() -> None:
    gone = RemoveStage(stage="Testing")
    after_testing = SetWaitTime(stage="Testing", hours=1)
    future = future_state(WORKED, [gone, after_testing, DISCOVERY_FASTER])
    without = apply(WORKED, gone)
    assert [entry.position for entry in future.refused] == [1]
    assert [future.before(i) for i in range(4)] == [WORKED, without, without, apply(without, DISCOVERY_FASTER)]
