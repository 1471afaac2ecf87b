"""Subject -> HTML, Word, PowerPoint, PDF, Excel, Markdown, CSV and the map as a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from vsm.analysis import Analysis
from vsm.charts.export import svg_to_pdf, svg_to_png
from vsm.charts.value_stream_map import value_stream_map
from vsm.flow import MeasuredLog
from vsm.palette import Theme
from vsm.plan import Scenario
from vsm.reports.csv import csv_report
from vsm.reports.excel import excel_report
from vsm.reports.html import html_report
from vsm.reports.markdown import markdown_report
from vsm.reports.pdf import pdf_report
from vsm.reports.slides import slides_report
from vsm.reports.word import word_report
from vsm.subject import Subject

__all__ = [
    "REPORTS",
    "Report",
    "csv_report",
    "excel_report",
    "html_report",
    "markdown_report",
    "pdf_report",
    "slides_report",
    "word_report",
    "write",
]


class Report(NamedTuple):
    """One kind of file that an analysis can become."""

    what: str
    """As it follows "write": "the map as a picture"."""
    make: Callable[[Subject], bytes]


def _map(subject: Subject) -> str:
    """Draw the map in plain colours: programs that show an SVG file need not know CSS variables."""
    return value_stream_map(subject.analysis, theme=Theme.LIGHT, standalone=True)


PDF_REPORT = "pdf-report"
"""Not a suffix: .pdf is the map alone."""

REPORTS: dict[str, Report] = {
    "html": Report("the whole report as one page that opens offline", lambda s: html_report(s).encode()),
    "docx": Report("the whole report as a Word document", word_report),
    "pptx": Report("slides with headline figures, map, bottleneck, suggestions and plan", slides_report),
    PDF_REPORT: Report("the whole report as a tagged PDF for print", pdf_report),
    "xlsx": Report("an Excel workbook with live formulas", excel_report),
    "md": Report("the written summary with the figures, as Markdown", lambda s: markdown_report(s).encode()),
    "csv": Report("the stage table", csv_report),
    "svg": Report("the value stream map as a drawing", lambda s: _map(s).encode()),
    "png": Report("the value stream map as a picture", lambda s: svg_to_png(_map(s))),
    "pdf": Report("the value stream map for print", lambda s: svg_to_pdf(_map(s))),
}
"""What can be written, by the option of the command line; but for the PDF report it is the suffix of the file, too."""


def write(
    analysis: Analysis, path: str | Path, measured: MeasuredLog | None = None, *, scenario: Scenario | None = None
) -> None:
    """Write the report that the suffix of `path` asks for: .html, .docx, .pptx, .xlsx, .md, .csv, .svg,
    .png or .pdf, which is the map; the report as PDF is `pdf_report`.

    With the `measured_log` of an item log, .html and .docx show its flow over time; with a scenario, reports show its
    future state and its plan, too.

    Raises `ValueError` for another suffix, `OSError` where the file cannot be written.
    """
    by_suffix = {f".{name}": report for name, report in REPORTS.items() if name != PDF_REPORT}
    report = by_suffix.get(Path(path).suffix.lower())
    if report is None:
        suffixes = ", ".join(by_suffix)
        raise ValueError(f"No report is written to {Path(path).name}: choose one of the suffixes {suffixes}.")
    Path(path).write_bytes(report.make(Subject(analysis, measured, scenario)))
