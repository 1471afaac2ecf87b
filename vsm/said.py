"""What a person says where the file is silent, or in its place -> a stream that has it, and tells that it was said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from vsm.model import Saying, Stage, Topic, ValueStream

MOST_PEOPLE = 1_000_000
"""More of them at one stage are a slip of the keys."""


class SaidError(ValueError):
    """What was said makes no sense; its text is a sentence for the person who said it."""


@dataclass(frozen=True, kw_only=True)
class SaidOfStage:
    """What was said about one stage; `None`: what the file states, if it does. Raises `SaidError` for nonsense."""

    stage: str
    people: float | None = None
    availability: float | None = None
    rework_to: str | None = None
    """Name of the stage that its defects go back to."""

    def __post_init__(self) -> None:
        people, share = self.people, self.availability
        if people is not None and not 0 < people <= MOST_PEOPLE:
            raise SaidError(
                f"The people at {self.stage} have to be more than 0 and at most {MOST_PEOPLE:,}, and not {people:,g}. "
                "Leave the cell empty where nobody knows."
            )
        if share is not None and not 0 < share <= 1:
            raise SaidError(
                f"The available time of {self.stage} has to be more than 0% and at most 100%, and not {share * 100:g}%."
                " An empty cell counts as all of it."
            )


@dataclass(frozen=True, kw_only=True)
class Said:
    """What was said about a stream."""

    demand: float | None = None
    """Items a week; `None`: what the file states, if it does."""
    stages: tuple[SaidOfStage, ...] = ()

    def of(self, stage: str) -> SaidOfStage:
        """Return what was said about a stage."""
        return next((said for said in self.stages if said.stage == stage), SaidOfStage(stage=stage))

    def with_stage(self, said: SaidOfStage) -> Said:
        """Say something else about one stage."""
        others = tuple(other for other in self.stages if other.stage != said.stage)
        return replace(self, stages=others if said == SaidOfStage(stage=said.stage) else (*others, said))

    def without_staffing(self) -> Said:
        """Take back what was said of demand, people and available time."""
        stages = (SaidOfStage(stage=said.stage, rework_to=said.rework_to) for said in self.stages)
        return Said(stages=tuple(said for said in stages if said.rework_to is not None))

    def without_rework_targets(self) -> Said:
        """Take back what was said of where defects go back to."""
        found = self
        for said in self.stages:
            found = found.with_stage(replace(said, rework_to=None))
        return found


_TOPICS: tuple[tuple[Topic, Callable[[SaidOfStage], object]], ...] = (
    (Topic.PEOPLE, lambda said: said.people),
    (Topic.AVAILABILITY, lambda said: said.availability),
    (Topic.REWORK, lambda said: said.rework_to),
)


def with_said(stream: ValueStream, said: Said) -> ValueStream:
    """Put what was said into the stream; it wins over the file, whose own demand at stages keeps its proportions.

    What is said of stages that the stream does not have, or of going back to a stage that does not come before, is left
    out.

    >>> said = Said(demand=5, stages=(SaidOfStage(stage="a", people=2),))
    >>> with_said(ValueStream(stages=(Stage(name="a"),)), said).stages[0].people
    2
    """
    if said == Said():
        return stream
    names = [stage.name for stage in stream.stages]
    fitting = [_fitting(said.of(name), names[: i + 1]) for i, name in enumerate(names)]
    stages = tuple(_with(stage, of) for stage, of in zip(stream.stages, fitting, strict=True))
    sayings = tuple(
        Saying(topic=topic, stages=places)
        for topic, value in _TOPICS
        if (places := tuple(of.stage for of in fitting if value(of) is not None))
    )
    if said.demand is None:
        return replace(stream, stages=stages, said=sayings)
    stated = next((stage.demand for stage in stages if stage.demand is not None), None)
    if stated:
        ratio = said.demand / stated
        stages = tuple(replace(s, demand=None if s.demand is None else s.demand * ratio) for s in stages)
    definitions = replace(stream.definitions, demand=said.demand)
    return replace(stream, stages=stages, definitions=definitions, said=(Saying(topic=Topic.DEMAND), *sayings))


def without_place(stream: ValueStream, said: Said) -> tuple[str, ...]:
    """Name the stages of which something was said, but which the stream does not have: renamed or merged since."""
    names = {stage.name for stage in stream.stages}
    return tuple(of.stage for of in said.stages if of.stage not in names)


def _fitting(said: SaidOfStage, so_far: list[str]) -> SaidOfStage:
    return said if said.rework_to in so_far else replace(said, rework_to=None)


def _with(stage: Stage, said: SaidOfStage) -> Stage:
    return replace(
        stage,
        people=stage.people if said.people is None else said.people,
        availability=stage.availability if said.availability is None else said.availability,
        rework_to=stage.rework_to if said.rework_to is None else said.rework_to,
    )
