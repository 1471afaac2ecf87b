"""What is said about people and demand wins over the file, and nothing else changes."""

from __future__ import annotations

from tests.streams import WORKED, stream_of
from vsm import analyse
from vsm.model import Stage
from vsm.staffing import Staffing, Team, staffed

STREAM = stream_of(Stage(name="a", processing_time=4, people=1), Stage(name="b", processing_time=2, demand=10))


def test_nothing_said_changes_nothing() -> None:
    assert staffed(WORKED, Staffing()) is WORKED


def test_what_is_said_wins_over_the_file() -> None:
    said = Staffing(teams=(Team(stage="a", people=2, availability=0.5), Team(stage="b", people=3)))
    assert [(s.people, s.availability) for s in staffed(STREAM, said).stages] == [(2, 0.5), (3, None)]


def test_demand_scales_what_stages_state_and_counts_for_the_others() -> None:
    found = staffed(STREAM, Staffing(demand=20))
    assert (found.stages[0].demand, found.stages[1].demand, found.definitions.demand) == (None, 20, 20)


def test_taking_back_what_was_said_leaves_no_trace() -> None:
    said = Staffing().with_team(Team(stage="a", people=2))
    assert said.of("a").people == 2
    assert said.with_team(Team(stage="a")) == Staffing()


def test_utilisation_follows() -> None:
    # 5 items of 4 h for one person of 40 h
    assert analyse(staffed(STREAM, Staffing(demand=5))).stages[0].utilisation == 0.5
