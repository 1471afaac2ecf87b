"""Logs with a start and an end for each row, some of whose statuses wait or say that an item is done."""

from __future__ import annotations

import pytest

from vsm.analysis import analyse
from vsm.items.build import Status, StatusKind
from vsm.items.facts import measure
from vsm.opening import MeasuredReading, read_data
from vsm.reading.log_shapes import LogChoices
from vsm.worktime import ElapsedClock

GAPS = """Item,Status,Start,End
V-1,Waiting for analysis,2026-01-05 08:00,2026-01-07 08:00
V-1,Analysis,2026-01-07 08:00,2026-01-07 20:00
V-1,Build,2026-01-08 08:00,2026-01-09 08:00
V-2,Waiting for analysis,2026-01-06 08:00,2026-01-06 20:00
V-2,Analysis,2026-01-06 20:00,2026-01-07 08:00
V-2,Build,2026-01-11 08:00,2026-01-12 08:00
"""
"""Elapsed hours. V-1 waits 48, works 12, waits 12 for Build, works 24: 96; V-2 waits 12, works 12, waits 96, works 24:
144. Together 72 of 240 hours are work: 30 %. Means: Analysis works 12 and waits 30, Build works 24 and waits 54."""
WAIT, ACTIVE, DONE = StatusKind.WAIT, StatusKind.ACTIVE, StatusKind.DONE


def understood(text: str, *given: Status) -> MeasuredReading:
    reading = read_data(text.encode(), "log.csv", LogChoices(statuses=given))
    assert isinstance(reading, MeasuredReading)
    assert reading.stream is not None
    return reading


def means(name: str, kind: StatusKind, stage: str = "") -> Status:
    return Status(name=name, kind=kind, stage=stage)


def times(reading: MeasuredReading) -> dict[str, tuple[float | None, float | None]]:
    return {stage.name: (stage.processing_time, stage.wait_time) for stage in reading.stream.stages}


def test_statuses_that_wait_are_waiting_for_the_stage_that_they_name():
    reading = understood(GAPS)
    assert [(s.name, s.kind, s.stage) for s in reading.statuses] == [
        ("Waiting for analysis", WAIT, "Analysis"),
        ("Analysis", ACTIVE, "Analysis"),
        ("Build", ACTIVE, "Build"),
    ]
    assert times(reading) == {"Analysis": (12, 30), "Build": (24, 54)}
    assert reading.stream.measured.lead_times.mean == 120
    assert analyse(reading.stream).flow_efficiency == pytest.approx(72 / 240)
    assert measure(reading.log, ElapsedClock()).stages.visits.tolist() == [2, 2]


@pytest.mark.parametrize("name", ["Waiting", "Queue", "Ready for analysis", "Warten auf Analyse", "On hold", "New"])
def test_other_names_of_waits(name: str):
    reading = understood(GAPS.replace("Waiting for analysis", name))
    assert times(reading) == {"Analysis": (12, 30), "Build": (24, 54)}


def test_an_activity_is_work_unless_its_name_plainly_waits():
    text = GAPS.replace("Status", "Activity").replace("Build", "Open account")
    assert [s.kind for s in understood(text).statuses] == [WAIT, ACTIVE, ACTIVE]


def test_what_a_person_says_of_a_status_takes_effect():
    # Analysis as a wait: V-1 waits 72 and works 24, V-2 waits 120 and works 24.
    reading = understood(GAPS, means("Analysis", WAIT, "Build"), means("Waiting for analysis", WAIT, "Build"))
    assert times(reading) == {"Build": (24, 96)}


def test_rows_of_an_ignored_status_are_left_out():
    # V-1 takes 48 hours and V-2 132 without its first row; 36 hours of each are work.
    reading = understood(GAPS, means("Waiting for analysis", StatusKind.IGNORE))
    assert reading.rows.left_out == 2
    assert reading.stream.measured.lead_times.mean == 90
    assert times(reading) == {"Analysis": (12, 0), "Build": (24, 54)}


def test_a_status_said_to_be_done_finishes_the_item_where_it_starts():
    # V-1 is done after 72 hours, 12 of them behind its last row, V-2 after 120 and 96.
    reading = understood(GAPS, means("Build", DONE))
    assert reading.stream.measured.lead_times.mean == 96
    assert times(reading) == {"Analysis": (12, 30 + 54)}
    assert analyse(reading.stream).flow_efficiency == pytest.approx(24 / 192)


CLOSED = """Item,Status,Start,End
A,Build,2026-01-05 08:00,
A,Closed,2026-01-06 08:00,
B,Build,2026-01-05 08:00,2026-01-05 18:00
B,Closed,2026-01-06 08:00,2026-01-07 08:00
B,Build,2026-01-07 08:00,
C,Build,2026-01-05 08:00,2026-01-05 20:00
C,Cancelled,2026-01-05 20:00,
D,Closed,2026-01-05 08:00,
"""
"""A is done when it is closed, though its row of Build never ended; B was opened again and is open; C is cancelled; D
comes in closed, in no time."""


def test_a_done_row_ends_what_is_open_and_a_later_row_opens_the_item_again():
    reading = understood(CLOSED)
    measured = reading.stream.measured
    assert (measured.finished, measured.open, measured.cancelled) == (2, 1, 1)
    # Of the other finished item the file has its Done row alone.
    assert (measured.lead_times.mean, measured.only_finish_known) == (24, 1)


def test_days_without_a_time_count_to_the_end_of_the_day_they_are_done_on():
    text = "Item,Status,Start,End\nA,Build,2026-01-05,2026-01-06\nA,Done,2026-01-06,\nB,Build,2026-01-05,\n"
    # A ends with the 6th: two days.
    assert understood(text).stream.measured.lead_times.mean == 48


def test_rows_of_one_status_in_a_row_are_one_visit_and_those_of_one_activity_are_several():
    rows = "A,Build,2026-01-05 08:00,2026-01-05 12:00\nA,Build,2026-01-05 12:00,2026-01-05 18:00\n"
    of_status = understood(f"Item,Status,Start,End\n{rows}A,Test,2026-01-05 18:00,2026-01-05 20:00\n")
    of_activity = understood(f"Item,Activity,Start,End\n{rows}A,Test,2026-01-05 18:00,2026-01-05 20:00\n")
    visits = [measure(found.log, ElapsedClock()).stages.visits.tolist() for found in (of_status, of_activity)]
    assert visits == [[1, 1], [2, 1]]
