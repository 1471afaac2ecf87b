"""Dates that cannot be meant: years away from all others, or against the order of the stages. Named, and never lost."""

from __future__ import annotations

import random

import pytest

from vsm.model import Severity
from vsm.opening import MeasuredReading, read_data
from vsm.reading.log_shapes import FarDates, LogChoices
from vsm.reading.logs import FAR_DATES
from vsm.reading.logs.far_dates import DatesPart

EVENTS = """Item,Status,Timestamp
A,Development,1970-01-01 09:00
A,Testing,2026-01-08 09:00
A,Done,2026-01-09 09:00
B,Development,2026-01-05 09:00
B,Done,2026-01-12 09:00
C,Development,2026-01-06 09:00
C,Done,2062-01-12 09:00
"""
VISITS = """Item,Stage,Start,End
A,Development,2026-01-05 09:00,2026-01-06 09:00
B,Development,2026-01-06 09:00,2099-12-31 00:00
C,Development,2026-01-07 09:00,2026-01-08 09:00
D,Development,2026-01-08 09:00,2099-12-31 00:00
"""
WIDE = """Key,Development,Testing,Done
A,2026-01-05,2026-01-06,2026-01-09
B,2026-01-05,2026-01-06,2026-01-10
C,2026-01-06,2026-01-08,1900-01-01
D,2026-01-06,2026-01-08,2026-01-12
"""
PAIRS = """Key,Build start,Build end
A,2026-01-05,2026-01-06
B,2062-01-05,2062-01-06
C,2026-01-06,2026-01-08
D,2026-01-06,2026-01-09
"""
BACKWARDS = """Key,Development,Testing,Done
A,2026-01-05,2026-01-04,2026-01-09
B,2026-01-05,2026-01-06,2026-01-10
"""


def understood(text: str, far_dates: FarDates = FarDates.COUNT) -> MeasuredReading:
    reading = read_data(text.encode(), "log.csv", LogChoices(far_dates=far_dates))
    assert isinstance(reading, MeasuredReading)
    assert reading.log is not None
    return reading


def far(reading: MeasuredReading) -> list[str]:
    return [problem.message for problem in reading.problems if problem.repair == FAR_DATES]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (EVENTS, "Rows 2 and 8 have a date at least 2 years away from all others (“1970-01-01 09:00” and"),
        (VISITS, "Rows 3 and 5 have a date at least 2 years away from all others (“2099-12-31 00:00” in column “End”)"),
        (WIDE, "Row 4 has a date at least 2 years away from all others (“1900-01-01” in column “Done”)"),
        (PAIRS, "Row 3 has a date at least 2 years away from all others (“2062-01-05” in column “Build start”)"),
    ],
)
def test_far_dates_are_named_with_their_rows_and_count_until_they_are_left_out(text: str, rows: str):
    counted = understood(text)
    assert counted.rows.used == counted.rows.total
    assert far(counted)[0].startswith(rows)
    assert "lead times, ages, throughput and load over time reach as far" in far(counted)[0]
    left_out = understood(text, FarDates.LEAVE_OUT)
    assert far(left_out)
    assert all("left out" in message for message in far(left_out))
    assert left_out.rows.total == counted.rows.total
    assert {problem.severity for problem in counted.problems} == {Severity.WARNING}


def test_left_out_the_far_dates_are_in_no_figure():
    counted, without = (understood(EVENTS, c).stream for c in (FarDates.COUNT, FarDates.LEAVE_OUT))
    # A takes 56 years, B 7 days and C 36 years; without the two rows A takes a day, and C is still open.
    assert counted.measured.lead_times.median > 30 * 365 * 24
    assert without.measured.lead_times.median == (1 + 7) / 2 * 24
    assert (without.measured.finished, without.measured.open) == (2, 1)
    assert understood(EVENTS, FarDates.LEAVE_OUT).rows.left_out == 2


def test_in_wide_dates_the_cell_is_left_out_and_not_the_item():
    without = understood(WIDE, FarDates.LEAVE_OUT)
    assert without.rows.left_out == 0
    assert (without.stream.measured.finished, without.stream.measured.open) == (3, 1)
    assert understood(PAIRS, FarDates.LEAVE_OUT).rows.left_out == 1  # nothing else stands in the row


@pytest.mark.parametrize("text", [EVENTS, VISITS, WIDE, PAIRS])
def test_dates_decades_away_are_left_out_unless_they_are_to_count(text: str):
    plain, chosen = read_data(text.encode(), "log.csv"), understood(text, FarDates.LEAVE_OUT)
    assert plain.rows == chosen.rows
    assert plain.stream.measured == chosen.stream.measured
    assert all("20 years" in message and "left out" in message for message in far(plain))
    assert all("choose to count such dates" in message for message in far(plain))


def test_dates_years_and_not_decades_away_count_and_are_named():
    text = EVENTS.replace("1970-01-01", "2016-01-01").replace("2062", "2030")
    plain = read_data(text.encode(), "log.csv")
    assert plain.rows.left_out == 0
    assert far(plain)[0].startswith("Rows 2 and 8 have a date at least 2 years away from all others")
    both = text + "D,Development,1990-01-01 09:00\n"
    plain = read_data(both.encode(), "log.csv")
    assert [left.row for left in plain.left_out] == [9]
    assert [message.split(" (")[0] for message in far(plain)] == [
        "Rows 2 and 8 have a date at least 2 years away from all others",
        "Row 9 has a date at least 20 years away from all others",
    ]


@pytest.mark.parametrize(
    ("end", "named"),
    [
        ("2999-12-31", "after 2199"),
        ("2099-12-31", "20 years away from all other dates"),
        ("1970-01-01", "20 years away from all other dates"),
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "Item,Stage,Start,End\nA,Build,2026-01-05,2026-01-06\nB,Build,2026-01-05,2026-01-07\nC,Build,2026-01-05,{}\n",
        "Key,Created,Resolved\nA,2026-01-05,2026-01-06\nB,2026-01-05,2026-01-07\nC,2026-01-05,{}\n",
        "Key,Build start,Build end\nA,2026-01-05,2026-01-06\nB,2026-01-05,2026-01-07\nC,2026-01-05,{}\n",
    ],
)
def test_an_end_in_the_far_future_or_past_has_not_come(text: str, end: str, named: str):
    reading = read_data(text.format(end).encode(), "log.csv")
    assert reading.rows.left_out == 0
    # A took two days, B three, as both of their days count.
    measured = reading.stream.measured
    assert (measured.finished, measured.open, measured.lead_times.mean) == (2, 1, 2.5 * 24)
    assert measured.as_of.year == 2026
    (problem,) = reading.problems
    assert (problem.row, problem.found) == (4, end)
    assert named in problem.message


@pytest.mark.parametrize(
    ("time", "why"),
    [("9999-12-31", "far in the future, after 2199"), ("1582-10-15", "far in the past, before 1900"), ("soon", "read")],
)
def test_a_time_in_years_of_no_log_is_said_to_be_too_far(time: str, why: str):
    events = read_data((EVENTS + f"B,Testing,{time}\n").encode(), "log.csv", LogChoices())
    assert events.rows.left_out == 2 + 1
    assert next(p.message for p in events.problems if p.row == 9).split(" (")[0].endswith(why)
    wide = read_data(WIDE.replace("1900-01-01", time).encode(), "log.csv", LogChoices())
    assert next(p.message for p in wide.problems if p.row == 4).split(", so the item")[0].endswith(why)


def parted(*counts: tuple[int, int]) -> DatesPart:
    return DatesPart(days=counts)


@pytest.mark.parametrize(
    ("days", "two_years", "twenty_years"),
    [
        ([(20000, 10), (20400, 5)], None, None),  # a year and a month apart: an old item
        ([(18000, 1), (20000, 10)], (20000, 20000), None),
        ([(12000, 1), (20000, 10)], (20000, 20000), (20000, 20000)),  # 21.9 years
        ([(12000, 2), (16000, 1), (20000, 10)], (20000, 20000), None),  # never twenty years of nothing
        ([(8000, 1), (20000, 1)], None, None),  # which of the two would be odd?
        ([(8000, 1), (20000, 2)], (20000, 20000), (20000, 20000)),
        ([(0, 400), (20000, 500), (20100, 500)], (20000, 20100), (20000, 20100)),  # one day again: a placeholder
        ([(0, 40), (10, 40), (20000, 500), (20100, 500)], None, None),  # 80 of 1,080 are no slips
        ([(0, 1), (17000, 200), (20000, 500)], (20000, 20000), (17000, 20000)),
        ([(17000, 200), (17100, 200), (20000, 500), (20100, 500)], None, None),  # two times of the same team
        ([], None, None),
    ],
)
def test_what_lies_far_from_all_others(days, two_years, twenty_years):
    assert (parted(*days).usual(2), parted(*days).usual(20)) == (two_years, twenty_years)
    shuffled = random.Random(1).sample(days, len(days))
    in_parts = parted()
    for day, times in shuffled:
        in_parts += parted((day, times))
    assert (in_parts.usual(2), in_parts.usual(20)) == (two_years, twenty_years)


def test_dates_that_run_backwards_are_named_and_said_to_count_as_sent_back():
    reading = understood(BACKWARDS)
    found = [problem for problem in reading.problems if problem.repair == "Dates out of order"]
    assert [(problem.row, problem.column, problem.found) for problem in found] == [(2, "Testing", "2026-01-04")]
    assert "it counts as sent back to that earlier stage" in found[0].message
    assert reading.stream.measured.sent_back == 1
    assert not [p for p in understood(WIDE.replace("1900-01-01", "2026-01-09")).problems if p.repair == found[0].repair]


@pytest.mark.parametrize(
    "text",
    [VISITS.replace("2099-12-31 00:00", "2026-01-01 00:00"), "Key,Created,Resolved\nA,2026-01-05,2026-01-02\n"],
)
def test_an_end_before_its_start_leaves_its_row_out_by_name(text: str):
    reading = read_data(text.encode(), "log.csv", LogChoices())
    assert reading.rows.left_out == text.count("2026-01-01") + text.count("2026-01-02")
    assert {problem.repair for problem in reading.problems} == {"Ends before starts"}


def test_a_finish_without_a_start_is_said_to_be_that():
    reading = read_data(b"Key,Created,Closed\nA,,2026-01-06\nB,2026-01-05,2026-01-06\nC,,\n", "log.csv", LogChoices())
    assert [(left.row, left.reason) for left in reading.left_out] == [
        (2, "The row has a finish but no start."),
        (4, "The row has no time."),
    ]
    pairs = read_data(PAIRS.replace("2062-01-05,2062-01-06", ",2026-01-06").encode(), "log.csv", LogChoices())
    assert "“2026-01-06” is a finish without a start" in pairs.problems[0].message


def test_where_nothing_tells_which_of_two_dates_is_odd_both_count_and_that_is_said():
    reading = read_data(b"Key,Status,Changed\n1,Doing,1970-01-01\n1,Done,2026-01-05\n", "log.csv", LogChoices())
    assert reading.rows.used == 2
    (problem,) = reading.problems
    assert problem.severity is Severity.WARNING
    assert problem.message.startswith(
        "The dates lie in groups more than 20 years apart: 1 on 1970-01-01 and 1 on "
        "2026-01-05. Nothing tells which of them are wrong, so all count"
    )


def test_the_validity_of_a_state_is_a_stretch_and_its_open_end_has_not_come():
    rows = ["1,Received,2026-01-05,2026-01-06", "1,Picking,2026-01-06,9999-12-31", "2,Received,2026-01-05,2026-01-07"]
    text = "\n".join(["order_id,status,valid_from,valid_to", *rows]) + "\n"
    reading = read_data(text.encode(), "orders.csv")
    assert isinstance(reading, MeasuredReading)
    assert (reading.stream.measured.finished, reading.stream.measured.open) == (1, 1)
