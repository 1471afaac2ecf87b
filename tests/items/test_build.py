"""Logs built from rows, and their facts, against a slow independent count and against logs worked by hand."""

from __future__ import annotations

import random
from dataclasses import fields, replace

import numpy as np
import pytest

from tests.items import slow
from tests.items.logs import (
    DAY,
    HOUR,
    at,
    codes,
    entered,
    intervals,
    numbers,
    random_events,
    random_statuses,
    random_visits,
    rows,
    times,
)
from vsm.items import blocks
from vsm.items.build import Names, Status, StatusKind, from_completed, from_durations
from vsm.items.facts import Facts, StageFacts, measure
from vsm.items.log import OPEN, Log
from vsm.items.selection import keep
from vsm.items.stream import clock_for
from vsm.worktime import Calendar, ElapsedClock, WorkingClock

MONDAY = at("2026-01-05T00:00")
FLOW = [
    Status(name="Ready", kind=StatusKind.WAIT, stage="Work"),
    Status(name="Work", kind=StatusKind.ACTIVE, stage="Work"),
    Status(name="Test", kind=StatusKind.ACTIVE, stage="Test"),
    Status(name="Done", kind=StatusKind.DONE, stage=""),
    Status(name="Dropped", kind=StatusKind.CANCELLED, stage=""),
]
READY, WORK, TEST, DONE, DROPPED = range(5)
STAGES = ("Work", "Test")


def facts(log: Log) -> Facts:
    return measure(log, ElapsedClock())


def agree(log: Log, expected: dict[int, slow.SlowItem]) -> None:
    found, sums = facts(log), slow.sum_up(expected, log.as_of)
    for code, item in expected.items():
        row = found.items.loc[code]
        end = log.as_of if item.finished is None else item.finished
        stretches = [(s, log.as_of if e is None else e) for _, waiting, s, e in item.stretches if not waiting]
        assert log.begun[code] == item.begun
        assert log.finished[code] == (OPEN if item.finished is None else item.finished)
        assert (bool(row["finished"]), bool(row["cancelled"])) == (item.finished is not None, item.cancelled)
        assert bool(row["timed"]) == item.timed
        taken = (end - item.begun) / 1e6 if item.timed or item.finished is None else float("nan")
        assert row["lead_time"] == pytest.approx(taken, abs=1e-3, nan_ok=True)
        assert row["worked"] == pytest.approx(slow.union(stretches) / 1e6, abs=1e-3)
        assert (row["visits"], row["sent_back"]) == (len(item.path), len(item.sent_back()))
    stages = range(len(log.stages))
    assert found.stages.worked == pytest.approx([sums.worked[s] / 1e6 for s in stages], abs=1e-2)
    assert found.stages.waited == pytest.approx([sums.waited[s] / 1e6 for s in stages], abs=1e-2)
    assert found.stages.worked_again == pytest.approx([sums.worked_again[s] / 1e6 for s in stages], abs=1e-2)
    assert found.stages.waited_again == pytest.approx([sums.waited_again[s] / 1e6 for s in stages], abs=1e-2)
    assert found.stages.sent_to.tolist() == [[sums.sent_to[s, t] for t in stages] for s in stages]
    assert found.stages.visits.tolist() == [sums.visits[s] for s in stages]
    assert found.stages.completed.tolist() == [sums.completed[s] for s in stages]
    assert found.stages.sent_back.tolist() == [sums.sent_back[s] for s in stages]
    paths = [item.path for _, item in sorted(expected.items())]
    hashes = found.items["path"].loc[sorted(expected)].tolist()
    assert len(set(zip(paths, hashes, strict=True))) == len(set(paths)) == len(set(hashes))


@pytest.mark.parametrize("seed", range(300))
def test_a_status_log_is_measured_as_by_hand(seed: int):
    rng = random.Random(seed)
    statuses, stages = random_statuses(rng)
    events = random_events(rng, len(statuses))
    agree(entered(events, statuses, stages), slow.from_entered(events, statuses, stages))


@pytest.mark.parametrize("seed", range(300))
def test_a_stage_log_is_measured_as_by_hand(seed: int):
    rng = random.Random(seed)
    visits = random_visits(rng, 3)
    agree(intervals(visits, ("a", "b", "c")), slow.from_intervals(visits))


def same(one: Facts, other: Facts) -> None:
    for name in (field.name for field in fields(StageFacts)):
        assert getattr(one.stages, name) == pytest.approx(getattr(other.stages, name), rel=1e-12, abs=1e-6)
    for column in one.items.columns:
        assert one.items[column].to_numpy() == pytest.approx(other.items[column].to_numpy(), abs=1e-6, nan_ok=True)


@pytest.mark.parametrize("seed", range(60))
def test_neither_the_order_of_rows_nor_the_date_matters(seed: int):
    rng = random.Random(seed)
    statuses, stages = random_statuses(rng)
    events = random_events(rng, len(statuses))
    count = max(e[0] for e in events) + 1
    shuffled = rng.sample(events, len(events))
    later = [(item, status, time + 7 * DAY) for item, status, time in events]
    whole = entered(events, statuses, stages, count=count)
    same(facts(whole), facts(entered(shuffled, statuses, stages, count=count)))
    moved = entered(later, statuses, stages, count=count)
    same(facts(whole), facts(moved))
    office = Calendar(timezone="Asia/Tokyo")
    same(measure(whole, clock_for(whole, office)), measure(moved, clock_for(moved, office)))


@pytest.mark.parametrize("seed", range(60))
def test_the_facts_of_parts_add_up_to_the_facts_of_the_whole(seed: int):
    rng = random.Random(seed)
    statuses, stages = random_statuses(rng)
    events = random_events(rng, len(statuses))
    count = max(e[0] for e in events) + 1
    whole = entered(events, statuses, stages)
    cut = rng.randint(0, count)
    early = entered([e for e in events if e[0] < cut], statuses, stages, count=cut, as_of=whole.as_of)
    late = [(item - cut, status, time) for item, status, time in events if item >= cut]
    same(facts(early) + facts(entered(late, statuses, stages, as_of=whole.as_of)), facts(whole))


@pytest.mark.parametrize("seed", range(60))
def test_working_time_never_passes_elapsed_time(seed: int):
    rng = random.Random(seed)
    log = intervals(random_visits(rng, 3), ("a", "b", "c"))
    calendar = Calendar(timezone=rng.choice(("UTC", "Europe/Berlin", "America/New_York")))
    working, elapsed = measure(log, WorkingClock(calendar, int(log.begun.min()), log.as_of)), facts(log)
    assert (working.stages.worked <= elapsed.stages.worked + 1e-6).all()
    assert (working.stages.waited <= elapsed.stages.waited + 1e-6).all()
    assert (working.items["lead_time"] <= elapsed.items["lead_time"] + 1e-6).all()
    assert (working.items["worked"] <= working.items["lead_time"] + 1e-6).all()


def test_an_item_that_left_done_again_was_waiting_for_the_stage_it_went_on_to():
    log = entered(
        [(0, WORK, MONDAY), (0, DONE, MONDAY + 2 * HOUR), (0, TEST, MONDAY + 5 * HOUR), (0, DONE, MONDAY + 6 * HOUR)],
        FLOW,
        STAGES,
    )
    sums = facts(log).stages
    assert (sums.worked.tolist(), sums.waited.tolist()) == ([7200.0, 3600.0], [0.0, 10800.0])
    assert log.finished.tolist() == [MONDAY + 6 * HOUR]


def test_where_no_status_waits_time_in_a_done_status_that_was_left_counts_undivided():
    flow = [status for status in FLOW if status.kind is not StatusKind.WAIT]
    log = entered([(0, 0, 0), (0, 2, 2 * HOUR), (0, 1, 5 * HOUR), (0, 2, 6 * HOUR)], flow, STAGES)
    found = facts(log)
    assert not log.divided
    assert found.stages.worked.sum() == found.items["lead_time"].sum() == 6 * 3600


def test_dates_count_to_the_end_of_the_day_of_the_finish():
    log = entered([(0, WORK, MONDAY), (0, DONE, MONDAY + 2 * DAY)], FLOW, STAGES, whole_days=True)
    assert facts(log).items["lead_time"].tolist() == [3 * 86_400]
    assert facts(log).stages.worked.tolist() == [3 * 86_400, 0]


def test_with_no_done_status_the_last_day_counts_as_well():
    flow = [FLOW[READY], FLOW[WORK]]
    log = entered([(0, 0, MONDAY), (0, 1, MONDAY + DAY)], flow, STAGES, whole_days=True)
    assert facts(log).items["lead_time"].tolist() == [2 * 86_400]
    assert (facts(log).stages.worked.tolist(), facts(log).stages.waited.tolist()) == ([86_400, 0], [86_400, 0])


def test_with_no_done_status_items_that_were_not_cancelled_finish_at_their_last_row():
    flow = [FLOW[WORK], FLOW[TEST], FLOW[DROPPED]]
    log = entered([(0, 0, 0), (0, 1, HOUR), (1, 0, 0), (1, 2, 3 * HOUR)], flow, STAGES)
    assert log.finished.tolist() == [HOUR, OPEN]
    assert log.cancelled.tolist() == [False, True]


def test_an_open_item_is_as_old_as_the_log_knows():
    log = entered([(0, WORK, 0), (1, WORK, 0), (1, DONE, 4 * HOUR)], FLOW, STAGES)
    row = facts(log).items.iloc[0]
    assert (row["lead_time"], bool(row["finished"])) == (4 * 3600, False)


def test_rows_behind_the_as_of_date_add_no_time():
    log = intervals([(0, 0, 0, 2 * HOUR), (0, 0, 5 * HOUR, 6 * HOUR)], ("a",), as_of=3 * HOUR)
    working = measure(log, WorkingClock(Calendar(), 0, log.as_of))
    assert facts(log).items["worked"].tolist() == [7200]
    assert working.items["worked"].tolist() == [0]


def activities(*names: str) -> list[Status]:
    return [Status(name=name, kind=StatusKind.ACTIVE, stage=name) for name in names]


def test_an_activity_log_gives_each_activity_the_time_since_the_last():
    log = from_completed(
        Names(items=numbers(1)),
        activities("a", "b"),
        ("a", "b"),
        rows([0, 0, 0]),
        status=codes([1, 0, 1]),
        time=times([5 * HOUR, 1 * HOUR, 3 * HOUR]),
    )
    found = facts(log)
    assert not log.divided
    assert (found.stages.worked.tolist(), found.stages.visits.tolist()) == ([0, 4 * 3600], [1, 2])
    assert found.items["lead_time"].tolist() == [4 * 3600]


@pytest.mark.parametrize("seed", range(150))
def test_completed_activities_are_measured_as_by_hand(seed: int):
    rng = random.Random(seed)
    kinds = rng.choice(([StatusKind.ACTIVE], [StatusKind.ACTIVE, StatusKind.DONE, StatusKind.CANCELLED]))
    done = [Status(name=f"{n}", kind=rng.choice(kinds), stage=rng.choice("abc")) for n in range(5)]
    events = random_events(rng, len(done))
    log = from_completed(
        Names(items=numbers(max(e[0] for e in events) + 1)),
        done,
        ("a", "b", "c"),
        rows([e[0] for e in events]),
        status=codes([e[1] for e in events]),
        time=times([e[2] for e in events]),
    )
    agree(log, slow.from_completed(events, done, ("a", "b", "c")))


def test_the_wait_before_the_first_row_counts_from_when_it_was_enqueued():
    log = intervals([(0, 0, 5 * HOUR, 6 * HOUR)], ("a",), enqueued=np.array([2 * HOUR]))
    assert facts(log).stages.waited.tolist() == [3 * 3600]
    assert facts(log).items["lead_time"].tolist() == [4 * 3600]


def test_durations_without_dates_add_up():
    hours = np.array([[1.0, 2.0, np.nan], [np.nan, 0.0, 4.0]])
    statuses = [FLOW[READY], FLOW[WORK], FLOW[TEST]]
    log = from_durations(Names(items=numbers(2)), statuses, STAGES, rows([0, 1]), hours=hours)
    sums = facts(log).stages
    assert (sums.worked.tolist(), sums.waited.tolist()) == ([2 * 3600, 4 * 3600], [3600, 0])
    assert facts(log).items["lead_time"].tolist() == [3 * 3600, 4 * 3600]
    assert not log.dated
    turned = from_durations(Names(items=numbers(2)), statuses, STAGES, rows([1, 0]), hours=hours)
    assert facts(turned).items["lead_time"].tolist() == [4 * 3600, 3 * 3600]


def test_durations_of_the_statuses_of_a_stage_are_one_visit():
    # As in reports of time in status, a status of an earlier stage ("On hold", of Work) may stand behind a later one.
    statuses = [*FLOW[:3], Status(name="On hold", kind=StatusKind.WAIT, stage="Work")]
    hours = np.array([[1.0, 2.0, 4.0, 8.0]])
    log = from_durations(Names(items=numbers(1)), statuses, STAGES, rows([0]), hours=hours)
    found = facts(log)
    assert found.stages.visits.tolist() == [1, 1]
    assert (found.stages.worked / 3600).tolist() == [2, 4]
    assert (found.stages.waited / 3600).tolist() == [9, 0]
    assert found.items["sent_back"].tolist() == [0]


def test_a_log_without_rows_has_facts_of_nothing():
    for log in (entered([], FLOW, STAGES), intervals([], STAGES)):
        assert facts(log).stages.visits.tolist() == [0, 0]
        assert len(facts(log).items) == 0


@pytest.mark.parametrize("seed", range(40))
def test_the_sums_of_any_partition_add_up(seed: int):
    rng = random.Random(seed)
    log = intervals(random_visits(rng, 3), ("a", "b", "c"))
    part = np.array([rng.randrange(3) for _ in log.items])
    parts = [facts(keep(log, part == number)) for number in range(3)]
    added = parts[0] + parts[1] + parts[2]
    back = np.argsort(np.argsort(part, kind="stable"), kind="stable")
    same(Facts(stages=added.stages, items=added.items.iloc[back].reset_index(drop=True)), facts(log))


def test_an_item_has_the_first_type_and_every_team_that_its_rows_name():
    named = replace(rows([1, 0, 0, 1, 1], types=[-1, -1, 1, 0, 1]), team=codes([1, -1, 0, 0, 1]))
    names = Names(items=numbers(2), types=("bug", "task"), teams=("blue", "red"))
    log = from_completed(names, activities("a"), ("a",), named, status=codes([0] * 5), time=times([0, 1, 2, 3, 4]))
    assert log.item_type.tolist() == [1, 0]
    assert (log.item_teams.item.tolist(), log.item_teams.name.tolist()) == ([0, 1, 1], [0, 0, 1])


@pytest.mark.parametrize("seed", range(40))
def test_blocks_of_items_make_the_same_log_and_facts(seed: int, monkeypatch: pytest.MonkeyPatch):
    rng = random.Random(seed)
    statuses, stages = random_statuses(rng)
    events = random_events(rng, len(statuses))
    whole = entered(events, statuses, stages, whole_days=bool(seed % 2))
    expected = facts(whole)
    monkeypatch.setattr(blocks, "ROWS", rng.choice((1, 3, 7)))
    cut = entered(events, statuses, stages, whole_days=bool(seed % 2))
    for column in ("item", "stage", "waiting", "enters", "start", "end", "person"):
        assert getattr(cut.visits, column).tolist() == getattr(whole.visits, column).tolist()
    assert (cut.begun.tolist(), cut.finished.tolist()) == (whole.begun.tolist(), whole.finished.tolist())
    assert (cut.cancelled.tolist(), cut.as_of) == (whole.cancelled.tolist(), whole.as_of)
    same(facts(cut), expected)
    assert sum(len(block.items) for block in blocks.blocks(cut)) == len(cut.items)


def test_a_cancelled_item_was_there_to_the_end_of_its_last_day():
    log = entered([(0, WORK, MONDAY), (0, DROPPED, MONDAY + DAY)], FLOW, STAGES, whole_days=True)
    assert (log.as_of, log.left.tolist()) == (MONDAY + 2 * DAY, [MONDAY + 2 * DAY])
