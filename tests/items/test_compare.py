"""Differences and their intervals against theory and against resampling item by item."""

from __future__ import annotations

import random
from statistics import fmean, stdev

import numpy as np
import pytest

from tests.items.logs import DAY, HOUR, at, intervals
from vsm.growth import Interval
from vsm.items.compare import Figure, Side, compare, side
from vsm.items.facts import measure
from vsm.items.statistics import TooFew
from vsm.worktime import ElapsedClock


def of(hours: list[float], weekly: list[int] | None = None, efficiency: float | None = 0.25) -> Side:
    lead = np.sort(np.array(hours, dtype=float))
    worked = None if efficiency is None else lead * efficiency
    return Side(lead_time=lead, worked=worked, weekly=np.array(weekly or [3, 4] * 4, dtype=float))


def drawn(seed: int, count: int, mean: float = 3.0) -> list[float]:
    rng = random.Random(seed)
    return [rng.lognormvariate(mean, 1) for _ in range(count)]


def found(before: Side, after: Side):
    return {difference.figure: difference for difference in compare(before, after)}


def test_figures_stand_side_by_side():
    before, after = of([10.0 * i for i in range(1, 21)]), of([5.0 * i for i in range(1, 21)], [7, 8] * 4, 0.5)
    result = found(before, after)
    assert (result[Figure.MEAN_LEAD_TIME].before, result[Figure.MEAN_LEAD_TIME].after) == (105, 52.5)
    assert result[Figure.MEDIAN_LEAD_TIME].difference.value == -52.5
    assert result[Figure.P85_LEAD_TIME].before == pytest.approx(10 * (1 + 0.85 * 19))
    assert result[Figure.FLOW_EFFICIENCY].difference.value == 0.25
    assert result[Figure.THROUGHPUT].difference.value == 4
    assert all(difference.beyond_noise for difference in result.values())


def test_a_side_against_itself_differs_by_nothing():
    one = of(drawn(1, 80))
    for difference in compare(one, one):
        assert difference.difference.value == 0
        assert not difference.beyond_noise


@pytest.mark.parametrize("count", [400, 20_000])
def test_the_interval_of_a_mean_is_the_one_of_theory(count: int):
    before, after = drawn(1, count), drawn(2, count)
    reach = 1.96 * ((stdev(before) ** 2 + stdev(after) ** 2) / count) ** 0.5
    interval = found(of(before), of(after))[Figure.MEAN_LEAD_TIME].difference
    assert interval.value == pytest.approx(fmean(after) - fmean(before))
    assert interval.upper - interval.lower == pytest.approx(2 * reach, rel=0.08)
    assert (interval.upper + interval.lower) / 2 == pytest.approx(interval.value, abs=0.15 * reach)


def test_the_interval_of_a_percentile_is_that_of_resampling_item_by_item():
    before, after, rng = drawn(3, 41), drawn(4, 57), np.random.default_rng(9)
    for figure, share in ((Figure.MEDIAN_LEAD_TIME, 50), (Figure.P85_LEAD_TIME, 85)):
        old = np.percentile(rng.choice(before, (20_000, 41)), share, axis=1)
        new = np.percentile(rng.choice(after, (20_000, 57)), share, axis=1)
        interval = found(of(before), of(after))[figure].difference
        lower, upper = np.percentile(new - old, (2.5, 97.5))
        width = upper - lower
        assert (interval.lower, interval.upper) == pytest.approx((lower, upper), abs=0.1 * width)


def test_two_samples_of_one_stream_seldom_differ_by_more_than_noise():
    alarms = [
        difference.beyond_noise
        for seed in range(60)
        for difference in compare(of(drawn(seed, 60)), of(drawn(1000 + seed, 60)))
        if difference.figure in (Figure.MEAN_LEAD_TIME, Figure.MEDIAN_LEAD_TIME, Figure.P85_LEAD_TIME)
    ]
    assert fmean(alarms) < 0.12


def test_many_equal_items_have_an_interval_of_no_width():
    interval = found(of([8.0] * 6000), of([8.0] * 6000))[Figure.MEAN_LEAD_TIME].difference
    assert isinstance(interval, Interval)
    assert (interval.lower, interval.upper) == pytest.approx((0, 0))


def test_too_little_is_refused_with_a_reason():
    few, short = of(drawn(1, 9)), of(drawn(1, 50), [1, 2, 3, 4, 5])
    enough = of(drawn(2, 50))
    refused = found(few, enough)
    assert refused[Figure.MEAN_LEAD_TIME].difference == TooFew(
        reason="One side has 9 finished items, and at least 10 are needed to tell a difference from chance."
    )
    assert isinstance(refused[Figure.THROUGHPUT].difference, Interval)
    assert isinstance(found(enough, short)[Figure.THROUGHPUT].difference, TooFew)
    unknown = found(enough, of(drawn(3, 50), efficiency=None))[Figure.FLOW_EFFICIENCY]
    assert unknown.after is None
    assert not unknown.beyond_noise
    assert "flow efficiency" in unknown.difference.reason


def test_a_side_is_taken_from_the_finished_items_of_a_log():
    monday = at("2026-01-05")
    rows = [(0, 0, monday, monday + 4 * HOUR), (0, 0, monday + 6 * HOUR, monday + 8 * HOUR), (1, 0, monday, None)]
    log = intervals([*rows, (2, 0, monday, monday + 8 * DAY)], ("a",), as_of=monday + 14 * DAY)
    taken = side(log, measure(log, ElapsedClock()))
    assert taken.lead_time.tolist() == [8, 192]
    assert taken.worked.tolist() == [6, 192]
    assert taken.weekly.tolist() == [1, 1]
