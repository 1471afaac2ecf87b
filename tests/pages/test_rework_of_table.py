"""Rework and paths with a table of stages: loops, where they lead, and what better quality saves."""

from __future__ import annotations

from tests.pages.opening import open_page, words
from vsm.changes import SetCompleteAccurate
from vsm.said import Said, SaidOfStage

TABLE = "stage,processing time (h),%C&A\na,8,\nb,8,\nc,8,50\n"


def test_the_worked_stream_says_what_rework_adds_and_where_quality_saves_most() -> None:
    said = words(open_page("rework.py"))
    assert "Once through, an item takes 42.4 days" in said
    assert "Rework adds 14 days" in said
    assert "Better quality saves most at Testing: 30% of what arrives there has a defect." in said


def test_without_quality_it_says_how_to_get_it() -> None:
    assert "No stage states a %C&A" in words(open_page("rework.py", "stage,processing time (h)\na,1\n"))


def test_what_never_finishes_is_said() -> None:
    test = open_page("rework.py", "stage,processing time (h),%C&A\na,1,100\nb,1,0\n")
    assert "Nothing ever finishes" in words(test)


def test_a_target_that_is_said_changes_visits_and_lead_time_at_once_and_can_be_forgotten() -> None:
    test = open_page("rework.py", TABLE)
    test.selectbox[0].set_value(0).run()
    assert test.session_state["said"] == Said(stages=(SaidOfStage(stage="c", rework_to="a"),))
    said = words(test)
    # back to b: 8 + 16 + 16 h; back to a: 48 h
    assert "takes 6 days instead of 5 days, and passes a 2.00 times instead of 1.00" in said
    assert "with where defects go back to said here" in said
    next(b for b in test.button if b.label == "Forget what I said of this").click().run()
    assert test.session_state["said"] == Said()
    assert "instead of 5 days" not in words(test)


def test_half_the_defects_go_into_the_scenario_on_a_click() -> None:
    test = open_page("rework.py", TABLE)
    next(b for b in test.button if "scenario" in b.label).click().run()
    change = test.session_state["scenarios"].now.current.changes[0]
    assert change == SetCompleteAccurate(stage="c", share=0.75)
    assert "This is in your scenario." in words(test)
