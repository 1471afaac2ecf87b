"""The trend over periods and the comparison of two streams in every report: figures by hand, names as text."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pptx
import pytest

from tests.reports.office import recompute
from tests.reports.test_html import Page
from tests.streams import stream_of
from vsm import analyse
from vsm.comparison import Compared, compare_two
from vsm.model import Snapshot, Stage, ValueStream
from vsm.reports import excel_report, html_report, markdown_report, pdf_report, slides_report, word_report
from vsm.subject import Subject
from vsm.trend import trend

JANUARY = stream_of(Stage(name="Design", processing_time=4, wait_time=16), Stage(name="Build", processing_time=8))
JUNE = stream_of(Stage(name="Design", processing_time=4, wait_time=8), Stage(name="Test", processing_time=2))
"""Lead times 28 and 14 h; the wait of Design is 8 h less."""


def subject(first: ValueStream = JANUARY, second: ValueStream = JUNE, name: str = "june.csv") -> Subject:
    compared = compare_two(
        Compared(name="january.csv", stream=first, measured=None), Compared(name=name, stream=second, measured=None)
    )
    followed = trend([Snapshot(period="Jan", stream=first), Snapshot(period="Jun", stream=second)])
    return Subject(analyse(second), trend=followed, comparison=compared)


def texts() -> dict[str, str]:
    document = docx.Document(BytesIO(word_report(subject())))
    slides = pptx.Presentation(BytesIO(slides_report(subject()))).slides
    of_slides = [shape for slide in slides for shape in slide.shapes]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return {
        "html": Page(html_report(subject())).text,
        "markdown": markdown_report(subject()),
        "word": "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells]),
        "slides": "\n".join(shape.text_frame.text for shape in of_slides if shape.has_text_frame),
    }


def test_every_report_says_what_changed_and_what_differs() -> None:
    for name, text in texts().items():
        assert "Trend over the periods" in text, name
        assert "Lead time fell from 3.5 days (Jan) to 14 h (Jun)." in text, name
        assert "Comparison of january.csv and june.csv" in text, name
        assert "lead time is 3.5 days and 14 h" in text, name


def test_a_subject_without_either_says_nothing_of_them() -> None:
    page = html_report(Subject(analyse(JUNE)))
    assert "Trend over" not in page
    assert "Comparison of" not in page
    assert set(openpyxl.load_workbook(BytesIO(excel_report(Subject(analyse(JUNE))))).sheetnames).isdisjoint(
        {"Trend", "Comparison"}
    )


def test_the_pdf_has_its_charts() -> None:
    assert len(pdf_report(subject())) > len(pdf_report(Subject(analyse(JUNE)))) + 5_000


@pytest.fixture(scope="module")
def recomputed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    content = {"now": excel_report(subject())}
    return recompute(content, {}, tmp_path_factory.mktemp("changes"))


def rows_of(sheet: Any) -> dict[tuple[str, str], tuple[Any, ...]]:
    return {(row[0], row[1]): row[2:5] for row in sheet.iter_rows(min_row=5, values_only=True) if row[1]}


def test_the_workbooks_differences_are_live(recomputed: dict[str, Any]) -> None:
    for sheet in ("Trend", "Comparison"):
        rows = rows_of(recomputed["now"][sheet])
        assert rows["The stream", "Lead time (h)"] == (28, 14, -14)
        assert rows["Design", "Wait time (h)"] == (16, 8, -8)
    assert rows_of(recomputed["now"]["Trend"])["Build", "Processing time (h)"][:1] == (8,)  # it is gone in June
    saved = openpyxl.load_workbook(BytesIO(excel_report(subject())), data_only=True)
    assert rows_of(saved["Trend"])["The stream", "Lead time (h)"] == (28, 14, -14)


def test_names_of_files_and_periods_stay_text(tmp_path: Path) -> None:
    hostile = subject(name="=1+1<script>|*x*")
    assert "<script>" not in html_report(hostile)
    book = openpyxl.load_workbook(BytesIO(excel_report(hostile)))
    assert book["Comparison"]["D4"].data_type == "s"
    assert r"\<script\>" in markdown_report(hostile) or "&lt;script" in markdown_report(hostile)
