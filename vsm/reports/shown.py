"""Analysis -> what several reports print alike: the stage table as text, with durations as a person says them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd

from vsm.analysis import Analysis
from vsm.durations import hours_in_one_unit
from vsm.tables import stage_table
from vsm.wording import number, percent


class ShownTable(NamedTuple):
    """A table ready to print: its column labels, which of them are numbers, and its rows of text."""

    labels: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


_SHARES = {"Share of lead time", "Share of waiting", "%C&A", "Availability", "Utilisation"}


def shown_stages(analysis: Analysis) -> ShownTable:
    """Print the stage table: durations in words, shares as percentages, an en dash where nothing was measured."""
    table = stage_table(analysis)
    # What no stage has is a column of dashes, which stand below each other as figures do.
    numeric = tuple(pd.api.types.is_numeric_dtype(cells) or bool(cells.isna().all()) for _, cells in table.items())
    columns = [_told(table[label], is_number, analysis) for label, is_number in zip(table, numeric, strict=True)]
    rows = tuple(zip(*columns, strict=True))
    return ShownTable(tuple(label.removesuffix(" (h)") for label in table.columns), numeric, rows)


def _told(column: pd.Series[Any], is_number: bool, analysis: Analysis) -> list[str]:
    """Print a column; durations all in one unit."""
    label, cells = str(column.name), [None if pd.isna(cell) else cell for cell in column]
    if label.endswith("(h)"):
        told: list[str | None] = hours_in_one_unit(cells, analysis.stream.definitions)
    else:
        say = _teller(label, is_number)
        told = [None if cell is None else say(cell) for cell in cells]
    return ["–" if text is None else text for text in told]


def _teller(label: str, is_number: bool) -> Callable[[Any], str]:
    if not is_number:
        return str
    if label in _SHARES:
        return lambda value: percent(float(value))
    if label == "Expected visits":
        return lambda value: f"{value:.2f}"
    return lambda value: number(float(value))
