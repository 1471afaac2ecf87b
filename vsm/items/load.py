"""A log -> how many items are where over time: load by stage and the cumulative flow."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vsm.items.buckets import Buckets, buckets_of, moments
from vsm.items.log import Log
from vsm.items.order import by_code
from vsm.worktime import SECOND, Times


def load_over_time(log: Log) -> pd.DataFrame:
    """Return the mean number of items in each stage over each day, or over longer spans in a long log.

    Columns: time (beginning of the span, datetime64[us, UTC]), stage (str), load (float64: the mean over the time of
    the span). Rows by time and stage, at most 400 spans; none where the log has no dates. A stage counts an item once
    for each of its visits there that run side by side.
    """
    spans, v = buckets_of(log), log.visits
    if spans is None:
        return pd.DataFrame({"time": moments(np.empty(0, dtype=np.int64)), "stage": [], "load": []})
    start, end = np.minimum(v.start, log.as_of), np.minimum(v.end, log.as_of)
    load = [occupancy(spans, start[rows], end[rows]) for rows in _rows_of_stages(log)]
    return pd.DataFrame(
        {
            "time": np.repeat(spans.starts, len(log.stages)),
            "stage": pd.array(np.tile(np.array(log.stages, dtype=object), len(spans)), dtype="str"),
            "load": np.ravel(np.transpose(load)),
        }
    )


def _rows_of_stages(log: Log) -> list[NDArray[np.int64]]:
    stage = log.visits.stage
    return np.split(by_code(stage), np.cumsum(np.bincount(stage, minlength=len(log.stages)))[:-1])


def occupancy(spans: Buckets, start: Times, end: Times) -> NDArray[np.float64]:
    """Return how many of the stretches [start, end) run in each span, as a mean over its time."""
    seconds = (spans.edges - spans.edges[0]) / SECOND
    in_spans = _time_since(spans, start) - _time_since(spans, end)
    return np.asarray(np.diff(in_spans) / np.diff(seconds))


def _time_since(spans: Buckets, times: Times) -> NDArray[np.float64]:
    """Add up, at each edge, the seconds that have gone by since each of the times."""
    bucket, since_first = spans.of(times), (times - spans.edges[0]) / SECOND
    count = np.cumsum(np.bincount(bucket, minlength=len(spans)))
    total = np.cumsum(np.bincount(bucket, weights=since_first, minlength=len(spans)))
    seconds = (spans.edges[1:] - spans.edges[0]) / SECOND
    return np.concatenate(([0.0], seconds * count - total))


def cumulative_flow(log: Log) -> pd.DataFrame:
    """Return how many items had come to each stage or to a later one, at the end of each day or longer span.

    Columns: time (end of the span, datetime64[us, UTC]), stage (str; NaN for the last band: items that were finished
    or cancelled), items (int64). Rows by time and stage. From stage to stage counts never rise, from time to time they
    never fall. No rows where the log has no dates.
    """
    spans = buckets_of(log)
    edges = spans.edges[1:] if spans is not None else np.empty(0, dtype=np.int64)
    reached = np.where(log.cancelled, log.left, log.finished)
    bands = [_reached_by(edges, reached)]
    for rows in _rows_of_stages(log)[::-1]:
        np.minimum.at(reached, log.visits.item[rows], log.visits.start[rows])
        bands.append(_reached_by(edges, reached))
    return pd.DataFrame(
        {
            "time": np.repeat(moments(edges), len(bands)),
            "stage": pd.array([*log.stages, None] * len(edges), dtype="str"),
            "items": np.ravel(np.transpose(bands[::-1])),
        }
    )


def _reached_by(edges: Times, reached: Times) -> NDArray[np.int64]:
    """Count the items that had reached something by each edge."""
    place = np.searchsorted(edges, reached, side="left")
    return np.cumsum(np.bincount(place, minlength=len(edges))[: len(edges)])
