"""Several item logs on the command line: joined by item, each with its own choices, in one JSON object."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.logs.test_joining import DEPLOYMENTS, TRACKER
from tests.test_command_line import check_refused
from tests.test_command_line_logs import analyse, file, said
from vsm.command_line import ANALYSED, NOT_ANALYSABLE, WRONG_COMMAND
from vsm.reading.log_shapes import LogChoices, LogRole
from vsm.settings_file import Settings, settings_text


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    return file(tmp_path, TRACKER, "tracker.csv")


def test_a_list_of_deployments_is_joined(capsys: pytest.CaptureFixture[str], tmp_path: Path, tracker: Path):
    deployments = file(tmp_path, DEPLOYMENTS + "A-9,2026-01-08 08:00\n", "deployments.csv")
    found = said(capsys, tracker, "--and", deployments)
    # 52 h and 60 h, as in the test of joining.
    assert found["items"]["lead_time_hours"]["mean"] == 56
    assert [(s["name"], s["wait_time_hours"]) for s in found["stages"]] == [("In progress", 14), ("Deployed", 18)]
    assert found["rows"] == {"in": 12, "used": 11, "left_out": 1, "blank": 0}
    assert found["files"] == [
        {
            "file": "tracker.csv",
            "layout": "event log",
            "rows": {"in": 9, "used": 9, "left_out": 0, "blank": 0},
            "items": 3,
            "items_in_other_files": 2,
        },
        {
            "file": "deployments.csv",
            "layout": "wide dates",
            "rows": {"in": 3, "used": 2, "left_out": 1, "blank": 0},
            "items": 3,
            "items_in_other_files": 2,
        },
    ]
    assert [(p["file"], p["row"], p["found"]) for p in found["problems"]] == [("deployments.csv", 4, "A-9")]


def test_one_file_alone_names_no_files(capsys: pytest.CaptureFixture[str], tracker: Path):
    assert "files" not in said(capsys, tracker)


def test_each_file_has_its_own_choices(capsys: pytest.CaptureFixture[str], tmp_path: Path, tracker: Path):
    live = file(tmp_path, "Ref,Date,Other\nA-1,07/01/2026 13:00,A-2\n", "live.csv")
    reviews = file(tmp_path, "Key,Status,Changed\nA-1,Review,2026-01-06 10:00\n", "reviews.csv")
    of_live = ("--and", live, "--and-column", "item=Ref", "--and-timezone", "Europe/Berlin", "--and-called", "Live")
    found = said(capsys, tracker, *of_live, "--and", reviews)
    assert [stage["name"] for stage in found["stages"]] == ["In progress", "Review", "Live"]
    # From 8:00 on the 5th to 13:00 in Berlin, which is 12:00 UTC, on the 7th.
    assert found["items"]["lead_time_hours"]["mean"] == 52
    assert [part["file"] for part in found["files"]] == ["tracker.csv", "live.csv", "reviews.csv"]


def test_what_a_status_means_is_said_for_all_files(capsys: pytest.CaptureFixture[str], tmp_path: Path, tracker: Path):
    deployments = file(tmp_path, DEPLOYMENTS, "deployments.csv")
    found = said(capsys, tracker, "--and", deployments, "--status", "Done=done")
    assert found["items"]["finished"] == 3
    assert found["items"]["lead_time_hours"]["mean"] == pytest.approx(124 / 3)


def test_the_text_says_what_each_file_gave(capsys: pytest.CaptureFixture[str], tmp_path: Path, tracker: Path):
    assert analyse(tracker, "--and", file(tmp_path, DEPLOYMENTS, "deployments.csv")) == ANALYSED
    text = capsys.readouterr().out
    assert "Read from tracker.csv and deployments.csv: 11 rows" in text
    assert "Of these rows, deployments.csv has 2: 2 used, 0 left out and 0 blank." in text


def test_reports_say_what_each_file_gave(tmp_path: Path, tracker: Path):
    page, book = tmp_path / "a.html", tmp_path / "a.xlsx"
    deployments = file(tmp_path, DEPLOYMENTS, "deployments.csv")
    assert analyse(tracker, "--and", deployments, "--html", page, "--xlsx", book) == ANALYSED
    assert "Of these rows, deployments.csv has 2: 2 used" in page.read_text(encoding="utf-8")


def test_items_that_are_in_one_file_only_are_not_named_where_names_are_left_out(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, tracker: Path
):
    deployments = file(tmp_path, DEPLOYMENTS + "Q-9,2026-01-08 08:00\n", "deployments.csv")
    found = said(capsys, tracker, "--and", deployments, "--no-item-names")
    assert found["files"][1]["items_in_other_files"] == 2
    assert "Q-9" not in str(found)
    assert analyse(tracker, "--and", deployments, "--no-item-names") == ANALYSED
    text = capsys.readouterr().out
    assert "Q-9" not in text
    assert "A-1" not in text


def test_what_speaks_of_no_file_is_refused(capsys: pytest.CaptureFixture[str], tracker: Path):
    assert "comes after its --and FILE" in check_refused(
        capsys, analyse(tracker, "--and-called", "Live"), WRONG_COMMAND
    )


def test_tables_of_stages_are_not_joined(capsys: pytest.CaptureFixture[str], tmp_path: Path, tracker: Path):
    table = file(tmp_path, "Stage,Processing time (h),Wait time (h)\nDesign,4,16\nBuild,20,40\n", "table.csv")
    assert "--and is for item logs" in check_refused(capsys, analyse(table, "--and", tracker), WRONG_COMMAND)


def test_what_spark_reads_is_one_table(capsys: pytest.CaptureFixture[str], tracker: Path):
    status = analyse(f"spark:{tracker}", "--and", tracker)
    assert "--and cannot be used with spark:" in check_refused(capsys, status, WRONG_COMMAND)


@pytest.mark.parametrize("text", ["Foo,Bar\n1,x\n", ""], ids=("no columns", "empty"))
def test_a_file_that_cannot_be_joined_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, tracker: Path, text: str
):
    assert "list.csv" in check_refused(
        capsys, analyse(tracker, "--and", file(tmp_path, text, "list.csv")), NOT_ANALYSABLE
    )


def test_settings_hold_the_choices_of_each_file(capsys: pytest.CaptureFixture[str], tmp_path: Path, tracker: Path):
    of_live = LogChoices(columns=((LogRole.ITEM, "Ref"),), timezone="Europe/Berlin", called="Live")
    settings = file(tmp_path, settings_text(Settings(choices=LogChoices(), added=(of_live,))), "settings.json")
    live = file(tmp_path, "Ref,Date,Other\nA-1,07/01/2026 13:00,A-2\n", "live.csv")
    found = said(capsys, tracker, "--settings", settings, "--and", live)
    assert found["items"]["lead_time_hours"]["mean"] == 52
    assert found["stages"][-1]["name"] == "Live"
    found = said(capsys, tracker, "--settings", settings, "--and", live, "--and-called", "Out")
    assert found["stages"][-1]["name"] == "Out"
