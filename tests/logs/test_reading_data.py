"""Logs that nobody here made, against figures published by others or counted by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from vsm.items.build import Status, StatusKind
from vsm.items.facts import Facts, measure
from vsm.items.log import OPEN
from vsm.reading.log_shapes import DateRule, Layout, LogChoices, LogReading, LogRole, Stamp
from vsm.reading.logs import looks_like_log, read_log
from vsm.worktime import DAY, SECOND, Calendar, ElapsedClock, WorkingClock

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data files are not beside this checkout")


def reading(file: str, choices: LogChoices | None = None) -> LogReading:
    found = read_log((DATA / file).read_bytes(), file, choices or LogChoices())
    assert found.blocking == ()
    return found


def elapsed(found: LogReading) -> Facts:
    assert found.log is not None
    return measure(found.log, ElapsedClock())


def test_patients_have_the_published_figures():
    found = reading("bupar_patients.csv")
    items = elapsed(found).items
    assert (len(items), items["path"].nunique()) == (500, 7)
    assert items["lead_time"].mean() == pytest.approx(576_833.0, abs=0.05)
    assert items["lead_time"].median() == 525_788
    assert 100 * items["worked"].sum() / items["lead_time"].sum() == pytest.approx(17.3184, abs=5e-5)
    assert (found.layout, found.rows.used, found.rows.total) == (Layout.EVENT_LOG, 5442, 5442)


def test_patients_in_working_time_have_the_published_figures():
    log = reading("bupar_patients.csv").log
    assert log is not None
    clock = WorkingClock(Calendar(), int(log.begun.min()), log.as_of)
    lead = measure(log, clock).items["lead_time"]
    assert lead.mean() == pytest.approx(137_057.9, abs=0.05)
    assert lead.median() == pytest.approx(140_567.5, abs=0.05)


def test_patients_columns_are_understood_by_their_headers():
    roles = {column.header: column.role for column in reading("bupar_patients.csv").columns}
    assert roles == {
        "handling": LogRole.STAGE,
        "patient": LogRole.ITEM,
        "employee": LogRole.PERSON,
        "handling_id": LogRole.PAIR,
        "registration_type": LogRole.LIFECYCLE,
        "time": LogRole.TIMESTAMP,
    }


def test_a_stage_log_of_others_gives_their_lead_times():
    # Case 0 of the first log runs from 10:00 to 15:00, case 1 from 11:00 to 13:30, case 2 from 10:00 to 13:00 and
    # case 3 from 10:30 to 14:30.
    found = reading("wta_manual_log_1.csv")
    assert found.layout is Layout.STAGE_LOG
    assert elapsed(found).items["lead_time"].tolist() == [hours * 3600 for hours in (5, 2.5, 3, 4)]


@pytest.mark.parametrize("file", ["wta_manual_log_1.csv", "wta_manual_log_2.csv"])
def test_a_stage_log_has_the_waits_that_its_authors_expect(file: str):
    # Each wait of the expected table lies between the end of one row and the start of the item's next.
    expected = pd.read_csv(DATA / file.replace(".csv", "_expected.csv"))
    log = reading(file).log
    assert log is not None
    waited = (log.visits.end - log.visits.start)[log.visits.waiting].sum() / SECOND
    assert waited == expected["wt_total_seconds"].sum()


def test_wide_dates_give_the_lead_times_of_their_authors():
    ignored = Status(name="Backlog", kind=StatusKind.IGNORE, stage="Backlog")
    found = reading("jam_large_cycle_time.csv", LogChoices(statuses=(ignored,), dates=DateRule.DIFFERENCE))
    log = found.log
    assert log is not None
    done = log.finished != OPEN
    days = dict(zip(np.array(log.items)[done], (log.finished - log.begun)[done] / DAY, strict=True))
    assert days == {"A-13": 5, "A-14": 5, "A-15": 5, "A-16": 5, "A-17": 5, "A-18": 4}
    # The first three items were in the backlog only.
    assert (found.rows.used, found.rows.left_out) == (15, 3)


def test_wide_dates_count_the_day_of_the_finish_unless_told_otherwise():
    found = reading("jam_large_cycle_time.csv")
    log = found.log
    assert log is not None
    assert found.whole_days
    item = log.items.index("A-13")  # from 1 January in the backlog to the end of 7 January
    assert (log.finished[item] - log.begun[item]) / DAY == 7


def test_a_changelog_keeps_to_changes_of_the_status():
    found = reading("jam_changelog.csv")
    assert (found.rows.used, found.rows.left_out, found.stamp) == (18, 10, Stamp.ENTERED)
    assert {left.row for left in found.left_out} == {4, 5, 7, 8, 9, 13, 20, 21, 25, 29}
    log = found.log
    assert log is not None
    lead = dict(zip(log.items, log.finished - log.begun, strict=True))
    # A-3 was created on 3 January at 01:01:01 and done on 6 January at 01:01:01.
    assert lead["A-3"] == 3 * DAY
    assert [item for item, finished in zip(log.items, log.finished, strict=True) if finished == OPEN] == [
        "A-1",
        "A-2",
        "A-4",
    ]


def test_files_of_others_are_taken_for_what_they_are():
    layouts = {file: looks_like_log((DATA / file).read_bytes(), file) for file in (
        "bupar_patients.csv", "wta_manual_log_2.csv", "jam_large_cycle_time.csv", "jam_changelog.csv",
        "acme_stamping_current.csv",
    )}  # fmt: skip
    assert list(layouts.values()) == [Layout.EVENT_LOG, Layout.STAGE_LOG, Layout.WIDE_DATES, Layout.EVENT_LOG, None]
