"""Changes to a stream's figures: each takes a stream and gives back a changed copy, to be analysed the same way.

Whatever changes how busy a stage is or how many items it hands on together also changes the waits that this causes
(`settled`). What changes which stages there are is in `restructuring`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from vsm.capacity import stream_demand
from vsm.metrics import queues
from vsm.model import Queue, Stage, ValueStream
from vsm.overload import weekly_visits
from vsm.rework import expected_visits
from vsm.settling import settled, with_stages


def with_stage(stream: ValueStream, index: int, **changes: Any) -> ValueStream:
    """Replace fields of the stage at `index`, and nothing else.

    >>> with_stage(ValueStream(stages=(Stage(name="a", wait_time=6),)), 0, wait_time=1).stages[0].wait_time
    1
    """
    stages = list(stream.stages)
    stages[index] = replace(stages[index], **changes)
    return with_stages(stream, stages)


def with_batch_size(stream: ValueStream, index: int, batch_size: float) -> ValueStream:
    """Change a stage's batch size; of the queue behind it, only the part that the batch causes shrinks or grows."""
    return settled(stream, with_stage(stream, index, batch_size=batch_size))


def with_people(stream: ValueStream, index: int, people: float) -> ValueStream:
    """Change the people of a stage; where its utilisation is known, the wait in front of it changes with it.

    Where no people were stated, this tells how many there are: no wait changes.
    """
    changed = with_stage(stream, index, people=people)
    return changed if stream.stages[index].people is None else settled(stream, changed)


def with_availability(stream: ValueStream, index: int, share: float) -> ValueStream:
    """Change the share of working time in which a stage works on this stream, and the waits that follow from it."""
    return settled(stream, with_stage(stream, index, availability=share))


def with_processing_time(stream: ValueStream, index: int, hours: float) -> ValueStream:
    """Change how long a stage works on an item, and the waits that follow from how busy it is then."""
    return settled(stream, with_stage(stream, index, processing_time=hours))


def with_demand(stream: ValueStream, demand: float) -> ValueStream:
    """Change how many items a week ask for the stream; the demand of each stage that states its own in proportion.

    Where no demand was known, this tells what it is: no wait changes.
    """
    before = stream_demand(stream)
    stages = [
        stage if stage.demand is None or not before else replace(stage, demand=stage.demand * demand / before)
        for stage in stream.stages
    ]
    changed = replace(with_stages(stream, stages), definitions=replace(stream.definitions, demand=demand))
    return changed if before is None else settled(stream, changed)


def with_quality(stream: ValueStream, shares: Mapping[int, float]) -> ValueStream:
    """Change %C&A of the stages at the indices given; fewer repetitions also make the stages less busy.

    The times of a log contain its repetitions. What was measured of them shrinks as the expected visits beyond the
    first do.
    """
    stages = [
        stage if (share := shares.get(i)) is None else replace(stage, complete_accurate=share)
        for i, stage in enumerate(stream.stages)
    ]
    return with_checks(stream, stages)


def with_checks(stream: ValueStream, stages: Sequence[Stage]) -> ValueStream:
    """Give the stages the %C&A, and the targets of their defects, of `stages`; see `with_quality`."""
    changed = with_stages(stream, stages)
    if stream.measured is None:
        return settled(stream, changed)
    was, will_be = (expected_visits(replace(side, measured=None)) for side in (stream, changed))
    if was is None or will_be is None:
        return changed
    again = [(after - 1) / (before - 1) if before > 1 else 1.0 for before, after in zip(was, will_be, strict=True)]
    repeated = [_with_repetitions(stage, ratio) for stage, ratio in zip(stages, again, strict=True)]
    work = [_kept_share(stage.work_again, ratio) for stage, ratio in zip(stages, again, strict=True)]
    return settled(stream, with_stages(stream, repeated), repeats=work)


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

    Work keeps some of them (`items_in_work`), and the others wait: by Little's law as long as `items_waiting` says, and
    never longer than observed. Of parallel queues in front each is held to that.
    """
    in_work = items_in_work(stream, index)
    if in_work is None:
        return stream
    changed = stream
    for queue in queues_in_front(stream, index):
        waiting = items_waiting(stream, queue)
        if waiting and waiting > (allowed := max(0.0, items - in_work)):
            changed = with_stage(changed, queue.stated_by, wait_time=queue.wait_time * allowed / waiting)
    return changed


def items_in_work(stream: ValueStream, index: int) -> float | None:
    """Return how many items are worked on at a stage, on average.

    Formula (Little): visits a week × P / hours a week, the visits being λ v, or as many as get so far and are done
    (`weekly_visits`). Unit: items, from 0. `None` when demand is not known or 0.
    """
    rate = weekly_visits(stream, index)
    return rate * (stream.stages[index].processing_time or 0) / stream.definitions.hours_per_week if rate else None


def items_waiting(stream: ValueStream, queue: Queue) -> float:
    """Return how many items are in a queue, on average.

    Formula (Little): visits a week × W / hours a week, with the visits by which the lead time counts that wait: those
    of the row that states it. Unit: items, from 0; 0 when demand is not known.
    """
    return (weekly_visits(stream, queue.stated_by) or 0.0) * queue.wait_time / stream.definitions.hours_per_week


def queues_in_front(stream: ValueStream, index: int) -> tuple[Queue, ...]:
    """List the queues in which items wait for stage `index`."""
    return tuple(queue for queue in queues(stream) if index in queue.waits_for)


def _scaled(value: float | None, ratio: float) -> float | None:
    return None if value is None else value * ratio
