"""`--promised`: what came of last time's scenario, in the text, in the JSON and in the reports of the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.streams import stream_of
from vsm.changes import SetCompleteAccurate, SetWaitTime
from vsm.command_line import ANALYSED, WRONG_COMMAND, main
from vsm.model import Stage
from vsm.plan import PlannedChange, Scenario
from vsm.scenario_file import scenario_text

BEFORE = stream_of(
    Stage(name="Draft", processing_time=4, wait_time=40),
    Stage(name="Build", processing_time=10, wait_time=6, complete_accurate=0.8),
)
PLANNED = (
    PlannedChange(change=SetWaitTime(stage="Draft", hours=10)),
    PlannedChange(change=SetCompleteAccurate(stage="Build", share=1.0)),
)
NOW = "Stage,Processing time (h),Wait time (h),%C&A\nDraft,4,20,\nBuild,10,6,90%\n"


@pytest.fixture(name="files")
def data_and_promise(tmp_path: Path) -> tuple[str, str]:
    data, promise = tmp_path / "now.csv", tmp_path / "then.json"
    data.write_text(NOW, encoding="utf-8")
    scenarios = (Scenario(name="Less waiting", planned=PLANNED), Scenario(name="Nothing"))
    promise.write_text(scenario_text(BEFORE, scenarios), encoding="utf-8")
    return str(data), str(promise)


def test_json_says_what_was_promised_what_came_and_the_rest(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["analyse", files[0], "--promised", files[1], "--json"]) == ANALYSED
    found = json.loads(capsys.readouterr().out)["promised"]
    assert found["scenario"] == "Less waiting"
    assert found["stream"]["wait_time_hours"] == {"before": 46, "promised": 16, "now": 26, "rest": 10}
    rolled = found["stream"]["rolled_complete_accurate"]
    assert rolled == {"before": 0.8, "promised": 1.0, "now": 0.9, "rest": pytest.approx(-0.1)}
    draft, build = found["stages"]
    assert draft["lead_time_hours"] == {"before": 44, "promised": 14, "now": 24, "rest": 10}
    assert draft["complete_accurate"] == {"before": None, "promised": None, "now": None, "rest": None}
    assert build["complete_accurate"] == rolled
    assert build["there"] == {"before": True, "promised": True, "now": True}
    assert main(["analyse", files[0], "--json"]) == ANALYSED
    assert "promised" not in json.loads(capsys.readouterr().out)


def test_text_and_report_say_the_same(
    files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.md"
    assert main(["analyse", files[0], "--promised", files[1], "--md", str(report)]) == ANALYSED
    text, written = capsys.readouterr().out, report.read_text(encoding="utf-8")
    assert "Promised and achieved\n- The scenario “Less waiting” promised" in text
    assert "%C&A of each stage" in text
    assert "## Promised and achieved" in written
    for said in (
        "Less complete and accurate than promised: Build (10 points lower).",
        "Longer than promised: Draft (10 h more).",
    ):
        assert said in text
        assert said in written.replace("\\", "")


def test_another_scenario_of_the_file_is_chosen_by_name_and_one_that_is_not_there_refused(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    data, promise = files
    assert main(["analyse", data, "--promised", promise, "--promised-name", "nothing"]) == ANALYSED
    assert "It promised no shorter lead time." in capsys.readouterr().out
    assert main(["analyse", data, "--promised", promise, "--promised-name", "Other"]) == WRONG_COMMAND
    assert "--promised-name “Other” is not in the file" in capsys.readouterr().err
    assert main(["analyse", data, "--promised-name", "Other"]) == WRONG_COMMAND
    assert "name it by --promised FILE" in capsys.readouterr().err
