from __future__ import annotations

from tests.pages.opening import open_page, words

_HEAD = "Stage,Processing time (h),Wait time (h),People,Demand per week\n"
# 40 h a week and person: A is busy 10 × 1 / 40 = 25 %, B 10 × 4.4 / 40 = 110 %.
OVERLOADED = _HEAD + "A,1,2,1,10\nB,4.4,1,1,10\n"
# A is busy 10 × 3.8 / 40 = 95 %, and the longest queue (30 h after A) stands in front of B, busy 10 × 1 / 40 = 25 %.
DISAGREEING = _HEAD + "A,3.8,30,1,10\nB,1,1,1,10\n"


def test_accuses_the_step_after_the_longest_wait() -> None:
    test = open_page("bottlenecks.py")
    assert test.header[0].value == "Work waits longest in front of Backlog refinement"
    assert "Longest queue: items wait 10 days in front of Backlog refinement" in words(test)
    assert "Why the next step is accused, and not the one beside the wait" in words(test)


def test_names_a_constraint_with_how_busy_each_stage_is() -> None:
    test = open_page("bottlenecks.py", OVERLOADED)
    assert test.header[0].value == "B is the constraint"
    assert "110%" in words(test)
    table = test.dataframe[0].value
    assert table["Utilisation"].round(6).tolist() == [25, 110]


def test_says_when_the_evidence_disagrees() -> None:
    assert "The evidence disagrees" in words(open_page("bottlenecks.py", DISAGREEING))


def test_no_clear_bottleneck_is_an_answer_with_its_reasons() -> None:
    test = open_page("bottlenecks.py", "Stage,Processing time (h),Wait time (h)\nA,1,20\nB,1,20\nC,1,0\n")
    assert test.header[0].value == "No clear bottleneck"
    assert "too close to call" in words(test)
    assert "What would make this surer" in words(test)


def test_without_people_no_table_of_how_busy_the_stages_are() -> None:
    assert len(open_page("bottlenecks.py").dataframe) == 0


def test_a_wait_before_its_step_accuses_that_step_and_needs_no_explaining() -> None:
    test = open_page("bottlenecks.py", "Stage,Processing time (h),Wait before (h)\nA,1,2\nB,1,20\n")
    assert test.header[0].value == "Work waits longest in front of B"
    assert "Why the next step is accused, and not the one beside the wait" not in words(test)
