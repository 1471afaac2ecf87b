"""Durations with dates beside them: the dates say what is finished, the durations how long it took."""

from __future__ import annotations

import pytest

from vsm.analysis import analyse
from vsm.data_words import data_notes
from vsm.items.facts import measure
from vsm.items.item_table import item_table
from vsm.items.stream import clock_for
from vsm.measured_words import measured_definitions
from vsm.model import RowCount
from vsm.opening import MeasuredReading, read_data
from vsm.reading.log_shapes import Layout, LogChoices, LogRole
from vsm.reading.logs import read_log

REPORT = """Key,Created,Resolved,To Do (hours),In Progress (hours),In Review (hours)
P-1,2026-01-05,2026-01-08,24,48,12
P-2,2026-01-06,2026-01-08,12,36,0
P-3,2026-01-07,,100,20,0
P-4,2026-01-07,{},500,0,0
"""
"""P-1 took 84 h and P-2 48: mean 66, of which 84 + 12 = 96 h of 132 are work. P-3 is 120 h old."""


def understood(text: str, choices: LogChoices | None = None) -> MeasuredReading:
    reading = read_data(text.encode(), "report.csv", choices or LogChoices())
    assert isinstance(reading, MeasuredReading)
    assert reading.stream is not None, reading.blocking
    return reading


@pytest.mark.parametrize("blank", ["", "-", "NULL"])
def test_what_has_no_date_of_resolution_is_open(blank: str):
    reading = understood(REPORT.format(blank))
    measured = reading.stream.measured
    assert reading.layout is Layout.WIDE_DURATIONS
    assert (measured.items, measured.finished, measured.open) == (4, 2, 2)
    assert measured.lead_times.mean == pytest.approx(66)
    assert analyse(reading.stream).flow_efficiency == pytest.approx(96 / 132)
    assert [(s.name, s.processing_time, s.wait_time) for s in reading.stream.stages] == [
        ("In Progress", pytest.approx(42), pytest.approx(18)),
        ("In Review", pytest.approx(6), pytest.approx(0)),
    ]
    assert not reading.problems


def test_the_durations_of_open_items_are_their_age():
    log = understood(REPORT.format("")).log
    table = item_table(log, measure(log, clock_for(log, None))).set_index("item")
    assert table["age"].dropna().to_dict() == {"P-3": pytest.approx(120), "P-4": pytest.approx(500)}
    assert table["lead_time"].dropna().to_dict() == {"P-1": pytest.approx(84), "P-2": pytest.approx(48)}
    assert table["open"].sum() == 2


def test_the_columns_of_dates_are_not_called_needless():
    reading = understood(REPORT.format(""))
    assert {c.header: c.role for c in reading.columns if c.role in (LogRole.START, LogRole.END)} == {
        "Created": LogRole.START,
        "Resolved": LogRole.END,
    }
    assert not [note for note in reading.notes if "not needed" in note]
    assert "An item is finished where the file has a date of it" in measured_definitions(reading.stream)[1]
    assert any("Items with a date in column “Resolved” count as finished" in note for note in reading.notes)
    assert "2 items are still open: counted as load, not in lead times." in data_notes(analyse(reading.stream))


@pytest.mark.parametrize(
    ("end", "finished", "message"),
    [
        ("9999-12-31", 2, "an end too far in the future, after 2199"),
        ("1970-01-01", 2, "an end at least 20 years away from all other dates"),
        ("soon", 2, "“soon” cannot be read, so the item counts as still open"),
        ("2026-01-02", 3, "“2026-01-02” lies before the start"),
    ],
)
def test_an_odd_date_of_resolution_is_named(end: str, finished: int, message: str):
    reading = understood(REPORT.format(end))
    assert (reading.rows.used, reading.stream.measured.finished) == (4, finished)
    (problem,) = reading.problems
    assert (problem.row, problem.column, problem.found) == (5, "Resolved", end)
    assert message in problem.message


def test_without_a_date_of_resolution_every_item_counts_as_finished():
    reading = understood(REPORT.format("").replace("Resolved", "Remarks"), LogChoices(layout=Layout.WIDE_DURATIONS))
    assert (reading.stream.measured.finished, reading.stream.measured.open) == (4, 0)
    assert measured_definitions(reading.stream)[1] == "Every item counts as finished."
    chosen = LogChoices(layout=Layout.WIDE_DURATIONS, columns=((LogRole.END, "Remarks"),))
    assert understood(REPORT.format("").replace("Resolved", "Remarks"), chosen).stream.measured.finished == 2


def test_durations_of_statuses_are_seen_beside_a_status_and_one_date():
    text = "Key,Status,Created,To Do,In Progress,Done\nP-1,Done,2026-01-05,24,48,0\nP-2,Done,2026-01-06,12,36,0\n"
    reading = understood(text)
    assert reading.layout is Layout.WIDE_DURATIONS
    assert reading.stream.measured.lead_times.mean == pytest.approx((72 + 48) / 2)


@pytest.mark.parametrize("turned", [False, True])
def test_of_an_item_that_stands_there_again_the_row_with_most_time_counts(turned: bool):
    header, *rows = [*REPORT.format("").splitlines(), "P-3,2026-01-07,2026-02-02,100,60,10"]
    text = "\n".join([header, *(rows[::-1] if turned else rows)]) + "\n"
    reading = understood(text, LogChoices(layout=Layout.WIDE_DURATIONS))
    assert reading.rows == RowCount(used=4, left_out=1, blank=0)
    assert [left.row for left in reading.left_out] == [4]  # in the middle either way
    assert reading.stream.measured.finished == 3
    assert reading.stream.measured.lead_times.mean == pytest.approx((84 + 48 + 170) / 3)


def test_the_dates_beside_the_durations_tell_how_long_a_day_is():
    # 5 days 4.5 h from Monday to Saturday, 2 days and 3 days of 24 h; then 12, 6 and 9 days of 8 h in the same time.
    rows = (
        ("2026-01-10 13:30", "3d 4h 12m", "2d 0h 18m"),
        ("2026-01-07 09:00", "1d", "1d 0h 0m"),
        ("2026-01-08 09:00", "1d", "2d"),
    )
    header = "Key,Created,Resolved,To Do,In Progress\n"
    text = header + "".join(f"T-{n},2026-01-05 09:00,{','.join(row)}\n" for n, row in enumerate(rows))
    found = read_log(text.encode(), "log.csv")
    assert found.log.hours_per_day == 24
    assert ((found.log.finished - found.log.begun) / 3_600_000_000).tolist() == [124.5, 48, 72]
    said = "durations of 3 of 3 items add up to the time from “Created” to “Resolved”"
    assert sum(said in note for note in found.notes) == 1
    chosen = read_log(text.encode(), "log.csv", LogChoices(hours_per_day=8))
    assert chosen.log.hours_per_day == 8
    working = text.replace("3d 4h 12m", "10d 4h 12m").replace("2d 0h 18m", "5d 0h 18m")
    working = working.replace(",1d,1d 0h 0m", ",3d,3d").replace(",1d,2d", ",3d,6d")
    assert read_log(working.encode(), "log.csv").log.hours_per_day == 8


def test_dates_that_fit_neither_length_of_a_day_leave_it_at_working_time():
    rows = "A,2026-01-05,2026-01-07,1d,3d\nB,2026-01-05,2026-01-07,1d,1d\n"
    text = f"Key,Created,Resolved,To Do,In Progress\n{rows}"
    found = read_log(text.encode(), "log.csv")
    assert found.log.hours_per_day == 8
    assert not any("add up" in note for note in found.notes)
