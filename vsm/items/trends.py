"""A log and its facts -> lead time, flow efficiency and throughput over time, and how lead times are spread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vsm.items.buckets import WEEK, WEEKS, moments
from vsm.items.facts import Facts
from vsm.items.log import OPEN, Log
from vsm.items.statistics import Limits, TooFew, behaviour_limits
from vsm.items.stream import HOUR, weekly_throughput, whole_weeks

_MONTHS = 240
"""Shown at most: the last ones."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Months:
    """Figures by the month in which items finished, with the limits of their process behaviour charts."""

    table: pd.DataFrame
    """One row for each month from the first finish to the last, months without any included: month (its first day,
    datetime64[us, UTC]), finished (int64), lead_time, median (hours), flow_efficiency (Σ active / Σ lead); NaN where
    nothing with a lead time was finished or the log does not tell work from wait."""
    lead_time: Limits | TooFew
    """Of the monthly mean."""
    flow_efficiency: Limits | TooFew


def by_month(log: Log, facts: Facts) -> Months:
    """Sum up finished items by month of the wall clock; no months where the log has no dates."""
    done = np.flatnonzero(log.finished != OPEN) if log.dated else np.empty(0, dtype=np.int64)
    month = log.finish_moments[done].astype("datetime64[us]").astype("datetime64[M]").astype(np.int64)
    first = int(month.min()) if len(month) else 0
    count = int(month.max()) - first + 1 if len(month) else 0
    month -= first
    finished = np.bincount(month, minlength=count)
    timed = facts.items["timed"].to_numpy()[done]
    month, done = month[timed], done[timed]
    lead, worked = (facts.items[column].to_numpy()[done] / HOUR for column in ("lead_time", "worked"))
    times = np.bincount(month, minlength=count)
    total = np.bincount(month, weights=lead, minlength=count).astype(np.float64)
    active = np.bincount(month, weights=worked if log.divided else worked * np.nan, minlength=count).astype(np.float64)
    firsts = (np.arange(count) + first).astype("datetime64[M]").astype("datetime64[us]").astype(np.int64)
    table = pd.DataFrame(
        {
            "month": moments(firsts),
            "finished": finished,
            "lead_time": _ratio(total, times.astype(np.float64)),
            "median": _medians(month, lead, times),
            "flow_efficiency": _ratio(active, total),
        }
    ).iloc[-_MONTHS:]
    return Months(
        table=table.reset_index(drop=True),
        lead_time=behaviour_limits(table["lead_time"].to_numpy()),
        flow_efficiency=behaviour_limits(table["flow_efficiency"].to_numpy(), ceiling=1.0),
    )


def _ratio(over: NDArray[np.float64], under: NDArray[np.float64]) -> NDArray[np.float64]:
    result = np.full(len(over), np.nan)
    np.divide(over, under, out=result, where=under > 0)
    return result


def _medians(group: NDArray[np.int64], values: NDArray[np.float64], counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the median of each group; NaN for one without values."""
    ordered = values[np.lexsort((values, group))]
    start, some = np.cumsum(counts) - counts, counts > 0
    low, high = (start + (counts - 1) // 2)[some], (start + counts // 2)[some]
    result = np.full(len(counts), np.nan)
    result[some] = (ordered[low] + ordered[high]) / 2
    return result


def throughput_table(log: Log) -> pd.DataFrame:
    """Return finished items by whole week, weeks without any included; at most the last 520 weeks.

    Columns: week (its Monday by the wall clock, datetime64[us, UTC]), finished (int64).
    """
    first, last = whole_weeks(log) if log.dated else (0, 0)
    finished = weekly_throughput(log) if log.dated else np.empty(0, dtype=np.int64)
    return pd.DataFrame({"week": moments(np.arange(first, last, WEEK)), "finished": finished}).tail(WEEKS)


def histogram(hours: NDArray[np.float64], most: int = 40) -> pd.DataFrame:
    """Count lead times in bins of one round width that reach up to the 99th percentile; the last takes the rest.

    Columns: from, to (hours; from <= lead time < to), items (int64). At most `most` bins.
    """
    if not len(hours):
        return pd.DataFrame({"from": [], "to": [], "items": []})
    reach = float(np.percentile(hours, 99)) or 1.0
    width = _round_width(reach / (most - 1))
    count = int(reach // width) + 1
    edges = np.arange(count + 1) * width
    edges[-1] = max(edges[-1], np.nextafter(hours.max(), np.inf))
    items = np.bincount(np.searchsorted(edges, hours, side="right") - 1, minlength=count)
    return pd.DataFrame({"from": edges[:-1], "to": edges[1:], "items": items})


_WIDTHS = np.array([1 / 60, 5 / 60, 0.25, 0.5, 1, 2, 4, 6, 12, 24, 48, 96, 168, 336])
"""Hours: a minute, a quarter, an hour, a day, a week ..."""


def _round_width(least: float) -> float:
    """Return the first round width that is wide enough: of a minute to two weeks, else a whole number of weeks."""
    wide = _WIDTHS[least <= _WIDTHS]
    return float(wide[0]) if len(wide) else float(np.ceil(least / 168) * 168)
