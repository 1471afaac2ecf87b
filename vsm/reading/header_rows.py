"""A sheet of cells -> which rows are the header of its table, and which sheet of several has one.

Looks at the first rows for the one that names most known columns; a row of units or of groups beside it joins it.
"""

from __future__ import annotations

from collections.abc import Sequence

from vsm.folding import fold
from vsm.reading.glance import blank_row, cell_at, is_figure
from vsm.reading.headers import DURATION_ROLES, FIGURE_ROLES, header_meaning, unit_in_words
from vsm.reading.shapes import Cell, ReadError, Role, Sheet
from vsm.reading.texts import cell_text
from vsm.reading.vocabulary import CHANGE_NAMES, GROUP_WORDS, ITEM_NAMES

LOOK_INTO_ROWS = 200
"""How many rows from the top may hold the header."""


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
        raise ReadError("The file holds no table: every sheet is empty. Bring a table of stages or a log of items.")
    candidates = [s for s in filled if not s.hidden] or filled
    return candidates[0] if len(candidates) == 1 else max(candidates, key=_likeness)


def _likeness(sheet: Sheet) -> int:
    """How much a sheet looks like a table of stages: the best header row, and figures below it."""
    best = max((row_score(row) for row in sheet.rows[:LOOK_INTO_ROWS]), default=0)
    figures = sum(is_figure(cell) for row in sheet.rows[:LOOK_INTO_ROWS] for cell in row)
    return best * 100 + min(figures, 50)


def header_span(sheet: Sheet, chosen: int | None, last: int) -> tuple[int | None, int]:
    """First and last header row; or `None` and the first data row."""
    first_filled = next((i for i, row in enumerate(sheet.rows) if not blank_row(row)), 0)
    if chosen == 0:
        return None, first_filled
    if chosen is not None:
        row = next(i for i in range(len(sheet.rows)) if sheet.number(i) == chosen)
        return _first_header_row(sheet, row), row
    scores = {i: row_score(sheet.rows[i]) for i in range(min(len(sheet.rows), LOOK_INTO_ROWS))}
    best = max(scores, key=lambda i: scores[i], default=0)
    if scores.get(best, 0) < 2:
        plain = _plain_header(sheet, last)
        return (plain, plain) if plain is not None else (None, _first_row_of_figures(sheet, first_filled))
    return _first_header_row(sheet, best), _last_header_row(sheet, best)


def row_score(cells: Sequence[Cell]) -> int:
    """How many columns a row names as a header does; rows with figures in them are no headers."""
    texts = [cell_text(cell) for cell in cells if not cell.blank]
    if len(texts) < 2 or any(len(text) > 80 for text in texts) or len(texts) > 200:
        return 0
    meanings = [header_meaning(text) for text in texts]
    roles = {m.role for m in meanings} - {None, Role.IGNORE, Role.PERIOD}
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
    return fold(text) in GROUP_WORDS or (meaning.role not in (None, Role.PERIOD) and len(text) <= 40)
