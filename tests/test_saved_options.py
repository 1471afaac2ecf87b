"""A settings file on the command line says what options would say; options win over it; anything else is refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests import logs_by_hand as by_hand
from tests.test_command_line import check_refused
from tests.test_command_line_logs import analyse, file, said
from vsm.calendar_words import workweek
from vsm.command_line import ANALYSED, WRONG_COMMAND
from vsm.command_options import log_choices
from vsm.items.build import Status, StatusKind
from vsm.reading.log_shapes import DateRule, Layout, LogChoices, LogRole, Stamp
from vsm.settings_file import Settings, settings_text
from vsm.worktime import Calendar

SAVED = LogChoices(
    layout=Layout.EVENT_LOG,
    columns=((LogRole.ITEM, "Key"), (LogRole.STAGE, "Status"), (LogRole.TIMESTAMP, "Changed")),
    statuses=(
        Status(name="Build", kind=StatusKind.ACTIVE, stage="Making"),
        Status(name="Test", kind=StatusKind.WAIT, stage="Making"),
    ),
    stage_order=("Making",),
    stamp=Stamp.ENTERED,
    dates=DateRule.DIFFERENCE,
    day_first=False,
    timezone="Europe/Berlin",
    calendar=Calendar(begins=dt.time(8), ends=dt.time(16), weekdays=workweek("mon-thu"), timezone="Europe/Berlin"),
    hours_per_day=7.5,
    unit="d",
    name="Ours",
    start="asked",
    end="done",
)


def choices_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *options: str) -> LogChoices:
    """The choices that the command line makes of the saved settings and some options."""
    taken: list[LogChoices] = []

    def take(options):
        taken.append(log_choices(options))
        return taken[-1]

    monkeypatch.setattr("vsm.command_line.log_choices", take)
    settings = file(tmp_path, settings_text(Settings(choices=SAVED)), "settings.json")
    analyse(file(tmp_path, by_hand.EVENTS), "--settings", settings, *options)
    return taken[0]


def test_all_that_was_saved_is_taken(tmp_path, monkeypatch):
    assert choices_of(tmp_path, monkeypatch) == SAVED


def test_options_win_over_what_was_saved(tmp_path, monkeypatch):
    options = [
        "--status",
        "test=active:Checking",
        "--column",
        "timestamp=C",
        "--workday",
        "10:00-12:00",
        "--unit",
        "min",
    ]
    chosen = choices_of(tmp_path, monkeypatch, *options, "--date-order", "day-first", "--unit", "min")
    assert chosen.statuses == (SAVED.statuses[0], Status(name="test", kind=StatusKind.ACTIVE, stage="Checking"))
    assert chosen.columns == (*SAVED.columns[:2], (LogRole.TIMESTAMP, "C"))
    assert chosen.calendar is not None
    assert (chosen.calendar.begins, chosen.calendar.weekdays) == (dt.time(10), workweek("mon-thu"))
    assert (chosen.unit, chosen.day_first, chosen.name, chosen.start) == ("min", True, "Ours", "asked")
    assert choices_of(tmp_path, monkeypatch, "--clock", "elapsed").calendar is None


def test_the_figures_are_those_of_the_settings(capsys, tmp_path):
    statuses = (Status(name="Test", kind=StatusKind.WAIT, stage="Build"),)
    settings = file(tmp_path, settings_text(Settings(choices=LogChoices(statuses=statuses))), "settings.json")
    found = said(capsys, file(tmp_path, by_hand.EVENTS), "--settings", settings)
    # A works 4 h of 32, B 8 + 2 of 22: 14 of 54.
    assert found["stream"]["flow_efficiency"] == pytest.approx(14 / 54)


@pytest.mark.parametrize(("order", "days"), [("day-first", 2), ("month-first", 61)])
def test_the_order_of_day_and_month_can_be_said(capsys, tmp_path, order, days):
    # 3 to 5 April, or 4 March to 4 May.
    log = file(tmp_path, "Case,Activity,Start,End\n1,Cut,03/04/2026 10:00,05/04/2026 10:00\n")
    found = said(capsys, log, "--date-order", order)
    assert found["stream"]["lead_time_hours"] == pytest.approx(24 * days)


@pytest.mark.parametrize("content", ["no settings", "{}", None])
def test_anything_else_is_refused_in_a_sentence(capsys, tmp_path, content):
    settings = tmp_path / "settings.json" if content is None else file(tmp_path, content, "settings.json")
    status = analyse(file(tmp_path, by_hand.EVENTS), "--settings", settings)
    assert "that the data page saved" in check_refused(capsys, status, WRONG_COMMAND)


def test_a_table_of_stages_has_no_such_settings(capsys, tmp_path):
    settings = file(tmp_path, settings_text(Settings(choices=LogChoices())), "settings.json")
    table = file(tmp_path, "Stage,Processing time (h),Wait time (h)\nDesign,4,16\nBuild,20,40\n", "table.csv")
    refused = check_refused(capsys, analyse(table, "--settings", settings), WRONG_COMMAND)
    assert refused.startswith("vsm: --settings is for item logs")


def test_what_was_saved_of_a_status_that_does_not_occur_is_named_and_not_refused(tmp_path, capsys):
    gone = Status(name="Parked", kind=StatusKind.WAIT, stage="Build")
    order = ("Parked", "Build")
    settings = file(
        tmp_path, settings_text(Settings(choices=LogChoices(statuses=(gone,), stage_order=order))), "settings.json"
    )
    log = file(tmp_path, by_hand.EVENTS)
    note = "The choices speak of the status “Parked”, which does not occur; what was said of it changes nothing."
    assert analyse(log, "--settings", settings) == ANALYSED
    assert note in capsys.readouterr().out
    refused = analyse(log, "--settings", settings, "--status", "Nowhere=wait")
    assert "--status names “Nowhere”" in check_refused(capsys, refused, WRONG_COMMAND)


def test_what_was_saved_of_a_column_that_is_not_there_is_named_and_not_refused(tmp_path, capsys):
    columns = ((LogRole.ITEM, "Ticket"), (LogRole.TEAM, "Squad"))
    settings = file(tmp_path, settings_text(Settings(choices=LogChoices(columns=columns))), "settings.json")
    log = file(tmp_path, by_hand.EVENTS)
    assert analyse(log, "--settings", settings) == ANALYSED
    out = capsys.readouterr().out
    assert "The column “Ticket” was chosen as the item, but the file has no such column: “Key” was used instead" in out
    assert "“Squad” was chosen as the team, but the file has no such column: nothing was taken in its place" in out
    refused = analyse(log, "--settings", settings, "--column", "item=Keys")
    assert "--column names “Keys”, which the file does not have (did you mean “Key”?)" in check_refused(
        capsys, refused, WRONG_COMMAND
    )


def test_a_saved_order_that_does_not_fit_is_named(tmp_path, capsys):
    settings = file(tmp_path, settings_text(Settings(choices=LogChoices(stage_order=("Test", "Ship")))), "order.json")
    assert analyse(file(tmp_path, by_hand.EVENTS), "--settings", settings) == ANALYSED
    out = capsys.readouterr().out
    assert "names “Ship”, which is no stage of this file." in out
    assert "leaves out “Build”: it stands where the file itself suggests." in out
