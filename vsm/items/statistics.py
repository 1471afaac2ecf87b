"""Small samples -> what can be said of them: an interval on a mean, and the limits of a process behaviour chart."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from vsm.growth import Interval

POINTS = 6
"""Fewer points tell nothing of how much a process varies by itself."""


@dataclass(frozen=True, kw_only=True)
class TooFew:
    """No answer, and why."""

    reason: str
    """A whole sentence."""


def mean_interval(values: NDArray[np.float64]) -> Interval:
    """Return the mean of at least two values with its 95 % interval, by Student's t.

    >>> found = mean_interval(np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]))
    >>> round(found.value, 2), round(found.lower, 2), round(found.upper, 2)
    (3.5, 1.54, 5.46)
    """
    mean, count = float(values.mean()), len(values)
    reach = students_t(count - 1) * float(values.std(ddof=1)) / count**0.5
    return Interval(value=mean, lower=mean - reach, upper=mean + reach)


def students_t(freedom: int) -> float:
    """Return the 97.5 % quantile of Student's t, by its expansion around the normal one.

    Right to 0.001 from 5 degrees of freedom on. Source: Abramowitz and Stegun, 26.7.5.

    >>> round(students_t(10), 3)
    2.228
    """
    z = NormalDist().inv_cdf(0.975)
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return float(sum(term / freedom**power for power, term in enumerate(terms)))


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a process varies within while nothing changes. Source: D. Wheeler, Understanding Variation."""

    mean: float
    lower: float
    upper: float
    signals: tuple[int, ...]
    """Places of the points outside."""


def behaviour_limits(
    values: NDArray[np.float64], *, floor: float = 0.0, ceiling: float = float("inf")
) -> Limits | TooFew:
    """Return mean ± 2.66 × mean moving range of points in the order of time; NaN where there is no point.

    The limits stay between what is possible: `floor` and `ceiling`. Refused with fewer than 6 points.
    """
    places = np.flatnonzero(~np.isnan(values))
    points = values[places]
    if len(points) < POINTS:
        some = "1 point" if len(points) == 1 else f"{len(points)} points"
        reason = f"There are {some} in time, and at least {POINTS} are needed to tell a change from usual variation."
        return TooFew(reason=reason)
    mean, reach = float(points.mean()), 2.66 * float(np.abs(np.diff(points)).mean())
    lower, upper = max(mean - reach, floor), min(mean + reach, ceiling)
    outside = places[(points < lower) | (points > upper)]
    return Limits(mean=mean, lower=lower, upper=upper, signals=tuple(outside.tolist()))
