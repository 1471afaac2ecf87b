"""Several files joined by item into one log: worked by hand, and the same as one file where they are parts of one."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest

from tests import logs_by_hand as by_hand
from vsm.items.build import Status, StatusKind
from vsm.items.facts import Facts, measure
from vsm.opening import MeasuredReading, read_joined
from vsm.reading.log_shapes import DateRule, Layout, LogChoices, LogReading, LogRole
from vsm.reading.logs import LogFile, read_log
from vsm.worktime import ElapsedClock

TRACKER = """Key,Status,Changed
A-1,To do,2026-01-05 08:00
A-1,In progress,2026-01-05 12:00
A-1,Done,2026-01-06 12:00
A-2,To do,2026-01-05 08:00
A-2,In progress,2026-01-06 08:00
A-2,Done,2026-01-07 08:00
A-3,To do,2026-01-05 08:00
A-3,In progress,2026-01-06 08:00
A-3,Done,2026-01-07 08:00
"""
DEPLOYMENTS = "Ticket,Deployed at\nA-1,2026-01-07 12:00\nA-2,2026-01-07 20:00\n"
"""A-1 waits 4 h, is worked on 24 h and waits 24 h for its deployment: 52 h; A-2 24, 24 and 12: 60 h; A-3 is open."""


def joined(*files: tuple[str, str] | tuple[str, str, LogChoices]) -> MeasuredReading:
    found = [(*file, LogChoices())[:3] for file in files]
    return read_joined([LogFile(name=name, file=text.encode(), choices=choices) for name, text, choices in found])


def tracker_and(text: str, choices: LogChoices | None = None, first: LogChoices | None = None) -> MeasuredReading:
    return joined(("tracker.csv", TRACKER, first or LogChoices()), ("deployments.csv", text, choices or LogChoices()))


def lead_times(found: MeasuredReading) -> dict[str, float | None]:
    """Hours of each finished item; `None` for the others."""
    facts = measure(found.log, ElapsedClock()).items
    hours = zip(found.log.items, facts["lead_time"] / 3600, facts["finished"], strict=True)
    return {item: round(float(lead), 6) if done else None for item, lead, done in hours}


def stages(found: MeasuredReading) -> dict[str, tuple[float | None, float | None]]:
    return {stage.name: (stage.processing_time, stage.wait_time) for stage in found.stream.stages}


def kinds(found: LogReading) -> dict[str, tuple[str, str]]:
    return {status.name: (status.kind.value, status.stage) for status in found.statuses}


def test_a_tracker_and_a_list_of_deployments():
    found = tracker_and(DEPLOYMENTS)
    assert lead_times(found) == {"A-1": 52, "A-2": 60, "A-3": None}
    assert kinds(found) == {
        "To do": ("wait", "In progress"),
        "In progress": ("active", "In progress"),
        "Done": ("wait", "Deployed"),
        "Deployed": ("done", "Deployed"),
    }
    # Means over: (4 + 24) / 2 and 24; (24 + 12) / 2.
    assert stages(found) == {"In progress": (24, 14), "Deployed": (0, 18)}
    assert found.file == "tracker.csv and deployments.csv"
    assert found.stream.name == "Tracker"
    assert "1 item waits for “Deployed” and counts as open." in found.notes
    assert any("“Done” was taken as waiting for “Deployed”" in question for question in found.questions)


def test_the_rows_of_each_file_add_up_and_make_the_whole():
    found = tracker_and(DEPLOYMENTS + ",\nA-9,2026-01-08 09:00\nA-2,soon\n")
    rows = [part.reading.rows for part in found.parts]
    assert [(r.total, r.used, r.left_out, r.blank) for r in rows] == [(9, 9, 0, 0), (5, 2, 2, 1)]
    assert (found.rows.total, found.rows.used, found.rows.left_out, found.rows.blank) == (14, 11, 2, 1)
    assert [source.rows for source in found.stream.source.parts] == rows
    assert {problem.file for problem in found.problems} == {"deployments.csv"}
    assert all(problem.message.startswith("deployments.csv: ") for problem in found.problems)


def test_done_can_stay_done():
    done = LogChoices(statuses=(Status(name="done", kind=StatusKind.DONE, stage=""),))
    found = tracker_and(DEPLOYMENTS, first=done)
    assert lead_times(found) == {"A-1": 28, "A-2": 48, "A-3": 48}
    assert not any("“Done”" in question for question in found.questions)


def test_items_meet_but_for_capitals_and_what_meets_nothing_is_named():
    found = tracker_and("Ticket,Deployed at\na-1,2026-01-07 12:00\n A-2 ,2026-01-07 20:00\nA-9,2026-01-07 20:00\n")
    assert lead_times(found) == {"A-1": 52, "A-2": 60, "A-3": None}
    assert [(part.items, list(part.alone)) for part in found.parts] == [(3, ["A-3"]), (3, ["A-9"])]
    assert found.notes[:3] == (
        "2 of the 3 items of tracker.csv are in another file too.",
        "2 of the 3 items of deployments.csv are in another file too.",
        "1 item of deployments.csv is written with other capitals than in the other file, and taken as the same.",
    )
    assert [problem.message for problem in found.problems] == [
        "deployments.csv: Row 4 has a date of an item whose way no other file tells (“A-9” in column “Ticket”), so it "
        "was left out. Write the item as the other file does, if it is there."
    ]


def test_capitals_count_where_they_tell_two_items_apart():
    tracker = TRACKER.replace("A-2", "a-1")
    found = joined(("tracker.csv", tracker), ("list.csv", "Ticket,Deployed at\na-1,2026-01-07 20:00\n"))
    assert lead_times(found) == {"A-1": None, "a-1": 60, "A-3": None}


def test_a_prefix_is_said_and_nothing_guessed():
    found = tracker_and("Ticket,Deployed at\n1,2026-01-07 12:00\n2,2026-01-07 20:00\n")
    assert lead_times(found) == {"A-1": 28, "A-2": 48, "A-3": 48}
    assert found.rows.left_out == 2
    nothing, alike = found.questions
    assert nothing.startswith("No item of deployments.csv is in another file, so nothing was joined.")
    assert "2 items of deployments.csv" in alike
    assert "“1” here and “A-1” there" in alike


def test_a_day_without_a_time_ends_behind_all_that_happened_on_it():
    found = tracker_and("Ticket,Deployed at\nA-1,2026-01-06\nA-2,2026-01-07\n")
    # From 8:00 on the 5th to the end of the 6th and of the 7th.
    assert lead_times(found) == {"A-1": 40, "A-2": 64, "A-3": None}
    assert found.stream.measured.sent_back == 0
    days = (found.stream.measured.begins.date(), found.stream.measured.ends.date())
    assert [day.isoformat() for day in days] == ["2026-01-06", "2026-01-07"]


@pytest.mark.parametrize(
    ("header", "file", "called", "name", "kind"),
    [
        ("Date", "prod_rollouts.csv", None, "Prod rollouts", "done"),
        ("Rollout date", "x.csv", None, "Rollout", "done"),
        ("Released on", "x.csv", None, "Released", "done"),
        ("Date", "x.csv", "Live", "Live", "done"),
    ],
)
def test_a_single_date_is_called_after_its_column_its_file_or_as_a_person_says(
    header: str, file: str, called: str | None, name: str, kind: str
):
    text = f"Ticket,{header}\nA-1,2026-01-07 12:00\n"
    found = joined(("tracker.csv", TRACKER), (file, text, LogChoices(called=called)))
    assert found.parts[1].single == name
    assert kinds(found)[name][0] == kind


def test_a_single_date_on_the_way_begins_a_stage_and_says_so():
    found = tracker_and("Ticket,Kickoff date\nA-1,2026-01-05 10:00\nA-2,2026-01-05 20:00\nA-3,2026-01-05 20:00\n")
    assert list(kinds(found)) == ["To do", "Kickoff", "In progress", "Done"]
    assert kinds(found)["Kickoff"] == ("active", "Kickoff")
    # 2, 12 and 12 hours pass from there to the work.
    assert stages(found)["Kickoff"][0] == pytest.approx(26 / 3)
    assert any("date “Kickoff” of deployments.csv" in question for question in found.questions)


def test_a_single_date_can_be_ignored():
    ignored = LogChoices(statuses=(Status(name="Deployed", kind=StatusKind.IGNORE, stage=""),))
    assert lead_times(tracker_and(DEPLOYMENTS, first=ignored)) == {"A-1": 28, "A-2": 48, "A-3": 48}


def test_dates_by_stage_and_a_stage_log():
    dates = "Key,Analysis,Build,Done\nA,2026-01-05 08:00,2026-01-05 12:00,2026-01-06 08:00\n"
    worked = (
        "Item,Step,Start,End\nA,Deploy,2026-01-06 10:00,2026-01-06 13:00\nA,Test,2026-01-05 14:00,2026-01-05 16:00\n"
    )
    found = joined(("dates.csv", dates), ("steps.csv", worked))
    assert [part.reading.layout for part in found.parts] == [Layout.WIDE_DATES, Layout.STAGE_LOG]
    assert lead_times(found) == {"A": 29}
    # The test runs beside the build; nothing says which statuses wait, so the 2 h before the deployment count as its.
    times = {stage.name: stage.undivided_time for stage in found.stream.stages}
    assert times == {"Analysis": 4, "Build": 20, "Test": 2, "Deploy": 5}
    assert found.stream.measured.overlap == pytest.approx(2)


def test_work_on_an_item_behind_its_end_ends_it_later():
    worked = "Key,Phase,Begin,End\nA-1,Deploy,2026-01-07 10:00,2026-01-07 12:00\nA-2,Deploy,2026-01-07 10:00,\n"
    found = joined(("tracker.csv", TRACKER), ("w.csv", worked))
    assert lead_times(found) == {"A-1": 52, "A-2": None, "A-3": 48}
    # Of: 22 h and none in front of the deployment, 2 h and none in it.
    assert stages(found) == {"In progress": (24, 14), "Deploy": (1, 11)}


def test_completions_and_a_list_of_dates():
    completed = "Case,Activity,Completed\nA,Draft,2026-01-05 08:00\nA,Check,2026-01-05 10:00\n"
    found = joined(("c.csv", completed), ("sent.csv", "Case,Sent\nA,2026-01-05 15:00\n"))
    assert lead_times(found) == {"A": 7}
    assert {s.name: s.undivided_time for s in found.stream.stages} == {"Draft": 0, "Check": 2, "Sent": 5}


def test_visits_and_a_list_of_dates():
    visits = "Case,Step,Start,End\nA,Draft,2026-01-05 08:00,2026-01-05 10:00\n"
    found = joined(("v.csv", visits), ("sent.csv", "Case,Sent\nA,2026-01-05 15:00\n"))
    assert lead_times(found) == {"A": 7}
    assert stages(found) == {"Draft": (2, 0), "Sent": (0, 5)}


def test_completions_and_visits_cannot_tell_work_from_waiting():
    visits = "Case,Step,Start,End\nA,Draft,2026-01-05 08:00,2026-01-05 10:00\n"
    completed = "Case,Activity,Completed\nA,Check,2026-01-05 15:00\n"
    choices = LogChoices(layout=Layout.EVENT_LOG)
    found = joined(("v.csv", visits), ("c.csv", completed, choices))
    assert not found.log.divided
    assert {s.name: s.undivided_time for s in found.stream.stages} == {"Draft": 2, "Check": 5}


def test_what_two_files_say_counts_once():
    found = joined(("march.csv", by_hand.INTERVALS), ("april.csv", by_hand.INTERVALS))
    alone = read_log(by_hand.INTERVALS.encode(), "march.csv").log
    same(measure(found.log, ElapsedClock()), measure(alone, ElapsedClock()))


def test_a_file_that_cannot_be_joined_blocks_and_is_named():
    found = tracker_and("Foo,Bar\n1,x\n2,y\n")
    assert found.log is None
    assert found.stream is None
    assert [problem.message[:17] for problem in found.blocking] == ["deployments.csv: "]
    assert [part.reading.file for part in found.parts] == ["tracker.csv", "deployments.csv"]


def test_durations_without_dates_cannot_be_joined():
    found = tracker_and(by_hand.DURATIONS)
    assert "durations without dates" in found.blocking[0].message


def test_a_column_of_an_added_file_can_be_chosen():
    choices = LogChoices(columns=((LogRole.ITEM, "Ref"),))
    found = tracker_and("Ref,Deployed at\nA-1,2026-01-07 12:00\n", choices)
    assert lead_times(found)["A-1"] == 52


def test_each_file_has_its_own_time_zone():
    berlin = LogChoices(timezone="Europe/Berlin")
    assert lead_times(tracker_and(DEPLOYMENTS, berlin)) == {"A-1": 51, "A-2": 59, "A-3": None}


def test_types_and_people_of_all_files_are_known():
    extra = (
        "Key,Type,Person,Status,Changed\nA-1,Bug,Ann,Review,2026-01-06 10:00\nA-2,Story,Bo,Review,2026-01-07 07:00\n"
    )
    log = joined(("tracker.csv", TRACKER), ("more.csv", extra)).log
    types = [log.types[code] if code >= 0 else None for code in log.item_type]
    assert dict(zip(log.items, types, strict=True)) == {"A-1": "Bug", "A-2": "Story", "A-3": None}
    assert set(log.people) == {"Ann", "Bo"}


def same(one: Facts, other: Facts, order: Sequence[int] | None = None) -> None:
    items = one.items if order is None else one.items.iloc[list(order)].reset_index(drop=True)
    for column in items.columns:
        np.testing.assert_allclose(items[column].to_numpy(float), other.items[column].to_numpy(float), rtol=1e-12)
    for field in ("worked", "waited", "visits", "completed", "sent_back"):
        np.testing.assert_allclose(getattr(one.stages, field), getattr(other.stages, field), atol=1e-6)


STATUSES = ("Backlog", "In design", "In build", "Waiting for test", "In test", "Done")


def random_rows(rng: random.Random) -> list[str]:
    """Rows of changes in any order; no two of one item at one time, and each status often enough to be ordered."""
    rows = []
    for item in range(30):
        minute = rng.randrange(40_000)
        for step in range(rng.randint(2, 9)):
            minute += rng.randint(1, 4_000)
            status = STATUSES[min(step, 5)] if rng.random() < 0.8 else rng.choice(STATUSES)
            day, rest = divmod(minute, 1440)
            time = f"2026-{day // 28 % 12 + 1:02d}-{day % 28 + 1:02d} {rest // 60:02d}:{rest % 60:02d}:01"
            rows.append(f"I-{item},{status},{time}")
    rng.shuffle(rows)
    return rows


@pytest.mark.parametrize("seed", range(12))
def test_parts_of_one_log_joined_are_the_log(seed: int):
    rng = random.Random(seed)
    rows = random_rows(rng)
    cut = rng.randrange(1, len(rows))
    order = LogChoices(stage_order=STATUSES)
    parts = [("Key,Status,Changed\n" + "\n".join(part) + "\n") for part in (rows[:cut], rows[cut:])]
    whole = read_log(("Key,Status,Changed\n" + "\n".join(rows) + "\n").encode(), "log.csv", order)
    found = joined(("one.csv", parts[0], order), ("two.csv", parts[1], order))
    assert found.statuses == whole.statuses
    assert (found.log.stages, found.log.as_of) == (whole.log.stages, whole.log.as_of)
    place = {item: code for code, item in enumerate(found.log.items)}
    same(measure(found.log, ElapsedClock()), measure(whole.log, ElapsedClock()), [place[i] for i in whole.log.items])
    assert found.rows == whole.rows


@pytest.mark.parametrize("text", [by_hand.INTERVALS, by_hand.COMPLETED, by_hand.DATES, by_hand.EVENTS])
def test_rows_of_any_layout_may_lie_in_two_files(text: str):
    header, *rows = text.splitlines(keepends=True)
    whole = read_log(text.encode(), "log.csv")
    choices = LogChoices(layout=whole.layout, stamp=whole.stamp, dates=DateRule.INCLUSIVE)
    found = joined(
        ("one.csv", header + "".join(rows[::2]), choices), ("two.csv", header + "".join(rows[1::2]), choices)
    )
    assert found.log.stages == whole.log.stages
    place = {item: code for code, item in enumerate(found.log.items)}
    same(measure(found.log, ElapsedClock()), measure(whole.log, ElapsedClock()), [place[i] for i in whole.log.items])
