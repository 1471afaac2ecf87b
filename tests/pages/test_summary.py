from __future__ import annotations

from streamlit.testing.v1 import AppTest

from pages.shared.session import Loaded
from tests.pages.opening import ROOT, open_page, words
from tests.planned import PLAN
from vsm.scenario_list import History, ScenarioList


def open_with_plan(page: str) -> AppTest:
    test = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=20)
    data = (ROOT / "sample_data" / "software_delivery.csv").read_bytes()
    test.session_state["loaded"] = Loaded(name="software_delivery.csv", data=data)
    test.session_state["scenarios"] = History(now=ScenarioList(scenarios=(PLAN,)))
    test.run()
    test.switch_page(page).run()
    assert not test.exception, test.exception[0].stack_trace
    return test


def test_the_summary_is_there_with_every_section() -> None:
    test = open_page("summary.py")
    assert [heading.value for heading in test.subheader] == [
        "In short",
        "Where the time goes",
        "The bottleneck",
        "Quality and rework",
        "Suggestions",
        "What to measure next",
        "Data notes",
        "All suggestions",
    ]
    assert "13.9%" in words(test)


def test_the_text_to_copy_is_the_text_on_the_page() -> None:
    test = open_page("summary.py")
    assert "Items wait 10 days in front of Backlog refinement" in test.code[0].value
    assert test.code[0].value.startswith("# Software delivery")


def test_suggestions_are_sorted_by_what_they_save() -> None:
    table = open_page("summary.py").dataframe[0].value
    saved = table["Saves (h)"].tolist()
    assert len(saved) > 5
    assert saved == sorted(saved, reverse=True)


def test_nothing_to_suggest_is_said_without_a_table() -> None:
    test = open_page("summary.py", "Stage,Processing time (h)\nIdea,1\nBuild,2\n")
    assert "Nothing in the table points to a change" in words(test)
    assert len(test.dataframe) == 0


def test_the_future_state_is_in_the_summary_until_it_is_left_out() -> None:
    test = open_with_plan("summary.py")
    assert "The future state" in [heading.value for heading in test.subheader]
    assert "## The future state" in test.code[0].value
    test.toggle(key="future_in_files").set_value(False).run()
    assert "The future state" not in [heading.value for heading in test.subheader]
    assert "The future state" not in test.code[0].value
    test.switch_page("take_away.py").run()
    assert not test.exception
    assert not test.toggle(key="future_in_files").value


def test_without_a_plan_there_is_nothing_to_leave_out() -> None:
    assert not open_page("summary.py").toggle
