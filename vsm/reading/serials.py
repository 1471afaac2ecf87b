"""A spreadsheet's number and its number format -> a date, a duration, or the number as it is."""

from __future__ import annotations

import datetime as dt
import re
from enum import Enum

MEANINGLESS = re.compile(r'"[^"]*"|\\.|[_*].|general|E[+-]|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
"""Literal text, padding, exponents, colours, conditions and locales: letters in them are no date parts."""

EPOCH_1900 = dt.datetime(1899, 12, 30)
EPOCH_1904 = dt.datetime(1904, 1, 1)
FIRST_OF_MARCH_1900 = 61
"""Excel counts a 29 February 1900 that never was, so serials below this one lie a day further on."""

NO_DURATION_DAYS = 10_000
"""A clock format without brackets on a number this large (27 years) shows the time of day of a date."""


class Meaning(Enum):
    """What a number format makes of a number."""

    NUMBER = "number"
    DATE = "date"
    CLOCK = "clock"
    """Hours, minutes or seconds without a date: h:mm, mm:ss."""
    ELAPSED = "elapsed"
    """Time that runs past its unit: [h]:mm."""


def meaning(number_format: str) -> Meaning:
    """Tell what a number format shows.

    >>> [meaning(code).value for code in ("0%", "dd/mm/yy hh:mm", "h:mm AM/PM", "[h]:mm", "[Red]0.0")]
    ['number', 'date', 'clock', 'elapsed', 'number']
    """
    code = MEANINGLESS.sub("", number_format.split(";")[0]).lower()
    code = code.replace("am/pm", "h").replace("a/p", "h")
    if re.search(r"[yd]|mmm", code):
        return Meaning.DATE
    if "[" in code:
        return Meaning.ELAPSED
    if re.search(r"[hs]", code):
        return Meaning.CLOCK
    return Meaning.DATE if "m" in code else Meaning.NUMBER


def from_serial(number: float, shows: Meaning, since_1904: bool) -> float | dt.datetime | dt.timedelta:
    """Turn a number of days into what its format shows: a `timedelta` for a time without a date, else a `datetime`.

    26 h in an h:mm cell stay 26 h. Rounded to milliseconds; a number outside the calendar stays a number.
    """
    try:
        if shows is Meaning.NUMBER:
            return number
        if shows is Meaning.ELAPSED or (shows is Meaning.CLOCK and abs(number) < NO_DURATION_DAYS):
            return dt.timedelta(milliseconds=round(number * 86_400_000))
        if not since_1904 and 0 < number < FIRST_OF_MARCH_1900:
            number += 1
        return (EPOCH_1904 if since_1904 else EPOCH_1900) + dt.timedelta(milliseconds=round(number * 86_400_000))
    except OverflowError:
        return number
