"""Compare with another file, and over the periods of one: what is brought, understood, kept and answered."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.pages.log_opening import event_log, open_log
from tests.pages.opening import open_page, words

MAY = "Stage,Processing time (h),Wait time (h)\nDesign,4,16\nBuild,8,24\n"
JUNE = "Step,PT (h),WT (h)\ndesign,4,8\nBuild,8,12\nTest,2,2\n"
PERIODS = "Month,Stage,Processing time (h),Wait time (h)\n" + "".join(
    f"{month} 2026,{stage},{work},{wait}\n"
    for month, waits in (("Jan", (16, 24)), ("Feb", (12, 16)), ("Mar", (8, 8)))
    for stage, work, wait in zip(("Design", "Build"), (4, 8), waits, strict=True)
)


def bring(test: AppTest, data: str, name: str = "other.csv") -> AppTest:
    test.file_uploader(key="second_upload").set_value((name, data.encode(), "text/csv")).run()
    assert not test.exception, test.exception[0].stack_trace
    return test


def compare_by(test: AppTest, way: str) -> AppTest:
    test.segmented_control[0].set_value(way).run()
    assert not test.exception, test.exception[0].stack_trace
    return test


def items(hours: tuple[int, int]) -> str:
    """Write a log of 30 items, one finished each day after one or the other number of hours."""
    lines = [f"T-{i},Build,2026-01-{1 + i:02} 00:00,2026-01-{1 + i:02} {hours[i % 2]:02}:00" for i in range(30)]
    return "\n".join(["Item,Stage,Start,End", *lines]) + "\n"


def test_two_tables_side_by_side() -> None:
    test = bring(open_page("compare.py", MAY), JUNE)
    said = words(test)
    assert "other.csv: All 3 rows used" in said.replace("**", "")
    assert "Both files state their figures" in said
    # 4 + 16 + 8 + 24 = 52 h and 4 + 8 + 8 + 12 + 2 + 2 = 36 h.
    assert "From typed.csv to other.csv: lead time is 6.5 days and 4.5 days (−2 days)" in said
    assert "Only other.csv has the stage Test." in said
    stages = test.dataframe[-1].value
    assert stages[["Stage", "Figure", "Difference"]].to_numpy().tolist() == [
        ["Design", "Processing time", "0 h"],
        ["Design", "Wait time", "−8 h"],
        ["Build", "Processing time", "0 h"],
        ["Build", "Wait time", "−12 h"],
    ]


def test_the_second_file_is_kept_while_other_pages_are_looked_at_and_can_be_left_out() -> None:
    test = bring(open_page("compare.py", MAY), JUNE)
    test.switch_page("overview.py").run()
    test.switch_page("compare.py").run()
    assert "Only other.csv has the stage Test." in words(test)
    next(button for button in test.button if button.label == "Leave it out again").click().run()
    assert "other.csv" not in words(test)


def test_a_file_that_cannot_be_read_is_refused_in_a_sentence_and_the_one_before_stays() -> None:
    test = bring(bring(open_page("compare.py", MAY), JUNE), "%PDF-1.4", "scan.pdf")
    assert "is a PDF document, which cannot be read as a table" in test.error[0].value
    assert "Only other.csv has the stage Test." in words(test)


def test_a_file_that_something_blocks_says_what() -> None:
    test = bring(open_page("compare.py", MAY), "Stage,Colour\nDesign,red\nBuild,blue\n")
    assert "No column with times was found" in test.error[0].value


def test_choices_about_the_first_file_hold_for_the_second_where_they_fit() -> None:
    """Cycle time means nothing by itself: the choice that it is processing time makes both readable."""
    data = "Stage,Cycle time (h),Wait time (h)\nDesign,4,16\n"
    test = open_page("data.py", data)
    next(box for box in test.selectbox if box.label == "What column B means").set_value("processing_time").run()
    test.switch_page("compare.py").run()
    bring(test, data.replace("4,16", "4,8"))
    assert "It is read by the choices made about typed.csv." in words(test)
    assert "lead time is 2.5 days and 12 h (−8 h)" in words(test)
    bring(test, MAY, "may.csv")
    assert "It is read by what it says itself." in words(test)


def test_two_logs_with_an_interval_on_each_difference() -> None:
    test = compare_by(open_log("compare.py", items((2, 3))), "Another file")
    bring(test, items((12, 13)), "after.csv")
    said = words(test)
    # Items of 2 and 3 h against items of 12 and 13 h: means of 2.5 and 12.5 h.
    assert "More than noise: mean lead time rose from 2.5 h to 12.5 h (worse)" in said
    assert "The figures of typed.csv are measured over 30 finished items" in said
    table = test.dataframe[0].value
    assert list(table.columns)[1:4] == ["typed.csv", "after.csv", "Difference"]
    assert table["Difference"].tolist()[0] == "+10 h"
    assert table["Verdict"].tolist()[0] == "More than noise"


def test_a_log_against_a_table_is_measured_against_stated() -> None:
    test = compare_by(open_log("compare.py", event_log()), "Another file")
    bring(test, MAY, "may.csv")
    said = words(test)
    assert "are stated: someone wrote them down" in said
    assert "Stated and measured figures differ by their origin" in said
    assert "A day has 24 h in typed.csv and 8 h in may.csv" in test.warning[0].value


def test_the_trend_over_periods() -> None:
    test = open_page("compare.py", PERIODS)
    said = words(test)
    assert "Lead time fell in every period, from 6.5 days (Jan 2026) to 3.5 days (Mar 2026)." in said  # 52 h to 28 h
    assert "3 periods are too few to tell a signal from noise" in said
    assert test.dataframe[0].value["Wait time"].tolist() == ["5 days", "3.5 days", "2 days"]
    assert "Work and waiting by period: Design" in said
    next(box for box in test.selectbox if box.label == "Stage").set_value("Build").run()
    assert "The wait time of Build fell in every period, from 3 days (Jan 2026) to 8 h (Mar 2026)." in words(test)
    compare_by(test, "Another file")
    bring(test, MAY, "may.csv")
    assert "From typed.csv to may.csv: lead time is 3.5 days and 6.5 days (+3 days)" in words(test)


def test_a_second_file_with_periods_says_which_is_compared() -> None:
    test = bring(open_page("compare.py", MAY), PERIODS)
    assert "compared is period Mar 2026, of 3 from Jan 2026 to Mar 2026" in words(test)


def test_reports_hold_the_comparison_until_it_is_switched_off() -> None:
    test = bring(open_page("compare.py", MAY), JUNE)
    test.switch_page("take_away.py").run()
    assert not test.exception, test.exception[0].stack_trace
    switch = test.toggle(key="comparison_in_files")
    assert switch.value
    assert "typed.csv and other.csv" in switch.help
    switch.set_value(False).run()
    assert not test.exception
    assert not test.toggle(key="comparison_in_files").value
