"""Last time's stream, what a scenario promised of it, and the stream now -> what came of it, stage by stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vsm.folding import fold
from vsm.future import future_state
from vsm.metrics import flow_efficiency, processing_time, rolled_complete_accurate, stage_lead_time, wait_time
from vsm.model import ClockKind, Stage, ValueStream
from vsm.plan import Scenario
from vsm.rework import expected_visits, time_to_shorten
from vsm.stream_figures import StreamFigure


@dataclass(frozen=True, kw_only=True)
class Promise:
    """One figure three times: as it was, as it was to become, and as it is. Hours or shares, `None`: not measured."""

    before: float | None
    promised: float | None
    now: float | None

    @property
    def promised_change(self) -> float | None:
        """What was to be added to the figure; below 0 where it was to fall."""
        return _minus(self.promised, self.before)

    @property
    def achieved_change(self) -> float | None:
        """What was added to it."""
        return _minus(self.now, self.before)

    @property
    def rest(self) -> float | None:
        """What the promise does not explain: the figure now less the figure promised."""
        return _minus(self.now, self.promised)


@dataclass(frozen=True, kw_only=True)
class StagePromise:
    """What came of one stage. A stage that is not there takes no time: 0 hours."""

    name: str
    time: Promise
    """Its processing and wait time, in hours."""
    complete_accurate: Promise
    """Its %C&A, as a share; a stage that is not there has none."""
    was_there: bool
    to_be_there: bool
    is_there: bool

    @property
    def is_missing(self) -> bool:
        """Whether it was to be there and is not: nothing tells what became of its time."""
        return self.to_be_there and not self.is_there

    @property
    def is_unplanned(self) -> bool:
        """Whether it is there and was neither there nor planned."""
        return self.is_there and not self.was_there and not self.to_be_there


@dataclass(frozen=True, kw_only=True)
class Achievement:
    """What came of a scenario."""

    scenario: Scenario
    before: ValueStream
    promised: ValueStream
    now: ValueStream
    lead_time: Promise
    """With rework where %C&A is known, in hours: what savings are taken from."""
    processing_time: Promise
    wait_time: Promise
    flow_efficiency: Promise
    rolled_complete_accurate: Promise
    stages: tuple[StagePromise, ...]
    """In flow order: those there were, then those that came in between."""
    refused: tuple[str, ...]
    """Why changes of the scenario promise nothing, a sentence each."""

    @property
    def figures(self) -> tuple[tuple[StreamFigure, Promise], ...]:
        """The figures of the stream by their names; the lead time is called with rework where %C&A is known."""
        sides = (self.before, self.promised, self.now)
        with_rework = any(expected_visits(side) is not None for side in sides)
        return (
            (StreamFigure.LEAD_TIME_WITH_REWORK if with_rework else StreamFigure.LEAD_TIME, self.lead_time),
            (StreamFigure.PROCESSING_TIME, self.processing_time),
            (StreamFigure.WAIT_TIME, self.wait_time),
            (StreamFigure.FLOW_EFFICIENCY, self.flow_efficiency),
            (StreamFigure.ROLLED, self.rolled_complete_accurate),
        )

    @property
    def share_kept(self) -> float | None:
        """The achieved saving of lead time over the promised one; `None` where nothing was promised or measured."""
        promised, achieved = self.lead_time.promised_change, self.lead_time.achieved_change
        return None if promised is None or achieved is None or promised >= 0 else achieved / promised

    @property
    def one_side(self) -> bool:
        """Whether both speak of %C&A at the same end of a stage: of what arrives or of what leaves."""
        return self.before.definitions.complete_accurate is self.now.definitions.complete_accurate

    @property
    def one_clock(self) -> bool:
        """Whether both times were measured by the same hours: working hours and elapsed ones do not compare."""
        return _clock(self.before) is _clock(self.now)


def achievement(before: ValueStream, scenario: Scenario, now: ValueStream) -> Achievement:
    """Compute again what `scenario` promised of the stream `before`, and compare it with the stream `now`.

    Stages are the same when their names are, whatever their case and accents.
    """
    future = future_state(before, scenario.changes)
    promised = future.future.stream

    def promise(figure: Callable[[ValueStream], float | None]) -> Promise:
        return Promise(before=figure(before), promised=figure(promised), now=figure(now))

    return Achievement(
        scenario=scenario,
        before=before,
        promised=promised,
        now=now,
        lead_time=promise(time_to_shorten),
        processing_time=promise(processing_time),
        wait_time=promise(wait_time),
        flow_efficiency=promise(flow_efficiency),
        rolled_complete_accurate=promise(rolled_complete_accurate),
        stages=_stages(before, promised, now),
        refused=tuple(refused.reason for refused in future.refused),
    )


def _stages(before: ValueStream, promised: ValueStream, now: ValueStream) -> tuple[StagePromise, ...]:
    found = {fold(stage.name) for stage in now.stages}
    sides = [{_key(stage, found): i for i, stage in enumerate(side.stages)} for side in (before, promised, now)]
    names: dict[str, Stage] = {}
    for side in (before, promised, now):
        for stage in side.stages:
            names.setdefault(_key(stage, found), stage)
    return tuple(_stage(names[key].name, (before, promised, now), [side.get(key) for side in sides]) for key in names)


def _key(stage: Stage, found: set[str]) -> str:
    """Return the name by which a stage is known again: of a merged one that of a part that goes on, if there is one."""
    parts = [part for name in stage.merged if (part := fold(name)) in found]
    return parts[0] if len(parts) == 1 and fold(stage.name) not in found else fold(stage.name)


def _stage(name: str, streams: tuple[ValueStream, ...], places: list[int | None]) -> StagePromise:
    sides = list(zip(streams, places, strict=True))
    before, promised, now = (0.0 if place is None else stage_lead_time(stream, place) for stream, place in sides)
    shares = [None if place is None else stream.stages[place].complete_accurate for stream, place in sides]
    was_there, to_be_there, is_there = (place is not None for place in places)
    return StagePromise(
        name=name,
        time=Promise(before=before, promised=promised, now=now),
        complete_accurate=Promise(before=shares[0], promised=shares[1], now=shares[2]),
        was_there=was_there,
        to_be_there=to_be_there,
        is_there=is_there,
    )


def _clock(stream: ValueStream) -> ClockKind | None:
    """Return the clock of a log, `None` for stated times."""
    return None if stream.measured is None else stream.measured.clock


def _minus(a: float | None, b: float | None) -> float | None:
    return None if a is None or b is None else a - b
