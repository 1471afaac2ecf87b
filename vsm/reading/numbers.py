"""Written numbers of a column or a sheet -> whether they use a decimal comma, decided for the whole column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from vsm.numerals import DecimalMark, decimal_mark, tidy
from vsm.reading.shapes import Cell

_NUMBER = re.compile(r"\d[\d.,]*(?:[ '](?=\d{3}(?!\d))[\d.,]+)*")


def marks(cells: Iterable[Cell]) -> Counter[DecimalMark]:
    """Count what the written numbers in these cells tell about their decimal mark."""
    found: Counter[DecimalMark] = Counter()
    for cell in cells:
        if isinstance(cell.value, str):
            found.update(decimal_mark(number.rstrip(".,")) for number in _NUMBER.findall(tidy(cell.value)))
    return found


def uses_decimal_comma(found: Counter[DecimalMark]) -> bool | None:
    """Decide from counted marks; `None` where they tell nothing or contradict each other."""
    commas, points = found[DecimalMark.COMMA], found[DecimalMark.POINT]
    if bool(commas) == bool(points):
        return None
    return bool(commas)


def is_unclear(text: str) -> bool:
    """Tell whether a text has a number that can be read in two ways ("1,234")."""
    return marks([Cell(text)])[DecimalMark.UNCLEAR] > 0
