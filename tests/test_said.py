"""What is said of a stream wins over its file, is told as said, and nothing else changes."""

from __future__ import annotations

import pytest

from tests.streams import WORKED, stream_of
from vsm import analyse
from vsm.data_words import data_notes, said_note, said_topics
from vsm.model import Stage
from vsm.said import Said, SaidError, SaidOfStage, with_said, without_place

STREAM = stream_of(Stage(name="a", processing_time=4, people=1), Stage(name="b", processing_time=2, demand=10))


def test_nothing_said_changes_nothing() -> None:
    assert with_said(WORKED, Said()) is WORKED


def test_what_is_said_wins_over_the_file() -> None:
    said = Said(stages=(SaidOfStage(stage="a", people=2, availability=0.5), SaidOfStage(stage="b", people=3)))
    assert [(s.people, s.availability) for s in with_said(STREAM, said).stages] == [(2, 0.5), (3, None)]


def test_demand_scales_what_stages_state_and_counts_for_the_others() -> None:
    found = with_said(STREAM, Said(demand=20))
    assert (found.stages[0].demand, found.stages[1].demand, found.definitions.demand) == (None, 20, 20)


def test_taking_back_what_was_said_leaves_no_trace() -> None:
    said = Said().with_stage(SaidOfStage(stage="a", people=2))
    assert said.of("a").people == 2
    assert said.with_stage(SaidOfStage(stage="a")) == Said()


def test_utilisation_follows() -> None:
    # 5 items of 4 h for one person of 40 h
    assert analyse(with_said(STREAM, Said(demand=5))).stages[0].utilisation == 0.5


def test_what_was_said_is_told_with_its_stages() -> None:
    said = Said(demand=5, stages=(SaidOfStage(stage="a", people=2), SaidOfStage(stage="b", people=1, rework_to="a")))
    found = with_said(STREAM, said)
    assert found.stages[1].rework_to == "a"
    assert said_topics(found) == "demand, people and where defects go back to"
    assert said_note(found) == (
        "The demand, the people at a and b and the stages that defects found at b go back to were said in the app and "
        "were not read from the file."
    )
    assert (
        said_note(with_said(STREAM, Said(demand=5))) == "The demand was said in the app and was not read from the file."
    )
    assert said_topics(STREAM) is None
    assert said_note(STREAM) is None
    assert said_note(found) in data_notes(analyse(found))


def test_what_does_not_fit_is_left_out_and_named() -> None:
    said = Said(stages=(SaidOfStage(stage="gone", people=2), SaidOfStage(stage="a", rework_to="b")))
    assert with_said(STREAM, said) == STREAM
    assert without_place(STREAM, said) == ("gone",)


@pytest.mark.parametrize(
    ("nonsense", "sentence"),
    [
        ({"people": 0.0}, "The people at a have to be more than 0 and at most 1,000,000, and not 0."),
        ({"people": -2.0}, "and not -2."),
        ({"people": float("nan")}, "and not nan."),
        ({"people": 1e9}, "at most 1,000,000, and not 1e"),
        ({"availability": 0.0}, "The available time of a has to be more than 0% and at most 100%, and not 0%."),
        ({"availability": 1.5}, "and not 150%."),
    ],
)
def test_nobody_and_more_than_all_of_the_time_are_refused_in_a_sentence(
    nonsense: dict[str, float], sentence: str
) -> None:
    with pytest.raises(SaidError) as refused:
        SaidOfStage(stage="a", **nonsense)
    assert sentence in str(refused.value)
