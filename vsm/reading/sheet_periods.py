"""A workbook with one sheet for each period -> those sheets in the order of time, and their readings as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from vsm.folding import fold
from vsm.model import Problem, RowCount, Severity, Snapshot
from vsm.reading.glance import blank_row
from vsm.reading.headers import FIGURE_ROLES, header_meaning
from vsm.reading.period_columns import MOST_PERIODS
from vsm.reading.periods import Period, in_time_order, period_named, to_analyse
from vsm.reading.shapes import Reading, Role, Sheet, Workbook
from vsm.reading.tables import find_table


class SheetOfPeriod(NamedTuple):
    """A sheet and the period that its name says."""

    period: str
    sheet: Sheet


def sheets_of_periods(workbook: Workbook) -> tuple[SheetOfPeriod, ...]:
    """Find the visible sheets whose names read as periods of one kind and whose headers name the same columns.

    In the order of time; none where there are not at least two.
    """
    named = [
        (period, sheet)
        for sheet in workbook.sheets
        if not sheet.hidden and not all(map(blank_row, sheet.rows)) and (period := period_named(sheet.name))
    ]
    if not 2 <= len(named) <= MOST_PERIODS:
        return ()
    headers = {sheet.name: _header(sheet) for _, sheet in named}
    kinds = Counter((period.counted_in, headers[sheet.name]) for period, sheet in named)
    kind, count = kinds.most_common(1)[0]
    if count < 2 or Role.STAGE not in kind[1]:
        return ()
    found: dict[Period, Sheet] = {p: sheet for p, sheet in named if (p.counted_in, headers[sheet.name]) == kind}
    return tuple(SheetOfPeriod(period.name, found[period]) for period in in_time_order(list(found)))


def _header(sheet: Sheet) -> frozenset[str]:
    """Say which columns a header names: the roles that count, and what has to be asked about."""
    named = {header: header_meaning(header) for header in find_table(sheet, None).headers}
    roles = {meaning.role for meaning in named.values() if meaning.role in {Role.STAGE, *FIGURE_ROLES}}
    return frozenset({*filter(None, roles), *(fold(header) for header, m in named.items() if m.question is not None)})


def joined(workbook: Workbook, found: Sequence[tuple[str, Reading]], wanted: str | None) -> Reading:
    """Put the readings of the sheets together, as that of the sheet with the period to analyse.

    Rows, problems, questions and rows left out are those of all sheets. A sheet that something blocks adds its rows to
    those left out.
    """
    readings = [reading for _, reading in found]
    snapshots = _snapshots(found)
    if not snapshots:
        return readings[-1]
    periods = tuple(snapshot.period for snapshot in snapshots)
    now = snapshots[to_analyse(periods, wanted)]
    source = now.stream.source
    assert source is not None, "a stream that was read knows its source"
    note = _say(workbook, readings, periods, now.period)
    problems = tuple(dict.fromkeys((note, *_blocked(readings), *(p for r in readings for p in r.problems))))
    rows = RowCount(
        used=sum(r.rows.used for r in readings),
        left_out=sum(r.rows.left_out for r in readings),
        blank=sum(r.rows.blank for r in readings),
    )
    source = replace(source, rows=rows, problems=problems, period=now.period, periods=periods)
    return replace(
        next(reading for reading in readings if reading.sheet == source.sheet),
        rows=rows,
        problems=problems,
        left_out=tuple(row for r in readings for row in r.left_out),
        questions=tuple(dict.fromkeys(question for r in readings for question in r.questions)),
        stream=replace(now.stream, source=source),
        snapshots=snapshots,
    )


def _snapshots(found: Sequence[tuple[str, Reading]]) -> tuple[Snapshot, ...]:
    """The streams of all sheets; one whose rows name periods, too (months on a sheet for each year), has several."""
    several = Counter(fold(inner.period) for _, reading in found for inner in reading.snapshots)
    snapshots = []
    for period, reading in found:
        for inner in reading.snapshots:
            name = inner.period if several[fold(inner.period)] == 1 else f"{inner.period} {period}"
            snapshots.append(Snapshot(period=name, stream=inner.stream))
        if not reading.snapshots and reading.stream is not None:
            snapshots.append(Snapshot(period=period, stream=reading.stream))
    return tuple(snapshots)


def _say(workbook: Workbook, readings: Sequence[Reading], periods: Sequence[str], now: str) -> Problem:
    read = {reading.sheet for reading in readings}
    others = ", ".join(f'"{sheet.name}"' for sheet in workbook.sheets if sheet.name not in read)
    message = (
        f"{len(readings)} sheets with the same columns are named for periods and were read as one stream over time, "
        f"from {periods[0]} to {periods[-1]}. The figures are those of {now}; the rows of the other sheets make the "
        f"trend.{f' Not read: {others}.' if others else ''} Choose one sheet if they do not belong together."
    )
    return Problem(severity=Severity.NOTE, repair="One sheet for each period", message=message)


def _blocked(readings: Sequence[Reading]) -> list[Problem]:
    return [
        Problem(
            severity=Severity.WARNING,
            repair="Sheets left out of the trend",
            message=f'Sheet "{reading.sheet}" was left out: {" ".join(p.message for p in reading.blocking)}',
            sheet=reading.sheet,
        )
        for reading in readings
        if reading.stream is None
    ]
