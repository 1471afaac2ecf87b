"""Analysis -> HTML, Excel, Markdown, CSV and the map as a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from vsm.analysis import Analysis
from vsm.charts.export import svg_to_pdf, svg_to_png
from vsm.charts.value_stream_map import value_stream_map
from vsm.flow import MeasuredLog
from vsm.palette import Theme
from vsm.reports.csv import csv_report
from vsm.reports.excel import excel_report
from vsm.reports.html import html_report
from vsm.reports.markdown import markdown_report

__all__ = ["REPORTS", "Report", "csv_report", "excel_report", "html_report", "markdown_report", "write"]


class Report(NamedTuple):
    """One kind of file that an analysis can become."""

    what: str
    """As it follows "write": "the map as a picture"."""
    make: Callable[[Analysis, MeasuredLog | None], bytes]
    """Makes the file; of an item log from its measured items, too."""


def _map(analysis: Analysis) -> str:
    """Draw the map in plain colours: programs that show an SVG file need not know CSS variables."""
    return value_stream_map(analysis, theme=Theme.LIGHT, standalone=True)


REPORTS: dict[str, Report] = {
    "html": Report("the whole report as one page that opens offline", lambda a, log: html_report(a, log).encode()),
    "xlsx": Report("an Excel workbook with live formulas", lambda a, _: excel_report(a)),
    "md": Report("the written summary with the figures, as Markdown", lambda a, _: markdown_report(a).encode()),
    "csv": Report("the stage table", lambda a, _: csv_report(a)),
    "svg": Report("the value stream map as a drawing", lambda a, _: _map(a).encode()),
    "png": Report("the value stream map as a picture", lambda a, _: svg_to_png(_map(a))),
    "pdf": Report("the value stream map for print", lambda a, _: svg_to_pdf(_map(a))),
}
"""What can be written, by the suffix of the file."""


def write(analysis: Analysis, path: str | Path, measured: MeasuredLog | None = None) -> None:
    """Write the report that the suffix of `path` asks for: .html, .xlsx, .md, .csv, .svg, .png or .pdf.

    With the `measured_log` of an item log, the HTML report shows its flow over time.

    Raises `ValueError` for another suffix, `OSError` where the file cannot be written.
    """
    report = REPORTS.get(Path(path).suffix.lower().lstrip("."))
    if report is None:
        suffixes = ", ".join(f".{suffix}" for suffix in REPORTS)
        raise ValueError(f"No report is written to {Path(path).name}: choose one of the suffixes {suffixes}.")
    Path(path).write_bytes(report.make(analysis, measured))
