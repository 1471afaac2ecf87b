"""A log as a measured stream: stages that add up to the lead time, throughput and load by hand."""

from __future__ import annotations

import random

import pytest

from tests.items.logs import DAY, HOUR, at, entered, intervals, random_events, random_statuses, random_visits
from vsm.items.build import Status, StatusKind
from vsm.items.stream import arrival_variation, lead_times, measured_stream, weekly_throughput, whole_weeks
from vsm.worktime import Calendar

MONDAY = at("2026-01-05")


@pytest.mark.parametrize("seed", range(80))
def test_stages_add_up_to_the_mean_lead_time_and_what_overlaps(seed: int):
    log = intervals(random_visits(random.Random(seed), 3), ("a", "b", "c"))
    stream = measured_stream(log, name="Any", calendar=Calendar() if seed % 2 else None)
    if stream.measured.lead_times:
        total = sum(stage.processing_time + stage.wait_time for stage in stream.stages)
        assert total == pytest.approx(stream.measured.lead_times.mean + stream.measured.overlap)


@pytest.mark.parametrize("seed", range(80))
def test_statuses_of_one_flow_never_overlap(seed: int):
    rng = random.Random(seed)
    statuses, stages = random_statuses(rng)
    statuses = [Status(name=s.name, kind=s.kind, stage=stages[0]) for s in statuses]
    stream = measured_stream(entered(random_events(rng, len(statuses)), statuses, stages[:1]), name="Any")
    (stage,) = stream.stages
    if stream.measured.lead_times:
        parts = (stage.processing_time, stage.wait_time, stage.undivided_time)
        assert sum(part or 0 for part in parts) == pytest.approx(stream.measured.lead_times.mean)
        assert stream.measured.overlap == 0


def test_whole_weeks_lie_inside_the_log():
    log = intervals([(0, 0, MONDAY + DAY, MONDAY + 20 * DAY), (1, 0, MONDAY + DAY, MONDAY + 8 * DAY)], ("a",))
    assert whole_weeks(log) == (MONDAY + 7 * DAY, MONDAY + 14 * DAY)
    assert weekly_throughput(log).tolist() == [1]
    assert measured_stream(log, name="Any").measured.throughput == 1


def test_a_log_that_begins_on_a_monday_morning_holds_that_week():
    nine = MONDAY + 9 * HOUR
    log = intervals([(0, 0, nine, MONDAY + DAY), (1, 0, nine, MONDAY + 8 * DAY)], ("a",))
    assert whole_weeks(log) == (MONDAY, MONDAY + 7 * DAY)
    assert weekly_throughput(log).tolist() == [1]


def test_a_finish_on_a_sunday_counts_to_its_week_though_it_lasts_to_monday():
    active = Status(name="Work", kind=StatusKind.ACTIVE, stage="Work")
    done = Status(name="Done", kind=StatusKind.DONE, stage="")
    events = [(0, 0, MONDAY), (0, 1, at("2026-01-11")), (1, 0, MONDAY), (1, 1, at("2026-01-18"))]
    log = entered(events, [active, done], ("Work",), whole_days=True)
    assert weekly_throughput(log).tolist() == [1, 1]


def test_load_is_the_mean_over_time_with_open_and_cancelled_items():
    work = Status(name="Work", kind=StatusKind.ACTIVE, stage="Work")
    done = Status(name="Done", kind=StatusKind.DONE, stage="")
    dropped = Status(name="Dropped", kind=StatusKind.CANCELLED, stage="")
    events = [(0, 0, 0), (0, 1, 4 * HOUR), (1, 0, 0), (1, 2, 3 * HOUR), (2, 0, 5 * HOUR)]
    measured = measured_stream(entered(events, [work, done, dropped], ("Work",), as_of=10 * HOUR), name="Any").measured
    assert measured.flow_load == pytest.approx((4 + 3 + 5) / 10)
    assert (measured.items, measured.finished, measured.cancelled, measured.open) == (3, 1, 1, 1)


def test_percentiles_by_linear_interpolation():
    import numpy as np

    found = lead_times(np.array([1.0, 2, 3, 4, 5]))
    assert (found.mean, found.median, found.p70, found.p85, found.p95) == pytest.approx((3, 3, 3.8, 4.4, 4.8))
    assert lead_times(np.array([])) is None


def test_a_log_before_its_as_of_date_is_no_trouble():
    log = intervals([(0, 0, MONDAY, MONDAY + HOUR)], ("a",), as_of=MONDAY - DAY)
    assert measured_stream(log, name="Any", calendar=Calendar()).measured.flow_load is None


def test_the_variation_of_work_is_that_of_visits_in_which_something_was_worked():
    statuses = [
        Status(name="Ready", kind=StatusKind.WAIT, stage="Work"),
        Status(name="Work", kind=StatusKind.ACTIVE, stage="Work"),
        Status(name="Done", kind=StatusKind.DONE, stage=""),
    ]
    events = []
    for item in range(10):  # five visits of 1 hour and five of 3, each with a pause, and one item that only waited
        worked, start = (1 if item < 5 else 3) * HOUR, item * DAY
        times = (start, start + HOUR, start + HOUR + worked // 2, start + 2 * HOUR + worked // 2)
        events += [(item, s, t) for s, t in zip((0, 1, 0, 1), times, strict=True)]
        events.append((item, 2, times[-1] + worked - worked // 2))
    events += [(10, 0, MONDAY), (10, 2, MONDAY + HOUR)]
    (stage,) = measured_stream(entered(events, statuses, ("Work",)), name="Any").stages
    assert stage.work_variation == pytest.approx(1 / 2)  # mean 2 h, standard deviation 1 h
    (few,) = measured_stream(entered(events[:45], statuses, ("Work",)), name="Any").stages
    assert few.work_variation is None


def test_the_variation_of_arrivals_is_that_of_their_number_in_a_week():
    begins = [MONDAY + DAY + week * 7 * DAY + n * HOUR for week in range(8) for n in range((2, 4)[week % 2])]
    rows = [(n, 0, begun, begun + HOUR) for n, begun in enumerate(sorted(begins))]
    edges = [(len(rows), 0, MONDAY - HOUR, MONDAY), (len(rows) + 1, 0, MONDAY + 57 * DAY, MONDAY + 58 * DAY)]
    log = intervals(rows + edges, ("a",))
    # 2 and 4 in turn in eight weeks: mean 3, variance 8/7
    assert arrival_variation(log) == pytest.approx((8 / 7 / 3) ** 0.5)
    assert arrival_variation(intervals(rows[:-10], ("a",))) is None
