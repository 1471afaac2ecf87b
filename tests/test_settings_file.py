"""Choices about an item log survive being saved and loaded; a file of anything else is refused in a sentence."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from vsm.calendar_words import workday, workday_words, workweek, workweek_words
from vsm.items.build import Status, StatusKind
from vsm.public_holidays import public_holidays
from vsm.reading.log_shapes import DateRule, FarDates, Layout, LogChoices, LogRole, Stamp
from vsm.settings_file import FORMAT, KIND, Settings, SettingsError, read_settings, settings_text
from vsm.worktime import Calendar

BAVARIA = Calendar(
    begins=dt.time(8, 30),
    ends=dt.time(16),
    weekdays=workweek("mon-thu"),
    holidays=public_holidays("DE-BY"),
    timezone="Europe/Berlin",
    country="DE-BY",
)
EVERYTHING = LogChoices(
    sheet="Export",
    items_by_sheet=True,
    layout=Layout.EVENT_LOG,
    columns=((LogRole.ITEM, "Key"), (LogRole.IGNORE, "C")),
    statuses=(Status(name="Ready: “go”", kind=StatusKind.WAIT, stage="Prüfung"),),
    stage_order=("Prüfung", "NA"),
    stamp=Stamp.ENTERED,
    dates=DateRule.DIFFERENCE,
    far_dates=FarDates.LEAVE_OUT,
    day_first=True,
    timezone="America/New_York",
    calendar=BAVARIA,
    hours_per_day=7.5,
    unit="d",
    name="Ours",
    start="asked",
    end="done",
)


@pytest.mark.parametrize(
    "choices",
    [LogChoices(), EVERYTHING, LogChoices(calendar=Calendar(holidays=frozenset({dt.date(2026, 12, 24)})))],
    ids=("nothing chosen", "everything chosen", "holidays from a list"),
)
def test_what_is_saved_is_loaded_again(choices: LogChoices):
    settings = Settings(choices=choices)
    assert read_settings(settings_text(settings).encode()) == settings


def test_the_choices_about_each_added_file_are_saved_too():
    list_of_dates = LogChoices(columns=((LogRole.ITEM, "Ticket"),), timezone="Europe/Berlin", called="Live")
    second_log = LogChoices(layout=Layout.STAGE_LOG, sheet="May", day_first=False)
    settings = Settings(choices=EVERYTHING, added=(list_of_dates, second_log))
    assert read_settings(settings_text(settings).encode()) == settings


def test_the_as_of_date_belongs_to_one_file():
    saved = settings_text(Settings(choices=LogChoices(as_of=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))))
    assert read_settings(saved.encode()).choices.as_of is None


def test_holidays_of_a_country_are_saved_as_the_country():
    assert json.loads(settings_text(Settings(choices=EVERYTHING)))["calendar"]["holidays"] == "DE-BY"


def changed(**keys: object) -> bytes:
    return json.dumps({"kind": KIND, "format": FORMAT, **keys}).encode()


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"", "no settings file"),
        (b"\xff\xfe\x00", "no settings file"),
        (b"[" * 100_000, "no settings file"),
        (b"[1, 2]", "no settings"),
        (b'{"kind": "recipe"}', "no settings"),
        (b" " * 2_000_000, "too large"),
        (changed(format=2), "format"),
        (changed(layout="pie"), "layout"),
        (changed(columns="Key"), "columns"),
        (changed(columns=[{"role": "cost", "header": "A"}]), "role"),
        (changed(columns=[{"role": "item"}]), "header"),
        (changed(columns=["item"]), "columns"),
        (changed(statuses=[{"name": "a", "kind": "idle", "stage": "b"}]), "kind"),
        (changed(statuses=[{"kind": "wait", "stage": "b"}]), "name"),
        (changed(stage_order=[1]), "stage_order"),
        (changed(timestamp=7), "timestamp"),
        (changed(day_first="yes"), "day_first"),
        (changed(hours_per_day=0), "hours_per_day"),
        (changed(hours_per_day=True), "hours_per_day"),
        (changed(timezone="Mars/Base"), "Mars/Base"),
        (changed(calendar=[]), "calendar"),
        (changed(calendar={"workday": "17:00-09:00"}), "workday"),
        (changed(calendar={"workweek": "someday"}), "workweek"),
        (changed(calendar={"holidays": "XX"}), "XX"),
        (changed(calendar={"holidays": ["soon"]}), "holidays"),
    ],
)
def test_anything_else_is_refused_in_a_sentence_that_names_it(data: bytes, named: str):
    with pytest.raises(SettingsError) as refused:
        read_settings(data)
    assert named in str(refused.value)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("text", ["mon-fri", "sun-thu", "tue", "mon,wed,fri", "mon-sun"])
def test_weeks_keep_their_days_when_written(text: str):
    assert workweek(workweek_words(workweek(text))) == workweek(text)


def test_a_week_across_its_end():
    monday_first = (True, True, True, True, False, False, True)
    assert workweek("sun-thu") == monday_first


@pytest.mark.parametrize("text", ["", "9-17", "09:00", "09:00-09:00", "25:00-26:00", "a-b"])
def test_what_is_no_working_day(text: str):
    with pytest.raises(ValueError, match=r"working day|\.$"):
        workday(text)
    assert workday_words(Calendar()) == "09:00-17:00"


@pytest.mark.parametrize("text", ["", "fr-xx", "1-5", "t"])
def test_what_is_no_working_week(text: str):
    with pytest.raises(ValueError, match="names no working days"):
        workweek(text)


def test_holidays_of_a_part_of_a_country_are_its_own():
    # Epiphany is a holiday in Bavaria and not in Berlin.
    assert dt.date(2026, 1, 6) in public_holidays("de-by") - public_holidays("DE-BE")
    for unknown in ("XX", "DE-QQ", ""):
        with pytest.raises(ValueError, match=r"holidays are known"):
            public_holidays(unknown)
