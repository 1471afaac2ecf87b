"""Waits before and after each stage -> one wait each: worked by hand, and the totals always those of the columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.tables_by_hand import problems_of, read_rows, read_text
from vsm.metrics import lead_time
from vsm.model import Severity, WaitSide
from vsm.reading.shapes import Choices, Reading, Role
from vsm.reading.two_waits import REPAIR

HEADER = ("Step", "Wait before (h)", "PT (h)", "Wait after (h)")
MISPLACED = "Waits counted on the other side"


def waits(reading: Reading) -> list[float | None]:
    assert reading.stream is not None, reading.blocking
    return [stage.wait_time for stage in reading.stream.stages]


@pytest.mark.parametrize(
    ("before", "after", "expected", "side"),
    [
        ((0, 4, 7), (3, 6, 9), [3 + 4, 6 + 7, 9], WaitSide.AFTER),  # no wait before the first: all find their place
        ((None, 4, 7), (3, 6, 9), [3 + 4, 6 + 7, 9], WaitSide.AFTER),
        ((1, 4, 7), (3, 6, 0), [1, 3 + 4, 6 + 7], WaitSide.BEFORE),  # no wait after the last
        ((None, 4, None), (None, None, 9), [4, None, 9], WaitSide.AFTER),
        ((0, None, None), (None, 2, None), [None, 2, None], WaitSide.AFTER),
    ],
)
def test_waits_that_all_find_their_place(
    before: tuple[float | None, ...], after: tuple[float | None, ...], expected: list[float | None], side: WaitSide
) -> None:
    reading = read_rows(HEADER, *(("ABC"[i], before[i], 1, after[i]) for i in range(3)))
    assert (waits(reading), reading.definitions.wait) == (expected, side)
    assert reading.stream is not None
    assert reading.stream.definitions.wait is side
    assert problems_of(reading, MISPLACED) == []
    (note,) = problems_of(reading, REPAIR)
    assert 'B "Wait before (h)" and D "Wait after (h)" both hold waits' in note.message
    assert f"lies {side} its stage" in note.message


def test_waits_at_both_ends_keep_the_total_and_say_what_lost_its_place() -> None:
    reading = read_rows(HEADER, ("A", 1, 2, 3), ("B", 4, 5, 6), ("C", 7, 8, 9))
    assert waits(reading) == [1 + 3 + 4, 6 + 7, 9]  # the smaller of 1 before the first and 9 after the last moves
    assert reading.stream is not None
    assert lead_time(reading.stream) == 45
    (warning,) = problems_of(reading, MISPLACED)
    assert (warning.row, warning.severity) == (2, Severity.WARNING)
    assert 'The wait before "A" (row 2) has no single stage in front of it' in warning.message
    assert ("wait", 'the headers "Wait before (h)" and "Wait after (h)"') in reading.definitions_said_by


def test_the_chosen_side_is_taken() -> None:
    rows = (HEADER, ("A", 1, 2, 3), ("B", 4, 5, 6))
    reading = read_rows(*rows, choices=Choices(wait=WaitSide.BEFORE))
    assert (waits(reading), reading.definitions.wait) == ([1, 4 + 3 + 6], WaitSide.BEFORE)


def test_one_of_the_columns_can_be_chosen_alone_and_both_together() -> None:
    rows = (HEADER, ("A", 0, 2, 3), ("B", 4, 5, 6))
    alone = Choices(columns=((Role.WAIT_TIME, "Wait after (h)"),))
    assert waits(read_rows(*rows, choices=alone)) == [3, 6]
    both = Choices(columns=((Role.WAIT_TIME, "B"), (Role.WAIT_TIME, "D")))
    assert waits(read_rows(*rows, choices=both)) == [3 + 4, 6]


def test_waits_beside_stages_that_run_side_by_side_keep_their_row() -> None:
    text = "Step|Wait before (h)|PT (h)|Wait after (h)|Parallel\nA|0|1|2|\nB|3|1|4|x\nC|5|1|6|x\nD|7|1|8|"
    reading = read_text(text)
    assert waits(reading) == [2, 3 + 4, 5 + 6, 7 + 8]
    assert reading.stream is not None
    assert lead_time(reading.stream) == (1 + 2) + (5 + 1 + 6) + (7 + 1 + 8)
    assert '"B", "C" and "D" (rows 3 to 5)' in problems_of(reading, MISPLACED)[0].message


def test_a_lead_time_is_compared_with_the_waits_of_its_own_row() -> None:
    text = "Step|Wait before (h)|PT (h)|Wait after (h)|Lead time (h)\nA|0|1|2|3\nB|3|1|4|8"
    assert problems_of(read_text(text), "Lead times that do not add up") == []


HOURS = st.one_of(st.none(), st.integers(0, 50))


@given(st.lists(st.tuples(HOURS, HOURS, st.sampled_from([None, "x", "y"])), min_size=1, max_size=8))
def test_nothing_is_lost(rows: list[tuple[int | None, int | None, str | None]]) -> None:
    table = [("s", before, 1, after, group) for before, after, group in rows]
    found = waits(read_rows((*HEADER, "Parallel"), *table))
    assert sum(wait or 0 for wait in found) == sum((b or 0) + (a or 0) for b, a, _ in rows)
