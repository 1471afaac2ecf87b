"""A draft as JSON: it comes back as it was with any text in it, and what is no draft of ours is said to be none."""

from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hostile import STRINGS
from vsm.changes import MergeIntoNext, SetWaitTime
from vsm.items.build import Status, StatusKind
from vsm.model import Stage, ValueStream, Wanted
from vsm.plan import PlannedChange, Scenario
from vsm.reading.log_shapes import LogChoices, LogRole
from vsm.reading.shapes import Choices, Role
from vsm.said import MOST_PEOPLE, Said, SaidOfStage
from vsm.scenario_file import SavedScenarios
from vsm.scenario_list import History, ScenarioList
from vsm.sharing.draft import (
    Draft,
    KeptData,
    KeptFile,
    KeptLog,
    KeptParts,
    KeptPromise,
    KeptSecond,
    draft_text,
    read_draft,
)
from vsm.sharing.found import StoreError


def draft(text: str, number: float = 2.0, people: float = 2.0) -> Draft:
    """A draft that holds the text and the numbers wherever it can."""
    file = KeptFile(name=text, sha256="0" * 64)
    said = Said(demand=number, stages=(SaidOfStage(stage=text, people=people, rework_to=text),))
    planned = tuple(
        PlannedChange(change=change, owner=text, due=dt.date(2026, 9, 1), measure=text, target=text)
        for change in (SetWaitTime(stage=text, hours=number), MergeIntoNext(stage=text, name=text))
    )
    scenario = Scenario(name=text, planned=planned)
    log = LogChoices(
        sheet=text,
        columns=((LogRole.ITEM, text),),
        statuses=(Status(name=text, kind=StatusKind.WAIT, stage=text),),
        stage_order=(text, "b"),
        called=text,
    )
    stream = ValueStream(name=text, stages=(Stage(name=text, wait_time=number),))
    return Draft(
        data=KeptData(file=file, log=log, added=(KeptLog(file=file, choices=log),), remembered=(log,), said=said),
        earlier=KeptData(
            file=KeptFile(name=text, rows=((text, None, 1, 1.5, True), ("0123", "", " ", "1", "true"))),
            table=Choices(columns=((Role.STAGE, text),), units=((text, "min"),), start=text),
            said=said,
        ),
        wanted=Wanted(types=(text,), teams=(text,), people=(text,), finished_to=dt.date(2026, 1, 1)),
        scenarios=History(now=ScenarioList(scenarios=(scenario, scenario), at=1), past=(ScenarioList(),)),
        baseline=stream,
        made_for=text,
        second=KeptSecond(file=file, is_log=True),
        promised=KeptPromise(name=text, saved=SavedScenarios(stream=stream, scenarios=(scenario,))),
        compared=KeptParts(items=text, parts=(Wanted(types=(text,)), Wanted(finished_from=dt.date(2026, 1, 1)))),
        answers={"a": False, "b": 3, "c": text},
    )


@given(text=st.text(), number=st.floats(allow_nan=False), people=st.floats(0, MOST_PEOPLE, exclude_min=True))
@settings(max_examples=100)
def test_any_text_and_number_comes_back(text: str, number: float, people: float) -> None:
    assert read_draft(draft_text(draft(text, number, people))) == draft(text, number, people)


def test_no_hostile_text_is_lost_or_changed() -> None:
    assert [text for text in (*STRINGS, "\0", "\ud800") if read_draft(draft_text(draft(text))) != draft(text)] == []


def test_a_cell_keeps_its_kind() -> None:
    earlier = read_draft(draft_text(draft("x"))).earlier
    assert earlier is not None
    assert earlier.file.rows is not None
    assert [type(cell) for row in earlier.file.rows for cell in row] == [
        str, type(None), int, float, bool, str, str, str, str, str,
    ]  # fmt: skip


def test_what_no_json_can_hold_is_refused_in_a_sentence() -> None:
    with pytest.raises(StoreError, match="cannot be stored"):
        draft_text(draft("x", np.int64(3)))


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\x80\x04]",
        b"[]",
        b"{}",
        b'{"format": 1}',
        draft_text(draft("x")).replace(b'"format": 1', b'"format": 2'),
        draft_text(draft("x")).replace(b"set wait time", b"burn it all"),
    ],
)
def test_what_is_no_draft_of_this_release_is_said_to_be_none(text: bytes) -> None:
    with pytest.raises(StoreError, match="another release"):
        read_draft(text)


def test_it_is_plain_json() -> None:
    assert json.loads(draft_text(draft("x")))["data"]["log"]["columns"] == [["item", "x"]]
