from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.reports.office import recompute
from tests.streams import WORKED, stream_of
from vsm.analysis import Analysis, analyse
from vsm.metrics import step_name
from vsm.model import Definitions, QualitySide, Stage, ValueStream, WaitSide
from vsm.reports.excel import excel_report
from vsm.reports.workbook.side import Sheet, Side
from vsm.scenario import with_stage
from vsm.subject import Subject

PARALLEL = (
    Stage(
        name="order",
        processing_time=1.0,
        wait_time=6.0,
        complete_accurate=0.9,
        people=1.0,
        team="Desk",
        wip=3.0,
        batch_size=3.0,
    ),
    Stage(name="legal", processing_time=2.0, wait_time=1.0, complete_accurate=0.8, parallel_group="checks"),
    Stage(
        name="credit",
        processing_time=5.0,
        wait_time=0.0,
        complete_accurate=0.7,
        parallel_group="checks",
        rework_to="order",
        team="Bank",
        people=2.0,
        availability=0.5,
        demand=3.0,
        batch_size=4.0,
    ),
    Stage(name="sign", processing_time=0.25, wait_time=30.0, team="Bank", batch_size=0.0),
    Stage(name="ship", wait_time=2.0, complete_accurate=0.95, rework_to="order", team="Dock", handoffs=2.0),
)
STREAMS: dict[str, ValueStream] = {
    "worked": WORKED,
    "outgoing": replace(WORKED, definitions=Definitions(complete_accurate=QualitySide.OUTGOING, wait=WaitSide.BEFORE)),
    "parallel": stream_of(*PARALLEL),
    "parallel_outgoing": stream_of(
        *PARALLEL, definitions=Definitions(complete_accurate=QualitySide.OUTGOING, demand=2.0, hours_per_day=7.0)
    ),
    "gaps": stream_of(Stage(name="a", wait_time=5.0), Stage(name="b"), Stage(name="=1+1", wait_time=0.0)),
    "never": with_stage(WORKED, 6, complete_accurate=0.0),
    "parallel_before": stream_of(*PARALLEL, definitions=Definitions(wait=WaitSide.BEFORE, demand=40.0)),
    "demand_only": stream_of(
        Stage(name="a", processing_time=4.0, people=2.0, availability=0.8), definitions=Definitions(demand=10.0)
    ),
    "seconds": stream_of(Stage(name="press", processing_time=1 / 3600, wait_time=40.0), Stage(name="weld")),
}
FAST_TESTING = {"Stages!C13": 3, "Stages!D13": 0.9}
"""Row 13 of the worked stream is Testing: its wait and its %C&A."""
OF_STAGES = {
    "Lead time (h)": "lead_time",
    "Share of lead time": "share_of_lead_time",
    "Share of waiting": "share_of_wait",
    "Expected visits": "expected_visits",
    "Lead time with rework (h)": "lead_time_with_rework",
    "Wait by batch (h)": "batch_wait",
    "Utilisation": "utilisation",
    "Capacity (items a week)": "capacity",
}
OF_STREAM = (
    "processing_time",
    "wait_time",
    "lead_time",
    "overlap",
    "flow_efficiency",
    "rolled_complete_accurate",
    "lead_time_with_rework",
    "cost_of_rework",
    "handoffs",
    "team_changes",
    "flow_load",
    "demand",
    "takt_time",
    "throughput",
    "load_by_littles_law",
)
"""Figures of the stream whose cells are named as the attributes of `Analysis`."""


@pytest.fixture(scope="module")
def recomputed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Every stream's workbook computed by LibreOffice, one of them after a wait and a %C&A were changed."""
    contents = {name: excel_report(Subject(analyse(stream))) for name, stream in STREAMS.items()}
    contents["changed"] = contents["worked"]
    return recompute(contents, {"changed": FAST_TESTING}, tmp_path_factory.mktemp("office"))


def named(book: Any, name: str) -> Any:
    """Return the value of a named cell, and `None` for the empty text that stands for "not measured"."""
    (sheet, cell) = next(iter(book.defined_names[name].destinations))
    value = book[sheet][cell].value
    return None if value == "" else value


def stage_rows(book: Any, side: Side) -> Iterator[dict[str, Any]]:
    rows = book[side.sheet(Sheet.STAGES)].iter_rows(min_row=6, values_only=True)
    labels = next(rows)
    for row in rows:
        yield {label: None if value == "" else value for label, value in zip(labels, row, strict=True)}


def about(value: float | None) -> Any:
    return None if value is None else pytest.approx(value, rel=1e-9, abs=1e-12)


def check_agrees(book: Any, analysis: Analysis, side: Side = Side.CURRENT) -> None:
    """Compare every figure of one state in a workbook with the analysis."""
    measured = analysis.stream.measured
    for name in OF_STREAM:
        # a log's overlap is a value that was measured, 0 included
        value = measured.overlap if measured is not None and name == "overlap" else getattr(analysis, name)
        cell = side.named(name)
        shown = named(book, cell) if cell in book.defined_names else None
        assert shown == about(value), name
    longest = analysis.longest_queue
    assert named(book, side.named("longest_wait")) == about(None if longest is None else longest.wait_time)
    place = None if longest is None else longest.before or "the customer"
    assert named(book, side.named("longest_wait_for")) == place
    rows = list(stage_rows(book, side))
    assert [row["Stage"] for row in rows] == [figures.name for figures in analysis.stages]
    for figures, row in zip(analysis.stages, rows, strict=True):
        for label, name in OF_STAGES.items():
            assert row.get(label) == about(getattr(figures, name)), (figures.name, label)


@pytest.mark.parametrize("name", STREAMS)
def test_libreoffice_computes_the_figures_of_the_analysis(recomputed: dict[str, Any], name: str):
    check_agrees(recomputed[name], analyse(STREAMS[name]))


def test_a_changed_wait_and_quality_change_the_figures(recomputed: dict[str, Any]):
    # 27 h of waiting less: flow efficiency is 47 of 312 h.
    assert named(recomputed["changed"], "flow_efficiency") == pytest.approx(47 / 312, rel=1e-12)
    check_agrees(recomputed["changed"], analyse(with_stage(WORKED, 6, wait_time=3.0, complete_accurate=0.9)))


@pytest.mark.parametrize("name", STREAMS)
def test_saved_values_are_what_the_formulas_give(recomputed: dict[str, Any], name: str):
    saved = openpyxl.load_workbook(BytesIO(excel_report(Subject(analyse(STREAMS[name])))), data_only=True)
    formulas = 0
    for sheet in ("Stages", "Figures", "Rework"):
        for row in saved[sheet].iter_rows():
            for cell in row:
                computed = recomputed[name][sheet][cell.coordinate].value
                is_number = isinstance(computed, int | float) and not isinstance(computed, bool)
                assert (cell.value or None) == (about(computed) if computed and is_number else computed or None), (
                    sheet,
                    cell.coordinate,
                )
                formulas += is_number
    assert formulas > 0


def test_the_worked_stream_shows_its_figures_without_any_calculation():
    book = openpyxl.load_workbook(BytesIO(excel_report(Subject(analyse(WORKED)))), data_only=True)
    assert named(book, "lead_time") == 339
    assert named(book, "flow_efficiency") == pytest.approx(0.138643, abs=5e-7)
    assert named(book, "rolled_complete_accurate") == pytest.approx(0.323958, abs=5e-7)
    assert named(book, "lead_time_with_rework") == pytest.approx(450.706, abs=5e-4)
    assert named(book, "longest_wait_for") == "Backlog refinement"


def test_figures_are_formulas_and_stated_values_are_not():
    book = openpyxl.load_workbook(BytesIO(excel_report(Subject(analyse(WORKED)))))
    sheet, cell = next(iter(book.defined_names["flow_efficiency"].destinations))
    assert "SUM" in book[sheet][cell].value
    assert book["Stages"]["C8"].value == 80
    assert book["Stages"]["G8"].value.startswith("=IF(COUNT(B8:C8)")


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "@SUM(1)", "http://example.org", "42", "{=1}", "\x1b\ud800odd", "x" * 40_000]
)
def test_texts_of_the_file_stay_texts(text: str):
    stages = (Stage(name=text, wait_time=1.0, team=text, note=text), Stage(name="b", wait_time=2.0))
    content = excel_report(Subject(analyse(ValueStream(stages=stages, name=text))))
    sheet = openpyxl.load_workbook(BytesIO(content))["Stages"]
    assert sheet["A7"].data_type == "s"
    assert str(sheet["A7"].value).endswith(text[-2:])
    assert b"hyperlink" not in b"".join(parts(content).values())


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_there_is_a_chart_of_the_cells_and_the_map_as_a_picture():
    found = parts(excel_report(Subject(analyse(WORKED))))
    chart = found["xl/charts/chart1.xml"].decode()
    assert "Stages!$B$7:$B$16" in chart
    assert "Stages!$C$7:$C$16" in chart
    assert found["xl/media/image1.png"].startswith(b"\x89PNG")
    drawings = b"".join(content for name, content in found.items() if name.startswith("xl/drawings/drawing"))
    assert drawings.count(b"descr=") == 2


def test_what_is_not_measured_is_an_empty_cell():
    book = openpyxl.load_workbook(BytesIO(excel_report(Subject(analyse(STREAMS["gaps"])))))
    assert book["Stages"]["B7"].value is None
    assert book["Stages"]["C8"].value is None
    assert book["Stages"]["C9"].value == 0


def test_it_prints_in_landscape_as_wide_as_the_page_with_its_header():
    book = openpyxl.load_workbook(BytesIO(excel_report(Subject(analyse(WORKED)))))
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert book["Stages"].freeze_panes == "B7"
    assert book["Stages"].print_title_rows == "$6:$6"


def test_the_same_analysis_gives_the_same_bytes():
    assert excel_report(Subject(analyse(WORKED))) == excel_report(Subject(analyse(WORKED)))


def test_the_app_can_read_its_own_workbook(tmp_path: Path):
    from vsm.reading import read

    path = tmp_path / "report.xlsx"
    path.write_bytes(excel_report(Subject(analyse(WORKED))))
    stream = read(path).stream
    assert stream is not None
    again = analyse(stream)
    assert again.lead_time == pytest.approx(339)
    assert again.lead_time_with_rework == pytest.approx(450.706, abs=5e-4)
    assert step_name(again.stream, again.bottleneck.stages) == "Backlog refinement"
