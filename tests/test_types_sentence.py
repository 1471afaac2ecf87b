"""Which type of work is the most frequent, in words."""

from __future__ import annotations

import pytest

from tests.items.logs import HOUR, intervals
from vsm.flow import measured_log
from vsm.flow_words import types_sentence
from vsm.items.item_table import type_table


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        ([0, 0, 1, -1], "The most items, 50%, are of the type Story."),
        ([0, 1, 0, 1, 2], "The most items are of the types Story and Bug: 40% each."),
        ([0, -1], "The most items, 50%, are of the type Story."),
    ],
)
def test_types_that_are_equally_frequent_are_all_named(types: list[int], expected: str):
    visits = [(item, 0, 0, HOUR) for item in range(len(types))]
    m = measured_log(intervals(visits, ("a",), types=types, type_names=("Story", "Bug", "Task")))
    assert types_sentence(type_table(m.log, m.facts), m.definitions).startswith(expected)
