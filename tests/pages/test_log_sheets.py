"""Your data, for a log on several sheets: they are read together, and one of them can be chosen, and all again."""

from __future__ import annotations

import io

import openpyxl
from streamlit.testing.v1 import AppTest

from pages.shared.session import Loaded
from tests.pages.opening import ROOT
from vsm.reading.log_shapes import LogChoices


def months(same_key: str | None = None) -> bytes:
    workbook = openpyxl.Workbook()
    for sheet, rows in ((workbook.worksheets[0], (5, 6)), (workbook.create_sheet(), (12,))):
        sheet.title = f"Week of {rows[0]}"
        sheet.append(["Key", "Status", "Changed"])
        for day in rows:
            sheet.append([same_key or f"A-{day}", "In progress", f"2026-01-{day:02d} 09:00"])
            sheet.append([same_key or f"A-{day}", "Done", f"2026-01-{day + 1:02d} 09:00"])
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def opened(data: bytes) -> AppTest:
    page = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=20)
    page.session_state["loaded"] = Loaded(name="weeks.xlsx", data=data)
    page.session_state["choices"] = LogChoices()
    page.run()
    assert not page.exception, page.exception[0].stack_trace
    return page


def test_the_sheets_of_a_log_are_read_together_until_one_is_chosen():
    page = opened(months())
    sheet = next(box for box in page.selectbox if box.label == "Sheet")
    assert sheet.value == ""
    assert sheet.options == ["All sheets with the same columns (2)", "Week of 5", "Week of 12"]
    assert "sheets Week of 5 and Week of 12 · 6 of 6 rows used" in page.caption[0].value
    rows = next(table.value for table in page.dataframe if "Left out" in table.value)
    assert rows.to_numpy().tolist() == [["Week of 5", 4, 4, 0, 0], ["Week of 12", 2, 2, 0, 0]]
    sheet.set_value("Week of 12").run()
    assert "sheet Week of 12 · 2 of 2 rows used" in page.caption[0].value
    next(box for box in page.selectbox if box.label == "Sheet").set_value("").run()
    assert "6 of 6 rows used" in page.caption[0].value


def test_items_of_one_name_on_several_sheets_are_told_apart_where_someone_says_so():
    page = opened(months("A-1"))
    assert "1 item" in page.caption[0].value
    (control,) = (box for box in page.segmented_control if box.label == "An item of one name on several sheets is")
    control.set_value(True).run()
    assert not page.exception
    assert "2 items" in page.caption[0].value
    assert page.session_state["choices"].items_by_sheet is True
