"""A trend, and a comparison -> the sheets "Trend" and "Comparison": figures as values, differences as live formulas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_col_to_name

from vsm.compare_words import comparison_sentence
from vsm.comparison import Comparison
from vsm.growth import Interval
from vsm.items.compare import Difference, Figure
from vsm.items.statistics import TooFew
from vsm.palette import PROCESSING, REST, WAITING
from vsm.reports.workbook.book import Book, Look, height_for
from vsm.reports.workbook.values import (
    TABLE_ROW,
    THE_STREAM,
    look_of,
    look_of_difference,
    titled_sheet,
    write_sentences,
)
from vsm.side_words import clocks_sentence, side_sentences, sources_sentence
from vsm.stream_figures import StreamFigure
from vsm.trend import Trend
from vsm.trend_words import trend_sentences

_FIRST = 2
"""The column of the first value, counted from 0: stage and figure stand before it."""
_WIDTHS = (30, 26, 16)
_DRAWN = {
    StreamFigure.LEAD_TIME: REST,
    StreamFigure.PROCESSING_TIME: PROCESSING,
    StreamFigure.WAIT_TIME: WAITING,
}


class _Line(NamedTuple):
    """One figure with its values, side by side."""

    of: str
    figure: StreamFigure
    values: tuple[float | None, ...]
    comparable: bool = True


def write_trend(book: Book, trend: Trend) -> None:
    """Write every figure of the stream and of its stages in each period, what it changed by, and a chart of times."""
    sheet = titled_sheet(book, "Trend", "The stream over its periods", "Times in hours; an empty cell is not measured.")
    of_stages = [(stage.name, series) for stage in trend.stages for series in stage.figures.values()]
    of_stream = [(THE_STREAM, series) for series in trend.figures.values()]
    lines = [_Line(of, s.figure, s.values) for of, s in (*of_stream, *of_stages) if s.known]
    _write_lines(book, sheet, trend.periods, "Last less first", lines)
    sentences, row = trend_sentences(trend), TABLE_ROW + len(lines) + 2
    write_sentences(book, sheet, row, sentences)
    _draw(book, sheet, trend, lines, row + len(sentences) + 1)


def write_comparison(book: Book, comparison: Comparison) -> None:
    """Write every figure of both sides with the difference; of finished items with its interval, too."""
    streams = comparison.streams
    hint = f"Times in hours; each difference is {comparison.names[1]} less {comparison.names[0]}."
    sheet = titled_sheet(book, "Comparison", "Side by side", hint)
    pairs = [(THE_STREAM, pair) for pair in streams.stream]
    pairs += [(name, pair) for name, stage in streams.stages for pair in stage]
    lines = [_Line(of, p.figure, (p.first, p.second), p.alike) for of, p in pairs]
    _write_lines(book, sheet, comparison.names, "Difference", lines)
    told = [clocks_sentence(streams), sources_sentence(streams), *side_sentences(streams)]
    row = TABLE_ROW + len(lines) + 2
    if comparison.differences:
        told.insert(0, comparison_sentence(comparison.differences, streams.definitions[0]))
        _write_items(book, sheet, row, comparison)
        row += len(comparison.differences) + 2
    write_sentences(book, sheet, row, [sentence for sentence in told if sentence])


def _write_lines(book: Book, sheet: Any, sides: Sequence[str], difference: str, lines: Sequence[_Line]) -> None:
    labels = ("Stage", "Figure", *sides, difference)
    for column, label in enumerate(labels):
        letter = xl_col_to_name(column)
        sheet.set_column(f"{letter}:{letter}", _WIDTHS[min(column, _FIRST)])
        book.write_header(sheet, f"{letter}{TABLE_ROW}", label, Look.TEXT if column < _FIRST else Look.HOURS)
    sheet.set_row(TABLE_ROW - 1, max(height_for(label, 14) for label in labels))
    sheet.freeze_panes(TABLE_ROW, _FIRST)
    for row, line in enumerate(lines, TABLE_ROW + 1):
        _write_line(book, sheet, row, line)


def _write_line(book: Book, sheet: Any, row: int, line: _Line) -> None:
    look = look_of(line.figure)
    book.write_input(sheet, f"A{row}", line.of, Look.TEXT)
    book.write_input(sheet, f"B{row}", line.figure.column, Look.TEXT)
    columns = [xl_col_to_name(_FIRST + place) for place in range(len(line.values) + 1)]
    for letter, value in zip(columns, line.values, strict=False):
        book.write_input(sheet, f"{letter}{row}", value, look)
    if not line.comparable:
        return
    first, last = line.values[0], line.values[-1]
    change = None if first is None or last is None else last - first
    one, other, target = f"{columns[0]}{row}", f"{columns[-2]}{row}", f"{columns[-1]}{row}"
    differs = look_of_difference(line.figure)
    book.write_formula(sheet, target, f'IF(COUNT({one},{other})<2,"",{other}-{one})', change, differs)


def _draw(book: Book, sheet: Any, trend: Trend, lines: Sequence[_Line], below: int) -> None:
    """Draw the times of the stream as a chart that follows the cells; beside them it would make them small on paper."""
    chart = book.file.add_chart({"type": "line"})
    last = _FIRST + len(trend.periods) - 1
    for row, line in enumerate(lines, TABLE_ROW):
        if line.of == THE_STREAM and line.figure in _DRAWN:
            chart.add_series(
                {
                    "name": line.figure.label,
                    "categories": ["Trend", TABLE_ROW - 1, _FIRST, TABLE_ROW - 1, last],
                    "values": ["Trend", row, _FIRST, row, last],
                    "line": {"color": _DRAWN[line.figure], "width": 2.25},
                    "marker": {"type": "circle", "size": 6, "fill": {"color": _DRAWN[line.figure]}},
                }
            )
    chart.set_title({"name": "Times of the stream by period (h)", "name_font": {"size": 12}})
    chart.set_legend({"position": "bottom"})
    chart.set_y_axis({"min": 0, "major_gridlines": {"visible": True, "line": {"color": "#E4E8EC"}}})
    chart.set_size({"width": 800, "height": 340})
    sheet.insert_chart(f"A{below}", chart, {"description": "Times of the stream by period"})


def _write_items(book: Book, sheet: Any, row: int, comparison: Comparison) -> None:
    """Write the figures of finished items, each difference with the interval that holds it in 95 of 100 cases."""
    labels = ("Finished items", "Figure", *comparison.names, "Difference", "From (95%)", "To (95%)", "Verdict")
    for column, label in enumerate(labels):
        look = Look.TEXT if column < _FIRST or label == "Verdict" else Look.HOURS
        book.write_header(sheet, f"{xl_col_to_name(column)}{row}", label, look)
    sheet.set_row(row - 1, max(height_for(label, 14) for label in labels))
    sheet.set_column("F:G", _WIDTHS[-1])
    sheet.set_column("H:H", 34)
    for line, found in enumerate(comparison.differences, row + 1):
        _write_item_line(book, sheet, line, found)


def _write_item_line(book: Book, sheet: Any, row: int, found: Difference) -> None:
    share = found.figure is Figure.FLOW_EFFICIENCY
    look = Look.SHARE if share else Look.RATE if found.figure is Figure.THROUGHPUT else Look.HOURS
    change = None if found.before is None or found.after is None else found.after - found.before
    differs = Look.POINTS if share else Look.DIFFERENCE
    book.write_input(sheet, f"B{row}", found.figure.value.capitalize(), Look.TEXT)
    book.write_input(sheet, f"C{row}", found.before, look)
    book.write_input(sheet, f"D{row}", found.after, look)
    book.write_formula(sheet, f"E{row}", f'IF(COUNT(C{row},D{row})<2,"",D{row}-C{row})', change, differs)
    if isinstance(found.difference, Interval):
        book.write_computed(sheet, f"F{row}", found.difference.lower, differs)
        book.write_computed(sheet, f"G{row}", found.difference.upper, differs)
    verdict = "More than noise" if found.beyond_noise else "No more than noise"
    if isinstance(found.difference, TooFew):
        verdict = found.difference.reason
        sheet.set_row(row - 1, height_for(verdict, 32))
    book.write_computed(sheet, f"H{row}", verdict, Look.TEXT)
