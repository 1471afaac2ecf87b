"""A value stream -> its figures: one function per figure, each with its formula, unit, range and source.

Every function takes a `ValueStream` and changes nothing. `None` means "not measured".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import prod

from vsm.model import Queue, ValueStream, WaitSide, kept


def _total(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def processing_time(stream: ValueStream) -> float | None:
    """Sum the processing times: the effort in one item, parallel stages included.

    Formula: ΣP. Unit: hours, from 0; less is better. `None` when no stage states one.

    >>> from vsm.model import Stage
    >>> processing_time(ValueStream(stages=(Stage(name="a", processing_time=2), Stage(name="b", processing_time=3))))
    5
    """
    return _total([stage.processing_time for stage in stream.stages])


def wait_time(stream: ValueStream) -> float | None:
    """Sum the wait times.

    Formula: ΣW. Unit: hours, from 0; less is better. `None` when no stage states one.

    >>> from vsm.model import Stage
    >>> wait_time(ValueStream(stages=(Stage(name="a", wait_time=6), Stage(name="b", wait_time=0))))
    6
    """
    return _total([stage.wait_time for stage in stream.stages])


def stage_lead_time(stream: ValueStream, index: int) -> float | None:
    """Add one stage's processing and wait time, or take the time that nothing divides into the two.

    Formula: P + W. Unit: hours, from 0; less is better. `None` when neither is known.

    >>> from vsm.model import Stage
    >>> stage_lead_time(ValueStream(stages=(Stage(name="a", processing_time=2, wait_time=6),)), 0)
    8
    """
    return stream.stages[index].time


def without_processing_time(stream: ValueStream) -> tuple[str, ...]:
    """Name the stages whose processing time is not measured.

    >>> from vsm.model import Stage
    >>> without_processing_time(ValueStream(stages=(Stage(name="a"), Stage(name="b", processing_time=0))))
    ('a',)
    """
    return tuple(s.name for s in stream.stages if s.processing_time is None and s.undivided_time is None)


def without_wait_time(stream: ValueStream) -> tuple[str, ...]:
    """Name the stages whose wait time is not measured, but for the outermost: nobody waits for what does not follow.

    >>> from vsm.model import Stage
    >>> without_wait_time(ValueStream(stages=(Stage(name="a"), Stage(name="b"))))
    ('a',)
    """
    outermost = stream.steps[-1 if stream.definitions.wait is WaitSide.AFTER else 0]
    return tuple(
        stage.name
        for i, stage in enumerate(stream.stages)
        if stage.wait_time is None and stage.undivided_time is None and i not in outermost
    )


@kept
def critical_path(stream: ValueStream) -> tuple[int, ...]:
    """Name, for each step, the stage that holds the item longest; parallel stages are where that is a choice.

    Returns stage indices in flow order; the first of equals, and one of unknown time only among its like.

    >>> from vsm.model import Stage
    >>> critical_path(ValueStream(stages=(Stage(name="a", processing_time=1, parallel_group="1"),
    ...                                   Stage(name="b", processing_time=3, parallel_group="1"))))
    (1,)
    """
    times = [-1 if stage.time is None else stage.time for stage in stream.stages]
    return tuple(step[0] if len(step) == 1 else max(step, key=times.__getitem__) for step in stream.steps)


@kept
def lead_time(stream: ValueStream) -> float | None:
    """Add up the time from the start of the stream to its end, once through and without rework.

    Formula: L = Σ (P + W); of parallel stages the longest counts (critical path); in a log, less the time in which
    steps of one item overlap, which is the mean over finished items. Unit: hours, from 0; less is better. `None` when
    no stage has a time.

    >>> from vsm.model import Stage
    >>> lead_time(ValueStream(stages=(Stage(name="a", processing_time=2, wait_time=6), Stage(name="b", wait_time=1))))
    9
    """
    total = _total([stream.stages[i].time for i in critical_path(stream)])
    return total if total is None or stream.measured is None else total - stream.measured.overlap


def overlap(stream: ValueStream) -> float | None:
    """Say by how much the stages add up to more than the lead time, because some run side by side.

    Formula: Σ (P + W) − L. Unit: hours, from 0; neither way is better. `None` when nothing runs in parallel.

    >>> from vsm.model import Stage
    >>> overlap(ValueStream(stages=(Stage(name="a", processing_time=1, parallel_group="1"),
    ...                             Stage(name="b", processing_time=3, parallel_group="1"))))
    1
    """
    total = _total(stage_lead_time(stream, i) for i in range(len(stream.stages)))
    lead = lead_time(stream)
    parallel = len(stream.steps) < len(stream.stages) or (stream.measured is not None and stream.measured.overlap > 0)
    return total - lead if parallel and total is not None and lead is not None else None


def flow_efficiency(stream: ValueStream) -> float | None:
    """Divide the time worked on an item by all the time in its stages: a ratio of sums, never a mean of ratios.

    Formula: ΣP / (ΣP + ΣW); in a log Σ active / Σ lead over finished items, where steps that run side by side count
    once. Unit: share, 0 to 1; more is better. `None` when processing or wait time is not
    measured at all, or both are zero. Source: K. Martin, M. Osterling, Value Stream Mapping (as activity ratio).

    >>> from vsm.model import Stage
    >>> flow_efficiency(ValueStream(stages=(Stage(name="a", processing_time=2, wait_time=6),)))
    0.25
    """
    work, wait = processing_time(stream), wait_time(stream)
    if work is None or wait is None or work + wait == 0:
        return None
    if stream.measured is None:
        return work / (work + wait)
    return (work - stream.measured.work_overlap) / (work + wait - stream.measured.overlap)


def rolled_complete_accurate(stream: ValueStream) -> float | None:
    """Multiply the %C&A of the stages that state one: the share of items that pass all of them without rework.

    Formula: Π C. Unit: share, 0 to 1; more is better. `None` when no stage states one; a stated 0 makes it 0.
    Source: K. Martin, M. Osterling, Value Stream Mapping.

    >>> from vsm.model import Stage
    >>> rolled_complete_accurate(ValueStream(stages=(Stage(name="a", complete_accurate=0.5), Stage(name="b"))))
    0.5
    """
    known = [stage.complete_accurate for stage in stream.stages if stage.complete_accurate is not None]
    return prod(known) if known else None


def handoffs(stream: ValueStream) -> float | None:
    """Sum the people who touch an item.

    Formula: Σ people touching. Unit: people, from 0; less is better. `None` when no stage states it.

    >>> from vsm.model import Stage
    >>> handoffs(ValueStream(stages=(Stage(name="a", handoffs=1), Stage(name="b", handoffs=3))))
    4
    """
    return _total(stage.handoffs for stage in stream.stages)


def team_changes(stream: ValueStream) -> int | None:
    """Count the places where an item passes from one team to another.

    Formula: neighbouring stages whose teams are known and differ. Unit: places, from 0; less is better. `None` when
    fewer than two neighbours state a team.

    >>> from vsm.model import Stage
    >>> team_changes(ValueStream(stages=(Stage(name="a", team="X"), Stage(name="b", team="Y"))))
    1
    """
    known = [(a.team, b.team) for a, b in pairwise(stream.stages) if a.team is not None and b.team is not None]
    return sum(a != b for a, b in known) if known else None


def flow_load(stream: ValueStream) -> float | None:
    """Say how many items are in the stream: now, as the sheet states, or on average, as a log shows.

    Formula: Σ WIP; in a log the mean over time. Unit: items, from 0; less is better at the same throughput. `None`
    when not known.

    >>> from vsm.model import Stage
    >>> flow_load(ValueStream(stages=(Stage(name="a", wip=7), Stage(name="b", wip=5))))
    12
    """
    if stream.measured is not None:
        return stream.measured.flow_load
    return _total(stage.wip for stage in stream.stages)


def step_name(stream: ValueStream, step: Iterable[int]) -> str:
    """Name a step: its stage, or its parallel stages joined by " + "."""
    return " + ".join(stream.stages[i].name for i in step)


@kept
def queues(stream: ValueStream) -> tuple[Queue, ...]:
    """List every stated wait as the queue it is, in flow order: who hands over, and who is waited for.

    A wait stated *after* row i is the queue in front of the next step; stated *before*, in front of row i itself.

    >>> from vsm.model import Stage
    >>> stages = (Stage(name="a", wait_time=6), Stage(name="b", wait_time=1))
    >>> [(q.after, q.before, q.wait_time) for q in queues(ValueStream(stages=stages))]
    [('a', 'b', 6), ('b', None, 1)]
    """
    return tuple(_queues(stream))


def _queues(stream: ValueStream) -> Iterator[Queue]:
    steps = stream.steps
    for position, step in enumerate(steps):
        for i in step:
            wait = stream.stages[i].wait_time
            if wait is None:
                continue
            if stream.definitions.wait is WaitSide.AFTER:
                source: tuple[int, ...] = (i,)
                target = steps[position + 1] if position + 1 < len(steps) else ()
            else:
                source = steps[position - 1] if position else ()
                target = (i,)
            yield Queue(
                after=step_name(stream, source) or None,
                before=step_name(stream, target) or None,
                wait_time=wait,
                stated_by=i,
                comes_from=source,
                waits_for=target,
            )


VITAL_SHARE = 0.5
"""The longest waits are named until together they make up this share of all waiting."""


def vital_queues(stream: ValueStream) -> tuple[Queue, ...]:
    """Take the longest queues that together hold at least `VITAL_SHARE` of all waiting, the longest first.

    Empty when nothing waits. Source: J. Juran's vital few.

    >>> from vsm.model import Stage
    >>> stages = (Stage(name="a", wait_time=1), Stage(name="b", wait_time=6), Stage(name="c", wait_time=3))
    >>> [q.wait_time for q in vital_queues(ValueStream(stages=stages))]
    [6]
    """
    ranked = sorted((q for q in queues(stream) if q.wait_time > 0), key=lambda q: -q.wait_time)
    reached = list(accumulate(q.wait_time for q in ranked))
    return tuple(q for q, sum_ in zip(ranked, reached, strict=True) if sum_ - q.wait_time < VITAL_SHARE * reached[-1])


@dataclass(frozen=True, kw_only=True)
class TeamWait:
    """Where items wait, seen by teams, in hours; a queue counts as between teams when its two ends differ in team."""

    between: float
    inside: float
    unknown: float
    """Wait at the ends of the stream or next to a stage that names no team."""


def team_wait(stream: ValueStream) -> TeamWait | None:
    """Divide the wait into waiting between teams, inside one team, and where no team is known.

    Formula: sums of queues by whether the stages at both ends name the same team; of parallel stages, any that
    differs makes the queue one between teams. Unit: hours. `None` when no stage names a team.

    >>> from vsm.model import Stage
    >>> stages = (Stage(name="a", team="X", wait_time=6), Stage(name="b", team="Y", wait_time=1))
    >>> team_wait(ValueStream(stages=stages))
    TeamWait(between=6.0, inside=0.0, unknown=1.0)
    """
    if all(stage.team is None for stage in stream.stages):
        return None
    between = inside = unknown = 0.0
    for queue in queues(stream):
        teams = {stream.stages[i].team for i in queue.comes_from + queue.waits_for}
        if not queue.comes_from or not queue.waits_for or None in teams:
            unknown += queue.wait_time
        elif len(teams) == 1:
            inside += queue.wait_time
        else:
            between += queue.wait_time
    return TeamWait(between=between, inside=inside, unknown=unknown)
