"""The rows under a header -> what each of them is: a stage, blank, or something to leave out, with its reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import product

from vsm.durations import unit_of
from vsm.folding import fold
from vsm.model import RowCount, Severity
from vsm.reading.cells import Setting
from vsm.reading.columns import Columns
from vsm.reading.findings import Findings
from vsm.reading.glance import blank_row, is_figure
from vsm.reading.headers import FIGURE_ROLES
from vsm.reading.period_columns import own_periods
from vsm.reading.shapes import Column, LeftOutRow, Role
from vsm.reading.tables import Table
from vsm.reading.texts import cell_text, listed, row_ranges
from vsm.reading.totals import check_total, rows_that_sum_up
from vsm.reading.vocabulary import AVERAGE_NAMES, FILLERS, NOTE_STARTS, OVERALL_NAMES, TOTAL_COMPANIONS, TOTAL_NAMES

_WORDS = re.compile(r"[^\W_]+|[σ∑]")


class RowKind(Enum):
    """What a row under the header is; the value is the reason a person reads where it is left out."""

    STAGE = "a stage"
    BLANK = "blank"
    TOTAL = "a total row"
    SUMS = "a row without a name whose times are the sums of the rows above"
    AVERAGE = "a row of averages"
    OVERALL = "a figure of the whole stream"
    HEADER = "the header again"
    NO_FIGURES = "a name without any figure"
    NOTE = "a line of text without a stage's figures"


REPAIRS = {
    RowKind.TOTAL: "Total rows left out",
    RowKind.SUMS: "Total rows left out",
    RowKind.AVERAGE: "Rows of averages left out",
    RowKind.OVERALL: "Rows of overall figures left out",
    RowKind.HEADER: "Repeated header rows left out",
    RowKind.NO_FIGURES: "Rows without figures left out",
    RowKind.NOTE: "Note lines left out",
}
_TOTALS = frozenset({RowKind.TOTAL, RowKind.SUMS})
KEPT_ON_DEMAND = _TOTALS | {RowKind.AVERAGE, RowKind.OVERALL}
"""What `Choices.keep_total_rows` counts as stages."""
_WAYS_OUT = {
    RowKind.TOTAL: "Keep total rows if it is a stage.",
    RowKind.SUMS: "Keep total rows if it is a stage.",
    RowKind.AVERAGE: "Keep total rows if it is a stage.",
    RowKind.OVERALL: "Keep total rows if it is a stage.",
    RowKind.HEADER: "The rows below it were read as more of the same table; a second table needs a sheet of its own.",
    RowKind.NO_FIGURES: "Put a figure, or n/a for not measured, into its row if it is a stage.",
    RowKind.NOTE: "Give it a name and a figure if it is a stage.",
}


@dataclass(frozen=True, kw_only=True)
class TableRow:
    """One row under the header."""

    index: int
    """0-based position in the sheet's rows."""
    kind: RowKind
    name: str | None
    """The stage's name as the row or its merged block gives it."""


Streams = Sequence[Sequence[TableRow]]
"""The rows of stages, those of each stream that the table holds together."""


def classify_rows(setting: Setting, columns: Columns, *, keep_total_rows: bool) -> tuple[TableRow, ...]:
    """Say of each row from the header to the last row with anything in it what it is."""
    table = setting.table
    rows = [_classify(table, columns, i) for i in range(table.first_row, table.last_row + 1)]
    rows = _named_from_above(setting, columns.of(Role.PERIOD), rows)
    sums = rows_that_sum_up(setting, columns, [(r.index, r.name) for r in rows if r.kind is RowKind.STAGE])
    rows = [replace(row, kind=RowKind.SUMS) if row.index in sums else row for row in rows]
    overall = _rows_of_overall_figures(table, columns, rows)
    rows = [replace(row, kind=RowKind.OVERALL) if row.index in overall else row for row in rows]
    if keep_total_rows:
        return tuple(replace(row, kind=RowKind.STAGE) if row.kind in KEPT_ON_DEMAND else row for row in rows)
    return tuple(rows)


def _classify(table: Table, columns: Columns, index: int) -> TableRow:
    cells = table.sheet.rows[index]
    stage = columns.of(Role.STAGE)
    cell = table.cell(index, stage.index) if stage else None
    written = cell_text(cell) if cell is not None and cell.error is None else ""
    name = written or _merged_name(table, index, stage)
    row = TableRow(index=index, kind=RowKind.STAGE, name=name)
    if blank_row(cells):
        return replace(row, kind=RowKind.BLANK)
    has_figures = any(not table.cell(index, c.index).blank for c in columns.figures)
    shares_figures = bool(name) and any(table.text(index, c.index) for c in columns.figures)
    if _repeats_header(table, index):
        kind = RowKind.HEADER
    elif (named := _summary_kind(table, columns, index, written)) is not None:
        kind = named
    elif written and _begins_like_a_note(written) and not _has_readable_figure(table, columns, index):
        kind = RowKind.NOTE
    elif not has_figures and not shares_figures:
        kind = RowKind.NO_FIGURES if written and len(written) <= 60 else RowKind.NOTE
    else:
        kind = RowKind.STAGE
    return replace(row, kind=kind)


def _merged_name(table: Table, index: int, stage: Column | None) -> str | None:
    """The name that a merged block gives to the rows below its first."""
    shown_in = table.shown_in.get((index, stage.index)) if stage is not None else None
    return table.text(*shown_in) or None if shown_in is not None and shown_in[0] >= table.first_row else None


def _named_from_above(setting: Setting, period: Column | None, rows: list[TableRow]) -> list[TableRow]:
    """Give rows that name a period and no stage, as those below the first of a group do, the stage of the row above."""
    if period is None:
        return rows
    own = own_periods(setting.table, period.index, [row.index for row in rows])
    named: list[TableRow] = []
    filled: list[int] = []
    above: str | None = None
    for row in rows:
        is_stage = row.kind is RowKind.STAGE
        if is_stage and row.name is None and row.index in own and above is not None:
            filled.append(setting.table.sheet.number(row.index))
        named.append(replace(row, name=above) if is_stage and row.name is None and row.index in own else row)
        above = named[-1].name if is_stage else above
    if filled:
        message = (
            f"The stage of {row_ranges(filled)} is blank: that of the row above was taken, as a period is named there. "
            "Fill in each row if that is wrong."
        )
        setting.findings.add(Severity.NOTE, "Stage names filled down", message, row=filled[0])
    return named


def _repeats_header(table: Table, index: int) -> bool:
    texts = {c: cell_text(table.cell(index, c)) for c in table.columns}
    filled = {c: fold(text) for c, text in texts.items() if text}
    if len(filled) < 2:
        return False
    for row in table.header_rows:
        if all(text == fold(cell_text(table.cell(row, c))) for c, text in filled.items()):
            return True
    return False


def _summary_kind(table: Table, columns: Columns, index: int, written: str) -> RowKind | None:
    """Whether a row is named as a total or an average, in its stage cell or, where that is blank, in another text."""
    for name in _texts(table, columns, index, written):
        plain = fold(name).strip(" :=.-*")
        words = _WORDS.findall(plain)
        if not words:
            continue
        if _is_summary(plain, words, TOTAL_NAMES):
            return RowKind.TOTAL
        if _is_summary(plain, words, AVERAGE_NAMES):
            return RowKind.AVERAGE
    return None


def _texts(table: Table, columns: Columns, index: int, written: str) -> list[str]:
    """What names a row: its stage cell or, where that is blank, its other texts."""
    others = (cell_text(table.cell(index, c.index)) for c in columns.all if c.role not in FIGURE_ROLES)
    return [written] if written else [text for text in others if text]


def _rows_of_overall_figures(table: Table, columns: Columns, rows: Sequence[TableRow]) -> frozenset[int]:
    """Find the rows named as a figure of the whole ("Takt time") that stand below the stages or below a total."""
    totals = [row.index for row in rows if row.kind in _TOTALS]
    stages = {row.index: _named_whole(table, columns, row) for row in rows if row.kind is RowKind.STAGE}
    plain = [index for index, name in stages.items() if name is None]
    if not plain:
        return frozenset()
    below = {i for i in stages if i > plain[-1] or any(plain[0] < total < i for total in totals)}
    # A name that stands among the stages too ("Waiting time" after each of them) is one of theirs.
    among = {name for index, name in stages.items() if index not in below}
    return frozenset(index for index in below if stages[index] not in among | {None})


def _named_whole(table: Table, columns: Columns, row: TableRow) -> tuple[str, ...] | None:
    """The overall figure that a row is named for, if it is."""
    named = (_essence(text) for text in _texts(table, columns, row.index, row.name or ""))
    return next((name for name in named if name in _OVERALL), None)


def _essence(text: str) -> tuple[str, ...]:
    """The words of a name without those that only say of how much, per what, and in which unit."""
    words = _WORDS.findall(fold(text))
    return tuple(w for w in words if w not in FILLERS | TOTAL_NAMES and unit_of(w) is None)


_OVERALL = frozenset(_essence(name) for name in OVERALL_NAMES) - {()}


def _is_summary(plain: str, words: Sequence[str], names: frozenset[str]) -> bool:
    rest = [word for word in words if word not in names]
    return plain in names or (len(rest) < len(words) and all(word in TOTAL_COMPANIONS for word in rest))


def _begins_like_a_note(text: str) -> bool:
    start = fold(text)
    return start.startswith("*") or start.partition(":")[0] in NOTE_STARTS


def _has_readable_figure(table: Table, columns: Columns, index: int) -> bool:
    return any(is_figure(table.cell(index, c.index)) for c in columns.figures)


def count_rows(rows: Sequence[TableRow]) -> RowCount:
    """Count what became of the rows."""
    used = sum(row.kind is RowKind.STAGE for row in rows)
    blank = sum(row.kind is RowKind.BLANK for row in rows)
    return RowCount(used=used, left_out=len(rows) - used - blank, blank=blank)


def leave_out(table: Table, rows: Sequence[TableRow], findings: Findings) -> tuple[LeftOutRow, ...]:
    """List the rows left out, and write down a problem for each."""
    left_out = []
    for row in rows:
        if row.kind in {RowKind.STAGE, RowKind.BLANK}:
            continue
        number = table.sheet.number(row.index)
        texts = tuple(cell_text(table.cell(row.index, c)) for c in table.columns)
        found = next(filter(None, texts), "")
        severity = Severity.WARNING if row.kind in {RowKind.NO_FIGURES, RowKind.HEADER} else Severity.NOTE
        message = f'Row {number}, "{found}", was left out: it is {row.kind.value}. {_WAYS_OUT[row.kind]}'
        findings.add(severity, REPAIRS[row.kind], message, row=number, found=found)
        left_out.append(LeftOutRow(row=number, cells=texts, reason=row.kind.value, sheet=table.sheet.name))
    return tuple(left_out)


def say_stages_below_totals(table: Table, rows: Sequence[TableRow], stages: Streams, findings: Findings) -> None:
    """Doubt the stages that stand below the last total row of their stream: it should be the end of it."""
    totals = _totals_of(rows, stages)
    for stream in stages:
        own = [row.index for row, of in totals if of is stream]
        below = [row for row in stream if own and row.index > own[-1]]
        if below:
            _say_below(table, below, own[-1], findings)


def _totals_of(rows: Sequence[TableRow], stages: Streams) -> list[tuple[TableRow, Sequence[TableRow]]]:
    """Each total row with the stream of the stage above it."""
    stream_of = {row.index: stream for stream in stages for row in stream}
    found = []
    last: Sequence[TableRow] = ()
    for row in rows:
        last = stream_of.get(row.index, last)
        if row.kind in _TOTALS:
            found.append((row, last))
    return found


def _say_below(table: Table, below: Sequence[TableRow], last_total: int, findings: Findings) -> None:
    numbers = [table.sheet.number(row.index) for row in below]
    names = [f'"{row.name}"' for row in below if row.name is not None][:5]
    where = f"{row_ranges(numbers).capitalize()}{f' ({listed(names)})' if names else ''}"
    total = f"below the total row (row {table.sheet.number(last_total)})"
    message = (
        f"{where} stands {total}. It was kept as a stage, so it counts. Delete the row if it is none, or move the "
        "total row to the end."
        if len(below) == 1
        else f"{where} stand {total}. They were kept as stages, so they count. Delete the rows that are none, or move "
        "the total row to the end."
    )
    findings.add(Severity.WARNING, "Stages below a total row", message, row=numbers[0])


def check_totals(setting: Setting, columns: Columns, rows: Sequence[TableRow], stages: Streams) -> None:
    """Compare each total row that was left out with the stages above it: of its stream, since the last total, all."""
    last = -1
    for row, stream in _totals_of(rows, stages):
        if row.kind is RowKind.TOTAL:
            above = [stage.index for of in stages for stage in of if stage.index < row.index]
            own = [stage.index for stage in stream if stage.index < row.index]
            check_total(setting, columns, row.index, (own, [i for i in above if i > last], above))
            last = row.index


def say_merged(table: Table, columns: Columns, rows: Sequence[TableRow], findings: Findings) -> None:
    """Write down what merged cells were taken to mean: names and texts filled down, figures counted once."""
    filled: dict[tuple[int, Column], list[int]] = {}
    for row, column in product([row.index for row in rows if row.kind is RowKind.STAGE], columns.all):
        first = table.shown_in.get((row, column.index), (row, column.index))[0]
        if table.first_row <= first < row:
            filled.setdefault((first, column), []).append(table.sheet.number(row))
    for (first, column), below in filled.items():
        _say_merged_column(column, table.sheet.number(first), below, findings)


def _say_merged_column(column: Column, first: int, below: Sequence[int], findings: Findings) -> None:
    shown = column.header or column.letter
    if column.role in FIGURE_ROLES:
        message = (
            f'Column "{shown}": the merged figure of row {first} was counted once, in that row, and not again in '
            f"{row_ranges(below)}. Unmerge the cells and give each row its own figure."
        )
        findings.add(Severity.NOTE, "Merged figures counted once", message, row=first, column=shown)
    elif column.role is not Role.IGNORE:
        message = (
            f'Column "{shown}": the merged cell of row {first} was filled down to {row_ranges(below)}. Unmerge the '
            "cells and fill each row if that is wrong."
        )
        findings.add(Severity.NOTE, "Merged names filled down", message, row=below[0], column=shown)
