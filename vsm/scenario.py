"""Changes to a value stream: each takes a stream and gives back a changed copy, to be analysed the same way.

Whatever changes how busy a stage is or how many items it hands on together also changes the waits that this causes.
`_settled` is the one place where that happens: the part of a wait that a batch causes changes by the batch formula,
the rest by the queue formula of the stage waited for, both as a ratio of after to before; a wait of which nothing is
known stays as it was observed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from vsm.capacity import batch_wait_by_formula, stream_demand, visits_at, wait_by_formula
from vsm.metrics import processing_time, queues
from vsm.model import Queue, Stage, ValueStream, WaitSide
from vsm.overload import weekly_visits
from vsm.rework import expected_visits


def with_stage(stream: ValueStream, index: int, **changes: Any) -> ValueStream:
    """Replace fields of the stage at `index`, and nothing else.

    >>> with_stage(ValueStream(stages=(Stage(name="a", wait_time=6),)), 0, wait_time=1).stages[0].wait_time
    1
    """
    stages = list(stream.stages)
    stages[index] = replace(stages[index], **changes)
    return _with_stages(stream, stages)


def with_batch_size(stream: ValueStream, index: int, batch_size: float) -> ValueStream:
    """Change a stage's batch size; of the queue behind it, only the part that the batch causes shrinks or grows."""
    return _settled(stream, with_stage(stream, index, batch_size=batch_size))


def with_people(stream: ValueStream, index: int, people: float) -> ValueStream:
    """Change the people of a stage; where its utilisation is known, the wait in front of it changes with it.

    Where no people were stated, this tells how many there are: no wait changes.
    """
    changed = with_stage(stream, index, people=people)
    return changed if stream.stages[index].people is None else _settled(stream, changed)


def with_availability(stream: ValueStream, index: int, share: float) -> ValueStream:
    """Change the share of working time in which a stage works on this stream, and the waits that follow from it."""
    return _settled(stream, with_stage(stream, index, availability=share))


def with_processing_time(stream: ValueStream, index: int, hours: float) -> ValueStream:
    """Change how long a stage works on an item, and the waits that follow from how busy it is then."""
    return _settled(stream, with_stage(stream, index, processing_time=hours))


def with_demand(stream: ValueStream, demand: float) -> ValueStream:
    """Change how many items a week ask for the stream; the demand of each stage that states its own in proportion.

    Where no demand was known, this tells what it is: no wait changes.
    """
    before = stream_demand(stream)
    stages = [
        stage if stage.demand is None or not before else replace(stage, demand=stage.demand * demand / before)
        for stage in stream.stages
    ]
    changed = replace(_with_stages(stream, stages), definitions=replace(stream.definitions, demand=demand))
    return changed if before is None else _settled(stream, changed)


def with_quality(stream: ValueStream, shares: Mapping[int, float]) -> ValueStream:
    """Change %C&A of the stages at the indices given; fewer repetitions also make the stages less busy.

    The times of a log contain its repetitions. What was measured of them shrinks as the expected visits beyond the
    first do.
    """
    stages = [
        stage if (share := shares.get(i)) is None else replace(stage, complete_accurate=share)
        for i, stage in enumerate(stream.stages)
    ]
    changed = _with_stages(stream, stages)
    if stream.measured is None:
        return _settled(stream, changed)
    was, will_be = (expected_visits(replace(side, measured=None)) for side in (stream, changed))
    if was is None or will_be is None:
        return changed
    again = [(after - 1) / (before - 1) if before > 1 else 1.0 for before, after in zip(was, will_be, strict=True)]
    repeated = [_with_repetitions(stage, ratio) for stage, ratio in zip(stages, again, strict=True)]
    work = [_kept_share(stage.work_again, ratio) for stage, ratio in zip(stages, again, strict=True)]
    return _settled(stream, _with_stages(stream, repeated), work)


def _with_repetitions(stage: Stage, ratio: float) -> Stage:
    """Scale what a log shows of a stage's repetitions; most of a long stream have none, and stay what they are."""
    work, wait = _kept_share(stage.work_again, ratio), _kept_share(stage.wait_again, ratio)
    if work == wait == 1:
        return stage
    return replace(
        stage,
        processing_time=_scaled(stage.processing_time, work),
        wait_time=_scaled(stage.wait_time, wait),
        undivided_time=_scaled(stage.undivided_time, work),
        work_again=_share_then(stage.work_again, ratio, work),
        wait_again=_share_then(stage.wait_again, ratio, wait),
    )


def _kept_share(again: float | None, ratio: float) -> float:
    """Return what is left of a time of which the share `again` is repetition, when that becomes `ratio` of itself."""
    return 1.0 if again is None else 1 - again + again * ratio


def _share_then(again: float | None, ratio: float, left: float) -> float | None:
    return None if again is None else again * ratio / left if left else 0.0


def with_load_limit(stream: ValueStream, index: int, items: float) -> ValueStream:
    """Allow at most so many items in a stage and the queue in front of it; without a known demand nothing changes.

    By Little's law an item is then there for at most items / rate a visit (`time_under_limit`); work takes its part of
    that, and the queue in front is what remains, never more than observed. Of parallel queues in front each is held to
    that.
    """
    longest = time_under_limit(stream, index, items)
    if longest is None:
        return stream
    allowed = max(0.0, longest - (stream.stages[index].processing_time or 0))
    changed = stream
    for queue in queues_in_front(stream, index):
        changed = with_stage(changed, queue.stated_by, wait_time=min(queue.wait_time, allowed))
    return changed


def time_under_limit(stream: ValueStream, index: int, items: float) -> float | None:
    """Return how many hours an item is in a stage and its queue, on average, when `items` are there.

    Formula (Little): items × hours a week / visits a week, which are λ v, or as many as get so far and are done
    (`weekly_visits`). `None` when demand is not known or 0.
    """
    rate = weekly_visits(stream, index)
    return items * stream.definitions.hours_per_week / rate if rate else None


def queues_in_front(stream: ValueStream, index: int) -> tuple[Queue, ...]:
    """List the queues in which items wait for stage `index`."""
    return tuple(queue for queue in queues(stream) if index in queue.waits_for)


def merged_into_next(stream: ValueStream, index: int, name: str | None = None) -> ValueStream:
    """Give a stage's work to the stage that follows, so that the queue between the two disappears.

    The processing times add up, the people touching count once (the larger), and the checks of both remain: their %C&A
    multiply. It is called `name`, or after both: "A and B", and still answers to the name of the second. The last stage
    cannot be merged: a `ValueError` says so.
    """
    if index + 1 >= len(stream.stages):
        raise ValueError(f"{stream.stages[index].name} is the last stage: there is no next stage to merge it into.")
    first, second = stream.stages[index], stream.stages[index + 1]
    after = stream.definitions.wait is WaitSide.AFTER
    called = name or f"{first.name} and {second.name}"
    merged = replace(
        second,
        name=called,
        processing_time=_add(first.processing_time, second.processing_time),
        wait_time=second.wait_time if after else first.wait_time,
        undivided_time=_add(first.undivided_time, second.undivided_time),
        complete_accurate=_multiply(first.complete_accurate, second.complete_accurate),
        handoffs=max((h for h in (first.handoffs, second.handoffs) if h is not None), default=None),
        rework_to=second.rework_to if first.complete_accurate in (None, 1) else first.rework_to,
        work_again=_work_again(first, second),
        wait_again=second.wait_again if after else first.wait_again,
        merged=(*(first.merged or (first.name,)), *(second.merged or (second.name,))),
    )
    stages = [*stream.stages[:index], merged, *stream.stages[index + 2 :]]
    stages = [replace(s, rework_to=called) if s.rework_to in (first.name, second.name) else s for s in stages]
    return _with_stages(stream, stages)


def _work_again(first: Stage, second: Stage) -> float | None:
    """Return the share of the work of two stages that is repetition; `None` where neither tells."""
    hours = [(s.processing_time or 0.0) + (s.undivided_time or 0.0) for s in (first, second)]
    again = [None if s.work_again is None else s.work_again * h for s, h in zip((first, second), hours, strict=True)]
    total = _add(*again)
    return total if total is None or not sum(hours) else total / sum(hours)


def without_stage(stream: ValueStream, index: int) -> ValueStream:
    """Take a stage out with its work, its check and the wait that its row states; the other waits stay."""
    name = stream.stages[index].name
    rest = [*stream.stages[:index], *stream.stages[index + 1 :]]
    return _with_stages(stream, [replace(s, rework_to=None) if s.rework_to == name else s for s in rest])


def with_added(stream: ValueStream, position: int, stage: Stage) -> ValueStream:
    """Put a stage in at `position`; the waits of the others stay as they are."""
    return _with_stages(stream, [*stream.stages[:position], stage, *stream.stages[position:]])


def with_moved(stream: ValueStream, index: int, position: int) -> ValueStream:
    """Take a stage out and put it in again at `position` among the others, on its own; it brings its wait along."""
    rest = [*stream.stages[:index], *stream.stages[index + 1 :]]
    moved = replace(stream.stages[index], parallel_group=None)
    return _with_stages(stream, [*rest[:position], moved, *rest[position:]])


def with_parallel(stream: ValueStream, first: int, last: int, group: str) -> ValueStream:
    """Let the stages from `first` to `last` run side by side: the longest of them counts."""
    stages = [
        replace(stage, parallel_group=group) if first <= i <= last else stage for i, stage in enumerate(stream.stages)
    ]
    return _with_stages(stream, stages)


def _settled(before: ValueStream, after: ValueStream, repeats: Sequence[float] | None = None) -> ValueStream:
    """Change the waits of `after`, which has the stages of `before`, by what batches and busy people cause.

    `repeats`: how many times as often each stage is passed, where its times already count that (of a log).
    """
    stages = list(after.stages)
    for queue in queues(before):
        if _touched(before, after, queue):
            observed = after.stages[queue.stated_by].wait_time or 0.0
            wait = _settled_wait(before, after, queue, observed, repeats)
            if wait != observed:
                stages[queue.stated_by] = replace(stages[queue.stated_by], wait_time=wait)
    return _with_stages(after, stages)


def _touched(before: ValueStream, after: ValueStream, queue: Queue) -> bool:
    """Say whether anything that makes items wait in a queue has changed: stages at its ends, visits or demand."""
    if before.definitions is not after.definitions:
        return True
    if any(before.stages[i] is not after.stages[i] for i in queue.comes_from + queue.waits_for):
        return True
    return any(visits_at(before, i) != visits_at(after, i) for i in (queue.stated_by, *queue.waits_for))


def _settled_wait(
    before: ValueStream, after: ValueStream, queue: Queue, observed: float, repeats: Sequence[float] | None
) -> float:
    """Return the wait in a queue: the part of the observed one that a batch causes and the rest, each by its cause."""
    was = max((batch_wait_by_formula(before, i) for i in queue.comes_from), default=0.0)
    will_be = max((batch_wait_by_formula(after, i) for i in queue.comes_from), default=0.0)
    caused = min(was, observed)
    batched = caused * will_be / was if was else will_be
    crowding = max((_crowding(before, after, i, repeats) for i in queue.waits_for), default=1.0)
    return batched + (observed - caused) * crowding


def _crowding(before: ValueStream, after: ValueStream, index: int, repeats: Sequence[float] | None) -> float:
    """Return by how much the wait for busy people changes at a stage; 1 where either side has no steady wait."""
    was, will_be = wait_by_formula(before, index), wait_by_formula(after, index)
    if not was or will_be is None:
        return 1.0
    return will_be / was if repeats is None else will_be / was / repeats[index]


def _with_stages(stream: ValueStream, stages: Sequence[Stage]) -> ValueStream:
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


def _scaled(value: float | None, ratio: float) -> float | None:
    return None if value is None else value * ratio


def _add(a: float | None, b: float | None) -> float | None:
    return b if a is None else a if b is None else a + b


def _multiply(a: float | None, b: float | None) -> float | None:
    return b if a is None else a if b is None else a * b
