"""Logs of completed activities: what a person says that an activity means takes effect, or is answered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vsm.command_line import main
from vsm.items.build import Status, StatusKind
from vsm.items.facts import measure
from vsm.opening import MeasuredReading, read_data
from vsm.reading.log_shapes import LogChoices, Stamp
from vsm.worktime import ElapsedClock

LOG = """case:concept:name,concept:name,time:timestamp
A,Register,2026-01-05T08:00
A,Check,2026-01-05T12:00
A,Pay,2026-01-05T18:00
A,Remind,2026-01-05T20:00
B,Register,2026-01-05T08:00
B,Check,2026-01-05T10:00
C,Register,2026-01-05T08:00
C,Pay,2026-01-05T09:00
C,Check,2026-01-05T11:00
C,Pay,2026-01-05T14:00
D,Register,2026-01-05T08:00
D,Refuse,2026-01-05T09:00
"""
"""Until their last rows A takes 12 h, B 2, C 6 and D 1: 21 / 4 on average."""


def understood(**kinds: StatusKind) -> MeasuredReading:
    given = tuple(Status(name=name, kind=kind, stage="") for name, kind in kinds.items())
    reading = read_data(LOG.encode(), "log.csv", LogChoices(statuses=given))
    assert isinstance(reading, MeasuredReading)
    return reading


def test_without_a_word_an_item_is_finished_at_its_last_row():
    measured = understood().stream.measured
    assert (measured.finished, measured.lead_times.mean) == (4, 21 / 4)
    assert measured.finish_assumed


def test_an_activity_said_to_be_done_finishes_the_items_that_completed_it_last():
    reading = understood(Pay=StatusKind.DONE)
    measured = reading.stream.measured
    # A was reminded after it had paid, B never paid: both are open. C paid, was checked again, and paid again.
    assert (measured.finished, measured.open, measured.lead_times.mean) == (1, 3, 6)
    assert not measured.finish_assumed
    found = measure(reading.log, ElapsedClock()).stages
    assert dict(zip(reading.log.stages, found.sent_back.tolist(), strict=True)) == {
        "Register": 0, "Check": 0, "Pay": 2, "Remind": 0, "Refuse": 0
    }  # fmt: skip
    assert any("last activity that it completed is “Pay”" in note for note in reading.notes)


def test_an_activity_said_to_cancel_and_one_said_to_be_ignored():
    reading = understood(Refuse=StatusKind.CANCELLED, Remind=StatusKind.IGNORE)
    measured = reading.stream.measured
    assert (measured.finished, measured.cancelled, measured.lead_times.mean) == (3, 1, (10 + 2 + 6) / 3)
    assert (reading.rows.used, reading.rows.left_out) == (11, 1)
    assert "Remind" not in reading.log.stages


def test_activities_of_one_stage_count_together():
    given = tuple(Status(name=name, kind=StatusKind.ACTIVE, stage="Money") for name in ("Pay", "Remind"))
    reading = read_data(LOG.encode(), "log.csv", LogChoices(statuses=given))
    assert set(reading.log.stages) == {"Register", "Check", "Money", "Refuse"}
    times = {stage.name: stage.undivided_time for stage in reading.stream.stages}
    assert times["Money"] == pytest.approx((6 + 2 + 1 + 3) / 4)


def test_an_activity_said_to_wait_is_answered_and_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    reading = understood(Check=StatusKind.WAIT)
    assert reading.stream.measured.lead_times.mean == 21 / 4
    (note,) = [note for note in reading.notes if "said to wait" in note]
    assert note.startswith("“Check” was said to wait, which changes nothing")
    (tmp_path / "log.csv").write_text(LOG)
    assert main(["analyse", str(tmp_path / "log.csv"), "--json", "--status", "Check=wait"]) == 0
    assert note in json.loads(capsys.readouterr().out)["notes"]


def test_the_json_counts_what_is_open_and_what_was_cancelled(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "log.csv").write_text(LOG)
    assert (
        main(["analyse", str(tmp_path / "log.csv"), "--json", "--status", "Pay=done", "--status", "Refuse=cancelled"])
        == 0
    )
    items = json.loads(capsys.readouterr().out)["items"]
    assert (items["count"], items["finished"], items["open"], items["cancelled"]) == (4, 1, 2, 1)


def test_a_column_of_activities_that_names_statuses_is_asked_about():
    text = (
        LOG.replace("Register", "To do").replace("Check", "In review").replace("Pay", "Done").replace("Remind", "Done")
    )
    reading = read_data(text.encode(), "log.csv", LogChoices())
    assert reading.stamp is Stamp.ENTERED
    assert any("as the names speak of statuses" in question for question in reading.questions)
    assert not any("could mark when" in question for question in understood().questions)
