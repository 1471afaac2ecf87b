"""Statuses of a file with starts and ends mean the same beside another file: by hand, and against a slow count."""

from __future__ import annotations

import random
from collections import defaultdict

import pytest

from tests.items import slow
from vsm.analysis import analyse
from vsm.items.build import Status, StatusKind
from vsm.items.facts import measure
from vsm.items.log import OPEN
from vsm.opening import MeasuredReading, read_joined
from vsm.reading.log_shapes import LogChoices
from vsm.reading.logs import LogFile
from vsm.worktime import ElapsedClock

MINUTE = 60_000_000
WAIT, ACTIVE, DONE, CANCELLED = StatusKind.WAIT, StatusKind.ACTIVE, StatusKind.DONE, StatusKind.CANCELLED


def joined(first: str, second: str, choices: LogChoices | None = None) -> MeasuredReading:
    texts = (("first.csv", first), ("second.csv", second))
    choices = choices or LogChoices()
    return read_joined([LogFile(name=name, file=text.encode(), choices=choices) for name, text in texts])


def times(found: MeasuredReading) -> dict[str, tuple[float | None, float | None]]:
    return {stage.name: (stage.processing_time, stage.wait_time) for stage in found.stream.stages}


TRACKER = """Key,Status,Changed
A,To do,2026-01-05 08:00
A,In build,2026-01-05 10:00
A,Handed over,2026-01-05 14:00
"""
OPERATION = """Key,Status,Start,End
A,Waiting for check,2026-01-05 14:00,2026-01-05 20:00
A,Check,2026-01-05 20:00,2026-01-05 21:00
A,Blocked,2026-01-05 21:00,2026-01-05 23:00
A,Check,2026-01-05 23:00,2026-01-06 00:00
A,Closed,2026-01-06 02:00,
"""
HANDED_OVER = LogChoices(statuses=(Status(name="Handed over", kind=DONE, stage="Handed over"),))
"""A waits 2 h and is built 4; then it waits 6 h for its check, is checked 1 h, blocked 2, checked 1, and closed after
another 2: 18 h, of which 6 are work."""


def test_statuses_that_wait_wait_beside_another_file_too():
    found = joined(TRACKER, OPERATION, HANDED_OVER)
    kinds = {status.name: (status.kind, status.stage) for status in found.statuses}
    assert kinds["Waiting for check"] == (WAIT, "Check")
    assert kinds["Blocked"] == (WAIT, "Check")
    assert kinds["Closed"][0] is DONE
    assert times(found) == {"In build": (4, 2), "Check": (2, 10)}
    assert found.stream.measured.lead_times.mean == 18
    assert analyse(found.stream).flow_efficiency == pytest.approx(6 / 18)


def test_what_a_person_says_of_them_counts():
    blocked = Status(name="Blocked", kind=ACTIVE, stage="Check")
    found = joined(TRACKER, OPERATION, LogChoices(statuses=(*HANDED_OVER.statuses, blocked)))
    assert times(found)["Check"] == (4, 8)


def test_an_item_is_cancelled_where_its_last_row_says_so():
    found = joined(TRACKER.replace("A,Handed", "B,Handed"), OPERATION.replace("Closed", "Abgelehnt"), HANDED_OVER)
    assert (found.stream.measured.finished, found.stream.measured.cancelled) == (1, 1)


def test_days_are_done_at_their_end_beside_times_of_day():
    days = "Key,Status,Start,End\nA,Check,2026-01-06,2026-01-06\nA,Closed,2026-01-06,\n"
    # From 8 o'clock on the 5th to the end of the 6th: 40 hours.
    assert joined(TRACKER, days, HANDED_OVER).stream.measured.lead_times.mean == pytest.approx(40)


def test_waits_and_activities_completed_cannot_tell_work_from_waiting():
    completed = "Case,Activity,Completed\nA,Archive,2026-01-06 08:00\n"
    assert not joined(OPERATION.replace("A,Closed,2026-01-06 02:00,\n", ""), completed).log.divided


def test_interruptions_are_told_by_the_moves_of_both_files():
    # Blocked lies between two rows of Build in one file, Test in the other.
    rows = (
        "Key,Status,Start,End\nA,Build,2026-01-05 08:00,2026-01-05 09:00\nA,Blocked,2026-01-05 09:00,2026-01-05 11:00\n"
    )
    more = "Key,Status,Start,End\nA,Build,2026-01-05 11:00,2026-01-05 12:00\nA,Test,2026-01-05 12:00,2026-01-05 13:00\n"
    assert times(joined(rows, more)) == {"Build": (2, 2), "Test": (1, 0)}


STATUSES = [
    Status(name="To do", kind=WAIT, stage="In build"),
    Status(name="In build", kind=ACTIVE, stage="In build"),
    Status(name="Finished", kind=DONE, stage=""),
    Status(name="Dropped", kind=CANCELLED, stage=""),
    Status(name="Ready for deploy", kind=WAIT, stage="Deploy"),
    Status(name="Deploy", kind=ACTIVE, stage="Deploy"),
    Status(name="Live", kind=DONE, stage=""),
    Status(name="Rolled back", kind=CANCELLED, stage=""),
]
STAGES = ("In build", "Deploy")


def random_files(
    rng: random.Random,
) -> tuple[dict[int, list[tuple[int, int]]], dict[int, list[tuple[int, int, int | None]]]]:
    """(time, status) of the tracker's items at odd minutes, (status, start, end) of the others' at even ones."""
    events, rows = {}, {}
    for item in range(8):
        if rng.random() < 0.8:
            events[item] = [(t, rng.randrange(4)) for t in rng.sample(range(1, 400, 2), rng.randint(1, 5))]
        if rng.random() < 0.8 or item not in events:
            starts = rng.sample(range(0, 400, 2), rng.randint(1, 5))
            lengths = [None if rng.random() < 0.1 else rng.choice((0, 4, 40, 100)) for _ in starts]
            rows[item] = [
                (rng.randrange(4, 8), s, None if length is None else s + length)
                for s, length in zip(starts, lengths, strict=True)
            ]
    return events, rows


def clock(minute: int) -> str:
    return f"2026-01-05 {minute // 60:02d}:{minute % 60:02d}"


def slow_item(
    events: list[tuple[int, int]], rows: list[tuple[int, int, int | None]]
) -> tuple[int, int | None, bool, list[tuple[int, bool, int, int | None]]]:
    """(begun, finished, cancelled, stretches) of an item of both files; a row that ends it enters that status."""
    works, over, final = slow.worked_and_over(rows, STATUSES, STAGES)
    ending = [(s, status) for status, s, _ in rows if (s, STATUSES[status].kind) in final]
    entered = sorted([*events, *ending])
    item = slow._entered(entered, STATUSES, STAGES) if entered else None
    stretches = list(item.stretches) if item else []
    if item and item.cancelled:
        gone = max([end for _, _, _, end in item.stretches if end is not None], default=item.begun)
        for row in works:
            row.end = max(row.start, gone) if row.end is None else row.end
    stretches += [(row.stage, row.waits, row.start, row.end) for row in works]
    begun = min([start for _, _, start, _ in stretches] + ([item.begun] if item else []) + [time for time, _ in over])
    ends = [slow.NEVER if row.end is None else row.end for row in works]
    ends += [time for time, _ in final[:1]]
    if item and (item.cancelled or not ends):
        finished = item.finished
    else:
        finished = max(ends + ([slow.NEVER if item.finished is None else item.finished] if item else []))
        finished = None if finished >= slow.NEVER else finished
    return begun, finished, item.cancelled if item else False, filled(stretches, begun, finished)


def filled(
    stretches: list[tuple[int, bool, int, int | None]], begun: int, finished: int | None
) -> list[tuple[int, bool, int, int | None]]:
    """Put a wait wherever nothing runs, for what follows; and for the end in the last stage."""
    found, reach = [], begun
    for stage, waits, start, end in sorted(stretches, key=lambda s: (s[2], slow.NEVER if s[3] is None else s[3], s[0])):
        if start > reach:
            found.append((stage, True, reach, start))
        found.append((stage, waits, start, end))
        reach = max(reach, slow.NEVER if end is None else end)
    if found and finished is not None and finished > reach:
        found.append((found[-1][0], True, reach, finished))
    return found


@pytest.mark.parametrize("seed", range(150))
def test_two_files_are_measured_as_by_hand(seed: int):
    rng = random.Random(seed)
    events, rows = random_files(rng)
    if not events or not rows:
        return
    tracker = "".join(f"I-{i},{STATUSES[s].name},{clock(t)}\n" for i, all_ in events.items() for t, s in all_)
    others = "".join(
        f"I-{i},{STATUSES[s].name},{clock(a)},{'' if b is None else clock(b)}\n"
        for i, all_ in rows.items()
        for s, a, b in all_
    )
    choices = LogChoices(statuses=tuple(STATUSES), stage_order=STAGES)
    found = joined(f"Key,Status,Changed\n{tracker}", f"Key,Status,Start,End\n{others}", choices)
    if found.log is None or found.log.stages != STAGES:
        return
    facts, midnight = measure(found.log, ElapsedClock()), 20_458 * 1440
    worked, waited = defaultdict(int), defaultdict(int)
    for code, name in enumerate(found.log.items):
        number = int(name.removeprefix("I-"))
        begun, finished, cancelled, stretches = slow_item(events.get(number, []), rows.get(number, []))
        assert found.log.begun[code] == (midnight + begun) * MINUTE, name
        assert found.log.finished[code] == (OPEN if finished is None else (midnight + finished) * MINUTE), name
        assert found.log.cancelled[code] == cancelled
        if finished is not None:
            for stage, waits, start, end in stretches:
                (waited if waits else worked)[stage] += 60 * (end - start)
    assert facts.stages.worked.tolist() == [worked[0], worked[1]]
    assert facts.stages.waited.tolist() == [waited[0], waited[1]]
