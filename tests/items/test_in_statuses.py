"""Rows with a status, a start and an end, against a slow independent count and worked by hand."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from tests.items import slow
from tests.items.logs import DAY, HOUR, at, codes, entered, numbers, rows, times
from tests.items.test_build import agree
from vsm.items.build import Names, Status, StatusKind
from vsm.items.facts import measure
from vsm.items.in_statuses import from_rows_in_statuses
from vsm.items.log import Log
from vsm.worktime import ElapsedClock

MONDAY = at("2026-01-05T00:00")
READY, BUILD, TEST, DONE, DROPPED = range(5)
FLOW = [
    Status(name="Ready", kind=StatusKind.WAIT, stage="Build"),
    Status(name="Build", kind=StatusKind.ACTIVE, stage="Build"),
    Status(name="Test", kind=StatusKind.ACTIVE, stage="Test"),
    Status(name="Done", kind=StatusKind.DONE, stage=""),
    Status(name="Dropped", kind=StatusKind.CANCELLED, stage=""),
]
STAGES = ("Build", "Test")
Row = tuple[int, int, int, int | None]


def in_statuses(found: list[Row], statuses: list[Status], stages: tuple[str, ...], **options: object) -> Log:
    return from_rows_in_statuses(
        Names(items=numbers(max(row[0] for row in found) + 1)),
        statuses,
        stages,
        rows([row[0] for row in found]),
        status=codes([row[1] for row in found]),
        start=times([row[2] for row in found]),
        end=times([row[3] for row in found]),
        **options,
    )


def random_rows(rng: random.Random, statuses: int) -> list[Row]:
    found = []
    for item in range(rng.randint(1, 8)):
        for begin in rng.sample(range(40), rng.randint(1, 9)):
            length = rng.choice((0, 1, 2, 5, 20))
            end = None if rng.random() < 0.1 else MONDAY + (begin + length) * HOUR
            found.append((item, rng.randrange(statuses), MONDAY + begin * HOUR, end))
    items = sorted({row[0] for row in found})
    rng.shuffle(found)
    return [(items.index(item), *rest) for item, *rest in found]


@pytest.mark.parametrize("seed", range(400))
def test_rows_in_statuses_are_measured_as_by_hand(seed: int):
    rng = random.Random(seed)
    repeats = rng.random() < 0.5
    found = random_rows(rng, len(FLOW))
    agree(
        in_statuses(found, FLOW, STAGES, repeats_are_one=repeats),
        slow.from_rows_in_statuses(found, FLOW, STAGES, repeats),
    )


def test_coming_back_from_done_is_sent_back_as_in_a_log_of_statuses():
    # Built for 2 h, done for 6, built again for 2: the 6 hours wait for the second visit.
    changes = [(0, BUILD, 0), (0, DONE, 2 * HOUR), (0, BUILD, 8 * HOUR), (0, DONE, 10 * HOUR)]
    stays = [(i, status, time, until) for (i, status, time), (_, _, until) in pairwise(changes)]
    of_rows, of_changes = (
        measure(log, ElapsedClock())
        for log in (
            in_statuses([*stays, (0, DONE, 10 * HOUR, None)], FLOW, STAGES, repeats_are_one=True),
            entered(changes, FLOW, STAGES),
        )
    )
    for found in (of_rows, of_changes):
        assert found.stages.sent_back.tolist() == [1, 0]
        assert found.stages.visits.tolist() == [2, 0]
        assert [(found.stages.worked[0], found.stages.waited[0])] == [(4 * 3600, 6 * 3600)]
        assert found.stages.waited_again[0] == 6 * 3600
        assert found.items["lead_time"][0] == 10 * 3600


def test_an_item_that_comes_in_as_done_is_not_sent_back_but_waits_from_then():
    log = in_statuses([(0, DONE, 0, 2 * HOUR), (0, BUILD, 5 * HOUR, 6 * HOUR)], FLOW, STAGES)
    found = measure(log, ElapsedClock())
    assert found.stages.sent_back.tolist() == [0, 0]
    assert (found.stages.worked[0], found.stages.waited[0]) == (3600, 5 * 3600)
    assert found.items["lead_time"][0] == 6 * 3600


def test_who_comes_back_while_another_step_still_runs_is_sent_back_too():
    # Test runs on until 9 while the item is said to be done at 4 and is built again from 6.
    found = [(0, BUILD, 0, 2 * HOUR), (0, TEST, 2 * HOUR, 9 * HOUR), (0, DONE, 4 * HOUR, 5 * HOUR)]
    log = in_statuses([*found, (0, BUILD, 6 * HOUR, 8 * HOUR)], FLOW, STAGES)
    assert measure(log, ElapsedClock()).stages.sent_back.sum() == 1


def test_days_are_done_at_their_end():
    days = [(0, BUILD, 0, 2 * DAY), (0, DONE, DAY, 2 * DAY), (0, BUILD, 4 * DAY, 5 * DAY), (0, DONE, 4 * DAY, None)]
    found = measure(in_statuses(days, FLOW, STAGES, ends_of_days=True), ElapsedClock())
    # Days 1 and 2 of work, 3 and 4 done, day 5 of work, on which it is done again.
    assert (found.stages.worked[0] / 86_400, found.stages.waited[0] / 86_400) == (3, 2)
    assert found.items["lead_time"][0] == 5 * 86_400
    assert found.stages.sent_back.tolist() == [1, 0]
