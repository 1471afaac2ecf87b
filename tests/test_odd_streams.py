"""The laws of changes and suggestions on odd streams: overloads, side-by-side stages, demands of one's own, zeros."""

from __future__ import annotations

from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vsm import analyse
from vsm.advice import suggestion_words
from vsm.capacity import wait_by_formula
from vsm.capacity_words import capacity_sentences
from vsm.change_checks import ChangeError
from vsm.changes import (
    AnyChange,
    LimitLoad,
    SetAvailability,
    SetBatchSize,
    SetCompleteAccurate,
    SetPeople,
    SetProcessingTime,
    SetWaitTime,
    apply,
)
from vsm.future import future_state
from vsm.model import Definitions, QualitySide, Stage, ValueStream, WaitSide
from vsm.overload import overload, weekly_visits
from vsm.rework import time_to_shorten
from vsm.settling import unexplained

WORK = st.none() | st.sampled_from([0.0, 0.1, 4.0]) | st.floats(0.01, 20)
WAIT = st.none() | st.just(0.0) | st.floats(0, 200)
SHARE = st.none() | st.sampled_from([0.01, 0.5, 1.0]) | st.floats(0.01, 1)


@st.composite
def odd_streams(draw: st.DrawFn) -> ValueStream:
    """Draw streams of one to six stages, many of them overloaded, idle, side by side, or of unknown times."""
    stages = tuple(
        Stage(
            name=f"stage {i}",
            processing_time=draw(WORK),
            wait_time=draw(WAIT),
            complete_accurate=draw(SHARE),
            batch_size=draw(st.none() | st.sampled_from([1, 1.5, 8, 1000])),
            people=draw(st.none() | st.sampled_from([0.5, 1, 1.5, 3])),
            availability=draw(st.none() | st.sampled_from([0.01, 0.5])),
            demand=draw(st.none() | st.none() | st.sampled_from([2.0, 30.0])),
            rework_to=draw(st.none() | st.sampled_from([f"stage {j}" for j in range(6)])),
            parallel_group=draw(st.none() | st.sampled_from(["x", "y"])),
            work_variation=draw(st.none() | st.sampled_from([0.0, 3.0])),
        )
        for i in range(draw(st.integers(1, 6)))
    )
    sides = (draw(st.sampled_from(WaitSide)), draw(st.sampled_from(QualitySide)))
    demand = draw(st.none() | st.sampled_from([0.0, 0.5, 10.0]))
    return ValueStream(stages=stages, definitions=Definitions(demand=demand, wait=sides[0], complete_accurate=sides[1]))


def waits(stream: ValueStream) -> list[float]:
    return [stage.wait_time or 0.0 for stage in stream.stages]


def tried(stream: ValueStream, change: AnyChange) -> ValueStream:
    """Apply a change, or leave the stream as it is where that is refused in a sentence."""
    try:
        return apply(stream, change)
    except ChangeError:
        return stream


@given(odd_streams(), st.data())
def test_more_people_or_time_never_lengthen_a_wait(stream: ValueStream, data: st.DataObject) -> None:
    stage = data.draw(st.sampled_from(stream.stages))
    more = data.draw(st.sampled_from([0.1, 0.5, 1, 10]))
    for change in (
        SetPeople(stage=stage.name, people=(stage.people or 0) + more),
        SetAvailability(stage=stage.name, share=1.0),
    ):
        for was, is_now in zip(waits(stream), waits(tried(stream, change)), strict=True):
            assert is_now <= was * (1 + 1e-9)


@given(odd_streams(), st.data())
def test_better_quality_shorter_work_and_less_wait_never_cost(stream: ValueStream, data: st.DataObject) -> None:
    stage, part = data.draw(st.sampled_from(stream.stages)), data.draw(st.floats(0, 1))
    total = time_to_shorten(stream)
    changes: list[AnyChange] = []
    if stage.complete_accurate is not None:
        better = 1 - part * (1 - stage.complete_accurate)
        changes.append(SetCompleteAccurate(stage=stage.name, share=better))
    if stage.processing_time is not None:
        changes.append(SetProcessingTime(stage=stage.name, hours=part * stage.processing_time))
    if stage.wait_time is not None:
        changes.append(SetWaitTime(stage=stage.name, hours=part * stage.wait_time))
    for change in changes:
        after = time_to_shorten(tried(stream, change))
        assert total is None or (after is not None and after <= total * (1 + 1e-9))


@given(odd_streams(), st.data())
def test_smaller_batches_and_limits_take_at_most_the_wait_observed(stream: ValueStream, data: st.DataObject) -> None:
    stage, items = data.draw(st.sampled_from(stream.stages)), data.draw(st.sampled_from([0.5, 2.0, 20.0]))
    changes: list[AnyChange] = [LimitLoad(stage=stage.name, items=items)]
    if stage.batch_size is not None:
        changes.append(SetBatchSize(stage=stage.name, size=data.draw(st.floats(1, stage.batch_size))))
    for change in changes:
        for was, is_now in zip(waits(stream), waits(tried(stream, change)), strict=True):
            assert 0 <= is_now <= was * (1 + 1e-9)


@given(odd_streams())
def test_every_suggestion_can_be_made_and_saves_between_nothing_and_all(stream: ValueStream) -> None:
    analysis, total = analyse(stream), time_to_shorten(stream) or 0.0
    for suggestion in analysis.suggestions:
        assert suggestion_words(analysis, suggestion).saves
        (step,) = future_state(stream, [suggestion.change]).steps
        if suggestion.saves is None:
            continue
        near = 1e-9 * (1 + total)
        assert suggestion.saves_at_most is not None
        if unexplained(stream):  # what busy people do not explain of a wait counts at the upper end alone
            assert suggestion.saves - near <= step.saves <= suggestion.saves_at_most + near
        else:
            assert step.saves == pytest.approx(suggestion.saves, abs=near)
        assert -1e-9 <= suggestion.saves <= suggestion.saves_at_most + 1e-9 * total <= total * (1 + 1e-8)


@given(odd_streams())
def test_every_rate_is_a_number_that_can_be(stream: ValueStream) -> None:
    capacity_sentences(analyse(stream))
    for i in range(len(stream.stages)):
        for rate in (weekly_visits(stream, i), wait_by_formula(stream, i), *(overload(stream, i) or ())):
            assert rate is None or (isfinite(rate) and rate >= 0)


@given(odd_streams())
def test_no_change_is_no_difference(stream: ValueStream) -> None:
    future = future_state(stream, [])
    assert future.future.stream == stream
    assert future.saves in (0, None)
