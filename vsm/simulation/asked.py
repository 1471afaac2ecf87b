"""A stream and a person's answers -> the stream with what a simulation needs and the data does not say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from vsm.capacity import stream_demand
from vsm.model import ValueStream


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What was asked for: items a week, and people by the name of their stage; `None` and no entry: no answer."""

    demand: float | None = None
    people: Mapping[str, float] = field(default_factory=dict)


def asks_demand(stream: ValueStream) -> bool:
    """Say whether nothing tells how many items a week ask for the stream."""
    return stream_demand(stream) is None


def asks_people(stream: ValueStream) -> bool:
    """Say whether no stage tells how many people work there."""
    return all(stage.people is None for stage in stream.stages)


def proposed_demand(stream: ValueStream) -> float | None:
    """Propose the items a week that a log counted as finished; `None` where nothing was counted."""
    return None if stream.measured is None else stream.measured.throughput


def completed(stream: ValueStream, answers: Answers) -> ValueStream:
    """Put the answers where the stream says nothing; what it states stays.

    >>> from vsm.model import Stage
    >>> stream = ValueStream(stages=(Stage(name="a", people=2), Stage(name="b")))
    >>> [stage.people for stage in completed(stream, Answers(people={"a": 5, "b": 3})).stages]
    [2, 3]
    """
    stages = tuple(
        replace(stage, people=answers.people[stage.name])
        if stage.people is None and stage.name in answers.people
        else stage
        for stage in stream.stages
    )
    definitions = stream.definitions
    if asks_demand(stream):
        definitions = replace(definitions, demand=answers.demand)
    return replace(stream, stages=stages, definitions=definitions)
