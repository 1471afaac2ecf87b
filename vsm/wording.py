"""Figures -> words: numbers, durations and lists as a person says them, for all pages, charts and reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from vsm.durations import hours_in_one_unit, hours_in_words
from vsm.model import Definitions, ValueStream
from vsm.stream_figures import StreamFigure

NOT_MEASURED = "not measured"


def hours(value: float | None, definitions: Definitions) -> str:
    """Say hours as a duration: "42.4 days", "6 h", or that they are not measured."""
    return NOT_MEASURED if value is None else hours_in_words(value, definitions)


def hours_column(values: Sequence[float | None], definitions: Definitions) -> list[str]:
    """Say hours that stand under each other in a table, all in one unit, or that they are not measured."""
    return [NOT_MEASURED if said is None else said for said in hours_in_one_unit(values, definitions)]


def hours_pair(first: float, second: float, definitions: Definitions) -> tuple[str, str]:
    """Say two durations that are compared: in one unit where they are of a size, else each as a person says it.

    >>> hours_pair(28, 14, Definitions()), hours_pair(30, 2, Definitions())
    (('3.5 days', '1.8 days'), ('3.8 days', '2 h'))
    """
    if 4 * min(first, second) < max(first, second):
        return hours(first, definitions), hours(second, definitions)
    one, other = hours_column((first, second), definitions)
    return one, other


def hours_range(low: float, high: float, definitions: Definitions) -> str:
    """Say a range of hours: "6.6 to 13.2 days", or one duration where both ends are the same.

    >>> hours_range(14.7, 29.4, Definitions()), hours_range(8, 8, Definitions()), hours_range(2, 30, Definitions())
    ('1.8 to 3.7 days', '8 h', '2 h to 3.8 days')
    """
    first, last = hours_pair(low, high, definitions)
    if first == last:
        return first
    same_unit = first.split()[-1].rstrip("s") == last.split()[-1].rstrip("s")
    return f"{first.split()[0] if same_unit else first} to {last}"


def exact_hours(value: float | None) -> str:
    """Say hours as hours, to three decimals or, below one hour, three significant digits.

    >>> exact_hours(339.0), exact_hours(450.70574), exact_hours(0.052222)
    ('339 h', '450.706 h', '0.0522 h')
    """
    if value is None:
        return NOT_MEASURED
    return f"{_trim(f'{value:,.3f}') if value >= 1 or value == 0 else f'{value:.3g}'} h"


def _trim(digits: str) -> str:
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def percent(share: float | None) -> str:
    """Say a share as a percentage with one decimal at most; small ones never become 0 %. Halves are rounded up.

    >>> percent(0.138643), percent(0.0625), percent(1.0), percent(0.0004), percent(0), percent(None)
    ('13.9%', '6.3%', '100%', 'under 0.1%', '0%', 'not measured')
    """
    if share is None:
        return NOT_MEASURED
    if 0 < share < 0.0005:
        return "under 0.1%"
    if 0.9995 <= share < 1:
        return "over 99.9%"
    return f"{_one_decimal(share * 100)}%"


_WHOLE = 1e15
"""From here on a number has no decimals that mean anything."""


def number(value: float | None) -> str:
    """Say a count with one decimal at most, and thousands apart.

    >>> number(28.0), number(1234.56), number(0.04), number(0.25), number(1e30)[:7]
    ('28', '1,234.6', '0.04', '0.3', '1,000,0')
    """
    if value is None:
        return NOT_MEASURED
    return _one_decimal(value) if abs(value) >= 0.1 or value == 0 else f"{value:.2g}"


def _one_decimal(value: float) -> str:
    """Round half up, as people do, after taking away what binary fractions add; the largest have none."""
    if abs(value) >= _WHOLE:
        return f"{value:,.0f}"
    rounded = Decimal(repr(round(value, 9))).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return _trim(f"{rounded:,}")


def figure_said(figure: StreamFigure, value: float | None, definitions: Definitions) -> str:
    """Say a figure of a stream or a stage in its own unit, or that it is not measured.

    >>> figure_said(StreamFigure.THROUGHPUT, 2.5, Definitions()), figure_said(StreamFigure.ROLLED, 0.5, Definitions())
    ('2.5 a week', '50%')
    """
    if figure.is_time or value is None:
        return hours(value, definitions)
    if figure.is_share:
        return percent(value)
    return f"{number(value)} a week" if figure is StreamFigure.THROUGHPUT else number(value)


def count(value: float, singular: str, plural: str | None = None) -> str:
    """Put a number and its noun together in the right number.

    >>> count(1, "stage"), count(2, "stage"), count(0, "person", "people")
    ('1 stage', '2 stages', 'no people')
    """
    noun = singular if value == 1 else plural or f"{singular}s"
    return f"{'no' if value == 0 else number(value)} {noun}"


def how_often(value: float) -> str:
    """Say how often something happened.

    >>> how_often(1), how_often(2), how_often(3), how_often(0)
    ('once', 'twice', '3 times', 'never')
    """
    if value in (0, 1, 2):
        return ("never", "once", "twice")[int(value)]
    return f"{number(value)} times"


def listed(words: Sequence[str], joiner: str = "and") -> str:
    """Join words as prose does.

    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])
    ('a', 'a and b', 'a, b and c')
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joiner} {words[-1]}"


def stage_names(stream: ValueStream, indices: Iterable[int]) -> str:
    """Name stages in prose: "Testing", "Legal check and Credit check"."""
    return listed([stream.stages[i].name for i in indices])


def boundaries(stream: ValueStream) -> str:
    """Say where the stream runs from and to: " from idea to production", or nothing where neither is known."""
    start = f" from {stream.start}" if stream.start else ""
    end = f" to {stream.end}" if stream.end else ""
    return start + end


def kind_of_source(stream: ValueStream) -> str:
    """Say what the figures come from: a "table" that states them, or a "log" that measured them."""
    return "table" if stream.measured is None else "log"


def day(moment: dt.datetime | dt.date) -> str:
    """Say a date: "3 April 2026"."""
    return f"{moment.day} {moment:%B %Y}"
