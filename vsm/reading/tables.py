"""A sheet of cells -> where its table is: header rows, columns with their header texts, first and last data row.

Looks at the first rows of the sheet for the row that names most known columns; a row of units or of groups beside it
joins the header. A sheet without such a row has a table without a header.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from vsm.durations import parse_duration
from vsm.folding import fold
from vsm.reading.headers import (
    DURATION_ROLES,
    FIGURE_ROLES,
    HeaderMeaning,
    header_meaning,
    unit_in_words,
    unit_of_all_times,
)
from vsm.reading.shapes import Cell, ReadError, Role, Sheet
from vsm.reading.texts import cell_text
from vsm.reading.vocabulary import CHANGE_NAMES, GROUP_WORDS, ITEM_NAMES

LOOK_INTO_ROWS = 200
"""How many rows from the top may hold the header."""
MOST_MERGED_CELLS = 100_000
"""Merged blocks that cover more cells are not looked at any further; no table of stages comes near."""
_NOTHING = Cell()

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


def cell_at(sheet: Sheet, row: int, column: int) -> Cell:
    """Give the cell at a 0-based position; outside of the sheet it is blank."""
    if not 0 <= row < len(sheet.rows):
        return _NOTHING
    cells = sheet.rows[row]
    return cells[column] if column < len(cells) else _NOTHING


def is_figure(cell: Cell) -> bool:
    """Tell whether a cell holds a number, a time, a date or an error value, be it as text."""
    if cell.error is not None or isinstance(cell.value, int | float | dt.date | dt.time | dt.timedelta):
        return True
    if not isinstance(cell.value, str) or not any(c.isdigit() for c in cell.value):
        return False
    text = cell.value.strip().removesuffix("%").strip()
    if looks_like_date(cell.value):
        return True
    try:
        parse_duration(text.removeprefix("-"))
    except ValueError:
        return False
    return True


def looks_like_date(text: str) -> bool:
    """Tell whether a text is a date or a timestamp: ISO, or day, month and year with points or slashes."""
    text = text.strip()
    day = text[:10].replace("/", "-").replace(".", "-")
    parts = day.split()[0].split("T")[0].split("-") if day.split() else []
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return False
    return [len(part) for part in parts].count(4) == 1 or all(len(part) == 2 for part in parts)


def blank_row(cells: Sequence[Cell]) -> bool:
    """Tell whether nothing stands in a row."""
    return all(cell.blank for cell in cells)


def choose_sheet(sheets: Sequence[Sheet], named: str | None) -> Sheet:
    """Pick the sheet a person named, else the visible one that looks most like a table of stages.

    Raises ReadError where the name is unknown or no sheet has anything in it.
    """
    if named is not None:
        exact = next((s for s in sheets if s.name == named), None)
        close = next((s for s in sheets if fold(s.name) == fold(named)), None)
        if exact is None and close is None:
            names = ", ".join(f'"{s.name}"' for s in sheets)
            raise ReadError(
                f'There is no sheet named "{named}". The file has these sheets: {names}. Choose one of them.'
            )
        chosen = exact or close
        assert chosen is not None
        return chosen
    filled = [s for s in sheets if not all(blank_row(row) for row in s.rows)]
    if not filled:
        raise ReadError("The file holds no table: every sheet is empty. Bring a table with one row for each stage.")
    candidates = [s for s in filled if not s.hidden] or filled
    return max(candidates, key=_likeness)


def _likeness(sheet: Sheet) -> int:
    """How much a sheet looks like a table of stages: the best header row, and figures below it."""
    best = max((_row_score(row) for row in sheet.rows[:LOOK_INTO_ROWS]), default=0)
    figures = sum(is_figure(cell) for row in sheet.rows[:LOOK_INTO_ROWS] for cell in row)
    return best * 100 + min(figures, 50)


def has_row(sheet: Sheet, number: int | None) -> bool:
    """Tell whether a row number that a person chose as the header is in the sheet; 0 and `None` choose none."""
    return not number or any(sheet.number(i) == number for i in range(len(sheet.rows)))


def find_table(sheet: Sheet, header_row: int | None) -> Table:
    """Find the table of a sheet; `header_row` is the row number a person chose (0: no header), one that is there."""
    last = max((i for i, row in enumerate(sheet.rows) if not blank_row(row)), default=-1)
    top, bottom = _header_span(sheet, header_row, last)
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


def _header_span(sheet: Sheet, chosen: int | None, last: int) -> tuple[int | None, int]:
    """First and last header row; or `None` and the first data row."""
    first_filled = next((i for i, row in enumerate(sheet.rows) if not blank_row(row)), 0)
    if chosen == 0:
        return None, first_filled
    if chosen is not None:
        row = next(i for i in range(len(sheet.rows)) if sheet.number(i) == chosen)
        return _first_header_row(sheet, row), row
    scores = {i: _row_score(sheet.rows[i]) for i in range(min(len(sheet.rows), LOOK_INTO_ROWS))}
    best = max(scores, key=lambda i: scores[i], default=0)
    if scores.get(best, 0) < 2:
        plain = _plain_header(sheet, last)
        return (plain, plain) if plain is not None else (None, _first_row_of_figures(sheet, first_filled))
    return _first_header_row(sheet, best), _last_header_row(sheet, best)


def _row_score(cells: Sequence[Cell]) -> int:
    """How many columns a row names as a header does; rows with figures in them are no headers."""
    texts = [cell_text(cell) for cell in cells if not cell.blank]
    if len(texts) < 2 or any(len(text) > 80 for text in texts) or len(texts) > 200:
        return 0
    meanings = [header_meaning(text) for text in texts]
    roles = {m.role for m in meanings if m.role is not None and m.role is not Role.IGNORE}
    known = len(roles) + min(sum(m.role is Role.IGNORE for m in meanings), 2)
    if Role.STAGE in roles:
        known += 2
    known += 2 * bool(roles & DURATION_ROLES) + _names_of_a_log(texts)
    return max(known - 4 * sum(is_figure(cell) for cell in cells), 0)


def _names_of_a_log(texts: Sequence[str]) -> int:
    names = {fold(text).replace("_", " ").replace(":", " ") for text in texts}
    return 2 * bool(names & ITEM_NAMES and (names - ITEM_NAMES) & CHANGE_NAMES)


def _plain_header(sheet: Sheet, last: int) -> int | None:
    """A row of texts of at least two cells with figures below them: a header whose names are all unknown."""
    for i in range(min(last, LOOK_INTO_ROWS)):
        cells = sheet.rows[i]
        filled = [c for c, cell in enumerate(cells) if not cell.blank]
        if any(is_figure(cells[c]) for c in filled):
            return None
        below = next((j for j in range(i + 1, last + 1) if not blank_row(sheet.rows[j])), i)
        if len(filled) >= 2 and any(is_figure(cell_at(sheet, below, c)) for c in filled):
            return i
    return None


def _first_row_of_figures(sheet: Sheet, first_filled: int) -> int:
    """Where a table without header begins: the first row with a figure and something else."""
    for i in range(first_filled, min(len(sheet.rows), LOOK_INTO_ROWS)):
        cells = [cell for cell in sheet.rows[i] if not cell.blank]
        if len(cells) >= 2 and any(is_figure(cell) for cell in cells):
            return i
    return first_filled


def _last_header_row(sheet: Sheet, row: int) -> int:
    """Take in the row below where it holds only units ("(h)") or parts of the header above ("avg", "max")."""
    below = [cell for cell in (sheet.rows[row + 1] if row + 1 < len(sheet.rows) else ()) if not cell.blank]
    texts = [cell_text(cell) for cell in below]
    if not texts or not all(isinstance(cell.value, str) and not is_figure(cell) for cell in below):
        return row
    stage = _stage_cell(sheet, row)
    if not stage.blank and not cell_text(stage).startswith(("(", "[")):
        return row
    units = sum(unit_in_words(text) is not None for text in texts)
    figures = sum(header_meaning(text).role in FIGURE_ROLES for text in texts)
    return row + 1 if figures >= 2 or units == len(texts) - (not stage.blank) > 0 else row


def _stage_cell(sheet: Sheet, row: int) -> Cell:
    """The cell below the header of the stage names, which is blank in a second header row."""
    cells = sheet.rows[row]
    stage = next((c for c, cell in enumerate(cells) if header_meaning(cell_text(cell)).role is Role.STAGE), 0)
    return cell_at(sheet, row + 1, stage)


def _first_header_row(sheet: Sheet, row: int) -> int:
    """Take in the row above where it groups columns ("Time" over "PT" and "WT")."""
    if row == 0:
        return row
    above = sheet.rows[row - 1]
    filled = [(c, cell_text(cell)) for c, cell in enumerate(above) if not cell.blank]
    if not filled or any(is_figure(above[c]) for c, _ in filled):
        return row
    first_column = min((c for c, cell in enumerate(sheet.rows[row]) if not cell.blank), default=0)
    if len(filled) == 1 and filled[0][0] <= first_column:
        return row
    below = {c for c, cell in enumerate(sheet.rows[row]) if not cell.blank}
    names = any(_names_a_group(text) for _, text in filled) and not below <= {c for c, _ in filled}
    merged = any(m.first_row == row - 1 and m.last_column > m.first_column > first_column for m in sheet.merged)
    return row - 1 if names or merged else row


def _names_a_group(text: str) -> bool:
    meaning = header_meaning(text)
    return fold(text) in GROUP_WORDS or (meaning.role is not None and len(text) <= 40)


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
