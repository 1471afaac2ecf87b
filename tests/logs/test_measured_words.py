"""Small logs -> what is said of them: worked by hand, from the bytes of the file to the sentence."""

from __future__ import annotations

import pytest

from vsm.analysis import Analysis, analyse
from vsm.headlines import definition_notes, headline_figures
from vsm.items.log import OPEN
from vsm.opening import read_data
from vsm.reading.log_shapes import LogChoices, LogReading


def analysed(text: str) -> Analysis:
    stream = read_data(text.encode(), "log.csv", LogChoices()).stream
    assert stream is not None
    return analyse(stream)


def sentence(analysis: Analysis, key: str) -> str:
    return next(figure.sentence for figure in headline_figures(analysis) if figure.key == key)


def test_durations_are_said_in_the_days_of_the_file() -> None:
    found = analysed("Key,Waiting,In Progress\nA,3d,1d\nB,5d,1d\n")
    # 4 and 6 days of 8 h: 40 h on average.
    assert (found.lead_time, headline_figures(found)[0].value) == (40, "5 days")
    assert definition_notes(found)[0] == "Times are the durations that the file gives; a day in it was read as 8 h."
    assert found.rolled_complete_accurate is None
    assert sentence(found, "rolled_complete_accurate") == "Durations without dates do not tell what was sent back."


STEPS = """case,activity,start,complete,resource
1,Draft,2026-01-05 08:00,2026-01-05 10:00,Ann
1,Legal,2026-01-05 10:00,2026-01-05 14:00,Ann
1,Tech,2026-01-05 11:00,2026-01-05 12:00,Bob
1,Sign,2026-01-05 15:00,2026-01-05 16:00,Ann
"""


def test_work_side_by_side_counts_once_and_handoffs_are_told() -> None:
    found = analysed(STEPS)
    # Of 8 to 16 o'clock only the hour from 14 to 15 is waiting.
    assert found.flow_efficiency == 7 / 8
    assert "side by side counted once" in sentence(found, "flow_efficiency")
    # Ann, Ann, Bob, Ann.
    assert "another person 2 of 3 times" in sentence(found, "handoffs")


def read(text: str) -> LogReading:
    return read_data(text.encode(), "log.csv", LogChoices())


ISSUES = """number,title,state,stateReason,createdAt,closedAt
11,a,CLOSED,COMPLETED,2026-01-05T10:00:00Z,2026-01-06T10:00:00Z
12,b,CLOSED,NOT_PLANNED,2026-01-05T10:00:00Z,2026-01-09T10:00:00Z
13,c,OPEN,,2026-01-07T10:00:00Z,
"""


def test_what_was_closed_and_not_done_is_cancelled() -> None:
    found = read(ISSUES)
    assert found.log is not None
    assert found.log.cancelled.tolist() == [False, True, False]
    assert (found.log.finished == OPEN).tolist() == [False, True, True]
    assert any("“stateReason” says (“NOT_PLANNED”)" in note for note in found.notes)


def test_a_resolution_that_says_done_cancels_nothing() -> None:
    found = read(ISSUES.replace("NOT_PLANNED", "COMPLETED"))
    assert found.log is not None
    assert not found.log.cancelled.any()


GERMAN = """Vorgang;HEADER;Beginn;Ende
1;Prüfung;2026-01-05 09:00;2026-01-05 12:00
1;Freigabe;2026-01-06 09:00;2026-01-06 12:00
2;Prüfung;2026-01-06 09:00;2026-01-06 12:00
2;Freigabe;2026-01-09 09:00;2026-01-09 12:00
"""


@pytest.mark.parametrize("header", ["Bearbeitungsschritt", "Prozessschritt", "Tätigkeit", "Station", "Arbeitsgang"])
def test_german_names_of_the_stage_column(header: str) -> None:
    found = read(GERMAN.replace("HEADER", header))
    assert found.log is not None
    assert found.log.stages == ("Prüfung", "Freigabe")


def test_a_column_that_could_name_stages_is_asked_for() -> None:
    found = read(GERMAN.replace("HEADER", "Wobei"))
    assert any("If “Wobei” names the stage" in question for question in found.questions)
