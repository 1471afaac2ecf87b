"""Selections of a log hold whole items, and their figures are those of the items alone."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import numpy as np
import pytest

from tests.items.logs import HOUR, at, codes, entered, intervals, random_visits
from tests.items.test_build import FLOW, STAGES, facts, same
from vsm.items.log import NamesOfItems
from vsm.items.selection import as_it_was, keep, names_of, select, without_unused_names
from vsm.items.stream import measured_stream, whole_weeks

DAY = 24 * HOUR


def three_items():
    visits = [
        (0, 0, at("2026-01-05"), at("2026-01-06")),
        (1, 1, at("2026-01-05"), at("2026-01-31T23:59")),
        (2, 0, at("2026-01-05"), None),
        (2, 1, at("2026-02-02"), at("2026-02-03")),
    ]
    return intervals(
        visits,
        ("a", "b"),
        people=[0, 1, 1, 0],
        person_names=("Ann", "Bob"),
        types=[0, 1, -1, -1],
        type_names=("x", "y"),
    )


def items(log) -> list[str]:
    return names_of(log.items, np.arange(len(log.items))).tolist()


def test_nothing_asked_is_the_log_itself():
    log = three_items()
    assert select(log) is log


def test_types_people_and_periods_choose_items():
    log = three_items()
    assert items(select(log, types={"y"})) == ["1"]
    assert items(select(log, types={"x", "y"})) == ["0", "1"]
    assert items(select(log, types={"z"})) == []
    assert items(select(log, people={"Ann"})) == ["0", "2"]
    assert items(select(log, finished_from=dt.date(2026, 1, 31))) == ["1"]
    assert items(select(log, finished_to=dt.date(2026, 1, 31))) == ["0", "1"]
    assert items(select(log, finished_to=dt.date(2026, 1, 30))) == ["0"]
    assert items(select(select(log, people={"Bob"}), types={"y"})) == ["1"]
    assert select(log, types={"y"}).items[0] == "1"


def test_a_period_within_a_period_ends_where_the_first_of_them_ends():
    log = select(three_items(), finished_to=dt.date(2026, 1, 31))
    found = select(log, finished_from=dt.date(2026, 1, 7))
    assert items(found) == ["1"]
    assert found.period == (at("2026-01-07"), at("2026-02-01"))


def test_names_that_no_chosen_item_has_are_forgotten():
    log = without_unused_names(select(three_items(), types={"y"}))
    assert (log.types, log.people) == (("y",), ("Bob",))
    assert (log.item_type.tolist(), log.visits.person.tolist()) == ([0], [0])
    whole = without_unused_names(three_items())
    assert (whole.types, whole.people) == (("x", "y"), ("Ann", "Bob"))
    assert whole.item_type.tolist() == [0, 1, -1]


def test_teams_choose_items():
    """Item 0 was with red, item 1 with both, item 2 with none."""
    log = replace(
        three_items(), teams=("blue", "red"), item_teams=NamesOfItems(item=codes([0, 1, 1]), name=codes([1, 0, 1]))
    )
    assert items(select(log, teams={"red"})) == ["0", "1"]
    blue = select(log, teams={"blue"})
    assert items(blue) == ["1"]
    assert (blue.item_teams.item.tolist(), blue.item_teams.name.tolist()) == ([0, 0], [0, 1])
    assert items(select(blue, teams={"red"})) == ["1"]
    assert items(select(three_items(), teams={"red"})) == []


def test_a_selection_keeps_the_codes_of_stages_people_and_types():
    chosen = select(three_items(), people={"Bob"})
    assert (chosen.stages, chosen.people, chosen.types) == (("a", "b"), ("Ann", "Bob"), ("x", "y"))
    assert chosen.visits.item.tolist() == [0, 1, 1]
    assert chosen.visits.stage.tolist() == [1, 0, 1]
    assert chosen.item_type.tolist() == [1, -1]


def test_a_date_counts_to_the_day_it_names_though_it_lasts_to_midnight():
    events = [(0, 1, at("2026-01-30")), (0, 3, at("2026-01-31"))]
    log = entered(events, FLOW, STAGES, whole_days=True)
    assert items(select(log, finished_to=dt.date(2026, 1, 31))) == ["0"]
    assert items(select(log, finished_from=dt.date(2026, 2, 1))) == []


def test_weeks_of_a_period_are_those_inside_it():
    log = select(three_items(), finished_from=dt.date(2026, 1, 14), finished_to=dt.date(2026, 2, 1))
    assert whole_weeks(log) == (at("2026-01-19"), at("2026-02-02"))
    measured = measured_stream(log, name="January").measured
    assert (measured.throughput, measured.flow_load) == (0.5, None)


@pytest.mark.parametrize("seed", range(40))
def test_figures_of_a_selection_are_those_of_a_log_of_these_items_alone(seed: int):
    rng = random.Random(seed)
    visits = random_visits(rng, 3)
    log = intervals(visits, ("a", "b", "c"))
    chosen = np.array([rng.random() < 0.5 for _ in log.items])
    numbers = np.cumsum(chosen) - 1
    alone = [(int(numbers[item]), stage, start, end) for item, stage, start, end in visits if chosen[item]]
    expected = intervals(alone, ("a", "b", "c"), count=int(chosen.sum()), as_of=log.as_of)
    same(facts(keep(log, chosen)), facts(expected))


@pytest.mark.parametrize("seed", range(60))
def test_a_log_as_it_was_holds_what_had_happened_by_then(seed: int):
    rng = random.Random(seed)
    visits = random_visits(rng, 3)
    moment = at("2026-01-01") + rng.randrange(80) * HOUR
    log = as_it_was(intervals(visits, ("a", "b", "c")), moment)
    happened = [(i, s, start, end) for i, s, start, end in visits if start <= moment]
    codes_then = {item: code for code, item in enumerate(sorted({row[0] for row in happened}))}
    then = [(codes_then[i], s, start, None if end is None or end > moment else end) for i, s, start, end in happened]
    expected = facts(intervals(then, ("a", "b", "c"), as_of=moment))
    assert facts(log).items["finished"].tolist() == [
        done and not waits_on
        for done, waits_on in zip(expected.items["finished"], still_waiting(visits, moment), strict=True)
    ]
    assert log.as_of == moment
    assert facts(log).stages.visits.tolist() == expected.stages.visits.tolist()
    assert facts(log).items["worked"].tolist() == pytest.approx(expected.items["worked"].tolist())


def still_waiting(visits, moment: int) -> list[bool]:
    """Items that had begun by then and had something before them that the log as it was does not tell of."""
    begun = sorted({item for item, _, start, _ in visits if start <= moment})
    return [
        any(start > moment or end is None or end > moment for i, _, start, end in visits if i == item) for item in begun
    ]


def test_a_log_as_it_will_be_is_only_older():
    log = three_items()
    assert as_it_was(log, log.as_of + DAY).as_of == log.as_of + DAY


def test_nothing_had_happened_before_the_beginning():
    then = as_it_was(three_items(), at("2025-01-01"))
    assert len(then.items) == len(then.visits) == 0
    assert measured_stream(then, name="Before").measured.flow_load is None
