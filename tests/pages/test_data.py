"""Your data: bringing it in every way, and what is said and can be changed about how it was understood."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import openpyxl
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.bring import TYPED_COLUMNS, name_of_file
from pages.shared.problems_view import left_out_csv
from tests.pages.opening import ROOT, words
from vsm.definition_words import Definition
from vsm.model import WaitSide
from vsm.reading.files import open_bytes
from vsm.reading.shapes import Choices, Role
from vsm.reading.stages import read_workbook
from vsm.samples import SAMPLES

WORKED = (ROOT / "sample_data" / "software_delivery.csv").read_bytes()
SMALL = b"Stage,Processing time (h),Wait time (h)\nDesign,4,16\nBuild,20,40\n"
WITH_TOTAL = b"Stage,Processing time (h),Wait time (h),Colour\nDesign,4,16,red\nBuild,20,40,blue\nTotal,24,56,\n"


@pytest.fixture
def page() -> AppTest:
    test = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=20).run()
    assert not test.exception
    return test


def upload(page: AppTest, data: bytes, name: str = "stream.csv") -> AppTest:
    page.file_uploader(key="upload").set_value((name, data, "text/csv")).run()
    assert not page.exception, page.exception[0].stack_trace
    return page


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception, page.exception[0].stack_trace
    return page


def loaded_line(page: AppTest) -> str:
    return page.caption[0].value.replace("\\", "")


def stages_shown(page: AppTest) -> pd.DataFrame:
    return page.dataframe[-1].value


def control(page: AppTest, key: str):
    kinds = (*page.selectbox, *page.button_group, *page.number_input, *page.text_input)
    return next(widget for widget in kinds if widget.key and widget.key.startswith(key))


def test_nothing_is_loaded_by_itself(page: AppTest):
    assert page.title[0].value == "Your data"
    assert "What was understood" not in [header.value for header in page.header]
    assert "loaded" not in page.session_state


def test_an_upload_is_understood(page: AppTest):
    upload(page, SMALL)
    assert loaded_line(page) == "**Stream** · from stream.csv · 2 of 2 rows used"
    assert list(stages_shown(page)["Stage"]) == ["Design", "Build"]
    assert list(stages_shown(page)["Wait time"]) == ["2 days", "5 days"]
    assert "All 2 rows used." in words(page)


def test_a_second_upload_replaces_the_first_with_its_choices(page: AppTest):
    upload(page, SMALL)
    control(page, "definition_1_wait").set_value(WaitSide.BEFORE).run()
    assert "wait before its stage" in loaded_line(page)
    upload(page, WORKED, "software_delivery.csv")
    assert loaded_line(page) == "**Software delivery** · from software_delivery.csv · 10 of 10 rows used"


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"", "empty.csv"), (b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 400, "picture.csv"), (b"PK\x03\x04broken", "book.xlsx")],
)
def test_a_bad_upload_is_a_sentence_and_loses_nothing(page: AppTest, data: bytes, name: str):
    upload(page, SMALL)
    upload(page, data, name)
    [error] = page.error
    assert name in error.value.replace("\\", "")
    assert "stream.csv is still loaded as it was" in error.value.replace("\\", "")
    assert loaded_line(page) == "**Stream** · from stream.csv · 2 of 2 rows used"
    upload(page, WORKED, "good.csv")
    assert not page.error
    assert "good.csv" in loaded_line(page)


def test_a_bad_first_upload_leaves_the_ways_to_bring_data(page: AppTest):
    upload(page, b"", "empty.csv")
    assert "empty.csv" in page.error[0].value
    assert "still loaded" not in page.error[0].value
    assert "Use the pasted table" in [button.label for button in page.button]


def test_taking_the_file_out_of_the_uploader_keeps_the_data(page: AppTest):
    upload(page, SMALL)
    page.file_uploader(key="upload").set_value(None).run()
    assert "stream.csv" in loaded_line(page)


def test_every_sample_lies_open_on_the_first_page_and_its_button_names_it(page: AppTest):
    assert "Or look around with a sample" in [heading.value for heading in page.subheader]
    labels = [button.label for button in page.main.button]
    for sample in SAMPLES:
        assert f"Load “{sample.title}”" in labels
        assert sample.description in words(page)
    assert not [tab for tab in page.tabs if "sample" in tab.label]


def test_it_is_said_when_an_upload_is_forgotten(page: AppTest):
    assert any("close or reload it" in caption.value for caption in page.caption)


def test_a_sample_is_loaded_by_a_click_with_its_name_and_ends(page: AppTest):
    page.button(key="sample_software_delivery").click().run()
    assert loaded_line(page).startswith("**Feature delivery** · from software_delivery.csv · 10 of 10 rows used")
    assert control(page, "start_").value == "Customer request"
    assert control(page, "end_").value == "Validated in production"


def test_a_block_pasted_from_a_spreadsheet_lands_as_rows(page: AppTest):
    page.text_area(key="pasted_block").set_value(
        "Stage\tProcessing time\tWait time\nDesign\t4 h\t2 d\nBuild\t1,5 h\t6 h"
    )
    press(page, "Use the pasted table")
    assert list(stages_shown(page)["Processing time"]) == ["4 h", "1.5 h"]
    assert "Pasted table" in loaded_line(page)


def test_a_table_typed_into_the_grid_is_read(page: AppTest):
    page.session_state["typed_table"] = {
        "edited_rows": {
            0: {"Stage": "Design", "Processing time": "4", "Wait time": "2 days"},
            1: {"Stage": "Build", "Processing time": "2d 4h", "%C&A": "85"},
        },
        "added_rows": [{"Stage": "NA", "Processing time": "30 min", "Wait time": "0"}],
        "deleted_rows": [],
    }
    press(page, "Use the typed table")
    shown = stages_shown(page)
    assert list(shown["Stage"]) == ["Design", "Build", "NA"]
    assert list(shown["Processing time"]) == ["4 h", "2.5 days", "30 min"]
    assert list(shown["Wait time"]) == ["2 days", "not measured", "0 h"]
    assert list(shown["%C&A"]) == ["not measured", "85%", "not measured"]


@pytest.mark.parametrize("way", ["Use the typed table", "Use the pasted table"])
def test_nothing_typed_or_pasted_is_answered_with_a_sentence_and_loses_nothing(page: AppTest, way: str):
    upload(page, SMALL)
    press(page, way)
    assert len(page.error) == 1
    assert "stream.csv" in loaded_line(page)
    assert list(stages_shown(page)["Stage"]) == ["Design", "Build"]


def test_the_grid_offers_the_columns_of_the_template(page: AppTest):
    assert list(page.data_editor(key="typed_table").value.columns) == list(TYPED_COLUMNS)


def test_switching_the_day_changes_the_figures_and_the_line_above(page: AppTest):
    # 4 h of work and 2 days of wait: 4 / (4 + 16) = 20 % and, with days of 24 h, 4 / (4 + 48) = 7.7 %.
    upload(page, b"Stage,Processing time,Wait time\nDesign,4 h,2 days\n")
    assert "flow efficiency would be 7.7% instead of 20%" in words(page)
    control(page, "definition_1_hours_per_day").set_value(24.0).run()
    assert "flow efficiency would be 20% instead of 7.7%" in words(page)
    assert "a day has 24 h" in loaded_line(page)
    assert "Decided by you." in words(page)
    page.switch_page("overview.py").run()
    figures = {metric.label: metric.value.replace("\\", "") for metric in page.metric}
    assert figures["Flow efficiency"] == "7.7%"


def test_a_header_decides_on_which_side_a_wait_lies_and_a_person_overrules_it(page: AppTest):
    upload(page, b"Stage,Processing time (h),Wait before (h)\nA,1,40\nB,1,2\n")
    assert "wait before its stage" in loaded_line(page)
    assert "Wait before" in words(page)
    control(page, f"definition_1_{Definition.WAIT}").set_value(WaitSide.AFTER).run()
    assert "wait before its stage" not in loaded_line(page)


def test_changing_the_role_of_a_column_changes_what_is_read(page: AppTest):
    upload(page, b"Stage,Processing time (h),Wait time (h),Lag (h)\nA,1,40,3\nB,1,2,4\n")
    control(page, "role_1_3").set_value(Role.WAIT_TIME).run()
    assert list(stages_shown(page)["Wait time"]) == ["3 h", "4 h"]
    assert control(page, "role_1_2").value == Role.IGNORE
    control(page, "role_1_2").set_value(Role.WAIT_TIME).run()
    assert list(stages_shown(page)["Wait time"]) == ["5 days", "2 h"]


def test_changing_the_unit_of_a_column_changes_its_times(page: AppTest):
    upload(page, SMALL)
    control(page, "unit_1_1").set_value("min").run()
    assert list(stages_shown(page)["Processing time"]) == ["4 min", "20 min"]


def test_columns_with_the_same_header_are_told_apart(page: AppTest):
    upload(page, b"Stage,Time (h),Wait time (h),Time (h)\nA,1,40,3\nB,1,2,4\n")
    control(page, "role_1_3").set_value(Role.PROCESSING_TIME).run()
    assert list(stages_shown(page)["Processing time"]) == ["3 h", "4 h"]


def test_a_total_row_is_left_out_and_comes_back_by_a_click(page: AppTest):
    upload(page, WITH_TOTAL)
    assert "2 of 3 rows used" in loaded_line(page)
    press(page, "Count total rows as stages after all")
    assert list(stages_shown(page)["Stage"]) == ["Design", "Build", "Total"]
    press(page, "Leave total rows out again")
    assert list(stages_shown(page)["Stage"]) == ["Design", "Build"]


def test_rows_left_out_can_be_downloaded_with_their_numbers(page: AppTest):
    upload(page, WITH_TOTAL)
    assert "Download the rows left out (CSV)" in [button.label for button in page.download_button]
    reading = read_workbook(open_bytes(WITH_TOTAL, "stream.csv"), Choices())
    header, row = csv.reader(io.StringIO(left_out_csv(reading).decode("utf-8-sig")))
    assert header == ["Row", "Reason", "Stage", "Processing time (h)", "Wait time (h)", "Colour"]
    assert row[0] == "4"
    assert row[2:] == ["Total", "24", "56", ""]


def test_columns_not_used_are_named(page: AppTest):
    upload(page, WITH_TOTAL)
    assert "1 column is not used: Colour" in [expander.label for expander in page.expander]


def test_problems_are_grouped_with_row_and_column(page: AppTest):
    upload(page, b"Stage,Processing time (h),Wait time (h)\nA,1,soon\nB,1,later\nC,1,2\n")
    [table] = [table.value for table in page.table if "Found" in table.value]
    assert "All 3 rows used, 2 figures not used and 1 note." in words(page)
    assert list(table["Row"]) == ["2", "3"]
    assert list(table["Found"]) == ["soon", "later"]
    assert all("Wait time" in column for column in table["Column"])


def test_many_problems_of_one_kind_become_a_table_to_scroll(page: AppTest):
    rows = "".join(f"S{i},1,soon\n" for i in range(40))
    upload(page, f"Stage,Processing time (h),Wait time (h)\nA,1,2\n{rows}".encode())
    [frame] = [frame.value for frame in page.dataframe if "Found" in frame.value]
    assert len(frame) == 40


def test_what_blocks_is_apart_and_names_the_way_out(page: AppTest):
    upload(page, b"Item,Colour\nscooter,red\nbicycle,blue\n")
    assert page.error
    assert "See the overview" not in [button.label for button in page.button]
    control(page, "role_1_0").set_value(Role.STAGE).run()
    assert control(page, "role_1_0").value == Role.STAGE


def test_a_list_that_is_too_long_is_answered_first_and_without_the_form(page: AppTest):
    rows = "".join(f"T-{i},red,4\n" for i in range(400))
    upload(page, f"Item,Colour,Size\n{rows}".encode(), "list.csv")
    assert "400 rows under its header" in page.error[0].value.replace("\\", "")
    columns = next(e for e in page.expander if e.label == "The columns as they were understood")
    assert not columns.proto.expanded
    assert not [field for field in page.text_input if field.label == "Name of the stream"]
    assert "Definitions that change the answer" not in [heading.value for heading in page.subheader]


def test_from_data_that_something_blocks_a_click_leads_back_with_every_choice(page: AppTest):
    upload(page, SMALL)
    control(page, "definition_1_wait").set_value(WaitSide.BEFORE).run()
    upload(page, b"Item,Colour\nscooter,red\nbicycle,blue\n", "colours.csv")
    upload(page, b"Item,Size\nscooter,big\nbicycle,small\n", "sizes.csv")
    press(page, "Go back to stream.csv")
    assert loaded_line(page) == "**Stream** · from stream.csv · 2 of 2 rows used · wait before its stage"
    assert not [button for button in page.button if button.label.startswith("Go back")]


def test_an_analysis_page_says_what_blocks_and_where_to_mend_it(page: AppTest):
    upload(page, b"Item,Colour\nscooter,red\nbicycle,blue\n")
    blocking = page.error[0].value
    page.switch_page("overview.py").run()
    assert not page.exception
    assert "Go to your data and mend it" in [link.label for link in page.get("page_link")]
    assert blocking in "\n".join(markdown.value for markdown in page.markdown)


def test_another_sheet_can_be_picked(page: AppTest):
    upload(page, (ROOT / "sample_data" / "factory.xlsx").read_bytes(), "factory.xlsx")
    picker = control(page, "sheet_")
    assert len(picker.options) > 1
    first = picker.value
    other = next(sheet for sheet in picker.options if sheet != first)
    picker.set_value(other).run()
    assert not page.exception
    assert control(page, "sheet_").value == other
    control(page, "sheet_").set_value(first).run()
    assert f"sheet {first}" in loaded_line(page)


def test_hidden_sheets_are_called_so(page: AppTest):
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("Old")):
        sheet.append(["Stage", "Processing time (h)", "Wait time (h)"])
        sheet.append(["Design", 4, 16])
    book["Old"].sheet_state = "hidden"
    data = io.BytesIO()
    book.save(data)
    upload(page, data.getvalue(), "two.xlsx")
    assert list(control(page, "sheet_").options) == ["Sheet", "Old (hidden)"]


def test_the_header_row_can_be_changed(page: AppTest):
    upload(page, b"Stage,Processing time (h),Wait time (h)\nDesign,4,16\nBuild,20,40\n")
    assert control(page, "header_row_").value == 1
    control(page, "header_row_").set_value(0).run()
    assert "the table has no header" in words(page)


def test_name_start_and_end_of_the_stream_are_kept(page: AppTest):
    upload(page, SMALL)
    control(page, "name_").set_value("Idea to cash").run()
    control(page, "end_").set_value("paid").run()
    assert loaded_line(page).startswith("**Idea to cash**")
    page.switch_page("guide.py").run()
    page.switch_page("data.py").run()
    assert control(page, "end_").value == "paid"


def test_demand_is_asked_where_people_are_stated(page: AppTest):
    upload(page, b"Stage,Processing time (h),Wait time (h),People\nA,10,4,1\nB,1,2,1\n")
    control(page, "demand_").set_value(3.0).run()
    assert "demand 3 a week" in loaded_line(page)
    upload(page, SMALL, "other.csv")
    assert not [widget for widget in page.number_input if widget.key.startswith("demand_")]


def test_text_of_a_file_is_no_markup(page: AppTest):
    hostile = "![x](http://evil.example/a.png) :red[b] $z$ <b>c</b>"
    table = f'Stage,Processing time (h),Wait time (h),"{hostile}"\n"{hostile}",1,2,3\n'
    upload(page, table.encode(), f"{hostile[:8]}.csv")
    shown = [e.value for e in (*page.markdown, *page.caption, *page.error, *page.warning)]
    shown += [expander.label for expander in page.expander]
    assert any("evil" in text for text in shown)
    for text in shown:
        assert "![x](" not in text
        assert "http://" not in text
        assert ":red[" not in text
        assert " $z$" not in text
        assert "<b>" not in text


@pytest.mark.parametrize(
    "load", [lambda page: upload(page, SMALL), lambda page: page.button(key="sample_factory").click()]
)
def test_the_next_step_leads_to_the_overview(page: AppTest, load: Callable[[AppTest], AppTest]):
    load(page).run()
    page.button(key="next_above").click().run()
    assert page.title[0].value == "Overview"


def test_a_quotation_mark_in_the_name_of_a_file_is_one() -> None:
    assert name_of_file("The %22new%22 way.csv") == 'The "new" way.csv'
