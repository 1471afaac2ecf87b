"""What a person chooses about a log is heeded: the as-of date, how dates count, teams, and the unit of durations."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from vsm.items.choosing import people_named
from vsm.items.log import OPEN, Log
from vsm.items.selection import select
from vsm.reading.log_shapes import DateRule, Layout, LogChoices
from vsm.reading.logs import read_log

SUNDAY = dt.date(2026, 1, 11)
HOUR = 3600 * 10**6
LAYOUTS = {
    "start and end of each visit": "Case,Activity,Start,End\n1,Build,2026-01-05,2026-01-11\n",
    "start and completion rows": (
        "case,activity,lifecycle:transition,time\n1,Build,start,2026-01-05\n1,Build,complete,2026-01-11\n"
    ),
    "start and end of each stage": "ID,Build start,Build end\n1,2026-01-05,2026-01-11\n2,2026-01-05,2026-01-11\n",
    "start and end of the item": "ID,Created,Closed\n1,2026-01-05,2026-01-11\n2,2026-01-05,2026-01-11\n",
    "stretches in statuses": (
        "Key,Status,Start,End\n1,Ready for work,2026-01-05,2026-01-06\n1,In progress,2026-01-06,2026-01-11\n"
    ),
    "statuses entered": "Key,Status,Changed\n1,In progress,2026-01-05\n1,Done,2026-01-11\n",
    "date of each stage": "ID,To do,Build,Done\n1,2026-01-05,2026-01-06,2026-01-11\n2,,2026-01-05,2026-01-11\n",
}


def log_of(text: str, choices: LogChoices | None = None) -> Log:
    found = read_log(text.encode(), "log.csv", choices or LogChoices())
    assert found.log is not None, found.blocking
    return found.log


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS)
def test_a_finish_on_sunday_belongs_to_the_week_of_that_sunday(text: str):
    days = [0, 1] if text.startswith("ID") else [0]
    inclusive, difference = log_of(text), log_of(text, LogChoices(dates=DateRule.DIFFERENCE))
    assert (inclusive.finished - inclusive.begun).tolist() == [7 * 24 * HOUR for _ in days]
    assert (difference.finished - difference.begun).tolist() == [6 * 24 * HOUR for _ in days]
    for log in (inclusive, difference):
        assert len(select(log, finished_from=SUNDAY, finished_to=SUNDAY).items) == len(days)


def test_what_ended_after_the_as_of_date_is_open_and_what_began_later_is_not_there():
    rows = ["1,Build,2026-01-05T10:00,2026-01-05T12:00", "2,Build,2026-01-05T10:00,2026-01-07T10:00"]
    rows += ["3,Build,2026-01-08T10:00,2026-01-08T11:00"]
    text = "\n".join(["Case,Activity,Start,End", *rows])
    moment = dt.datetime(2026, 1, 6, 10, tzinfo=dt.UTC)
    found = read_log(text.encode(), "log.csv", LogChoices(as_of=moment))
    log = found.log
    assert log is not None
    assert list(log.items) == ["1", "2"]
    assert (log.finished == OPEN).tolist() == [False, True]
    assert log.left.tolist() == [int(moment.timestamp()) * 10**6 - 22 * HOUR, int(moment.timestamp()) * 10**6]
    assert found.rows.used == 3
    assert any("1 item began after the as-of date" in note for note in found.notes)


def test_an_as_of_date_behind_the_data_lets_open_items_age():
    text = "Case,Activity,Start,End\n1,Build,2026-01-05T10:00,2026-01-05T12:00\n2,Build,2026-01-05T10:00,\n"
    moment = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
    log = log_of(text, LogChoices(as_of=moment))
    assert log.left.tolist()[1] == int(moment.timestamp()) * 10**6
    assert (log.finished != OPEN).tolist() == [True, False]


def test_an_as_of_date_before_everything_leaves_nothing_to_measure():
    text = "Case,Activity,Start,End\n1,Build,2026-01-05T10:00,2026-01-05T12:00\n"
    found = read_log(text.encode(), "log.csv", LogChoices(as_of=dt.datetime(2025, 1, 1, tzinfo=dt.UTC)))
    assert found.log is None
    assert "as-of date" in found.blocking[0].message


@pytest.mark.parametrize(
    "text",
    [
        "Key,Status,Changed,Team\n{}",
        "Case,Activity,Start,End,Team\n{}",
        "Item,To do,Done,Team\n{}",
    ],
)
def test_an_item_is_found_under_every_team_that_its_rows_name(text: str):
    rows = {
        "Key": "A,To do,2026-01-05,\nA,Done,2026-01-06,Blue\nB,To do,2026-01-05,Red\nC,To do,2026-01-05,",
        "Cas": "A,x,2026-01-05,2026-01-05,Blue\nA,y,2026-01-06,2026-01-07,Blue\nB,x,2026-01-05,2026-01-05,Red\n"
        "C,x,2026-01-05,2026-01-05,",
        "Ite": "A,2026-01-05,2026-01-06,Blue\nB,2026-01-05,2026-01-06,Red\nC,2026-01-05,2026-01-06,",
    }
    log = log_of(text.format(rows[text[:3]]))
    assert list(select(log, teams=["Blue"]).items) == ["A"]
    assert list(select(log, teams=["Red"]).items) == ["B"]
    assert list(select(log, teams=["Red", "Blue"]).items) == ["A", "B"]


def test_a_log_without_teams_says_so():
    assert log_of("Key,Status,Changed\nA,To do,2026-01-05\nA,Done,2026-01-06\n").item_teams is None


@pytest.mark.parametrize(("unit", "hours"), [(None, 3.0), ("d", 18.0), ("min", 0.05)])
def test_the_unit_of_numbers_whose_header_names_none(unit: str | None, hours: float):
    text = "Key,Build,Test (h)\nA,3,2\nB,1,-\n"
    found = read_log(text.encode(), "log.csv", LogChoices(unit=unit, hours_per_day=6, layout=Layout.WIDE_DURATIONS))
    assert found.log is not None
    visits = found.log.visits
    lengths = (visits.end - visits.start) / HOUR
    assert np.allclose(lengths[visits.item == 0], [hours, 2])
    assert any("unit" in question for question in found.questions) is (unit is None)


def test_a_unit_without_use_is_said():
    found = read_log(b"Key,Status,Changed\nA,To do,2026-01-05\n", "log.csv", LogChoices(unit="d"))
    assert any("unit" in note for note in found.notes)


@pytest.mark.parametrize(
    "text",
    [
        # Cy moved A to done; Di came to A's status again; Bo had B alone.
        "Key,Status,Changed,Person\nA,To do,2026-01-05,Ann\nA,Build,2026-01-06,Ann\nA,Build,2026-01-07,Di\n"
        "A,Done,2026-01-08,Cy\nB,To do,2026-01-05,Bo\nB,Build,2026-01-06,Bo\n",
        "Key,Activity,Completed,Person\nA,Build,2026-01-05,Ann\nA,Test,2026-01-06,Di\nA,Ship,2026-01-07,Cy\n"
        "B,Build,2026-01-05,Bo\n",
        "Key,Status,Start,End,Person\nA,To do,2026-01-05,2026-01-06,Ann\nA,In progress,2026-01-06,2026-01-07,Di\n"
        "A,Done,2026-01-07,,Cy\nB,To do,2026-01-05,2026-01-06,Bo\nB,In progress,2026-01-06,,Bo\n",
        "Key,Activity,Lifecycle,Timestamp,Person\nA,Build,start,2026-01-05,Ann\nA,Build,complete,2026-01-06,Cy\n"
        "A,Test,start,2026-01-06,Di\nB,Build,start,2026-01-05,Bo\nB,Build,complete,2026-01-05,Bo\n",
        "Key,To do (h),Build (h),Test (h),Person\nA,1,2,3,Ann\nA2,1,2,,Di\nA3,1,2,,Cy\nB,1,2,3,Bo\n",
        "Key,To do,Build,Done,Person\nA,2026-01-05,2026-01-06,2026-01-07,Ann\nA2,2026-01-05,2026-01-06,,Di\n"
        "A3,2026-01-05,2026-01-06,,Cy\nB,2026-01-05,2026-01-06,2026-01-07,Bo\n",
    ],
    ids=["entered", "completed", "in statuses", "started and completed", "durations", "dates"],
)
def test_an_item_is_found_under_every_person_whom_its_rows_name(text: str):
    log = log_of(text)
    assert people_named(log) == ("Ann", "Bo", "Cy", "Di")
    for name in ("Ann", "Cy", "Di"):
        found = select(log, people=[name])
        assert len(found.items) == 1
        assert found.items[0].startswith("A")
        assert name in people_named(found)
    assert list(select(log, people=["Bo"]).items) == ["B"]
    assert not len(select(select(log, people=["Cy"]), people=["Bo"]).items)
