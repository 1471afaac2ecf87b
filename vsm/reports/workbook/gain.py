"""Both states -> the sheet "Gain": each figure now and then, and the difference, as live formulas over both sides."""

from __future__ import annotations

from typing import Any

from vsm.future import FutureState
from vsm.future_words import bottleneck_sentence, gain_sentence, order_words, warnings
from vsm.reports.workbook.book import Book, CellContent, Look, height_for
from vsm.reports.workbook.figures import figure_lines
from vsm.reports.workbook.layout import Layout
from vsm.reports.workbook.lines import Figure
from vsm.reports.workbook.side import Sheet

_HEADER_ROW = 4
_LABELS = (
    ("Figure", Look.TEXT, 36),
    ("Now", Look.HOURS, 16),
    ("Then", Look.HOURS, 16),
    ("Difference", Look.HOURS, 16),
    ("Part of what it is now", Look.HOURS, 16),
)
_TEXT_WIDTH = 95
"""Characters on one line of the columns together."""


def write_gain(book: Book, now: Layout, then: Layout, future: FutureState) -> None:
    """Write the sheet; a figure that only one of the states has is not on it."""
    sheet = book.sheet("Gain")
    book.write_text(sheet, "A1", f"{now.title}: what the future state brings", book.title)
    sides = " and ".join(layout.side.sheet(Sheet.STAGES) for layout in (now, then))
    book.write_text(sheet, "A2", f"Change a figure on the sheets {sides}, and these follow.", book.hint)
    for letter, (label, look, width) in zip("ABCDE", _LABELS, strict=True):
        sheet.set_column(f"{letter}:{letter}", width)
        book.write_header(sheet, f"{letter}{_HEADER_ROW}", label, look)
    sheet.set_row(_HEADER_ROW - 1, 32)
    figures = {figure.name: figure for figure in figure_lines(then)}
    both = [(f, figures[f.name]) for f in figure_lines(now) if f.name in figures and f.look is not Look.TEXT]
    for row, (before, after) in enumerate(both, _HEADER_ROW + 1):
        _write_figure(book, sheet, row, (now.named(before.name), before), (then.named(after.name), after))
    _write_words(book, sheet, _HEADER_ROW + len(both) + 2, future)


def _write_figure(book: Book, sheet: Any, row: int, before: tuple[str, Figure], after: tuple[str, Figure]) -> None:
    (name, was), (name_then, will_be) = before, after
    share = was.look is Look.SHARE
    difference = _difference(was.value, will_be.value)
    book.write_text(sheet, f"A{row}", was.label)
    book.write_formula(sheet, f"B{row}", name, was.value, was.look)
    book.write_formula(sheet, f"C{row}", name_then, will_be.value, will_be.look)
    formula = f'IF(OR(B{row}="",C{row}=""),"",C{row}-B{row})'
    book.write_formula(sheet, f"D{row}", formula, difference, Look.POINTS if share else Look.DIFFERENCE)
    book.name_cell(f"gain_{was.name}", "Gain", f"D{row}")
    if not share:
        now = was.value if isinstance(was.value, int | float) else None
        part = difference / now if difference is not None and now else None
        book.write_formula(sheet, f"E{row}", f'IF(OR(D{row}="",N(B{row})=0),"",D{row}/B{row})', part, Look.POINTS)


def _difference(was: CellContent, will_be: CellContent) -> float | None:
    if not isinstance(was, int | float) or not isinstance(will_be, int | float):
        return None
    return will_be - was


def _write_words(book: Book, sheet: Any, row: int, future: FutureState) -> None:
    sheet.merge_range(f"A{row}:E{row}", "", book.header)
    book.write_text(sheet, f"A{row}", "As planned: this text does not follow changes", book.header)
    order = order_words(future)
    sentences = (gain_sentence(future), bottleneck_sentence(future), *([] if order is None else [order]))
    for line, text in enumerate((*sentences, *warnings(future)), row + 1):
        sheet.merge_range(f"A{line}:E{line}", "", book.prose)
        book.write_text(sheet, f"A{line}", text, book.prose)
        sheet.set_row(line - 1, height_for(text, _TEXT_WIDTH))
