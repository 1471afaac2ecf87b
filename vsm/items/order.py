"""Rows in any order -> rows ordered by item and time.

A key and the number of its row share one whole number; sorting those, none of which are equal, is what numpy does
fastest (10 million in a tenth of the time of a stable sort of the keys), and keeps the order among equal keys.
"""

from __future__ import annotations

from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from vsm.items.blocks import in_threads, rows_at_once
from vsm.items.log import Codes
from vsm.worktime import SECOND, Times

Order = NDArray[np.int64]
Column = TypeVar("Column", bound=NDArray[Any])

WORTH_THREADS = 10
"""Blocks of a column; fewer are taken sooner than threads are started."""
_BITS = 63
"""Of a whole number without its sign."""


def by_item(item: Codes, *times: Times | Codes) -> Order:
    """Return the order of rows by item, then by each of the times; rows equal in all keep their order."""
    if in_order(item, *times):
        return np.arange(len(item))
    order: Order | None = None
    for time in times[::-1]:
        if order is not None or not _rises(time):
            order = _refined(order, _from_zero(time))
    return by_code(item, order)


def by_code(code: Codes, order: Order | None = None) -> Order:
    """Return the order of rows by a code from 0 on; rows of one code stay in the order given."""
    found = _refined(order, code)
    return np.arange(len(code)) if found is None else found


def taken(column: Column, places: Order | Codes) -> Column:
    """Return what stands at some places of a column; -1 is its last one. A block at a time, by several threads.

    In one piece it takes twice the time: places of any other size than 64 bits are copied to that size first.
    """
    result = np.empty(len(places), dtype=column.dtype)

    def take(part: slice) -> None:
        np.take(column, places[part], out=result[part], mode="wrap")  # a mode that needs no buffer

    parts = rows_at_once(len(places))
    for _ in map(take, parts) if len(parts) < WORTH_THREADS else in_threads(take, parts):
        pass
    return cast(Column, result)


def in_order(*keys: Codes | Times) -> bool:
    """Tell whether rows already lie by the keys, the first one first."""
    if not _rises(keys[0]):
        return False
    rises = np.zeros(max(len(keys[0]) - 1, 0), dtype=bool)
    same = np.ones(len(rises), dtype=bool)
    for key in keys:
        rises |= same & (key[1:] > key[:-1])
        same &= key[1:] == key[:-1]
        if not (rises | same).all():
            return False
    return True


def _rises(key: Codes | Times | NDArray[np.uint64]) -> bool:
    return bool((key[1:] >= key[:-1]).all())


def _from_zero(time: Times | Codes) -> NDArray[np.uint64]:
    """Shift times so that the first is 0, in whole seconds where they all are: fewer digits to order by."""
    # Without a sign, as an end that has not come lies more than 63 bits behind a time before 1970.
    shifted = time.astype(np.uint64) - time.min().astype(np.uint64)
    second = np.uint64(SECOND)
    return shifted if np.any(shifted % second) else np.asarray(shifted // second)


def _refined(order: Order | None, key: Codes | NDArray[np.uint64]) -> Order | None:
    """Order by a key that is not negative, keeping the order so far among equals; `None` is the order of the rows."""
    if order is None and _rises(key):
        return None
    bits = len(key).bit_length()
    digit, largest, shift = _BITS - bits, int(key.max()), 0
    while shift == 0 or largest >> shift:
        low = (key >> key.dtype.type(shift)) & key.dtype.type((1 << digit) - 1) if largest >> digit else key
        packed = (low if order is None else low[order]).astype(np.int64)
        packed <<= bits
        # Their numbers a block at a time: memory that is used once costs more than the work.
        for part in rows_at_once(len(packed)):
            packed[part] |= np.arange(part.start, part.stop)
        packed.sort()
        packed &= (1 << bits) - 1
        order = packed if order is None else order[packed]
        shift += digit
    return order
