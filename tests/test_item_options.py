"""Items chosen on the command line: which are left, what is said of them, and which names are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_command_line import check_refused
from tests.test_command_line_logs import analyse, file, said
from vsm.command_line import ANALYSED, NOT_ANALYSABLE, WRONG_COMMAND

LOG = """Case,Activity,Start,End,Resource,Type,Team
1,Cut,2026-01-05 09:00,2026-01-05 11:00,Ann,Bug,Red
1,Sew,2026-01-05 11:00,2026-01-05 12:00,Bob,Bug,Blue
2,Cut,2026-01-06 09:00,2026-01-06 14:00,Ann,Story,Red
3,Cut,2026-01-07 09:00,2026-01-07 10:00,Bob,Story,Blue
4,Cut,2026-01-08 09:00,2026-01-08 16:00,Cy,bug,
"""
"""Lead times 3, 5, 1 and 7 h. Ann worked on 1 and 2, Bob on 1 and 3; item 1 was with Red, then with Blue."""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return file(tmp_path, LOG)


@pytest.mark.parametrize(
    ("options", "lead_time", "items"),
    [
        (("--type", "Story"), (5 + 1) / 2, 2),
        (("--type", "Bug"), 3, 1),
        (("--type", "BUG"), (3 + 7) / 2, 2),  # no type is written so: both that differ in case alone are meant
        (("--type", "Bug", "--type", "Story"), (3 + 5 + 1) / 3, 3),
        (("--team", "Red"), (3 + 5) / 2, 2),
        (("--team", "Blue"), (3 + 1) / 2, 2),
        (("--team", "Red", "--team", "Blue"), (3 + 5 + 1) / 3, 3),
        (("--person", "Bob"), (3 + 1) / 2, 2),  # of item 1 Ann's 2 h count, too: items are whole
        (("--person", "bob", "--team", "Red"), 3, 1),
        (("--from", "2026-01-06", "--to", "2026-01-07"), (5 + 1) / 2, 2),
        (("--from", "2026-01-08"), 7, 1),
    ],
)
def test_chosen_items_are_measured_alone(capsys, log, options, lead_time, items):
    found = said(capsys, log, *options)
    assert found["stream"]["lead_time_hours"] == pytest.approx(lead_time)
    assert found["items"]["count"] == items
    assert found["items"]["chosen"]["items_in_file"] == 4
    assert found["rows"]["used"] == 5  # the rows of the file, whatever was chosen of it


def test_what_was_asked_stands_in_the_answer(capsys, log):
    options = ("--type", "Story", "--person", "bob", "--to", "2026-01-07")
    assert said(capsys, log, *options)["items"]["chosen"] == {
        "types": ["Story"],
        "teams": [],
        "people": ["Bob"],
        "finished_from": None,
        "finished_to": "2026-01-07",
        "items_in_file": 4,
    }
    assert analyse(log, *options) == ANALYSED
    assert "Only Story, with Bob, finished to 7 January 2026: 1 of 4 items." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "status", "words"),
    [
        (("--type", "Storys"), WRONG_COMMAND, "did you mean “Story”?"),
        (("--team", "Green"), WRONG_COMMAND, "--team names “Green”, which the file does not have"),
        (("--person", "An"), WRONG_COMMAND, "did you mean “Ann”?"),
        (("--from", "2026-02-01", "--to", "2026-01-01"), WRONG_COMMAND, "lies behind"),
        (("--from", "1/2/2026"), WRONG_COMMAND, "is not a date such as 2026-03-31"),
        (("--team", "Blue", "--from", "2026-01-08"), NOT_ANALYSABLE, "No item of"),
    ],
)
def test_what_the_file_does_not_have_is_refused(capsys, log, options, status, words):
    assert words in check_refused(capsys, analyse(log, *options), status)


def test_a_name_needs_a_column_and_a_day_needs_dates(capsys, tmp_path):
    durations = file(tmp_path, "Key,Waiting (h),Doing (h)\nP,6,2\nQ,10,6\n")
    assert "--column team=HEADER" in check_refused(capsys, analyse(durations, "--team", "Red"), WRONG_COMMAND)
    assert "gives no dates" in check_refused(capsys, analyse(durations, "--from", "2026-01-01"), WRONG_COMMAND)
    table = file(tmp_path, "Stage,Processing time (h),Wait time (h)\nDesign,4,16\nBuild,20,40\n", "table.csv")
    assert "--team is for item logs" in check_refused(capsys, analyse(table, "--team", "Red"), WRONG_COMMAND)
