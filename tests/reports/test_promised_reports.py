"""Promised against achieved, and scenarios side by side, in every report: figures by hand, the workbook recomputed."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pptx
import pytest

from tests.planned import LEAD_TIME, PLAN
from tests.reports.office import recompute
from tests.reports.test_html import Page
from tests.streams import WORKED
from tests.test_achievement import BEFORE, NOW, SCENARIO
from vsm.achievement import achievement
from vsm.analysis import analyse
from vsm.changes import SetWaitTime
from vsm.plan import PlannedChange, Scenario
from vsm.reports import excel_report, html_report, markdown_report, slides_report
from vsm.subject import Subject
from vsm.summary import write_summary

PROMISED = Subject(analyse(NOW), achieved=achievement(BEFORE, SCENARIO, NOW))
"""80 h were to become 29 h and are 42 h; the stages one by one stand beside the streams themselves."""
LESS = Scenario(name="Less waiting", planned=(PlannedChange(change=SetWaitTime(stage="Testing", hours=3.0)),))
NOTHING = Scenario(name="=1+1")
SCENARIOS = Subject(analyse(WORKED), scenario=PLAN, scenarios=(PLAN, LESS, NOTHING))
"""339 h now; the plan leaves 293 h, and 27 h less behind Testing 312 h."""


@pytest.fixture(scope="module")
def recomputed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    contents = {"promised": excel_report(PROMISED), "scenarios": excel_report(SCENARIOS)}
    contents["changed"] = contents["promised"]
    # Row 5 is the stream's lead time: had it become 29 h, the whole promise would have come.
    return recompute(contents, {"changed": {"Promised!E5": 29}}, tmp_path_factory.mktemp("promised"))


def rows_of(book: Any, sheet: str) -> dict[tuple[Any, Any], tuple[Any, ...]]:
    return {(row[0], row[1]): row[2:] for row in book[sheet].iter_rows(min_row=5, values_only=True) if row[1]}


def test_libreoffice_computes_what_was_promised_what_came_and_the_rest(recomputed: dict[str, Any]):
    rows = rows_of(recomputed["promised"], "Promised")
    assert rows["The stream", "Lead time (h)"] == (80, 29, 42, -51, -38, 13, pytest.approx(38 / 51))
    assert rows["The stream", "Wait time (h)"][:6] == (65, 15, 24, -50, -41, 9)
    assert rows["Draft", "Lead time (h)"][:6] == (44, 14, 20, -30, -24, 6)
    assert rows["Approve", "Lead time (h)"][:6] == (21, "not there", 8, -21, -13, 8)
    assert rows["Audit", "Lead time (h)"][:6] == ("not there", "not there", 2, 0, 2, 2)
    # Nobody said a %C&A.
    assert {rows[key][5] for key in rows if key[1] == "%C&A"} <= {None, ""}
    changed = rows_of(recomputed["changed"], "Promised")
    assert changed["The stream", "Lead time (h)"] == (80, 29, 29, -51, -51, 0, 1)


def test_the_values_saved_in_the_workbook_are_those_that_libreoffice_computes(recomputed: dict[str, Any]):
    for name, subject, sheet in (("promised", PROMISED, "Promised"), ("scenarios", SCENARIOS, "Scenarios")):
        saved = openpyxl.load_workbook(BytesIO(excel_report(subject)), data_only=True)
        for row, found in zip(saved[sheet].iter_rows(), recomputed[name][sheet].iter_rows(), strict=True):
            for cell, again in zip(row, found, strict=True):
                one, other = (None if value == "" else value for value in (cell.value, again.value))
                assert other == (pytest.approx(one) if isinstance(one, float) else one), cell.coordinate


def test_libreoffice_computes_what_each_scenario_saves(recomputed: dict[str, Any]):
    sheet = recomputed["scenarios"]["Scenarios"]
    labels = [cell.value for cell in sheet[4]]
    rows = [dict(zip(labels, row, strict=True)) for row in sheet.iter_rows(min_row=5, max_row=8, values_only=True)]
    assert [row["Scenario"] for row in rows] == ["Current state", "Next quarter", "Less waiting", "=1+1"]
    assert [row["Lead time (h)"] for row in rows] == pytest.approx([339, LEAD_TIME, 312, 339])
    saved = [row["Lead time with rework against now (h)"] for row in rows]
    # Testing is visited 1.5054 times, each 27 h shorter.
    assert saved[2] == pytest.approx(-27 * 1.5054, abs=0.01)
    assert saved[2] == pytest.approx(rows[2]["Lead time with rework (h)"] - 450.706, abs=0.001)
    assert rows[2]["Part of what it is now"] == pytest.approx(saved[2] / 450.706, abs=1e-5)
    assert saved[3] == 0


def test_a_workbook_without_either_has_no_sheet_for_it():
    sheets = openpyxl.load_workbook(BytesIO(excel_report(Subject(analyse(NOW), scenarios=(PLAN,))))).sheetnames
    assert {"Promised", "Scenarios"}.isdisjoint(sheets)


def test_every_report_says_how_much_of_the_promise_came():
    slides = pptx.Presentation(BytesIO(slides_report(PROMISED))).slides
    last = slides[len(slides) - 1]
    assert last.shapes.title.text_frame.text == "Promised and achieved"
    (table,) = [shape.table for shape in last.shapes if shape.has_table]
    assert [cell.text for cell in table.rows[0].cells] == ["Figure", "Before", "Promised", "Now", "Rest"]
    in_slides = " ".join(shape.text_frame.text for shape in last.shapes if shape.has_text_frame)
    book = openpyxl.load_workbook(BytesIO(excel_report(PROMISED)))["Promised"]
    in_workbook = " ".join(str(cell.value) for row in book for cell in row)
    # 38 of 51 h
    for text in (in_slides, in_workbook, Page(html_report(PROMISED)).text, markdown_report(PROMISED)):
        assert "74.5% of the promise came: 4.8 days less, where 6.4 days were promised." in text


def test_the_summary_says_what_each_scenario_brings_and_which_saves_most():
    (found,) = [s for s in write_summary(SCENARIOS).sections if s.title == "The scenarios"]
    assert found.paragraphs == ("“Next quarter” saves most: 10.1 days of lead time.",)
    assert [bullet[: bullet.index("”") + 1] for bullet in found.bullets] == [
        "“Next quarter”",
        "“Less waiting”",
        "“=1+1”",
    ]
    assert found.bullets[2] == "“=1+1” changes nothing so far."
    assert "The scenarios" not in [s.title for s in write_summary(Subject(analyse(WORKED))).sections]


def test_more_scenarios_than_fit_are_counted():
    many = Subject(analyse(WORKED), scenarios=(PLAN, *[LESS] * 5))
    (found,) = [s for s in write_summary(many).sections if s.title == "The scenarios"]
    assert len(found.bullets) == 4
    assert found.paragraphs[0].endswith("2 more are in the table of scenarios.")
