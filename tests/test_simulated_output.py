"""`--simulate`: a block of text or a key of the JSON, and a sentence where nothing can be simulated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vsm.command_line import ANALYSED, WRONG_COMMAND, main

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
