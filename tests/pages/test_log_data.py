"""Your data, for item logs: what is understood is shown, can be changed, saved and loaded again."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.log_columns_view import ROLE_WORDS, with_column, with_columns
from pages.shared.statuses_view import edited_statuses, editor_key
from tests import logs_by_hand as by_hand
from tests.pages.opening import PAGES, ROOT, words
from vsm.items.build import Status, StatusKind
from vsm.model import ClockKind
from vsm.opening import read_data
from vsm.reading.log_shapes import DateRule, Layout, LogChoices, LogRole, Stamp
from vsm.settings_file import Settings, settings_text

EVERY_LAYOUT = {
    "event log": by_hand.EVENTS,
    "stage log": by_hand.INTERVALS,
    "wide dates": by_hand.DATES,
    "wide durations": by_hand.DURATIONS,
    "completed": by_hand.COMPLETED,
}


@pytest.fixture
def page() -> AppTest:
    test = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=20).run()
    assert not test.exception
    return test


def upload(page: AppTest, text: str, name: str = "log.csv") -> AppTest:
    page.file_uploader(key="upload").set_value((name, text.encode(), "text/csv")).run()
    assert not page.exception, page.exception[0].stack_trace
    return page


def control(page: AppTest, key: str):
    kinds = (*page.selectbox, *page.button_group, *page.text_input, *page.text_area, *page.date_input)
    return next(widget for widget in kinds if widget.key and widget.key.startswith(key))


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception, page.exception[0].stack_trace
    return page


def loaded_line(page: AppTest) -> str:
    return page.caption[0].value.replace("\\", "")


def measured(page: AppTest) -> pd.DataFrame:
    """The stages as they were measured: the last table of the page."""
    return page.dataframe[-1].value


def clocks(page: AppTest) -> pd.DataFrame:
    return next(d.value for d in page.dataframe if "Figure" in d.value.columns)


@pytest.mark.parametrize("text", EVERY_LAYOUT.values(), ids=EVERY_LAYOUT)
def test_every_layout_goes_from_upload_to_every_page(page: AppTest, text: str):
    upload(page, text)
    assert page.session_state["choices"] == LogChoices()
    for other in PAGES:
        page.switch_page(other).run()
        assert not page.exception, page.exception[0].stack_trace
        said = words(page)
        assert "someone wrote" not in said
        assert " stated" not in said
        assert "states " not in said


def test_a_status_log_is_understood(page: AppTest):
    upload(page, by_hand.EVENTS)
    assert loaded_line(page) == "**Log** · from log.csv · 12 of 12 rows used · 3 items, 2 finished"
    assert "read as **an event log**: 3 items, of which 2 finished, 1 still open" in words(page)
    shown = measured(page)
    assert list(shown["Stage"]) == ["Build", "Test"]
    assert list(shown["Wait time"]) == ["3 h", "12 h"]
    assert list(shown["Visits"]) == ["4", "3"]
    assert control(page, "log_role_1_item").value == "Key"


def test_both_clocks_stand_side_by_side(page: AppTest):
    upload(page, by_hand.EVENTS)
    shown = clocks(page)
    # Mean 27 h elapsed, 11.5 h of working time; 12/27 and 11/23 of it work.
    assert list(shown["Elapsed time"])[0::3] == ["27 h", "44.4%"]
    assert list(shown.iloc[:, 2])[0::3] == ["11.5 h", "47.8%"]


def test_the_clock_is_chosen_with_its_calendar(page: AppTest):
    upload(page, by_hand.EVENTS)
    control(page, "clock_1").set_value(ClockKind.WORKING).run()
    assert "working time mon-fri 09:00-17:00" in loaded_line(page)
    assert list(measured(page)["Wait time"]) == ["2 h", "4 h"]
    control(page, "workday_1").set_value("10:00-12:00").run()
    assert "10:00-12:00" in loaded_line(page)
    control(page, "workday_1").set_value("soon").run()
    assert "no working day" in page.error[0].value
    assert "10:00-12:00" in loaded_line(page)
    control(page, "workweek_1").set_value([0]).run()
    assert "working time mon 10" in loaded_line(page)
    control(page, "holidays_1").set_value("DE").run()
    control(page, "region_1").set_value("BY").run()
    calendar = page.session_state["choices"].calendar
    # Epiphany, a holiday in Bavaria only, is the second day of the log.
    assert (calendar.country, pd.Timestamp("2026-01-06").date() in calendar.holidays) == ("DE-BY", True)
    assert not page.exception


def test_statuses_are_shown_with_the_time_each_holds_and_can_mean_something_else(page: AppTest):
    upload(page, by_hand.EVENTS)
    reading = read_data(by_hand.EVENTS.encode(), "log.csv")
    place = [status.name for status in reading.statuses].index("Ready for test")
    key = editor_key(1, reading.statuses)
    page.session_state[key] = {
        "edited_rows": {place: {"Means": "active", "Stage": "Build"}},
        "added_rows": [],
        "deleted_rows": [],
    }
    press(page, "Use these meanings")
    chosen = {s.name: s for s in page.session_state["choices"].statuses}
    assert chosen["Ready for test"] == Status(name="Ready for test", kind=StatusKind.ACTIVE, stage="Build")
    assert chosen["To do"].kind is StatusKind.WAIT
    assert list(measured(page)["Processing time"]) == ["19 h", "5 h"]


def test_an_edited_table_of_statuses_is_taken_as_it_stands():
    table = pd.DataFrame({"Status": ["a", "b"], "Means": ["waiting", "done"], "Stage": ["c", None]})
    assert edited_statuses(table) == (
        Status(name="a", kind=StatusKind.WAIT, stage="c"),
        Status(name="b", kind=StatusKind.DONE, stage="b"),
    )


def test_the_order_of_the_stages_can_be_changed(page: AppTest):
    upload(page, by_hand.EVENTS)
    assert list(measured(page)["Stage"]) == ["Build", "Test"]
    assert (page.button(key="move_Up_0_1").disabled, page.button(key="move_Down_1_1").disabled) == (True, True)
    page.button(key="move_Down_0_1").click().run()
    assert not page.exception
    assert list(measured(page)["Stage"]) == ["Test", "Build"]
    page.button(key="move_Up_1_1").click().run()
    assert page.session_state["choices"].stage_order == ("Build", "Test")


def test_many_stages_are_ordered_as_lines(page: AppTest):
    names = [f"Step {place:02}" for place in range(20)]
    rows = [f"A,{name},2026-01-{place + 1:02} 09:00,2026-01-{place + 1:02} 10:00" for place, name in enumerate(names)]
    upload(page, "Item,Stage,Start,End\n" + "\n".join(rows) + "\n")
    control(page, "order_1").set_value("\n".join(names[::-1]))
    press(page, "Use this order")
    assert list(measured(page)["Stage"]) == names[::-1]
    control(page, "order_1").set_value("Bake")
    press(page, "Use this order")
    assert "Bake" in page.error[0].value
    assert page.session_state["choices"].stage_order == tuple(names[::-1])


def test_whole_days_have_a_rule_with_its_effect(page: AppTest):
    upload(page, by_hand.DATES)
    said = words(page)
    assert "lead time would be 4 days instead of 5 days" in said
    control(page, "times_dates_1").set_value(DateRule.DIFFERENCE).run()
    assert "lead time would be 5 days instead of 4 days" in words(page)


def test_what_a_time_marks_can_be_changed(page: AppTest):
    upload(page, by_hand.COMPLETED)
    assert control(page, "times_stamp_1").value is Stamp.COMPLETED
    control(page, "times_stamp_1").set_value(Stamp.ENTERED).run()
    assert page.session_state["choices"].stamp is Stamp.ENTERED
    assert not page.exception


def test_open_items_age_until_the_end_of_the_as_of_date(page: AppTest):
    upload(page, by_hand.EVENTS)
    control(page, "times_as_of_1").set_value(pd.Timestamp("2026-01-09").date()).run()
    assert "as of 2026-01-09" in loaded_line(page)
    page.switch_page("summary.py").run()
    assert "still open on 9 January 2026" in words(page)


def test_a_column_can_be_another(page: AppTest):
    upload(page, by_hand.INTERVALS)
    control(page, "log_role_1_stage").set_value("Resource").run()
    assert list(measured(page)["Stage"]) == ["Ann", "Bob"]


def test_a_column_taken_for_one_role_is_no_longer_chosen_for_another():
    choices = LogChoices(columns=((LogRole.STAGE, "A"), (LogRole.PERSON, "B")))
    assert with_column(choices, LogRole.STAGE, "B", "A").columns == ((LogRole.STAGE, "B"),)
    assert with_column(choices, LogRole.PERSON, "none", "B").columns == ((LogRole.STAGE, "A"), (LogRole.IGNORE, "B"))


def test_a_log_can_be_read_as_a_table_and_back(page: AppTest):
    upload(page, by_hand.EVENTS)
    control(page, "kind_1").set_value(False).run()
    assert page.error  # no table of stages: it is said, and the way back is there
    control(page, "kind_1").set_value(True).run()
    assert not page.error
    assert "3 items, 2 finished" in loaded_line(page)


def test_another_layout_can_be_said(page: AppTest):
    upload(page, by_hand.EVENTS)
    control(page, "layout_1").set_value(Layout.WIDE_DATES).run()
    assert not page.exception
    assert page.session_state["choices"].layout is Layout.WIDE_DATES
    assert "no stage to measure" in page.error[0].value


def test_saved_choices_are_used_again(page: AppTest):
    upload(page, by_hand.EVENTS)
    ready = Status(name="Ready for test", kind=StatusKind.ACTIVE, stage="Build")
    saved = settings_text(Settings(choices=LogChoices(statuses=(ready,), name="Ours")))
    page.file_uploader(key="settings_upload").set_value(("s.json", saved.encode(), "application/json")).run()
    assert loaded_line(page).startswith("**Ours**")
    assert list(measured(page)["Processing time"]) == ["19 h", "5 h"]


def test_a_file_that_holds_no_choices_is_refused_and_changes_nothing(page: AppTest):
    upload(page, by_hand.EVENTS)
    page.file_uploader(key="settings_upload").set_value(("s.json", json.dumps([1]).encode(), "application/json")).run()
    assert "no settings" in page.error[0].value
    assert page.session_state["choices"] == LogChoices()


def test_rows_left_out_are_named(page: AppTest):
    upload(page, by_hand.EVENTS + "D,Build,soon\n")
    assert "1 row left out" in words(page)
    assert "12 of 13 rows used" in loaded_line(page)


def test_a_pasted_log_is_a_log(page: AppTest):
    page.text_area(key="pasted_block").set_value(by_hand.EVENTS.replace(",", "\t"))
    press(page, "Use the pasted table")
    assert "3 items, 2 finished" in loaded_line(page)


def test_the_unit_of_durations_and_the_hours_of_a_day_can_be_chosen(page: AppTest):
    upload(page, "Key,Waiting,Doing\nP,6,2\nQ,10,6\n")
    # Lead times 8 and 16: in hours the mean is 12 h; in days of 8 h it is 96 h, of 24 h 288.
    assert control(page, "times_unit").value == "h"
    assert measured(page)["Wait time"].tolist()[0] == "8 h"
    control(page, "times_unit").set_value("d").run()
    assert not page.exception
    assert measured(page)["Wait time"].tolist()[0] == "8 days"
    assert page.session_state["choices"].unit == "d"
    control(page, "times_hours_per_day").set_value(24.0).run()
    assert page.session_state["choices"].hours_per_day == 24
    assert not page.exception


def test_a_log_without_a_done_status_asks_when_an_item_is_finished(page: AppTest):
    rows = [
        f"{item},{status},2026-01-{5 + item + place:02} 09:00"
        for item in range(4)
        for place, status in enumerate(("Draft", "Check", "Filed"))
    ]
    upload(page, "Item,Status,Timestamp\n" + "\n".join(rows[:-1]) + "\n")
    asked = next(radio for radio in page.radio if radio.label.startswith("When is an item finished?"))
    assert asked.options == ["At its last row (assumed)", "When it comes to “Filed”"]
    asked.set_value(("Filed",)).run()
    assert not page.exception
    assert not [radio for radio in page.radio if radio.label.startswith("When is an item finished?")]
    assert "3 finished, 1 still open" in words(page)


def test_every_column_that_was_recognised_is_named_with_what_it_means(page: AppTest):
    upload(
        page, "Key,Created,Resolved,Resolution\nA-1,2025-03-03,2025-03-05,Done\nA-2,2025-03-04,2025-03-09,Won't Do\n"
    )
    columns = next(table.value for table in page.dataframe if "Taken as" in table.value)
    assert columns["Taken as"].tolist() == ["Item", "Start", "End", "Why an item was closed"]


def test_every_role_of_a_column_has_words():
    assert set(ROLE_WORDS) == set(LogRole)


def test_times_of_day_that_are_taken_away_are_not_used():
    choices = LogChoices(columns=((LogRole.ITEM, "Key"), (LogRole.TIME_OF_DAY, "Time")))
    kept = with_columns(choices, LogRole.TIME_OF_DAY, [], ["Time"])
    assert kept == ((LogRole.ITEM, "Key"), (LogRole.IGNORE, "Time"))
    assert with_columns(LogChoices(columns=kept), LogRole.TIME_OF_DAY, ["Time"], []) == choices.columns
