"""A value stream -> suggestions, each with the lead time it saves: the difference between two computations.

Nothing here has a formula of its own: a suggestion changes the stream (`scenario`) and measures it again. What a
saving assumes is part of the suggestion, and where the assumption is open the saving is a range.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from math import ceil, floor, isfinite

from vsm.bottlenecks import HIGH_UTILISATION
from vsm.capacity import batch_wait, utilisation
from vsm.change_checks import place_of
from vsm.changes import (
    AnyChange,
    Lever,
    LimitLoad,
    MergeIntoNext,
    MoveCheck,
    SetBatchSize,
    SetCompleteAccurate,
    SetPeople,
    SetWaitTime,
    apply,
)
from vsm.kinds import StepKind, step_kind
from vsm.metrics import flow_efficiency, queues, rolled_complete_accurate
from vsm.model import Queue, ValueStream
from vsm.overload import newly_overloaded, overload, spared_by
from vsm.rework import never_finish, rework_targets, time_to_shorten
from vsm.scenario import items_in_work, items_waiting, queues_in_front
from vsm.settling import unexplained, with_delays_apart

WORTH_SAYING = 0.01
"""A suggestion that saves less than this share of the lead time is not made."""
LITTLE_WORK = 0.1
"""A step that works less than this share of its own time is a candidate to be merged with the next."""


class Promise(IntEnum):
    """What a suggestion promises; in the order in which suggestions stand."""

    ENDS_GROWTH = 0
    """A queue stops growing, or items are finished at all: there is no lead time to save hours of."""
    HOURS = 1
    LATER = 2
    """Nothing yet: another stage lets too little through."""


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """One change worth trying."""

    change: AnyChange
    """What it does, to be applied to the stream as it is."""
    change_at_best: AnyChange
    """How far the change could go; equal to `change` where nothing is assumed."""
    stage: int
    """Index of the stage where it applies: for a queue, the stage that items leave."""
    promise: Promise
    saves: float | None
    """Hours of lead time, rework included where %C&A is known; `None`: what it promises is no hours.

    Where busy people explain little of a wait that shrinks, only what they explain of it shrinks here.
    """
    saves_at_most: float | None
    """The upper end where the change could go further, or all of such a wait shrinks; else equal to `saves`."""
    before: float | None
    """What is changed, before: a batch size, hours of wait, a share, or people."""
    after: float | None
    queue: Queue | None = None
    flow_efficiency_after: float | None = None
    rolled_complete_accurate_after: float | None = None

    @property
    def lever(self) -> Lever:
        """The way in which it shortens the stream."""
        return self.change.lever


@dataclass(frozen=True, kw_only=True)
class _Candidate:
    """A change to be measured and, where it could go further, the change at best."""

    change: AnyChange
    stage: int
    at_best: AnyChange | None = None
    before: float | None = None
    after: float | None = None
    queue: Queue | None = None
    ends_growth: bool = False
    """A queue grows, or a loop goes on, without end before the change: no saving can be named."""


def suggestions(stream: ValueStream) -> tuple[Suggestion, ...]:
    """List the changes worth trying, the largest saving first.

    Those that have none in hours stand apart: before them what stops endless growth, the fastest first, and behind them
    what saves nothing yet (`Promise`). Savings overlap: each is measured alone, so they must not be added up.
    """
    if never_finish(stream):
        return tuple(_measured(stream, candidate, 0.0) for candidate in _endless_loops(stream))
    total = time_to_shorten(stream)
    if not total:
        return ()
    candidates = (
        *_capacity(stream),
        *_limits(stream),
        *_batches(stream),
        *_transitions(stream),
        *_quality(stream),
        *_checks(stream),
        *_steps(stream),
    )
    # A change finds its stage by name: of several with one name, only the first can be changed.
    found = [
        _measured(stream, c, total) for c in candidates if place_of(stream, stream.stages[c.stage].name) == c.stage
    ]
    worth = [s for s in found if s.saves is None or s.saves >= WORTH_SAYING * total]
    return tuple(sorted(worth, key=lambda s: (s.promise, -(s.saves or _growth(stream, s.stage)))))


def _growth(stream: ValueStream, index: int) -> float:
    """Return by how many items a week the queue of a stage grows; 0 where it does not."""
    growth = overload(stream, index)
    return 0.0 if growth is None else growth.items


def _promise(stream: ValueStream, candidate: _Candidate) -> Promise:
    if not candidate.ends_growth:
        return Promise.HOURS
    return Promise.ENDS_GROWTH if spared_by(stream, candidate.stage) is None else Promise.LATER


def _measured(stream: ValueStream, candidate: _Candidate, total: float) -> Suggestion:
    """Apply the candidate and measure what comes out against `total`, the hours before."""
    changed = apply(stream, candidate.change)
    saves = at_most = None
    if not candidate.ends_growth:
        saves = at_most = total - (time_to_shorten(changed) or 0)
        if candidate.at_best is not None:
            at_most = total - (time_to_shorten(apply(stream, candidate.at_best)) or 0)
        if saves >= WORTH_SAYING * total and _delays_can_be_told(stream, candidate):
            saves = total - (time_to_shorten(apply(with_delays_apart(stream), candidate.change)) or 0)
    return Suggestion(
        change=candidate.change,
        change_at_best=candidate.at_best or candidate.change,
        stage=candidate.stage,
        promise=_promise(stream, candidate),
        saves=saves,
        saves_at_most=at_most,
        before=candidate.before,
        after=candidate.after,
        queue=candidate.queue,
        flow_efficiency_after=flow_efficiency(changed),
        rolled_complete_accurate_after=rolled_complete_accurate(changed),
    )


def _delays_can_be_told(stream: ValueStream, candidate: _Candidate) -> bool:
    """Say whether a formula would scale a wait that it hardly explains; of a log, visits scale all of it together."""
    scaling = SetPeople if stream.measured is not None else SetPeople | SetCompleteAccurate
    return isinstance(candidate.change, scaling) and bool(unexplained(stream))


def _capacity(stream: ValueStream) -> Iterator[_Candidate]:
    """One person more wherever a queue is a matter of capacity; as many as it takes where it is overloaded."""
    for i, stage in enumerate(stream.stages):
        rho = utilisation(stream, i)
        if rho is None or stage.people is None or rho < HIGH_UTILISATION or not isfinite(rho):
            continue
        people = stage.people + max(1, floor((rho - 1) * stage.people) + 1)
        yield _Candidate(
            change=SetPeople(stage=stage.name, people=people),
            stage=i,
            before=stage.people,
            after=people,
            ends_growth=rho >= 1,
        )


def _limits(stream: ValueStream) -> Iterator[_Candidate]:
    """Half the items in front of and in a stage that is nearly full, at least those that its work alone keeps there."""
    for i, stage in enumerate(stream.stages):
        rho, work = utilisation(stream, i), items_in_work(stream, i)
        if rho is None or not HIGH_UTILISATION <= rho < 1 or work is None:
            continue
        load = work + max((items_waiting(stream, queue) for queue in queues_in_front(stream, i)), default=0)
        limit = float(ceil(max(load / 2, work)))
        if limit < load:
            yield _Candidate(change=LimitLoad(stage=stage.name, items=limit), stage=i, before=load, after=limit)


def _batches(stream: ValueStream) -> Iterator[_Candidate]:
    """Half the batch, at best single items, wherever a batch explains part of the queue behind it."""
    for i, stage in enumerate(stream.stages):
        if stage.batch_size is None or stage.batch_size <= 1 or not batch_wait(stream, i):
            continue
        half = float(ceil(stage.batch_size / 2))
        yield _Candidate(
            change=SetBatchSize(stage=stage.name, size=half),
            stage=i,
            at_best=SetBatchSize(stage=stage.name, size=1.0),
            before=stage.batch_size,
            after=half,
        )


def _transitions(stream: ValueStream) -> Iterator[_Candidate]:
    """Half of every wait that neither a batch nor a lack of capacity explains, at best none of it."""
    for queue in queues(stream):
        if any((utilisation(stream, i) or 0) >= HIGH_UTILISATION for i in queue.waits_for):
            continue
        if stream.stages[queue.stated_by].undivided_time is not None:  # part of its time may be wait, too
            continue
        batched = max((batch_wait(stream, i) or 0 for i in queue.comes_from), default=0)
        open_wait, name = queue.wait_time - batched, stream.stages[queue.stated_by].name
        half = queue.wait_time - open_wait / 2
        yield _Candidate(
            change=SetWaitTime(stage=name, hours=half),
            stage=queue.stated_by,
            at_best=SetWaitTime(stage=name, hours=queue.wait_time - open_wait),
            before=queue.wait_time,
            after=half,
            queue=queue,
        )


def _quality(stream: ValueStream) -> Iterator[_Candidate]:
    """Half the defects, at best none, at every stage whose %C&A is below 100 %."""
    for i, stage in enumerate(stream.stages):
        share = stage.complete_accurate
        if share is None or not 0 < share < 1:
            continue
        better = 1 - (1 - share) / 2
        yield _Candidate(
            change=SetCompleteAccurate(stage=stage.name, share=better),
            stage=i,
            at_best=SetCompleteAccurate(stage=stage.name, share=1.0),
            before=share,
            after=better,
        )


def _endless_loops(stream: ValueStream) -> Iterator[_Candidate]:
    """Half the defects wherever nothing gets past: until then no other change is worth anything."""
    names = never_finish(stream)
    for i, stage in enumerate(stream.stages):
        if stage.name in names:
            yield _Candidate(
                change=SetCompleteAccurate(stage=stage.name, share=0.5),
                stage=i,
                at_best=SetCompleteAccurate(stage=stage.name, share=1.0),
                before=stage.complete_accurate,
                after=0.5,
                ends_growth=True,
            )


def _checks(stream: ValueStream) -> Iterator[_Candidate]:
    """Check right behind the stage that redoes the defects, wherever they are found steps later."""
    for i, (stage, target) in enumerate(zip(stream.stages, rework_targets(stream), strict=True)):
        share = stage.complete_accurate
        if share is None or not 0 < share < 1 or stream.step_of[i] - stream.step_of[target] < 2:
            continue
        to = stream.steps[stream.step_of[target] + 1][0]
        yield _Candidate(change=MoveCheck(stage=stage.name, to=stream.stages[to].name), stage=i, before=share)


def _steps(stream: ValueStream) -> Iterator[_Candidate]:
    """Merge a stage into the next where the two are of one kind or one team, or the first is an approval."""
    for i, (first, second) in enumerate(pairwise(stream.stages)):
        if first.parallel_group is not None or second.parallel_group is not None:
            continue
        kind, next_kind = step_kind(first), step_kind(second)
        alike = (kind is not None and kind is next_kind) or (first.team is not None and first.team == second.team)
        if not alike and kind is not StepKind.APPROVAL:
            continue
        work, wait = first.processing_time, first.wait_time
        if work is None or wait is None or work > LITTLE_WORK * (work + wait):
            continue
        merge = MergeIntoNext(stage=first.name)
        if not newly_overloaded(stream, apply(stream, merge)):  # else its queue would grow without end
            yield _Candidate(change=merge, stage=i)
