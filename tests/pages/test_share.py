"""The page Share: says what is stored before the click, gives two links, and lets the owner and nobody else rule."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.shared import guesses, publishing, sign_in
from tests.pages.log_opening import event_log, open_log
from tests.pages.opening import ROOT, open_empty, open_page, words
from vsm.changes import SetWaitTime
from vsm.plan import PlannedChange, Scenario
from vsm.scenario_list import History, ScenarioList
from vsm.serving.rate_limit import RateLimit
from vsm.sharing.forms import MAP, PNG, SVG, Form, unpack
from vsm.sharing.found import Publication, Revoked
from vsm.sharing.settings import SharingSettings
from vsm.sharing.store import Store

NOW = dt.datetime.now(dt.UTC)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of its own for each test, and as many tries as it likes."""
    monkeypatch.setenv("VSM_STORE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")
    monkeypatch.setenv("VSM_BASE_URL", "https://vsm.example")
    monkeypatch.setattr(publishing, "_ACTS", RateLimit(tries=100, seconds_for_one=1))
    monkeypatch.setattr(guesses, "GUESSES", RateLimit(tries=100, seconds_for_one=1))
    return tmp_path / "store.sqlite"


def the_store() -> Store:
    return SharingSettings.from_environment().open_store()


def publish(test: AppTest) -> tuple[str, str]:
    """Click, and return the two tokens of the links that are shown."""
    click(test, "Publish")
    read, owner = (code.value for code in test.code[:2])
    assert read.startswith("https://vsm.example/p/")
    assert owner.startswith("https://vsm.example/share?owner=")
    return read.rpartition("/")[2], owner.rpartition("=")[2]


def click(test: AppTest, label: str) -> None:
    next(button for button in test.button if button.label == label).click().run()
    assert not test.exception, test.exception[0].stack_trace


def body(read: str, name: str) -> str:
    found = the_store().find(read, NOW)
    assert isinstance(found, Publication)
    return unpack(name, the_store().body(found, name) or b"").decode()


def test_nothing_is_stored_before_the_click_that_says_what_where_and_for_how_long(place: Path) -> None:
    test = open_page("share.py")
    said = words(test)
    assert "not the files you brought" in said
    assert "a file on the machine that runs this app" in said
    assert re.search(r"until \d+ \w+ 20\d\d, or until you take it down", said)
    assert not place.exists()


def test_one_click_gives_a_link_that_opens_and_the_owners_link() -> None:
    test = open_page("share.py")
    next(field for field in test.text_input if field.label == "Title").set_value("For the board").run()
    before = dt.datetime.now(dt.UTC)
    read, owner = publish(test)
    after = dt.datetime.now(dt.UTC)
    found = the_store().find(read, after)
    assert isinstance(found, Publication)
    assert found.title == "For the board"
    assert found.expires is not None
    assert before <= found.expires - dt.timedelta(days=30) <= after
    assert "42.4 days" in body(read, Form.PAGE)
    assert read != owner


def test_the_addresses_of_map_and_charts_are_listed_for_a_wiki() -> None:
    test = open_page("share.py")
    read, _ = publish(test)
    shown = [code.value for code in test.code[2:]]
    assert shown[:2] == [f"https://vsm.example/p/{read}/{name}.svg" for name in ("map", "time_per_stage")]
    assert len(shown) == 9  # the map, and the eight charts that this sample has figures for
    test.segmented_control[-1].set_value(PNG).run()
    assert test.code[2].value == f"https://vsm.example/p/{read}/map.png"
    assert body(read, "map.svg").startswith("<")


def test_where_only_who_signed_in_may_open_links_none_is_offered_to_a_wiki(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "links_open_to_all", lambda: False)
    test = open_page("share.py")
    assert "once they signed in" in words(test)
    publish(test)
    assert len(test.code) == 2


def test_the_owners_link_revokes() -> None:
    read, owner = publish(open_page("share.py"))
    test = open_page("share.py", query={"owner": owner})
    assert "It opens until" in words(test)
    assert "owner" not in test.query_params
    click(test, "Revoke now")
    assert [said.value for said in test.success] == ["It is revoked."]
    assert isinstance(the_store().find(read, NOW), Revoked)
    assert "was revoked on" in words(test)


def test_the_owner_replaces_and_extends() -> None:
    read, owner = publish(open_page("share.py"))
    test = open_page("share.py", "Stage,Processing time (h),Wait time (h)\nBuild,1,3\n", query={"owner": owner})
    click(test, "Replace now")
    assert "It shows version 2, of " in words(test)
    assert "- Version 1: " in words(test)
    assert '"lead_time_hours": 4.0' in body(read, Form.FIGURES)
    click(test, "Change, counted from now")
    assert [said.value for said in test.success] == ["The time was changed."]


def test_the_owner_deletes_earlier_versions() -> None:
    read, owner = publish(open_page("share.py"))
    test = open_page("share.py", "Stage,Processing time (h),Wait time (h)\nBuild,1,3\n", query={"owner": owner})
    click(test, "Replace now")
    click(test, "Delete them now")
    assert "Version 1" not in words(test)
    found = the_store().find(read, NOW)
    assert isinstance(found, Publication)
    assert found.numbers == (2,)
    assert the_store().body(found, Form.PAGE, 1) is None


def test_who_leaves_names_out_from_now_on_leaves_no_version_with_names() -> None:
    test = open_log("share.py", event_log(name="KEY-{}"))
    read, owner = publish(test)
    assert "KEY-1" in body(read, Form.CHARTS)
    test.query_params["owner"] = owner
    switch = next(toggle for toggle in test.toggle if toggle.label.startswith("Names of items"))
    test = switch.set_value(False).run()
    assert "All versions until now are deleted" in words(test)
    click(test, "Replace now")
    assert "KEY-1" not in body(read, Form.CHARTS)
    assert list(the_store().bodies(1)) == [2]


def test_who_may_not_publish_cannot_extend_but_revoke(monkeypatch: pytest.MonkeyPatch) -> None:
    _, owner = publish(open_page("share.py"))
    monkeypatch.setattr(sign_in, "may_publish", lambda: False)
    test = open_page("share.py", query={"owner": owner})
    labels = {button.label for button in test.button}
    assert "Revoke now" in labels
    assert labels.isdisjoint({"Change, counted from now", "Replace now"})


def test_without_a_title_it_is_said_what_is_missing() -> None:
    test = open_page("share.py")
    next(field for field in test.text_input if field.label == "Title").set_value(" ").run()
    assert next(button for button in test.button if button.label == "Publish").disabled
    assert "Give it a title first." in words(test)


@pytest.mark.parametrize("pasted", ["https://vsm.example/share?owner={}", "{}"])
def test_the_owners_link_can_be_pasted_without_any_data(pasted: str) -> None:
    _, owner = publish(open_page("share.py"))
    test = open_empty("share.py")
    test.text_input(key="owner_pasted").set_value(pasted.format(owner)).run()
    assert "It opens until" in words(test)
    assert "bring other data first" in words(test)


def test_a_readers_link_rules_over_nothing() -> None:
    read, _ = publish(open_page("share.py"))
    test = open_empty("share.py")
    test.text_input(key="owner_pasted").set_value(f"https://vsm.example/p/{read}").run()
    assert "belongs to no publication" in words(test)


def test_items_and_people_of_a_log_are_numbered_if_asked() -> None:
    test = open_log("share.py", event_log(name="KEY-{}"))
    next(toggle for toggle in test.toggle if "Names" in toggle.label).set_value(False).run()
    read, _ = publish(test)
    for form in (*Form, MAP + SVG, "lead_times" + SVG):
        assert "KEY-" not in body(read, form)


def test_sections_are_left_out_if_asked() -> None:
    test = open_page("share.py")
    pills = test.button_group(key="sections_in_publication")
    assert "Flow over time" not in pills.options
    pills.set_value([value for value in pills.value if value not in ("Map", "Data and definitions")]).run()
    assert "have the figures of all stages in any case" in words(test)
    read, _ = publish(test)
    page = body(read, Form.PAGE)
    assert 'id="map"' not in page
    assert 'id="data"' not in page
    assert 'id="stages"' in page
    assert "map" not in json.loads(body(read, Form.PICTURES))


def test_the_charts_of_single_items_are_left_out_if_asked() -> None:
    test = open_log("share.py", event_log(name="KEY-{}"))
    read, _ = publish(test)
    assert 'data-chart="lead_times"' in body(read, Form.PAGE)
    test = open_log("share.py", event_log(name="KEY-{}"))
    assert "The charts name items and people" in words(test)
    pills = test.button_group(key="sections_of_log_in_publication")
    pills.set_value([value for value in pills.value if value not in ("Flow over time", "Rework and paths")]).run()
    assert "The charts name items and people" not in words(test)
    read, _ = publish(test)
    page = body(read, Form.PAGE)
    assert 'data-chart="time_per_stage"' in page
    assert 'data-chart="lead_times"' not in page
    assert "KEY-" not in page + body(read, Form.CHARTS)


def test_the_host_can_switch_publishing_off(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    monkeypatch.setenv("VSM_PUBLISHING", "off")
    test = open_page("share.py")
    assert "does not let you publish" in test.info[0].value
    assert "Publish" not in [button.label for button in test.button]
    assert not place.exists()


def test_who_may_not_publish_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "may_publish", lambda: False)
    test = open_page("share.py")
    assert "does not let you publish" in test.info[0].value
    assert "Publish" not in [button.label for button in test.button]


def test_for_ever_is_offered_where_the_host_allows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "For ever" not in open_page("share.py").button_group(key="publication_days").options
    monkeypatch.setenv("VSM_NEVER_EXPIRE", "on")
    assert "For ever" in open_page("share.py").button_group(key="publication_days").options


def test_guesses_are_counted_whichever_way_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    read, owner = publish(open_page("share.py"))
    monkeypatch.setattr(guesses, "GUESSES", RateLimit(tries=3, seconds_for_one=1000))
    monkeypatch.setattr(type(st.context), "ip_address", "192.0.2.1")  # a test's own visits come from nowhere
    assert "belongs to no publication" in words(open_page("share.py", query={"owner": "one"}))
    pasted = open_empty("share.py")
    pasted.text_input(key="owner_pasted").set_value("two").run()
    assert "belongs to no publication" in words(pasted.run())
    assert "opens no publication" in opened("three").error[0].value
    assert "wait a minute" in opened("four").error[0].value
    assert "wait a minute" in words(open_page("share.py", query={"owner": "five"}))
    assert "It opens until" in words(open_page("share.py", query={"owner": owner}))
    assert not opened(read).error


def test_too_many_are_asked_to_wait(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    monkeypatch.setattr(publishing, "_ACTS", RateLimit(tries=0, seconds_for_one=1000))
    test = open_page("share.py")
    click(test, "Publish")
    assert "too often" in test.error[0].value
    assert not place.exists()


def test_a_store_that_fails_is_said_and_nothing_is_published(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("VSM_STORE_URL", f"sqlite:///{tmp_path / 'file' / 'store.sqlite'}")
    test = open_page("share.py")
    assert "Nothing can be published at the moment" in test.error[0].value
    assert "folder of the store cannot be made" in test.error[0].value
    assert "Publish" not in [button.label for button in test.button]


def test_a_store_that_fails_at_the_click_is_said(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    test = open_page("share.py")
    place.parent.joinpath("file").write_text("no folder")
    monkeypatch.setenv("VSM_STORE_URL", f"sqlite:///{place.parent / 'file' / 'store.sqlite'}")
    monkeypatch.setattr(SharingSettings, "trouble", lambda _: None)
    click(test, "Publish")
    assert "folder of the store cannot be made" in test.error[0].value


def opened(read: str) -> AppTest:
    test = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=20)
    test.query_params["publication"] = read
    test.run()
    assert not test.exception, test.exception[0].stack_trace
    return test


def test_a_publication_opens_in_the_full_app_to_explore() -> None:
    read, _ = publish(open_page("share.py"))
    test = opened(read)
    assert "This is a publication, opened to explore" in words(test)
    test.switch_page("overview.py").run()
    assert "42.4 days" in [metric.value for metric in test.metric]
    assert test.query_params["publication"] == read
    assert "as it was published" in words(test)
    test.switch_page("flow.py").run()
    assert "no single items" in words(test)
    for page in ("stages.py", "what_if.py", "summary.py", "take_away.py", "compare.py", "method.py", "share.py"):
        test.switch_page(page).run()
        assert not test.exception, test.exception[0].stack_trace


def test_a_published_log_opens_with_what_was_planned_and_without_its_items() -> None:
    test = open_log("what_if.py", event_log(name="KEY-{}"))
    next(button for button in test.button if button.label == "Apply").click().run()
    gain = next(text.value for text in test.markdown if "instead of" in text.value)
    test.switch_page("share.py").run()
    next(toggle for toggle in test.toggle if "Names" in toggle.label).set_value(False).run()
    read, _ = publish(test)
    test = opened(read)
    assert re.search(r"\d+ items, \d+ finished", words(test))
    test.switch_page("what_if.py").run()
    assert gain in [text.value for text in test.markdown]
    next(button for button in test.button if button.label == "Apply").click().run()
    assert not test.exception
    assert gain not in [text.value for text in test.markdown]
    assert gain.strip("*") in body(read, Form.PAGE)  # the publication stays as it was


def test_who_explores_a_publication_publishes_a_copy_and_can_pass_on_what_is_seen() -> None:
    read, _ = publish(open_page("share.py"))
    test = opened(read)
    test.switch_page("share.py").run()
    assert "a copy of your own" in words(test)
    assert "It opens the same publication here" in words(test)
    assert f"https://vsm.example/overview?publication={read}" in [code.value for code in test.code]


def test_other_data_takes_the_place_of_an_opened_publication() -> None:
    read, _ = publish(open_page("share.py"))
    test = opened(read)
    test.button(key="sample_software_delivery").click().run()
    assert "publication" not in test.query_params
    assert "as it was published" not in words(test)


def test_a_link_that_opens_nothing_is_said() -> None:
    assert "opens no publication" in opened("nonsense").error[0].value


def test_a_scenario_too_long_for_a_link_is_said_where_links_are_made() -> None:
    test = open_page("share.py")
    assert not [info for info in test.info if "too long" in info.value]
    changes = (SetWaitTime(stage=hashlib.sha256(bytes([i])).hexdigest(), hours=1.0) for i in range(60))
    planned = tuple(PlannedChange(change=change) for change in changes)
    test.session_state["scenarios"] = History(now=ScenarioList(scenarios=(Scenario(name="Long", planned=planned),)))
    test.run()
    assert "The scenario “Long” is too long for a link, so no link holds it." in test.info[-1].value
