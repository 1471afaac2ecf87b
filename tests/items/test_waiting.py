"""Causes of waits: what the authors of two logs expect, a batch by hand, and a count hour by hour on random logs."""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest

from tests.items.logs import HOUR, SHARED, at, entered, intervals
from tests.items.test_build import FLOW, STAGES
from vsm.items.log import Log
from vsm.items.waiting import CAUSES, Waits, WorkingHours, causes_by_stage, divided_waits, handoffs, people_by_stage
from vsm.worktime import Calendar

present = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data files are not here")
NO_HOURS = WorkingHours()


def shifts(*bounds: str) -> tuple[Calendar, ...]:
    """Calendars from "10:00-12:00", Monday to Friday."""
    times = [[dt.time.fromisoformat(part) for part in bound.split("-")] for bound in bounds]
    return tuple(Calendar(begins=begins, ends=ends) for begins, ends in times)


THEIR_HOURS = WorkingHours(
    everyone=shifts("10:00-20:00"),
    people={"Marcus": shifts("10:00-12:00", "12:30-20:00")},
)
"""The calendars that the authors' own test gives to these logs."""


def read(path) -> tuple[Log, list[dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    stages = tuple(sorted({row["Activity"] for row in rows}))
    people = tuple(sorted({row["Resource"] for row in rows}))
    visits = [
        (int(row["case_id"]), stages.index(row["Activity"]), at(row["start_time"]), at(row["end_time"])) for row in rows
    ]
    return intervals(visits, stages, [people.index(row["Resource"]) for row in rows], people), rows


def seconds(text: str) -> float:
    days, _, clock = text.partition(" days")
    hours, minutes, rest = (clock.strip() or "0:0:0").split(":")
    return int(days) * 86400 + int(hours) * 3600 + int(minutes) * 60 + float(rest)


@present
@pytest.mark.parametrize("number", [1, 2])
def test_the_authors_of_the_logs_expect_these_causes(number: int):
    log, _ = read(SHARED / f"wta_manual_log_{number}.csv")
    waits, v = divided_waits(log, THEIR_HOURS), log.visits
    found: dict[tuple[str, ...], np.ndarray] = defaultdict(lambda: np.zeros(6))
    for place, row in enumerate(waits.row):
        source = max(r for r in range(row) if not v.waiting[r])
        key = [name for r in (source, row) for name in (log.stages[v.stage[r]], log.people[v.person[r]])]
        parts = [waits.start[place] - waits.ready[place], *(getattr(waits, cause)[place] for cause in CAUSES)]
        found[tuple(key)] += np.array(parts) / 1e6
    columns = ("total", "batching", "contention", "prioritization", "unavailability", "extraneous")
    with (SHARED / f"wta_manual_log_{number}_expected.csv").open(encoding="utf-8", newline="") as lines:
        expected = {
            tuple(row[f"{end}_{what}"] for end in ("source", "target") for what in ("activity", "resource")): [
                seconds(row[f"wt_{column}"]) for column in columns
            ]
            for row in csv.DictReader(lines)
        }
    assert {key: parts.tolist() for key, parts in found.items()} == {k: p for k, p in expected.items() if any(p)}


def test_a_batch_taken_last_in_first_out():
    """Four items are ready at 10:30, 11:00, 11:30 and 12:00; Kim takes them from 13:30 on, the last one first.

    Kim works on something else, ready at 11:45, until 12:30, and from 13:00 on something ready at 12:30.
    """
    day = at("2026-01-05")

    def clock(text: str) -> int:
        return day + int(text[:2]) * HOUR + int(text[3:]) * HOUR // 60

    visits, people = [], []
    for item, (end, start, finish) in enumerate(
        [
            ("10:30", "15:00", "16:30"),
            ("11:00", "14:30", "15:00"),
            ("11:30", "14:00", "14:30"),
            ("12:00", "13:30", "14:00"),
        ]
    ):
        visits += [(item, 0, clock(end) - HOUR // 2, clock(end)), (item, 1, clock(start), clock(finish))]
        people += [0, 1]
    visits += [(4, 2, clock("11:45"), clock("12:30")), (4, 3, clock("13:00"), clock("13:30"))]
    log = intervals(visits, ("a", "b", "e", "f"), [*people, 1, 1], ("Ann", "Kim"))
    table = causes_by_stage(log, divided_waits(log, NO_HOURS), NO_HOURS).set_index("stage")
    # Batching 1.5 + 1 + 0.5 h. From 12:00: contention 4 x 0.5 h; prioritisation 4 x 0.5 h for the other and, by
    # companions that were ready later, 1.5 + 1 + 0.5 h; the rest 4 x 0.5 h.
    assert table.loc["b", ["batching", "contention", "prioritisation", "rest"]].tolist() == [3, 2, 5, 2]
    assert table.loc["b", "wait"] == 12
    assert table.loc["f", "rest"] == 0.5
    assert table["unavailability"].isna().all()


def test_a_queue_that_built_up_while_nobody_worked_is_no_batch():
    day = at("2026-01-06")
    rows = [(i, 0, day - 8 * HOUR + i * HOUR, day - 7 * HOUR + i * HOUR) for i in range(3)]
    rows += [(i, 1, day + 9 * HOUR + i * HOUR, day + 10 * HOUR + i * HOUR) for i in range(3)]
    log = intervals(rows, ("a", "b"), [0, 0, 0, 1, 1, 1], ("Ann", "Kim"))
    office = WorkingHours(everyone=shifts("09:00-17:00"))
    waits = divided_waits(log, office)
    assert waits.batching.tolist() == [0, 0, 0]
    assert (waits.unavailability // HOUR).tolist() == [16, 15, 14]
    assert (waits.contention // HOUR).tolist() == [0, 1, 2]
    assert divided_waits(log, NO_HOURS).batching.tolist() == [2 * HOUR, HOUR, 0]


def test_items_begun_at_once_waited_for_each_other():
    rows = [(0, 0, 0, HOUR), (0, 1, 4 * HOUR, 5 * HOUR), (1, 0, 0, 3 * HOUR), (1, 1, 4 * HOUR, 6 * HOUR)]
    log = intervals(rows, ("a", "b"), [0, 2, 1, 2], ("Ann", "Bob", "Kim"))
    waits = divided_waits(log, NO_HOURS)
    assert (waits.batching // HOUR).tolist() == [2, 0]
    assert (waits.rest // HOUR).tolist() == [1, 1]


def test_a_wait_that_a_status_marks_belongs_to_who_ended_it():
    log = entered([(0, 0, 0), (0, 1, 3 * HOUR), (0, 3, 4 * HOUR)], FLOW, STAGES)
    waits = divided_waits(log, NO_HOURS)
    assert (waits.ready.tolist(), waits.start.tolist(), waits.rest.tolist()) == ([0], [3 * HOUR], [3 * HOUR])


ODD_HOURS = WorkingHours(everyone=shifts("06:00-11:00", "13:00-20:00"), people={"person 1": shifts("09:00-17:00")})


def random_work(rng: random.Random) -> tuple[Log, int]:
    people = rng.randint(1, 3)
    rows, who = [], []
    for item in range(rng.randint(1, 8)):
        time = rng.randrange(12)
        for _ in range(rng.randint(1, 5)):
            time += rng.choice((0, 0, 1, 2, 7))
            end = time + rng.choice((0, 1, 1, 2, 5))
            rows.append((item, rng.randrange(3), at("2026-01-05") + time * HOUR, at("2026-01-05") + end * HOUR))
            who.append(rng.choice((*range(people), -1)))
            time = max(time, end - rng.choice((0, 0, 0, 1)))
    names = tuple(f"person {i}" for i in range(people))
    return intervals(rows, ("a", "b", "c"), who, names), people


def by_the_hour(log: Log, hours: WorkingHours) -> list[dict[str, int]]:
    """Look at each hour of each wait: who did what. Batches by taking one piece of work after the other."""
    v, n = log.visits, len(log.visits)
    ready = [
        int(
            v.start[r - 1]
            if r and v.waiting[r - 1] and (v.item[r - 1], v.stage[r - 1]) == (v.item[r], v.stage[r])
            else v.start[r]
        )
        for r in range(n)
    ]

    def running(person: int, time: int) -> list[int]:
        return [r for r in range(n) if not v.waiting[r] and v.person[r] == person and v.start[r] <= time < v.end[r]]

    def off(person: int, time: int) -> bool:
        calendars = hours.of(log.people[person])
        moment = dt.datetime(1970, 1, 1) + dt.timedelta(microseconds=time)
        on = any(c.begins <= moment.time() < c.ends and c.weekdays[moment.weekday()] for c in calendars)
        return bool(calendars) and not on

    batch = {r: (ready[r], int(v.start[r])) for r in range(n)}
    for person in range(len(log.people)):
        mine = sorted((r for r in range(n) if v.person[r] == person), key=lambda r: (v.start[r], ready[r], r))
        groups: list[list[int]] = []
        for place, r in enumerate(mine):
            until = max((v.end[q] for q in mine[:place]), default=None)
            joins = groups and v.stage[r] == v.stage[groups[-1][0]] and v.start[r] <= until
            if joins and ready[r] <= v.start[groups[-1][0]]:
                groups[-1].append(r)
            else:
                groups.append([r])
        for group in groups:
            readies, starts = [ready[r] for r in group], [int(v.start[r]) for r in group]
            span = range(min(readies), max(readies), HOUR)
            free = any(not running(person, t) and not off(person, t) for t in span)
            if len({v.item[r] for r in group}) > 1 and (len(set(starts)) == 1 or free):
                batch |= {r: (max(readies), starts[0]) for r in group}
    found = []
    for r in range(n):
        if v.waiting[r] or ready[r] == v.start[r]:
            continue
        count = dict.fromkeys(CAUSES, 0)
        for time in range(ready[r], int(v.start[r]), HOUR):
            complete, together = batch[r]
            limit = complete if time < together else ready[r]
            other = running(v.person[r], time) if v.person[r] >= 0 else []
            if v.person[r] < 0:
                cause = "rest"
            elif time < complete:
                cause = "batching"
            elif other:
                cause = "contention" if min(ready[q] for q in other) <= limit else "prioritisation"
            else:
                cause = "unavailability" if off(v.person[r], time) else "rest"
            count[cause] += 1
        found.append(count)
    return found


@pytest.mark.parametrize("seed", range(300))
def test_causes_are_those_that_a_look_at_each_hour_finds(seed: int):
    rng = random.Random(seed)
    log, _ = random_work(rng)
    hours = rng.choice((NO_HOURS, ODD_HOURS))
    waits = divided_waits(log, hours)
    parts = [{cause: int(getattr(waits, cause)[i]) // HOUR for cause in CAUSES} for i in range(len(waits))]
    assert parts == by_the_hour(log, hours)
    together = sum(getattr(waits, cause) for cause in CAUSES)
    assert (together == waits.start - waits.ready).all()


def test_many_people_over_centuries_are_told_apart():
    log, people = random_work(random.Random(5))
    expected = divided_waits(log, NO_HOURS)
    many = 100_000 - people
    codes_of_all = np.where(log.visits.person < 0, log.visits.person, log.visits.person + many).astype(np.int32)
    visits = replace(log.visits, person=codes_of_all)
    crowd = replace(log, people=tuple(map(str, range(100_000))), visits=visits, as_of=at("2400-01-01"))
    early = crowd.visits.start.copy()
    early[0] = at("1700-01-01")
    found = divided_waits(replace(crowd, visits=replace(visits, start=early)), NO_HOURS)
    assert (found.batching.tolist(), found.contention.tolist()) == (
        expected.batching.tolist(),
        expected.contention.tolist(),
    )


def test_tables_add_up_to_the_waits():
    log, _ = random_work(random.Random(5))
    hours = WorkingHours(everyone=shifts("09:00-17:00"))
    waits = divided_waits(log, hours)
    stages = causes_by_stage(log, waits, hours)
    total = (waits.start - waits.ready).sum() / HOUR
    assert stages["wait"].sum() == pytest.approx(total)
    assert stages[list(CAUSES)].to_numpy().sum() == pytest.approx(total)
    assert stages["waits"].sum() == len(waits)


def test_handoffs_between_people():
    rows = [(0, 0, 0, 1), (0, 1, 1, 2), (0, 2, 2, 3), (1, 0, 0, 1), (1, 1, 1, 2), (2, 0, 0, 1), (2, 1, 1, 2)]
    log = intervals(
        [(i, s, b * HOUR, e * HOUR) for i, s, b, e in rows], ("a", "b", "c"), [0, 1, 1, 0, 1, 0, -1], ("Ann", "Bob")
    )
    found = handoffs(log)
    assert found.pairs.to_dict("records") == [{"giver": "Ann", "taker": "Bob", "count": 2}]
    assert (found.count, found.moves) == (2, 3)
    assert people_by_stage(log) == (1, 1, 1)


def test_a_log_without_people_has_only_rest():
    log = intervals([(0, 0, 0, HOUR), (0, 1, 3 * HOUR, 4 * HOUR)], ("a", "b"))
    waits: Waits = divided_waits(log, NO_HOURS)
    assert waits.rest.tolist() == [2 * HOUR]
    assert causes_by_stage(log, waits, NO_HOURS)["named"].tolist() == [0, 0]
    assert len(handoffs(log).pairs) == 0
