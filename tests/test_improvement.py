"""Suggestions: every saving is the difference of two analyses, found here by changing the stream by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.streams import WORKED, stream_of
from vsm import analyse, read
from vsm.advice import suggestion_words
from vsm.changes import Lever
from vsm.improvement import Suggestion, suggestions
from vsm.model import Definitions, Stage, ValueStream
from vsm.restructuring import merged_into_next
from vsm.rework import lead_time_with_rework
from vsm.scenario import with_batch_size, with_people, with_stage


def named(stream: ValueStream, lever: Lever, stage: str) -> Suggestion:
    return next(s for s in suggestions(stream) if s.lever is lever and stream.stages[s.stage].name == stage)


def difference(changed: ValueStream) -> float:
    before, after = analyse(WORKED).lead_time_with_rework, analyse(changed).lead_time_with_rework
    assert before is not None
    assert after is not None
    return before - after


def test_halving_defects_at_testing_saves_the_difference_of_two_analyses() -> None:
    suggestion = named(WORKED, Lever.REWORK, "Testing")
    assert suggestion.saves == difference(with_stage(WORKED, 6, complete_accurate=0.85))
    assert suggestion.saves_at_most == difference(with_stage(WORKED, 6, complete_accurate=1.0))


def test_better_quality_of_a_log_saves_what_the_log_shows_was_done_again(tmp_path: Path) -> None:
    days = {
        "R-1": "To Do, Build, Review, Test, Build, Review, Test, Done",
        "R-2": "To Do, Build, Review, Test, Done",
        "R-3": "To Do, Build, Review, Test, Done",
    }
    rows = [
        f"{item},{status},2026-01-{5 + day:02d} 09:00"
        for item, path in days.items()
        for day, status in enumerate(path.split(", "))
    ]
    log = tmp_path / "log.csv"
    log.write_text("\n".join(("item,status,timestamp", *rows)), encoding="utf-8")
    stream = read(log).stream
    assert stream is not None
    found = named(stream, Lever.REWORK, "Test")
    # A day each in Build, Review and Test came again for one item of three: 24 h of the mean of 120 h. At 75 % an item
    # comes back 1/3 times, at 87.5 % 1/7 times, so that 4/7 of the 24 h go.
    assert (found.saves, found.saves_at_most) == (pytest.approx(24 * 4 / 7), pytest.approx(24))
    evidence = suggestion_words(analyse(stream), found).evidence
    assert "25% of the visits to Test ended with the item being sent back, most often to Build." in evidence
    assert "24 h come after it was sent back" in evidence


def test_automating_a_transition_halves_the_wait_that_no_batch_explains() -> None:
    suggestion = named(WORKED, Lever.AUTOMATE, "Product discovery")
    assert (suggestion.before, suggestion.after) == (80, 40)
    assert suggestion.saves == difference(with_stage(WORKED, 1, wait_time=40.0))
    # refinement's batch of 8 explains 3.5 × 2 h + 3.5 × 1 h = 10.5 h of its 60 h
    assert named(WORKED, Lever.AUTOMATE, "Backlog refinement").after == 60 - (60 - 10.5) / 2


def test_a_smaller_batch_saves_only_the_part_that_the_batch_causes() -> None:
    # batch of 8: 3.5 × (2 + 1) = 10.5 h of 60 h; batch of 4: 1.5 × 3 = 4.5 h, so 54 h remain
    assert with_batch_size(WORKED, 2, 4).stages[2].wait_time == pytest.approx(54)
    assert named(WORKED, Lever.BATCH, "Backlog refinement").saves == difference(with_stage(WORKED, 2, wait_time=54.0))


def test_merging_two_steps_removes_the_queue_between_them_and_keeps_the_work() -> None:
    merged = merged_into_next(WORKED, 2)
    assert [s.name for s in merged.stages][2] == "Backlog refinement and Sprint planning"
    assert (merged.stages[2].processing_time, merged.stages[2].wait_time) == (3, 40)
    assert analyse(merged).lead_time == 339 - 60
    assert analyse(merged).processing_time == 47
    assert analyse(merged).rolled_complete_accurate == pytest.approx(analyse(WORKED).rolled_complete_accurate)
    assert named(WORKED, Lever.REMOVE, "Backlog refinement").saves == difference(merged)


def test_the_last_stage_cannot_be_merged() -> None:
    with pytest.raises(ValueError, match="is the last stage"):
        merged_into_next(WORKED, 9)


def test_they_are_sorted_by_what_they_save() -> None:
    saves = [s.saves for s in suggestions(WORKED)]
    assert saves == sorted(saves, key=lambda s: -(s or 0))
    assert len(saves) > 4


def test_one_person_more_scales_the_wait_in_front_by_the_queue_formula() -> None:
    stream = stream_of(
        Stage(name="Draft", processing_time=1, wait_time=36),
        Stage(name="Check", processing_time=3.6, wait_time=0, people=1),
        definitions=Definitions(demand=10),
    )
    # ρ 0.9 with one person: 0.9/0.1 = 9; with two ρ = 0.45: M/M/2 is ρ²/(1 − ρ²) = 0.2025/0.7975
    changed = with_people(stream, 1, 2)
    assert changed.stages[0].wait_time == pytest.approx(36 / 9 * 0.2025 / 0.7975)
    assert named(stream, Lever.CAPACITY, "Check").saves == pytest.approx(36 - 4 * 0.2025 / 0.7975)
    assert not [s for s in suggestions(stream) if s.lever is Lever.AUTOMATE]


def test_an_overloaded_stage_comes_first_and_promises_no_hours() -> None:
    stream = stream_of(
        Stage(name="Draft", processing_time=1, wait_time=36),
        Stage(name="Check", processing_time=9, wait_time=0, people=1),
        definitions=Definitions(demand=10),
    )
    first = suggestions(stream)[0]
    # 90 h of work a week need three people of 40 h
    assert (first.lever, first.before, first.after, first.saves) == (Lever.CAPACITY, 1, 3, None)
    words = suggestion_words(analyse(stream), first)
    assert words.title == "Add 2 people at Check (3 instead of 1)"
    assert words.saves.startswith("stops its queue from growing by 5.6 items a week")


def test_a_stream_with_nothing_to_save_gets_no_suggestion() -> None:
    assert suggestions(stream_of(Stage(name="a", processing_time=1, wait_time=0, complete_accurate=1.0))) == ()
    assert suggestions(stream_of(Stage(name="a"))) == ()


def test_questions_are_asked_about_the_step_that_is_waited_for() -> None:
    stream = stream_of(Stage(name="Develop", processing_time=1, wait_time=90), Stage(name="Code review", wait_time=1))
    words = suggestion_words(analyse(stream), named(stream, Lever.AUTOMATE, "Develop"))
    assert any("review" in q for q in words.questions)
    assert all(q.endswith("?") for q in words.questions)


@given(st.integers(0, 9), st.floats(0, 1))
def test_less_wait_never_lengthens_the_lead_time(stage: int, share: float) -> None:
    changed = with_stage(WORKED, stage, wait_time=(WORKED.stages[stage].wait_time or 0) * share)
    before, after = lead_time_with_rework(WORKED), lead_time_with_rework(changed)
    assert before is not None
    assert after is not None
    assert after <= before + 1e-9


@given(st.integers(1, 60), st.integers(1, 60), st.floats(0, 200))
def test_a_batch_saves_at_most_the_wait_observed(size: int, smaller: int, wait: float) -> None:
    stream = stream_of(
        Stage(name="a", processing_time=2, wait_time=wait, batch_size=size), Stage(name="b", processing_time=1)
    )
    after = with_batch_size(stream, 0, min(size, smaller)).stages[0].wait_time
    assert after is not None
    assert -1e-9 <= after <= wait + 1e-9


def test_a_changed_stream_leaves_the_original_alone() -> None:
    copy = replace(WORKED)
    with_stage(WORKED, 0, wait_time=0.0)
    assert copy == WORKED


def test_where_nothing_ever_finishes_quality_comes_first() -> None:
    stream = stream_of(
        Stage(name="Make", processing_time=1, wait_time=90, complete_accurate=1.0),
        Stage(name="Check", processing_time=1, complete_accurate=0.0),
    )
    (only,) = suggestions(stream)
    assert (only.lever, only.saves, only.after) == (Lever.REWORK, None, 0.5)
    words = suggestion_words(analyse(stream), only)
    assert words.saves == "lets items be finished at all"
    assert words.evidence == "100% of what arrives at Check goes back to Make, so that no item is ever finished."


def test_a_batch_in_front_of_several_people_says_that_its_turn_is_counted_for_one() -> None:
    stages = (
        Stage(name="a", processing_time=1, wait_time=100, batch_size=9),
        Stage(name="b", processing_time=3, people=3),
    )
    analysis = analyse(stream_of(*stages, definitions=Definitions(demand=10)))
    assert suggestion_words(analysis, named(analysis.stream, Lever.BATCH, "a")).assumption.endswith(
        "where several people work, as at b, less of the wait is for the batch, and less is saved."
    )


def test_stages_of_one_name_are_no_trouble_and_only_the_first_is_to_be_changed() -> None:
    twice = Stage(name="x", processing_time=1, wait_time=9, complete_accurate=0.5)
    found = suggestions(stream_of(Stage(name="a", processing_time=1), twice, replace(twice, wait_time=30)))
    assert {s.stage for s in found} == {1}


def test_a_wait_beside_time_that_nothing_divides_is_not_to_be_halved() -> None:
    stages = (Stage(name="a", undivided_time=10, wait_time=8), Stage(name="b", processing_time=1, wait_time=2))
    assert [s.stage for s in suggestions(stream_of(*stages)) if s.lever is Lever.AUTOMATE] == [1]


def test_half_an_item_waits_for_no_companions() -> None:
    stages = (Stage(name="a", processing_time=2, wait_time=4, batch_size=0.5), Stage(name="b", processing_time=1))
    assert analyse(stream_of(*stages)).stages[0].batch_wait == 0


def test_a_wait_that_busy_people_hardly_explain_is_counted_at_the_upper_end_alone() -> None:
    # ρ 0.9, M/M/1: 9 × 3.6 h = 32.4 h of the 200 h; with two people 0.2025/0.7975 × 3.6 h
    stream = stream_of(
        Stage(name="Draft", processing_time=1, wait_time=200),
        Stage(name="Check", processing_time=3.6, wait_time=0, people=1),
        definitions=Definitions(demand=10),
    )
    two = 0.2025 / 0.7975 * 3.6
    found = named(stream, Lever.CAPACITY, "Check")
    assert (found.saves, found.saves_at_most) == (pytest.approx(32.4 - two), pytest.approx(200 * (1 - two / 32.4)))
    assert suggestion_words(analyse(stream), found).assumption.endswith(
        "Busy people explain only 4.1 days of the 25 days that items wait in front of Check; if the rest has another "
        "cause, it stays."
    )


def test_fewer_visits_save_their_share_of_a_delay() -> None:
    # Make is passed twice, then 4/3 times: what waits 100 h a visit saves 2/3 of it, its short queue a little more
    stream = stream_of(
        Stage(name="Make", processing_time=1, wait_time=100),
        Stage(name="Check", processing_time=1, wait_time=0, people=1, complete_accurate=0.5),
        definitions=Definitions(demand=10),
    )
    found = named(stream, Lever.REWORK, "Check")
    # M/M/1 at ρ 0.5 makes 1 h of the wait, at 1/3 half an hour; 1 h of work at each stage, too
    assert found.saves == pytest.approx(2 * (99 + 1 + 1 + 1) - 4 / 3 * (99 + 0.5 + 1 + 1))
