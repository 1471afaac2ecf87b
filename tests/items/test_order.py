"""The order by whole numbers that hold key and row, against a comparing one."""

from __future__ import annotations

import numpy as np
import pytest

from vsm.items.log import OPEN
from vsm.items.order import by_code, by_item


def random_rows(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    count = int(rng.integers(0, 400))
    item = rng.integers(0, rng.choice((2, 50, 200_000)), count).astype(np.int32)
    step = int(rng.choice((1, 1_000, 1_000_000, 86_400_000_000)))
    start = rng.integers(-30, 200, count) * step
    end = np.where(rng.random(count) < 0.2, OPEN, start + rng.integers(0, 5, count) * step)
    arrange = (np.arange(count), np.argsort(start, kind="stable"), np.lexsort((end, start, item)))[seed % 3]
    return item[arrange], start[arrange], end[arrange]


@pytest.mark.parametrize("seed", range(90))
def test_rows_are_ordered_as_by_comparing(seed: int):
    item, start, end = random_rows(seed)
    assert by_item(item, start).tolist() == np.lexsort((start, item)).tolist()
    assert by_item(item, start, end).tolist() == np.lexsort((end, start, item)).tolist()
    assert by_code(item).tolist() == np.argsort(item, kind="stable").tolist()
