"""What if: a change is applied, moved, undone and taken along in the link, and every gain is that of two analyses."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.pages.opening import open_page, words
from tests.streams import WORKED
from vsm import analyse
from vsm.changes import SetWaitTime, apply
from vsm.plan import Scenario
from vsm.scenario_list import History
from vsm.wording import hours

HALF = SetWaitTime(stage="Product discovery", hours=40.0)
"""Half of the longest wait, 80 h."""


def current(test: AppTest) -> Scenario:
    history: History = test.session_state["scenarios"]
    return history.now.current


def test_applying_a_suggestion_gains_the_difference_of_two_analyses() -> None:
    test = open_page("what_if.py")
    assert "Nothing is changed yet" in words(test)
    first = analyse(WORKED).suggestions[0]
    test.button(key="apply_0").click().run()
    assert current(test).changes == (first.change,)
    before, after = analyse(WORKED), analyse(apply(WORKED, first.change))
    assert before.lead_time_with_rework is not None
    assert after.lead_time_with_rework is not None
    saved = before.lead_time_with_rework - after.lead_time_with_rework
    assert f"{hours(saved, WORKED.definitions)} less" in words(test)
