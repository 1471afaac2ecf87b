"""The template is read back by the product itself, without anything to complain of."""

from __future__ import annotations

import io

import openpyxl
import pytest

from vsm.guide import BLOCKS, GUIDE, interview_sheet
from vsm.model import Severity
from vsm.reading.files import open_bytes
from vsm.reading.shapes import Choices, Reading, Role
from vsm.reading.stages import read_workbook
from vsm.template import EXPLANATION_SHEET, TEMPLATE, template_csv, template_xlsx


def read(data: bytes, name: str) -> Reading:
    return read_workbook(open_bytes(data, name), Choices())


@pytest.mark.parametrize(("make", "name"), [(template_xlsx, "t.xlsx"), (template_csv, "t.csv")])
def test_reading_it_back_finds_every_column_and_no_problem(make, name):
    reading = read(make(), name)
    assert [problem for problem in reading.problems if problem.severity is not Severity.NOTE] == []
    assert reading.blocking == ()
    assert reading.questions == ()
    assert len(reading.columns) == len(TEMPLATE)
    assert Role.IGNORE not in {column.role for column in reading.columns}
    assert (reading.rows.used, reading.rows.left_out, reading.rows.blank) == (5, 0, 0)


@pytest.mark.parametrize(("make", "name"), [(template_xlsx, "t.xlsx"), (template_csv, "t.csv")])
def test_the_example_has_the_figures_that_a_person_reads_in_it(make, name):
    stream = read(make(), name).stream
    assert stream is not None
    assert [stage.processing_time for stage in stream.stages] == [2, 0.5, 24, 6, 1]
    assert [stage.wait_time for stage in stream.stages] == [16, 64, 8, 24, 0]
    assert [stage.complete_accurate for stage in stream.stages] == [None, 0.8, 0.9, 0.75, 0.95]
    assert [stage.demand for stage in stream.stages] == [6] * 5
    assert stream.stages[3].rework_to == "Build"


def test_the_workbook_notes_checks_and_explains_each_column():
    book = openpyxl.load_workbook(io.BytesIO(template_xlsx()))
    table = book.worksheets[0]
    assert [cell.comment.text for cell in table[1]] == [column.note for column in TEMPLATE]
    checked = {str(rule.sqref)[0] for rule in table.data_validations.dataValidation}
    assert checked == {"D", "E", "F", "G", "H"}
    explained = {row[0].value: row[1].value for row in book[EXPLANATION_SHEET].iter_rows()}
    assert {column.header: column.note for column in TEMPLATE}.items() <= explained.items()


def test_the_example_may_be_written_over_with_another_number_of_rows():
    book = openpyxl.load_workbook(io.BytesIO(template_xlsx()))
    table = book.worksheets[0]
    table.delete_rows(4, 3)
    saved = io.BytesIO()
    book.save(saved)
    reading = read(saved.getvalue(), "mine.xlsx")
    assert reading.sheet == table.title
    assert reading.rows.used == 2


def test_the_interview_sheet_needs_nothing_but_itself_and_has_a_block_for_each_step():
    html = interview_sheet().decode()
    assert html.count("<section>") == BLOCKS + 1
    assert "Step 12, counted from the end" in html
    for outside in ("http", "src=", "<script", "@import", "url("):
        assert outside not in html


def test_the_guide_has_the_steps_of_collecting():
    words = " ".join([chapter.title + " " + chapter.words + " ".join(chapter.points) for chapter in GUIDE])
    for subject in ("starts", "ends", "from the end back", "no instruction mentions", "%C&A", "Three items", "wait"):
        assert subject in words
