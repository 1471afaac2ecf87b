"""Working time against a count of the minutes, one by one, in zones that put their clocks forward and back."""

from __future__ import annotations

import datetime as dt
import random

import numpy as np
import pytest

from tests.items.logs import HOUR, at
from tests.items.slow import moment, working_minutes
from vsm.worktime import Calendar, ElapsedClock, WorkingClock

MINUTE = 60_000_000
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Auckland")


def random_calendar(rng: random.Random) -> Calendar:
    begins = rng.choice((dt.time(0), dt.time(5), dt.time(7, 30), dt.time(9)))
    return Calendar(
        begins=begins,
        ends=rng.choice((dt.time(12), dt.time(17), dt.time(22, 15), dt.time(0))),
        weekdays=(*(rng.random() < 0.7 for _ in range(6)), True),
        holidays=frozenset(dt.date(2026, rng.choice((3, 4, 10, 11)), rng.randint(1, 28)) for _ in range(6)),
        timezone=rng.choice(ZONES),
    )


@pytest.mark.parametrize("seed", range(60))
def test_working_time_is_the_minutes_counted_one_by_one(seed: int):
    rng = random.Random(seed)
    calendar = random_calendar(rng)
    # Weeks in which one of the zones changes its clocks.
    first = at(rng.choice(("2026-03-06", "2026-03-27", "2026-04-03", "2026-10-23", "2026-10-30", "2026-09-25")))
    bounds = sorted(first + rng.randrange(5 * 24 * 60) * MINUTE for _ in range(2))
    position = WorkingClock(calendar, first, bounds[1]).position(np.array(bounds))
    expected = working_minutes(calendar, moment(bounds[0]), moment(bounds[1]))
    assert (position[1] - position[0]) / 60 == expected


def test_office_hours_over_a_weekend():
    clock = WorkingClock(Calendar(), at("2026-01-02T16:00"), at("2026-01-05T10:30"))
    friday, monday = clock.position(np.array([at("2026-01-02T16:00"), at("2026-01-05T10:30")]))
    assert monday - friday == 2.5 * 3600


def test_a_whole_day_around_the_change_to_summer_time_has_23_hours():
    always = Calendar(begins=dt.time(0), ends=dt.time(0), weekdays=(True,) * 7, timezone="Europe/Berlin")
    bounds = np.array([at("2026-03-28T23:00"), at("2026-03-29T22:00")])
    position = WorkingClock(always, int(bounds[0]), int(bounds[1])).position(bounds)
    assert always.hours_per_day == 24
    assert position[1] - position[0] == 23 * 3600


def test_a_holiday_is_a_day_off():
    calendar = Calendar(holidays=frozenset({dt.date(2026, 1, 6)}))
    bounds = np.array([at("2026-01-05T00:00"), at("2026-01-08T00:00")])
    position = WorkingClock(calendar, int(bounds[0]), int(bounds[1])).position(bounds)
    assert position[1] - position[0] == 16 * 3600


def test_the_elapsed_clock_counts_everything():
    position = ElapsedClock().position(np.array([0, 36 * HOUR]))
    assert position[1] - position[0] == 36 * 3600
