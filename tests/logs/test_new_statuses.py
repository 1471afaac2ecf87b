"""A status that is new since choices were saved is named, with what it was taken for."""

from __future__ import annotations

import pytest

from vsm.items.build import Status, StatusKind
from vsm.reading.log_shapes import LogChoices
from vsm.reading.logs.built import note_of_new
from vsm.reading.logs.read_log import read_log

GIVEN = (
    Status(name="To Do", kind=StatusKind.WAIT, stage="Build"),
    Status(name="Build", kind=StatusKind.ACTIVE, stage="Build"),
    Status(name="Done", kind=StatusKind.DONE, stage=""),
)
LOG = "Key,Status,Changed at\n" + "".join(
    f"A,{status},2026-01-{day:02} 09:00\n" for day, status in enumerate(("To Do", "Build", "Peer Check", "Done"), 5)
)


def notes(given: tuple[Status, ...]) -> list[str]:
    return [n for n in read_log(LOG.encode(), "log.csv", LogChoices(statuses=given)).notes if "do not speak" in n]


def test_one_new_status_is_named():
    assert notes(GIVEN) == [
        "The choices do not speak of one status, so by its name “Peer Check” was taken as work in “Peer Check”. "
        "Say what it means if that is wrong."
    ]


@pytest.mark.parametrize("given", [(), GIVEN[:2], (*GIVEN, Status(name="peer check", kind=StatusKind.WAIT, stage=""))])
def test_nothing_is_said_of_choices_about_few_statuses_or_about_all(given: tuple[Status, ...]):
    assert notes(given) == []


def test_several_new_ones_are_said_in_one_sentence():
    new = (
        Status(name="On hold", kind=StatusKind.WAIT, stage="Build"),
        Status(name="Rejected", kind=StatusKind.CANCELLED, stage="Rejected"),
    )
    assert note_of_new((*GIVEN, *new), GIVEN) == [
        "The choices do not speak of 2 statuses, so by their names “On hold” was taken as waiting for “Build” and "
        "“Rejected” was taken as cancelled. Say what they mean if that is wrong."
    ]
