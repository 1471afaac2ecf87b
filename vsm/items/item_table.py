"""A log and its facts -> one row for each item, points for a chart, and how items divide into types."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vsm.items.buckets import moments
from vsm.items.facts import Facts
from vsm.items.log import OPEN, UNKNOWN, Codes, Log
from vsm.items.runs import last_of_run
from vsm.items.selection import names_of
from vsm.items.stream import HOUR

_LONGEST = 100
"""Points that are shown however many there are."""


def item_table(log: Log, facts: Facts, chosen: NDArray[np.int64] | None = None) -> pd.DataFrame:
    """Return one row for each item, or for the chosen ones, in the log's order.

    Columns: item (str), type (category), begun, finished (datetime64[us, UTC]; NaT where not known, or without dates),
    lead_time, worked (hours; NaN where the item has no lead time, worked also where the log does not tell work from
    wait), visits, sent_back (int), open, cancelled (bool), age (hours, of open items), stage (category: where an open
    item is).
    """
    codes = np.arange(len(log.items)) if chosen is None else chosen
    rows = facts.items.iloc[codes]
    timed, cancelled = rows["timed"].to_numpy(), rows["cancelled"].to_numpy()
    inside = ~rows["finished"].to_numpy() & ~cancelled
    begun = np.where(rows["finished"].to_numpy() & ~timed, OPEN, log.begun[codes])
    lead, nothing = rows["lead_time"].to_numpy() / HOUR, np.full(len(codes), np.nan)
    undated = np.full(len(codes), OPEN)
    return pd.DataFrame(
        {
            "item": pd.array(names_of(log.items, codes), dtype="str"),
            "type": _named(log.item_type[codes], log.types),
            "begun": moments(begun if log.dated else undated),
            "finished": moments(log.finished[codes] if log.dated else undated),
            "lead_time": np.where(timed, lead, nothing),
            "worked": np.where(timed & log.divided, rows["worked"].to_numpy() / HOUR, nothing),
            "visits": rows["visits"].to_numpy(),
            "sent_back": rows["sent_back"].to_numpy(),
            "open": inside,
            "cancelled": cancelled,
            "age": np.where(inside, lead, nothing),
            "stage": _named(np.where(inside, current_stage(log)[codes], UNKNOWN), log.stages),
        }
    )


def _named(codes: NDArray[np.integer], names: Sequence[str]) -> pd.Categorical:
    return pd.Categorical.from_codes(codes, categories=pd.Index(list(names), dtype="str"))


def current_stage(log: Log) -> Codes:
    """Return the stage that each item was in last; `UNKNOWN` for one that came to none."""
    stage = np.full(len(log.items), UNKNOWN, dtype=np.int32)
    last = np.flatnonzero(last_of_run(log.visits.item))
    stage[log.visits.item[last]] = log.visits.stage[last]
    return stage


def lead_time_points(log: Log, facts: Facts, most: int = 3000) -> pd.DataFrame:
    """Return lead times as points: item (its code), finished (datetime64[us, UTC]), lead_time (hours).

    Finished is what the log's wall clock showed. In the order of finishing. Of more than `most` such items, the 100
    longest and an even choice of the others.
    """
    done = np.flatnonzero(log.timed)
    done = done[np.argsort(log.finished[done], kind="stable")]
    lead = facts.items["lead_time"].to_numpy()
    if len(done) > most:
        longest = np.argpartition(lead[done], len(done) - _LONGEST)[-_LONGEST:]
        even = np.linspace(0, len(done) - 1, most - _LONGEST).round().astype(np.int64)
        done = done[np.union1d(longest, even)]
    return pd.DataFrame({"item": done, "finished": moments(log.finish_moments[done]), "lead_time": lead[done] / HOUR})


def type_table(log: Log, facts: Facts) -> pd.DataFrame:
    """Return one row for each type, the most frequent first, items without one as NaN in the last row.

    Columns: type (str), items, finished (int), share (of all items, 0 to 1), lead_time (mean of
    those finished that have one, hours; NaN without any).
    """
    count = len(log.types) + 1
    kind = np.where(log.item_type == UNKNOWN, len(log.types), log.item_type)
    done, timed = facts.items["finished"].to_numpy(), facts.items["timed"].to_numpy()
    items, finished = np.bincount(kind, minlength=count), np.bincount(kind[done], minlength=count)
    hours = np.bincount(kind[timed], weights=facts.items["lead_time"].to_numpy()[timed] / HOUR, minlength=count)
    times = np.bincount(kind[timed], minlength=count)
    order = np.append(np.argsort(-items[:-1], kind="stable"), count - 1)
    table = pd.DataFrame(
        {
            "type": pd.array([*log.types, None], dtype="str"),
            "items": items,
            "finished": finished,
            "share": items / max(len(kind), 1),
            "lead_time": np.divide(hours, times, out=np.full(count, np.nan), where=times > 0),
        }
    ).iloc[order]
    return table.loc[table["items"] > 0].reset_index(drop=True)
