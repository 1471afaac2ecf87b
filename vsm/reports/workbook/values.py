"""What sheets of values share that no formula of the states reaches: title, hint, looks of figures, sentences below."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vsm.reports.workbook.book import Book, Look, height_for
from vsm.stream_figures import StreamFigure

TABLE_ROW = 4
"""Row number of the header of the table, as the spreadsheet counts."""
THE_STREAM = "The stream"
"""What stands in the column of the stages where a figure is of all of them."""
_TEXT_WIDTH = 110
"""Characters on one line of seven columns together."""


def titled_sheet(book: Book, name: str, title: str, hint: str) -> Any:
    """Add a sheet with its title and, below it, what to know before reading."""
    sheet = book.sheet(name)
    book.write_text(sheet, "A1", title, book.title)
    book.write_text(sheet, "A2", hint, book.hint)
    return sheet


def look_of(figure: StreamFigure) -> Look:
    """Return how a figure is written."""
    if figure.is_time:
        return Look.HOURS
    return Look.SHARE if figure.is_share else Look.RATE


def look_of_difference(figure: StreamFigure) -> Look:
    """Return how a difference of two values of a figure is written."""
    return Look.POINTS if figure.is_share else Look.DIFFERENCE


def write_sentences(book: Book, sheet: Any, row: int, sentences: Iterable[str]) -> None:
    """Write sentences below each other, each over seven columns and as high as it needs."""
    for line, text in enumerate(sentences, row):
        sheet.merge_range(f"A{line}:G{line}", "", book.prose)
        book.write_text(sheet, f"A{line}", text, book.prose)
        sheet.set_row(line - 1, height_for(text, _TEXT_WIDTH))
