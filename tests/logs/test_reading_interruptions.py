"""A wait in the middle of work: it interrupts the stage that it comes from, and nobody was sent back."""

from __future__ import annotations

import pytest

from vsm.items.build import Status, StatusKind
from vsm.model import ValueStream
from vsm.opening import MeasuredReading, read_data
from vsm.reading.log_shapes import LogChoices

# Item 1 is blocked for three days, item 3 is on hold for one, item 2 goes straight through.
BLOCKED = {
    "1": (("To Do", 5), ("In Progress", 6), ("Blocked", 7), ("In Progress", 10), ("Review", 11), ("Done", 12)),
    "2": (("To Do", 5), ("In Progress", 6), ("Review", 8), ("Done", 9)),
    "3": (("To Do", 5), ("In Progress", 6), ("On hold", 7), ("In Progress", 8), ("Review", 9), ("Done", 10)),
}


def log(items: dict[str, tuple[tuple[str, int], ...]]) -> bytes:
    rows = [f"{key},{status},2026-01-{day:02} 10:00" for key, moves in items.items() for status, day in moves]
    return "\n".join(["Key,Status,Changed", *rows]).encode()


def read(items: dict[str, tuple[tuple[str, int], ...]], choices: LogChoices | None = None) -> MeasuredReading:
    reading = read_data(log(items), "log.csv", choices or LogChoices())
    assert isinstance(reading, MeasuredReading)
    return reading


def stream_of(reading: MeasuredReading) -> ValueStream:
    assert reading.stream is not None
    return reading.stream


def test_who_is_blocked_and_goes_on_is_not_sent_back():
    stream = stream_of(read(BLOCKED))
    work, review = stream.stages
    assert (work.name, review.name) == ("In Progress", "Review")
    assert stream.measured is not None
    assert stream.measured.sent_back == 0
    assert (work.visits, review.visits) == (3, 3)
    assert (work.complete_accurate, review.complete_accurate) == (1, 1)
    # Of three items: a day of To Do each, and three days blocked and one on hold.
    assert work.wait_time == pytest.approx((3 + 3 + 1) * 24 / 3)
    assert work.processing_time == pytest.approx((2 + 2 + 2) * 24 / 3)
    assert review.wait_time == 0


@pytest.mark.parametrize("wait", ["Waiting for customer", "Wartet auf Kunde", "En pause", "Bloqueado", "Pendente"])
def test_a_wait_behind_the_last_stage_is_no_stage_of_its_own(wait: str):
    items = {
        "1": (("To Do", 5), ("In Progress", 6), (wait, 7), ("In Progress", 10), ("Done", 11)),
        "2": (("To Do", 5), ("In Progress", 6), ("Done", 7)),
    }
    stream = stream_of(read(items))
    (work,) = stream.stages
    assert (work.name, work.visits, stream.measured.sent_back) == ("In Progress", 2, 0)
    assert work.wait_time == pytest.approx((1 + 3 + 1) * 24 / 2)


def test_what_is_still_blocked_waits_for_the_stage_it_came_from():
    items = {**BLOCKED, "1": BLOCKED["1"][:3], "3": BLOCKED["3"][:3]}
    stages = {status.name: status.stage for status in read(items).statuses}
    assert (stages["Blocked"], stages["On hold"]) == ("In Progress", "In Progress")


def test_a_queue_that_most_items_leave_forward_stays_in_front_of_the_next_stage():
    items = dict.fromkeys(("1", "2", "3"), (("In Progress", 5), ("Queue", 6), ("Review", 8), ("Done", 9))) | {
        "4": (("In Progress", 5), ("Queue", 6), ("In Progress", 7), ("Review", 8), ("Done", 9))
    }
    reading = read(items)
    assert {status.name: status.stage for status in reading.statuses}["Queue"] == "Review"
    # The one that came back from the queue was interrupted, which is a wait of the stage it came from.
    work, review = stream_of(reading).stages
    assert (work.wait_time, review.wait_time) == (pytest.approx(24 / 4), pytest.approx(3 * 2 * 24 / 4))
    assert stream_of(reading).measured.sent_back == 0


def test_one_status_that_interrupts_two_stages_is_a_wait_of_each():
    items = {
        "1": (("Build", 5), ("Blocked", 6), ("Build", 8), ("Review", 9), ("Done", 10)),
        "2": (("Build", 5), ("Review", 6), ("Blocked", 7), ("Review", 10), ("Done", 11)),
    }
    build, review = stream_of(read(items)).stages
    assert (build.wait_time, review.wait_time) == (pytest.approx(24), pytest.approx(36))
    assert (build.visits, review.visits) == (2, 2)


def test_a_person_can_make_it_a_stage_of_its_own_and_still_nobody_is_sent_back():
    own = (Status(name="Blocked", kind=StatusKind.WAIT, stage="Blocked"),)
    stream = stream_of(read(BLOCKED, LogChoices(statuses=own)))
    by_name = {stage.name: stage for stage in stream.stages}
    assert by_name["Blocked"].wait_time == pytest.approx(24)
    assert stream.measured.sent_back == 0


def test_work_that_is_returned_through_a_queue_is_still_sent_back():
    # From Review through the queue to In Progress: the wait does not return to where it came from.
    items = {
        "1": (("In Progress", 5), ("Review", 6), ("Queue", 7), ("In Progress", 8), ("Review", 9), ("Done", 10)),
        "2": (("In Progress", 5), ("Review", 6), ("Done", 7)),
    }
    assert stream_of(read(items)).measured.sent_back == 1
