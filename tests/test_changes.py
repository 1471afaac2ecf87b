"""Changes: hand-worked effects, what is refused in a sentence, and that a change names its stage, not its place."""

from __future__ import annotations

from dataclasses import replace
from math import inf, nan

import pytest

from tests.streams import WORKED, stream_of
from vsm import analyse
from vsm.change_checks import ChangeError
from vsm.changes import (
    AddStage,
    AnyChange,
    LimitLoad,
    MergeIntoNext,
    MoveCheck,
    MoveStage,
    RemoveStage,
    RunInParallel,
    SetAvailability,
    SetBatchSize,
    SetCompleteAccurate,
    SetDemand,
    SetHandoffs,
    SetPeople,
    SetProcessingTime,
    SetWaitTime,
    apply,
)
from vsm.model import Definitions, Stage, ValueStream, WaitSide

BUSY = stream_of(
    Stage(name="Draft", processing_time=1, wait_time=36),
    Stage(name="Check", processing_time=3.6, wait_time=0, people=1),
    definitions=Definitions(demand=10),
)
"""Check is busy 0.9 of its time: 10 × 3.6 h of 40 h. As M/M/1 its wait is 9 times its work."""


def wait(stream: ValueStream, stage: str) -> float:
    return next(s.wait_time or 0.0 for s in stream.stages if s.name == stage)


def names(stream: ValueStream) -> list[str]:
    return [stage.name for stage in stream.stages]


def test_less_work_makes_a_stage_less_busy_and_its_queue_shorter() -> None:
    # ρ 0.5 with 2 h of work: M/M/1 waits 1 × 2 h, before 9 × 3.6 h = 32.4 h; 36 h were observed
    changed = apply(BUSY, SetProcessingTime(stage="Check", hours=2))
    assert wait(changed, "Draft") == pytest.approx(36 * 2 / 32.4)


def test_more_available_time_shortens_the_queue_as_the_formula_does() -> None:
    half = replace(BUSY, stages=(BUSY.stages[0], replace(BUSY.stages[1], processing_time=1.8, availability=0.5)))
    # who is there half the time takes 3.6 h for 1.8 h of work: 9 × 3.6 h; with all the time ρ 0.45: 0.45/0.55 × 1.8 h
    changed = apply(half, SetAvailability(stage="Check", share=1.0))
    assert wait(changed, "Draft") == pytest.approx(36 / 32.4 * 0.45 / 0.55 * 1.8)


def test_more_demand_lengthens_a_queue_and_an_overload_leaves_it_as_it_is() -> None:
    # ρ 0.95 at 10.5556 a week: 19 times the work instead of 9
    assert wait(apply(BUSY, SetDemand(items_per_week=0.95 * 40 / 3.6)), "Draft") == pytest.approx(36 * 19 / 9)
    assert wait(apply(BUSY, SetDemand(items_per_week=12)), "Draft") == 36


def test_demand_stated_at_stages_changes_in_proportion() -> None:
    stream = stream_of(Stage(name="a", demand=10, people=1), Stage(name="b", demand=5, people=1))
    assert [s.demand for s in apply(stream, SetDemand(items_per_week=20)).stages] == [20, 10]


def test_better_quality_makes_a_stage_less_busy_too() -> None:
    stream = stream_of(
        Stage(name="Make", processing_time=2, wait_time=10, people=1),
        Stage(name="Check", processing_time=1, wait_time=0, complete_accurate=0.5),
        definitions=Definitions(demand=9),
    )
    # Make is passed twice: ρ = 9 × 4/40 = 0.9, once after: 0.45; but no row states the queue in front of it
    assert wait(apply(stream, SetCompleteAccurate(stage="Check", share=1.0)), "Make") == 10
    before = replace(stream, definitions=replace(stream.definitions, wait=WaitSide.BEFORE))
    after = apply(before, SetCompleteAccurate(stage="Check", share=1.0))
    assert wait(after, "Make") == pytest.approx(10 * (0.45 / 0.55) / (0.9 / 0.1))


def test_a_batch_and_a_busy_person_each_change_their_own_part_of_a_wait() -> None:
    stream = stream_of(
        Stage(name="Draft", processing_time=1, wait_time=50, batch_size=5),
        Stage(name="Check", processing_time=3.6, wait_time=0, people=1),
        definitions=Definitions(demand=10),
    )
    # batch: 2 × (4 h between items + 3.6 h for the turn) = 15.2 h of the 50 h; the rest waits for Check
    assert wait(apply(stream, SetBatchSize(stage="Draft", size=1)), "Draft") == pytest.approx(50 - 15.2)
    two = apply(stream, SetPeople(stage="Check", people=2))
    assert wait(two, "Draft") == pytest.approx(15.2 + (50 - 15.2) / 9 * 0.2025 / 0.7975)


def test_a_batch_that_is_begun_makes_items_wait() -> None:
    stream = stream_of(Stage(name="a", processing_time=2, wait_time=3), Stage(name="b", processing_time=1))
    # 2 × (2 h between items + 1 h for the turn)
    assert wait(apply(stream, SetBatchSize(stage="a", size=5)), "a") == 3 + 6


def test_a_limit_on_work_in_progress_holds_a_stage_to_littles_law() -> None:
    # 4 items at 10 a week of 40 h are there for 16 h; 3.6 h of that is work
    assert wait(apply(BUSY, LimitLoad(stage="Check", items=4)), "Draft") == pytest.approx(12.4)
    assert wait(apply(BUSY, LimitLoad(stage="Check", items=40)), "Draft") == 36


def test_what_a_limit_takes_out_of_a_stream_with_rework_is_what_it_saves_by_littles_law() -> None:
    stream = stream_of(
        Stage(name="A", processing_time=0.5, wait_time=4, people=1),
        Stage(name="B", processing_time=1, wait_time=20, people=2, complete_accurate=0.6),
        Stage(name="C", processing_time=1.2, wait_time=2, people=1, complete_accurate=0.9),
        definitions=Definitions(demand=20),
    )
    # C is passed 1/0.9 times, B (1 + 0.1/0.9)/0.6 times, and so often the lead time counts the 20 h in front of C
    at_b, at_c = (1 + 0.1 / 0.9) / 0.6, 1 / 0.9
    there = 20 * (at_b * 20 + at_c * 1.2) / 40
    before = analyse(stream).lead_time_with_rework
    limited = apply(stream, LimitLoad(stage="C", items=4))
    after = analyse(limited).lead_time_with_rework
    assert before is not None
    assert after is not None
    assert (before - after) * 20 / 40 == pytest.approx(there - 4)
    assert apply(limited, LimitLoad(stage="C", items=4)).stages[1].wait_time == pytest.approx(wait(limited, "B"))
    assert apply(stream, LimitLoad(stage="C", items=there + 1)) == stream


def test_a_check_moved_upstream_shortens_the_loop() -> None:
    stream = stream_of(
        Stage(name="Make", processing_time=1),
        Stage(name="Look", processing_time=1),
        Stage(name="Pack", processing_time=1),
        Stage(name="Test", processing_time=1, complete_accurate=0.5, rework_to="Make"),
    )
    # every second item does all four once more: 8 h; checked at Look only Make and Look are repeated: 4 + 2 h
    assert analyse(stream).lead_time_with_rework == 8
    moved = apply(stream, MoveCheck(stage="Test", to="Look"))
    assert analyse(moved).lead_time_with_rework == 6
    assert analyse(moved).rolled_complete_accurate == 0.5


def test_a_stage_removed_takes_its_work_its_check_and_its_own_wait_along() -> None:
    after = apply(WORKED, RemoveStage(stage="Sprint planning"))
    assert analyse(after).lead_time == 339 - 41
    assert names(after) == [n for n in names(WORKED) if n != "Sprint planning"]
    assert analyse(after).rolled_complete_accurate == pytest.approx(0.9 * 0.85 * 0.9 * 0.8 * 0.7 * 0.95 * 0.98 * 0.95)


def test_what_went_back_to_a_removed_stage_goes_on_with_the_one_that_followed() -> None:
    stream = stream_of(
        Stage(name="a", processing_time=1),
        Stage(name="b", processing_time=1),
        Stage(name="c", processing_time=1, complete_accurate=0.5, rework_to="a"),
    )
    after = apply(stream, RemoveStage(stage="a"))
    assert analyse(after).stages[1].rework_target == "b"


def test_a_stage_moves_behind_another_or_to_the_start() -> None:
    stream = stream_of(*(Stage(name=n, processing_time=1, wait_time=2) for n in "abcd"))
    assert names(apply(stream, MoveStage(stage="a", behind="c"))) == ["b", "c", "a", "d"]
    assert names(apply(stream, MoveStage(stage="d", behind=None))) == ["d", "a", "b", "c"]
    assert names(apply(stream, MoveStage(stage="d", behind="a"))) == ["a", "d", "b", "c"]
    assert names(apply(stream, MoveStage(stage="b", behind="a"))) == ["a", "b", "c", "d"]


def test_side_by_side_the_longest_branch_counts() -> None:
    stream = stream_of(*(Stage(name=n, processing_time=p) for n, p in (("a", 1), ("b", 5), ("c", 3), ("d", 2))))
    after = apply(stream, RunInParallel(first="b", last="c"))
    assert (analyse(after).lead_time, analyse(after).processing_time) == (8, 11)


def test_a_new_stage_stands_where_it_was_put() -> None:
    after = apply(WORKED, AddStage(stage="Smoke test", behind="Development", processing_time=1, wait_time=2))
    assert names(after)[4:7] == ["Development", "Smoke test", "Code review"]
    assert analyse(after).lead_time == 339 + 3


def test_people_touching_an_item_change_no_time() -> None:
    after = apply(WORKED, SetHandoffs(stage="Sprint planning", people=2))
    assert (analyse(after).handoffs, analyse(after).lead_time) == (24, 339)


def test_a_change_finds_its_stage_by_name_wherever_it_is_now() -> None:
    moved = apply(WORKED, MoveStage(stage="Testing", behind=None))
    assert wait(apply(moved, SetWaitTime(stage="testing", hours=1)), "Testing") == 1


REFUSED: list[tuple[ValueStream, AnyChange, str]] = [
    (WORKED, SetPeople(stage="Testing", people=0), "The number of people at Testing has to be more than 0"),
    (WORKED, SetDemand(items_per_week=0), "Demand has to be more than 0"),
    (WORKED, SetDemand(items_per_week=inf), "Demand has to be a number"),
    (WORKED, SetWaitTime(stage="Testing", hours=-1), "A wait time has to be 0 or more, and not -1"),
    (WORKED, SetWaitTime(stage="Testing", hours=nan), "A wait time has to be a number"),
    (WORKED, SetWaitTime(stage="Nowhere", hours=1), "no stage called Nowhere"),
    (WORKED, SetBatchSize(stage="Testing", size=0.5), "A batch size has to be 1 or more"),
    (WORKED, SetCompleteAccurate(stage="Testing", share=85), "%C&A is a share from 0 to 100%"),
    (WORKED, SetCompleteAccurate(stage="Testing", share=0), "sent back at Testing that no item would ever"),
    (WORKED, SetAvailability(stage="Testing", share=0), "The availability of Testing has to be more than 0"),
    (WORKED, MergeIntoNext(stage="Customer validation"), "is the last stage"),
    (WORKED, MoveCheck(stage="Testing", to="Customer validation"), "does not come before Testing"),
    (BUSY, MoveCheck(stage="Check", to="Draft"), "Check states no %C&A"),
    (WORKED, MoveStage(stage="Testing", behind="Testing"), "cannot come behind itself"),
    (WORKED, RunInParallel(first="Testing", last="Testing"), "takes two stages"),
    (WORKED, AddStage(stage=" ", behind=None, processing_time=1), "needs a name"),
    (WORKED, AddStage(stage="TESTING", behind=None, processing_time=1), "a stage called TESTING already"),
    (WORKED, LimitLoad(stage="Testing", items=3), "demand is not known"),
    (BUSY, LimitLoad(stage="Check", items=0.5), "would starve Check: its work alone keeps 0.9 items there"),
    (BUSY, LimitLoad(stage="Draft", items=3), "No wait is known in front of Draft"),
    (stream_of(Stage(name="a", processing_time=1)), RemoveStage(stage="a"), "the last stage there is"),
    (
        stream_of(Stage(name="a", processing_time=1), Stage(name="b")),
        RemoveStage(stage="a"),
        "Nothing with a time would be left",
    ),
    (stream_of(Stage(name="a", undivided_time=5)), SetWaitTime(stage="a", hours=1), "Nothing tells work from waiting"),
]


@pytest.mark.parametrize(("stream", "change", "sentence"), REFUSED)
def test_nonsense_gets_a_sentence(stream: ValueStream, change: AnyChange, sentence: str) -> None:
    with pytest.raises(ChangeError, match=sentence) as caught:
        apply(stream, change)
    assert str(caught.value).endswith(".")


def test_stages_side_by_side_are_not_merged() -> None:
    parallel = apply(WORKED, RunInParallel(first="Development", last="Code review"))
    with pytest.raises(ChangeError, match="runs side by side with Code review"):
        apply(parallel, MergeIntoNext(stage="Development"))


def test_a_merged_stage_is_called_after_both_and_answers_to_the_one_that_goes_on() -> None:
    merged = apply(WORKED, MergeIntoNext(stage="Code review"))
    at = [stage.name for stage in merged.stages].index("Code review and Testing")
    for name in ("testing", "Testing", "Code review and Testing"):
        assert apply(merged, SetWaitTime(stage=name, hours=1)).stages[at].wait_time == 1
    both = apply(merged, MergeIntoNext(stage="Testing"))
    assert both.stages[at].name == "Code review and Testing and Staging deployment"
    assert both.stages[at].merged == ("Code review", "Testing", "Staging deployment")
    assert apply(both, SetWaitTime(stage="Staging deployment", hours=2)).stages[at].wait_time == 2
    with pytest.raises(ChangeError, match="no stage called Code review"):  # its wait is gone with it
        apply(both, SetWaitTime(stage="Code review", hours=2))


def test_a_merged_stage_may_have_a_name_of_its_own_but_no_other_stages() -> None:
    named = apply(WORKED, MergeIntoNext(stage="Code review", name=" Check "))
    assert named.stages[5].name == "Check"
    assert apply(WORKED, MergeIntoNext(stage="Code review", name="testing")).stages[5].name == "testing"
    with pytest.raises(ChangeError, match="There is a stage called development already"):
        apply(WORKED, MergeIntoNext(stage="Code review", name="development"))


def test_defects_go_back_to_the_merged_stage_where_they_went_to_a_part_of_it() -> None:
    stages = (
        Stage(name="a", processing_time=1),
        Stage(name="b", processing_time=1),
        Stage(name="c", processing_time=1, complete_accurate=0.5, rework_to="a"),
        Stage(name="d", processing_time=1, complete_accurate=0.5, rework_to="b"),
    )
    stream = stream_of(*stages)
    assert [stage.rework_to for stage in apply(stream, MergeIntoNext(stage="a")).stages] == [None, "a and b", "a and b"]
    # b checks nothing, so what c finds still goes back to a
    assert apply(stream, MergeIntoNext(stage="b")).stages[1].rework_to == "a"
