"""A whole log and the items chosen of it -> their waits by cause, told from all that people did meanwhile."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np

from vsm.items.log import Log
from vsm.items.selection import Picked
from vsm.items.waiting import Waits, WorkingHours, divided_waits


def waits_of_chosen(whole: Log, chosen: Log, hours: WorkingHours) -> Waits:
    """Divide the waits of a selection of a log; a person may have been busy with items that were not chosen.

    Codes of items and rows are those of the whole log.
    """
    waits = divided_waits(whole, hours)
    if not isinstance(chosen.items, Picked):
        return waits
    kept = np.zeros(len(whole.items), dtype=bool)
    kept[chosen.items.codes] = True
    rows = np.flatnonzero(kept[waits.item])
    return replace(waits, **{field.name: getattr(waits, field.name)[rows] for field in fields(Waits)})
