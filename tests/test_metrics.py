"""Figures against the worked stream, small tables computed by hand, and laws that must hold for any stream."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.streams import WORKED, stream_of
from vsm import metrics, rework
from vsm.model import Definitions, QualitySide, Stage, ValueStream, WaitSide

HOURS = st.floats(0, 1000, allow_subnormal=False)
SHARES = st.floats(0.05, 1)


def streams(min_size: int = 1) -> st.SearchStrategy[ValueStream]:
    stage = st.builds(
        Stage,
        name=st.just("stage"),
        processing_time=st.none() | HOURS,
        wait_time=st.none() | HOURS,
        complete_accurate=st.none() | SHARES,
    )
    return st.lists(stage, min_size=min_size, max_size=8).map(
        lambda stages: ValueStream(stages=tuple(replace(s, name=f"s{i}") for i, s in enumerate(stages)))
    )


def test_the_worked_stream_gives_its_published_figures() -> None:
    assert metrics.processing_time(WORKED) == 47
    assert metrics.wait_time(WORKED) == 292
    assert metrics.lead_time(WORKED) == 339
    assert metrics.flow_efficiency(WORKED) == pytest.approx(0.138643, abs=5e-7)
    assert metrics.rolled_complete_accurate(WORKED) == pytest.approx(0.323958, abs=5e-7)
    assert metrics.handoffs(WORKED) == 28
    assert metrics.overlap(WORKED) is None


def test_the_longest_wait_of_the_worked_stream_stands_in_front_of_backlog_refinement() -> None:
    longest = max(metrics.queues(WORKED), key=lambda q: q.wait_time)
    assert (longest.after, longest.before, longest.wait_time) == ("Product discovery", "Backlog refinement", 80)


def test_counted_before_the_step_the_same_wait_accuses_its_own_stage() -> None:
    before = replace(WORKED, definitions=Definitions(wait=WaitSide.BEFORE))
    longest = max(metrics.queues(before), key=lambda q: q.wait_time)
    assert (longest.after, longest.before) == ("Customer request", "Product discovery")
    assert metrics.lead_time(before) == metrics.lead_time(WORKED)


def test_a_wait_before_the_first_stage_comes_from_nobody_and_one_after_the_last_waits_for_nobody() -> None:
    stages = (Stage(name="a", wait_time=1), Stage(name="b", wait_time=2))
    after = metrics.queues(stream_of(*stages))
    before = metrics.queues(stream_of(*stages, definitions=Definitions(wait=WaitSide.BEFORE)))
    assert [(q.after, q.before) for q in after] == [("a", "b"), ("b", None)]
    assert [(q.after, q.before) for q in before] == [(None, "a"), ("a", "b")]


def test_nothing_measured_is_none_and_never_zero() -> None:
    empty = stream_of(Stage(name="a"))
    for figure in (
        metrics.processing_time,
        metrics.wait_time,
        metrics.lead_time,
        metrics.flow_efficiency,
        metrics.rolled_complete_accurate,
        metrics.handoffs,
        metrics.team_changes,
        metrics.flow_load,
        metrics.team_wait,
        rework.lead_time_with_rework,
    ):
        assert figure(empty) is None, figure.__name__


def test_zero_is_zero() -> None:
    stream = stream_of(Stage(name="a", processing_time=0.0, wait_time=0.0, complete_accurate=0.0, handoffs=0.0))
    assert metrics.lead_time(stream) == 0
    assert metrics.flow_efficiency(stream) is None
    assert metrics.rolled_complete_accurate(stream) == 0
    assert metrics.handoffs(stream) == 0


def test_parallel_stages_count_the_longest_branch_and_the_whole_effort() -> None:
    stream = stream_of(
        Stage(name="a", processing_time=1, wait_time=1),
        Stage(name="b", processing_time=2, wait_time=8, parallel_group="checks"),
        Stage(name="c", processing_time=5, wait_time=3, parallel_group="checks"),
        Stage(name="d", processing_time=4, wait_time=0),
    )
    # a: 2; the longer of b: 10 and c: 8; d: 4
    assert metrics.lead_time(stream) == 16
    assert metrics.critical_path(stream) == (0, 1, 3)
    assert metrics.processing_time(stream) == 12
    assert metrics.overlap(stream) == 8
    assert metrics.flow_efficiency(stream) == 12 / 24
    assert [q.before for q in metrics.queues(stream)] == ["b + c", "d", "d", None]


def test_the_vital_queues_are_as_few_as_hold_half() -> None:
    halves = stream_of(Stage(name="a", wait_time=5.0), Stage(name="b", wait_time=3.0), Stage(name="c", wait_time=2.0))
    assert [queue.wait_time for queue in metrics.vital_queues(halves)] == [5.0]
    assert metrics.vital_queues(stream_of(Stage(name="a", wait_time=0.0))) == ()


def test_wait_between_and_inside_teams() -> None:
    stream = stream_of(
        Stage(name="a", team="X", wait_time=5),
        Stage(name="b", team="X", wait_time=7),
        Stage(name="c", team="Y", wait_time=2),
        Stage(name="d", wait_time=1),
    )
    assert metrics.team_wait(stream) == metrics.TeamWait(between=7, inside=5, unknown=3)
    assert metrics.team_changes(stream) == 1


def test_flow_efficiency_is_a_ratio_of_sums() -> None:
    stream = stream_of(
        Stage(name="a", processing_time=9, wait_time=1), Stage(name="b", processing_time=1, wait_time=89)
    )
    assert metrics.flow_efficiency(stream) == 0.1  # the mean of the ratios would be 0.456


@given(streams(), st.randoms(use_true_random=False))
def test_the_order_of_stages_changes_no_sum(stream: ValueStream, random) -> None:
    stages = list(stream.stages)
    random.shuffle(stages)
    shuffled = replace(stream, stages=tuple(stages))
    assert metrics.lead_time(shuffled) == pytest.approx(metrics.lead_time(stream))
    assert metrics.flow_efficiency(shuffled) == pytest.approx(metrics.flow_efficiency(stream))
    assert metrics.rolled_complete_accurate(shuffled) == pytest.approx(metrics.rolled_complete_accurate(stream))


@given(streams(), st.floats(0.01, 100))
def test_another_unit_scales_times_and_leaves_shares(stream: ValueStream, factor: float) -> None:
    scaled = replace(stream, stages=tuple(_scaled(s, factor) for s in stream.stages))
    lead, with_rework = metrics.lead_time(stream), rework.lead_time_with_rework(stream)
    assert metrics.lead_time(scaled) == (None if lead is None else pytest.approx(lead * factor))
    assert rework.lead_time_with_rework(scaled) == (
        None if with_rework is None else pytest.approx(with_rework * factor)
    )
    if (metrics.lead_time(stream) or 0) > 1e-6:
        assert metrics.flow_efficiency(scaled) == pytest.approx(metrics.flow_efficiency(stream))


def _scaled(stage: Stage, factor: float) -> Stage:
    work, wait = stage.processing_time, stage.wait_time
    return replace(
        stage,
        processing_time=None if work is None else work * factor,
        wait_time=None if wait is None else wait * factor,
    )


@given(streams(), st.data())
def test_splitting_a_stage_in_two_leaves_the_stream_as_it_was(stream: ValueStream, data: st.DataObject) -> None:
    i = data.draw(st.integers(0, len(stream.stages) - 1))
    stage = stream.stages[i]
    share = data.draw(st.floats(0, 1))
    first = replace(
        stage,
        name="first",
        wait_time=None if stage.wait_time is None else 0.0,
        processing_time=None if stage.processing_time is None else stage.processing_time * share,
    )
    second = replace(
        stage,
        complete_accurate=None,
        processing_time=None if stage.processing_time is None else stage.processing_time * (1 - share),
    )
    split = replace(stream, stages=(*stream.stages[:i], first, second, *stream.stages[i + 1 :]))
    assert metrics.lead_time(split) == pytest.approx(metrics.lead_time(stream))
    assert metrics.flow_efficiency(split) == pytest.approx(metrics.flow_efficiency(stream))
    assert metrics.rolled_complete_accurate(split) == metrics.rolled_complete_accurate(stream)


@given(streams(), st.sampled_from(QualitySide))
def test_flow_efficiency_and_rolled_quality_are_shares_and_rework_never_shortens(
    stream: ValueStream, side: QualitySide
) -> None:
    stream = replace(stream, definitions=Definitions(complete_accurate=side))
    for share in (metrics.flow_efficiency(stream), metrics.rolled_complete_accurate(stream)):
        assert share is None or 0 <= share <= 1
    cost = rework.cost_of_rework(stream)
    assert cost is None or cost >= -1e-9 * (metrics.lead_time(stream) or 1)


def test_a_parallel_stage_of_no_time_at_all_does_not_hide_one_that_takes_none() -> None:
    side = (Stage(name="a", parallel_group="x"), Stage(name="b", wait_time=0, parallel_group="x"))
    assert metrics.critical_path(stream_of(*side)) == (1,)
    assert metrics.lead_time(stream_of(*side)) == 0
