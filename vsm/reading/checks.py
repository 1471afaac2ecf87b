"""What is no figure in any column: error values, truth values, dates, infinite numbers."""

from __future__ import annotations

import datetime as dt
import math

from vsm.folding import fold
from vsm.reading.glance import looks_like_date
from vsm.reading.shapes import Cell
from vsm.reading.vocabulary import ERROR_TEXTS

NOT_FINITE = frozenset({"inf", "-inf", "+inf", "infinity", "-infinity", "nan", "1.#inf", "1.#ind"})
TRUTH_VALUES = frozenset(
    {"true", "false", "wahr", "falsch", "vrai", "faux", "verdadero", "verdadeiro", "falso", "prawda", "falsz"}
)
LARGEST = 10**15


class UnreadableError(Exception):
    """A cell whose value is no figure; the message follows the cell's text ("is negative")."""


def check_cell(cell: Cell) -> None:
    """Refuse what is a figure in no column (error, truth value, date, inf, nan). Raises UnreadableError."""
    value = cell.value
    if cell.error is not None:
        saved = "cannot be known until a spreadsheet program opens the file and saves it"
        raise UnreadableError(saved if cell.error.startswith("formula") else "is an error value")
    if isinstance(value, bool):
        raise UnreadableError("is a truth value, not a number")
    if isinstance(value, dt.datetime | dt.date):
        raise UnreadableError("is a date, not a number")
    if isinstance(value, int) and abs(value) > LARGEST:
        raise UnreadableError("is larger than any figure of a process")
    if isinstance(value, float) and not math.isfinite(value):
        raise UnreadableError("is not a finite number")
    if isinstance(value, str):
        _check_text(value)


def _check_text(text: str) -> None:
    plain = fold(text)
    if plain in ERROR_TEXTS:
        raise UnreadableError("is an error value")
    if plain in TRUTH_VALUES:
        raise UnreadableError("is a truth value, not a number")
    if plain in NOT_FINITE:
        raise UnreadableError("is not a finite number")
    if looks_like_date(text):
        raise UnreadableError("is a date, not a number")
    if plain.startswith("="):
        raise UnreadableError("is a formula that was not worked out")
