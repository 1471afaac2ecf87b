"""Analysis -> the sheet "Stages": what the file states as values, and what follows from it as live formulas."""

from __future__ import annotations

from typing import Any

from vsm.reports.workbook.book import FIRST_ROW, HEADER_HEIGHT, HEADER_ROW, Book, Look, height_for
from vsm.reports.workbook.columns import COMPUTED
from vsm.reports.workbook.layout import Layout
from vsm.reports.workbook.side import Sheet

_INPUTS: dict[str, tuple[str, Look]] = {
    "name": ("Stage", Look.TEXT),
    "processing_time": ("Processing time (h)", Look.HOURS),
    "wait_time": ("Wait time (h)", Look.HOURS),
    "undivided_time": ("Time, not divided (h)", Look.HOURS),
    "visits": ("Visits", Look.COUNT),
    "complete_accurate": ("%C&A", Look.SHARE),
    "batch_size": ("Batch size", Look.COUNT),
    "handoffs": ("People touching", Look.COUNT),
    "people": ("People", Look.COUNT),
    "availability": ("Availability", Look.SHARE),
    "demand": ("Demand (a week)", Look.COUNT),
    "wip": ("Items waiting or in work", Look.COUNT),
    "team": ("Team", Look.TEXT),
    "kind": ("Kind", Look.TEXT),
    "parallel_group": ("Parallel group", Look.TEXT),
    "rework_to": ("Rework goes to", Look.TEXT),
    "note": ("Note", Look.TEXT),
}
_MOST_COLUMNS = 14
"""Of a printed page; more go on on a second one beside it, with the names of the stages again."""


def write_stages(book: Book, layout: Layout) -> None:
    """Write the sheet, with the two figures on top that a changed wait moves."""
    sheet, analysis = book.sheet(layout.side.sheet(Sheet.STAGES)), layout.analysis
    book.write_text(sheet, "A1", layout.title, book.title)
    figures = layout.side.sheet(Sheet.FIGURES)
    hint = f"Change a figure in a white cell, a wait for example: the grey cells and the sheet {figures} follow."
    book.write_text(sheet, "A2", hint, book.hint)
    book.write_text(sheet, "A3", "Lead time (h)")
    book.write_formula(sheet, "B3", layout.named("lead_time"), analysis.lead_time, Look.HOURS)
    book.write_text(sheet, "A4", "Flow efficiency")
    book.write_formula(sheet, "B4", layout.named("flow_efficiency"), analysis.flow_efficiency, Look.SHARE)
    for key in layout.inputs:
        _write_input_column(book, sheet, layout, key)
    for key in layout.computed:
        _write_computed_column(book, sheet, layout, key)
    _keep_inputs_sane(sheet, layout)
    _set_heights(sheet, layout)
    sheet.set_row(HEADER_ROW - 1, HEADER_HEIGHT)
    sheet.freeze_panes(HEADER_ROW, 1)
    sheet.repeat_rows(HEADER_ROW - 1)
    if len(layout.inputs) + len(layout.computed) > _MOST_COLUMNS:
        sheet.fit_to_pages(2, 0)
        sheet.repeat_columns("A:A")


def _write_input_column(book: Book, sheet: Any, layout: Layout, key: str) -> None:
    label, look = _INPUTS[key]
    letter = layout.letter(key)
    sheet.set_column(f"{letter}:{letter}", _width(layout, key))
    book.write_header(sheet, f"{letter}{HEADER_ROW}", label, look)
    for index, value in enumerate(_stated(layout, key)):
        book.write_input(sheet, layout.cell(key, index), value, look)


def _stated(layout: Layout, key: str) -> list[Any]:
    return [getattr(figures.stage, key) for figures in layout.analysis.stages]


def _width(layout: Layout, key: str) -> float:
    """Return the width of a column in characters: of texts that of the longest, within bounds."""
    if key in COMPUTED:
        return COMPUTED[key].width
    if _INPUTS[key][1] is not Look.TEXT:
        return 11
    return min(max(14, *(len(str(value or "")) + 4 for value in _stated(layout, key))), 40)


def _set_heights(sheet: Any, layout: Layout) -> None:
    """Make each row as high as its longest text needs: no program that opens the file does."""
    texts = {key: _stated(layout, key) for key in layout.inputs if _INPUTS[key][1] is Look.TEXT}
    stages = range(len(layout.analysis.stages))
    written = [key for key in layout.computed if COMPUTED[key].look is Look.TEXT]
    texts |= {key: [COMPUTED[key].value(layout, i) for i in stages] for key in written}
    for index in stages:
        heights = (height_for(str(said[index] or ""), int(_width(layout, key)) - 3) for key, said in texts.items())
        sheet.set_row(FIRST_ROW + index - 1, max(heights))


def _write_computed_column(book: Book, sheet: Any, layout: Layout, key: str) -> None:
    column, letter = COMPUTED[key], layout.letter(key)
    sheet.set_column(f"{letter}:{letter}", _width(layout, key))
    book.write_header(sheet, f"{letter}{HEADER_ROW}", column.label, column.look)
    for index in range(len(layout.analysis.stages)):
        formula, value = column.formula(layout, index), column.value(layout, index)
        book.write_formula(sheet, layout.cell(key, index), formula, value, column.look)


def _keep_inputs_sane(sheet: Any, layout: Layout) -> None:
    """Let nobody type a negative time, or 85 where 85% is meant, which would quietly spoil every figure."""
    times = {
        "validate": "decimal",
        "criteria": ">=",
        "value": 0,
        "error_title": "Not a time",
        "error_message": "A time is a number of hours from 0. Leave the cell empty where it is not measured.",
    }
    shares = {
        "validate": "decimal",
        "criteria": "between",
        "minimum": 0,
        "maximum": 1,
        "error_title": "Not a share",
        "error_message": "%C&A runs from 0% to 100%. Leave the cell empty where it is not measured.",
    }
    rules = {"processing_time": times, "wait_time": times, "undivided_time": times, "complete_accurate": shares}
    for key, rule in rules.items():
        if not layout.has(key):
            continue
        letter = layout.letter(key)
        sheet.data_validation(f"{letter}{FIRST_ROW}:{letter}{layout.last_row}", rule)
