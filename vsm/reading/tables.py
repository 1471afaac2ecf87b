"""A sheet of cells -> where its table is: header rows, columns with their header texts, first and last data row.

A sheet without a row that looks like a header has a table without one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from vsm.folding import fold
from vsm.reading.glance import blank_row, cell_at
from vsm.reading.header_rows import header_span
from vsm.reading.headers import (
    FIGURE_ROLES,
    HeaderMeaning,
    header_meaning,
    unit_in_words,
    unit_of_all_times,
)
from vsm.reading.shapes import Cell, Sheet
from vsm.reading.texts import cell_text
from vsm.reading.vocabulary import GROUP_WORDS

MOST_MERGED_CELLS = 100_000
"""Merged blocks that cover more cells are not looked at any further; no table of stages comes near."""

Positions = Mapping[tuple[int, int], tuple[int, int]]
"""From a 0-based (row, column) to another."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """Where the table of a sheet is; all positions 0-based into `Sheet.rows`."""

    sheet: Sheet
    header_rows: tuple[int, ...]
    columns: tuple[int, ...]
    headers: tuple[str, ...]
    """Text of the header of each of `columns`, several header rows joined; "" where there is none."""
    labels: tuple[str, ...]
    """The lowest header text of each column, without group and unit rows."""
    first_row: int
    last_row: int
    """Last row of the sheet with anything in it; before `first_row` where there is none."""
    title: str | None = None
    shown_in: Positions = field(default_factory=dict)
    """For each cell inside of a merged block the first cell of that block, which alone has a value."""
    unit_line: str | None = None
    """A line above or below the table that gives the unit of all its times ("all times in minutes")."""

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a position; beyond the end of a short row it is blank."""
        return cell_at(self.sheet, row, column)

    def text(self, row: int, column: int) -> str:
        """The text of a cell; inside of a merged block, that of the block."""
        return cell_text(self.cell(*self.shown_in.get((row, column), (row, column))))


def has_row(sheet: Sheet, number: int | None) -> bool:
    """Tell whether a row number that a person chose as the header is in the sheet; 0 and `None` choose none."""
    return not number or any(sheet.number(i) == number for i in range(len(sheet.rows)))


def find_table(sheet: Sheet, header_row: int | None) -> Table:
    """Find the table of a sheet; `header_row` is the row number a person chose (0: no header), one that is there."""
    last = max((i for i, row in enumerate(sheet.rows) if not blank_row(row)), default=-1)
    top, bottom = header_span(sheet, header_row, last)
    rows = tuple(range(top, bottom + 1)) if top is not None else ()
    first = bottom + 1 if top is not None else bottom
    columns = _columns(sheet, rows, first, last)
    shown_in = _shown_in(sheet)
    parts = [_header_parts(sheet, rows, column, shown_in) for column in columns]
    return Table(
        sheet=sheet,
        header_rows=rows,
        columns=columns,
        headers=tuple(" ".join(p) for p in parts),
        labels=tuple(next((t for t in reversed(p) if not unit_in_words(t)), "") for p in parts),
        first_row=first,
        last_row=last,
        shown_in=shown_in,
        title=_title(sheet, rows[0] if rows else first),
        unit_line=_unit_line(sheet, rows[0] if rows else first, last),
    )


def _shown_in(sheet: Sheet) -> Positions:
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for top, left, bottom, right in sheet.merged:
        for position in product(range(top, bottom + 1), range(left, right + 1)):
            if len(found) == MOST_MERGED_CELLS:
                return found
            found[position] = (top, left)
    return found


def _header_parts(sheet: Sheet, rows: tuple[int, ...], column: int, shown_in: Positions) -> tuple[str, ...]:
    """Texts of one column's header from top to bottom; a unit on its own gets brackets."""
    parts: list[str] = []
    for row in rows:
        text = cell_text(cell_at(sheet, row, column)) or (
            _spread(sheet, row, column, rows[-1], shown_in) if row < rows[-1] else ""
        )
        unit_row = bool(parts) and unit_in_words(text) is not None
        if text and text not in parts:
            parts.append(f"({text.strip('()[] ')})" if unit_row else text)
    return _without_needless_group(tuple(parts))


def _without_needless_group(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Drop a group's name ("Time", "Figures") where it is no column's name."""
    if len(parts) > 1 and fold(parts[0]) in GROUP_WORDS and not unit_in_words(parts[1]):
        return parts[1:]
    return parts


def _spread(sheet: Sheet, row: int, column: int, last_header: int, shown_in: Positions) -> str:
    """The group a blank header cell belongs to: of its merged block, else the text to its left in the same row."""
    if (row, column) in shown_in:
        return cell_text(cell_at(sheet, *shown_in[row, column]))
    if sheet.merged or row == last_header or cell_at(sheet, last_header, column).blank:
        return ""
    left = next((c for c in range(column - 1, -1, -1) if not cell_at(sheet, row, c).blank), None)
    if left is None or cell_at(sheet, last_header, left).blank:
        return ""
    return cell_text(cell_at(sheet, row, left))


def _columns(sheet: Sheet, rows: tuple[int, ...], first: int, last: int) -> tuple[int, ...]:
    """Columns with a header, and columns with anything below it."""
    used: set[int] = set()
    for i in (*rows, *range(first, last + 1)):
        used.update(c for c, cell in enumerate(sheet.rows[i]) if c not in used and not cell.blank)
    return tuple(sorted(used))


def _title(sheet: Sheet, before: int) -> str | None:
    """The first line above the table, where it is one text that could be a name."""
    for row in sheet.rows[:before]:
        texts = [cell_text(cell) for cell in row if not cell.blank]
        if texts and not unit_of_all_times(texts[0]):
            only = len(texts) == 1 and isinstance(next(c for c in row if not c.blank).value, str)
            return texts[0] if only and len(texts[0]) <= 80 and not texts[0].endswith((".", ":")) else None
    return None


def _unit_line(sheet: Sheet, top: int, last: int) -> str | None:
    """A line of at most two texts above the table or among the last rows that names the unit of all times."""
    for row in (*sheet.rows[:top], *sheet.rows[max(top + 1, last - 10) : last + 1]):
        texts = [cell_text(cell) for cell in row if not cell.blank]
        if len(texts) <= 2:
            named = next((text for text in texts if unit_of_all_times(text)), None)
            if named is not None:
                return named
    return None


def roles_down_the_first_column(table: Table) -> int:
    """Count the stage table roles that the first column names: from two on, stages may run across the columns."""
    if not table.columns:
        return 0
    texts: Iterator[str] = (cell_text(row[table.columns[0]]) for row in table.sheet.rows if len(row) > table.columns[0])
    meanings: list[HeaderMeaning] = [header_meaning(t) for _, t in zip(range(50), texts, strict=False) if t]
    return len({m.role for m in meanings if m.role in FIGURE_ROLES})
