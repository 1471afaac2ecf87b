"""A draft: a fresh visit with its address finds everything, another finds nothing, and a click deletes it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.shared import draft, guesses, sign_in
from pages.shared.session import Added, Loaded
from tests.pages.log_opening import event_log
from tests.pages.opening import ROOT, words
from vsm.changes import SetBatchSize, SetWaitTime
from vsm.items.build import Status, StatusKind
from vsm.model import Definitions, Stage, ValueStream, Wanted
from vsm.plan import Costs, Effort, PlannedChange, Scenario
from vsm.reading.log_shapes import DateRule, LogChoices, LogRole
from vsm.reading.shapes import Choices, Role
from vsm.said import Said, SaidOfStage
from vsm.scenario_file import SavedScenarios
from vsm.scenario_list import History, ScenarioList
from vsm.serving.rate_limit import RateLimit
from vsm.sharing.frozen import Frozen, frozen_text
from vsm.sharing.settings import SharingSettings
from vsm.worktime import Calendar

TABLE = b"Stage,Processing time (h),Wait time (h)\nDesign,4,16\nBuild,8,24\n"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of its own for each test, with drafts on as by default, and as many tries as it likes."""
    monkeypatch.setenv("VSM_STORE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")
    monkeypatch.delenv("VSM_DRAFTS")
    monkeypatch.setattr(guesses, "GUESSES", RateLimit(tries=100, seconds_for_one=1))
    return tmp_path / "store.sqlite"


def visit(query: dict[str, str] | None = None, **state: object) -> AppTest:
    """Come to the app with an address, in a session of its own; `state` is what the visitor did there."""
    test = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=20)
    test.query_params.update(query or {})
    for name, value in state.items():
        test.session_state[name] = value
    test.run()
    assert not test.exception, test.exception[0].stack_trace
    return test


def token(test: AppTest) -> str:
    return str(test.query_params["draft"])


def again(test: AppTest) -> AppTest:
    """Come back with nothing but the token of the draft."""
    return visit({"draft": token(test)})


def click(test: AppTest, label: str) -> AppTest:
    next(button for button in test.button if button.label == label).click().run()
    assert not test.exception, test.exception[0].stack_trace
    return test


def count() -> int:
    settings = SharingSettings.from_environment()
    store = settings.existing_store()
    return 0 if store is None else settings.drafts_in(store).total().count


def test_a_table_comes_back_with_choices_and_what_was_said() -> None:
    choices = Choices(
        columns=((Role.PROCESSING_TIME, "Wait time (h)"), (Role.WAIT_TIME, "Processing time (h)")),
        units=(("B", "min"),),
        definitions=Definitions(hours_per_day=6.5, demand=5.0),
        name="Our stream",
    )
    said = Said(demand=7.0, stages=(SaidOfStage(stage="Build", people=2.5, rework_to="Design"),))
    first = visit(loaded=Loaded(name="café.csv", data=TABLE), choices=choices, said=said)
    back = again(first)
    assert back.session_state["loaded"] == Loaded(name="café.csv", data=TABLE)
    assert back.session_state["choices"] == choices
    assert back.session_state["said"] == said
    back.switch_page("overview.py").run()
    assert "Our stream" in words(back)
    assert token(back) == token(first)


def test_a_typed_table_comes_back() -> None:
    rows = (("Stage", "Wait time"), ("Design", "2 h"), ("Build", None), ("0123", "4"))
    typed = Loaded(name="Typed table", rows=rows)
    back = again(visit(loaded=typed, choices=Choices()))
    assert back.session_state["loaded"] == typed


def test_a_pasted_table_comes_back() -> None:
    first = visit()
    assert "draft" not in first.query_params
    first.text_area(key="pasted_block").set_value("Stage\tWait time\nDesign\t2 h\nBuild\t1 h\n").run()
    click(first, "Use the pasted table")
    back = again(first)
    assert back.session_state["loaded"] == first.session_state["loaded"]
    assert "**Pasted table**" in words(back)


LOG = LogChoices(
    columns=((LogRole.TEAM, "Type"), (LogRole.TYPE, "Assignee")),
    statuses=(Status(name="In progress", kind=StatusKind.WAIT, stage="Build"),),
    stage_order=("Build", "In test"),
    dates=DateRule.DIFFERENCE,
    timezone="Europe/Berlin",
    as_of=dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC),
    calendar=Calendar(holidays=frozenset({dt.date(2026, 1, 6)}), begins=dt.time(8, 30), country=None),
    name="Tickets",
)


def test_a_log_comes_back_with_its_columns_statuses_and_calendar() -> None:
    first = visit(loaded=Loaded(name="log.csv", data=event_log().encode()), choices=LOG)
    back = again(first)
    assert back.session_state["choices"] == LOG
    assert words(back) == words(first)
    assert "Tickets" in words(back)


def test_joined_logs_come_back_each_with_its_choices() -> None:
    deployed = "\n".join(["Ticket,Deployed", *(f"T-{i},2026-03-{1 + i % 28:02d} 12:00" for i in range(30))])
    added = Added(
        file=Loaded(name="deployed.csv", data=deployed.encode()),
        choices=LogChoices(columns=((LogRole.ITEM, "Ticket"),), called="Live", timezone="Asia/Tokyo"),
    )
    remembered = (added.choices, LogChoices(called="later"))
    log = Loaded(name="log.csv", data=event_log().encode())
    first = visit(loaded=log, choices=LogChoices(), added=(added,), remembered=remembered)
    back = again(first)
    assert back.session_state["added"] == (added,)
    assert back.session_state["remembered"] == remembered
    assert words(back) == words(first)


def test_the_chosen_items_come_back_whatever_else_the_address_says() -> None:
    log = {"loaded": Loaded(name="log.csv", data=event_log().encode()), "choices": LogChoices()}
    first = visit({"type": "Bug", "person": "Ann", "finished_from": "2026-01-20"}, **log)
    back = visit({"draft": token(first), "type": "Story"})
    assert back.session_state["type"] == ["Bug"]
    assert back.session_state["person"] == ["Ann"]
    assert back.session_state["finished_from"] == dt.date(2026, 1, 20)
    assert back.session_state["draft_kept"].wanted == Wanted(
        types=("Bug",), people=("Ann",), finished_from=dt.date(2026, 1, 20)
    )


PLAN = Scenario(
    name="Less waiting",
    planned=(
        PlannedChange(
            change=SetWaitTime(stage="Build", hours=2.0),
            owner="Ann",
            due=dt.date(2026, 9, 1),
            measure="wait",
            target="2 h",
            effort=Effort.SMALL,
        ),
        PlannedChange(change=SetBatchSize(stage="Design", size=3.0)),
    ),
    costs=Costs(delay_per_week=100.0, currency="EUR"),
)


def test_all_scenarios_come_back_with_their_plan_and_with_undo() -> None:
    before = ScenarioList(scenarios=(Scenario(name="Bare"), replace(PLAN, planned=PLAN.planned[:1])), at=1)
    history = History(now=replace(before, scenarios=(before.scenarios[0], PLAN)), past=(before,), undone=(before,))
    first = visit(loaded=Loaded(name="t.csv", data=TABLE), scenarios=history, scenario_made_for="other.csv")
    back = again(first)
    assert back.session_state["scenarios"] == history
    back.switch_page("what_if.py").run()
    assert "made for other.csv" in " ".join(info.value for info in back.info)
    click(back, "Undo")
    back = again(back)
    assert back.session_state["scenarios"].now == before


def test_the_second_file_the_promised_file_and_answers_come_back() -> None:
    stream = ValueStream(name="Then", stages=(Stage(name="Design", wait_time=20.0),))
    promised = SavedScenarios(stream=stream, scenarios=(PLAN,))
    second = Loaded(name="second.csv", data=TABLE.replace(b"24", b"12"))
    first = visit(
        loaded=Loaded(name="t.csv", data=TABLE),
        second_file=(second, False),
        promised=promised,
        promised_name="last.json",
        scenario_baseline=stream,
        names_in_files=False,
        simulated_items=3000,
    )
    back = again(first)
    assert back.session_state["second_file"] == (second, False)
    assert (back.session_state["promised"], back.session_state["promised_name"]) == (promised, "last.json")
    assert back.session_state["scenario_baseline"] == stream
    assert back.session_state["names_in_files"] is False
    back.switch_page("compare.py").run()
    assert "second.csv" in words(back)
    back.switch_page("promised.py").run()
    assert "last.json" in words(back)


def test_the_periods_and_types_that_were_compared_come_back() -> None:
    first = visit(loaded=Loaded(name="log.csv", data=event_log().encode()), choices=LogChoices())
    first.switch_page("compare.py").run()
    days = (dt.date(2026, 1, 12), dt.date(2026, 1, 20))
    before, after = (box for box in first.date_input if "between" in box.label)
    proposed = after.value
    before.set_value(days).run()
    back = again(first).switch_page("compare.py").run()
    assert [box.value for box in back.date_input if "between" in box.label] == [days, proposed]
    back.button_group[0].set_value("Two types of work").run()
    back.selectbox[1].set_value(back.selectbox[0].value).run()
    last = again(back).switch_page("compare.py").run()
    assert [box.value for box in last.selectbox] == [box.value for box in back.selectbox]
    assert last.selectbox[0].value == last.selectbox[1].value


def test_the_way_back_from_data_that_cannot_be_analysed_comes_back() -> None:
    first = visit(loaded=Loaded(name="good.csv", data=TABLE))
    first.text_area(key="pasted_block").set_value("Item\tColour\nscooter\tred\nbicycle\tblue\n").run()
    click(first, "Use the pasted table")
    back = again(first)
    click(back, "Go back to good.csv")
    assert "from good.csv" in words(back)


def test_what_changes_later_is_kept_too() -> None:
    first = visit()
    click(first, "Load “Software delivery”")
    before = token(first)
    first.switch_page("what_if.py").run()
    next(button for button in first.button if button.label == "Apply").click().run()
    assert token(first) == before
    back = visit({"draft": before})
    assert len(back.session_state["scenarios"].now.current.planned) == 1
    assert count() == 1


def test_a_run_that_changes_nothing_does_not_ask_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    first = visit(loaded=Loaded(name="t.csv", data=TABLE))
    first.switch_page("overview.py").run()
    monkeypatch.setattr(draft, "_drafts", None)  # whoever calls it fails
    first.run()
    assert not first.exception


def test_another_token_and_no_token_find_nothing() -> None:
    first = visit(loaded=Loaded(name="t.csv", data=TABLE))
    for query in ({}, {"draft": token(first)[:-1]}, {"draft": "x" * 32}):
        other = visit(query)
        assert "loaded" not in other.session_state
        assert "draft" not in other.query_params
        assert ("leads to no draft" in " ".join(i.value for i in other.info)) is bool(query)
        other.run()
        assert not other.info  # said once


def test_who_shares_an_address_with_a_guesser_finds_their_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    first = visit(loaded=Loaded(name="t.csv", data=TABLE))
    monkeypatch.setattr(guesses, "GUESSES", RateLimit(tries=2, seconds_for_one=1000))
    monkeypatch.setattr(type(st.context), "ip_address", "192.0.2.1")  # a test's own visits come from nowhere
    guessed = [visit({"draft": "x" * number}) for number in (30, 31, 32)]
    assert ["leads to no draft" in test.info[0].value for test in guessed] == [True, True, False]
    assert "wait a minute" in guessed[2].info[0].value
    assert token(guessed[2]) == "x" * 32  # for the next reload
    assert again(first).session_state["loaded"].data == TABLE


def test_a_draft_belongs_to_who_signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "holder", lambda: "https://id.example ann")
    first = visit(loaded=Loaded(name="t.csv", data=TABLE))
    assert "for you alone" in words(first)
    assert "loaded" in again(first).session_state
    monkeypatch.setattr(sign_in, "holder", lambda: "https://id.example bo")
    other = again(first)
    assert "loaded" not in other.session_state
    assert "belongs to somebody else" in other.info[0].value


def test_nothing_is_kept_before_data_is_brought_and_it_is_said_where_and_how_long(place: Path) -> None:
    said = words(visit())
    assert "kept as a draft in a file on the machine that runs this app, for 30 days after" in said
    assert "a click deletes it" in said
    assert not place.exists()


def test_deleting_deletes_at_once_and_for_the_rest_of_the_visit() -> None:
    first = visit(loaded=Loaded(name="t.csv", data=TABLE))
    assert "until" in words(first)
    old = token(first)
    click(first, "Delete the draft")
    assert count() == 0
    assert "draft" not in first.query_params
    assert "Nothing is written to disk" in words(first)
    click(first, "Load “Software delivery”")
    assert count() == 0
    assert "loaded" not in visit({"draft": old}).session_state
    click(first, "Keep a draft after all")
    assert count() == 1
    assert token(first) != old
    assert "from software_delivery.csv" in words(again(first))


def test_who_wants_no_draft_says_so_before_bringing_anything(place: Path) -> None:
    first = click(visit(), "Keep no draft")
    click(first, "Load “Software delivery”")
    assert not place.exists()
    assert "Nothing is written to disk" in words(first)


def test_a_tab_does_not_bring_back_what_another_deleted() -> None:
    one = visit(loaded=Loaded(name="t.csv", data=TABLE))
    two = again(one)
    click(one, "Delete the draft")
    click(two, "Load “Software delivery”")
    assert count() == 0
    assert "deleted in another tab" in two.info[0].value


def test_what_another_tab_deleted_is_not_said_to_be_kept() -> None:
    one = visit(loaded=Loaded(name="t.csv", data=TABLE))
    two = again(one)
    assert "kept as a draft" in words(two)
    click(one, "Delete the draft")
    two.run()
    assert "kept as a draft" not in words(two)
    assert "deleted in another tab" in two.info[0].value
    assert "draft" not in two.query_params
    assert count() == 0


def test_where_nothing_can_be_kept_it_is_said_before_anything_is_brought(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("VSM_STORE_URL", f"sqlite:///{tmp_path / 'file' / 'store.sqlite'}")
    said = words(visit())
    assert "not kept as a draft" in said
    assert "folder of the store cannot be made" in said


def test_where_nobody_can_publish_the_first_page_does_not_speak_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "publish" in words(visit())
    monkeypatch.setenv("VSM_PUBLISHING", "off")
    for test in (visit(), visit(loaded=Loaded(name="t.csv", data=TABLE)), click(visit(), "Keep no draft")):
        assert "publish" not in words(test)
        assert "page Share" not in words(test)


def test_the_host_can_switch_drafts_off(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    monkeypatch.setenv("VSM_DRAFTS", "off")
    test = visit({"draft": "x" * 32}, loaded=Loaded(name="t.csv", data=TABLE))
    assert "draft" not in test.query_params
    assert "Nothing is written to disk" in words(test)
    assert not place.exists()
    assert not test.info


def test_a_store_that_fails_is_said_once_and_all_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("VSM_STORE_URL", f"sqlite:///{tmp_path / 'file' / 'store.sqlite'}")
    test = visit(loaded=Loaded(name="t.csv", data=TABLE))
    assert "not kept as a draft" in test.info[0].value
    assert "folder of the store cannot be made" in test.info[0].value
    test.switch_page("overview.py").run()
    assert [metric.value for metric in test.metric]
    assert not test.info
    test.switch_page("data.py").run()
    assert "not kept as a draft" in words(test)


def test_an_opened_publication_is_no_draft(place: Path) -> None:
    frozen = frozen_text(Frozen(stream=ValueStream(name="Open", stages=(Stage(name="Design", wait_time=2.0),))))
    first = visit(loaded=Loaded(name="Open", data=frozen, published="token"))
    assert "This is a publication" in words(first)
    assert "draft" not in first.query_params
    assert not place.exists()


def test_links_to_pass_on_hold_the_scenario_and_not_the_draft() -> None:
    history = History(now=ScenarioList(scenarios=(PLAN,)))
    test = visit(loaded=Loaded(name="t.csv", data=TABLE), scenarios=history)
    test.switch_page("share.py").run()
    (link,) = (code.value for code in test.code)
    assert f"/overview?scenario={test.query_params['scenario']}" in link
    assert token(test) not in link
    click(test, "Publish")
    assert [code.value for code in test.code if token(test) in code.value] == []
