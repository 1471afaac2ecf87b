from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.streams import WORKED, stream_of
from vsm.analysis import Analysis, analyse
from vsm.model import Definitions, Problem, RowCount, Severity, Source, Stage, ValueStream
from vsm.reports import PDF_REPORT, REPORTS, csv_report, markdown_report, write
from vsm.reports.shown import shown_stages
from vsm.subject import Subject

HOSTILE = (
    "![x](http://evil.example/p.png)",
    "a | b",
    "<img src=x>",
    "# big\n# bigger",
    "`code` **bold**",
    "[l](http://e)",
)


def rendered(analysis: Analysis) -> str:
    return MarkdownIt("commonmark").enable("table").render(markdown_report(Subject(analysis)))


def stream_named(*names: str) -> ValueStream:
    stages = tuple(Stage(name=n, processing_time=1.0, wait_time=float(i + 1), team=n) for i, n in enumerate(names))
    problem = Problem(severity=Severity.NOTE, repair="r", message=f"Found {names[0]}.")
    source = Source(file=names[0], sheet=None, rows=RowCount(used=len(names), left_out=0, blank=0), problems=(problem,))
    return ValueStream(stages=stages, name=names[0], source=source)


def rows_of(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_markdown_has_the_figures_and_a_row_for_each_stage():
    html = rendered(analyse(WORKED))
    for exact in ("339 h", "13.8643%", "32.3958%", "450.706 h"):
        assert f"<td>{exact}</td>" in html
    _, stages = html.split("<h2>Stages</h2>")
    assert stages.count("<tr>") == 1 + len(WORKED.stages)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_becomes_a_mark_of_its_own(name: str):
    plain, hostile = (rendered(analyse(stream_named(n, "b"))) for n in ("plain", name))
    for tag in ("<img", "<a ", "<code", "<strong", "<em", "<h1", "<h2", "<td", "<li"):
        assert hostile.count(tag) == plain.count(tag), tag


def test_csv_has_the_stage_table_unrounded():
    header, *rows = rows_of(csv_report(Subject(analyse(WORKED))))
    assert header[:3] == ["Stage", "Processing time (h)", "Wait time (h)"]
    assert [row[0] for row in rows] == [stage.name for stage in WORKED.stages]
    share = header.index("Share of lead time")
    assert float(rows[0][share]) == 16.5 / 339
    assert [float(row[2]) for row in rows] == [stage.wait_time for stage in WORKED.stages]


def test_csv_leaves_empty_what_is_not_measured():
    header, first, second = rows_of(
        csv_report(Subject(analyse(stream_of(Stage(name="a", wait_time=0.0), Stage(name="b")))))
    )
    wait = header.index("Wait time (h)")
    assert (float(first[wait]), second[wait]) == (0.0, "")
    assert "nan" not in {*first, *second}


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_csv_runs_no_name_as_a_formula(name: str):
    _, first, _ = rows_of(csv_report(Subject(analyse(stream_named(name, "b")))))
    assert first[0] == f"'{name}"
    assert not [cell for cell in first if cell.startswith(tuple("=+-@\t\r"))]


def test_csv_keeps_names_that_need_quotes():
    names = ('a,"b"', "line\nbreak", "Prüfung 検査")
    _, *rows = rows_of(csv_report(Subject(analyse(stream_named(*names)))))
    assert [row[0] for row in rows] == list(names)


def test_the_stage_table_in_words():
    shown = shown_stages(analyse(WORKED))
    cells = dict(zip(shown.labels, shown.rows[6], strict=True))
    assert cells["Stage"] == "Testing"
    assert (cells["Processing time"], cells["Wait time"], cells["%C&A"]) == ("8 h", "3.8 days", "70%")
    assert (cells["Expected visits"], cells["Rework goes to"]) == ("1.51", "Code review")
    assert dict(zip(shown.labels, shown.numeric, strict=True))["Stage"] is False


def test_demand_in_words_is_no_duration():
    stages = (Stage(name="a", processing_time=1.0, people=2.0, demand=3.0),)
    shown = shown_stages(analyse(stream_of(*stages, definitions=Definitions(hours_per_day=6.0))))
    cells = dict(zip(shown.labels, shown.rows[0], strict=True))
    # 2 people x 6 h x 5 days = 60 h a week; 3 items of 1 h each.
    assert (cells["Demand (a week)"], cells["Capacity (items a week)"], cells["Utilisation"]) == ("3", "60", "5%")


def test_write_goes_by_the_suffix(tmp_path: Path):
    analysis = analyse(WORKED)
    for suffix in sorted({*REPORTS} - {PDF_REPORT}):
        write(analysis, tmp_path / f"out.{suffix.upper()}")
    assert (tmp_path / "out.MD").read_text(encoding="utf-8") == markdown_report(Subject(analysis))
    assert (tmp_path / "out.CSV").read_bytes() == csv_report(Subject(analysis))
    assert zipfile.is_zipfile(tmp_path / "out.XLSX")
    assert "<svg" in (tmp_path / "out.SVG").read_text(encoding="utf-8")
    assert (tmp_path / "out.PDF").read_bytes().startswith(b"%PDF")
    for name in ("out.odt", "out"):
        with pytest.raises(ValueError, match=r"\.html, \.docx, \.pptx, \.xlsx"):
            write(analysis, tmp_path / name)
        assert not (tmp_path / name).exists()
