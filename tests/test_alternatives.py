"""Switching a definition: the effects said are those worked by hand."""

from __future__ import annotations

import pytest

from vsm.alternatives import Alternative, alternatives
from vsm.definition_words import Definition, different_definitions
from vsm.model import Definitions, QualitySide, WaitSide
from vsm.reading.files import open_bytes
from vsm.reading.shapes import Choices


def switched(table: str, choices: Choices | None = None) -> dict[Definition, Alternative]:
    found = alternatives(open_bytes(table.encode(), "table.csv"), choices or Choices())
    return {alternative.definition: alternative for alternative in found}


def test_a_day_of_24_hours_stretches_waits_given_in_days_and_not_work_given_in_hours():
    # 14 h of work and 11 days of wait: 14 / (14 + 88) = 13.7 %, and 14 / (14 + 264) = 5.0 %.
    # The lead time: 102 h are 12.75 days of 8 h; 278 h are 11.58 days of 24 h.
    effect = switched("Stage,Processing time,Wait time\nA,10 h,8 days\nB,4 h,3 days\n")[Definition.HOURS_PER_DAY].effect
    assert effect == (
        "Counted as 24-hour days, flow efficiency would be 5% instead of 13.7% and lead time would be 11.6 days "
        "instead of 12.8 days."
    )


def test_where_no_time_is_in_days_only_the_words_change():
    # 30 h are 3.75 days of 8 h; below two days of 24 h they are said in hours.
    day = switched("Stage,Processing time (h),Wait time (h)\nA,10,20\n")[Definition.HOURS_PER_DAY]
    assert (
        day.effect
        == "Counted as 24-hour days, no time would change, but the lead time would read 30 h instead of 3.8 days."
    )


def test_the_wait_before_its_stage_accuses_another_stage_and_keeps_every_total():
    wait = switched("Stage,Processing time (h),Wait time (h)\nA,1,40\nB,1,2\nC,1,0\n")[Definition.WAIT]
    assert wait.effect == (
        "With the wait before its stage, the longest wait would be in front of A instead of in front of B and the "
        "bottleneck would be A (a delay) instead of B (a delay)."
    )
    assert wait.choices.wait is WaitSide.BEFORE


def test_a_lead_time_that_leaves_out_the_work_is_longer_by_the_work():
    # Lead time 40 h of which 10 h are work: 25 %. With the work on top: 10 / 50 = 20 %, and 50 h are 6.25 days of 8 h.
    lead = switched("Stage,Processing time (h),Lead time (h)\nA,10,40\n")[Definition.LEAD_TIME]
    assert lead.effect == (
        "With a lead time that leaves out the processing time, flow efficiency would be 20% instead of 25% and lead "
        "time would be 6.3 days instead of 5 days."
    )


def test_only_what_the_table_has_is_switched():
    assert set(switched("Stage,Processing time,Wait time\nA,1 h,2 h\n")) == {
        Definition.WAIT,
        Definition.HOURS_PER_DAY,
        Definition.DAYS_PER_WEEK,
        Definition.UNIT,
    }


def test_weeks_matter_only_where_a_time_is_in_weeks():
    assert not switched("Stage,Processing time,Wait time\nA,1 d,2 d\n")[Definition.DAYS_PER_WEEK].changes
    assert switched("Stage,Processing time,Wait time\nA,1 d,2 wk\n")[Definition.DAYS_PER_WEEK].changes


def test_the_other_answer_is_offered_once_one_is_taken():
    taken = Choices(wait=WaitSide.BEFORE, definitions=Definitions(hours_per_day=24))
    back = switched("Stage,Processing time,Wait time\nA,1 d,2 d\n", taken)
    assert back[Definition.WAIT].choices.wait is WaitSide.AFTER
    assert back[Definition.HOURS_PER_DAY].choices.definitions.hours_per_day == 8


def test_nothing_is_offered_where_the_table_cannot_be_analysed():
    assert switched("Name,Colour\nA,red\n") == {}


@pytest.mark.parametrize(
    ("definitions", "words"),
    [
        (Definitions(), ()),
        (Definitions(wait=WaitSide.BEFORE), ("wait before its stage",)),
        (Definitions(complete_accurate=QualitySide.OUTGOING), ("%C&A outgoing",)),
        (Definitions(lead_time_contains_processing=False), ("lead time without processing",)),
        (Definitions(hours_per_day=24, days_per_week=7), ("a day has 24 h", "a week has 7 days")),
        (Definitions(unit="min"), ("times without a unit in minutes",)),
        (Definitions(demand=20), ("demand 20 a week",)),
    ],
)
def test_what_differs_from_the_default_is_named(definitions: Definitions, words: tuple[str, ...]):
    assert different_definitions(definitions) == words
