"""Comparison on the command line: another file, two periods or two types of a log; and what cannot be compared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.test_command_line import check_refused
from tests.test_command_line_logs import analyse, file, said
from vsm.command_line import ANALYSED, NOT_ANALYSABLE, WRONG_COMMAND

MAY = "Stage,Processing time (h),Wait time (h)\nDesign,4,16\nBuild,8,24\n"
JUNE = "Step,PT (h),WT (h)\ndesign,4,8\nBuild,8,12\nTest,2,2\n"
PERIODS = (
    "Month,Stage,Processing time (h),Wait time (h)\nJan 2026,Design,4,16\nFeb 2026,Design,4,12\nMar 2026,Design,5,15\n"
)


def log_of(*rows: tuple[str, int, int]) -> str:
    """Write a log of one stage: each item with its type, its day in January, and its hours."""
    lines = [
        f"T-{i},{kind},Build,2026-01-{day:02} 00:00,2026-01-{day:02} {hours:02}:00"
        for i, (kind, day, hours) in enumerate(rows)
    ]
    return "\n".join(["Item,Type,Stage,Start,End", *lines]) + "\n"


FEW = log_of(("Bug", 5, 2), ("Bug", 6, 4), ("Story", 7, 8), ("Story", 8, 12), ("Story", 9, 10))
"""Bugs take 2 and 4 h, stories 8, 12 and 10 h."""


def compared(capsys: Any, *arguments: object) -> dict[str, Any]:
    return said(capsys, *arguments)["comparison"]


def test_another_table(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    may, june = file(tmp_path, MAY, "may.csv"), file(tmp_path, JUNE, "june.csv")
    found = compared(capsys, may, "--compare", june)
    assert found["names"] == ["may.csv", "june.csv"]
    # 4 + 16 + 8 + 24 = 52 h and 4 + 8 + 8 + 12 + 2 + 2 = 36 h.
    assert found["stream"]["lead_time_hours"] == {"first": 52, "second": 36, "difference": -16}
    assert [stage["name"] for stage in found["stages"]] == ["Design", "Build"]
    assert found["stages"][1]["wait_time_hours"]["difference"] == -12
    assert (found["only_in_first"], found["only_in_second"]) == ([], ["Test"])
    assert found["items"] is None
    assert analyse(may, "--compare", june) == ANALYSED
    text = capsys.readouterr().out
    assert "Comparison of may.csv and june.csv" in text
    assert "Only june.csv has the stage Test." in text


def test_another_log_has_an_interval_on_each_difference(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    # Items of 2 and 3 h against items of 12 and 13 h.
    first = log_of(*(("Bug", 1 + i // 2, 2 + i % 2) for i in range(40)))
    second = log_of(*(("Bug", 1 + i // 2, 12 + i % 2) for i in range(40)))
    one, other = file(tmp_path, first, "one.csv"), file(tmp_path, second, "other.csv")
    mean = compared(capsys, one, "--compare", other)["items"]["mean_lead_time_hours"]
    assert (mean["first"], mean["second"], mean["difference"]) == (2.5, 12.5, 10)
    assert mean["beyond_noise"]
    assert mean["interval_95"][0] < 10 < mean["interval_95"][1]


def test_two_types_and_two_periods_of_a_log(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    log = file(tmp_path, FEW)
    types = compared(capsys, log, "--compare-types", "bug", "Story")
    assert types["names"] == ["Type Bug", "Type Story"]
    assert types["stream"]["lead_time_hours"] == {"first": 3, "second": 10, "difference": 7}
    assert types["items"]["mean_lead_time_hours"]["beyond_noise"] is None  # 2 and 3 items tell nothing
    periods = compared(capsys, log, "--compare-periods", "2026-01-05..2026-01-07", "2026-01-08..2026-01-09")
    assert periods["names"] == ["5 Jan – 7 Jan 2026", "8 Jan – 9 Jan 2026"]
    assert periods["stages"][0]["processing_time_hours"]["first"] == pytest.approx((2 + 4 + 8) / 3)
    assert periods["stages"][0]["processing_time_hours"]["second"] == 11


def test_only_the_chosen_items_are_compared(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    options = ("--type", "Story", "--compare-periods", "2026-01-05..2026-01-07", "2026-01-08..2026-01-09")
    assert compared(capsys, file(tmp_path, FEW), *options)["stream"]["lead_time_hours"]["first"] == 8


def test_the_same_file_twice_is_told_apart(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    may = file(tmp_path, MAY, "may.csv")
    found = compared(capsys, may, "--compare", may)
    assert found["names"] == ["may.csv (1)", "may.csv (2)"]
    assert found["stream"]["lead_time_hours"]["difference"] == 0


def test_the_trend_over_periods(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    found = said(capsys, file(tmp_path, PERIODS))["trend"]
    assert found["periods"] == ["Jan 2026", "Feb 2026", "Mar 2026"]
    assert found["stream"]["lead_time_hours"] == {"values": [20, 16, 20], "change": 0, "limits": None}
    assert found["stages"][0]["name"] == "Design"
    assert found["stages"][0]["wait_time_hours"] == {"values": [16, 12, 15], "change": -1, "limits": None}
    assert said(capsys, file(tmp_path, MAY, "may.csv"))["trend"] is None


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--compare-periods", "2026-01-05", "2026-01-08..2026-01-09"), "is not two dates such as"),
        (("--compare-periods", "2026-01-07..2026-01-05", "2026-01-08..2026-01-09"), "ends before it begins"),
        (("--compare-types", "Bug", "Storyy"), "did you mean “Story”?"),
        (("--compare-types", "Bug", "Story", "--compare", "x.csv"), "not allowed with argument"),
    ],
)
def test_a_wrong_command_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path, options, words):
    assert words in check_refused(capsys, analyse(file(tmp_path, FEW), *options), WRONG_COMMAND)


def test_what_a_file_has_not_is_not_compared(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    may = file(tmp_path, MAY, "may.csv")
    refused = check_refused(capsys, analyse(may, "--compare-types", "Bug", "Story"), WRONG_COMMAND)
    assert "--compare-types is for item logs" in refused
    untyped = file(tmp_path, FEW.replace("Type", "Note"), "untyped.csv")
    words = check_refused(capsys, analyse(untyped, "--compare-types", "Bug", "Story"), WRONG_COMMAND)
    assert "no column was read as type" in words
    missing = check_refused(capsys, analyse(may, "--compare", tmp_path / "none.csv"), NOT_ANALYSABLE)
    assert "none.csv" in missing
    prose = file(tmp_path, "Nothing,here\nto,see\n", "prose.csv")
    assert "prose.csv" in check_refused(capsys, analyse(may, "--compare", prose), NOT_ANALYSABLE)
