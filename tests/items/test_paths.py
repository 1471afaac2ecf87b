"""Moves, paths and stages passed over: by hand, and against a plain walk through random logs."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from statistics import median

import numpy as np
import pytest

from tests.items import slow
from tests.items.logs import DAY, HOUR, entered, intervals, random_visits
from vsm.items.build import Status, StatusKind
from vsm.items.facts import measure
from vsm.items.log import OPEN
from vsm.items.paths import frequent_paths, items_on_path, items_sent_back, items_skipping, send_backs, skipped_stages
from vsm.worktime import ElapsedClock

ABC = ("a", "b", "c")
CLOCK = ElapsedClock()
REOPENING = (("New", StatusKind.WAIT, "Dev"), ("In Dev", StatusKind.ACTIVE, "Dev"), ("Done", StatusKind.DONE, ""))


def sent_back_log():
    """Item 0: a, b, back to a after 1 h of wait, then c. Item 1: a, b, c, back to b, c. Item 2: b, back to a, open."""
    rows = [
        *[(0, 0, 0, 1), (0, 1, 1, 2), (0, 0, 3, 5), (0, 2, 7, 8)],
        *[(1, 0, 0, 1), (1, 1, 1, 2), (1, 2, 2, 3), (1, 1, 3, 4), (1, 2, 4, 6)],
        *[(2, 1, 0, 1), (2, 0, 1, None)],
    ]
    return intervals([(i, s, b * HOUR, None if e is None else e * HOUR) for i, s, b, e in rows], ABC)


def test_a_send_back_costs_until_the_item_is_there_again():
    table = send_backs(sent_back_log(), CLOCK)
    assert table.to_dict("records") == [
        # Item 0 leaves b at 2 and comes to c, which is later, at 5 where its wait for c begins.
        {"left": "b", "reached": "a", "moves": 2, "items": 2, "returned": 1, "time": 3.0},
        {"left": "c", "reached": "b", "moves": 1, "items": 1, "returned": 1, "time": 1.0},
    ]
    assert items_sent_back(sent_back_log(), 1, 0).tolist() == [0, 2]


def test_paths_are_those_of_finished_items():
    log = sent_back_log()
    facts = measure(log, CLOCK)
    paths = frequent_paths(log, facts, most=1)
    assert (paths.most[0].stages, paths.most[0].items, paths.most[0].share) == (("a", "b", "a", "c"), 1, 0.5)
    assert paths.most[0].median == 8
    assert (paths.different, paths.other_items, paths.other_share, paths.other_median) == (2, 1, 0.5, 6)
    assert items_on_path(facts, paths.most[0].code).tolist() == [0]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (0, 2, 1, 3), (3, 2, 1, 0)])
@pytest.mark.parametrize("begins", [(2, 2), (3, 2), (2, 3)])
def test_steps_that_run_side_by_side_are_not_sent_back(order, begins):
    # Prepare 0-2; b and c overlap from hour 3 to 4, whichever begins first; sign 6-7, back to b 8-9: one move back.
    rows = [(0, 0, 0, 2), (0, 1, begins[0], 5), (0, 2, begins[1], 4), (0, 3, 6, 7)]
    rows = [rows[i] for i in order] + [(0, 1, 8, 9)]
    log = intervals([(i, s, b * HOUR, e * HOUR) for i, s, b, e in rows], ("a", "b", "c", "d"))
    assert send_backs(log, CLOCK)[["left", "reached", "moves"]].to_numpy().tolist() == [["d", "b", 1]]
    facts = measure(log, CLOCK)
    assert facts.items["sent_back"].tolist() == [1]
    assert facts.stages.sent_back.tolist() == [0, 0, 0, 1]


@pytest.mark.parametrize(
    ("visits", "moves"),
    [
        # Dev, test, and back to dev, while docs, which come last in the flow, run from the test on.
        ([("dev", 0, 2), ("test", 2, 4), ("docs", 3, 8), ("dev", 4, 6)], [("test", "dev")]),
        # The same with docs over just before dev goes on: they followed dev too, and were the last to end.
        ([("dev", 0, 2), ("test", 2, 4), ("docs", 3, 5), ("dev", 5, 6)], [("docs", "dev")]),
        # Plan, an earlier stage, runs beside the test and ends after it.
        ([("dev", 0, 2), ("test", 2, 4), ("plan", 3, 5), ("dev", 6, 7)], [("test", "dev")]),
        # Docs run all the time: test sends back to dev twice.
        (
            [("docs", 0, 99), ("dev", 1, 2), ("test", 2, 3), ("dev", 3, 4), ("test", 4, 5), ("dev", 5, 6)],
            [("test", "dev"), ("test", "dev")],
        ),
        # Two branches: plan then dev then test, and docs beside them. Nothing is done twice.
        ([("plan", 0, 1), ("docs", 1, 4), ("dev", 1, 3), ("test", 3, 6)], []),
        ([("plan", 0, 1), ("docs", 1, 2), ("dev", 1, 3), ("test", 3, 6)], []),
        # Three beside each other, one of them beginning late.
        ([("plan", 0, 1), ("dev", 1, 4), ("docs", 1, 2), ("test", 3, 6)], []),
        # The dev branch is done twice beside docs; going on to the test again is no second send-back.
        (
            [("docs", 1, 7), ("dev", 1, 2), ("test", 2, 3), ("dev", 3, 4), ("test", 4, 5)],
            [("test", "dev")],
        ),
        ([("docs", 1, 3), ("dev", 1, 2), ("test", 2, 4), ("dev", 4, 5), ("test", 5, 6)], [("test", "dev")]),
        # What is sent back is done again in two stages side by side: sent back once.
        ([("plan", 0, 1), ("dev", 1, 2), ("test", 2, 4), ("plan", 4, 6), ("dev", 4, 6)], [("test", "plan")]),
    ],
)
def test_a_send_back_is_seen_behind_a_visit_that_runs_beside_it(visits, moves):
    stages = ("plan", "dev", "test", "docs")
    rows = [(0, stages.index(stage), start * HOUR, end * HOUR) for stage, start, end in visits]
    log = intervals(rows, stages)
    table = send_backs(log, CLOCK)
    assert sorted(
        pair for *pair, times in table[["left", "reached", "moves"]].to_numpy().tolist() for _ in range(times)
    ) == sorted(list(pair) for pair in moves)
    item = slow.from_intervals(rows)[0]
    assert sorted((stages[item.path[a]], stages[item.path[b]]) for a, b in item.moves_back()) == sorted(moves)
    assert measure(log, CLOCK).items["sent_back"].tolist() == [len(moves)]


def test_what_is_reopened_is_sent_back_from_done():
    new, dev, done = (Status(name=n, kind=k, stage=s) for n, k, s in REOPENING)
    # 0: done at 2, reopened at 5, done again at 6, reopened at 7, still open. 1: done at 2, reopened at 3, done at 7.
    changes = {0: (1, 2, 5, 6, 7), 1: (1, 2, 3, 7)}
    events = [(i, 0, 0) for i in changes]
    events += [(i, 1 + place % 2, time * HOUR) for i, times in changes.items() for place, time in enumerate(times)]
    log = entered(events, [new, dev, done], ("Dev",), as_of=8 * HOUR)
    # From done at 2 to done at 6, and to 7 for item 1; item 0 is not done a third time.
    assert send_backs(log, CLOCK).to_dict("records") == [
        {"left": "Done", "reached": "Dev", "moves": 3, "items": 2, "returned": 2, "time": 9.0}
    ]
    facts = measure(log, CLOCK)
    assert facts.items["sent_back"].tolist() == [2, 1]
    assert (facts.stages.visits.tolist(), facts.stages.completed.tolist()) == ([5], [4])
    # Of item 1, the one finished: 1 h in New and 1 h in Done are waiting, 1 h and 4 h are work.
    assert (facts.stages.waited[0] / 3600, facts.stages.worked[0] / 3600) == (2.0, 5.0)
    assert items_sent_back(log, 1, 0).tolist() == [0, 1]


def test_on_dates_the_day_that_a_stage_ends_is_a_day_to_be_sent_back():
    # b on days 0 to 1, back to a on day 1, in inclusive dates: b ends at the midnight behind day 1.
    log = intervals([(0, 1, 0, 2 * DAY), (0, 0, DAY, 3 * DAY)], ABC, ends_of_days=True)
    assert measure(log, CLOCK).items["sent_back"].tolist() == [1]


def test_stages_passed_over():
    rows = [(0, 0, 0, 1), (0, 2, 1, 2), (1, 0, 0, 1), (1, 1, 1, 2), (1, 2, 2, 3), (2, 0, 0, None)]
    log = intervals([(i, s, b * HOUR, None if e is None else e * HOUR) for i, s, b, e in rows], ABC)
    assert skipped_stages(log)["items"].tolist() == [0, 1, 0]
    assert skipped_stages(log)["share"].tolist() == [0, 0.5, 0]
    assert items_skipping(log, 1).tolist() == [0]


@pytest.mark.parametrize("seed", range(100))
def test_a_plain_walk_finds_the_same(seed: int):
    visits = random_visits(random.Random(seed), 3)
    log, items = intervals(visits, ABC), slow.from_intervals(visits)
    facts = measure(log, CLOCK)
    moves, cost, returned = Counter(), defaultdict(float), Counter()
    for item in items.values():
        came, waits = [], None
        for stage, waiting, start, _ in item.stretches:
            if waiting:
                waits = start
            else:
                came.append((stage, start if waits is None else waits))
                waits = None
        for place, to in item.moves_back():
            (left, _), (reached, back_at) = came[place], came[to]
            moves[ABC[left], ABC[reached]] += 1
            again = [time for stage, time in came[to:] if stage >= left]
            if again:
                returned[ABC[left], ABC[reached]] += 1
                cost[ABC[left], ABC[reached]] += (again[0] - back_at) / HOUR
    table = send_backs(log, CLOCK).set_index(["left", "reached"])
    assert table["moves"].to_dict() == dict(moves)
    assert {k: n for k, n in table["returned"].to_dict().items() if n} == dict(returned)
    assert table["time"].to_dict() == pytest.approx({pair: cost[pair] for pair in moves})

    done = {code: item for code, item in items.items() if item.finished is not None}
    taken = Counter(item.path for item in done.values())
    paths = frequent_paths(log, facts, most=3)
    assert paths.different == len(taken)
    assert sorted((p.items for p in paths.most), reverse=True) == [n for _, n in taken.most_common(3)]
    assert sum(p.items for p in paths.most) + paths.other_items == len(done)
    for path in paths.most:
        stages = tuple(ABC.index(name) for name in path.stages)
        hours = [(item.finished - item.begun) / HOUR for item in done.values() if item.path == stages]
        assert (path.items, path.median) == (len(hours), pytest.approx(median(hours)))
    passed = [sum(stage not in item.path for item in done.values()) for stage in range(3)]
    assert skipped_stages(log)["items"].tolist() == passed


def test_nothing_finished_has_no_path():
    log = intervals([(0, 0, 0, None)], ABC)
    assert (log.finished == OPEN).all()
    paths = frequent_paths(log, measure(log, CLOCK))
    assert (paths.most, paths.different, paths.other_share) == ((), 0, None)
    assert np.isnan(skipped_stages(log)["share"]).all()
    assert len(send_backs(log, CLOCK)) == 0
