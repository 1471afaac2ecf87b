"""Texts and tables -> the room they take on a slide, and what of them fits the room there is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from vsm.charts.map_text import clean, text_width, wrapped

_POINTS = 72
"""To an inch."""
_LINE = 1.2
"""Height of a line for the size of its letters."""
_MARGIN = 0.1
"""Inches at the left and the right of a text in its box or cell."""
CELL_MARGIN = 0.03
"""Inches above and below the text of a cell."""
CELL_SIZE = 12
_MOST_LINES = 60
_BOLD_ROOM = 0.9
"""Part of a line that bold letters are counted on, as those of some fonts are wider still."""


@dataclass(frozen=True)
class Grid:
    """A table to be shown: its labels, its rows and the widths of its columns in inches."""

    labels: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]

    @property
    def height(self) -> float:
        """How high it is, in inches."""
        return sum(row_height(row, self.widths) for row in (self.labels, *self.rows))


def cut(text: str, most: int) -> str:
    """Make text safe for a slide, and at most so many characters long, if it can be at the end of a word."""
    cleaned = clean(text)
    if len(cleaned) <= most:
        return cleaned
    words = cleaned[: most - 1].rpartition(" ")[0]
    return f"{(words if len(words) > most / 2 else cleaned[: most - 1]).rstrip()}…"


def cut_to_lines(text: str, width: float, size: float, lines: int, *, bold: bool = False) -> str:
    """Cut a text so that it takes at most so many lines, `width` inches long."""
    room = (width - 2 * _MARGIN) * _POINTS * (_BOLD_ROOM if bold else 1)
    return " ".join(wrapped(clean(text), room, size, lines=lines, bold=bold))


def text_height(text: str, width: float, size: float) -> float:
    """Return how high a paragraph is, in inches, where lines are `width` inches long; rather too high than too low."""
    room = (width - 2 * _MARGIN) * _POINTS
    lines = 1 if text_width(text, size) <= room else len(wrapped(text, room, size, lines=_MOST_LINES))
    return lines * size * _LINE / _POINTS


def fitting(texts: Iterable[str], width: float, height: float, size: float) -> tuple[list[str], float]:
    """Return the first paragraphs that fit a height, at least one of them, and how high they are with their spaces."""
    kept: list[str] = []
    taken = 0.0
    for text in texts:
        high = text_height(text, width, size) + size / 2 / _POINTS
        if kept and taken + high > height:
            break
        kept.append(text)
        taken += high
    return kept, taken


def row_height(row: Sequence[str], widths: Sequence[float]) -> float:
    """Return how high a row of a table is, in inches."""
    return max(text_height(text, width, CELL_SIZE) for text, width in zip(row, widths, strict=True)) + 2 * CELL_MARGIN


def divided(grid: Grid, height: float, most_rows: int) -> list[Grid]:
    """Divide a table into as few as fit a height and have at most so many rows each, about even where that goes."""
    parts = filled(grid, height, most_rows)
    return filled(grid, height, ceil(len(grid.rows) / len(parts))) if len(parts) > 1 else parts


def filled(grid: Grid, height: float, most_rows: int) -> list[Grid]:
    """Fill a height with as many rows as fit, at least one and at most so many, and go on with the next part."""
    parts, rows = [], list(grid.rows)
    while rows:
        count, taken = 0, row_height(grid.labels, grid.widths)
        for row in rows[:most_rows]:
            taken += row_height(row, grid.widths)
            if count and taken > height:
                break
            count += 1
        parts.append(Grid(grid.labels, rows[:count], grid.widths))
        rows = rows[count:]
    return parts
