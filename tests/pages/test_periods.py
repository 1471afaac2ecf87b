"""Files that state several periods: the one that is analysed is said and can be changed."""

from __future__ import annotations

import io

import openpyxl
from streamlit.testing.v1 import AppTest

from pages.shared.session import Loaded
from tests.pages.opening import ROOT, open_page, words

HEAD = "Month,Stage,Processing time (h),Wait time (h)\n"
JANUARY = "Jan 2026,Design,4,16\nJan 2026,Build,8,24\n"
FEBRUARY = "Feb 2026,Design,4,12\nFeb 2026,Build,8,16\n"


def choose(test: AppTest, label: str, value: str | None) -> AppTest:
    next(box for box in test.selectbox if box.label == label).set_value(value).run()
    assert not test.exception, test.exception[0].stack_trace
    return test


def loaded_line(test: AppTest) -> str:
    return str(test.caption[0].value).replace("\\", "")


def test_the_latest_period_is_analysed_and_another_can_be_chosen() -> None:
    test = open_page("data.py", HEAD + JANUARY + FEBRUARY)
    assert "2 periods were found, from Jan 2026 to Feb 2026; one of them is analysed." in words(test)
    assert "period Feb 2026, of 2 from Jan 2026 to Feb 2026 · 4 of 4 rows used" in loaded_line(test)
    choose(test, "Period to analyse", "Jan 2026")
    assert "period Jan 2026" in loaded_line(test)
    test.switch_page("overview.py").run()
    assert "6.5 days" in words(test)  # 4 + 16 + 8 + 24 = 52 h, at 8 h a day


def workbook() -> Loaded:
    book = openpyxl.Workbook()
    for name, waits in (("Jan 2026", (16, 24)), ("Feb 2026", (12, 16))):
        sheet = book.create_sheet(name)
        sheet.append(["Stage", "Processing time (h)", "Wait time (h)"])
        for stage, work, wait in zip(("Design", "Build"), (4, 8), waits, strict=True):
            sheet.append([stage, work, wait])
    book.create_sheet("Notes").append(["Measured with the team"])
    del book["Sheet"]
    file = io.BytesIO()
    book.save(file)
    return Loaded(name="stream.xlsx", data=file.getvalue())


def test_sheets_of_periods_are_one_stream_and_can_be_read_alone() -> None:
    test = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=20)
    test.session_state["loaded"] = workbook()
    test.run()
    assert "sheet Feb 2026 · period Feb 2026, of 2 from Jan 2026 to Feb 2026 · 4 of 4 rows used" in loaded_line(test)
    choose(test, "Period to analyse", "Jan 2026")
    assert "sheet Jan 2026 · period Jan 2026" in loaded_line(test)
    choose(test, "Sheet", "Feb 2026")
    assert "sheet Feb 2026 · 2 of 2 rows used" in loaded_line(test)
    choose(test, "Sheet", "")
    assert "of 2 from Jan 2026 to Feb 2026" in loaded_line(test)
