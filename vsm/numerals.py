"""Numbers as people write them ("1,234.5", "1.234,5", "1 234,5", "1'234", "1½") -> floats."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum


class DecimalMark(Enum):
    """What a written number tells about its decimal mark."""

    POINT = "1.5"
    COMMA = "1,5"
    UNCLEAR = "1,234"
    """One mark before exactly three digits: thousands or thousandths."""
    UNTOLD = "15"


_SIGNS = str.maketrans({"−": "-", "\u2012": "-", "’": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " "})
_FRACTION = re.compile(r"([+-]?)(\d*)\s?([¼½¾⅓⅔⅛⅜⅝⅞])")
_EXPONENT = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+")
_SPACED_GROUPS = re.compile(r"(\d{1,3})((?:[ ']\d{3})+)(?=[.,]|$)")
_DIGITS = re.compile(r"[+-]?[\d.,]*\d[\d.,]*")


def tidy(text: str) -> str:
    """Replace typographic minus signs, quotes and narrow spaces by their plain forms and strip the ends."""
    return text.translate(_SIGNS).strip()


def parse_number(text: str, *, decimal_comma: bool | None = None) -> float:
    """Read one number; `decimal_comma` decides only where the text can mean two numbers ("1,234", "1.234").

    Without `decimal_comma` such a text is read as in English. Raises ValueError with the reason.

    >>> parse_number("1.234,5"), parse_number("1 234,5"), parse_number("1'234"), parse_number("1½")
    (1234.5, 1234.5, 1234.0, 1.5)
    >>> parse_number("1,234"), parse_number("1,234", decimal_comma=True)
    (1234.0, 1.234)
    """
    plain = tidy(text)
    fraction = _FRACTION.fullmatch(plain)
    if fraction:
        sign = -1.0 if fraction[1] == "-" else 1.0
        return sign * (float(fraction[2] or 0) + unicodedata.numeric(fraction[3]))
    if _EXPONENT.fullmatch(plain):
        return float(plain.replace(",", "."))
    whole, decimals, _ = _split(plain, decimal_comma)
    return float(f"{whole}.{decimals or '0'}")


def decimal_mark(text: str) -> DecimalMark:
    """Tell which decimal mark a written number shows; what is not a number tells nothing.

    >>> decimal_mark("1.234,5"), decimal_mark("0,125"), decimal_mark("1,234")
    (<DecimalMark.COMMA: '1,5'>, <DecimalMark.COMMA: '1,5'>, <DecimalMark.UNCLEAR: '1,234'>)
    """
    try:
        return _split(tidy(text), None)[2]
    except ValueError:
        return DecimalMark.UNTOLD


def _split(plain: str, decimal_comma: bool | None) -> tuple[str, str, DecimalMark]:
    """The signed whole part, the decimals and what the text shows of its marks."""
    body = _SPACED_GROUPS.sub(lambda found: found[1] + re.sub(r"[ ']", "", found[2]), plain, count=1)
    if not _DIGITS.fullmatch(body):
        raise ValueError("is not a number")
    points, commas = body.count("."), body.count(",")
    if not points and not commas:
        return body, "", DecimalMark.UNTOLD
    if points and commas:
        decimal = "." if body.rindex(".") > body.rindex(",") else ","
        whole, _, decimals = body.rpartition(decimal)
        return _ungroup(whole, "," if decimal == "." else "."), decimals, _mark(decimal)
    sign = "." if points else ","
    if points + commas > 1:
        return _ungroup(body, sign), "", _mark("," if sign == "." else ".")
    whole, _, decimals = body.partition(sign)
    if not re.fullmatch(r"[+-]?[1-9]\d{0,2}", whole) or len(decimals) != 3 or body != plain:
        return whole if whole.strip("+-") else whole + "0", decimals, _mark(sign)
    is_decimal = (sign == ",") == decimal_comma if decimal_comma is not None else sign == "."
    return (whole, decimals, DecimalMark.UNCLEAR) if is_decimal else (whole + decimals, "", DecimalMark.UNCLEAR)


def _mark(sign: str) -> DecimalMark:
    return DecimalMark.COMMA if sign == "," else DecimalMark.POINT


def _ungroup(whole: str, separator: str) -> str:
    first, *groups = whole.split(separator)
    if not re.fullmatch(r"[+-]?\d{1,3}" if groups else r"[+-]?\d+", first) or any(len(g) != 3 for g in groups):
        raise ValueError("is not a number: its thousands signs do not stand before groups of three digits")
    return first + "".join(groups)
