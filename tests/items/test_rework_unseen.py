"""How often items are sent back is measured where a log can tell it, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.items.logs import HOUR, entered, intervals
from vsm.flow import measured_log
from vsm.items.build import Status, StatusKind
from vsm.items.log import Log
from vsm.items.stream import measured_stream
from vsm.model import ReworkUnseen
from vsm.opening import read
from vsm.path_words import nothing_sent_back

BUILD = Status(name="Build", kind=StatusKind.ACTIVE, stage="Build")
DONE = Status(name="Done", kind=StatusKind.DONE, stage="")


def rolled(log: Log) -> tuple[list[float | None], ReworkUnseen | None]:
    stream = measured_stream(log, name="Any")
    return [stage.complete_accurate for stage in stream.stages], stream.measured.rework_unseen


def test_one_row_for_each_item_tells_no_share_of_visits_that_were_not_sent_back():
    # One item goes from a to b; the other has dates that step back, from b to a.
    log = intervals([(0, 0, 0, HOUR), (0, 1, HOUR, 2 * HOUR), (1, 1, 0, HOUR), (1, 0, HOUR, 2 * HOUR)], ("a", "b"))
    assert rolled(log) == ([1.0, 0.5], None)
    one_row = replace(log, one_row_each=True)
    assert rolled(one_row) == ([None, None], ReworkUnseen.ONE_ROW_EACH)
    measured = measured_stream(one_row, name="Any").measured
    assert (measured.sent_back, measured.never_sent_back) == (1, None)


def test_from_the_only_stage_items_are_sent_back_by_being_reopened():
    once = [(0, 0, 0), (0, 1, 4 * HOUR)]
    assert rolled(entered(once, [BUILD, DONE], ("Build",))) == ([None], ReworkUnseen.ONE_STAGE)
    again = [*once, (0, 0, 5 * HOUR), (0, 1, 6 * HOUR)]
    assert rolled(entered(again, [BUILD, DONE], ("Build",))) == ([0.5], None)


def test_visits_that_nobody_completed_tell_nothing():
    assert rolled(intervals([(0, 0, 0, None)], ("a", "b"))) == ([None, None], ReworkUnseen.NOTHING_COMPLETED)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "ID,Backlog,Development,Test,Done\n1,2025-03-01,2025-03-11,2025-03-21,2025-03-22\n"
            "2,2025-03-02,2025-03-12,2025-03-22,2025-03-23\n",
            "one row for each item",
        ),
        ("ID,Created,Closed\n1,2025-03-01,2025-03-11\n2,2025-03-02,2025-03-12\n", "there is one stage"),
        ("ID,Development (h),Test (h)\n1,4,2\n2,6,3\n", "durations without dates"),
    ],
)
def test_files_with_one_row_for_each_item_do_not_say_that_none_was_sent_back(tmp_path: Path, text: str, why: str):
    file = tmp_path / "log.csv"
    file.write_text(text, encoding="utf-8")
    reading = read(file)
    assert all(stage.complete_accurate is None for stage in reading.stream.stages)
    assert nothing_sent_back(measured_log(reading.log)).startswith(
        f"Whether items were sent back cannot be told: {why}"
    )
