"""What came of a scenario -> the sheet "Promised": before, promised and now as values, the differences as formulas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from vsm.achievement import Achievement, Promise, StagePromise
from vsm.achievement_words import achievement_sentences
from vsm.reports.workbook.book import HEADER_HEIGHT, Book, Look, height_for
from vsm.reports.workbook.values import (
    TABLE_ROW,
    THE_STREAM,
    look_of,
    look_of_difference,
    titled_sheet,
    write_sentences,
)
from vsm.stream_figures import StreamFigure

_COLUMNS = (
    ("Stage", Look.TEXT, 30),
    ("Figure", Look.TEXT, 26),
    ("Before", Look.HOURS, 14),
    ("Promised", Look.HOURS, 14),
    ("Now", Look.HOURS, 14),
    ("Promised change", Look.HOURS, 14),
    ("Achieved change", Look.HOURS, 14),
    ("Rest", Look.HOURS, 14),
    ("Part of the promise that came", Look.HOURS, 16),
)
_NOT_THERE = "not there"
_HINT = "Times in hours; an empty cell is not measured. Rest is what is now, less what was promised."


class _Line(NamedTuple):
    """One figure on its three sides; where a stage was not there, `there` says so."""

    of: str
    figure: StreamFigure
    promise: Promise
    there: tuple[bool, bool, bool] = (True, True, True)


def write_promised(book: Book, found: Achievement) -> None:
    """Write every figure of the stream and of its stages before, as promised and now, with what came of it."""
    sheet = titled_sheet(book, "Promised", f"What came of the scenario “{found.scenario.name}”", _HINT)
    for letter, (label, look, width) in zip("ABCDEFGHI", _COLUMNS, strict=True):
        sheet.set_column(f"{letter}:{letter}", width)
        book.write_header(sheet, f"{letter}{TABLE_ROW}", label, look)
    sheet.set_row(TABLE_ROW - 1, HEADER_HEIGHT)
    sheet.freeze_panes(TABLE_ROW, 2)
    sheet.repeat_rows(TABLE_ROW - 1)
    lines = list(_lines(found))
    for row, line in enumerate(lines, TABLE_ROW + 1):
        _write_line(book, sheet, row, line)
    _write_kept(book, sheet, found)
    write_sentences(book, sheet, TABLE_ROW + len(lines) + 2, achievement_sentences(found))


def _lines(found: Achievement) -> Iterator[_Line]:
    for figure, promise in found.figures:
        yield _Line(THE_STREAM, figure, promise)
    for stage in found.stages:
        yield _Line(stage.name, StreamFigure.LEAD_TIME, stage.time, _there(stage))
        yield _Line(stage.name, StreamFigure.COMPLETE_ACCURATE, stage.complete_accurate, _there(stage))


def _there(stage: StagePromise) -> tuple[bool, bool, bool]:
    return stage.was_there, stage.to_be_there, stage.is_there


def _write_line(book: Book, sheet: Any, row: int, line: _Line) -> None:
    look, differs, promise = look_of(line.figure), look_of_difference(line.figure), line.promise
    sheet.set_row(row - 1, height_for(line.of, _COLUMNS[0][2] - 2))
    book.write_input(sheet, f"A{row}", line.of, Look.TEXT)
    book.write_input(sheet, f"B{row}", line.figure.column, Look.TEXT)
    for letter, value, there in zip("CDE", (promise.before, promise.promised, promise.now), line.there, strict=True):
        book.write_input(sheet, f"{letter}{row}", value if there else _NOT_THERE, look)
    changes = (("F", "C", "D", promise.promised_change), ("G", "C", "E", promise.achieved_change))
    for letter, less, of, value in (*changes, ("H", "D", "E", promise.rest)):
        book.write_formula(sheet, f"{letter}{row}", _difference(f"{of}{row}", f"{less}{row}", line), value, differs)


def _difference(of: str, less: str, line: _Line) -> str:
    """Write a difference; a stage that is not there takes no time, and has no %C&A."""
    unknown = f"COUNT({of},{less})<2" if line.figure.is_share else f'OR({of}="",{less}="")'
    return f'IF({unknown},"",N({of})-N({less}))'


def _write_kept(book: Book, sheet: Any, found: Achievement) -> None:
    """Write which part of the lead time promised less came; nothing where none was promised."""
    row = TABLE_ROW + 1
    formula = f'IF(OR(F{row}="",G{row}="",N(F{row})>=0),"",G{row}/F{row})'
    book.write_formula(sheet, f"I{row}", formula, found.share_kept, Look.SHARE)
