"""A value stream -> suggestions, each with the lead time it saves: the difference between two computations.

Nothing here has a formula of its own: a suggestion changes the stream (`scenario`) and measures it again. What a
saving assumes is part of the suggestion, and where the assumption is open the saving is a range.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import ceil

from vsm.bottlenecks import HIGH_UTILISATION
from vsm.capacity import batch_wait, utilisation
from vsm.kinds import StepKind, step_kind
from vsm.metrics import flow_efficiency, lead_time, queues, rolled_complete_accurate
from vsm.model import Queue, ValueStream
from vsm.rework import lead_time_with_rework
from vsm.scenario import merged_into_next, with_batch_size, with_people, with_stage

WORTH_SAYING = 0.01
"""A suggestion that saves less than this share of the lead time is not made."""
LITTLE_WORK = 0.1
"""A step that works less than this share of its own time is a candidate to be merged with the next."""


class Lever(StrEnum):
    """The ways to shorten a stream; the values are the words of the command line's JSON."""

    BATCH = "batch"
    AUTOMATE = "automate"
    REWORK = "rework"
    REMOVE = "remove"
    CAPACITY = "capacity"


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """One change worth trying."""

    lever: Lever
    stage: int
    """Index of the stage where it applies: for a queue, the stage that items leave."""
    saves: float | None
    """Hours of lead time, rework included where %C&A is known; `None`: it stops a queue from growing without end."""
    saves_at_most: float | None
    """The upper end where the change could go further; equal to `saves` where nothing is assumed."""
    before: float | None
    """What is changed, before: a batch size, hours of wait, a share, or people."""
    after: float | None
    queue: Queue | None = None
    flow_efficiency_after: float | None = None
    rolled_complete_accurate_after: float | None = None


def time_to_shorten(stream: ValueStream) -> float | None:
    """Return the lead time that savings are taken from: with rework where %C&A is known, else once through. Hours."""
    with_rework = lead_time_with_rework(stream)
    return lead_time(stream) if with_rework is None else with_rework


@dataclass(frozen=True, kw_only=True)
class _Candidate:
    """A change to be measured: the stream after it and, where it could go further, at best."""

    lever: Lever
    stage: int
    changed: ValueStream
    at_best: ValueStream | None = None
    before: float | None = None
    after: float | None = None
    queue: Queue | None = None
    ends_growth: bool = False
    """The queue grows without end before the change: no saving can be named."""


def suggestions(stream: ValueStream) -> tuple[Suggestion, ...]:
    """List the changes worth trying, the largest saving first; those that stop endless growth come before all.

    Savings overlap: each is measured alone, so they must not be added up.
    """
    total = time_to_shorten(stream)
    if not total:
        return ()
    candidates = (*_capacity(stream), *_batches(stream), *_transitions(stream), *_quality(stream), *_steps(stream))
    found = [_measured(candidate, total) for candidate in candidates]
    worth = [s for s in found if s.saves is None or s.saves >= WORTH_SAYING * total]
    return tuple(sorted(worth, key=lambda s: (s.saves is not None, -(s.saves or 0))))


def _measured(candidate: _Candidate, total: float) -> Suggestion:
    """Measure the changed stream against `total`, the hours before."""
    saves = at_most = None
    if not candidate.ends_growth:
        saves = total - (time_to_shorten(candidate.changed) or 0)
        at_most = saves if candidate.at_best is None else total - (time_to_shorten(candidate.at_best) or 0)
    return Suggestion(
        lever=candidate.lever,
        stage=candidate.stage,
        saves=saves,
        saves_at_most=at_most,
        before=candidate.before,
        after=candidate.after,
        queue=candidate.queue,
        flow_efficiency_after=flow_efficiency(candidate.changed),
        rolled_complete_accurate_after=rolled_complete_accurate(candidate.changed),
    )


def _capacity(stream: ValueStream) -> Iterator[_Candidate]:
    """One person more wherever a queue is a matter of capacity; as many as it takes where it is overloaded."""
    for i, stage in enumerate(stream.stages):
        rho = utilisation(stream, i)
        if rho is None or stage.people is None or rho < HIGH_UTILISATION:
            continue
        people = stage.people + 1
        while (after := utilisation(with_people(stream, i, people), i)) is not None and after >= 1:
            people += 1
        yield _Candidate(
            lever=Lever.CAPACITY,
            stage=i,
            changed=with_people(stream, i, people),
            before=stage.people,
            after=people,
            ends_growth=rho >= 1,
        )


def _batches(stream: ValueStream) -> Iterator[_Candidate]:
    """Half the batch, at best single items, wherever a batch explains part of the queue behind it."""
    for i, stage in enumerate(stream.stages):
        if stage.batch_size is None or stage.batch_size <= 1 or not batch_wait(stream, i):
            continue
        half = float(ceil(stage.batch_size / 2))
        yield _Candidate(
            lever=Lever.BATCH,
            stage=i,
            changed=with_batch_size(stream, i, half),
            at_best=with_batch_size(stream, i, 1),
            before=stage.batch_size,
            after=half,
        )


def _transitions(stream: ValueStream) -> Iterator[_Candidate]:
    """Half of every wait that neither a batch nor a lack of capacity explains, at best none of it."""
    for queue in queues(stream):
        if any((utilisation(stream, i) or 0) >= HIGH_UTILISATION for i in queue.waits_for):
            continue
        batched = max((batch_wait(stream, i) or 0 for i in queue.comes_from), default=0)
        open_wait = queue.wait_time - batched
        yield _Candidate(
            lever=Lever.AUTOMATE,
            stage=queue.stated_by,
            changed=with_stage(stream, queue.stated_by, wait_time=queue.wait_time - open_wait / 2),
            at_best=with_stage(stream, queue.stated_by, wait_time=queue.wait_time - open_wait),
            before=queue.wait_time,
            after=queue.wait_time - open_wait / 2,
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
            lever=Lever.REWORK,
            stage=i,
            changed=with_stage(stream, i, complete_accurate=better),
            at_best=with_stage(stream, i, complete_accurate=1.0),
            before=share,
            after=better,
        )


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
        yield _Candidate(lever=Lever.REMOVE, stage=i, changed=merged_into_next(stream, i))
