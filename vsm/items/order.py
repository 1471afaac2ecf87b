"""Rows in any order -> rows ordered by item and time, by counting instead of comparing: linear in the rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vsm.items.log import Codes
from vsm.worktime import SECOND, Times

Order = NDArray[np.int64]

_DIGIT = 16
"""Bits: numpy orders keys of 16 bits by counting."""


def by_item(item: Codes, *times: Times) -> Order:
    """Return the order of rows by item, then by each of the times; rows equal in all keep their order."""
    if _in_order(item, *times):
        return np.arange(len(item))
    order: Order | None = None
    for time in times[::-1]:
        order = _refined(order, _from_zero(time))
    return by_code(item, order)


def by_code(code: Codes, order: Order | None = None) -> Order:
    """Return the order of rows by a code from 0 on; rows of one code stay in the order given."""
    found = _refined(order, code)
    return np.arange(len(code)) if found is None else found


def _in_order(*keys: Codes | Times) -> bool:
    """Tell whether rows already lie by the keys, the first one first."""
    rises = np.zeros(max(len(keys[0]) - 1, 0), dtype=bool)
    same = np.ones(len(rises), dtype=bool)
    for key in keys:
        rises |= same & (key[1:] > key[:-1])
        same &= key[1:] == key[:-1]
        if not (rises | same).all():
            return False
    return True


def _from_zero(time: Times) -> NDArray[np.uint64]:
    """Shift times so that the first is 0, in whole seconds where they all are: fewer digits to order by."""
    # Without a sign, as an end that has not come lies more than 63 bits behind a time before 1970.
    shifted = time.astype(np.uint64) - time.min().astype(np.uint64)
    second = np.uint64(SECOND)
    return shifted if np.any(shifted % second) else np.asarray(shifted // second)


def _refined(order: Order | None, key: Codes | NDArray[np.uint64]) -> Order | None:
    """Order by a key that is not negative, keeping the order so far among equals; `None` is the order of the rows."""
    if order is None and (key[1:] >= key[:-1]).all():
        return None
    largest, shift = int(key.max()), 0
    while shift == 0 or largest >> shift:
        digit = (key >> key.dtype.type(shift)).astype(np.uint16)
        so_far = np.arange(len(key)) if order is None else order
        order = so_far[np.argsort(digit[so_far], kind="stable")]
        shift += _DIGIT
    return order
