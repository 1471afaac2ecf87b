"""What a person says about people and demand where the file is silent -> a stream that has them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vsm.model import Stage, ValueStream


@dataclass(frozen=True, kw_only=True)
class Team:
    """Who works at one stage, as somebody said; `None`: what the file states, if it does."""

    stage: str
    people: float | None = None
    availability: float | None = None


@dataclass(frozen=True, kw_only=True)
class Staffing:
    """What was said about a stream."""

    demand: float | None = None
    """Items a week; `None`: what the file states, if it does."""
    teams: tuple[Team, ...] = ()

    def of(self, stage: str) -> Team:
        """Return what was said about a stage."""
        return next((team for team in self.teams if team.stage == stage), Team(stage=stage))

    def with_team(self, team: Team) -> Staffing:
        """Say something else about one stage."""
        others = tuple(other for other in self.teams if other.stage != team.stage)
        said = team.people is not None or team.availability is not None
        return replace(self, teams=(*others, team) if said else others)


def staffed(stream: ValueStream, staffing: Staffing) -> ValueStream:
    """Put what was said into the stream; it wins over the file, whose own demand at stages keeps its proportions.

    >>> said = Staffing(demand=5, teams=(Team(stage="a", people=2),))
    >>> staffed(ValueStream(stages=(Stage(name="a"),)), said).stages[0].people
    2
    """
    if staffing == Staffing():
        return stream
    stages = tuple(_staffed(stage, staffing.of(stage.name)) for stage in stream.stages)
    if staffing.demand is None:
        return replace(stream, stages=stages)
    stated = next((stage.demand for stage in stages if stage.demand is not None), None)
    if stated:
        ratio = staffing.demand / stated
        stages = tuple(replace(s, demand=None if s.demand is None else s.demand * ratio) for s in stages)
    return replace(stream, stages=stages, definitions=replace(stream.definitions, demand=staffing.demand))


def _staffed(stage: Stage, team: Team) -> Stage:
    people = stage.people if team.people is None else team.people
    availability = stage.availability if team.availability is None else team.availability
    return replace(stage, people=people, availability=availability)
