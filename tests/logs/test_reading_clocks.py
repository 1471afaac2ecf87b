"""Dates and times of day in columns of their own tell one moment."""

from __future__ import annotations

import pytest

from tests.logs_by_hand import EVENTS
from vsm.items.log import OPEN
from vsm.reading.log_shapes import LogChoices, LogReading, LogRole
from vsm.reading.logs import large_texts, read_log, text_frames

# A: 3 March 09:00 to 4 March 10:00 is 25 h; B: 3 March 09:00 to 5 March 10:00 is 49 h.
VISITS = """Item,Stage,Start date,Start time,End date,End time
A,Dev,03.03.2025,09:00,03.03.2025,12:00
A,Test,04.03.2025,09:00,04.03.2025,10:00
B,Dev,03.03.2025,09:00,04.03.2025,12:00
B,Test,05.03.2025,09:00,05.03.2025,10:00
"""
HOUR = 3_600_000_000


def read(text: str, *columns: tuple[LogRole, str], timezone: str = "UTC") -> LogReading:
    return read_log(text.encode(), "log.csv", LogChoices(columns=columns, timezone=timezone))


def lead_times(reading: LogReading) -> dict[str, float]:
    log = reading.log
    assert log is not None
    return {
        log.items[i]: float(log.finished[i] - log.begun[i]) / HOUR
        for i in range(len(log.items))
        if log.finished[i] != OPEN
    }


def test_start_and_end_each_have_a_time_of_day() -> None:
    found = read(VISITS)
    assert lead_times(found) == {"A": 25, "B": 49}
    assert not found.whole_days
    assert found.notes.count("The dates in column “Start date” and the times of day in column “Start time” were read "
                             "as one.") == 1  # fmt: skip
    roles = {column.header: column for column in found.columns}
    assert roles["End time"].role is LogRole.TIME_OF_DAY
    assert roles["End time"].why == "times of day of “End date”"


@pytest.mark.parametrize(
    ("header", "date", "clock"),
    [
        ("Key,Status,Date,Time", "2026-01-{:02d}", "{:02d}:{:02d}"),
        ("Key,Status,Datum,Uhrzeit", "{:02d}.01.2026", "{:02d}:{:02d} Uhr"),
        ("Clave,Estado,Fecha,Hora", "{:02d}/01/2026", "{:02d}:{:02d}:00"),
        ("Chave,Status,Data,Hora", "{:02d}/01/2026", "{:02d}h{:02d}"),
        ("Key,Status,DATE,TIME", "202601{:02d}", "{:02d}{:02d}00"),
        ("Key,Status,UDATE,UTIME", "202601{:02d}", "{:02d}{:02d}00"),
        ("Key,Status,Changed at,Time", "2026-01-{:02d}", "{:02d}:{:02d}"),
    ],
)
def test_two_columns_tell_what_one_tells(header: str, date: str, clock: str) -> None:
    rows = []
    for row in EVENTS.splitlines()[1:]:
        key, status, stamp = row.split(",")
        day, hour, minute = int(stamp[8:10]), int(stamp[11:13]), int(stamp[14:16])
        rows.append(f"{key},{status},{date.format(day)},{clock.format(hour, minute)}")
    columns = ((LogRole.TIMESTAMP, "UDATE"),) if "UDATE" in header else ()
    found = read("\n".join([header, *rows]), *columns)
    assert lead_times(found) == {"A": 32, "B": 22}


def test_a_large_file_tells_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_frames, "LARGE", 1)
    monkeypatch.setattr(large_texts, "PIECE", 80)
    assert lead_times(read(VISITS)) == {"A": 25, "B": 49}


def test_the_time_zone_counts_for_the_moment_and_not_for_the_day() -> None:
    # In Berlin 29 March 2026 has no hour from 02:00: from 01:00 to 04:00 are 2 h.
    rows = "Key,Status,Date,Time\nA,Build,2026-03-29,01:00\nA,Done,2026-03-29,04:00\n"
    assert lead_times(read(rows, timezone="Europe/Berlin")) == {"A": 2}


def test_a_date_without_its_time_of_day_begins_its_day_and_is_said() -> None:
    # From midnight of the 3rd to 12:00 of the 4th.
    rows = "Key,Status,Date,Time\nA,Build,2025-03-03,\nA,Done,2025-03-04,12:00\nB,Build,2025-03-04,12:00\n"
    found = read(rows)
    assert lead_times(found) == {"A": 36}
    assert any(note.endswith("1 row has no time of day there, so the beginning of the day was taken.")
               for note in found.notes)  # fmt: skip


def test_a_person_can_say_that_it_is_none_or_that_another_column_is() -> None:
    rows = "Key,Status,Date,Time\nA,Build,2025-03-03,09:00\nA,Done,2025-03-03,12:00\n"
    found = read(rows, (LogRole.IGNORE, "Time"))
    assert lead_times(found) == {"A": 24}  # a whole day
    assert found.whole_days
    renamed = read(rows.replace("Time", "Shift"), (LogRole.TIME_OF_DAY, "Shift"))
    assert lead_times(renamed) == {"A": 3}


def test_durations_beside_dates_are_no_times_of_day() -> None:
    rows = "Key,Status,Date,Processing time\nA,Build,2025-03-03,09:00\nA,Done,2025-03-03,12:00\n"
    found = read(rows)
    assert found.columns[3].role is LogRole.IGNORE
    assert lead_times(found) == {"A": 24}


def test_the_end_of_a_day_is_the_beginning_of_the_next() -> None:
    # A: 4 March 00:00 to 5 March 09:00 is 33 h.
    rows = "Key,Status,Changed at\nA,Build,2025-03-03 24:00\nA,Done,2025-03-05 09:00\nB,Build,2025-03-03 24:30\n"
    found = read(rows)
    assert lead_times(found) == {"A": 33}
    assert found.rows.left_out == 1
