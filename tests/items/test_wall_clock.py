"""Days, weeks and months begin at midnight of the log's time zone: by hand, around the days on which clocks are set."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from tests.items.logs import DAY, HOUR, MINUTE, at, intervals
from vsm.analysis import analyse
from vsm.data_words import data_notes
from vsm.flow import finish_days, measured_log
from vsm.items.log import Log
from vsm.items.selection import select
from vsm.items.stream import mean_throughput, weekly_throughput, whole_weeks
from vsm.items.trends import by_month, throughput_table
from vsm.items.weekly_moves import moves_between
from vsm.opening import read
from vsm.reading.log_shapes import LogChoices

NEW_YORK, BERLIN = "America/New_York", "Europe/Berlin"


def one_stage(zone: str, *spans: tuple[str, str]) -> Log:
    """Items with their start and end, UTC, in one stage."""
    return replace(intervals([(i, 0, at(a), at(b)) for i, (a, b) in enumerate(spans)], ("a",)), timezone=zone)


# Clocks in New York were set forward on Sunday 9 March 2025, from UTC-5 to UTC-4, and back on 2 November 2025.
SPRING = (("2025-03-03T05:00", "2025-03-10T03:59"), ("2025-03-03T05:00", "2025-03-10T04:00"))
AUTUMN = (("2025-10-27T04:00", "2025-11-03T04:59"), ("2025-10-27T04:00", "2025-11-03T05:00"))


@pytest.mark.parametrize(("spans", "monday"), [(SPRING, "2025-03-03"), (AUTUMN, "2025-10-27")])
def test_a_week_ends_at_midnight_in_new_york_though_it_has_167_or_169_hours(spans, monday: str):
    # The first item is finished at 23:59 on Sunday, the second at 0:00 on Monday; the log goes on for a week.
    log = one_stage(NEW_YORK, *spans)
    log = replace(log, as_of=log.as_of + 7 * DAY)
    assert whole_weeks(log) == (at(monday), at(monday) + 14 * DAY)
    assert weekly_throughput(log).tolist() == [1, 1]
    assert throughput_table(log)["week"].iloc[0].date().isoformat() == monday
    moves = moves_between(log, *whole_weeks(log))
    assert (moves.arrivals[:, 0].tolist(), moves.departures[:, 0].tolist()) == ([2, 0], [1, 1])


def test_a_finish_after_midnight_in_berlin_is_of_that_day_and_month():
    # 23:30 UTC on 28 February is 0:30 on 1 March.
    log = one_stage(BERLIN, ("2025-02-27T08:00", "2025-02-28T23:30"), ("2025-02-27T08:00", "2025-02-28T22:30"))
    assert finish_days(log) == (dt.date(2025, 2, 28), dt.date(2025, 3, 1))
    assert len(select(log, finished_from=dt.date(2025, 3, 1)).items) == 1
    assert len(select(log, finished_to=dt.date(2025, 2, 28)).items) == 1
    table = by_month(log, measured_log(log).facts).table
    assert (table["month"].dt.month.tolist(), table["finished"].tolist()) == ([2, 3], [1, 1])


def test_open_items_have_no_finish_on_any_clock():
    visits = [(0, 0, at("2025-03-03"), None), (1, 0, at("2025-03-03"), at("2025-03-04T02:00"))]
    log = replace(intervals(visits, ("a",)), timezone=NEW_YORK)
    assert log.finish_moments.tolist() == [log.finished[0], at("2025-03-03T21:00")]


# Four Sundays on which an item is finished, one of them the day on which clocks are set forward.
SUNDAYS = "Item,Stage,Start,End\n" + "".join(
    f"S{i},Dev,2025-03-{day - 6:02},2025-03-{day:02}\n" for i, day in enumerate((9, 16, 23, 30))
)


@pytest.mark.parametrize("zone", ["UTC", NEW_YORK, BERLIN, "Pacific/Auckland"])
def test_dates_are_the_days_that_the_file_names_in_every_zone(tmp_path: Path, zone: str):
    file = tmp_path / "sundays.csv"
    file.write_text(SUNDAYS, encoding="utf-8")
    reading = read(file, LogChoices(timezone=zone))
    log, measured = reading.log, reading.stream.measured
    assert (measured.begins.date(), measured.ends.date()) == (dt.date(2025, 3, 9), dt.date(2025, 3, 30))
    assert any("finished from 9 March 2025 to 30 March 2025" in note for note in data_notes(analyse(reading.stream)))
    assert finish_days(log) == (dt.date(2025, 3, 9), dt.date(2025, 3, 30))
    assert len(select(log, finished_from=dt.date(2025, 3, 16), finished_to=dt.date(2025, 3, 23)).items) == 2
    weekly = weekly_throughput(log).tolist()
    assert weekly[:3] == [1, 1, 1]
    assert mean_throughput(log) == 1


def test_half_hours_count_too():
    # India is 5:30 ahead: 18:30 UTC on Sunday is 0:00 on Monday.
    start, monday = at("2026-01-04T18:30"), at("2026-01-05")
    log = replace(
        intervals([(0, 0, start, start + 7 * DAY), (1, 0, start, start + 7 * DAY - MINUTE)], ("a",)),
        timezone="Asia/Kolkata",
        as_of=start + 8 * DAY + HOUR,
    )
    assert whole_weeks(log) == (monday, monday + 7 * DAY)
    assert weekly_throughput(log).tolist() == [1]
