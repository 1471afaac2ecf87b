"""Reports of the time in each status: told from tables of stages, with what they say of days and of finished items."""

from __future__ import annotations

import pytest

from vsm.items.build import Status, StatusKind
from vsm.items.log import OPEN
from vsm.reading.log_shapes import Layout, LogChoices, LogReading, LogRole
from vsm.reading.logs import looks_like_log, read_log

REPORT = """Key,Status,Backlog,In Development,Waiting for Review,In Testing
T-1,Done,2h,10h,4h,1h
T-2,In Testing,1h,20h,6h,3h
T-3,Won't do,5h,1h,-,-
"""


def read(text: str, choices: LogChoices | None = None) -> LogReading:
    return read_log(text.encode(), "report.csv", choices or LogChoices())


def test_keys_of_items_tell_a_report_although_a_status_is_named_like_a_wait() -> None:
    assert looks_like_log(REPORT.encode(), "report.csv") is Layout.WIDE_DURATIONS
    assert looks_like_log(REPORT.replace("Status", "Current status").encode(), "r.csv") is Layout.WIDE_DURATIONS


def test_a_table_of_stages_stays_one() -> None:
    table = "No,Step,Processing time,Waiting time\n1,Build,2h,10h\n2,Test,1h,20h\n3,Ship,5h,1h\n"
    assert looks_like_log(table.encode(), "table.csv") is None


def test_the_present_status_says_what_is_finished_open_and_cancelled() -> None:
    found = read(REPORT)
    log = found.log
    assert log is not None
    assert [log.items[i] for i in range(3) if log.finished[i] != OPEN] == ["T-1"]
    assert [log.items[i] for i in range(3) if log.cancelled[i]] == ["T-3"]
    assert any("“Status” says are done" in note for note in found.notes)
    assert found.columns[1].role is LogRole.STAGE


def test_a_person_can_say_which_status_is_done() -> None:
    found = read(REPORT, LogChoices(statuses=(Status(name="In Testing", kind=StatusKind.DONE, stage="In Testing"),)))
    assert found.log is not None
    assert [end != OPEN for end in found.log.finished] == [True, True, False]


# Each is 1 day and 20 hours, and 6 hours: 50 h where a day has 24 h, 34 h where it has 8 h.
@pytest.mark.parametrize(
    "cells",
    [
        ("1d 20h", "0d 6h 0m"),
        ("1 days 20 hours 0 minutes", "6 hours"),
        ("P1DT20H0M", "P0DT6H"),
        ("1 Tag 20 Std", "6 Std"),
        ("1 jour et 20 heures", "6 heures"),
        ("1 día 20 horas", "6 horas"),
    ],
)
def test_hours_of_a_working_day_or_more_beside_days_tell_that_a_day_has_24(cells: tuple[str, str]) -> None:
    found = read(f"Key,Build,Test\nK-1,{cells[0]},{cells[1]}\nK-2,2h,4h\n")
    assert found.log is not None
    assert found.log.hours_per_day == 24
    spent = (found.log.visits.end - found.log.visits.start) / 3_600_000_000
    assert spent.sum() == pytest.approx(50 + 6)
    note = f"1 cell names 8 hours or more beside days (“{cells[0]}”), so a day was read as 24 h."
    assert note in found.notes


def test_fewer_hours_beside_days_tell_nothing() -> None:
    found = read("Key,Build,Test\nK-1,1d 7h,6h\nK-2,20h,4h\n")
    assert found.log is not None
    assert found.log.hours_per_day == 8


def test_the_length_of_a_day_that_was_chosen_counts() -> None:
    found = read("Key,Build,Test\nK-1,1d 20h,6h\nK-2,20h,4h\n", LogChoices(hours_per_day=8))
    assert found.log is not None
    assert found.log.hours_per_day == 8
