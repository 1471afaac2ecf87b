"""A log in which nothing looks finished: what is assumed is asked, said, and can be answered with one choice."""

from __future__ import annotations

import pytest

from vsm.analysis import analyse
from vsm.data_words import data_notes
from vsm.headlines import definition_notes
from vsm.items.build import Status, StatusKind
from vsm.opening import MeasuredReading, read_data
from vsm.reading.log_shapes import LogChoices

# Two items are filed, one of them after being drafted again; one is still being checked, one still drafted.
UNFINISHED = """Item,Status,Timestamp
A,Draft,2026-01-05 09:00
A,Check,2026-01-06 09:00
A,Filed,2026-01-08 09:00
B,Draft,2026-01-05 09:00
B,Check,2026-01-07 09:00
B,Draft,2026-01-08 09:00
B,Filed,2026-01-09 09:00
C,Draft,2026-01-06 09:00
C,Check,2026-01-09 09:00
D,Draft,2026-01-09 09:00
"""
ASSUMED = "Nothing in the log says when an item is finished: it is assumed to be at its last row."


def understood(text: str, choices: LogChoices | None = None) -> MeasuredReading:
    reading = read_data(text.encode(), "log.csv", choices or LogChoices())
    assert isinstance(reading, MeasuredReading)
    assert reading.stream is not None
    return reading


def test_what_looks_like_the_end_is_asked_and_the_assumption_is_said():
    reading = understood(UNFINISHED)
    assert reading.likely_ends == ("Filed",)
    assert sum("Is an item finished when it comes to “Filed”?" in question for question in reading.questions) == 1
    assert any("counts as finished at its last row" in note for note in reading.notes)
    assert ASSUMED in definition_notes(analyse(reading.stream))
    assert (reading.stream.measured.finished, reading.stream.measured.open) == (4, 0)


def test_the_answer_ends_the_question_and_the_assumption():
    done = (Status(name="Filed", kind=StatusKind.DONE, stage="Filed"),)
    reading = understood(UNFINISHED, LogChoices(statuses=done))
    assert reading.likely_ends is None
    assert reading.questions == ()
    assert ASSUMED not in definition_notes(analyse(reading.stream))
    assert (reading.stream.measured.finished, reading.stream.measured.open) == (2, 2)
    # A from 5 to 8 January, B from 5 to 9.
    assert reading.stream.measured.lead_times.mean == (3 + 4) / 2 * 24


def test_where_nothing_looks_like_the_end_the_question_is_open():
    reading = understood("".join(UNFINISHED.splitlines(keepends=True)[:3]) + "B,Check,2026-01-06\nB,Draft,2026-01-09\n")
    assert reading.likely_ends == ()
    assert any(question.startswith("When is an item finished?") for question in reading.questions)


def test_a_log_whose_only_end_is_cancelling_assumes_the_finish_too():
    reading = understood(UNFINISHED.replace("D,Draft", "D,Cancelled"))
    assert reading.likely_ends == ("Filed",)
    assert any("counts as finished at its last row" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("text", "assumed"),
    [
        (UNFINISHED.replace("Filed", "Done"), False),
        ("Item,Stage,Start,End\nA,Build,2026-01-05,2026-01-06\nB,Build,2026-01-06,2026-01-08\n", True),
        ("Key,Waiting,In Progress\nA,3d,1d\nB,5d,1d\n", False),
    ],
)
def test_the_definitions_say_it_wherever_it_was_assumed_and_nowhere_else(text: str, assumed: bool):
    assert (ASSUMED in definition_notes(analyse(understood(text).stream))) is assumed


@pytest.mark.parametrize(
    ("rows", "finished", "still_open"),
    [
        # One is in progress and one is to do: neither is an end.
        ("1,To Do,2026-01-05\n1,In Progress,2026-01-06\n2,To Do,2026-01-05\n", 0, 2),
        ("1,To Do,2026-01-05 10:00\n", 0, 1),
        # "Filed" tells nothing and is taken as the end; who waits is open.
        ("1,To Do,2026-01-05\n1,Filed,2026-01-06\n2,To Do,2026-01-05\n", 1, 1),
    ],
)
def test_who_plainly_waits_or_is_in_progress_at_the_last_row_is_open(rows: str, finished: int, still_open: int):
    reading = understood("Key,Status,Changed\n" + rows)
    measured = reading.stream.measured
    assert (measured.finished, measured.open) == (finished, still_open)
    assert (measured.lead_times is None) is (finished == 0)
    assert any("When is an item finished?" in q or "Is an item finished when" in q for q in reading.questions)


CLOSED = """Issue key,Issue Type,Status,Created,Resolved
C-1,Bug,Done,2026-01-05 09:00,2026-01-09 09:00
C-2,Bug,{},2026-01-05 09:00,2026-01-07 09:00
C-3,Bug,{},2026-01-06 09:00,2026-01-07 09:00
C-4,Bug,Done,2026-01-12 09:00,2026-01-14 09:00
"""


@pytest.mark.parametrize(("one", "other"), [("Cancelled", "Rejected"), ("Won't do", "Abgebrochen")])
def test_items_whose_last_status_is_cancelled_are_not_finished(one: str, other: str):
    reading = understood(CLOSED.format(one, other))
    measured = reading.stream.measured
    assert (measured.finished, measured.cancelled) == (2, 2)
    assert measured.lead_times.mean == (96 + 48) / 2
    assert any(f"as column “Status” says (“{one}” and “{other}”)" in note for note in reading.notes)


def test_a_state_tells_it_beside_dates_of_stages_and_a_status_that_says_nothing_changes_nothing():
    header = "ID,Work Item Type,State,Created,Started,Finished\n"
    rows = "1,Bug,{},2026-01-05,2026-01-06,2026-01-09\n2,Bug,Closed,2026-01-05,2026-01-06,2026-01-07\n"
    of_state = {state: understood(header + rows.format(state)).stream.measured for state in ("Removed", "Closed")}
    assert {state: (m.finished, m.cancelled) for state, m in of_state.items()} == {"Removed": (1, 1), "Closed": (2, 0)}


@pytest.mark.parametrize("state", ["Cancelled", "Won't do", "Abgelehnt", "Removed", "Annulé"])
def test_who_is_cancelled_without_a_date_of_it_is_not_open(state: str):
    open_ones = CLOSED.replace("05 09:00,2026-01-07 09:00", "05 09:00,").replace(
        "06 09:00,2026-01-07 09:00", "06 09:00,"
    )
    reading = understood(open_ones.format(state, "In progress"))
    measured = reading.stream.measured
    assert (measured.finished, measured.cancelled, measured.open) == (2, 1, 1)
    # From the 5th to the 14th, 9 days: C-1 was there 4 of them, C-3 8, C-4 2, and C-2 for no time that is known.
    assert measured.flow_load == pytest.approx((4 + 8 + 2) / 9)
    assert (
        f"1 item was closed and not done, as column “Status” says (“{state}”), so it counts as cancelled and not as "
        "open, and in the load up to its last date."
    ) in reading.notes
    assert "1 item cancelled, in no lead time." in data_notes(analyse(reading.stream))


def test_dates_of_stages_end_with_the_last_one_of_a_cancelled_item():
    text = (
        "ID,State,Ready,Build,Done\n1,Done,2026-01-05,2026-01-06,2026-01-09\n"
        "2,Verworfen,2026-01-05,2026-01-07,\n3,Build,2026-01-08,2026-01-09,\n"
    )
    measured = understood(text).stream.measured
    assert (measured.finished, measured.cancelled, measured.open) == (1, 1, 1)
    # Of the 5 days, both counted: 1 was there for 5, 2 for 3, and 3 is for 2.
    assert measured.flow_load == pytest.approx((5 + 3 + 2) / 5)


def test_a_status_tells_it_where_the_resolution_is_blank():
    rows = (
        "C-1,{},,2026-01-05 09:00,",
        "C-2,Open,,2026-01-05 09:00,",
        "C-3,Closed,Fixed,2026-01-05 09:00,2026-01-07 09:00",
    )
    text = "Issue key,Status,Resolution,Created,Resolved\n" + "\n".join(rows).format("Rejected") + "\n"
    measured = understood(text).stream.measured
    assert (measured.finished, measured.cancelled, measured.open) == (1, 1, 1)


def test_where_no_row_has_an_end_no_item_is_said_to_count_as_finished():
    reading = understood(
        "Item,Activity,Start,End\nA,Build,2026-01-05,2026-01-06\nA,Test,2026-01-06,\nB,Build,2026-01-05,\n"
    )
    assert reading.stream.measured.finished == 0
    assert not any("counts as finished" in note for note in reading.notes)
    assert any("each has a row without an end" in note for note in reading.notes)
