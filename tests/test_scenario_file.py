"""Scenario files and links: what was saved comes back, and anything else is refused in a sentence."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

from tests.streams import WORKED
from vsm.changes import AddStage, MergeIntoNext, SetBatchSize, SetHandoffs, SetPeople, SetWaitTime
from vsm.model import ValueStream
from vsm.plan import Costs, Effort, PlannedChange, Scenario
from vsm.scenario_file import ScenarioError, read_scenarios, scenario_from_link, scenario_link, scenario_text

SCENARIO = Scenario(
    name="Next quarter",
    planned=(
        PlannedChange(
            change=SetBatchSize(stage="Testing", size=5),
            owner="Ana",
            due=dt.date(2026, 3, 31),
            measure="items handed on at a time",
            target="5",
            effort=Effort.SMALL,
        ),
        PlannedChange(change=SetPeople(stage="Testing", people=2)),
        PlannedChange(change=SetHandoffs(stage="Testing", people=2)),
        PlannedChange(change=MergeIntoNext(stage="Code review")),
        PlannedChange(change=MergeIntoNext(stage="Product discovery", name="Discovery")),
        PlannedChange(change=AddStage(stage="Smoke test", behind=None, processing_time=0.5)),
    ),
    costs=Costs(delay_per_week=800.0, currency="€"),
)


def test_what_was_saved_comes_back_equal() -> None:
    saved = read_scenarios(scenario_text(WORKED, (SCENARIO, Scenario(name="Empty"))).encode())
    assert saved.stream == WORKED
    assert saved.scenarios == (SCENARIO, Scenario(name="Empty"))


def test_changes_with_the_same_fields_are_told_apart() -> None:
    saved = read_scenarios(scenario_text(WORKED, (SCENARIO,)).encode())
    assert [type(c) for c in saved.scenarios[0].changes[1:3]] == [SetPeople, SetHandoffs]


def test_a_scenario_travels_in_a_link_until_it_is_too_long_for_one() -> None:
    link = scenario_link(SCENARIO)
    assert link is not None
    assert scenario_from_link(link) == SCENARIO
    # names that do not compress: a hundred different hashes
    many = tuple(PlannedChange(change=MergeIntoNext(stage=str(hash((i, "stage"))))) for i in range(200))
    assert scenario_link(Scenario(name="Long", planned=many)) is None


def test_nothing_of_the_file_that_was_read_is_saved() -> None:
    assert json.loads(scenario_text(WORKED, ()))["stream"]["source"] is None


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\xff\xfe\x00", "This is no scenario file."),
        (b"[" * 100_000, "This is no scenario file."),
        (b"[]", "This file holds no scenarios."),
        (b'{"kind": "value stream scenarios", "format": 99}', "has the format “99”"),
        (b'{"kind": "value stream scenarios", "format": 1}', "cannot be understood at “stream”"),
        (b'{"kind": "value stream scenarios", "format": 1, "x": NaN}', "This is no scenario file."),
        (
            json.dumps(
                {"kind": "value stream scenarios", "format": 1, "stream": {"stages": []}, "scenarios": []}
            ).encode(),
            "holds no stages",
        ),
        (b" " * 5_000_000, "too large"),
    ],
)
def test_anything_else_is_refused_in_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(ScenarioError, match=sentence):
        read_scenarios(data)


@pytest.mark.parametrize("text", ["", "not a scenario", "é", "eJw", "A" * 10_000])
def test_a_damaged_link_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ScenarioError, match="link"):
        scenario_from_link(text)


def test_a_wrong_change_is_named_by_its_place() -> None:
    text = scenario_text(ValueStream(stages=WORKED.stages), (SCENARIO,)).replace('"size": 5.0', '"size": "five"')
    wrong = r"In the scenario “Next quarter”, change 1 \(set batch size\) cannot be understood at “size”: “five” cannot"
    with pytest.raises(ScenarioError, match=wrong):
        read_scenarios(text.encode())


@pytest.mark.parametrize(
    ("was", "becomes", "sentence"),
    [
        (
            '"kind": "set people"',
            '"kind": "eat cake"',
            "change 2 is of the kind “eat cake”, which there is not. There are",
        ),
        (
            '"kind": "set people"',
            '"kind": null',
            "change 2 says of no kind that it is. There are: set batch size,",
        ),
        ('"size": 5.0', '"seize": 5.0', r"change 1 \(set batch size\) cannot be understood at “size”: it is missing"),
        ('"owner": "Ana"', '"owner": 5', "“scenarios, 1, planned, 1, owner”: “5” cannot stand there"),
        (
            '"processing_time": 0.5,\n            "wait',
            '"processing_time": 1e300,\n            "wait',
            "change 6 has a time of",
        ),
    ],
)
def test_what_is_wrong_in_a_file_is_said_without_words_of_programmers(was: str, becomes: str, sentence: str) -> None:
    text = scenario_text(WORKED, (SCENARIO,))
    assert was in text
    with pytest.raises(ScenarioError, match=sentence):
        read_scenarios(text.replace(was, becomes).encode())


def test_no_time_is_longer_than_one_that_a_file_of_stages_may_hold() -> None:
    long = Scenario(name="Long", planned=(PlannedChange(change=SetWaitTime(stage="Testing", hours=1_000_001)),))
    with pytest.raises(ScenarioError, match="change 1 has a time of more than 1,000,000 h"):
        read_scenarios(scenario_text(WORKED, (long,)).encode())
    link = scenario_link(long)
    assert link is not None
    with pytest.raises(ScenarioError, match="change 1 has a time of more than 1,000,000 h"):
        scenario_from_link(link)
    stages = (replace(WORKED.stages[0], wait_time=1e9), *WORKED.stages[1:])
    with pytest.raises(ScenarioError, match="The stage Customer request in this file has a time of"):
        read_scenarios(scenario_text(replace(WORKED, stages=stages), ()).encode())
