"""Scenario files and links: what was saved comes back, and anything else is refused in a sentence."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from tests.streams import WORKED
from vsm.changes import AddStage, MergeIntoNext, SetBatchSize, SetHandoffs, SetPeople
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
    with pytest.raises(ScenarioError, match="scenarios, 1, planned, 1, change"):
        read_scenarios(text.encode())
