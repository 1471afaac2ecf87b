"""A stream and a changed copy of it -> the copy with the waits that it has then, by what batches and busy people cause.

This is the one place where that happens: the part of a wait that a batch causes changes by the batch formula, the rest
by the queue formula of the stage waited for, both as a ratio of after to before; a wait of which nothing is known stays
as it was observed. Where stages came, went or moved, a row keeps its wait, and that wait its cause: the stage that it
stood in front of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from vsm.capacity import batch_wait_by_formula, demand_at, next_step, utilisation, visits_at, wait_by_formula
from vsm.metrics import processing_time, queues
from vsm.model import Queue, Stage, ValueStream, kept


def settled(
    before: ValueStream,
    after: ValueStream,
    *,
    now: Mapping[int, int] | None = None,
    repeats: Sequence[float] | None = None,
) -> ValueStream:
    """Change the waits that `after` has from `before` by what batches and busy people cause.

    `now`: where the stages of `before` stand in `after`, those that were made one at one place and those that are gone
    nowhere; `None`: where they were. `repeats`: how many times as often each stage is passed, where its times already
    count that (of a log).
    """
    now = {i: i for i in range(len(before.stages))} if now is None else now
    stages = list(after.stages)
    made_one = len(set(now.values())) < len(now)
    for queue in queues(before):
        row = now.get(queue.stated_by)
        if row is None or (made_one and _inside_one(queue, now)) or not _touched(before, after, queue, now):
            continue
        observed = stages[row].wait_time or 0.0
        wait = _settled_wait(before, after, queue, observed, now, repeats)
        if wait != observed:
            stages[row] = replace(stages[row], wait_time=wait)
    return with_stages(after, stages)


def _inside_one(queue: Queue, now: Mapping[int, int]) -> bool:
    """Say whether both ends of a queue are one stage now."""
    return not {now.get(i) for i in queue.comes_from}.isdisjoint(now[i] for i in queue.waits_for if i in now)


def _touched(before: ValueStream, after: ValueStream, queue: Queue, now: Mapping[int, int]) -> bool:
    """Say whether anything that makes items wait in a queue has changed: stages at its ends, visits or demand."""
    if before.definitions is not after.definitions:
        return True
    ends = [i for i in queue.comes_from + queue.waits_for if i in now]
    if any(before.stages[i] is not after.stages[now[i]] for i in ends):
        return True
    counted = [i for i in (queue.stated_by, *queue.waits_for) if i in now]
    return any(visits_at(before, i) != visits_at(after, now[i]) for i in counted)


def _settled_wait(
    before: ValueStream,
    after: ValueStream,
    queue: Queue,
    observed: float,
    now: Mapping[int, int],
    repeats: Sequence[float] | None,
) -> float:
    """Return the wait in a queue: the part of the observed one that a batch causes and the rest, each by its cause."""
    was = max((batch_wait_by_formula(before, i) for i in queue.comes_from), default=0.0)
    will_be = max((_batch_then(before, after, i, now) for i in queue.comes_from), default=0.0)
    caused = min(was, observed)
    batched = caused * will_be / was if was else will_be
    rest = observed - caused
    return batched + max((_rest_then(before, after, i, rest, now, repeats) for i in queue.waits_for), default=rest)


def _batch_then(before: ValueStream, after: ValueStream, index: int, now: Mapping[int, int]) -> float:
    """Return the wait for the rest of a batch; as it was where nothing tells how it changes.

    That is where the batch has another way from then on, and where its stage is one with another and only the work of
    the stage, for want of demand, stands for the time between two items.
    """
    same_way = index in now and {now.get(i) for i in next_step(before, index)} == set(next_step(after, now[index]))
    known = demand_at(before, index) is not None or len(_at(now, now.get(index))) == 1
    return batch_wait_by_formula(after, now[index]) if same_way and known else batch_wait_by_formula(before, index)


def _at(now: Mapping[int, int], place: int | None) -> list[int]:
    """List the stages that stand at one place now: more than one where they were made one."""
    return [i for i, found in now.items() if found == place]


def _rest_then(
    before: ValueStream,
    after: ValueStream,
    index: int,
    rest: float,
    now: Mapping[int, int],
    repeats: Sequence[float] | None,
) -> float:
    """Return what is left in front of a stage of a wait that no batch explains."""
    if index not in now:
        return rest
    if len(together := _at(now, now[index])) > 1:
        return _in_one_queue(before, after, together, rest, now[index])
    was, will_be = wait_by_formula(before, index), wait_by_formula(after, now[index])
    if not was or will_be is None:  # where either side has no steady wait, nothing is known
        return rest
    return rest * (will_be / was if repeats is None else will_be / was / repeats[index])


def _in_one_queue(before: ValueStream, after: ValueStream, together: Sequence[int], rest: float, index: int) -> float:
    """Return the wait in front of stages that were made one: their busy people now have one queue, for all of the work.

    What busy people explain of the waits in front of each is scaled by the ratio of the formula after to before. The
    rest of the wait in front of the first, a delay, stays as it is; that of a queue between two of them goes with it.
    """
    will_be, busy = wait_by_formula(after, index), [wait_by_formula(before, i) or 0.0 for i in together]
    if will_be is None or not sum(busy) or any((utilisation(before, i) or 0.0) >= 1 for i in together):
        return rest
    waits = [rest, *(_wait_beside_batches(before, i) for i in together[1:])]
    explained = [min(wait, by_formula) for wait, by_formula in zip(waits, busy, strict=True)]
    return rest - explained[0] + sum(explained) * will_be / sum(busy)


def _wait_beside_batches(stream: ValueStream, index: int) -> float:
    """Return the longest wait in front of a stage, without what batches explain of it."""
    return max(
        (
            max(0.0, queue.wait_time - max((batch_wait_by_formula(stream, i) for i in queue.comes_from), default=0.0))
            for queue in queues(stream)
            if index in queue.waits_for
        ),
        default=0.0,
    )


LITTLE = 0.5
"""Where busy people explain less than this share of a wait by formula, most of it may have another cause."""


class Unexplained(NamedTuple):
    """A queue of which busy people explain little. Hours, without what a batch explains of it."""

    queue: Queue
    explained: float
    waits: float


@kept
def unexplained(stream: ValueStream) -> tuple[Unexplained, ...]:
    """List the queues of which busy people explain some by formula, but less than `LITTLE`."""
    found = []
    for queue in queues(stream):
        batched = max((batch_wait_by_formula(stream, i) for i in queue.comes_from), default=0.0)
        by_formula = max((wait_by_formula(stream, i) or 0.0 for i in queue.waits_for), default=0.0)
        waits = queue.wait_time - min(batched, queue.wait_time)
        if 0 < by_formula < LITTLE * waits:
            found.append(Unexplained(queue, by_formula, waits))
    return tuple(found)


@kept
def with_delays_apart(stream: ValueStream) -> ValueStream:
    """Take what nothing explains of such queues out of the wait: it passes as often, and no formula scales it.

    It stands as time of its row that nothing divides, so that no time of the stream changes.
    """
    stages = list(stream.stages)
    for queue, explained, waits in unexplained(stream):
        stage, delay = stages[queue.stated_by], waits - explained
        stages[queue.stated_by] = replace(
            stage, wait_time=queue.wait_time - delay, undivided_time=(stage.undivided_time or 0.0) + delay
        )
    return replace(stream, stages=tuple(stages))


def with_stages(stream: ValueStream, stages: Sequence[Stage]) -> ValueStream:
    """Replace the stages; of a log, what overlaps shrinks and grows with the whole, and its percentiles are gone."""
    changed = replace(stream, stages=tuple(stages))
    if stream.measured is None:
        return changed
    measured = replace(
        stream.measured,
        lead_times=None,
        flow_load=None,
        overlap=_in_proportion(stream.measured.overlap, _all_time, changed, stream),
        work_overlap=_in_proportion(stream.measured.work_overlap, processing_time, changed, stream),
    )
    return replace(changed, measured=measured)


def _in_proportion(
    value: float, measure: Callable[[ValueStream], float | None], after: ValueStream, before: ValueStream
) -> float:
    """Let a value shrink and grow as what is measured does; nothing stays nothing, and needs no measuring."""
    base = measure(before) if value else None
    return value * (measure(after) or 0) / base if base else value


def _all_time(stream: ValueStream) -> float:
    return sum(stage.time or 0 for stage in stream.stages)
