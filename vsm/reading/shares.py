"""Percent cells as 0.85, 85 and "85%" -> shares from 0 to 1, decided for the whole column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from enum import Enum

from vsm.folding import fold
from vsm.model import Severity
from vsm.numerals import parse_number, tidy
from vsm.reading.checks import UnreadableError, check_cell
from vsm.reading.shapes import Cell

TOLERANCE = 1e-9


class Scale(Enum):
    """How a number without a percent sign is written."""

    SHARE = "0.85"
    PERCENT = "85"
    MIXED = "0.85 and 85"


def read_shares(
    cells: Mapping[int, Cell],
    decimal_comma: bool | None,
    report: Callable[[int, str], None],
    tell: Callable[[Severity, str, str, Sequence[int]], None],
) -> dict[int, float | None]:
    """Read the measured cells of a percent column; `report` gets what cannot be read, `tell` what was decided."""
    signed: dict[int, float] = {}
    plain: dict[int, float] = {}
    for row, cell in cells.items():
        try:
            check_cell(cell)
            number, has_sign = _number(cell, decimal_comma)
            if number < 0:
                raise UnreadableError("is negative, which a share cannot be")
            (signed if has_sign else plain)[row] = number
        except (UnreadableError, ValueError) as reason:
            report(row, str(reason))
    scale = _scale(list(plain.values()), bool(signed))
    shares = signed | _scaled(plain, scale, report)
    _tell_scale(plain, scale, bool(signed), tell)
    result: dict[int, float | None] = {}
    for row in cells:
        if row in shares and shares[row] > 1 + TOLERANCE:
            report(row, "is more than 100 %")
        result[row] = min(shares[row], 1.0) if row in shares and shares[row] <= 1 + TOLERANCE else None
    return result


def _number(cell: Cell, decimal_comma: bool | None) -> tuple[float, bool]:
    """The number in a cell and whether it carries a percent sign; with one it is already a share."""
    value = cell.value
    if isinstance(value, dt.timedelta | dt.time):
        raise UnreadableError("is a time, not a percentage")
    if isinstance(value, int | float):
        return float(value), cell.format is not None and "%" in cell.format
    text = tidy(str(value))
    for sign in ("%", "percent", "pct", "prozent"):
        if fold(text).endswith(sign):
            return parse_number(text[: -len(sign)], decimal_comma=decimal_comma) / 100, True
    if text.startswith("%"):
        return parse_number(text[1:], decimal_comma=decimal_comma) / 100, True
    return parse_number(text, decimal_comma=decimal_comma), False


def _scale(plain: list[float], some_signed: bool) -> Scale:
    """Decide how the plain numbers of a column are written."""
    fractions = any(0 < number < 1 for number in plain)
    if not any(number > 1 for number in plain):
        return Scale.SHARE
    if all(number <= 2 for number in plain) and (fractions or some_signed):
        return Scale.SHARE
    return Scale.MIXED if fractions else Scale.PERCENT


def _scaled(plain: Mapping[int, float], scale: Scale, report: Callable[[int, str], None]) -> dict[int, float]:
    shares: dict[int, float] = {}
    for row, number in plain.items():
        if scale is Scale.MIXED and 1 < number < 2:
            report(row, f"can be {number:g} % or {number * 100:g} %, as the column has percentages written both ways")
        elif scale is Scale.SHARE or (scale is Scale.MIXED and number <= 1):
            shares[row] = number
        else:
            shares[row] = number / 100
    return shares


def _tell_scale(
    plain: Mapping[int, float],
    scale: Scale,
    some_signed: bool,
    tell: Callable[[Severity, str, str, Sequence[int]], None],
) -> None:
    """Say what was decided about the plain numbers, where it could have been decided otherwise."""
    small = [row for row, number in plain.items() if 0 < number <= 1]
    if scale is Scale.MIXED:
        words = "a number up to 1 in a column of percentages, read as a share (0.85 is 85 %). Write all one way."
        tell(Severity.WARNING, "Percentages written both ways", words, small)
    elif scale is Scale.PERCENT and small:
        words = "a 1 in a column of whole percentages, read as 1 %. Write 100 if everything is meant."
        tell(Severity.WARNING, "Percentages written both ways", words, small)
    elif scale is Scale.SHARE and small and all(plain[row] == 1 for row in small):
        words = "a plain 1, read as 100 %. Write 1% if one percent is meant."
        tell(Severity.WARNING, "A plain 1 read as 100 %", words, small)
    elif scale is Scale.SHARE and small:
        words = "numbers up to 1, read as shares (0.85 is 85 %)."
        tell(Severity.NOTE, "Percentages read as shares", words, small)
    if scale is not Scale.SHARE and some_signed:
        words = "no percent sign, where others have one; read as percentages."
        tell(Severity.NOTE, "Percentages with and without a sign", words, [r for r in plain if plain[r] > 1])
