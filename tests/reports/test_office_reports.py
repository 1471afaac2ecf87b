"""Word, slides and PDF: what a program reads out of them, for the worked stream, its plan, and names that want harm."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import combinations
from pathlib import Path

import docx
import pptx
import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from tests.planned import PLAN
from tests.reports.test_html import Page
from tests.streams import WORKED, stream_of
from vsm.analysis import analyse
from vsm.changes import SetWaitTime
from vsm.charts.map_text import clean
from vsm.headlines import headline_figures
from vsm.model import Definitions, Problem, RowCount, Severity, Source, Stage, ValueStream
from vsm.plan import PlannedChange, Scenario
from vsm.reports import html_report, markdown_report, pdf_report, slides_report, word_report
from vsm.reports.content import content_of, size_of
from vsm.reports.parts import Table, parts_of
from vsm.reports.pdf import _compiled
from vsm.subject import Subject
from vsm.summary import escape_markdown

PLANNED = Subject(analyse(WORKED), scenario=PLAN)
HOSTILE = (
    "\x00\x01\x1b[31m\ufffe\uffff",
    "]]><w:p/><!ENTITY x SYSTEM 'file:///etc/passwd'>&amp;&x;",
    '#read("/etc/passwd") #import "@preview/a:1.0.0" $ x^2 $ *b* _i_ @ref <label> \\ `raw` // c',
    '=HYPERLINK("http://evil.example","x")',
    "\u202eright to left\u2066 שלום العربية 日本語 🚲",
    "x" * 10_000,
    "many words " * 1_000,
    "",
)


def word(content: bytes) -> docx.document.Document:
    return docx.Document(BytesIO(content))


def word_texts(content: bytes) -> str:
    document = word(content)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def shapes(content: bytes) -> Iterator[object]:
    for slide in pptx.Presentation(BytesIO(content)).slides:
        yield from slide.shapes


def slide_texts(content: bytes) -> str:
    texts = []
    for shape in shapes(content):
        if shape.has_text_frame:
            texts.append(shape.text_frame.text)
        if shape.has_table:
            texts += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(texts)


def pdf_texts(content: bytes, folder: Path) -> str:
    """Return the text of a PDF with single blanks; skips where poppler is not installed."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed, so the text of a PDF cannot be read.")
    (folder / "report.pdf").write_bytes(content)
    found = subprocess.run(["pdftotext", "-raw", folder / "report.pdf", "-"], capture_output=True, check=True)
    return " ".join(found.stdout.decode().replace("\u200b", "").split())


def hostile(name: str) -> Subject:
    stages = (
        Stage(name=f"{name}1", processing_time=1.0, wait_time=9.0, team=name, note=name, batch_size=5.0),
        Stage(name=f"{name}2", processing_time=1.0, wait_time=2.0, complete_accurate=0.5, team=name),
    )
    problem = Problem(severity=Severity.NOTE, repair="x", message=name, row=2, column=name, found=name)
    source = Source(file=name, sheet=name, rows=RowCount(used=2, left_out=0, blank=0), problems=(problem,))
    return Subject(analyse(ValueStream(stages=stages, name=name or "-", start=name, end=name, source=source)))


def test_every_report_says_the_same_sentences_and_figures(tmp_path: Path):
    content = content_of(PLANNED)
    planned = content.planned
    assert planned is not None
    said = [content.title, *content.findings, content.verdict_title, *content.verdict_sentences]
    said += [text for figure in content.figures for text in (figure.label, figure.value, figure.sentence)]
    said += [text for words in content.suggestions for text in (words.title, words.saves, words.first_step)]
    said += [text for row in planned.words.plan.rows for text in row]
    said += [text for row in planned.words.gains.rows for text in row]
    said += [planned.words.gain, planned.words.bottleneck, *planned.words.worth]
    slides = slide_texts(slides_report(PLANNED))
    in_pdf = pdf_texts(pdf_report(PLANNED), tmp_path).replace(" ", "")
    in_word = word_texts(word_report(PLANNED))
    for text in said:
        assert text in slides, text
        assert text in in_word, text
        assert text.replace(" ", "") in in_pdf, text
    page, markdown = Page(html_report(PLANNED)).text, markdown_report(PLANNED)
    for text in (*content.findings, *(figure.value for figure in content.figures), content.verdict_title):
        assert text in page
        assert escape_markdown(text) in markdown
    for row in content.stages.rows:
        for cell in row:
            assert cell in in_word
            assert cell.replace(" ", "") in in_pdf


def test_word_has_headings_tables_with_header_rows_and_alternatives():
    document = word(word_report(PLANNED))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [part.title for part in parts_of(content_of(PLANNED))]
    assert [p.text for p in document.paragraphs if p.style.name == "Title"] == ["Feature delivery"]
    assert document.tables
    for table in document.tables:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    drawn = document.element.xpath("//wp:docPr")
    assert len(drawn) > 5
    assert all(len(picture.get("descr")) > 20 for picture in drawn)
    foot = document.sections[0].footer.paragraphs[0]._p
    assert [field.get(docx.oxml.ns.qn("w:instr")) for field in foot.xpath("./w:fldSimple")] == ["PAGE", "NUMPAGES"]
    assert {lang.get(docx.oxml.ns.qn("w:val")) for lang in document.styles.element.xpath("//w:lang")} == {"en-GB"}
    assert (document.core_properties.title, document.core_properties.author) == ("Feature delivery", "")


def test_wide_tables_go_on_below_and_lose_no_column():
    stages = content_of(PLANNED).stages
    (part,) = [part for part in parts_of(content_of(PLANNED)) if part.title == "Stages"]
    tables = [block for block in part.blocks if isinstance(block, Table)]
    assert part.across
    assert [label for table in tables for label in table.labels[1:]] == list(stages.labels[1:])
    assert all(table.labels[0] == "Stage" and len(table.labels) <= 10 for table in tables)
    assert [row[0] for row in tables[-1].rows] == [stage.name for stage in WORKED.stages]


def test_there_is_one_slide_for_each_thing_with_a_table_and_a_chart_to_edit():
    slides = pptx.Presentation(BytesIO(slides_report(PLANNED))).slides
    assert [slide.shapes.title.text_frame.text for slide in slides] == [
        "Feature delivery",
        "Value stream map",
        "Stages",
        "Bottleneck: Work waits longest in front of Backlog refinement",
        "Suggestions",
        "The future state",
        "Map of the future state",
        "Plan: Next quarter",
    ]
    (chart,) = [shape.chart for shape in slides[3].shapes if shape.has_chart]
    work, wait = chart.plots[0].series
    assert list(work.values) == [stage.processing_time / 8 for stage in WORKED.stages]
    assert list(wait.values) == [stage.wait_time / 8 for stage in WORKED.stages]
    assert [[shape.has_table for shape in slide.shapes].count(True) for slide in slides] == [1, 0, 1, 0, 1, 1, 0, 1]
    pictures = [shape for slide in slides for shape in slide.shapes if shape.shape_type == 13]
    assert all(len(picture._element.nvPicPr.cNvPr.get("descr")) > 20 for picture in pictures)


def test_many_stages_are_shortened_and_counted():
    many = stream_of(*(Stage(name=f"s{i}", processing_time=1.0, wait_time=40.0 - i) for i in range(20)))
    slides = pptx.Presentation(BytesIO(slides_report(Subject(analyse(many))))).slides
    (chart,) = [shape.chart for shape in slides[4].shapes if shape.has_chart]
    assert list(chart.plots[0].categories) == [f"{i + 1}. s{i}" for i in range(15)]
    assert "the 15 longest; 5 shorter ones are not shown" in chart.chart_title.text_frame.text


def test_a_map_of_many_stages_has_longer_rows_on_a_slide_and_its_figures_in_tables():
    many = Subject(analyse(stream_of(*(Stage(name=f"s{i}", processing_time=1.0, wait_time=8.0) for i in range(50)))))
    slides = pptx.Presentation(BytesIO(slides_report(many))).slides
    width, height = size_of(content_of(many).map.svg)
    (drawn,) = [shape for shape in slides[1].shapes if shape.shape_type == 13]
    # A slide is wider than the page of a report: rows of five stages would leave most of it empty.
    assert drawn.width / drawn.height > 2 * width / height
    tables = [shape.table for slide in list(slides)[2:5] for shape in slide.shapes if shape.has_table]
    names = [table.cell(row, 0).text for table in tables for row in range(1, len(table.rows))]
    assert names == [f"s{i}" for i in range(len(names))]
    said = " ".join(shape.text_frame.text for shape in slides[4].shapes if shape.has_text_frame)
    assert f"{50 - len(names)} more stages are in the other reports." in said


def test_each_picture_of_word_is_in_one_paragraph_with_its_sentence_as_office_programs_part_paragraphs():
    document = word(word_report(PLANNED))
    drawn = [p for p in document.paragraphs if p._p.xpath(".//wp:inline")]
    assert len(drawn) > 5
    assert all(p.text.strip() and p.paragraph_format.keep_together for p in drawn)
    assert all(not p.paragraph_format.keep_with_next for p in drawn)


def test_charts_of_capacity_are_in_the_reports_where_people_and_demand_are_known():
    busy = stream_of(
        Stage(name="Build", processing_time=4.0, wait_time=8.0, people=1.0), definitions=Definitions(demand=5.0)
    )
    # 4 h of work each, 5 a week of 40 h: busy half of the time, and an item is due every 8 h.
    said = (
        "How the queue in front of Build grows as it gets busier",
        "Busy 50% of its time",
        "finished every 8 h (takt)",
    )
    page, document = Page(html_report(Subject(analyse(busy)))).text, word_texts(word_report(Subject(analyse(busy))))
    for text in said:
        assert text in page
        assert text in document
    assert "Capacity" not in [charts.title for charts in content_of(Subject(analyse(WORKED))).charts]


def test_nothing_stands_outside_of_its_slide():
    presentation = pptx.Presentation(BytesIO(slides_report(PLANNED)))
    for slide in presentation.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= presentation.slide_width
            assert shape.top + shape.height <= presentation.slide_height


def test_long_names_run_over_nothing_and_every_change_of_the_plan_is_on_a_slide():
    names = [f"Abstimmung mit dem Fachbereich, dem Datenschutz und der Informationssicherheit {i}" for i in range(25)]
    stages = (Stage(name=n, processing_time=1.0, wait_time=9.0 + i, people=0.01) for i, n in enumerate(names))
    changes = (SetWaitTime(stage=name, hours=1.0) for name in names[:12])
    planned = tuple(PlannedChange(change=c, owner="Referat für Grundsatzangelegenheiten") for c in changes)
    stream = replace(stream_of(*stages, definitions=Definitions(demand=5.0)), name=" ".join(names[:2]))
    presentation = pptx.Presentation(
        BytesIO(slides_report(Subject(analyse(stream), scenario=Scenario(name=names[0], planned=planned))))
    )
    rows = []
    for slide in presentation.slides:
        boxes = [shape for shape in slide.shapes if shape.shape_type in (13, 17) or shape.has_table or shape.has_chart]
        for one, other in combinations(boxes, 2):
            below = one.top + one.height <= other.top or other.top + other.height <= one.top
            beside = one.left + one.width <= other.left or other.left + other.width <= one.left
            assert below or beside, slide.shapes.title.text_frame.text
        title = slide.shapes.title.text_frame.text
        rows += [row.cells[0].text for s in slide.shapes if s.has_table and "Plan" in title for row in s.table.rows]
    assert sum("from" in row for row in rows) == 12


def test_the_pdf_fulfils_what_the_standard_for_accessible_documents_asks():
    # The library refuses to write PDF/UA-1 where an alternative, the title, the language or an order of headings lacks.
    assert b"pdfuaid" in _compiled(content_of(PLANNED), standards=["ua-1"])
    content = pdf_report(PLANNED)
    assert b"/MarkInfo" in content
    assert b"/Lang" in content
    assert b"/Subtype/Image" not in content.replace(b" ", b""), "map and charts are drawings"


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_no_report_fails_on_a_name(name: str):
    subject = hostile(name)
    assert pdf_report(subject).startswith(b"%PDF")
    assert html_report(subject)
    assert markdown_report(subject)
    assert clean(name)[:50] in word_texts(word_report(subject))
    # Headline, map, stages, bottleneck and suggestions, of which long names may take two slides.
    assert len(pptx.Presentation(BytesIO(slides_report(subject))).slides) in (5, 6)


def test_markup_in_a_name_is_shown_and_not_run(tmp_path: Path):
    text = pdf_texts(pdf_report(hostile('#read("/etc/passwd") *b* $x$ #"a"')), tmp_path)
    assert '#read("/etc/passwd") *b* $x$ #"a"' in text
    assert "root:" not in text


# A failure takes minutes to shrink, as each try draws all charts.
@settings(max_examples=3, phases=[Phase.explicit, Phase.generate])
@example("𝑵 𝒄𝒃𝒆𝒉𝒊𝒒𝒖")
@given(st.text(alphabet=st.characters(), max_size=60))
def test_no_report_fails_on_any_text(name: str):
    subject = hostile(name)
    for make in (word_report, slides_report, pdf_report):
        assert make(subject)


def test_nothing_measured_is_no_reason_to_fail():
    subject = Subject(analyse(stream_of(Stage(name="only"))))
    figures = headline_figures(subject.analysis)
    assert figures[0].value in slide_texts(slides_report(subject))
    assert word_report(subject)
    assert pdf_report(subject)


def test_the_same_analysis_gives_the_same_bytes():
    subject = Subject(analyse(stream_of(Stage(name="a", processing_time=1.0, wait_time=2.0))))
    for make in (word_report, slides_report, pdf_report):
        assert make(subject) == make(subject)
    with zipfile.ZipFile(BytesIO(word_report(subject))) as file:
        assert {member.date_time[0] for member in file.infolist()} == {1980}
