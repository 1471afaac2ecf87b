"""The future state in the workbook: LibreOffice computes both states and the gain, also after a figure is changed."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, get_args

import openpyxl
import pytest

from tests import logs_by_hand as by_hand
from tests.planned import FLOW_EFFICIENCY, IMPOSSIBLE, LEAD_TIME, PLAN, ROLLED
from tests.reports.office import recompute
from tests.reports.test_excel import PARALLEL, about, check_agrees, named
from tests.streams import WORKED, stream_of
from vsm.analysis import analyse
from vsm.changes import (
    AddStage,
    AnyChange,
    LimitLoad,
    MergeIntoNext,
    MoveCheck,
    MoveStage,
    RemoveStage,
    RunInParallel,
    SetAvailability,
    SetBatchSize,
    SetCompleteAccurate,
    SetDemand,
    SetHandoffs,
    SetPeople,
    SetProcessingTime,
    SetWaitTime,
)
from vsm.model import Definitions, QualitySide, ValueStream
from vsm.opening import read_data
from vsm.plan import PlannedChange, Scenario
from vsm.reports import excel_report
from vsm.reports.workbook.side import Side
from vsm.scenario import with_stage
from vsm.subject import Subject


def planned(*changes: AnyChange) -> Scenario:
    return Scenario(name="plan", planned=tuple(PlannedChange(change=change) for change in changes))


def stream_of_log(text: str) -> ValueStream:
    stream = read_data(text.encode(), "log.csv").stream
    assert stream is not None
    return stream


EVERY_KIND: tuple[AnyChange, ...] = (
    SetWaitTime(stage="Product discovery", hours=40.0),
    SetBatchSize(stage="Backlog refinement", size=4.0),
    SetProcessingTime(stage="Development", hours=20.0),
    MoveCheck(stage="Code review", to="Development"),
    SetCompleteAccurate(stage="Testing", share=0.9),
    SetHandoffs(stage="Testing", people=2.0),
    SetPeople(stage="Testing", people=2.0),
    SetAvailability(stage="Development", share=0.9),
    RemoveStage(stage="Sprint planning"),
    MergeIntoNext(stage="Staging deployment"),
    MoveStage(stage="Code review", behind="Testing"),
    AddStage(stage="Pairing", behind="Development", processing_time=2.0, wait_time=4.0, complete_accurate=0.9),
    RunInParallel(first="Testing", last="Code review"),
    SetDemand(items_per_week=3.5),
    LimitLoad(stage="Backlog refinement", items=3.0),
)
OUTGOING = Definitions(complete_accurate=QualitySide.OUTGOING, demand=2.0)
SUBJECTS = {
    "worked": Subject(analyse(WORKED), scenario=PLAN),
    "refused": Subject(analyse(WORKED), scenario=replace(PLAN, planned=(IMPOSSIBLE,))),
    "parallel": Subject(
        analyse(stream_of(*PARALLEL, definitions=OUTGOING)),
        scenario=planned(
            SetPeople(stage="credit", people=3.0),
            SetBatchSize(stage="order", size=1.0),
            SetCompleteAccurate(stage="legal", share=0.9),
            SetDemand(items_per_week=2.5),
        ),
    ),
    "made_parallel": Subject(
        analyse(WORKED), scenario=planned(RunInParallel(first="Code review", last="Staging deployment"))
    ),
    "log": Subject(
        analyse(stream_of_log(by_hand.EVENTS)),
        scenario=planned(SetWaitTime(stage="Test", hours=2.0), SetDemand(items_per_week=3.0)),
    ),
    "every_kind": Subject(
        analyse(
            replace(
                WORKED,
                definitions=replace(WORKED.definitions, demand=3.0),
                stages=tuple(replace(stage, people=3.0) for stage in WORKED.stages),
            )
        ),
        scenario=planned(*EVERY_KIND),
    ),
    "side_by_side": Subject(
        analyse(stream_of_log(by_hand.INTERVALS)), scenario=planned(SetProcessingTime(stage="Cut", hours=0.75))
    ),
}
FASTER_TESTING = {"Future stages!C13": 3}
"""Row 13 of the worked stream is Testing: its wait in the future state."""

FIRST_ROW_CHANGED = {"Future stages!B7": 2, "Future stages!C7": 3, "Future stages!D7": 0.5}
"""Work, wait and %C&A of the first stage in the future state."""


@pytest.fixture(scope="module")
def recomputed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Every subject's workbook computed by LibreOffice, one of them after a wait of the future state was changed."""
    contents = {name: excel_report(subject) for name, subject in SUBJECTS.items()}
    contents |= {"changed": contents["worked"], "every_kind_changed": contents["every_kind"]}
    changes = {"changed": FASTER_TESTING, "every_kind_changed": FIRST_ROW_CHANGED}
    return recompute(contents, changes, tmp_path_factory.mktemp("office"))


@pytest.mark.parametrize("name", SUBJECTS)
def test_libreoffice_computes_both_states(recomputed: dict[str, Any], name: str):
    subject = SUBJECTS[name]
    assert subject.future is not None
    check_agrees(recomputed[name], subject.analysis)
    check_agrees(recomputed[name], subject.future.future, Side.FUTURE)


def test_the_future_of_the_worked_stream_is_what_was_computed_by_hand(recomputed: dict[str, Any]):
    book = recomputed["worked"]
    assert named(book, "future_lead_time") == pytest.approx(LEAD_TIME)
    assert named(book, "future_flow_efficiency") == pytest.approx(FLOW_EFFICIENCY)
    assert named(book, "future_rolled_complete_accurate") == pytest.approx(ROLLED, abs=1e-6)
    assert named(book, "gain_lead_time") == pytest.approx(LEAD_TIME - 339)
    assert named(book, "gain_flow_efficiency") == pytest.approx(47 / 293 - 47 / 339)


def test_the_future_of_a_log_is_what_was_computed_by_hand(recomputed: dict[str, Any]):
    # of 27 h the 12 h in front of Test become 2
    assert named(recomputed["log"], "future_lead_time") == pytest.approx(17)
    assert named(recomputed["log"], "future_flow_efficiency") == pytest.approx(12 / 17)
    assert named(recomputed["log"], "gain_lead_time") == pytest.approx(-10)


def test_the_gain_follows_a_changed_wait_of_the_future(recomputed: dict[str, Any]):
    book, future = recomputed["changed"], SUBJECTS["worked"].future
    assert future is not None
    assert named(book, "future_lead_time") == pytest.approx(LEAD_TIME - 27)
    assert named(book, "gain_lead_time") == pytest.approx(LEAD_TIME - 27 - 339)
    assert named(book, "gain_flow_efficiency") == pytest.approx(47 / 266 - 47 / 339)
    check_agrees(book, analyse(with_stage(future.future.stream, 6, wait_time=3.0)), Side.FUTURE)
    check_agrees(book, analyse(WORKED))


def test_after_changes_of_every_kind_the_future_follows_its_inputs(recomputed: dict[str, Any]):
    subject = SUBJECTS["every_kind"]
    assert subject.future is not None
    assert subject.future.refused == ()
    assert {type(change) for change in EVERY_KIND} == set(get_args(AnyChange))
    changed = with_stage(subject.future.future.stream, 0, processing_time=2.0, wait_time=3.0, complete_accurate=0.5)
    check_agrees(recomputed["every_kind_changed"], analyse(changed), Side.FUTURE)
    check_agrees(recomputed["every_kind_changed"], subject.analysis)


@pytest.mark.parametrize("name", SUBJECTS)
def test_saved_values_are_what_the_formulas_give(recomputed: dict[str, Any], name: str):
    saved = openpyxl.load_workbook(BytesIO(excel_report(SUBJECTS[name])), data_only=True)
    numbers = 0
    for sheet in (name for name in saved.sheetnames if name == "Gain" or name.startswith("Future")):
        for row in saved[sheet].iter_rows():
            for cell in row:
                computed = recomputed[name][sheet][cell.coordinate].value
                is_number = isinstance(computed, int | float) and not isinstance(computed, bool)
                expected = about(computed) if computed and is_number else computed or None
                assert (cell.value or None) == expected, (sheet, cell.coordinate)
                numbers += is_number
    assert numbers > 20


def test_every_sheet_and_name_is_there_once():
    for subject in SUBJECTS.values():
        with zipfile.ZipFile(BytesIO(excel_report(subject))) as archive:
            text = archive.read("xl/workbook.xml").decode()
        twice = [n for n, times in Counter(re.findall(r'definedName name="(\w+)">', text)).items() if times > 1]
        assert twice == []
    names = openpyxl.load_workbook(BytesIO(excel_report(SUBJECTS["worked"]))).sheetnames
    now = ["Stages", "Figures", "Map", "Rework"]
    assert names == [*now, "Gain", "Plan", *(f"Future {name.lower()}" for name in now), "Notes"]


def test_without_a_plan_there_is_no_future_sheet():
    for scenario in (None, Scenario(name="empty")):
        book = openpyxl.load_workbook(BytesIO(excel_report(Subject(analyse(WORKED), scenario=scenario))))
        assert book.sheetnames == ["Stages", "Figures", "Map", "Rework", "Notes"]


def test_a_working_week_stands_once_and_counts_for_both(tmp_path: Path):
    content = {"parallel": excel_report(SUBJECTS["parallel"])}
    sheet, cell = next(
        iter(openpyxl.load_workbook(BytesIO(content["parallel"])).defined_names["hours_per_day"].destinations)
    )
    changed = recompute(content, {"parallel": {f"{sheet}!{cell.replace('$', '')}": 4}}, tmp_path)["parallel"]
    # takt time: 4 h x 5 days / demand, 3 a week at "credit" being no first stage
    assert named(changed, "takt_time") == pytest.approx(20 / 2)
    assert named(changed, "future_takt_time") == pytest.approx(20 / 2.5)


def test_the_plan_is_a_table_with_dates_that_are_dates():
    sheet = openpyxl.load_workbook(BytesIO(excel_report(SUBJECTS["worked"])))["Plan"]
    labels, first, second, third = (
        [cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_row=7, max_col=7)
    )
    assert labels == ["Change", "Saves", "Owner", "Due", "Measure", "Target", "Effort"]
    assert first[1:] == ["6.6 days", "Ana", dt.datetime(2027, 3, 31), "Days until discovery", "5 days", None]
    assert (second[2], second[3]) == ("Ben", None)
    assert (third[3], third[6]) == (dt.datetime(2027, 6, 30), "medium")


def test_texts_of_a_plan_stay_texts():
    hostile = replace(PLAN, planned=(replace(PLAN.planned[0], owner="=1+1", target="http://example.org"),))
    sheet = openpyxl.load_workbook(BytesIO(excel_report(Subject(analyse(WORKED), scenario=hostile))))["Plan"]
    assert (sheet["C5"].data_type, sheet["F5"].data_type, sheet["F5"].hyperlink) == ("s", "s", None)


def test_the_app_reads_the_current_state_of_its_own_workbook(tmp_path: Path):
    from vsm.reading import read

    path = tmp_path / "report.xlsx"
    path.write_bytes(excel_report(SUBJECTS["worked"]))
    stream = read(path).stream
    assert stream is not None
    assert analyse(stream).lead_time == pytest.approx(339)
