"""The made-up logs of the benchmarks are what they say they are, and what they are compared by notices a difference."""

from __future__ import annotations

import csv
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from benchmarks.made_logs import HEADER, REWORK, STAGES, STATUSES, Events, make_events, write_csv, write_xlsx
from benchmarks.measuring import differences

EVENTS = 60_000


@pytest.fixture(scope="module")
def events() -> Events:
    return make_events(EVENTS)


def paths(events: Events) -> dict[int, list[tuple[int, str]]]:
    found = defaultdict(list)
    for item, status, time in zip(events.item.tolist(), events.status.tolist(), events.time.tolist(), strict=True):
        found[item].append((time, STATUSES[status]))
    return found


def test_a_log_has_as_many_events_as_asked_in_the_order_of_time(events: Events):
    assert len(events) == EVENTS
    assert bool((np.diff(events.time) >= 0).all())


def test_an_item_waits_and_works_in_turn_and_comes_to_its_next_status_at_least_a_minute_later(events: Events):
    for path in paths(events).values():
        assert path[0][1] == "Ready for analysis"
        for (before, status), (after, following) in pairwise(path):
            assert after - before >= 60
            if status.startswith("Ready for "):
                assert following == status.replace("Ready for ", "In ")
            else:
                assert following == "Done" or following.startswith("Ready for ")


def test_items_pass_all_ten_stages_before_they_are_done(events: Events):
    done = [path for path in paths(events).values() if path[-1][1] == "Done"]
    assert len(done) > 1000
    assert all({f"In {stage}" for stage in STAGES} <= {status for _, status in path} for path in done)
    assert len(STAGES) == 10


def test_of_the_visits_that_can_be_sent_back_the_stated_share_is(events: Events):
    place = {name: i for i, stage in enumerate(STAGES) for name in (f"Ready for {stage}", f"In {stage}")}
    place["Done"] = len(STAGES)
    left = [
        place[after] - place[before]
        for path in paths(events).values()
        for (_, before), (_, after) in pairwise(path)
        if before.startswith("In ") and place[before] > 0
    ]
    back = sum(step < 0 for step in left)
    assert set(left) == {1, -1, -2}
    # Four standard deviations of a share of so many.
    assert back / len(left) == pytest.approx(REWORK, abs=4 * (REWORK * (1 - REWORK) / len(left)) ** 0.5)


def test_the_log_of_waits_is_normal(events: Events):
    waits = [
        after - before
        for path in paths(events).values()
        for (before, status), (after, _) in pairwise(path)
        if status == "Ready for development"
    ]
    logs = np.log(np.array(waits) / 3600)
    assert np.median(logs) == pytest.approx(np.log(40), abs=0.15)
    assert logs.mean() == pytest.approx(np.log(40), abs=0.15)
    assert logs.std() == pytest.approx(1.1, rel=0.08)


def test_some_items_are_still_open(events: Events):
    open_items = [path for path in paths(events).values() if path[-1][1] != "Done"]
    assert 0 < len(open_items) < len(paths(events)) / 10


def test_a_seed_gives_the_same_log_again_and_another_seed_another():
    def columns(seed: int) -> list[list[int]]:
        return [column.tolist() for column in vars(make_events(2_000, seed)).values()]

    assert columns(7) == columns(7)
    assert columns(7) != columns(8)


def test_csv_and_workbook_hold_the_same_rows(tmp_path: Path):
    events = make_events(500)
    write_csv(events, tmp_path / "log.csv", rows=120)
    write_xlsx(events, tmp_path / "log.xlsx")
    with (tmp_path / "log.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == list(HEADER)
    assert len(rows) == 501
    sheet = openpyxl.load_workbook(tmp_path / "log.xlsx").active
    assert sheet is not None
    assert [[str(value) for value in row] for row in sheet.iter_rows(values_only=True)] == rows


@pytest.mark.parametrize(
    ("other", "named"),
    [
        ({"variants": 3, "worked": {"a": 1.0, "b": 2.0}}, []),
        ({"variants": 3, "worked": {"a": 1.0 + 1e-12, "b": 2.0}}, []),
        ({"variants": 4}, ["variants"]),
        ({"worked": {"a": 1.0, "b": 2.1}}, ["worked b"]),
        ({"worked": {"a": 1.0}}, ["worked b"]),
        ({"something else": 5}, []),
    ],
)
def test_different_answers_are_named(other: dict, named: list[str]):
    mine = {"variants": 3, "worked": {"a": 1.0, "b": 2.0}}
    assert [text.split(":")[0] for text in differences(mine, other)] == named
