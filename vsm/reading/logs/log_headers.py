"""The first rows of a log -> which of them is the header."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vsm.folding import fold
from vsm.reading.glance import looks_like_date
from vsm.reading.logs.log_names import BEGIN_WORDS, CLOSED, CLOSING_WORDS, EDGE_FILLERS, NAMES, OPENED, plain

LOOK_INTO_ROWS = 60
ENOUGH = 0.6
"""Of the best row's score: the first row with as much is the header."""
_NUMBER = re.compile(r"[+-]?\d[\d.,:]*%?")
_KNOWN = frozenset(name for names in (*NAMES.values(), OPENED, CLOSED) for name in names)
_EDGES = [[word] for word in sorted(BEGIN_WORDS | CLOSING_WORDS | EDGE_FILLERS)]
"""Last words of a header such as "Build start"."""
Row = Sequence[str]


def find_header(rows: Sequence[Row]) -> int | None:
    """Find the index of the header among the first rows of a file; `None`: there is none.

    It is the first of the rows that name most columns of a log and have most cells, else the first of at least two
    texts of which none is a date or a number.
    """
    known = [_names_known(row) for row in rows[:LOOK_INTO_ROWS]]
    # Where a row of data happens to hold words of a header, the header stands above it.
    scores = [2 * count + min(len([t for t in row if t.strip()]), 6) for count, row in zip(known, rows, strict=False)]
    enough = ENOUGH * max((score for score, count in zip(scores, known, strict=True) if count >= 2), default=0)
    for index, (score, count) in enumerate(zip(scores, known, strict=True)):
        if count >= 2 and score >= enough:
            return index
    for index, row in enumerate(rows[:LOOK_INTO_ROWS]):
        filled = [text for text in row if text.strip()]
        if len(filled) >= 2:
            return None if any(_is_value(text) for text in filled) else index
    return None


def header_score(rows: Sequence[Row]) -> int:
    """Count how many columns the best of the first rows names as those of a log."""
    return max((_names_known(row) for row in rows[:LOOK_INTO_ROWS]), default=0)


def _names_known(row: Row) -> int:
    filled = [text for text in row if text.strip()]
    if len(filled) < 2 or any(looks_like_date(text) for text in filled):
        return 0
    names = {plain(text) for text in filled}
    return sum(name in _KNOWN or name.split()[-1:] in _EDGES for name in names) - sum(
        _is_value(text) for text in filled
    )


def _is_value(text: str) -> bool:
    return looks_like_date(text) or _NUMBER.fullmatch(text.strip()) is not None


def header_words(rows: Sequence[Row]) -> frozenset[str]:
    """Return the names of the columns of a header that has rows below it; else nothing.

    >>> sorted(header_words([["Status", "Key"], ["Done", "A-1"]])), header_words([["Status", "Key"], ["", ""]])
    (['key', 'status'], frozenset())
    """
    header = find_header(rows)
    if header is None or not any(text.strip() for row in rows[header + 1 :] for text in row):
        return frozenset()
    return frozenset(fold(text).strip() for text in rows[header] if text.strip())


def of_one_log(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two sheets with such headers hold rows of one log.

    They name the same columns, in any order; one may have further columns, but none that a log is known by.

    >>> of_one_log(frozenset({"key", "status", "date"}), frozenset({"date", "status", "key", "remarks"}))
    True
    >>> of_one_log(frozenset({"key", "status", "date"}), frozenset({"date", "status", "key", "team"}))
    False
    """
    return bool(one and other) and (one <= other or other <= one) and all(plain(n) not in _KNOWN for n in one ^ other)
