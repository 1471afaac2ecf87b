"""Promised against achieved: a saved scenario is held against the data loaded now."""

from __future__ import annotations

from dataclasses import replace

from streamlit.testing.v1 import AppTest

from tests.pages.opening import open_page, words
from tests.streams import WORKED
from vsm.changes import SetWaitTime
from vsm.plan import PlannedChange, Scenario
from vsm.scenario_file import scenario_text

FASTER = Scenario(
    name="Faster discovery", planned=(PlannedChange(change=SetWaitTime(stage="Product discovery", hours=40.0)),)
)
THEN = replace(
    WORKED,
    stages=tuple(replace(s, wait_time=120.0) if s.name == "Product discovery" else s for s in WORKED.stages),
)
"""Last quarter items waited 120 h behind discovery; 40 h were promised, and it is 80 h now."""


def brought(test: AppTest, *scenarios: Scenario, name: str = "plan.json") -> AppTest:
    test.file_uploader[0].upload(name, scenario_text(THEN, scenarios).encode(), "application/json")
    test.run()
    assert not test.exception, test.exception[0].stack_trace
    return test


def test_half_of_the_promise_came() -> None:
    test = brought(open_page("promised.py"), FASTER)
    said = words(test)
    assert "50% of the promise came" in said
    assert "Longer than promised: Product discovery (5 days more)." in said
    assert test.dataframe[0].value["Figure"][0] == "Lead time with rework"
    rows = test.dataframe[1].value.set_index("Stage").loc["Product discovery"]
    # with 6 h of work: 126 h, 46 h and 86 h
    assert list(rows) == ["15.8 days", "5.8 days", "10.8 days", "+5 days"]
    # nothing was promised of its %C&A, and nothing came of it
    shares = test.dataframe[2].value.set_index("Stage").loc["Product discovery"]
    assert list(shares) == [
        "90%",
        "90%",
        "90%",
        "0 points",
    ]


def test_of_several_scenarios_one_is_chosen() -> None:
    test = brought(open_page("promised.py"), Scenario(name="Nothing"), FASTER)
    assert "It promised no shorter lead time." in words(test)
    test.selectbox[0].set_value(1).run()
    assert "50% of the promise came" in words(test)


def test_another_file_is_refused_in_a_sentence() -> None:
    test = open_page("promised.py")
    test.file_uploader[0].upload("x.json", b"{}", "application/json")
    test.run()
    assert [e.value for e in test.error] == [
        "This file holds no scenarios. Bring the file that was saved on the page “What if”."
    ]


def test_the_reports_hold_what_came_of_it_unless_it_is_switched_off() -> None:
    test = brought(open_page("promised.py"), FASTER)
    test.switch_page("take_away.py").run()
    assert not test.exception, test.exception[0].stack_trace
    switch = test.toggle(key="promise_in_files")
    assert switch.value
    switch.set_value(False).run()
    assert not test.exception
    assert not open_page("take_away.py").toggle
