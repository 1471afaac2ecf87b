"""Sorted rows -> where runs of equal codes begin and end, and what runs along within each."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vsm.items.log import Codes
from vsm.worktime import Times

Flags = NDArray[np.bool_]


def first_of_run(*keys: Codes | Times) -> Flags:
    """Mark rows in which one of the keys differs from the row before; the first row always."""
    first = np.ones(len(keys[0]), dtype=bool)
    # Written into place: with many rows, a column more in memory costs as much as the comparison.
    np.not_equal(keys[0][1:], keys[0][:-1], out=first[1:])
    for key in keys[1:]:
        first[1:] |= key[1:] != key[:-1]
    return first


def last_of_run(key: Codes) -> Flags:
    """Mark rows whose key differs from the row behind; the last row always."""
    last = np.ones(len(key), dtype=bool)
    np.not_equal(key[1:], key[:-1], out=last[:-1])
    return last


def distinct(codes: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return the different codes, ascending; where most differ, `np.unique` takes ten times as long."""
    found = np.sort(codes).astype(np.int64, copy=False)
    return found[first_of_run(found)]


def running_end(item: Codes, ends: Times) -> Times:
    """Return for each row the latest end among its item's rows up to it; rows are sorted by item."""
    falls = ends[1:] < ends[:-1]
    if not (falls & (item[1:] == item[:-1])).any():
        return ends
    # Ranks instead of times, so that adding a multiple for each item cannot pass 64 bits.
    known, rank = np.unique(ends, return_inverse=True)
    lift = item.astype(np.int64) * len(known)
    return np.asarray(known[np.maximum.accumulate(rank + lift) - lift])
