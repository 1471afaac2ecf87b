"""One door for tables of stages and item logs of every layout, with the figures worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests import logs_by_hand as by_hand
from vsm import analyse, read
from vsm.analysis import Analysis
from vsm.items.build import Status, StatusKind
from vsm.opening import MeasuredReading, layout_of, read_data
from vsm.reading.log_shapes import DateRule, Layout, LogChoices
from vsm.reading.shapes import Choices, ReadError, Reading
from vsm.samples import SAMPLES, sample_path
from vsm.settings_file import Settings, read_settings, settings_text
from vsm.worktime import Calendar

TABLE = b"Stage,Processing time (h),Wait time (h)\nDesign,4,16\nBuild,20,40\n"
LAYOUTS = {
    by_hand.EVENTS: Layout.EVENT_LOG,
    by_hand.INTERVALS: Layout.STAGE_LOG,
    by_hand.DATES: Layout.WIDE_DATES,
    by_hand.DURATIONS: Layout.WIDE_DURATIONS,
    by_hand.COMPLETED: Layout.EVENT_LOG,
}


def measured(text: str, choices: LogChoices | None = None) -> Analysis:
    reading = read_data(text.encode(), "log.csv", choices)
    assert isinstance(reading, MeasuredReading)
    assert reading.stream is not None, reading.blocking
    return analyse(reading.stream)


@pytest.mark.parametrize("text", LAYOUTS, ids=[f"{layout} {i}" for i, layout in enumerate(LAYOUTS.values())])
def test_every_layout_is_seen(text: str):
    assert layout_of(text.encode(), "log.csv") is LAYOUTS[text]


def test_tables_stay_tables():
    assert layout_of(TABLE, "stream.csv") is Layout.STAGE_TABLE
    for sample in SAMPLES:
        found = layout_of(sample_path(sample).read_bytes(), sample.file)
        assert found is (Layout.EVENT_LOG if sample.is_log else Layout.STAGE_TABLE), sample.file


def test_one_read_for_both(tmp_path: Path):
    for name, content, hours in (("table.csv", TABLE.decode(), 80), ("log.csv", by_hand.EVENTS, 27)):
        (tmp_path / name).write_text(content, encoding="utf-8")
        stream = read(tmp_path / name).stream
        assert stream is not None
        assert analyse(stream).lead_time == pytest.approx(hours)
    with pytest.raises(ReadError, match="nowhere"):
        read(tmp_path / "nowhere.csv")


def test_choices_force_the_kind():
    as_table = read_data(by_hand.EVENTS.encode(), "log.csv", Choices())
    assert isinstance(as_table, Reading)
    as_log = read_data(TABLE, "table.csv", LogChoices())
    assert isinstance(as_log, MeasuredReading)
    assert as_log.stream is None
    assert as_log.blocking


def test_a_status_log_by_hand():
    a = measured(by_hand.EVENTS)
    assert a.lead_time == pytest.approx(27)
    assert a.flow_efficiency == pytest.approx(12 / 27)
    assert [(s.name, s.stage.processing_time, s.stage.wait_time, s.stage.visits) for s in a.stages] == [
        ("Build", pytest.approx(7), pytest.approx(3), 4),
        ("Test", pytest.approx(5), pytest.approx(12), 3),
    ]
    assert a.stages[1].stage.complete_accurate == pytest.approx(2 / 3)
    found = a.stream.measured
    assert found is not None
    assert (found.items, found.finished, found.open, found.sent_back) == (3, 2, 1, 1)


def test_working_time_by_hand():
    a = measured(by_hand.EVENTS, LogChoices(calendar=Calendar()))
    assert a.lead_time == pytest.approx(11.5)
    assert a.flow_efficiency == pytest.approx(11 / 23)
    assert a.stream.definitions.hours_per_day == 8


def test_side_by_side_by_hand():
    a = measured(by_hand.INTERVALS)
    assert a.lead_time == pytest.approx(3.5)
    assert a.overlap == pytest.approx(0.25)
    assert a.flow_efficiency == pytest.approx(5 / 7)


@pytest.mark.parametrize(("rule", "days"), [(DateRule.INCLUSIVE, 5), (DateRule.DIFFERENCE, 4)])
def test_whole_days_by_hand(rule: DateRule, days: int):
    a = measured(by_hand.DATES, LogChoices(dates=rule))
    assert a.lead_time == pytest.approx(24 * days)
    found = a.stream.measured
    assert found is not None
    assert found.ends is not None
    assert found.ends.date().isoformat() == "2026-01-09"  # the day itself, also where it counts to its end


def test_durations_by_hand():
    a = measured(by_hand.DURATIONS)
    assert a.lead_time == pytest.approx(12)
    assert a.flow_efficiency == pytest.approx(1 / 3)
    assert a.stream.measured is not None
    assert a.stream.measured.as_of is None


def test_completed_activities_by_hand():
    a = measured(by_hand.COMPLETED)
    assert a.lead_time == pytest.approx(3)
    assert a.flow_efficiency is None
    assert [s.stage.undivided_time for s in a.stages] == [pytest.approx(0), pytest.approx(3)]


def test_a_status_can_mean_something_else():
    # Without the wait for the test, which then is work of Build: 4 + 24 + 8 + 2 = 38 h of Build for two items.
    ready = Status(name="Ready for test", kind=StatusKind.ACTIVE, stage="Build")
    a = measured(by_hand.EVENTS, LogChoices(statuses=(ready,)))
    assert a.stages[0].stage.processing_time == pytest.approx(19)
    assert a.flow_efficiency == pytest.approx(48 / 54)


def test_a_status_without_a_stage_keeps_the_proposed_one():
    a = measured(by_hand.EVENTS, LogChoices(statuses=(Status(name="to do", kind=StatusKind.WAIT, stage=""),)))
    assert [s.name for s in a.stages] == ["Build", "Test"]
    assert a.lead_time == pytest.approx(27)


def test_saved_settings_give_the_same_figures():
    choices = LogChoices(
        calendar=Calendar(), statuses=(Status(name="Ready for test", kind=StatusKind.ACTIVE, stage="Build"),)
    )
    again = read_settings(settings_text(Settings(choices=choices)).encode()).choices
    assert measured(by_hand.EVENTS, again) == measured(by_hand.EVENTS, choices)
    assert measured(by_hand.EVENTS, replace(again, calendar=None)) != measured(by_hand.EVENTS, again)


def test_the_source_says_where_the_figures_come_from():
    source = measured(by_hand.EVENTS).stream.source
    assert source is not None
    assert (source.file, source.rows.used, source.rows.total) == ("log.csv", 12, 12)
