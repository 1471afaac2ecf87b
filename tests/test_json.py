from __future__ import annotations

import json
import math
from typing import Any

import pytest

from tests.streams import WORKED, stream_of
from vsm.analysis import analyse
from vsm.as_json import json_object
from vsm.model import Definitions, Problem, RowCount, Severity, Stage, ValueStream
from vsm.reading import Reading

KEYS: dict[str, set[str]] = {
    "": {
        *("format", "layout", "measured", "rows", "problems", "definitions", "stream", "stages", "queues", "items"),
        *("periods", "trend", "comparison", "bottleneck", "suggestions", "future"),
    },
    "rows": {"in", "used", "left_out", "blank"},
    "definitions": {"wait", "complete_accurate", "hours_per_day", "days_per_week", "clock"},
    "stream": {
        *("processing_time_hours", "wait_time_hours", "lead_time_hours", "flow_efficiency"),
        *("rolled_complete_accurate", "handoffs", "lead_time_with_rework_hours", "throughput_per_week"),
        *("flow_load", "overlap_hours"),
    },
    "bottleneck": {"stage", "kind", "evidence"},
}
"""The keys of the published contract, by the key under which they stand."""
KEYS_OF_MEMBERS = {
    "problems": {"severity", "sheet", "row", "column", "found", "message"},
    "stages": {
        *("name", "processing_time_hours", "wait_time_hours", "complete_accurate", "batch_size", "handoffs"),
        *("expected_visits", "utilisation", "visits"),
    },
    "queues": {"after", "before", "wait_hours"},
    "suggestions": {"lever", "stage", "saves_hours", "text"},
}
ODD = Problem(
    severity=Severity.WARNING, repair="Read as text", message="Odd.", sheet="S", row=7, column="Wait", found="x"
)


def reading_of(stream: ValueStream, rows: RowCount, problems: tuple[Problem, ...] = ()) -> Reading:
    return Reading(
        file="a.csv",
        sheet="S",
        sheets=("S",),
        header_rows=(1,),
        columns=(),
        rows=rows,
        problems=problems,
        left_out=(),
        definitions=stream.definitions,
        stream=stream,
    )


def said(stream: ValueStream, rows: RowCount | None = None, problems: tuple[Problem, ...] = ()) -> dict[str, Any]:
    """Write the object out and read it in again, as another program would."""
    rows = rows or RowCount(used=len(stream.stages), left_out=0, blank=0)
    found = json_object(analyse(stream), reading_of(stream, rows, problems))
    return json.loads(json.dumps(found, allow_nan=False))


def test_keys_are_those_of_the_contract():
    found = said(WORKED, problems=(ODD,))
    for under, keys in KEYS.items():
        assert set(found[under] if under else found) == keys
    for under, keys in KEYS_OF_MEMBERS.items():
        assert found[under], under
        assert all(set(member) == keys for member in found[under])


def test_rows_add_up_and_problems_name_their_place():
    found = said(WORKED, RowCount(used=10, left_out=1, blank=2), (ODD,))
    assert found["rows"] == {"in": 13, "used": 10, "left_out": 1, "blank": 2}
    assert found["problems"] == [
        {"severity": "warning", "sheet": "S", "row": 7, "column": "Wait", "found": "x", "message": "Odd."}
    ]


def test_a_stage_table_is_stated_and_has_no_items():
    found = said(WORKED)
    assert (found["format"], found["layout"], found["measured"], found["items"]) == (1, "stage table", False, None)
    assert found["definitions"] == {
        "wait": "after",
        "complete_accurate": "incoming",
        "hours_per_day": 8,
        "days_per_week": 5,
        "clock": "elapsed",
    }


def test_numbers_are_not_rounded():
    assert said(WORKED)["stream"]["flow_efficiency"] == 47 / 339
    testing = next(stage for stage in said(WORKED)["stages"] if stage["name"] == "Testing")
    assert testing["expected_visits"] == pytest.approx(1.5054, abs=5e-5)
    assert not math.isclose(testing["expected_visits"], 1.5054, abs_tol=1e-6)


def test_not_measured_is_null_and_zero_is_zero():
    found = said(stream_of(Stage(name="a", wait_time=0.0), Stage(name="b", complete_accurate=0.0)))
    assert found["stream"] == {
        "processing_time_hours": None,
        "wait_time_hours": 0,
        "lead_time_hours": 0,
        "flow_efficiency": None,
        "rolled_complete_accurate": 0,
        "handoffs": None,
        "lead_time_with_rework_hours": None,
        "throughput_per_week": None,
        "flow_load": None,
        "overlap_hours": None,
    }
    assert found["bottleneck"]["stage"] is None
    assert found["bottleneck"]["kind"] == "none"


def test_parallel_stages_are_named_together():
    stages = (
        Stage(name="order", processing_time=1.0, wait_time=30.0),
        Stage(name="legal", processing_time=2.0, wait_time=1.0, parallel_group="checks"),
        Stage(name="credit", processing_time=5.0, wait_time=1.0, parallel_group="checks"),
    )
    found = said(stream_of(*stages))
    assert found["bottleneck"]["stage"] == "legal + credit"
    assert found["queues"][0] == {"after": "order", "before": "legal + credit", "wait_hours": 30}
    # Of legal (3 h) and credit (6 h) the longer counts: the stages add up to 3 h more than the way through.
    assert found["stream"]["overlap_hours"] == pytest.approx(3)


def test_levers_and_sentences_of_suggestions():
    busy = stream_of(
        Stage(name="build", processing_time=1.0, wait_time=20.0, batch_size=10.0, people=1.0),
        Stage(name="check", processing_time=8.0, wait_time=1.0, people=1.0, complete_accurate=0.5),
        definitions=Definitions(demand=10.0),
    )
    suggestions = said(busy)["suggestions"]
    assert {s["lever"] for s in suggestions} <= {"batch", "automate", "rework", "remove", "capacity", "wip limit"}
    # The check's people are asked for 10 x 8 h x 2 visits in a week of 40 h: what that queue saves is not a number.
    assert suggestions[0]["lever"] == "capacity"
    assert suggestions[0]["saves_hours"] is None
    assert all(s["text"].endswith(".") and s["stage"] in {"build", "check"} for s in suggestions)
    savings = [s["saves_hours"] for s in suggestions[1:]]
    assert savings == sorted(savings, reverse=True)
