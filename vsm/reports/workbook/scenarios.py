"""Several scenarios -> the sheet "Scenarios": the stream now and in each of them, what each saves as live formulas."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_col_to_name

from vsm.model import ValueStream
from vsm.reports.told import SCENARIOS_ARE
from vsm.reports.workbook.book import HEADER_HEIGHT, Book, Look, height_for
from vsm.reports.workbook.values import TABLE_ROW, look_of, titled_sheet, write_sentences
from vsm.scenario_words import scenario_sentences
from vsm.stream_figures import StreamFigure, stream_figures
from vsm.subject import Subject

_HINT = "Times in hours, as each scenario was saved: these figures do not follow changes on other sheets."
_WIDTHS = (34, 10, 14)
_FIRST = 2
"""The column of the first figure, counted from 0: scenario and changes stand before it."""


def write_scenarios(book: Book, subject: Subject) -> None:
    """Write a line for the current state and one for each scenario, with every figure that one of them has."""
    states = [("Current state", 0, subject.analysis.stream)]
    states += [(scenario.name, len(scenario.planned), future.future.stream) for scenario, future in subject.futures]
    figures = _known([stream for _, _, stream in states])
    sheet = titled_sheet(book, "Scenarios", "The scenarios side by side", _HINT)
    saved = _saved(figures)
    labels = ["Scenario", "Changes", *(figure.column for figure in figures)]
    labels += [] if saved is None else [f"{saved.label} against now (h)", "Part of what it is now"]
    for column, label in enumerate(labels):
        letter = xl_col_to_name(column)
        sheet.set_column(f"{letter}:{letter}", _WIDTHS[min(column, _FIRST)])
        book.write_header(sheet, f"{letter}{TABLE_ROW}", label, Look.HOURS if column else Look.TEXT)
    sheet.set_row(TABLE_ROW - 1, HEADER_HEIGHT)
    sheet.freeze_panes(TABLE_ROW, 1)
    for row, (name, changes, stream) in enumerate(states, TABLE_ROW + 1):
        sheet.set_row(row - 1, height_for(name, _WIDTHS[0] - 2))
        book.write_input(sheet, f"A{row}", name, Look.TEXT)
        book.write_input(sheet, f"B{row}", float(changes), Look.COUNT)
        _write_figures(book, sheet, row, figures, stream)
        if saved is not None and row > TABLE_ROW + 1:
            column = _FIRST + figures.index(saved)
            _write_saved(book, sheet, row, (column, _FIRST + len(figures)), (states[0][2], stream), saved)
    write_sentences(book, sheet, TABLE_ROW + len(states) + 2, (SCENARIOS_ARE, *scenario_sentences(subject.futures)))


def _known(streams: list[ValueStream]) -> list[StreamFigure]:
    """Return the figures that at least one state has; of logs, whose times contain the rework, not with it again."""
    found = [stream_figures(stream) for stream in streams]
    known = [figure for figure in found[0] if any(figures[figure] is not None for figures in found)]
    if streams[0].measured is not None and StreamFigure.LEAD_TIME_WITH_REWORK in known:
        known.remove(StreamFigure.LEAD_TIME_WITH_REWORK)
    return known


def _saved(figures: list[StreamFigure]) -> StreamFigure | None:
    """Return the figure that savings are taken from."""
    both = (StreamFigure.LEAD_TIME_WITH_REWORK, StreamFigure.LEAD_TIME)
    return next((figure for figure in both if figure in figures), None)


def _write_figures(book: Book, sheet: Any, row: int, figures: list[StreamFigure], stream: ValueStream) -> None:
    values = stream_figures(stream)
    for column, figure in enumerate(figures, _FIRST):
        book.write_input(sheet, f"{xl_col_to_name(column)}{row}", values[figure], look_of(figure))


def _write_saved(
    book: Book,
    sheet: Any,
    row: int,
    columns: tuple[int, int],
    streams: tuple[ValueStream, ValueStream],
    figure: StreamFigure,
) -> None:
    """Write how much longer or shorter a scenario takes than the current state, and which part of it that is."""
    taken, target, part = (xl_col_to_name(column) for column in (*columns, columns[1] + 1))
    now, then = f"{taken}${TABLE_ROW + 1}", f"{taken}{row}"
    was, will_be = (stream_figures(stream)[figure] for stream in streams)
    change = None if was is None or will_be is None else will_be - was
    book.write_formula(sheet, f"{target}{row}", f'IF(COUNT({now},{then})<2,"",{then}-{now})', change, Look.DIFFERENCE)
    share = change / was if change is not None and was else None
    formula = f'IF(OR({target}{row}="",N({now})=0),"",{target}{row}/{now})'
    book.write_formula(sheet, f"{part}{row}", formula, share, Look.POINTS)
