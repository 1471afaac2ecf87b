"""Flow over time, and what holds on every page about items: what is missing is said, names are only names."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.session import Loaded
from tests.pages.log_opening import FLOW_PAGES, WITHOUT_DATES, event_log, open_log
from tests.pages.opening import ROOT, open_empty, open_page, words
from tests.pages.test_every_page import LIVE, texts
from vsm.reading.log_shapes import LogChoices

HOSTILE = '"![x](http://evil.example/a.png){}"'
LOGS = {
    "usual": event_log(),
    "without people": event_log(people=False),
    "without types": event_log(types=False),
    "without open items": event_log(5),
    "one item": event_log(1),
    "two items": event_log(2),
    "hardly finished": "Item,Status,Time\nA,To do,2026-01-05 09:00\nA,Doing,2026-01-06 09:00\n"
    "B,To do,2026-01-07 09:00\nC,Done,2026-01-07 09:00\n",
    "one moment": "Item,Stage,Start,End\nA,Build,2026-01-05 09:00,2026-01-05 09:00\n",
}


@pytest.mark.parametrize("page", ["flow.py", "waits.py", "forecast.py"])
def test_a_table_of_stages_is_told_what_kind_of_file_the_page_needs(page: str) -> None:
    said = words(open_page(page))
    assert "Here you will see" in said
    assert "as soon as there is a log of items with dates" in said


@pytest.mark.parametrize("page", FLOW_PAGES)
def test_without_data_the_page_says_what_would_be_here(page: str) -> None:
    assert "Here you will see" in words(open_empty(page))


@pytest.mark.parametrize("page", FLOW_PAGES)
@pytest.mark.parametrize("log", LOGS)
def test_survives_what_is_missing(page: str, log: str) -> None:
    test = open_log(page, LOGS[log])
    found = texts(test)
    assert not [text for text in found if "None" in text or re.search(r"\bnan\b", text)]
    assert not [text for text in found if re.search(r"(?<![\d.])\b1 (items|weeks|days|stages|people|points)\b", text)]


@pytest.mark.parametrize("page", FLOW_PAGES)
def test_names_from_the_log_are_shown_letter_by_letter(page: str) -> None:
    data = event_log(12, name=HOSTILE).replace("In test", '"<img src=x onerror=alert(1)>"').replace("Ann", "`t`")
    for text in texts(open_log(page, data.replace("Bug", "$x$ *b*"))):
        assert not LIVE.search(text), text


def test_durations_without_dates_have_no_flow_over_time() -> None:
    assert "gives durations without dates" in words(open_log("flow.py", WITHOUT_DATES))


def test_every_chart_has_its_sentence_and_all_items_are_listed() -> None:
    test = open_log("flow.py", event_log(60))
    titles = [header.value for header in test.header]
    assert titles == [
        "Lead times",
        "How lead times are spread",
        "Throughput per week",
        "Mean lead time by month",
        "Flow efficiency by month",
        "Open items and their age",
        "Load over time",
        "Cumulative flow",
        "Arrivals against departures",
        "Types of work",
        "Little's law",
    ]
    said = words(test)
    assert "60 items in the log, the slowest first." in said
    # Items take 4 days or, sent back, 6: twelve of the 57 finished ones (every fifth from 0 to 55).
    assert "Half of the 57 finished items took at most 4 days, 85% at most 6 days" in said


def test_a_filter_holds_on_every_page_and_is_said_in_the_line() -> None:
    test = open_log("flow.py", event_log(), query={"type": "Bug", "finished_from": "2026-01-20"})
    # Bugs are the even items. Item i finishes on day i + 4, every tenth on day i + 6; 20 January is day 15: from 12 on,
    # and 10. The last three items are open, so up to 36.
    assert "only Bug, finished from 20 January 2026: 14 of 40 items" in said_of_data(test)
    assert test.query_params["type"] == "Bug"
    test.switch_page("overview.py").run()
    assert "only Bug, finished from 20 January 2026: 14 of 40 items" in said_of_data(test)
    assert "14 finished items" in words(test)
    assert test.query_params["type"] == "Bug"


def test_items_are_chosen_by_team_and_person_too_and_the_link_says_so() -> None:
    # Of four items, A and C are Red's, and Bo worked on A and B: both together leave A.
    lines = [
        f"{item},{status},2026-01-0{day},{team},{person}"
        for item, team, people in (
            ("A", "Red", ("Ann", "Bo", "Bo")),
            ("B", "Blue", ("Ann", "Bo", "")),
            ("C", "Red", ("Ann", "Ann", "Ann")),
            ("D", "", ("Cy", "Cy", "Cy")),
        )
        for day, (status, person) in enumerate(zip(("To do", "In progress", "Done"), people, strict=True), 5)
    ]
    log = "\n".join(["Item,Status,Time,Team,Assignee", *lines])
    test = open_log("overview.py", log, query={"team": "Red", "person": "Bo"})
    assert "only team Red, with Bo: 1 of 4 items" in said_of_data(test)
    test.multiselect(key="team").set_value([]).run()
    assert "only with Bo: 2 of 4 items" in said_of_data(test)
    assert test.query_params["person"] == "Bo"
    assert "team" not in test.query_params
    for page in FLOW_PAGES:
        test.switch_page(page).run()
        assert not test.exception
        assert "2 of 4 items" in said_of_data(test)


def test_a_filter_that_leaves_nothing_says_so_and_leads_back() -> None:
    test = open_log("flow.py", event_log())
    test.date_input(key="finished_to").set_value(test.date_input(key="finished_to").min).run()
    test.multiselect(key="type").set_value(["Bug"]).run()
    assert not test.exception
    assert "No item of the log matches" in words(test)
    next(button for button in test.button if button.label == "Show all items again").click().run()
    assert "Half of the 37 finished items" in words(test)


def test_a_link_that_was_opened_before_any_data_is_remembered_until_there_is_some() -> None:
    test = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=20)
    test.query_params["type"] = "Bug"
    test.run()
    test.query_params.clear()
    test.switch_page("data.py").run()
    test.session_state["loaded"] = Loaded(name="typed.csv", data=event_log().encode())
    test.session_state["choices"] = LogChoices()
    test.switch_page("overview.py").run()
    assert "only Bug: 20 of 40 items" in said_of_data(test)


def said_of_data(test: AppTest) -> str:
    return str(test.caption[0].value).replace("\\", "")


def test_a_link_that_asks_for_what_the_log_does_not_know_asks_for_nothing() -> None:
    test = open_log("flow.py", event_log(), query={"type": "Epic", "finished_from": "yesterday"})
    assert "only" not in said_of_data(test)
