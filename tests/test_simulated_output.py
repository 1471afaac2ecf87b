"""`--simulate`: a block of text or a key of the JSON, and a sentence where nothing can be simulated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vsm import future
from vsm.changes import AnyChange, LimitLoad, SetDemand, SetPeople, apply
from vsm.command_line import ANALYSED, WRONG_COMMAND, main
from vsm.future import future_state, without_limits
from vsm.model import Definitions, Stage, ValueStream
from vsm.plan import PlannedChange, Scenario
from vsm.scenario_file import scenario_text
from vsm.simulation_words import limit_sentences

STREAM = """Stage,Processing time (h),Wait time (h),Staff,Demand per week
Build,1,20,1,20
Test,1.2,6,1,20
"""


@pytest.fixture(name="file")
def stream_file(tmp_path: Path) -> str:
    path = tmp_path / "stream.csv"
    path.write_text(STREAM, encoding="utf-8")
    return str(path)


def test_text_ends_with_what_was_simulated(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyse", file, "--simulate", "1000"]) == ANALYSED
    said = capsys.readouterr().out
    assert "\n\nSimulation\n- Now, half of the items take up to" in said
    assert "- 1,000 items in 10 runs were followed" in said


def test_json_gives_figures_with_their_intervals(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyse", file, "--simulate", "1000", "--json"]) == ANALYSED
    simulated = json.loads(capsys.readouterr().out)["simulation"]
    found = simulated["current"]
    assert simulated["future"] is None
    assert (found["reason"], found["items"], found["seed"]) == (None, 1000, 1)
    assert [stage["wait_for_people_hours_by_formula"] for stage in found["stages"]] == pytest.approx([1.0, 1.8])
    times = found["lead_time_hours"]
    assert times["low"] < times["mean"] < times["high"]
    assert times["median"] < times["p85"] < times["p95"]


def test_nothing_is_simulated_unasked(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyse", file, "--json"]) == ANALYSED
    assert "simulation" not in json.loads(capsys.readouterr().out)


def test_why_a_stream_cannot_be_simulated_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bare.csv"
    file.write_text("Stage,Processing time (h),Wait time (h)\nBuild,1,6\nTest,2,4\n", encoding="utf-8")
    assert main(["analyse", str(file), "--simulate"]) == ANALYSED
    assert "As the stream is now, it cannot be simulated. The simulation needs to know" in capsys.readouterr().out
    assert main(["analyse", str(file), "--simulate", "--json"]) == ANALYSED
    assert json.loads(capsys.readouterr().out)["simulation"]["current"]["reason"].startswith(
        "The simulation needs to know"
    )


@pytest.mark.parametrize("items", ["99", "100001", "-5", "many", "1e3"])
def test_a_number_of_items_that_makes_no_sense_is_refused(
    items: str, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["analyse", file, "--simulate", items]) == WRONG_COMMAND
    assert "number of items from 100 to 100000" in capsys.readouterr().err


LIMITED = ValueStream(
    stages=(
        Stage(name="Build", processing_time=1, wait_time=20, people=1),
        Stage(name="Test", processing_time=1.2, wait_time=6, people=1),
    ),
    definitions=Definitions(demand=20),
)
# 8 items at Test at 20 a week are 16 h, of which 1.2 h are work: 20 h of wait become 14.8
LIMIT = LimitLoad(stage="Test", items=8)


def test_a_limit_is_left_out_of_what_is_simulated_and_that_is_said() -> None:
    found = future_state(LIMITED, [SetPeople(stage="Build", people=2), LIMIT])
    tested = without_limits(found)
    assert tested is not None
    assert tested.future.stream == apply(LIMITED, SetPeople(stage="Build", people=2))
    assert limit_sentences(found) == (
        "A limit on work in progress, as at Test, is not acted out: what is over it waits in front of the stream, "
        "where no lead time counts it. The future state is simulated without it; by formula the limit saves 5.2 h.",
    )


def test_a_future_state_of_nothing_but_a_limit_is_not_simulated() -> None:
    found = future_state(LIMITED, [LIMIT])
    assert without_limits(found) is None
    assert "The stream is simulated without it; by formula the limit saves 5.2 h." in limit_sentences(found)[0]
    assert limit_sentences(None) == limit_sentences(future_state(LIMITED, [SetDemand(items_per_week=10)])) == ()


@pytest.fixture(name="limited")
def limited_scenario(tmp_path: Path) -> str:
    path = tmp_path / "scenario.json"
    planned = (PlannedChange(change=SetPeople(stage="Build", people=2)), PlannedChange(change=LIMIT))
    path.write_text(scenario_text(LIMITED, (Scenario(name="Next", planned=planned),)), encoding="utf-8")
    return str(path)


def test_the_command_line_names_the_limits_it_left_out(
    file: str, limited: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["analyse", file, "--scenario", limited, "--simulate", "200"]) == ANALYSED
    assert "- A limit on work in progress, as at Test, is not acted out" in capsys.readouterr().out
    assert main(["analyse", file, "--scenario", limited, "--simulate", "200", "--json"]) == ANALYSED
    assert json.loads(capsys.readouterr().out)["simulation"]["limits_left_out"] == ["Test"]


def test_the_future_state_is_computed_once_for_all_that_is_written(
    file: str, limited: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    applied: list[AnyChange] = []

    def counted(stream: ValueStream, change: AnyChange) -> ValueStream:
        applied.append(change)
        return apply(stream, change)

    monkeypatch.setattr(future, "apply", counted)
    assert main(["analyse", file, "--scenario", limited, "--html", str(tmp_path / "report.html")]) == ANALYSED
    assert len(applied) == 2 * 2  # each of the two changes on the way, and alone
