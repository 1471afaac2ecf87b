"""The shape in which the method explains a figure, and how it writes numbers and sums."""

from __future__ import annotations

from dataclasses import dataclass

MOST_TERMS = 12
"""A sum of more terms than this is written with its first and last ones."""


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """How one figure is computed."""

    key: str
    """As in `headlines.Figure`: what a headline figure links to."""
    title: str
    formula: str
    with_numbers: str
    meaning: str
    source: str | None = None


def digits(value: float) -> str:
    """Write a number with six significant digits.

    >>> digits(1234.5678), digits(0.5)
    ('1,234.57', '0.5')
    """
    return f"{value:,.6g}"


def sum_of(values: list[float], sign: str = " + ") -> str:
    """Write the terms of a sum, or with another sign of a product.

    >>> sum_of([1, 2.5])
    '1 + 2.5'
    """
    terms = [digits(v) for v in values]
    if len(terms) > MOST_TERMS:
        terms = [*terms[: MOST_TERMS - 2], "…", terms[-1]]
    return sign.join(terms)
