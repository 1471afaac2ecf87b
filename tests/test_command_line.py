from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.streams import WORKED as STREAM
from vsm.changes import RemoveStage, SetWaitTime
from vsm.command_line import ANALYSED, NOT_ANALYSABLE, WRONG_COMMAND, main
from vsm.plan import PlannedChange, Scenario
from vsm.scenario_file import scenario_text

ROOT = Path(__file__).resolve().parent.parent
WORKED = ROOT / "sample_data" / "software_delivery.csv"
SHARED = ROOT.parent / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data files are not beside this checkout")

SIGNATURES = {"xlsx": b"PK\x03\x04", "png": b"\x89PNG", "pdf": b"%PDF", "html": b"<!DOCTYPE html>", "svg": b"<?xml"}
"""How files of these kinds begin."""


def analyse(*arguments: object) -> int:
    return main(["analyse", *map(str, arguments)])


def as_json(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict:
    assert analyse(*arguments, "--json") == ANALYSED
    return json.loads(capsys.readouterr().out)


def table(folder: Path, text: str, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def check_refused(capsys: pytest.CaptureFixture[str], status: int, expected: int) -> str:
    """Hold a refusal to its form: its status, nothing on standard output, one line on standard error."""
    said = capsys.readouterr()
    assert status == expected, said.err
    assert said.out == ""
    assert said.err.startswith("vsm: ")
    assert len(said.err.strip().splitlines()) == 1
    assert "Traceback" not in said.err
    return said.err


def test_the_text_has_the_worked_streams_figures(capsys: pytest.CaptureFixture[str]):
    assert analyse(WORKED) == ANALYSED
    text = capsys.readouterr().out
    for figure in ("339 h", "13.8643%", "32.3958%", "450.706 h"):
        assert figure in text
    assert "Work waits longest in front of Backlog refinement" in text


def test_the_columns_of_the_text_stand_under_each_other(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    rows = "Stage,PT (h),Wait (h)\n検査,1,2\nProduct discovery,3,4\nCafe\u0301,5,6\n"
    analyse(table(tmp_path, rows))
    lines = capsys.readouterr().out.splitlines()
    wide, plain, accented = (next(line for line in lines if line.startswith(n)) for n in ("検査", "Prod", "Caf"))
    # Two Chinese characters take four columns of a terminal; an accent of its own takes none.
    assert wide.index("1 h") + 2 == plain.index("3 h") == accented.index("5 h") - 1


def test_the_worked_stream_as_json(capsys: pytest.CaptureFixture[str]):
    found = as_json(capsys, WORKED)
    stream = found["stream"]
    assert stream["lead_time_hours"] == pytest.approx(339)
    assert stream["flow_efficiency"] == pytest.approx(0.138643, abs=5e-7)
    assert stream["rolled_complete_accurate"] == pytest.approx(0.323958, abs=5e-7)
    assert stream["lead_time_with_rework_hours"] == pytest.approx(450.706, abs=5e-4)
    assert max(found["queues"], key=lambda q: q["wait_hours"])["before"] == "Backlog refinement"
    assert found["bottleneck"]["stage"] == "Backlog refinement"


@needs_shared
def test_acme_stamping_after_its_ambiguous_column_is_chosen(capsys: pytest.CaptureFixture[str]):
    found = as_json(capsys, SHARED / "acme_stamping_current.csv", "--column", "processing_time=C/T (sec)")
    assert found["stream"]["wait_time_hours"] / found["definitions"]["hours_per_day"] == pytest.approx(23.6)
    assert found["stream"]["processing_time_hours"] * 3600 == pytest.approx(188)


@needs_shared
def test_demand_and_shifts_give_acme_its_takt(capsys: pytest.CaptureFixture[str]):
    # 460 pieces a day in one shift of 7 h 40 min: 27600 s / 460 = 60 s. The C/T of 62 s at Assembly #1 is above it.
    options = ("--column", "processing_time=C/T (sec)", "--hours-per-day", 23 / 3, "--demand", 2300)
    found = as_json(capsys, SHARED / "acme_stamping_current.csv", *options)
    assert found["bottleneck"] | {"evidence": None} == {"stage": "Assembly #1", "kind": "constraint", "evidence": None}
    utilisation = {s["name"]: s["utilisation"] for s in found["stages"]}
    assert utilisation["Assembly #1"] == pytest.approx(62 / 60)


def test_options_reach_the_reading(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    path = table(tmp_path, "Step,A,B,Quality\none,2,1,90\ntwo,4,3,80\n")
    options = ["--column", "stage=Step", "--column", "processing_time=A", "--column", "wait_time=B"]
    options += ["--column", "complete_accurate=Quality", "--unit", "days", "--hours-per-day", "6", "--wait", "before"]
    options += ["--complete-accurate", "outgoing", "--name", "Mine", "--start", "idea", "--end", "use"]
    found = as_json(capsys, path, *options)
    assert found["stream"]["processing_time_hours"] == pytest.approx(6 * 6)
    assert found["definitions"]["wait"] == "before"
    assert found["definitions"]["complete_accurate"] == "outgoing"
    assert [q["before"] for q in found["queues"]] == ["one", "two"]
    analyse(path, *options)
    assert capsys.readouterr().out.startswith("Mine from idea to use\n")


def test_total_rows_are_left_out_unless_asked_for(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    path = table(tmp_path, "Stage,PT (h),Wait (h)\na,1,2\nb,3,4\nTotal,4,6\n")
    assert as_json(capsys, path)["rows"] == {"in": 3, "used": 2, "left_out": 1, "blank": 0}
    assert as_json(capsys, path, "--keep-total-rows")["rows"] == {"in": 3, "used": 3, "left_out": 0, "blank": 0}


def test_reports_and_json_in_one_go(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    kinds = ("html", "xlsx", "md", "csv", "svg", "png", "pdf")
    options = [word for kind in kinds for word in (f"--{kind}", tmp_path / f"out.{kind}")]
    found = as_json(capsys, WORKED, *options)
    assert found["format"] == 1
    for kind in kinds:
        content = (tmp_path / f"out.{kind}").read_bytes()
        assert content.startswith(SIGNATURES.get(kind, b""))
        assert len(content) > 1000


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["analyse"],
        ["draw", "x"],
        ["analyse", "x", "--layout", "pie"],
        ["analyse", "x", "--wait", "sideways"],
        ["analyse", "x", "--column", "Cost"],
        ["analyse", "x", "--column", "cost=A"],
        ["analyse", "x", "--column", "stage="],
        ["analyse", "x", "--unit", "parsec"],
        ["analyse", "x", "--hours-per-day", "0"],
        ["analyse", "x", "--hours-per-day", "25"],
        ["analyse", "x", "--days-per-week", "eight"],
        ["analyse", "x", "--demand", "nan"],
        ["analyse", "x", "--demand", "inf"],
        ["analyse", "x", "--workday", "17:00-09:00"],
        ["analyse", "x", "--workweek", "mondays"],
        ["analyse", "x", "--holidays", "XX"],
        ["analyse", "x", "--timezone", "Mars/Base"],
        ["analyse", "x", "--status", "Review"],
        ["analyse", "x", "--status", "Review=idle"],
        ["analyse", "x", "--timestamp", "left"],
        ["analyse", "x", "--dates", "exclusive"],
        ["analyse", "x", "--stage-order", " , "],
        ["analyse", "x", "--as-of", "soon"],
        ["analyse", "x", "--jso"],
    ],
)
def test_a_wrong_command_line_is_status_2(capsys: pytest.CaptureFixture[str], arguments: list[str]):
    check_refused(capsys, main(arguments), WRONG_COMMAND)


def test_an_output_that_cannot_be_written_is_status_2(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    said = check_refused(capsys, analyse(WORKED, "--csv", tmp_path / "no" / "out.csv"), WRONG_COMMAND)
    assert "out.csv" in said
    check_refused(capsys, analyse(WORKED, "--html", tmp_path), WRONG_COMMAND)


@pytest.mark.parametrize("layout", ["stage log", "event log", "wide dates", "wide durations"])
def test_a_table_of_stages_is_no_log_whatever_is_said(capsys: pytest.CaptureFixture[str], layout: str):
    assert "Choose which" in check_refused(capsys, analyse(WORKED, "--layout", layout), NOT_ANALYSABLE)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02\xff" * 300,
        b"PK\x03\x04 and then nothing of a workbook",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        b"Name,Colour\na,red\nb,blue\n",
        b"%PDF-1.7\n1 0 obj\n",
    ],
)
def test_files_without_a_table_are_status_3(capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes):
    for name in ("file.csv", "file.xlsx", "file"):
        path = tmp_path / name
        path.write_bytes(content)
        check_refused(capsys, analyse(path), NOT_ANALYSABLE)


def test_what_is_no_file_is_status_3(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    for path in (tmp_path / "missing.csv", tmp_path, f"{tmp_path}/nul\0byte.csv", "x" * 5000):
        check_refused(capsys, analyse(path), NOT_ANALYSABLE)


def test_a_long_name_does_not_push_the_figures_away(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    path = table(tmp_path, f"Stage,PT (h),Wait (h)\n{'long ' * 60},1,2\nb,3,4\n")
    assert analyse(path) == ANALYSED
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("b "))
    assert line.index("3 h") < 50


def test_an_ambiguous_column_is_a_question_with_a_way_to_answer(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    path = table(tmp_path, "Stage,Cycle time (h),Wait (h)\na,1,2\nb,3,4\n")
    assert analyse(path) == ANALYSED
    asked = capsys.readouterr().out
    assert "--column ROLE=HEADER" in asked
    assert analyse(path, "--column", "processing_time=Cycle time (h)") == ANALYSED
    assert "--column ROLE=HEADER" not in capsys.readouterr().out


def test_names_cannot_command_the_terminal(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    path = table(tmp_path, "Stage,PT (h),Wait (h)\n\x1b[2Jgone\u202e,1,2\nb,3,4\n")
    assert analyse(path) == ANALYSED
    out = capsys.readouterr().out
    assert "gone" in out
    assert not {"\x1b", "\u202e"} & set(out)


def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    command = [sys.executable, "-m", "vsm", "analyse", *arguments]
    return subprocess.run(command, env=environment, timeout=60, stderr=subprocess.PIPE, **options)  # type: ignore[call-overload]


def test_output_is_utf8_whatever_the_console(tmp_path: Path):
    path = table(tmp_path, "Stage,PT (h),Wait (h)\nPrüfung 検査,1,2\nb,3,4\n")
    done = run(str(path), "--json", stdout=subprocess.PIPE)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode("utf-8"))["stages"][0]["name"] == "Prüfung 検査"


def test_a_reader_that_has_seen_enough_is_no_fault():
    reading, writing = os.pipe()
    os.close(reading)
    done = run(str(WORKED), stdout=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_refusal_names_the_option_that_answers_it(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    path = table(tmp_path, "Process,C/T (sec),C/O (min)\nStamp,1,60\nWeld,39,10\n")
    said = check_refused(capsys, analyse(path), NOT_ANALYSABLE)
    assert "cycle time has four meanings" in said
    assert 'such as --column processing_time="C/T (sec)";' in said
    found = as_json(capsys, path, "--column", "processing_time=C/T (sec)")
    assert found["stream"]["processing_time_hours"] == pytest.approx(40 / 3600)


@pytest.mark.parametrize(
    ("rows", "option"),
    [
        ("Step,PT (h)\na,1\nb,2\nTotal,3\n", "--keep-total-rows"),
        ("Step,PT (h)\na,1\nb,2\nTakt time,3\n", "--keep-total-rows"),
        ("Step,PT\na,1\nb,2\n", "--unit"),
        ("Step,PT (h)\na,1\nPhase two,\n", None),
    ],
)
def test_a_problem_names_the_option_that_undoes_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, rows: str, option: str | None
):
    assert analyse(table(tmp_path, rows)) == ANALYSED
    said = capsys.readouterr().out
    assert [name for name in ("--keep-total-rows", "--unit", "--column", "--sheet") if name in said] == (
        [] if option is None else [option]
    )


def test_prose_is_called_prose(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    path = table(tmp_path, "Dear all,\nplease find attached the notes of the workshop.\nBest\n")
    said = check_refused(capsys, analyse(path), NOT_ANALYSABLE)
    assert "reads like prose or a plain list and not like a table" in said
    assert "--column" not in said


PERIODS = (
    "Month,Stage,Processing time (h),Wait time (h)\n2026-01,Design,4,16\n2026-01,Build,8,24\n"
    "2026-02,Design,4,12\n2026-02,Build,8,16\n"
)


def test_a_table_of_several_periods_gives_the_figures_of_each(tmp_path, capsys):
    """Lead times by hand: 4 + 16 + 8 + 24 = 52 h in January, 4 + 12 + 8 + 16 = 40 h in February."""
    file = table(tmp_path, PERIODS)
    found = as_json(capsys, file)
    assert found["rows"] == {"in": 4, "used": 4, "left_out": 0, "blank": 0}
    assert [stage["name"] for stage in found["stages"]] == ["Design", "Build"]
    assert found["stream"]["lead_time_hours"] == 40
    assert [(p["name"], p["stream"]["lead_time_hours"]) for p in found["periods"]] == [("2026-01", 52), ("2026-02", 40)]
    assert [stage["wait_time_hours"] for stage in found["periods"][0]["stages"]] == [16, 24]


def test_another_period_than_the_latest_is_analysed_by_its_name(tmp_path, capsys):
    file = table(tmp_path, PERIODS)
    assert analyse(file, "--period", "Jan 2026") == ANALYSED
    said = capsys.readouterr().out
    assert "(52 h)" in said
    assert "Period 2026-01, of 2 from 2026-01 to 2026-02." in said
    assert "- Lead time fell from 6.5 days (2026-01) to 5 days (2026-02)." in said
    refused = check_refused(capsys, analyse(file, "--period", "2026-03"), WRONG_COMMAND)
    assert "--period names “2026-03”, which the file does not have" in refused
    assert "It has “2026-01”, “2026-02”." in refused


def test_a_table_of_one_period_has_no_periods(tmp_path, capsys):
    file = table(tmp_path, "Stage,Processing time (h),Wait time (h)\nDesign,4,16\n")
    assert as_json(capsys, file)["periods"] is None
    refused = check_refused(capsys, analyse(file, "--period", "2026-01"), WRONG_COMMAND)
    assert "the file states the stages of one period only" in refused


@pytest.fixture
def scenario_file(tmp_path: Path) -> Path:
    planned = (
        PlannedChange(change=SetWaitTime(stage="Product discovery", hours=40.0)),
        PlannedChange(change=RemoveStage(stage="Nowhere")),
    )
    path = tmp_path / "scenarios.json"
    path.write_text(scenario_text(STREAM, (Scenario(name="Less waiting", planned=planned), Scenario(name="Empty"))))
    return path


def test_a_scenario_adds_its_future_state(capsys: pytest.CaptureFixture[str], scenario_file: Path):
    found = as_json(capsys, WORKED, "--scenario", scenario_file)
    future = found["future"]
    assert future["name"] == "Less waiting"
    assert future["stream"]["lead_time_hours"] == 299  # 40 of 339 h less
    assert set(future["stream"]) == set(found["stream"])
    assert [set(stage) for stage in future["stages"]] == [set(stage) for stage in found["stages"]]
    before, after = (side["lead_time_with_rework_hours"] for side in (found["stream"], future["stream"]))
    assert future["saves_hours"] == before - after
    assert (future["overloaded"], future["queue_grows_at"]) == ([], [])  # no demand is known
    assert set(future["bottleneck"]) == set(found["bottleneck"])
    (step,), (refused,) = future["steps"], future["refused"]
    assert step["change"] == {"stage": "Product discovery", "hours": 40.0, "kind": "set wait time"}
    assert step["saves_hours"] == future["saves_hours"]
    assert refused["text"] == "The stream has no stage called Nowhere at this point."


def test_the_text_has_the_future_state(capsys: pytest.CaptureFixture[str], scenario_file: Path):
    assert analyse(WORKED, "--scenario", scenario_file) == ANALYSED
    text = capsys.readouterr().out
    assert "Future state: Less waiting" in text
    assert "- Shorten the wait behind Product discovery from 10 days to 5 days. Saves 6.6 days." in text
    assert "- Left out: “Do without Nowhere”." in text


def test_another_scenario_of_the_file_is_chosen_by_name(capsys: pytest.CaptureFixture[str], scenario_file: Path):
    found = as_json(capsys, WORKED, "--scenario", scenario_file, "--scenario-name", "empty")
    assert (found["future"]["name"], found["future"]["saves_hours"]) == ("Empty", 0)
    assert as_json(capsys, WORKED)["future"] is None


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--scenario", WORKED), "This is no scenario file"),
        (("--scenario", "nowhere.json"), "cannot be read"),
        (("--scenario-name", "Empty"), "name it by --scenario FILE"),
    ],
)
def test_a_wrong_scenario_is_refused(capsys: pytest.CaptureFixture[str], options: tuple[object, ...], said: str):
    assert said in check_refused(capsys, analyse(WORKED, *options), WRONG_COMMAND)


def test_a_scenario_that_the_file_does_not_have_is_refused(capsys: pytest.CaptureFixture[str], scenario_file: Path):
    status = analyse(WORKED, "--scenario", scenario_file, "--scenario-name", "Other")
    assert "which has “Less waiting”, “Empty”" in check_refused(capsys, status, WRONG_COMMAND)
