"""A scenario with its future state -> the sheet "Plan": the changes, who makes each, by when, and what it is worth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vsm.future import FutureState
from vsm.money import money
from vsm.plan import Scenario
from vsm.plan_words import due_sentence, money_sentences, plan_table
from vsm.reports.workbook.book import Book, Look, height_for

_HEADER_ROW = 4
_COLUMNS = {
    "Change": (Look.TEXT, 48),
    "Saves": (Look.TEXT, 16),
    "Owner": (Look.TEXT, 18),
    "Due": (Look.DATE, 14),
    "Measure": (Look.TEXT, 34),
    "Target": (Look.TEXT, 18),
    "Effort": (Look.TEXT, 12),
}
_LETTERS = "ABCDEFG"
_COMPUTED = ("Change", "Saves")
_TEXT_WIDTH = 135
"""Characters on one line of the columns together."""


def write_plan(book: Book, scenario: Scenario, future: FutureState) -> None:
    """Write the sheet: the plan as a table to go on filling in, then by when it is done and what it is worth."""
    sheet, table = book.sheet("Plan"), plan_table(scenario, future)
    book.write_text(sheet, "A1", f"{future.current.stream.name}: plan", book.title)
    book.write_text(sheet, "A2", f"{scenario.name}; in the order in which the changes are made.", book.hint)
    for letter, label in zip(_LETTERS, _COLUMNS, strict=True):
        look, width = _COLUMNS[label]
        sheet.set_column(f"{letter}:{letter}", width)
        book.write_header(sheet, f"{letter}{_HEADER_ROW}", label, look)
    known = table.astype(object).where(table.notna(), None)
    for row, cells in enumerate(known.itertuples(index=False, name=None), _HEADER_ROW + 1):
        _write_change(book, sheet, row, cells)
    sheet.freeze_panes(_HEADER_ROW, 1)
    sheet.repeat_rows(_HEADER_ROW - 1)
    worth = money_sentences(money(future, scenario.costs), scenario.costs)
    sentences = [due_sentence(scenario, future), *worth]
    for row, text in enumerate((s for s in sentences if s), _HEADER_ROW + len(table) + 2):
        sheet.merge_range(f"A{row}:G{row}", "", book.prose)
        book.write_text(sheet, f"A{row}", text, book.prose)
        sheet.set_row(row - 1, height_for(text, _TEXT_WIDTH))


def _write_change(book: Book, sheet: Any, row: int, cells: Sequence[Any]) -> None:
    for letter, label, value in zip(_LETTERS, _COLUMNS, cells, strict=True):
        if label in _COMPUTED:
            book.write_computed(sheet, f"{letter}{row}", value, _COLUMNS[label][0])
        else:
            book.write_input(sheet, f"{letter}{row}", value or None, _COLUMNS[label][0])
    widths = (width - 2 for _, width in _COLUMNS.values())
    sheet.set_row(row - 1, max(height_for(str(value or ""), width) for value, width in zip(cells, widths, strict=True)))
