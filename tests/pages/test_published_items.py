"""The items of a log in a publication: they go along where asked, which is said, and readers choose among them."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import publishing
from pages.shared.session import Loaded
from tests.pages.log_opening import FLOW_PAGES, event_log, open_log
from tests.pages.opening import ROOT, open_page, words
from vsm.reading.log_shapes import LogChoices
from vsm.serving.rate_limit import RateLimit
from vsm.sharing import frozen_log
from vsm.sharing.forms import Form, unpack
from vsm.sharing.found import Publication
from vsm.sharing.settings import SharingSettings

LOG = event_log(name="KEY-{}")
"""40 items, every second a bug; three are open."""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store of its own for each test, and as many tries as it likes."""
    monkeypatch.setenv("VSM_STORE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")
    monkeypatch.setattr(publishing, "_ACTS", RateLimit(tries=100, seconds_for_one=1))


def share_with_items(*, named: bool = True) -> AppTest:
    test = open_log("share.py", LOG)
    if not named:
        next(toggle for toggle in test.toggle if "Names" in toggle.label).set_value(False).run()
    next(toggle for toggle in test.toggle if "to choose among" in toggle.label).set_value(True).run()
    assert not test.exception, test.exception[0].stack_trace
    return test


def publish(test: AppTest) -> str:
    next(button for button in test.button if button.label == "Publish").click().run()
    assert not test.exception, test.exception[0].stack_trace
    return test.code[0].value.rpartition("/")[2]


def bodies(read: str) -> dict[str, bytes]:
    store = SharingSettings.from_environment().open_store()
    found = store.find(read, dt.datetime.now(dt.UTC))
    assert isinstance(found, Publication)
    return {name: unpack(name, body) for name, body in store.bodies(found.id)[1].items()}


def opened(read: str, **query: str) -> AppTest:
    test = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=20)
    test.query_params.update({"publication": read, **query})
    test.run()
    assert not test.exception, test.exception[0].stack_trace
    return test


def test_no_items_go_along_unless_asked() -> None:
    test = open_log("share.py", LOG)
    assert "will be stored" not in words(test)
    assert Form.ITEMS not in bodies(publish(test))


def test_a_log_has_all_its_sections_whatever_was_loaded_before() -> None:
    test = open_page("share.py")
    assert "Flow over time" not in test.button_group(key="sections_in_publication").value
    test.session_state["loaded"] = Loaded(name="typed.csv", data=LOG.encode())
    test.session_state["choices"] = LogChoices()
    test.run()
    assert "Flow over time" in test.button_group(key="sections_of_log_in_publication").value
    assert "The charts name items and people" in words(test)


def test_what_goes_along_is_said_before_the_click() -> None:
    said = words(share_with_items())
    assert "40 items will be stored in the publication: their names, when they were at each stage" in said
    assert re.search(r"their types and who worked on them\. That is \d+ kB\.", said)


def test_with_numbers_for_names_no_name_is_stored() -> None:
    test = share_with_items(named=False)
    assert "numbers for their names" in words(test)
    assert "who worked on them, by number" in words(test)
    found = bodies(publish(test))
    assert b"Item 40" in found[Form.ITEMS]
    assert not [name for name, body in found.items() if b"KEY-" in body]


def test_a_reader_chooses_items_and_the_publication_stays_as_it_was() -> None:
    read = publish(share_with_items())
    before = bodies(read)
    test = opened(read)
    assert "It holds its items, too" in words(test)
    test.switch_page("overview.py").run()
    assert "40 items, 37 finished" in words(test)
    all_items = [metric.value for metric in test.metric]
    test.multiselect(key="type").set_value(["Bug"]).run()
    assert not test.exception, test.exception[0].stack_trace
    assert "20 of 40 items" in words(test)
    assert [metric.value for metric in test.metric] != all_items
    assert bodies(read) == before


def test_a_reader_sees_every_page_about_items() -> None:
    test = opened(publish(share_with_items()))
    for page in (*FLOW_PAGES, "data.py", "stages.py", "take_away.py", "share.py", "what_if.py", "method.py"):
        test.switch_page(page).run()
        assert not test.exception, test.exception[0].stack_trace
        assert "Here you will see" not in words(test)


def test_a_link_can_open_the_items_of_one_type() -> None:
    test = opened(publish(share_with_items()), type="Story")
    test.switch_page("flow.py").run()
    assert "20 of 40 items" in words(test)


def test_of_chosen_items_the_others_stay_at_home() -> None:
    test = open_log("share.py", LOG, query={"type": "Story"})
    next(toggle for toggle in test.toggle if "to choose among" in toggle.label).set_value(True).run()
    assert "20 items will be stored" in words(test)
    items = bodies(publish(test))[Form.ITEMS]
    assert b'"KEY-1"' in items
    assert b'"KEY-2"' not in items


def test_what_the_publisher_said_of_the_stream_is_there_whatever_is_chosen() -> None:
    test = open_log("capacity.py", LOG)
    test.number_input(key=next(n.key for n in test.number_input if "emand" in n.label)).set_value(7.0).run()
    test.switch_page("share.py").run()
    next(toggle for toggle in test.toggle if "to choose among" in toggle.label).set_value(True).run()
    test = opened(publish(test))
    test.multiselect(key="type").set_value(["Bug"]).run()
    assert "with demand said here" in words(test)


def test_too_many_items_are_said_and_nothing_is_published(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frozen_log, "MOST_VISITS", 10)
    test = share_with_items()
    assert "can go along" in test.error[0].value
    next(button for button in test.button if button.label == "Publish").click().run()
    assert "can go along" in test.error[-1].value
    assert not test.success
