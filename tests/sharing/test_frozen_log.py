"""The items of a publication: they come back as they were, are chosen like those of the file, and name nobody else."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import fields, replace

import numpy as np
import pytest

from tests.pages.log_opening import WITHOUT_DATES, event_log
from vsm.chosen_items import choose_items
from vsm.items.log import OPEN, UNKNOWN, Log, Visits
from vsm.model import Wanted
from vsm.opening import MeasuredReading, read_data
from vsm.reading.log_shapes import LogChoices
from vsm.said import Said, SaidOfStage
from vsm.sharing import frozen_log
from vsm.sharing.found import StoreError
from vsm.sharing.frozen_log import FrozenLog, frozen_log_bytes, read_frozen_log
from vsm.unnamed import without_names
from vsm.worktime import Calendar

WORKING = LogChoices(
    calendar=Calendar(holidays=frozenset({dt.date(2026, 1, 6)}), timezone="Europe/Berlin"),
    timezone="Europe/Berlin",
    as_of=dt.datetime(2026, 3, 1, tzinfo=dt.UTC),
)
TEAMS = """Item,Status,Time,Team
A,Do,2026-01-05,Red
A,Done,2026-01-07,Blue
B,Do,2026-01-06,Blue
B,Done,2026-01-09,Blue
"""


def log_of(text: str, choices: LogChoices | None = None) -> MeasuredReading:
    reading = read_data(text.encode(), "log.csv", choices or LogChoices())
    assert isinstance(reading, MeasuredReading)
    assert reading.log is not None
    return reading


def frozen(reading: MeasuredReading, choices: LogChoices | None = None, said: Said | None = None) -> bytes:
    return frozen_log_bytes(FrozenLog(reading=reading, choices=choices or LogChoices(), said=said or Said()))


def again(reading: MeasuredReading, choices: LogChoices | None = None) -> MeasuredReading:
    return read_frozen_log(frozen(reading, choices)).reading


def same_log(one: Log | None, other: Log | None) -> bool:
    assert one is not None
    assert other is not None
    for field in fields(Visits):
        before, after = getattr(one.visits, field.name), getattr(other.visits, field.name)
        if before.dtype != after.dtype or not np.array_equal(before, after):
            return False
    columns = ("begun", "finished", "cancelled", "item_type")
    if not all(np.array_equal(getattr(one, name), getattr(other, name)) for name in columns):
        return False
    plain = {field.name for field in fields(Log)} - {*columns, "items", "visits", "item_teams", "moved_by"}
    return list(one.items) == list(other.items) and all(getattr(one, n) == getattr(other, n) for n in plain)


@pytest.mark.parametrize("text", [event_log(), event_log(people=False, types=False), WITHOUT_DATES])
def test_a_log_comes_back_as_it_was(text: str) -> None:
    reading = log_of(text)
    found = again(reading)
    assert same_log(reading.log, found.log)
    assert found.stream == reading.stream
    assert (found.layout, found.rows, found.problems) == (reading.layout, reading.rows, reading.problems)


def test_items_that_are_still_open_and_rows_that_name_nobody_come_back_so() -> None:
    text = "Item,Status,Time,Assignee\nA,Do,2026-01-05,Ann\nA,Done,2026-01-07,\nB,Do,2026-01-06,\n"
    found = again(log_of(text)).log
    assert found is not None
    assert found.visits.end[found.visits.item == 1].tolist() == [OPEN]
    assert found.visits.person[found.visits.item == 1].tolist() == [UNKNOWN]
    assert found.finished.tolist()[1] == OPEN


def test_who_moved_items_comes_back_with_them() -> None:
    text = "Item,Status,Time,Assignee\nA,Do,2026-01-05,Ann\nA,Done,2026-01-07,Bo\nB,Do,2026-01-06,Ann\n"
    found = choose_items(again(log_of(text)), Wanted(people=("Bo",)), LogChoices()).log
    assert found is not None
    assert list(found.items) == ["A"]


def test_teams_come_back_with_their_items() -> None:
    found = again(log_of(TEAMS)).log
    assert found is not None
    assert found.item_teams is not None
    pairs = zip(found.item_teams.item.tolist(), found.item_teams.name.tolist(), strict=True)
    assert {(found.items[item], found.teams[team]) for item, team in pairs} == {
        ("A", "Red"),
        ("A", "Blue"),
        ("B", "Blue"),
    }


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(types=("Bug",)),
        Wanted(types=("Story",), people=("Ann",)),
        Wanted(finished_from=dt.date(2026, 1, 20), finished_to=dt.date(2026, 1, 31)),
    ],
)
@pytest.mark.parametrize("choices", [LogChoices(), WORKING])
def test_items_are_chosen_as_from_the_file(choices: LogChoices, wanted: Wanted) -> None:
    reading = log_of(event_log(), choices)
    opened = read_frozen_log(frozen(reading, choices))
    assert opened.choices == LogChoices(timezone=choices.timezone, as_of=choices.as_of, calendar=choices.calendar)
    expected = choose_items(reading, wanted, replace(choices, name="log")).stream
    found = choose_items(opened.reading, wanted, replace(opened.choices, name="log")).stream
    assert found is not None
    assert found.measured is not None
    assert found.measured.items < 40
    assert found == expected


def test_of_chosen_items_only_what_they_are_goes_along() -> None:
    text = event_log(6, name="KEY-{}").replace("Ann", "Zoe", 1)
    chosen = choose_items(log_of(text), Wanted(types=("Story",)), LogChoices())
    content = frozen(chosen)
    assert b"KEY-1" in content  # of odd numbers are the stories
    for gone in (b"KEY-0", b"KEY-2", b"Bug", b"Zoe"):
        assert gone not in content
    found = read_frozen_log(content).reading
    assert found.stream == chosen.stream
    assert found.log is not None
    assert found.log.types == ("Story",)


def test_items_chosen_twice_say_both_choices_and_how_many_the_file_has() -> None:
    days = Wanted(finished_from=dt.date(2026, 1, 12), finished_to=dt.date(2026, 1, 25))
    first = choose_items(log_of(event_log()), replace(days, types=("Bug",)), LogChoices())
    later = Wanted(people=("Ann",), finished_from=dt.date(2026, 1, 19))
    found = choose_items(again(first), later, LogChoices()).stream
    at_once = Wanted(types=("Bug",), people=("Ann",), finished_from=dt.date(2026, 1, 19), finished_to=days.finished_to)
    expected = choose_items(log_of(event_log()), at_once, LogChoices()).stream
    assert found is not None
    assert expected is not None
    assert found.measured == expected.measured
    assert found.measured is not None
    assert found.measured.items_in_file == 40


def test_with_numbers_for_names_no_name_is_in_it() -> None:
    reading = log_of(event_log(name="KEY-{}"))
    assert reading.log is not None
    content = frozen(without_names(reading, reading.log))
    for name in (b"KEY-", b'"Ann"', b'"Bo"', b'"Cy"'):
        assert name not in content
    assert b'"Item 40"' in content
    assert b'"Person 3"' in content


def test_what_was_said_is_kept_apart_from_what_the_log_says() -> None:
    said = Said(demand=5, stages=(SaidOfStage(stage="In test", people=2),))
    reading = log_of(event_log())
    opened = read_frozen_log(frozen(reading, said=said))
    assert opened.said == said
    assert opened.reading.stream == reading.stream


def test_too_many_items_are_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frozen_log, "MOST_VISITS", 10)
    with pytest.raises(StoreError, match="those of 10 at most can go along"):
        frozen(log_of(event_log()))


def test_what_a_newer_release_froze_and_what_is_damaged_is_refused_in_a_sentence() -> None:
    head, _, body = frozen(log_of(event_log())).partition(b"\n")
    newer = json.dumps(json.loads(head) | {"format": frozen_log.FORMAT + 1}).encode()
    with pytest.raises(StoreError, match="newer release"):
        read_frozen_log(newer + b"\n" + body)
    for damaged in (b"", b"{}", b"nonsense", head[:-9] + b"\n" + body, head + b"\n" + body[:-8]):
        with pytest.raises(StoreError, match=r"newer release|no longer be opened"):
            read_frozen_log(damaged)
