"""How fast queues grow by formula, against overloaded streams that are acted out: items counted as they pile up."""

from __future__ import annotations

from dataclasses import replace

import pytest
import simpy

from tests.streams import stream_of
from vsm.capacity import utilisation, visits_at
from vsm.model import Definitions, QualitySide, Stage, ValueStream
from vsm.overload import overload, spared_by
from vsm.simulation import plan
from vsm.simulation.run import Run

WEEKS = 400


def stage(name: str, visits_a_week: float, share: float | None = None, back_to: str | None = None) -> Stage:
    """One person whose work never varies and who can do so many visits in a week of 40 h."""
    return Stage(
        name=name,
        processing_time=40 / visits_a_week,
        people=1,
        complete_accurate=share,
        rework_to=back_to,
        work_variation=0.0,
        arrival_variation=0.0,
    )


WIDE = 60.0
STREAMS = {
    "the check behind sends back": (stage("in", WIDE), stage("build", 8), stage("test", WIDE, 0.8)),
    "it repeats itself": (stage("a", 8, 0.5, "a"), stage("b", WIDE)),
    "it repeats itself in the middle": (stage("in", WIDE), stage("a", 8, 0.5, "a"), stage("b", WIDE)),
    "one behind the other": (stage("a", 8), stage("b", 5), stage("c", 6)),
    "one behind the other with a loop each": (
        stage("a", 12, 0.8, "a"),
        stage("b", 8, 0.5, "b"),
        stage("c", WIDE),
    ),
    "what is stuck behind does not come back": (stage("a", 10), stage("b", 8, 0.5)),
    "a target upstream of both": (
        stage("in", 11),
        stage("a", 9),
        stage("b", 7),
        stage("test", WIDE, 0.6, "in"),
    ),
    "the last one spares the first": (stage("a", 12), stage("b", 2, 0.5)),
    "side by side": (
        stage("in", WIDE),
        replace(stage("a", 9, 0.9), parallel_group="x"),
        replace(stage("b", 7), parallel_group="x"),
        stage("test", WIDE, 0.8, "in"),
    ),
}


def acted_out(stream: ValueStream, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return by how many items a week each queue for people grew, from a run of an overloaded stream."""
    monkeypatch.setattr(plan, "_check_load", lambda *_: None)
    run = Run(plan.plan_of(stream, [0.0] * len(stream.stages)), 10**9, (1, 0))
    advanced = run.progress()
    env: simpy.Environment = run._env
    while env.now < 40 * WEEKS:
        next(advanced)
    return [len(people.queue) / (env.now / 40) if people is not None else 0.0 for people in run._people]


@pytest.mark.parametrize("stages", STREAMS.values(), ids=STREAMS)
def test_queues_grow_as_fast_as_those_that_are_acted_out(
    stages: tuple[Stage, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = stream_of(*stages, definitions=Definitions(demand=10))
    growth = [found.items if (found := overload(stream, i)) else 0.0 for i in range(len(stages))]
    # Of some 10 a week half are sent back by chance: a mean over 400 weeks varies by 0.08, and 0.25 is three of these.
    assert growth == pytest.approx(acted_out(stream, monkeypatch), abs=0.25)


@pytest.mark.parametrize("stages", STREAMS.values(), ids=STREAMS)
def test_where_one_stage_alone_is_overloaded_its_visits_grow_by_the_law(stages: tuple[Stage, ...]) -> None:
    stream = stream_of(*stages, definitions=Definitions(demand=10))
    for i, busy in enumerate(stages):
        alone = replace(stream, stages=tuple(replace(s, people=1 if s is busy else None) for s in stages))
        capacity = 40 / (busy.processing_time or 0)
        found = overload(alone, i)
        assert (found.visits if found else 0.0) == pytest.approx(max(0.0, 10 * (visits_at(alone, i) or 0) - capacity))


def test_the_stream_of_the_example() -> None:
    # Build does 8 visits, of which 1.6 come again: 11.6 come and 3.6 stay, each for 1.25 visits
    stages = STREAMS["the check behind sends back"]
    stream = stream_of(*stages, definitions=Definitions(demand=10))
    assert overload(stream, 1) == pytest.approx((3.6, 4.5))


def test_a_stage_can_be_spared_by_one_behind_it() -> None:
    # b does 2 visits, of which 1 goes back to a: 11 come to a, which could do 12, and not the 20 that are asked for
    stream = stream_of(*STREAMS["the last one spares the first"], definitions=Definitions(demand=10))
    assert utilisation(stream, 0) == pytest.approx(20 / 12)
    assert overload(stream, 0) is None
    assert spared_by(stream, 0) == 1


def test_defects_that_the_customer_finds_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    # what leaves b with a defect is redone by b: 5 are done, 2.5 come again, and 10 + 2.5 − 5 stay
    outgoing = Definitions(demand=10, complete_accurate=QualitySide.OUTGOING)
    stream = stream_of(stage("a", WIDE), stage("b", 5, 0.5), definitions=outgoing)
    assert overload(stream, 1) == pytest.approx((7.5, 15))
    assert acted_out(stream, monkeypatch)[1] == pytest.approx(7.5, abs=0.25)
