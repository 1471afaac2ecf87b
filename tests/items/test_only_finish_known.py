"""Items of which only the finish is known are finished, and have no lead time, in all that reads lead times."""

from __future__ import annotations

import datetime as dt
import random

import numpy as np
import pytest

from tests.items.logs import DAY, HOUR, at, entered, random_events, random_statuses
from vsm.analysis import analyse
from vsm.data_words import data_notes
from vsm.flow import measured_log
from vsm.items.accumulation import GapReason, littles_law
from vsm.items.build import Status, StatusKind
from vsm.items.compare import side
from vsm.items.item_table import item_table, lead_time_points, type_table
from vsm.items.log import Log
from vsm.items.paths import frequent_paths, items_skipping, skipped_stages
from vsm.items.selection import as_it_was
from vsm.items.stream import measured_stream
from vsm.items.trends import by_month
from vsm.measured_words import lead_times_sentence, only_finish_known
from vsm.worktime import Calendar

MONDAY = at("2026-01-05")
STATUSES = [
    Status(name="Ready", kind=StatusKind.WAIT, stage="Work"),
    Status(name="Work", kind=StatusKind.ACTIVE, stage="Work"),
    Status(name="Done", kind=StatusKind.DONE, stage=""),
]
READY, WORK, DONE = range(3)


def window(whole_days: bool = False) -> Log:
    """Two items that wait for a day and take three of work; six of which the export holds the finish alone."""
    events = [(item, DONE, MONDAY + item * DAY) for item in range(6)]
    for item, start in ((6, MONDAY), (7, MONDAY + 10 * DAY)):
        events += [(item, READY, start), (item, WORK, start + DAY), (item, DONE, start + 4 * DAY)]
    return entered(events, STATUSES, ("Work",), whole_days=whole_days)


@pytest.mark.parametrize(("whole_days", "hours"), [(False, 96.0), (True, 120.0)])
def test_lead_times_are_those_of_the_items_whose_beginning_is_known(whole_days: bool, hours: float):
    stream = measured_stream(window(whole_days), name="Window")
    measured, (stage,) = stream.measured, stream.stages
    assert (measured.finished, measured.only_finish_known, measured.timed) == (8, 6, 2)
    assert (measured.lead_times.mean, measured.lead_times.median) == (hours, hours)
    assert measured.elapsed_lead_time == hours
    assert stage.processing_time + stage.wait_time == hours
    assert measured.overlap == 0
    # Six Done rows and item 6 in the first of two whole weeks, item 7 right behind them.
    assert measured.throughput == 3.5


def test_all_that_reads_lead_times_agrees():
    log = window()
    m = measured_log(log)
    assert m.lead_times.tolist() == [96.0, 96.0]
    assert lead_time_points(log, m.facts)["item"].tolist() == [6, 7]
    assert side(log, m.facts).lead_time.tolist() == [96.0, 96.0]
    table = item_table(log, m.facts)
    assert table["lead_time"].isna().tolist() == table["begun"].isna().tolist() == [True] * 6 + [False] * 2
    assert table["finished"].notna().all()
    assert not table["open"].any()
    (kind,) = type_table(log, m.facts).to_dict("records")
    assert (kind["finished"], kind["lead_time"]) == (8, 96.0)
    (month,) = by_month(log, m.facts).table.to_dict("records")
    assert (month["finished"], month["lead_time"], month["median"], month["flow_efficiency"]) == (8, 96.0, 96.0, 0.75)


def test_such_items_have_taken_no_path_and_passed_over_no_stage():
    log = window()
    found = frequent_paths(log, measured_log(log).facts)
    assert [(path.stages, path.items, path.share) for path in found.most] == [(("Work",), 2, 1.0)]
    assert skipped_stages(log)["items"].tolist() == [0]
    assert items_skipping(log, 0).tolist() == []


def test_littles_law_names_them():
    assert GapReason.ONLY_FINISH_KNOWN in littles_law(window()).reasons


def test_before_the_others_began_no_lead_time_is_known():
    then = as_it_was(window(), MONDAY + HOUR)
    measured = measured_stream(then, name="Then").measured
    assert (measured.finished, measured.lead_times, measured.elapsed_lead_time) == (1, None, None)
    assert lead_times_sentence(measured, measured_log(then).definitions) == (
        "Of no finished item more than its finish is known."
    )


def test_it_is_said_how_many_they_are_and_why():
    stream = measured_stream(window(), name="Window")
    assert lead_times_sentence(stream.measured, stream.definitions).startswith(
        "The mean of 2 finished items whose beginning is known; half of them took at most 4 days"
    )
    assert only_finish_known(6) in data_notes(analyse(stream))
    assert only_finish_known(6) == (
        "Of 6 finished items only the finish is known: they have no row in any stage, so nothing says when they began; "
        "they count in throughput and have no lead time."
    )


@pytest.mark.parametrize("seed", range(60))
def test_stages_of_random_logs_add_up_to_the_lead_time(seed: int):
    rng = random.Random(seed)
    statuses, stages = random_statuses(rng)
    # All that works or waits is in one of the stages, so that every hour counts for one.
    statuses = [s if s.stage in stages else Status(name=s.name, kind=s.kind, stage=stages[0]) for s in statuses]
    log = entered(random_events(rng, len(statuses)), statuses, stages)
    stream = measured_stream(log, name="Any", calendar=Calendar() if seed % 2 else None)
    if stream.measured.lead_times is None:
        assert not log.timed.any()
        return
    parts = [part for s in stream.stages for part in (s.processing_time, s.wait_time, s.undivided_time)]
    assert sum(part or 0 for part in parts) == pytest.approx(stream.measured.lead_times.mean)
    assert np.isfinite(stream.measured.lead_times.mean)


def test_months_without_any_lead_time_have_none():
    log = entered(
        [(0, DONE, at("2026-01-20")), (1, WORK, at("2026-02-02")), (1, DONE, at("2026-02-03"))], STATUSES, ("Work",)
    )
    table = by_month(log, measured_log(log).facts).table
    assert table["finished"].tolist() == [1, 1]
    assert np.isnan(table["lead_time"].iloc[0])
    assert table["lead_time"].iloc[1] == 24
    assert table["month"].iloc[0].date() == dt.date(2026, 1, 1)
