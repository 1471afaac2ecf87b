"""The sample files: read without a question, and each shows what its description promises."""

from __future__ import annotations

import csv
from itertools import pairwise

import pytest

from vsm.analysis import Analysis, analyse
from vsm.bottlenecks import Kind, Strength
from vsm.changes import Lever
from vsm.model import WaitSide
from vsm.opening import AnyReading, MeasuredReading, read
from vsm.reading.log_shapes import LogChoices
from vsm.reading.shapes import Choices
from vsm.samples import SAMPLE_FOLDER, SAMPLES, Sample, sample_path

BY_KEY = {sample.key: sample for sample in SAMPLES}


def reading_of(key: str) -> AnyReading:
    sample = BY_KEY[key]
    choices = LogChoices if sample.is_log else Choices
    return read(sample_path(sample), choices(name=sample.name, start=sample.start, end=sample.end))


def analysis_of(key: str) -> Analysis:
    stream = reading_of(key).stream
    assert stream is not None
    return analyse(stream)


def accused(analysis: Analysis) -> list[str]:
    return [analysis.stages[index].name for index in analysis.bottleneck.stages]


def test_every_file_in_the_folder_is_a_sample_and_every_sample_a_file():
    assert sorted(sample.file for sample in SAMPLES) == sorted(path.name for path in SAMPLE_FOLDER.iterdir())
    assert len(BY_KEY) == len(SAMPLES)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.key)
def test_a_sample_reads_without_a_question(sample: Sample):
    reading = reading_of(sample.key)
    assert reading.blocking == ()
    assert reading.questions == ()
    assert [column.question for column in reading.columns if column.question] == []
    assert reading.stream is not None
    assert (reading.stream.name, reading.stream.start, reading.stream.end) == (sample.name, sample.start, sample.end)


@pytest.mark.parametrize(
    ("key", "stages", "hours"),
    [
        ("software_delivery", 10, 47 + 292),
        # 6 + 10 + 30 + 60 + 50 + 20 + 5 minutes of work, 1 + 2.5 + 6.5 + 7 + 6.75 + 6 hours of wait
        ("support_ticket", 7, 181 / 60 + 29.75),
        # 24 + 48 + 145 + 60 + 66 + 150 + 70 seconds of work, 25.8 days of inventory
        ("factory", 8, 563 / 3600 + 25.8 * 8),
        # 1.1 days of work, 10.75 days of wait
        ("purchase_approval_de", 8, (1.1 + 10.75) * 8),
        # of the four steps side by side only the accounts count, with 2 h of work and 6 days of wait
        ("new_employee", 10, 25.5 + 16.5 + 12.75 + (2 + 48) + 12 + 26 + 8),
    ],
)
def test_lead_times_are_those_added_up_by_hand(key: str, stages: int, hours: float):
    analysis = analysis_of(key)
    assert len(analysis.stages) == stages
    assert analysis.lead_time == pytest.approx(hours)


def test_software_waits_for_a_step_that_nobody_is_too_busy_for():
    analysis = analysis_of("software_delivery")
    assert (analysis.bottleneck.kind, accused(analysis)) == (Kind.DELAY, ["Backlog refinement"])
    assert analysis.team_wait is not None
    assert analysis.team_wait.between == 16 + 80 + 20 + 30 + 10  # where the team changes
    assert analysis.team_wait.inside == 60 + 40 + 12 + 24


def test_the_ticket_has_no_clear_bottleneck_and_loses_its_time_to_rework():
    analysis = analysis_of("support_ticket")
    assert analysis.bottleneck.kind is Kind.NONE
    assert analysis.suggestions[0].lever is Lever.REWORK
    assert analysis.lead_time is not None
    assert analysis.cost_of_rework is not None
    assert analysis.cost_of_rework > analysis.lead_time


def test_the_factory_lacks_capacity_where_the_frame_is_welded():
    analysis = analysis_of("factory")
    assert (analysis.bottleneck.kind, accused(analysis)) == (Kind.CONSTRAINT, ["Weld frame"])
    assert analysis.bottleneck.strength is Strength.STRONG
    # Even without rework: 1600 frames of 145 s against two people at 84 % of 40 h.
    utilisation = next(figures.utilisation for figures in analysis.stages if figures.name == "Weld frame")
    assert utilisation is not None
    assert utilisation > 1600 * 145 / (2 * 0.84 * 40 * 3600) > 0.95


def test_the_factory_workbook_is_read_past_its_instructions_titles_and_total():
    reading = reading_of("factory")
    assert (reading.sheet, reading.header_rows) == ("Current state", (5,))
    assert [row.row for row in reading.left_out] == [14, 16]
    assert reading.definitions.wait is WaitSide.BEFORE


def test_the_purchase_waits_for_its_batch():
    analysis = analysis_of("purchase_approval_de")
    assert accused(analysis) == ["Freigabe im Ausschuss"]
    # What comes to the batch: 8 items a week, and those that come again as 15 % are sent back from there, 10 %, 5 % and
    # 2 % behind. Of a dozen, an item waits for 5.5 others on average: until all are there, and 0.4 h each for its turn.
    visits = (1 + 0.10 * (1 + 0.05 * (1 + 0.02 / 0.98) / 0.95) / 0.90) / 0.85
    assert analysis.bottleneck.batch_share == pytest.approx(5.5 * (40 / (8 * visits) + 0.4) / 36)
    assert analysis.suggestions[0].lever is Lever.BATCH


def test_the_new_employee_waits_for_the_slowest_of_four():
    analysis = analysis_of("new_employee")
    assert (analysis.bottleneck.kind, accused(analysis)) == (Kind.DELAY, ["Welcome and first day"])
    assert analysis.bottleneck.queue is not None
    assert analysis.bottleneck.queue.after == "Create accounts"
    welcome = next(figures for figures in analysis.stages if figures.name == "Welcome and first day")
    assert welcome.rework_target == "Create accounts"


def test_the_team_s_log_is_seen_as_one_and_counted_as_by_hand():
    reading, sample = reading_of("product_team"), BY_KEY["product_team"]
    assert isinstance(reading, MeasuredReading)
    assert isinstance(read(sample_path(sample)), MeasuredReading)  # nobody has to say that it is a log
    assert reading.stream is not None
    measured = reading.stream.measured
    assert measured is not None
    with sample_path(sample).open(newline="") as file:
        rows = list(csv.DictReader(file))
    flow = [status.name for status in reading.statuses]
    changes: dict[str, list[int]] = {}
    for row in rows:
        changes.setdefault(row["Item"], []).append(flow.index(row["Status"]))
    last = [row["Status"] for row in {row["Item"]: row for row in rows}.values()]
    assert (measured.items, measured.finished) == (len(changes), last.count("Released"))
    assert measured.cancelled == last.count("Won't do")
    back = [sum(b < a for a, b in pairwise(way)) for way in changes.values()]
    assert measured.sent_back == sum(back)
    assert 0.10 <= sum(b > 0 for b in back) / len(changes) <= 0.15
    assert {row["Type"] for row in rows} == {"Feature", "Bug", "Chore"}
    assert measured.person_moves


def test_the_team_s_finished_work_waits_for_the_release():
    analysis = analysis_of("product_team")
    assert (analysis.bottleneck.kind, accused(analysis)) == (Kind.DELAY, ["Release"])
    assert [figures.name for figures in analysis.stages] == [
        "Refinement", "Development", "Review", "Testing", "Release",
    ]  # fmt: skip
