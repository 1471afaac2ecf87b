"""The widths of a printed table's columns, and the heights of the workbook's rows: words whole, nothing overlapping."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from tests.planned import PLAN
from tests.streams import WORKED, stream_of
from vsm.analysis import analyse
from vsm.model import Stage
from vsm.plan import PlannedChange
from vsm.reports import excel_report
from vsm.reports.content import content_of
from vsm.reports.parts import Table, parts_of
from vsm.subject import Subject

LONG = "Abstimmung mit dem Fachbereich, dem Datenschutz und der Informationssicherheit vor der Freigabe"


def test_a_column_of_figures_keeps_them_on_a_line_and_texts_get_the_rest():
    table = Table(("Figure", "Value", "What it says"), (False, True, False), (("Wait", "10.5 days", "a " * 60),))
    first, second, third = (share * 100 for share in table.shares(100))
    # "10.5 days" has nine letters, "Figure" six.
    assert second > 9
    assert first > 6
    assert third > 60
    assert first + second + third == pytest.approx(100)


def test_where_all_words_have_no_room_every_column_gets_its_part_of_the_page():
    table = Table(("A", "B"), (False, False), (("x" * 500, "y" * 500),))
    assert table.shares(20) == pytest.approx((0.5, 0.5), abs=0.06)


def test_a_plan_with_long_texts_is_printed_across_the_page_and_a_short_one_is_not():
    wordy = tuple(
        PlannedChange(change=entry.change, owner=LONG, due=PLAN.planned[0].due, measure=LONG, target=LONG)
        for entry in PLAN.planned
    )
    for planned, across in ((PLAN.planned, False), (wordy, True)):
        parts = parts_of(content_of(Subject(analyse(WORKED), scenario=replace(PLAN, planned=planned))))
        assert [part.across for part in parts if part.title == "Plan"] == [across]


def test_what_one_change_assumes_is_not_said_again_of_the_next():
    twice = replace(PLAN, planned=(PLAN.planned[0], replace(PLAN.planned[0], owner="Ben")))
    planned = content_of(Subject(analyse(WORKED), scenario=twice)).planned
    assert planned is not None
    first, second = planned.words.changes
    assert first.assumption
    assert second.assumption == ""
    suggestions = content_of(Subject(analyse(WORKED))).suggestions
    said = [text for words in suggestions for text in (words.assumption, *words.questions) if text]
    assert len(said) == len(set(said))


def test_rows_of_the_workbook_are_as_high_as_their_texts():
    stages = (Stage(name=f"{LONG} {i}", processing_time=1.0, wait_time=2.0, complete_accurate=0.9) for i in range(3))
    book = openpyxl.load_workbook(BytesIO(excel_report(Subject(analyse(stream_of(*stages))))))
    for name in ("Stages", "Rework"):
        sheet = book[name]
        letters = sheet.column_dimensions["A"].width
        for row in range(7, 10):
            # A line takes 15 points.
            assert sheet.row_dimensions[row].height >= 15 * len(LONG) / letters, name
    named = openpyxl.load_workbook(BytesIO(excel_report(Subject(analyse(stream_of(Stage(name="x" * 20_000)))))))
    assert named["Stages"].row_dimensions[7].height <= 409, "no program shows a higher row"
