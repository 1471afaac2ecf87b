"""Forecasts against what must come out, and against the binomial distribution."""

from __future__ import annotations

import datetime as dt
from math import comb

import pytest

from tests.items.logs import DAY, HOUR, at, intervals
from vsm.items.forecast import History, done_by, history, when_done
from vsm.items.statistics import TooFew

TODAY = dt.date(2026, 3, 2)


def weeks_of(finished: list[int]):
    monday = at("2026-01-05")
    ends = [monday + (7 * week + 3) * DAY for week, count in enumerate(finished) for _ in range(count)]
    rows = [(i, 0, monday, end) for i, end in enumerate(ends)]
    return intervals([*rows, (len(rows), 0, monday, None)], ("a",), as_of=monday + 7 * len(finished) * DAY)


def test_a_steady_stream_takes_what_division_says():
    past = History(weekly=(3,) * 8, as_of=TODAY)
    found = when_done(past, 10)
    assert [c.chance for c in found] == [50, 70, 85, 95]
    assert {c.weeks for c in found} == {4}
    assert {c.by for c in found} == {dt.date(2026, 3, 30)}
    assert {d.items for d in done_by(past, dt.date(2026, 3, 30))} == {12}
    assert {d.items for d in done_by(past, dt.date(2026, 3, 29))} == {9}
    assert {d.items for d in done_by(past, dt.date(2026, 1, 1))} == {0}


def at_least(successes: int, trials: int) -> float:
    return sum(comb(trials, k) for k in range(successes, trials + 1)) / 2**trials


def test_weeks_of_one_or_nothing_follow_the_binomial_distribution():
    past = History(weekly=(0, 1) * 5, as_of=TODAY)
    for found in when_done(past, 12):
        assert at_least(12, found.weeks) > found.chance / 100 - 0.015
        assert at_least(12, found.weeks - 1) < found.chance / 100 + 0.015
    for found in done_by(past, TODAY + dt.timedelta(weeks=30)):
        assert at_least(found.items, 30) > found.chance / 100 - 0.015
        assert at_least(found.items + 1, 30) < found.chance / 100 + 0.015


def test_the_same_history_gives_the_same_forecast():
    past = History(weekly=(0, 4, 1, 2, 0, 7, 3, 1), as_of=TODAY)
    assert when_done(past, 25) == when_done(past, 25)
    assert done_by(past, dt.date(2026, 6, 1)) == done_by(past, dt.date(2026, 6, 1))
    weeks, items = ([c.weeks for c in when_done(past, 25)], [d.items for d in done_by(past, dt.date(2026, 6, 1))])
    assert weeks == sorted(weeks)
    assert items == sorted(items, reverse=True)


def test_what_lies_too_far_is_not_forecast():
    (*_, last) = when_done(History(weekly=(0,) * 7 + (1,), as_of=TODAY), 100_000)
    assert (last.weeks, last.by) == (None, None)


def test_history_holds_the_weeks_without_a_finish():
    assert history(weeks_of([2, 0, 1, 0, 3, 0, 0, 1])) == History(weekly=(2, 0, 1, 0, 3, 0, 0, 1), as_of=TODAY)


@pytest.mark.parametrize(
    ("finished", "reason"),
    [
        ([1, 2, 3, 1, 1, 1, 1], "The log holds 7 whole weeks, and a forecast needs at least 8 to draw from."),
        ([], "The log holds no whole week, and a forecast needs at least 8 to draw from."),
        ([1], "The log holds 1 whole week, and a forecast needs at least 8 to draw from."),
        ([0] * 9, "No item was finished in the whole weeks of the log, so there is nothing to draw from."),
    ],
)
def test_a_forecast_is_refused_with_a_reason(finished: list[int], reason: str):
    assert history(weeks_of(finished)) == TooFew(reason=reason)


def test_a_log_of_hours_holds_no_week():
    assert isinstance(history(intervals([(0, 0, 0, HOUR)], ("a",))), TooFew)
