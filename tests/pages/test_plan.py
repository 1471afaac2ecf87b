"""Plan: what is filled in becomes part of the scenario, and time is money only where someone says so."""

from __future__ import annotations

import datetime as dt

from streamlit.testing.v1 import AppTest

from pages.shared.session import Loaded
from tests.pages.opening import ROOT, open_page, words
from vsm.changes import RemoveStage, SetWaitTime
from vsm.plan import Costs, Effort, PlannedChange, Scenario
from vsm.scenario_list import History, ScenarioList

SCENARIO = Scenario(
    name="Next quarter",
    planned=(
        PlannedChange(change=SetWaitTime(stage="Product discovery", hours=40.0)),
        PlannedChange(change=RemoveStage(stage="Nowhere")),
    ),
)


def open_plan(scenario: Scenario) -> AppTest:
    test = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=20)
    data = (ROOT / "sample_data" / "software_delivery.csv").read_bytes()
    test.session_state["loaded"] = Loaded(name="software_delivery.csv", data=data)
    test.session_state["scenarios"] = History(now=ScenarioList(scenarios=(scenario,)))
    test.run()
    test.switch_page("plan.py").run()
    assert not test.exception, test.exception[0].stack_trace
    return test


def current(test: AppTest) -> Scenario:
    history: History = test.session_state["scenarios"]
    return history.now.current


def test_without_a_change_the_way_to_one_is_shown() -> None:
    assert "There are none yet" in words(open_page("plan.py"))


def test_every_change_is_a_row_with_what_it_saves() -> None:
    table = open_plan(SCENARIO).dataframe[0].value
    # discovery's 80 h are passed 1.3191 times on average: 40 h less each time save 52.8 h, 6.6 days
    assert list(table["Saves"]) == ["6.6 days", "cannot be applied"]
    assert "Product discovery" in table["Change"][0]


def test_what_is_typed_becomes_part_of_the_scenario() -> None:
    from pages.shared.plan_table import _edited

    typed = {"Owner": " Ana ", "Due": "2027-03-31T00:00:00.000", "Measure": "Waits", "Target": None, "Effort": "small"}
    entry = _edited(SCENARIO.planned[0], typed)
    assert (entry.owner, entry.due, entry.measure, entry.target) == ("Ana", dt.date(2027, 3, 31), "Waits", "")
    assert entry.effort is Effort.SMALL
    assert _edited(entry, {"Due": None, "Effort": ""}) == PlannedChange(
        change=entry.change, owner="Ana", measure="Waits"
    )


def test_a_week_of_delay_turns_the_saving_into_money() -> None:
    test = open_plan(SCENARIO)
    assert "Coming earlier" not in words(test)
    test.number_input[0].set_value(1000.0).run()
    assert current(test).costs == Costs(delay_per_week=1000.0)
    # 52.764 h of a week of 40 h
    saved = 40 * 1.3191
    assert f"Coming earlier is worth {saved / 40 * 1000:,.0f} an item." in words(test)
    assert "cannot be said, as throughput is not known" in words(test)
