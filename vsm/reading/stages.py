"""A workbook of cells -> the reading of one sheet as a table of stages: what was understood, and the value stream."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from vsm.model import Definitions, Problem, RowCount, Severity, Snapshot, Source, Stage, ValueStream, WaitSide
from vsm.reading.applied import apply_definitions
from vsm.reading.blocking import blocking_reasons
from vsm.reading.cells import Setting
from vsm.reading.columns import Columns, propose_columns, with_samples
from vsm.reading.findings import Findings
from vsm.reading.glance import blank_row
from vsm.reading.header_rows import choose_sheet
from vsm.reading.missing_times import say_missing_times
from vsm.reading.numbers import marks, uses_decimal_comma
from vsm.reading.period_rows import PeriodRows, rows_by_period, say_periods
from vsm.reading.periods import to_analyse
from vsm.reading.rows import (
    REPAIRS,
    RowKind,
    check_totals,
    classify_rows,
    count_rows,
    leave_out,
    say_merged,
    say_stages_below_totals,
)
from vsm.reading.shapes import Choices, LeftOutRow, Reading, Role, Sheet, Workbook
from vsm.reading.sheet_periods import joined, sheets_of_periods
from vsm.reading.streams import build_stages
from vsm.reading.tables import Table, find_table, has_row
from vsm.reading.two_waits import fold_waits

_NO_CHOICES = Choices()


def read_workbook(workbook: Workbook, choices: Choices = _NO_CHOICES) -> Reading:
    """Understand one sheet of `workbook` as a table with one row for each stage. Pure and deterministic.

    `Reading.rows` counts the rows of the sheet from below the (last) header row to the last row with anything in it:
    used + left out + blank. Where something keeps the table from being read, `stream` is `None`, `blocking` says what
    and what to do, and all filled rows count as left out, without a `LeftOutRow` each.

    Raises ReadError where there is no table to show at all: no cells, or no sheet of the chosen name.
    """
    series = sheets_of_periods(workbook) if choices.sheet is None else ()
    if series:
        readings = [(period, _read_sheet(workbook, sheet, choices, Findings(sheet.name))) for period, sheet in series]
        return joined(workbook, readings, choices.period)
    sheet = choose_sheet(workbook.sheets, choices.sheet)
    findings = Findings(sheet.name)
    if choices.sheet is None:
        _say_sheet(workbook, sheet, findings)
    return _read_sheet(workbook, sheet, choices, findings)


def _read_sheet(workbook: Workbook, sheet: Sheet, choices: Choices, findings: Findings) -> Reading:
    row_exists = has_row(sheet, choices.header_row)
    table = find_table(sheet, choices.header_row if row_exists else None)
    columns = propose_columns(table, choices, findings)
    definitions, said_by = apply_definitions(table, columns, choices)
    reasons = blocking_reasons(table, columns, choices)
    if reasons:  # before any figure is looked at: a list of 90,000 items is refused at once
        return _blocked(workbook, table, columns, definitions, said_by, findings, reasons)
    setting = Setting(
        table=table,
        definitions=definitions,
        decimal_comma=_decimal_comma(table, columns),
        findings=findings,
        unit_columns=columns.unit_columns,
    )
    rows = classify_rows(setting, columns, keep_total_rows=choices.keep_total_rows)
    if not count_rows(rows).used:
        return _blocked(workbook, table, columns, definitions, said_by, findings, (_no_stages(table),))
    used = [row.index for row in rows if row.kind is RowKind.STAGE]
    columns = with_samples(table, columns, used)
    left_out = leave_out(table, rows, findings)
    periods = rows_by_period(setting, columns.of(Role.PERIOD), rows)
    stages = [stages for _, stages in periods]
    say_stages_below_totals(table, rows, stages, findings)
    say_merged(table, columns, rows, findings)
    check_totals(setting, columns, rows, stages)
    streams, definitions = _streams(setting, columns, periods, choices.wait)
    names = tuple(name for name, _ in periods if name is not None)
    now = to_analyse(names, choices.period) if names else 0
    if names:
        say_periods(columns.of(Role.PERIOD), names, now, findings)
    reading = _reading(workbook, table, columns, definitions, said_by, findings, count_rows(rows), left_out)
    again = tuple(p.message for p in findings.problems if p.repair == REPAIRS[RowKind.HEADER])
    reading = replace(reading, questions=(*reading.questions, *again))
    source = Source(file=workbook.file, sheet=sheet.name, rows=reading.rows, problems=reading.problems, periods=names)
    stream = ValueStream(
        stages=streams[now],
        name=choices.name or table.title or name_from_file(workbook.file),
        start=choices.start,
        end=choices.end,
        definitions=definitions,
        source=source,
    )
    snapshots = tuple(
        Snapshot(period=name, stream=replace(stream, stages=stages, source=replace(source, period=name)))
        for name, stages in zip(names, streams, strict=bool(names))
    )
    return replace(reading, stream=snapshots[now].stream if names else stream, snapshots=snapshots)


def _streams(
    setting: Setting, columns: Columns, periods: Sequence[PeriodRows], wait: WaitSide | None
) -> tuple[list[tuple[Stage, ...]], Definitions]:
    """Make the stages of each period; where waits stand on both sides, the first period decides for all."""
    streams = build_stages(setting, columns, [rows for _, rows in periods])
    definitions = setting.definitions
    for place, (_, rows) in enumerate(periods):
        used = [row.index for row in rows]
        if columns.both_waits:
            streams[place], wait = fold_waits(setting, columns, used, streams[place], wait)
            definitions = replace(definitions, wait=wait)
        say_missing_times(replace(setting, definitions=definitions), used, streams[place])
    return streams, definitions


def name_from_file(file: str) -> str:
    """Make a stream's name of a file's.

    >>> name_from_file("order_to_cash-2024.xlsx")
    'Order to cash 2024'
    """
    words = " ".join(PurePath(file).stem.replace("_", " ").replace("-", " ").split())
    return words[:1].upper() + words[1:] if words else "Value stream"


def _reading(
    workbook: Workbook,
    table: Table,
    columns: Columns,
    definitions: Definitions,
    said_by: tuple[tuple[str, str], ...],
    findings: Findings,
    rows: RowCount,
    left_out: tuple[LeftOutRow, ...],
) -> Reading:
    return Reading(
        file=workbook.file,
        sheet=table.sheet.name,
        sheets=tuple(sheet.name for sheet in workbook.sheets),
        header_rows=tuple(table.sheet.number(row) for row in table.header_rows),
        columns=columns.all,
        rows=rows,
        problems=tuple(dict.fromkeys((*workbook.problems, *table.sheet.problems, *findings.problems))),
        left_out=left_out,
        definitions=definitions,
        definitions_said_by=said_by,
        stream=None,
        questions=columns.questions,
    )


def _blocked(
    workbook: Workbook,
    table: Table,
    columns: Columns,
    definitions: Definitions,
    said_by: tuple[tuple[str, str], ...],
    findings: Findings,
    reasons: Sequence[str],
) -> Reading:
    """The reading of a table that cannot become a stream: no row is used, and the reasons say why."""
    under = table.sheet.rows[table.first_row : table.last_row + 1]
    blank = sum(blank_row(row) for row in under)
    rows = RowCount(used=0, left_out=len(under) - blank, blank=blank)
    reading = _reading(workbook, table, columns, definitions, said_by, findings, rows, ())
    sheet = table.sheet.name
    return replace(
        reading,
        blocking=tuple(
            Problem(severity=Severity.ERROR, repair="Before anything can be computed", message=reason, sheet=sheet)
            for reason in reasons
        ),
    )


def _decimal_comma(table: Table, columns: Columns) -> bool | None:
    """Whether the sheet writes decimal commas: told when opened, else by the values of all its figure columns."""
    if table.sheet.decimal_comma is not None:
        return table.sheet.decimal_comma
    indices = [column.index for column in columns.figures]
    rows = range(table.first_row, table.last_row + 1)
    return uses_decimal_comma(marks(table.cell(row, index) for index in indices for row in rows))


def _say_sheet(workbook: Workbook, chosen: Sheet, findings: Findings) -> None:
    others = [sheet.name for sheet in workbook.sheets if sheet is not chosen]
    if not others:
        return
    hidden = " Hidden sheets can be chosen too." if any(s.hidden for s in workbook.sheets) else ""
    names = ", ".join(f'"{name}"' for name in others)
    message = f'Sheet "{chosen.name}" was read, as it looks most like a table of stages; not read: {names}.{hidden}'
    findings.add(Severity.NOTE, "Sheet chosen", message + " Choose another sheet if that is wrong.", found=chosen.name)


def _no_stages(table: Table) -> str:
    header = (
        f"under the header in row {table.sheet.number(table.header_rows[-1])}" if table.header_rows else "in the table"
    )
    return (
        f"There is no row {header} with a figure in it, so there is no stage to analyse. Put one stage into each row, "
        "with its processing time and wait time, or choose another header row or sheet."
    )
