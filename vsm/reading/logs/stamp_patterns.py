"""The ways in which people and tools write a date with or without a time of day, as patterns of parts."""

from __future__ import annotations

_TIME = (
    r"(?:(?:[Tt]|,? +| *, *| *[-–|] +|,? +(?:at|um|à|a las|às) +)"
    r"(?P<h>\d{1,2})[:.h](?P<i>\d{2})(?:[:.](?P<s>\d{2})(?:[.,:](?P<f>\d{1,9}))?)?"
    r"(?: *(?P<p>[AaPp])\.? ?[Mm]\.?)?(?: *Uhr)?"
    r"(?: *(?P<z>(?:UTC|GMT)? ?[+-]\d{1,2}(?::?\d{2})?|[Zz]|[A-Z]{3,4}))?(?: *\[[\w/]+\]| *\([^()]*\))?)?"
)
_LETTERS = r"[^\d\s.,:;/+-]+"
"""Cheaper to compile than a class of all letters, which costs more than reading a short column."""
_DAY_NAME = r"(?:" + _LETTERS + r"\.?,? +)?"

YEAR_FIRST = r"^(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})" + _TIME + "$"
NUMBERS = r"^" + _DAY_NAME + r"(?P<a>\d{1,2})(?P<sign>[-/. ])(?P<b>\d{1,2})[-/. ](?P<y>\d{4}|\d{2})" + _TIME + "$"
DAY_MONTH = (
    "^"
    + _DAY_NAME
    + r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|\.)?[-/. ]*(?:de |of )?(?P<name>"
    + _LETTERS
    + r")\.?,?[-/. ]*(?:de )?"
    r"(?P<y>\d{4}|\d{2})" + _TIME + "$"
)
MONTH_DAY = (
    "^"
    + _DAY_NAME
    + r"(?P<name>"
    + _LETTERS
    + r")\.?[-/ ]+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?[-/ ]+(?P<y>\d{4}|\d{2})"
    + _TIME
    + "$"
)
YEAR_LAST = (
    r"^" + _LETTERS + r"\.?,? +(?P<name>" + _LETTERS + r") +(?P<d>\d{1,2}),? +(?P<h>\d{1,2}):(?P<i>\d{2}):(?P<s>\d{2})"
    r"(?: +(?P<z>[A-Z]{3,4}|(?:UTC|GMT)?[+-]\d{2}:?\d{2}))? +(?P<y>\d{4})(?: +(?P<z2>[+-]\d{4}))?$"
)
COMPACT = (
    r"^(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})"
    r"(?:[T ]?(?P<h>\d{2})(?P<i>\d{2})(?P<s>\d{2})?(?P<z>Z|[+-]\d{2}:?\d{2})?)?$"
)
NUMBER = r"^(?P<whole>\d{5,19})(?:[.,](?P<f>\d+))?$"

CLOCKS = (
    r"^(?P<h>\d{1,2})[:.h](?P<i>\d{2})(?:[:.](?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?)?(?: *(?P<p>[AaPp])\.? ?[Mm]\.?)?"
    r"(?: *(?:Uhr|h))?$",
    r"^(?P<h>\d{1,2})(?P<i>\d{2})(?P<s>\d{2})$",
)
"""A time of day by itself; without signs it needs its seconds, as SAP writes them."""

MAYBE = r"\d.*\d"
"""What every time has: two digits."""

PATTERNS = (YEAR_FIRST, NUMBERS, DAY_MONTH, MONTH_DAY, YEAR_LAST, COMPACT)

ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "MEZ": 60, "CEST": 120, "MESZ": 120,
    "EET": 120, "EEST": 180, "MSK": 180, "JST": 540, "AEST": 600, "EST": -300, "EDT": -240, "CDT": -300, "MST": -420,
    "MDT": -360, "PST": -480, "PDT": -420,
}  # fmt: skip
"""Minutes east of UTC. Names with several meanings (IST, CST) are not among them."""
