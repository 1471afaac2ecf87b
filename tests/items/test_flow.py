"""Flow over time: against logs worked by hand, plain counts on random logs, and the results of other authors."""

from __future__ import annotations

import csv
import random
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.items.logs import DAY, HOUR, SHARED, at, entered, intervals, random_events, random_statuses, random_visits
from vsm.items.accumulation import GapReason, accumulation, littles_law
from vsm.items.ageing import ageing
from vsm.items.build import Status, StatusKind
from vsm.items.facts import measure
from vsm.items.item_table import item_table, lead_time_points, type_table
from vsm.items.load import cumulative_flow, load_over_time
from vsm.items.log import OPEN, Log
from vsm.items.statistics import Limits, TooFew, behaviour_limits
from vsm.items.stream import summarise
from vsm.items.totals import totals_of
from vsm.items.trends import by_month, histogram, throughput_table
from vsm.items.weekly_moves import moves_between
from vsm.model import ClockKind
from vsm.worktime import ElapsedClock

ABC = ("a", "b", "c")
CLOCK = ElapsedClock()
MONDAY = at("2026-01-05")
present = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data files are not here")


def facts(log: Log):
    return measure(log, CLOCK)


def random_log(seed: int) -> Log:
    rng = random.Random(seed)
    if seed % 2:
        return intervals(random_visits(rng, 3), ABC)
    statuses, stages = random_statuses(rng)
    return entered(random_events(rng, len(statuses)), statuses, stages)


def stretches(log: Log) -> list[tuple[int, int, int, int]]:
    v = log.visits
    ends = np.minimum(v.end, log.as_of)
    return list(zip(v.item.tolist(), v.stage.tolist(), v.start.tolist(), ends.tolist(), strict=True))


def micros(times: pd.Series) -> list[int]:
    return times.dt.tz_localize(None).astype("datetime64[us]").astype("int64").tolist()


@pytest.mark.parametrize("seed", range(80))
def test_load_is_the_time_spent_in_each_span(seed: int):
    log = random_log(seed)
    table = load_over_time(log)
    edges = [*sorted(set(micros(table["time"]))), log.as_of]
    for time, stage, load in zip(micros(table["time"]), table["stage"], table["load"], strict=True):
        until = edges[edges.index(time) + 1]
        spent = sum(
            max(0, min(end, until) - max(start, time)) for _, s, start, end in stretches(log) if log.stages[s] == stage
        )
        assert load == pytest.approx(spent / (until - time), abs=1e-9)


@pytest.mark.parametrize("seed", range(80))
def test_the_bands_of_the_cumulative_flow_count_who_came_so_far_and_never_cross(seed: int):
    log = random_log(seed)
    table = cumulative_flow(log)
    places = [*log.stages, None]
    gone = np.where(log.cancelled, log.left, log.finished)
    for time, rows in table.groupby("time"):
        until = int(pd.Timestamp(time).value // 1000)
        for place, count in zip(places, rows["items"], strict=True):
            later = range(places.index(place), len(log.stages))
            came = {item for item, s, start, _ in stretches(log) if s in later and start <= until}
            came |= {item for item, moment in enumerate(gone.tolist()) if moment <= until}
            assert count == len(came)
        assert rows["items"].is_monotonic_decreasing
    for _, rows in table.groupby("stage", dropna=False):
        assert rows["items"].is_monotonic_increasing


def test_a_long_log_is_counted_in_longer_spans():
    log = intervals([(0, 0, at("2000-01-05"), at("2025-12-31"))], ABC)
    table = load_over_time(log)
    assert len(table) <= 400 * 3
    assert table.loc[table["stage"] == "a", "load"].iloc[1:-1].tolist() == [1.0] * (len(table) // 3 - 2)
    assert len(cumulative_flow(log)) <= 400 * 4


def hand_log() -> Log:
    """Item 0: a for 2 h, 1 h of wait, b for 1 h. Item 1: a for 4 h. Item 2: open in b since hour 6; as-of hour 10."""
    visits = [(0, 0, 0, 2), (0, 1, 3, 4), (1, 0, 0, 4), (2, 0, 5, 6), (2, 1, 6, None)]
    rows = [(i, s, b * HOUR, None if e is None else e * HOUR) for i, s, b, e in visits]
    return intervals(rows, ("a", "b"), types=[0, 0, -1, 0, 0], type_names=("bug", "task"), as_of=10 * HOUR)


def test_the_table_of_items():
    log = hand_log()
    table = item_table(log, facts(log))
    assert table["item"].tolist() == ["0", "1", "2"]
    assert table["type"].tolist()[::2] == ["bug", "bug"]
    assert table["lead_time"].tolist()[:2] == [4.0, 4.0]
    assert np.isnan(table["lead_time"][2])
    assert table["worked"].tolist()[:2] == [3.0, 4.0]
    assert (table["open"].tolist(), table["stage"].tolist()[2], table["age"][2]) == ([False, False, True], "b", 5.0)
    assert table["finished"][0] == pd.Timestamp("1970-01-01T04:00Z")
    assert table["finished"].isna().tolist() == [False, False, True]
    assert item_table(log, facts(log), np.array([1]))["item"].tolist() == ["1"]


def test_types_are_counted_with_the_ones_that_have_none():
    log = hand_log()
    table = type_table(log, facts(log))
    assert table["items"].tolist() == [2, 1]
    assert table["finished"].tolist() == [1, 1]
    assert table["type"].isna().tolist() == [False, True]
    assert table["share"].sum() == 1
    assert table["lead_time"].tolist() == [4.0, 4.0]


def test_open_items_beside_the_ages_at_which_finished_ones_left():
    log = hand_log()
    found = ageing(log, facts(log), CLOCK)
    assert found.open == 1
    assert found.items.to_dict("records") == [{"item": 2, "stage": 1, "age": 5.0}]
    assert found.usual["finished"].tolist() == [2, 1]
    assert found.usual["p50"].tolist() == [3.0, 4.0]
    assert found.usual["p85"].tolist() == pytest.approx([2 + 0.85 * 2, 4.0])


@pytest.mark.parametrize("seed", range(60))
def test_the_usual_ages_are_percentiles_of_the_last_leaving(seed: int):
    log = random_log(seed)
    usual = ageing(log, facts(log), CLOCK).usual
    for code, row in usual.iterrows():
        last: dict[int, int] = {}
        for item, stage, _, end in stretches(log):
            if stage == code and log.finished[item] != OPEN:
                last[item] = max(end, last.get(item, 0))
        ages = [(end - int(log.begun[item])) / HOUR for item, end in last.items()]
        assert row["finished"] == len(ages)
        if ages:
            assert row["p85"] == pytest.approx(np.percentile(ages, 85))


def test_months_with_their_limits():
    ends = ["01-10", "02-10", "03-10", "04-10", "05-10", "06-10", "07-10"]
    days = [1, 2, 1, 2, 1, 2, 40]
    rows = [
        (i, 0, at(f"2026-{end}") - d * DAY, at(f"2026-{end}"))
        for i, (end, d) in enumerate(zip(ends, days, strict=True))
    ]
    months = by_month(log := intervals(rows, ("a",)), facts(log))
    assert months.table["lead_time"].tolist() == [24.0 * d for d in days]
    assert months.table["finished"].tolist() == [1] * 7
    assert months.table["flow_efficiency"].tolist() == [1.0] * 7
    # Mean 49/7 = 7 days; moving ranges 1, 1, 1, 1, 1, 38: mean 43/6 days; 7 + 2.66 x 43/6 = 26.063 days.
    assert isinstance(months.lead_time, Limits)
    assert months.lead_time.upper == pytest.approx(24 * (7 + 2.66 * 43 / 6))
    assert (months.lead_time.lower, months.lead_time.signals) == (0.0, (6,))


def test_a_month_without_a_finish_is_shown_and_has_no_lead_time():
    rows = [(0, 0, at("2026-01-01"), at("2026-01-02")), (1, 0, at("2026-03-01"), at("2026-03-03"))]
    log = intervals([*rows, (2, 0, at("2026-03-01"), at("2026-03-08"))], ("a",))
    months = by_month(log, facts(log))
    assert months.table["finished"].tolist() == [1, 0, 2]
    assert np.isnan(months.table["lead_time"][1])
    assert months.table["median"].tolist()[::2] == [24.0, 24 * 4.5]
    assert isinstance(months.lead_time, TooFew)


def test_limits_need_six_points():
    assert isinstance(behaviour_limits(np.array([1.0, 2, 3, 4, 5])), TooFew)
    found = behaviour_limits(np.array([10.0, 12, np.nan, 10, 12, 10, 12]))
    assert (found.mean, found.lower, found.upper) == pytest.approx((11, 11 - 5.32, 11 + 5.32))


def weeks_log(arrivals: list[int], departures: list[int]) -> Log:
    """So many items come to stage a, and so many leave it, in the middle of each week; first in, first out."""
    monday = at("2026-01-05")
    come = [monday + (7 * w + 2) * DAY for w, n in enumerate(arrivals) for _ in range(n)]
    go: list[int | None] = [monday + (7 * w + 3) * DAY for w, n in enumerate(departures) for _ in range(n)]
    go += [None] * (len(come) - len(go))
    rows = [(i, 0, start, end) for i, (start, end) in enumerate(zip(come, go, strict=True))]
    ends = monday + 7 * len(arrivals) * DAY
    return intervals([*rows, (len(rows), 1, monday, ends)], ("a", "b"), as_of=ends)


def test_arrivals_against_departures_tell_a_trend_from_noise():
    (growing, _) = accumulation(weeks_log([4, 5, 4, 5, 4, 5, 4, 5], [1, 1, 1, 1, 1, 1, 1, 1]))
    assert (growing.arrivals, growing.departures, growing.grows) == (4.5, 1.0, True)
    # Differences 3, 4, 3, 4 ...: mean 3.5, deviation 0.5345, t(7) = 2.3646.
    assert growing.surplus.lower == pytest.approx(3.5 - 2.3646 * 0.5345 / 8**0.5, abs=1e-3)
    (steady, _) = accumulation(weeks_log([5, 2, 6, 1, 5, 3, 4, 4], [2, 5, 1, 6, 3, 5, 4, 3]))
    assert (steady.grows, steady.shrinks) == (False, False)
    short = accumulation(weeks_log([5, 5, 5], [1, 1, 1]))
    assert short.reason == "The log holds 3 whole weeks, and at least 6 are needed to tell a trend from noise."


def test_moves_are_counted_by_week_and_a_wait_in_front_counts_in():
    monday = at("2026-01-05")
    rows = [(0, 0, monday, monday + DAY), (0, 1, monday + 8 * DAY, monday + 9 * DAY), (1, 0, monday, monday + 21 * DAY)]
    moves = moves_between(intervals(rows, ("a", "b")), monday, monday + 21 * DAY)
    assert moves.arrivals.T.tolist() == [[2, 0, 0], [1, 0, 0]]
    assert moves.departures.T.tolist() == [[1, 0, 0], [0, 1, 0]]


def test_throughput_counts_weeks_without_a_finish():
    table = throughput_table(weeks_log([2, 0, 1, 0], [1, 0, 0, 0]))
    assert table["finished"].tolist() == [1, 0, 0, 0]
    assert table["week"][0] == pd.Timestamp("2026-01-05", tz="UTC")


@pytest.mark.parametrize("seed", range(60))
def test_littles_law_uses_the_throughput_that_is_shown_everywhere(seed: int):
    log = random_log(seed)
    found = littles_law(log)
    shown = summarise(totals_of(log, ElapsedClock()), ClockKind.ELAPSED)
    if not isinstance(found, TooFew):
        assert found.throughput == shown.throughput
        assert found.load == pytest.approx(shown.flow_load)
        assert found.expected_load == pytest.approx(shown.throughput * shown.lead_times.mean / 168)


def test_littles_law_holds_where_all_is_finished():
    # From Monday 5 January on one item begins each day and takes 2 days: in 4 whole weeks and a day, 28 items.
    rows = [(i, 0, MONDAY + i * DAY, MONDAY + (i + 2) * DAY) for i in range(28)]
    found = littles_law(intervals(rows, ("a",)))
    # 29 days: 56 days of items in them. Finished before 2 February, in the 4 weeks: items 0 to 25, 6.5 a week.
    assert (found.lead_time, found.load) == (48.0, pytest.approx(56 / 29))
    assert found.throughput == 6.5
    assert found.expected_load == pytest.approx(6.5 / 7 * 2)
    assert found.reasons == ()


def test_littles_law_names_open_items_and_the_weeks_at_the_edges():
    # Two weeks and a half: one item finished in the second week, one open all the time.
    rows = [(0, 0, MONDAY, MONDAY + 8 * DAY), (1, 0, MONDAY, None)]
    found = littles_law(intervals(rows, ("a",), as_of=MONDAY + 20 * DAY))
    assert (found.load, found.open_load, found.throughput) == (pytest.approx(1.4), 1.0, 0.5)
    # Over all 20 days it would be 0.35 a week.
    assert found.reasons == (GapReason.OPEN_ITEMS, GapReason.EDGE_WEEKS)


def test_littles_law_is_refused_without_a_whole_week_and_without_a_finish():
    short = littles_law(intervals([(0, 0, MONDAY, MONDAY + 2 * DAY)], ("a",)))
    assert "in a whole week" in short.reason
    none = littles_law(intervals([(0, 0, MONDAY, None)], ("a",), as_of=MONDAY + 20 * DAY))
    assert "No item is finished" in none.reason


def test_lead_times_fall_into_few_round_bins():
    hours = np.array([0.0, 0.5, 1, 1, 2, 3, 39, 1000])
    table = histogram(hours)
    assert table["items"].sum() == 8
    assert len(table) <= 40
    inside = [((hours >= low) & (hours < high)).sum() for low, high in zip(table["from"], table["to"], strict=True)]
    assert table["items"].tolist() == inside
    assert histogram(np.array([0.0, 0.0]))["items"].iloc[0] == 2
    assert len(histogram(np.array([]))) == 0


def test_the_points_of_many_items_hold_the_longest():
    rows = [(i, 0, i * HOUR, i * HOUR + (500 if i == 333 else 1 + i % 7) * HOUR) for i in range(1000)]
    log = intervals(rows, ("a",))
    points = lead_time_points(log, facts(log), most=300)
    assert len(points) <= 300
    assert points["lead_time"].max() == 500
    assert points["finished"].is_monotonic_increasing
    assert len(lead_time_points(log, facts(log))) == 1000


@present
def test_the_authors_of_a_file_of_dates_count_the_same():
    names = ("Committed", "Build", "Test", "Done")
    statuses = [Status(name=n, kind=StatusKind.DONE if n == "Done" else StatusKind.ACTIVE, stage=n) for n in names]
    with (SHARED / "jam_large_cycle_time.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    events = [(i, s, at(row[n])) for i, row in enumerate(rows) for s, n in enumerate(names) if row[n]]
    log = entered(events, statuses, names[:3], count=len(rows), as_of=at("2018-01-10"))
    days = item_table(log, facts(log)).set_index("item")["lead_time"] / 24
    assert days.dropna().tolist() == [5, 5, 5, 5, 5, 4]
    finished = pd.Series(log.finished[log.finished != OPEN]).value_counts()
    assert finished.to_dict() == {at(f"2018-01-0{day}"): 2 for day in (7, 8, 9)}
    load = load_over_time(log).groupby("time")["load"].sum()
    assert load.index[0] == pd.Timestamp("2018-01-02", tz="UTC")
    assert load.tolist() == pytest.approx([9, 13, 14, 15, 15, 13, 11, 9])


def test_a_log_without_dates_has_nothing_over_time():
    log = replace(hand_log(), dated=False)
    assert len(load_over_time(log)) == len(cumulative_flow(log)) == len(throughput_table(log)) == 0
    assert len(by_month(log, facts(log)).table) == 0
    assert isinstance(accumulation(log), TooFew)
    assert isinstance(littles_law(log), TooFew)
    assert item_table(log, facts(log))["finished"].isna().all()
