"""Rows of an item that name one moment come in the order in which they happened, as far as the file tells it."""

from __future__ import annotations

import random

import pytest

from vsm.items.log import OPEN
from vsm.reading.log_shapes import LogChoices, LogReading
from vsm.reading.logs import read_log

# A and B both come to Testing and Done at one time; B took 96 h and A 48 h.
CHANGES = """Key,From,To,Changed at
A,,To Do,2025-03-03 09:00
A,To Do,In Progress,2025-03-04 09:00
A,In Progress,Testing,2025-03-05 09:00
A,Testing,Done,2025-03-05 09:00
B,,To Do,2025-03-03 09:00
B,To Do,In Progress,2025-03-04 09:00
B,In Progress,Testing,2025-03-07 09:00
B,Testing,Done,2025-03-07 09:00
"""
HOUR = 3_600_000_000


def read(text: str) -> LogReading:
    return read_log(text.encode(), "log.csv", LogChoices())


def hours(reading: LogReading) -> dict[str, float | None]:
    log = reading.log
    assert log is not None
    times = zip(log.items, log.begun, log.finished, strict=True)
    return {item: None if end == OPEN else float(end - start) / HOUR for item, start, end in times}


def upside_down(text: str) -> str:
    header, *rows = text.splitlines()
    return "\n".join([header, *reversed(rows), ""])


def without_from(text: str) -> str:
    return "\n".join(",".join(c for i, c in enumerate(row.split(",")) if i != 1) for row in text.splitlines())


@pytest.mark.parametrize("seed", range(8))
def test_from_and_to_put_rows_of_one_moment_in_order_wherever_they_stand(seed: int) -> None:
    header, *rows = CHANGES.splitlines()
    random.Random(seed).shuffle(rows)
    assert hours(read("\n".join([header, *rows]))) == {"A": 48, "B": 96}


def test_the_order_by_from_and_to_is_said() -> None:
    header, *rows = CHANGES.splitlines()
    rows[2], rows[3] = rows[3], rows[2]
    assert any(note.startswith("2 rows with the same moment") for note in read("\n".join([header, *rows])).notes)
    assert not any("same moment" in note for note in read(CHANGES).notes)


def test_a_circle_begins_with_the_status_that_the_item_was_in() -> None:
    # Back to To Do and on to Build again at one moment: the item stays in Build and is done after 3 h, in any order.
    rows = ["A,,Build,2026-01-05 08:00", "A,Build,To Do,2026-01-05 09:00", "A,To Do,Build,2026-01-05 09:00",
            "A,Build,Done,2026-01-05 11:00"]  # fmt: skip
    for two in ([1, 2], [2, 1]):
        found = read("\n".join(["Key,From,To,Changed at", rows[0], rows[two[0]], rows[two[1]], rows[3]]))
        assert hours(found) == {"A": 3}
        log = found.log
        assert log is not None
        spent = {log.stages[s]: 0.0 for s in log.visits.stage}
        for stage, start, end in zip(log.visits.stage, log.visits.start, log.visits.end, strict=True):
            spent[log.stages[stage]] += float(end - start) / HOUR
        assert spent == {"Build": 3}


def test_in_a_file_with_the_newest_first_the_lower_row_is_the_earlier_one() -> None:
    found = read(upside_down(without_from(CHANGES)))
    assert hours(found) == {"A": 48, "B": 96}
    assert any(note.startswith("2 rows name the same moment as the row before it") for note in found.notes)


def test_each_item_with_its_newest_row_first_is_told_as_well() -> None:
    a, b = CHANGES.splitlines()[1:5], CHANGES.splitlines()[5:]
    text = without_from("\n".join(["Key,From,To,Changed at", *reversed(a), *reversed(b)]))
    assert hours(read(text)) == {"A": 48, "B": 96}


def test_in_other_files_rows_of_one_moment_count_as_they_stand() -> None:
    found = read(without_from(CHANGES))
    assert hours(found) == {"A": 48, "B": 96}
    assert not any("same moment" in note for note in found.notes)
