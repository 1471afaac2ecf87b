"""Chosen items of a measured log -> a table with labels that a person reads, to be shown or downloaded."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vsm.flow import MeasuredLog
from vsm.items.item_table import item_table

_LABELS = {
    "item": "Item",
    "type": "Type",
    "begun": "Begun",
    "finished": "Finished",
    "lead_time": "Lead time (h)",
    "age": "Age (h)",
    "worked": "Worked (h)",
    "visits": "Visits",
    "sent_back": "Sent back",
    "stage": "Now in",
    "cancelled": "Cancelled",
}


def longest_first(m: MeasuredLog) -> NDArray[np.int64]:
    """Return the codes of all items, those with the longest lead time or age first."""
    return np.argsort(-m.facts.items["lead_time"].to_numpy(), kind="stable")


def item_rows(m: MeasuredLog, chosen: NDArray[np.int64]) -> pd.DataFrame:
    """Return one row for each chosen item, in that order; columns that say nothing of any of them are left out.

    Times in hours of the clock, moments as the wall clock of the log shows them, without its time zone; empty where
    there is none.
    """
    table = item_table(m.log, m.facts, chosen).drop(columns="open")
    for column in ("begun", "finished"):
        table[column] = table[column].dt.tz_convert(m.log.timezone).dt.tz_localize(None)
    table = table.drop(
        columns=[
            column for column in ("begun", "finished", "age", "worked", "type", "stage") if table[column].isna().all()
        ]
    )
    if not table["cancelled"].any():
        table = table.drop(columns="cancelled")
    return table.rename(columns=_LABELS)[[label for column, label in _LABELS.items() if column in table.columns]]
