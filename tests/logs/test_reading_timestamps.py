"""Timestamps as people and tools write them, against the moments worked out by hand."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

from vsm.reading.log_shapes import LogChoices
from vsm.reading.logs import read_log
from vsm.reading.logs.timestamps import UNREADABLE, DayOrder, day_order, read_stamps
from vsm.reading.shapes import ReadError


def moment(text: str, *, day_first: bool = True, timezone: str = "UTC") -> dt.datetime | None:
    # With a second text that is no ISO date the whole column takes the long way.
    times = read_stamps(pa.array([text, "x"]), day_first=day_first, timezone=timezone).times
    assert times[1] == UNREADABLE
    alone = int(read_stamps(pa.array([text]), day_first=day_first, timezone=timezone).times[0])
    assert alone == times[0]
    return None if alone == UNREADABLE else dt.datetime(1970, 1, 1) + dt.timedelta(microseconds=alone)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018-01-01 01:01:01", (2018, 1, 1, 1, 1, 1)),
        ("2018-01-01", (2018, 1, 1)),
        ("2017-01-02T11:41:53Z", (2017, 1, 2, 11, 41, 53)),
        ("2017-01-02T11:41:53.250+02:00", (2017, 1, 2, 9, 41, 53, 250_000)),
        ("2017-01-02T11:41:53.1234567Z", (2017, 1, 2, 11, 41, 53, 123_456)),
        ("2017-01-02 11:41:53 -0530", (2017, 1, 2, 17, 11, 53)),
        ("2026-01-05 10:00:00 UTC", (2026, 1, 5, 10)),
        ("2026/1/5 9:05", (2026, 1, 5, 9, 5)),
        ("31.12.2025 23:59", (2025, 12, 31, 23, 59)),
        ("5.1.2026", (2026, 1, 5)),
        ("31/12/2025 11:59 PM", (2025, 12, 31, 23, 59)),
        ("12/31/2025 12:00 AM", (2025, 12, 31, 0, 0)),
        ("12/31/2025, 12:30 p.m.", (2025, 12, 31, 12, 30)),
        ("05/Jan/26 10:14 AM", (2026, 1, 5, 10, 14)),
        ("5-Jan-26", (2026, 1, 5)),
        ("05 Jan 2026", (2026, 1, 5)),
        ("Jan 5, 2026, 9:03 PM", (2026, 1, 5, 21, 3)),
        ("Monday, January 5, 2026", (2026, 1, 5)),
        ("Mon, 05 Jan 2026 10:14:00 GMT", (2026, 1, 5, 10, 14)),
        ("Mon Jan 05 10:14:00 CET 2026", (2026, 1, 5, 9, 14)),
        ("Mon Jan 05 2026 09:00:00 GMT+0000 (GMT)", (2026, 1, 5, 9)),
        ("Tue Jul 07 2026 09:00:00 GMT+0200 (Central European Summer Time)", (2026, 7, 7, 7)),
        ("5. März 2026 10:30 Uhr", (2026, 3, 5, 10, 30)),
        ("12 août 2026 à 14h05", (2026, 8, 12, 14, 5)),
        ("15 de enero de 2026", (2026, 1, 15)),
        ("20260105", (2026, 1, 5)),
        ("20260105T101400Z", (2026, 1, 5, 10, 14)),
        ("1767225600", (2026, 1, 1)),
        ("1767225600500", (2026, 1, 1, 0, 0, 0, 500_000)),
        ("46023.5", (2026, 1, 1, 12)),
        ("46023,25", (2026, 1, 1, 6)),
    ],
)
def test_a_timestamp_means_its_moment(text: str, expected: tuple[int, ...]):
    assert moment(text) == dt.datetime(*expected)


@pytest.mark.parametrize(
    "text",
    ["31/02/2026", "2026-13-01", "2026-01-05 25:00", "29.02.2025", "13:30 PM", "7", "1.5", "tomorrow", "A-12",
     "12/2026", "2026-01-05 10:00 XYZT", "0001-01-01", "9999-12-31", "10:30"],
)  # fmt: skip
def test_what_is_no_time_is_not_read(text: str):
    assert moment(text) is None


def test_day_or_month_first_follows_the_choice_where_both_can_be():
    assert moment("03/04/2026", day_first=True) == dt.datetime(2026, 4, 3)
    assert moment("03/04/2026", day_first=False) == dt.datetime(2026, 3, 4)
    assert moment("13/04/2026", day_first=False) == dt.datetime(2026, 4, 13)
    assert moment("03.04.2026", day_first=False) == dt.datetime(2026, 4, 3)


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["03/04/2026", "13/04/2026"], DayOrder.DAY_FIRST),
        (["03/04/2026", "04/13/2026"], DayOrder.MONTH_FIRST),
        (["13/04/2026", "04/13/2026"], DayOrder.BOTH),
        (["03/04/2026", "05/06/2026"], DayOrder.UNDECIDED),
        (["03/04/2026 1:00 PM"], DayOrder.MONTH_FIRST),
        (["03.04.2026"], DayOrder.DAY_FIRST),
        (["04/04/2026"], DayOrder.NOT_NEEDED),
        (["2026-03-04"], DayOrder.NOT_NEEDED),
    ],
)
def test_the_whole_column_decides_what_comes_first(texts: list[str], order: DayOrder):
    assert day_order([pa.array(texts)]) is order


def test_a_time_zone_is_that_of_times_which_name_none():
    assert moment("2026-07-01 10:00", timezone="Europe/Berlin") == dt.datetime(2026, 7, 1, 8)
    assert moment("2026-01-01 10:00", timezone="Europe/Berlin") == dt.datetime(2026, 1, 1, 9)
    assert moment("2026-07-01T10:00:00Z", timezone="Europe/Berlin") == dt.datetime(2026, 7, 1, 10)
    # 02:30 was skipped on that night, and moves on to 03:00 summer time.
    assert moment("2026-03-29 02:30", timezone="Europe/Berlin") == dt.datetime(2026, 3, 29, 1)


def test_an_unknown_time_zone_is_refused_in_a_sentence():
    with pytest.raises(ReadError, match=r"no time zone “Mars/Olympus”; use a name such as Europe/Berlin"):
        read_stamps(pa.array(["2026-01-01 10:00"]), timezone="Mars/Olympus")


def test_formats_and_zones_may_be_mixed_in_one_column():
    texts = ["2026-01-05 10:00", "05/Jan/26 10:00 AM", "2026-01-05T12:00:00+02:00", "1767607200", "5.1.2026 10:00"]
    assert len(set(read_stamps(pa.array(texts)).times.tolist())) == 1


def test_times_without_a_zone_among_others_with_one_are_counted():
    rows = ["1,Build,2026-01-05T10:00:00+02:00", "1,Test,2026-01-05 12:00", "1,Done,2026-01-06T10:00:00Z", "1,Test,"]
    text = "\n".join(["Key,Status,Changed", *rows]) + "\n"
    found = read_log(text.encode(), "log.csv", LogChoices(timezone="Europe/Berlin"))
    note = "In column “Changed” 1 time names no time zone, and 2 do: it was taken as Europe/Berlin."
    assert note in found.notes
    # 8:00, 11:00 and, a day later, 10:00 UTC.
    assert ((found.log.visits.end - found.log.visits.start) / 3_600_000_000).tolist() == [3, 23]
    for same in ("2026-01-05T12:00:00Z", "2026-01-05T12:00:00+01:00"):
        other = read_log(text.replace("2026-01-05 12:00", same).encode(), "log.csv", LogChoices())
        assert not [note for note in other.notes if "no time zone" in note]
