"""Two streams side by side: stages matched by name, differences by hand, and what can and cannot be told of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.streams import stream_of
from vsm.model import ClockKind, Definitions, Measured, Stage, ValueStream
from vsm.side_by_side import SideBySide, side_by_side
from vsm.side_words import clocks_sentence, side_sentences, sources_sentence, stage_pair_table, stream_pair_table
from vsm.stream_figures import StreamFigure

FIRST = stream_of(
    Stage(name="Design", processing_time=4, wait_time=16, complete_accurate=0.8),
    Stage(name="Build", processing_time=8, wait_time=24),
    Stage(name="Sign-off", processing_time=1, wait_time=7),
)
SECOND = stream_of(
    Stage(name="build", processing_time=6, wait_time=10),
    Stage(name="DESIGN", processing_time=4, wait_time=12, complete_accurate=0.9),
    Stage(name="Test", processing_time=3),
)
MEASURED = Measured(
    items=12,
    finished=10,
    cancelled=0,
    lead_times=None,
    overlap=0.0,
    work_overlap=0.0,
    throughput=None,
    flow_load=None,
    sent_back=0,
    variants=1,
    begins=None,
    ends=None,
    as_of=None,
    clock=ClockKind.ELAPSED,
)


def beside(first: ValueStream = FIRST, second: ValueStream = SECOND) -> SideBySide:
    return side_by_side(first, second, ("May.csv", "June.csv"))


def test_figures_of_the_streams() -> None:
    pairs = {pair.figure: pair for pair in beside().stream}
    lead = pairs[StreamFigure.LEAD_TIME]
    assert (lead.first, lead.second, lead.difference) == (60, 35, -25)  # 4+16+8+24+1+7 and 6+10+4+12+3
    rolled = pairs[StreamFigure.ROLLED]
    assert rolled.difference == pytest.approx(0.1)
    assert StreamFigure.THROUGHPUT not in pairs  # neither knows it


def test_stages_are_matched_by_name_and_the_others_listed() -> None:
    found = beside()
    assert [name for name, _ in found.stages] == ["Design", "Build"]
    build = {pair.figure: pair for pair in found.stages[1][1]}
    assert build[StreamFigure.WAIT_TIME].difference == -14
    assert build[StreamFigure.PROCESSING_TIME].difference == -2
    assert StreamFigure.COMPLETE_ACCURATE not in build
    assert found.only_first == ("Sign-off",)
    assert found.only_second == ("Test",)


def test_what_is_said() -> None:
    said = side_sentences(beside())
    assert said[0].startswith("From May.csv to June.csv: lead time is 7.5 days and 4.4 days (−3.1 days);")
    assert "rolled %C&A is 80% and 90% (+10 points)" in said[0]
    assert said[1].startswith(
        "Of the stages in both, the largest differences: the wait time of Build is 3 days and 10 h"
    )
    assert said[2:] == ("Only May.csv has the stage Sign-off.", "Only June.csv has the stage Test.")


def test_tables() -> None:
    stages = stage_pair_table(beside())
    assert list(stages.columns) == ["Stage", "Figure", "May.csv", "June.csv", "Difference"]
    assert stages.iloc[2].tolist() == ["Design", "%C&A", "80%", "90%", "+10 points"]
    assert stages.iloc[0].tolist() == ["Design", "Processing time", "4 h", "4 h", "0 h"]
    streams = stream_pair_table(beside()).set_index("Figure")
    assert streams.loc["Processing time"].tolist() == ["13 h", "13 h", "0 h"]


def test_stated_figures_have_no_interval_and_measured_ones_are_told_from_them() -> None:
    assert "Both files state their figures" in sources_sentence(beside())
    mixed = sources_sentence(beside(replace(FIRST, measured=MEASURED)))
    assert mixed.startswith("The figures of May.csv are measured over 10 finished items, and the figures of June.csv")
    assert "no difference has an interval" in mixed
    both = sources_sentence(beside(replace(FIRST, measured=MEASURED), replace(SECOND, measured=MEASURED)))
    assert "no difference" not in both


def test_lead_time_with_rework_is_left_out_of_two_logs_which_contain_it() -> None:
    stated = {pair.figure for pair in beside().stream}
    assert StreamFigure.LEAD_TIME_WITH_REWORK in stated
    logs = beside(replace(FIRST, measured=MEASURED), replace(SECOND, measured=MEASURED))
    assert StreamFigure.LEAD_TIME_WITH_REWORK not in {pair.figure for pair in logs.stream}


def test_times_of_days_of_different_length_have_no_difference() -> None:
    elapsed = replace(SECOND, definitions=Definitions(hours_per_day=24, days_per_week=7))
    found = beside(FIRST, elapsed)
    assert "A day has 8 h in May.csv and 24 h in June.csv" in clocks_sentence(found)
    pairs = {pair.figure: pair.difference for pair in found.stream}
    assert pairs[StreamFigure.LEAD_TIME] is None
    assert pairs[StreamFigure.FLOW_EFFICIENCY] is None
    assert pairs[StreamFigure.ROLLED] == pytest.approx(0.1)
    assert stream_pair_table(found)["Difference"].tolist()[0] == "–"
    assert clocks_sentence(beside()) == ""


def test_no_stage_in_common_is_said() -> None:
    found = beside(FIRST, stream_of(Stage(name="x", processing_time=1)))
    assert side_sentences(found)[-1] == "No stage has the same name in both."
