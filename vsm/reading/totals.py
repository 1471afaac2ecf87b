"""Total rows against the rows above them: a nameless row that is their sum, and a total that is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from vsm.durations import hours_in_words
from vsm.model import Severity
from vsm.reading.cells import Setting, read_figures
from vsm.reading.columns import Columns, time_columns
from vsm.reading.findings import Findings
from vsm.reading.shapes import Column

ROUNDING = 0.005
"""How far a total may be from the sum, as a share of it, and still be that sum: totals are rounded."""


def rows_that_sum_up(setting: Setting, columns: Columns, rows: Sequence[tuple[int, str | None]]) -> frozenset[int]:
    """Find the rows without a name whose times are the sums of the rows above; `rows` are (index, name) of stages."""
    nameless = [index for index, name in rows if name is None]
    if not nameless or len(rows) < 3:
        return frozenset()
    indices = [index for index, _ in rows]
    times = [figures for _, figures in _read_silently(setting, columns, indices)]
    return frozenset(index for index in nameless if _sums_up(times, [i for i in indices if i < index], index))


def _read_silently(
    setting: Setting, columns: Columns, rows: Sequence[int]
) -> list[tuple[Column, Mapping[int, float | None]]]:
    """Read the times of some rows for a comparison, without writing down problems a second time."""
    silent = replace(setting, findings=Findings(setting.findings.sheet))
    return [(column, read_figures(silent, column, rows)) for column in time_columns(columns)]


def _sums_up(times: Sequence[Mapping[int, float | None]], above: Sequence[int], row: int) -> bool:
    compared = [(found, _sum(column, above)) for column in times if (found := column[row]) is not None]
    equal = all(_close(found, expected) for found, expected in compared)
    return len(above) >= 2 and bool(compared) and equal and any(expected > 0 for _, expected in compared)


def _sum(figures: Mapping[int, float | None], rows: Sequence[int]) -> float:
    return sum(figures[row] or 0.0 for row in rows)


def _close(found: float, expected: float) -> bool:
    return abs(found - expected) <= ROUNDING * expected


def check_total(setting: Setting, columns: Columns, row: int, above: Sequence[Sequence[int]]) -> None:
    """Warn where a total row's times are the sums of none of the groups of rows in `above`, the first being all."""
    number, words = setting.table.sheet.number(row), setting.definitions
    times = _read_silently(setting, columns, sorted({row, *(i for group in above for i in group)}))
    all_times = sum(_sum(figures, above[0]) for _, figures in times)
    for column, figures in times:
        found = figures[row]
        sums = (*(_sum(figures, group) for group in above), all_times)
        if found is None or any(_close(found, expected) for expected in sums):
            continue
        shown = column.header or column.letter
        message = (
            f'Row {number}, a total row, states {hours_in_words(found, words)} in column "{shown}", but the stages '
            f"above it add up to {hours_in_words(sums[0], words)}. The stages count. Check that none is missing and "
            "that the units are right."
        )
        setting.findings.add(Severity.WARNING, "Total rows that do not add up", message, row=number, column=shown)
