"""Item logs on the command line: every layout and option, and the keys of the published contract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests import logs_by_hand as by_hand
from tests.test_command_line import check_refused, needs_shared
from vsm.command_line import ANALYSED, NOT_ANALYSABLE, WRONG_COMMAND, main

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
PATIENTS = SHARED / "bupar_patients.csv"
JAM = SHARED / "jam_large_cycle_time.csv"
TABLE = "Stage,Processing time (h),Wait time (h)\nDesign,4,16\nBuild,20,40\n"


def analyse(*arguments: object) -> int:
    return main(["analyse", *map(str, arguments)])


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    assert analyse(*arguments, "--json") == ANALYSED
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def events(tmp_path: Path) -> Path:
    return file(tmp_path, by_hand.EVENTS)


def file(folder: Path, text: str, name: str = "log.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@needs_shared
@pytest.mark.parametrize(
    ("options", "mean", "median"),
    [((), 576_833.0, 525_788), (("--clock", "working", "--timezone", "UTC"), 137_057.9, 140_567.5)],
    ids=("elapsed", "working"),
)
def test_published_patients(capsys: pytest.CaptureFixture[str], options: tuple[str, ...], mean: float, median: float):
    found = said(capsys, PATIENTS, *options)
    times = found["items"]["lead_time_hours"]
    assert times["mean"] * 3600 == pytest.approx(mean, abs=0.05)
    assert times["median"] * 3600 == pytest.approx(median, abs=0.5)
    assert found["stream"]["lead_time_hours"] == pytest.approx(times["mean"])
    assert (found["items"]["count"], found["items"]["variants"], found["layout"]) == (500, 7, "event log")
    if not options:
        assert found["stream"]["flow_efficiency"] == pytest.approx(0.173184, abs=5e-7)


@needs_shared
def test_published_dates(capsys: pytest.CaptureFixture[str]):
    # The authors' lead times of A-13 to A-18 by plain difference: from Committed to Done five times 5 days and once 4.
    found = said(capsys, JAM, "--dates", "difference", "--status", "Backlog=ignore")
    times = found["items"]["lead_time_hours"]
    assert times["mean"] == pytest.approx(24 * (5 * 5 + 4) / 6)
    assert times["p95"] == pytest.approx(24 * 5)
    assert found["items"]["finished"] == 6
    assert (found["items"]["from"], found["items"]["to"]) == ("2018-01-07", "2018-01-09")


def test_keys_are_those_of_the_contract(capsys: pytest.CaptureFixture[str], events: Path):
    found = said(capsys, events)
    assert found["measured"] is True
    assert found["layout"] == "event log"
    assert found["items"] == {
        "count": 3,
        "finished": 2,
        "only_finish_known": 0,
        "open": 1,
        "cancelled": 0,
        # 32 and 22 h; between the two of them percentiles lie on a straight line.
        "lead_time_hours": pytest.approx({"mean": 27, "median": 27, "p70": 29, "p85": 30.5, "p95": 31.5}),
        "sent_back": 1,
        "variants": 3,
        "from": "2026-01-06",
        "to": "2026-01-06",
        "as_of": "2026-01-06T16:00:00+00:00",
        "chosen": None,
    }
    assert found["definitions"]["clock"] == "elapsed"
    assert found["rows"] == {"in": 12, "used": 12, "left_out": 0, "blank": 0}
    assert found["stages"][1] == {
        "name": "Test",
        "processing_time_hours": pytest.approx(5),
        "wait_time_hours": pytest.approx(12),
        "complete_accurate": pytest.approx(2 / 3),
        "batch_size": None,
        "handoffs": None,
        "expected_visits": None,
        "utilisation": None,
        "visits": 3,
    }
    assert found["stream"]["lead_time_with_rework_hours"] == found["stream"]["lead_time_hours"] == pytest.approx(27)
    assert found["stream"]["overlap_hours"] == 0
    assert found["queues"][-1] == {"after": "Build", "before": "Test", "wait_hours": pytest.approx(12)}


def test_steps_side_by_side_say_their_overlap(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    found = said(capsys, file(tmp_path, by_hand.INTERVALS))
    assert found["layout"] == "stage log"
    assert found["stream"]["overlap_hours"] == pytest.approx(0.25)


def test_what_is_not_divided_has_a_lead_time_and_no_flow_efficiency(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    stream = said(capsys, file(tmp_path, by_hand.COMPLETED))["stream"]
    assert stream["lead_time_hours"] == pytest.approx(3)
    assert (stream["processing_time_hours"], stream["wait_time_hours"], stream["flow_efficiency"]) == (None, None, None)
    assert analyse(tmp_path / "log.csv") == ANALYSED
    stage = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("Stage "))
    assert stage.split() == ["Stage", "Time", "%C&A", "Visits"]


@pytest.mark.parametrize(
    ("options", "lead_time"),
    [
        (("--clock", "working"), 11.5),
        # Only Tuesday 6 January counts, 9 to 12: A is there all 3 h; B is done at 6.
        (("--clock", "working", "--workday", "09:00-12:00", "--workweek", "tue"), 1.5),
        # Berlin is an hour ahead: without a zone of its own 08:00 is 07:00 UTC, and the working day moves along.
        (("--clock", "working", "--timezone", "Europe/Berlin"), 11.5),
        # Epiphany is no working day in Bavaria: A works Monday 8 to 17, B too.
        (("--clock", "working", "--holidays", "DE-BY"), 8.0),
        (("--timestamp", "entered"), 27),
        # From its first row to its last: A 32 h and B 22 h; C has one row alone, and took no time.
        (("--timestamp", "completed"), 18),
        (("--status", "To do=ignore"), (30 + 18) / 2),
        # Done on entering Test for good: A on Tuesday at 14, B at 2.
        (("--status", "Test=done"), (30 + 18) / 2),
    ],
)
def test_options_reach_the_log(
    capsys: pytest.CaptureFixture[str], events: Path, options: tuple[str, ...], lead_time: float
):
    assert said(capsys, events, *options)["stream"]["lead_time_hours"] == pytest.approx(lead_time)


def test_holidays_from_a_file(capsys: pytest.CaptureFixture[str], events: Path, tmp_path: Path):
    days = file(tmp_path, "# closed\n2026-01-06\n", "closed.txt")
    found = said(capsys, events, "--clock", "working", "--holidays", days)
    assert found["stream"]["lead_time_hours"] == pytest.approx(8)
    days.write_text("tomorrow\n", encoding="utf-8")
    refused = check_refused(capsys, analyse(events, "--clock", "working", "--holidays", days), WRONG_COMMAND)
    assert "tomorrow" in refused


def test_the_order_of_the_stages_says_what_is_back(capsys: pytest.CaptureFixture[str], events: Path):
    found = said(capsys, events, "--stage-order", "Test, Build")
    assert [stage["name"] for stage in found["stages"]] == ["Test", "Build"]
    assert found["items"]["sent_back"] == 3  # each move from Build to Test is one now


def test_the_as_of_date_ends_with_its_day(capsys: pytest.CaptureFixture[str], events: Path):
    assert said(capsys, events, "--as-of", "2026-01-09")["items"]["as_of"].startswith("2026-01-09T23:59")
    assert said(capsys, events, "--as-of", "2026-01-09T12:00")["items"]["as_of"].startswith("2026-01-09T12:00")


def test_columns_and_layout_can_be_said(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    path = file(tmp_path, by_hand.INTERVALS)
    found = said(capsys, path, "--column", "stage=Resource", "--column", "ignore=Activity", "--layout", "stage log")
    assert [stage["name"] for stage in found["stages"]] == ["Ann", "Bob"]
    odd = file(tmp_path, "A;B;C\n1;x;2026-01-05 10:00\n1;y;2026-01-05 12:00\n", "odd.csv")
    roles = ("--column", "item=A", "--column", "stage=B", "--column", "timestamp=C")
    assert said(capsys, odd, *roles)["items"]["count"] == 1


@pytest.mark.parametrize(
    "options",
    [
        ("--wait", "before"),
        ("--keep-total-rows",),
        ("--demand", "10"),
        ("--column", "batch_size=Key", "--layout", "event log"),
        ("--workday", "09:00-17:00"),
    ],
)
def test_an_option_without_effect_on_a_log_is_status_2(
    capsys: pytest.CaptureFixture[str], events: Path, options: tuple[str, ...]
):
    check_refused(capsys, analyse(events, *options), WRONG_COMMAND)


@pytest.mark.parametrize(
    "options",
    [
        ("--clock", "working"),
        ("--status", "Design=wait"),
        ("--dates", "difference"),
        ("--column", "item=Stage", "--layout", "stage table"),
    ],
)
def test_an_option_without_effect_on_a_table_is_status_2(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, options: tuple[str, ...]
):
    check_refused(capsys, analyse(file(tmp_path, TABLE), *options), WRONG_COMMAND)


def test_a_log_read_as_a_table_says_what_is_missing(capsys: pytest.CaptureFixture[str], events: Path):
    check_refused(capsys, analyse(events, "--layout", "stage table"), NOT_ANALYSABLE)


def test_the_text_says_how_much_was_measured(capsys: pytest.CaptureFixture[str], events: Path):
    assert analyse(events) == ANALYSED
    text = capsys.readouterr().out
    assert "means over 2 items finished from 6 January 2026 to 6 January 2026" in text
    assert "1 item is still open on 6 January 2026" in text
    assert "someone wrote" not in text


def test_all_reports_of_a_log(tmp_path: Path, events: Path):
    kinds = ("html", "xlsx", "md", "csv", "svg", "png", "pdf")
    assert analyse(events, *(word for kind in kinds for word in (f"--{kind}", tmp_path / f"out.{kind}"))) == ANALYSED
    assert all((tmp_path / f"out.{kind}").stat().st_size > 200 for kind in kinds)


def test_a_problem_of_hundreds_of_rows_does_not_fill_the_screen(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    path = file(tmp_path, by_hand.EVENTS + "D,Build,soon\n,Build,2026-01-05\n" * 300)
    assert analyse(path) == ANALYSED
    assert max(len(line) for line in capsys.readouterr().out.splitlines()) < 600
    messages = [problem["message"] for problem in said(capsys, path)["problems"]]
    assert any("600" in message or "300" in message for message in messages)


def test_the_unit_of_durations_that_name_none(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    path = file(tmp_path, "Key,Build,Test\nA,3,2\nB,1,2\n", "times.csv")
    found = said(capsys, path, "--layout", "wide durations", "--unit", "days", "--hours-per-day", "10")
    assert found["stream"]["lead_time_hours"] == pytest.approx(40)


@pytest.mark.parametrize("options", [("--status", "Tset=wait"), ("--stage-order", "Build,Tset")])
def test_a_name_that_the_file_does_not_have_is_status_2(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, options: tuple[str, ...]
):
    path = file(tmp_path, "Item,Status,Timestamp\nA,Build,2026-01-05\nA,Test,2026-01-06\nA,Done,2026-01-07\n")
    assert analyse(path, *options) == WRONG_COMMAND
    assert "“Tset”, which the file does not have (did you mean “Test”?)" in capsys.readouterr().err


def test_the_rows_of_several_sheets_are_told_by_sheet(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    workbook = openpyxl.Workbook()
    for sheet, key, time in ((workbook.worksheets[0], "A", "soon"), (workbook.create_sheet(), "B", "2026-01-07")):
        sheet.title = f"Team {key}"
        for row in (["Key", "Status", "Changed"], [key, "Doing", "2026-01-05"], [], [key, "Done", time]):
            sheet.append(row)
    path = tmp_path / "teams.xlsx"
    workbook.save(path)
    found = said(capsys, str(path))
    assert found["sheets"] == [
        {"sheet": "Team A", "rows": {"in": 3, "used": 1, "left_out": 1, "blank": 1}},
        {"sheet": "Team B", "rows": {"in": 3, "used": 2, "left_out": 0, "blank": 1}},
    ]
    assert found["rows"] == {"in": 6, "used": 3, "left_out": 1, "blank": 2}
    assert [(p["sheet"], p["row"]) for p in found["problems"]] == [(None, None), ("Team A", 4)]
    workbook.worksheets[1]["A2"] = "A"
    workbook.save(path)
    assert said(capsys, str(path))["items"]["count"] == 2
    assert said(capsys, str(path), "--items-by-sheet")["items"]["count"] == 3
    alone = said(capsys, str(path), "--sheet", "Team B")
    assert (alone["rows"]["in"], "sheets" in alone) == (3, False)
    refused = check_refused(capsys, analyse(str(path), "--sheet", "Team C"), WRONG_COMMAND)
    assert "--sheet names “Team C”, which the file does not have" in refused


def test_where_every_row_is_left_out_the_first_reasons_are_said(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    rows = "".join(f"{item},Done,2026-01-{day}\n" for item, day in (("A", 41), ("B", 42), ("C", 43), ("D", 44)))
    code = analyse(file(tmp_path, "Item,Status,Changed\nX,To do,\n" + rows), "--layout", "event log",
                   "--column", "timestamp=Changed")  # fmt: skip
    said_of_it = capsys.readouterr().err
    assert code != 0
    assert "Row 3 has a time that cannot be read (“2026-01-41” in column “Changed”)" in said_of_it
    assert "There are 2 more problems." in said_of_it
