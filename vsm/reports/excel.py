"""Subject -> an Excel workbook in which a person can change a wait and see flow efficiency change."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

from vsm.analysis import Analysis
from vsm.reports.workbook.book import Book, storable
from vsm.reports.workbook.changes import write_comparison, write_trend
from vsm.reports.workbook.figures import write_figures
from vsm.reports.workbook.gain import write_gain
from vsm.reports.workbook.layout import Layout
from vsm.reports.workbook.notes import write_map, write_notes
from vsm.reports.workbook.plan import write_plan
from vsm.reports.workbook.promised import write_promised
from vsm.reports.workbook.rework import write_rework
from vsm.reports.workbook.scenarios import write_scenarios
from vsm.reports.workbook.side import Side
from vsm.reports.workbook.stages import write_stages
from vsm.subject import Subject

_NO_DATE = dt.datetime(1980, 1, 1)
"""A file's properties need a date; a fixed one makes the same analysis the same bytes."""

_LONGEST_TITLE = 255


def excel_report(subject: Subject) -> bytes:
    """Write the workbook: Stages, Figures, Map, Rework (not for a log, whose times contain it) and Notes.

    With a scenario the future state has the same sheets with the same formulas over its own figures, the sheet Gain
    sets both states side by side, and the sheet Plan says who changes what by when.

    Several scenarios stand on the sheet Scenarios. With periods the sheet Trend has every figure in each of them, what
    the stream is compared with is the sheet Comparison, and what came of last time's scenario the sheet Promised.

    The stated figures are values and all that follows from them are live formulas with their present values saved.
    What is not measured is an empty cell, which the formulas leave out. Texts from the file stay texts.
    """
    target = BytesIO()
    book = Book(target)
    title = storable(subject.analysis.stream.name)[:_LONGEST_TITLE]
    book.file.set_properties({"title": title, "created": _NO_DATE})
    now = Layout(subject.analysis)
    _write_state(book, now)
    if subject.plan is not None:
        scenario, future = subject.plan
        then = Layout(future.future, Side.FUTURE)
        write_gain(book, now, then, future)
        write_plan(book, scenario, future)
        _write_state(book, then, was=subject.analysis)
    if subject.futures:
        write_scenarios(book, subject)
    if subject.trend is not None:
        write_trend(book, subject.trend)
    if subject.comparison is not None:
        write_comparison(book, subject.comparison)
    if subject.achieved is not None:
        write_promised(book, subject.achieved)
    write_notes(book, subject)
    book.file.close()
    return target.getvalue()


def _write_state(book: Book, layout: Layout, was: Analysis | None = None) -> None:
    write_stages(book, layout)
    write_figures(book, layout)
    write_map(book, layout, was)
    if not layout.measured:
        write_rework(book, layout)
