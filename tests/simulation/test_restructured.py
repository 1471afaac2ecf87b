"""What merging, removing and moving promise, against the simulation of a stream whose waits are those of its queues.

With exponential times, and each queue in front of its stage, theory knows the stream exactly (Jackson's network), and
the changed stream, too: nothing is left to delays.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.streams import stream_of
from vsm.capacity import wait_by_formula
from vsm.changes import AddStage, AnyChange, MergeIntoNext, MoveCheck, MoveStage, RemoveStage, apply
from vsm.model import Definitions, Stage, ValueStream, WaitSide
from vsm.rework import time_to_shorten
from vsm.simulation.result import Simulation
from vsm.simulation.simulate import simulate


def _queueing() -> ValueStream:
    bare = stream_of(
        Stage(name="Intake", processing_time=0.4, people=1),
        Stage(name="Draft", processing_time=0.5, people=1, complete_accurate=0.9),
        Stage(name="Check", processing_time=0.3, people=1, complete_accurate=0.8),
        Stage(name="Send", processing_time=0.4, people=1, complete_accurate=0.9, rework_to="Draft"),
        definitions=Definitions(demand=20, wait=WaitSide.BEFORE),
    )
    stages = (replace(stage, wait_time=wait_by_formula(bare, i)) for i, stage in enumerate(bare.stages))
    return replace(bare, stages=tuple(stages))


NOW = _queueing()


@pytest.fixture(scope="module")
def now() -> Simulation:
    found = simulate(NOW, items=100)
    assert all(stage.delay.mean == pytest.approx(0, abs=1e-9) for stage in found.stages)
    return found


@pytest.mark.parametrize(
    "change",
    [
        MergeIntoNext(stage="Draft"),
        RemoveStage(stage="Check"),
        MoveCheck(stage="Send", to="Check"),
        MoveStage(stage="Check", behind=None),
        AddStage(stage="Nothing", behind="Draft", processing_time=0, wait_time=0),
    ],
    ids=lambda change: change.kind,
)
def test_a_changed_stream_takes_as_long_as_its_simulation(change: AnyChange, now: Simulation) -> None:
    after = apply(NOW, change)
    found = simulate(after, current=now, items=5_000).lead_time  # which keeps the delays of now: there are none
    promised = time_to_shorten(after)
    assert promised is not None
    assert abs(found.mean - promised) <= 2 * found.margin
