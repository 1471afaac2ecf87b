"""Your data, with several files about the same items: one is added, looked over, changed apart and removed again."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.session import Loaded
from tests.logs.test_joining import DEPLOYMENTS, TRACKER
from tests.pages.opening import PAGES, ROOT, words
from tests.pages.test_log_data import control, loaded_line, measured, press
from vsm.reading.log_shapes import LogChoices, LogRole
from vsm.settings_file import Settings, settings_text


@pytest.fixture
def page() -> AppTest:
    """The data page with the tracker's export loaded."""
    test = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=20)
    test.session_state["loaded"] = Loaded(name="tracker.csv", data=TRACKER.encode())
    test.session_state["choices"] = LogChoices()
    test.run()
    assert not test.exception
    return test


def add(page: AppTest, text: str, name: str = "deployments.csv") -> AppTest:
    uploader = next(u for u in page.file_uploader if u.key and u.key.startswith("add_"))
    uploader.set_value((name, text.encode(), "text/csv")).run()
    assert not page.exception, page.exception[0].stack_trace
    return page


def stages(page: AppTest) -> dict[str, str]:
    shown = measured(page)
    return dict(zip(shown["Stage"], shown["Wait time"], strict=True))


def test_an_added_file_is_joined_and_every_page_shows_it(page: AppTest):
    add(page, DEPLOYMENTS)
    assert loaded_line(page) == (
        "**Tracker** · from tracker.csv and deployments.csv · 11 of 11 rows used · 3 items, 2 finished"
    )
    assert stages(page) == {"In progress": "14 h", "Deployed": "18 h"}
    assert [tab.label.replace("\\", "") for tab in page.tabs][-2:] == ["tracker.csv", "deployments.csv"]
    assert "“Done” was taken as waiting for “Deployed”" in page.warning[0].value
    for other in PAGES:
        page.switch_page(other).run()
        assert not page.exception, page.exception[0].stack_trace
        assert "deployments.csv" in loaded_line(page)


def test_what_meets_nothing_is_listed_and_rows_left_out_are_named(page: AppTest):
    add(page, DEPLOYMENTS + "A-9,2026-01-08 08:00\n")
    assert "Of its 3 items, 2 are in another file." in words(page)
    lists = [frame.value for frame in page.dataframe if list(frame.value.columns) == ["Item"]]
    assert [list(frame["Item"]) for frame in lists] == [["A-3"], ["A-9"]]
    left_out = next(frame.value for frame in page.dataframe if list(frame.value.columns) == ["Row", "Reason"])
    assert left_out.to_numpy().tolist() == [[4, "The row has a date of an item whose way no other file tells."]]


def test_each_file_is_changed_apart(page: AppTest):
    add(page, DEPLOYMENTS)
    control(page, "times_zone_0.1").set_value("Europe/Berlin").run()
    # An hour less until each deployment, and the times of the tracker as they were.
    assert stages(page) == {"In progress": "14 h", "Deployed": "17 h"}
    assert page.session_state["choices"].timezone == "UTC"
    assert page.session_state["added"][0].choices.timezone == "Europe/Berlin"


def test_the_date_of_a_list_can_be_called_otherwise(page: AppTest):
    add(page, DEPLOYMENTS)
    assert control(page, "called_0.1").value == "Deployed"
    control(page, "called_0.1").set_value("Live").run()
    assert list(stages(page)) == ["In progress", "Live"]


def test_a_file_whose_columns_are_unknown_waits_for_a_choice(page: AppTest):
    add(page, "Ref,Deployed at\nA-1,2026-01-07 12:00\nA-2,2026-01-07 20:00\n")
    assert "No column was found that names the item" in page.error[0].value
    control(page, "log_role_0.1_item").set_value("Ref").run()
    assert not page.error
    assert page.session_state["added"][0].choices.columns == ((LogRole.ITEM, "Ref"),)
    assert stages(page) == {"In progress": "14 h", "Deployed": "18 h"}


def test_a_file_without_a_table_changes_nothing(page: AppTest):
    add(page, "")
    assert "is empty" in page.error[0].value
    assert loaded_line(page) == "**Tracker** · from tracker.csv · 9 of 9 rows used · 3 items, 3 finished"
    assert list(stages(page)) == ["In progress"]


def test_an_added_file_can_be_removed(page: AppTest):
    add(page, DEPLOYMENTS)
    press(page, "Remove deployments.csv")
    assert "deployments" not in loaded_line(page)
    assert list(stages(page)) == ["In progress"]


def test_saved_choices_speak_of_each_file(page: AppTest):
    live = LogChoices(columns=((LogRole.ITEM, "Ref"),), called="Live")
    saved = settings_text(Settings(choices=LogChoices(name="Ours"), added=(live,)))
    page.file_uploader(key="settings_upload").set_value(("s.json", saved.encode(), "application/json")).run()
    add(page, "Ref,Date\nA-1,2026-01-07 12:00\nA-2,2026-01-07 20:00\n")
    assert loaded_line(page).startswith("**Ours**")
    assert stages(page) == {"In progress": "14 h", "Live": "18 h"}


def test_other_data_takes_the_place_of_all_files(page: AppTest):
    add(page, DEPLOYMENTS)
    page.file_uploader(key="upload").set_value(("new.csv", TRACKER.encode(), "text/csv")).run()
    assert "from new.csv ·" in loaded_line(page)
    assert page.session_state["added"] == ()
