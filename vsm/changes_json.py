"""A trend over periods, and a comparison -> what the command line prints of them as JSON: plain lists and dicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vsm.comparison import Comparison
from vsm.growth import Interval
from vsm.items.compare import Difference, Figure
from vsm.items.statistics import Limits, TooFew
from vsm.side_by_side import Pair
from vsm.trend import Followed, Trend

_KEYS_OF_ITEMS = {
    Figure.MEAN_LEAD_TIME: "mean_lead_time_hours",
    Figure.MEDIAN_LEAD_TIME: "median_lead_time_hours",
    Figure.P85_LEAD_TIME: "p85_lead_time_hours",
    Figure.FLOW_EFFICIENCY: "flow_efficiency",
    Figure.THROUGHPUT: "throughput_per_week",
}


def trend_object(trend: Trend) -> dict[str, Any]:
    """Say how figures of the stream and of its stages changed; `limits` are those of usual variation."""
    return {
        "periods": list(trend.periods),
        "stream": _followed(trend.figures, trend.periods),
        "stages": [{"name": stage.name, **_followed(stage.figures, trend.periods)} for stage in trend.stages],
    }


def _followed(figures: Followed, periods: Sequence[str]) -> dict[str, Any]:
    return {
        figure.key: {
            "values": list(series.values),
            "change": series.change,
            "limits": _limits(series.limits, periods),
        }
        for figure, series in figures.items()
        if series.known
    }


def _limits(limits: Limits | TooFew, periods: Sequence[str]) -> dict[str, Any] | None:
    if isinstance(limits, TooFew):
        return None
    outside = [periods[place] for place in limits.signals]
    return {"mean": limits.mean, "lower": limits.lower, "upper": limits.upper, "outside": outside}


def comparison_object(comparison: Comparison) -> dict[str, Any]:
    """Say two streams side by side; each difference is the second less the first."""
    streams = comparison.streams
    return {
        "names": list(comparison.names),
        "items": {_KEYS_OF_ITEMS[found.figure]: _difference(found) for found in comparison.differences} or None,
        "stream": _pairs(streams.stream),
        "stages": [{"name": name, **_pairs(pairs)} for name, pairs in streams.stages],
        "only_in_first": list(streams.only_first),
        "only_in_second": list(streams.only_second),
    }


def _difference(found: Difference) -> dict[str, Any]:
    told = found.difference if isinstance(found.difference, Interval) else None
    return {
        "first": found.before,
        "second": found.after,
        "difference": None if found.before is None or found.after is None else found.after - found.before,
        "interval_95": None if told is None else [told.lower, told.upper],
        "beyond_noise": None if told is None else told.beyond_noise,
    }


def _pairs(pairs: Sequence[Pair]) -> Mapping[str, Any]:
    return {
        pair.figure.key: {"first": pair.first, "second": pair.second, "difference": pair.difference} for pair in pairs
    }
