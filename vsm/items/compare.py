"""Two logs, or two selections of one -> their figures side by side, each difference with an interval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from vsm.growth import Interval
from vsm.items.facts import Facts
from vsm.items.log import Log
from vsm.items.statistics import POINTS, TooFew
from vsm.items.stream import HOUR, weekly_throughput

RESAMPLES = 2_000
SEED = 20_260_102
"""Fixed, so that the same files give the same intervals."""
ITEMS_NEEDED = 10
"""Finished items on each side."""
_MANY = 5_000
"""Items above which resampled means are drawn from the normal distribution that they have by then."""
_BLOCK = 100
"""Resamples drawn at a time, which bounds the memory."""

Numbers = NDArray[np.float64]
Draw = np.random.Generator


class Figure(StrEnum):
    """What two logs are compared by. Times in hours, the efficiency a share, throughput in items a week."""

    MEAN_LEAD_TIME = "mean lead time"
    MEDIAN_LEAD_TIME = "median lead time"
    P85_LEAD_TIME = "85th percentile of lead time"
    FLOW_EFFICIENCY = "flow efficiency"
    THROUGHPUT = "throughput"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One figure of both sides."""

    figure: Figure
    before: float | None
    """`None`: not measured."""
    after: float | None
    difference: Interval | TooFew
    """After minus before."""

    @property
    def beyond_noise(self) -> bool:
        """Whether the difference is more than items, or weeks, differ by chance."""
        return isinstance(self.difference, Interval) and self.difference.beyond_noise


@dataclass(frozen=True, kw_only=True, eq=False)
class Side:
    """What is compared: the finished items of a log; times of those whose lead time is known."""

    lead_time: Numbers
    """Hours, ascending."""
    worked: Numbers | None
    """Hours, in the same order; `None` where the log does not tell work from wait."""
    weekly: Numbers
    """Finished items in each whole week."""


def side(log: Log, facts: Facts) -> Side:
    """Take from a log, or a selection of one, what is compared."""
    done = facts.items.loc[facts.items["timed"]].sort_values("lead_time", kind="stable")
    weekly = weekly_throughput(log) if log.dated else np.empty(0)
    return Side(
        lead_time=done["lead_time"].to_numpy() / HOUR,
        worked=done["worked"].to_numpy() / HOUR if log.divided else None,
        weekly=weekly.astype(np.float64),
    )


def compare(before: Side, after: Side) -> tuple[Difference, ...]:
    """Compare two sides by every figure, with the 95 % interval on each difference: 2,000 bootstrap resamples.

    Items are resampled for lead time and flow efficiency, which need 10 finished items on each side, and whole weeks
    for throughput, which needs 6. Measure both sides on the same clock.
    """
    return (
        _difference(Figure.MEAN_LEAD_TIME, before, after, _mean_lead, _lead_means),
        _difference(Figure.MEDIAN_LEAD_TIME, before, after, _quantile(0.5), _quantiles(0.5)),
        _difference(Figure.P85_LEAD_TIME, before, after, _quantile(0.85), _quantiles(0.85)),
        _difference(Figure.FLOW_EFFICIENCY, before, after, _efficiency, _efficiencies),
        _difference(Figure.THROUGHPUT, before, after, _throughput, _throughputs),
    )


def _difference(
    figure: Figure,
    before: Side,
    after: Side,
    measure: Callable[[Side], float | None],
    resample: Callable[[Side, Draw], Numbers],
) -> Difference:
    old, new = measure(before), measure(after)
    reason = _too_few(figure, before, after)
    if old is None or new is None:
        found: Interval | TooFew = TooFew(reason=reason or f"One side has no {figure.value}: it is not measured there.")
    elif reason is not None:
        found = TooFew(reason=reason)
    else:
        first, second = (np.random.default_rng((SEED, stream)) for stream in range(2))
        lower, upper = np.percentile(resample(after, second) - resample(before, first), (2.5, 97.5))
        found = Interval(value=new - old, lower=float(lower), upper=float(upper))
    return Difference(figure=figure, before=old, after=new, difference=found)


def _too_few(figure: Figure, before: Side, after: Side) -> str | None:
    if figure is Figure.THROUGHPUT:
        fewest, needed, what = min(len(before.weekly), len(after.weekly)), POINTS, "whole week"
    else:
        fewest, needed, what = min(len(before.lead_time), len(after.lead_time)), ITEMS_NEEDED, "finished item"
    if fewest >= needed:
        return None
    have = f"{fewest} {what}{'' if fewest == 1 else 's'}"
    return f"One side has {have}, and at least {needed} are needed to tell a difference from chance."


def _mean_lead(side: Side) -> float | None:
    return float(side.lead_time.mean()) if len(side.lead_time) else None


def _efficiency(side: Side) -> float | None:
    total = side.lead_time.sum()
    return float(side.worked.sum() / total) if side.worked is not None and total else None


def _throughput(side: Side) -> float | None:
    return float(side.weekly.mean()) if len(side.weekly) else None


def _quantile(share: float) -> Callable[[Side], float | None]:
    def measured(side: Side) -> float | None:
        return float(np.percentile(side.lead_time, 100 * share)) if len(side.lead_time) else None

    return measured


def _lead_means(side: Side, draw: Draw) -> Numbers:
    return _resampled_means(side.lead_time[:, None], draw)[:, 0]


def _throughputs(side: Side, draw: Draw) -> Numbers:
    return _resampled_means(side.weekly[:, None], draw)[:, 0]


def _efficiencies(side: Side, draw: Draw) -> Numbers:
    worked = side.worked if side.worked is not None else np.full(len(side.lead_time), np.nan)
    means = _resampled_means(np.column_stack((worked, side.lead_time)), draw)
    return np.divide(means[:, 0], means[:, 1], out=np.zeros(RESAMPLES), where=means[:, 1] > 0)


def _resampled_means(values: Numbers, draw: Draw) -> Numbers:
    """Return means of columns over rows drawn with replacement, shape (resamples, columns)."""
    count, columns = values.shape
    if count > _MANY:
        spread = np.atleast_2d(np.cov(values, rowvar=False)) / count
        return draw.multivariate_normal(values.mean(axis=0), spread, RESAMPLES, check_valid="ignore", method="eigh")
    blocks = [values[draw.integers(count, size=(_BLOCK, count))].mean(axis=1) for _ in range(RESAMPLES // _BLOCK)]
    return np.concatenate(blocks).reshape(RESAMPLES, columns)


def _quantiles(share: float) -> Callable[[Side, Draw], Numbers]:
    """Resample a percentile with linear interpolation, without resampling the items.

    The places that a resample draws are n uniform numbers. Of those only the two are needed that the percentile lies
    between: order statistics, which are beta distributed.
    """

    def resampled(side: Side, draw: Draw) -> Numbers:
        values, count = side.lead_time, len(side.lead_time)
        below, part = divmod(share * (count - 1), 1)
        rank = int(below) + 1
        low = draw.beta(rank, count - rank + 1, RESAMPLES)
        high = 1 - (1 - low) * draw.random(RESAMPLES) ** (1 / (count - rank)) if rank < count else low
        first, second = (values[np.minimum((count * u).astype(np.int64), count - 1)] for u in (low, high))
        return np.asarray(first + part * (second - first))

    return resampled
