"""A log -> how old open items are, beside the ages at which finished items left the same stage."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from vsm.items.facts import Facts
from vsm.items.item_table import current_stage
from vsm.items.log import OPEN, UNKNOWN, Log
from vsm.items.order import by_code
from vsm.items.runs import first_of_run
from vsm.items.stream import HOUR
from vsm.worktime import Clock

SHARES = (50, 70, 85, 95)
"""Percentiles."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Ageing:
    """What is in the stream now, and what is usual."""

    items: pd.DataFrame
    """The oldest open items, oldest first: item (code), stage (its code), age (hours)."""
    open: int
    """Open items in all, of which the table may show a part."""
    usual: pd.DataFrame
    """One row for each stage in flow order: stage (str), finished (items that were there), p50, p70, p85, p95 (hours:
    the age of finished items when they last left the stage; NaN where none did)."""


def ageing(log: Log, facts: Facts, clock: Clock, most: int = 1000) -> Ageing:
    """Compare open items with finished ones, on the clock that the facts were measured by.

    Items that came to no stage are left out. Percentiles by linear interpolation.
    """
    ages, stage = facts.items["lead_time"].to_numpy() / HOUR, current_stage(log)
    inside = np.flatnonzero((log.finished == OPEN) & ~log.cancelled & (stage != UNKNOWN))
    oldest = inside[np.argsort(-ages[inside], kind="stable")[:most]]
    return Ageing(
        items=pd.DataFrame({"item": oldest, "stage": stage[oldest], "age": ages[oldest]}),
        open=len(inside),
        usual=_usual(log, clock),
    )


def _usual(log: Log, clock: Clock) -> pd.DataFrame:
    v, stages = log.visits, len(log.stages)
    done = np.flatnonzero(log.finished[v.item] != OPEN)
    rows = done[by_code(v.stage[done])]
    item, stage, left = v.item[rows], v.stage[rows], np.minimum(v.end[rows], log.as_of)
    first = np.flatnonzero(first_of_run(item, stage))
    last_left = np.maximum.reduceat(left, first) if len(first) else left
    begun = np.minimum(log.begun[item[first]], log.as_of)
    ages = (clock.position(last_left) - clock.position(begun)) / HOUR
    counts = np.bincount(stage[first], minlength=stages)
    parts = np.split(ages, np.cumsum(counts)[:-1])
    shares = np.array([np.percentile(part, SHARES) if len(part) else [np.nan] * len(SHARES) for part in parts])
    table = {"stage": pd.array(list(log.stages), dtype="str"), "finished": counts}
    return pd.DataFrame(table | {f"p{share}": shares.reshape(-1, len(SHARES))[:, i] for i, share in enumerate(SHARES)})
