"""Analysis -> the sheets "Map" and "Notes": the picture, and in words what was read and how it is computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO

from vsm.analysis import Analysis
from vsm.charts.export import svg_to_png
from vsm.charts.value_stream_map import value_stream_map
from vsm.method import GLOSSARY, explanations
from vsm.model import Problem
from vsm.palette import Theme
from vsm.reports.workbook.book import Book, height_for
from vsm.reports.workbook.layout import Layout
from vsm.reports.workbook.side import Sheet, Side
from vsm.subject import Subject
from vsm.summary import write_summary
from vsm.verdicts import findings

_WIDTH = 110
"""Characters in a line of the notes."""
_PICTURE_WIDTH = 1100
"""Pixels the map is shown at: a landscape page."""


def write_map(book: Book, layout: Layout, was: Analysis | None = None) -> None:
    """Write the value stream map of a state as a picture; with `was`, the state before, differences are marked."""
    sheet = book.sheet(layout.side.sheet(Sheet.MAP))
    book.write_text(sheet, "A1", f"{layout.title}: value stream map", book.title)
    of_what = "the file as it was read" if layout.side is Side.CURRENT else "what is planned"
    book.write_text(sheet, "A2", f"A picture of {of_what}: it does not follow changes.", book.hint)
    picture = svg_to_png(value_stream_map(layout.analysis, theme=Theme.LIGHT, standalone=True, was=was))
    scale = _PICTURE_WIDTH / int.from_bytes(picture[16:20], "big")  # the width in a PNG's header
    says = " ".join(findings(layout.analysis))
    options = {"image_data": BytesIO(picture), "x_scale": scale, "y_scale": scale, "description": says}
    sheet.fit_to_pages(1, 1)
    sheet.insert_image("A4", "map.png", options)


def write_notes(book: Book, subject: Subject) -> None:
    """Write the summary, the problems found in the file, how each figure is computed, and the glossary."""
    sheet = book.sheet("Notes")
    sheet.set_column("A:A", _WIDTH)
    for row, (text, is_heading) in enumerate(_lines(subject), start=1):
        book.write_text(sheet, f"A{row}", text, book.heading if is_heading else book.prose)
        sheet.set_row(row - 1, height_for(text, _WIDTH) + (4 if is_heading else 0))


def _lines(subject: Subject) -> Iterator[tuple[str, bool]]:
    analysis = subject.analysis
    for section in write_summary(subject).sections:
        yield from _section(section.title, (*section.paragraphs, *(f"• {bullet}" for bullet in section.bullets)))
    source = analysis.stream.source
    if source is not None and source.problems:
        yield from _section("Problems in the data", [f"• {_problem(problem)}" for problem in source.problems])
    how = [f"{e.title}: {e.formula}. {e.with_numbers}. {e.meaning}" for e in explanations(analysis)]
    yield from _section("How it is computed", how)
    yield from _section("Glossary", [f"{word}: {meaning}" for word, meaning in GLOSSARY])


def _section(title: str, lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    yield title, True
    for line in lines:
        yield line, False
    yield "", False


def _problem(problem: Problem) -> str:
    row = f"Row {problem.row}: " if problem.row is not None else ""
    return f"{row}{problem.message}"
