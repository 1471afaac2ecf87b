"""Observed waits -> the delays of a simulation: what is left of a wait that neither batches nor busy people explain.

A delay stands for meetings, calendars and approvals: it passes whatever the load. It is what is left of the wait that
was observed once the wait for people and companions is taken from it: by formula where that is exact (`exact`), else as
it comes out when the stream is acted out once. Then it is an estimate, as uncertain as that wait: what one run takes
for queue another takes for delay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vsm.capacity import batch_wait_by_formula, speed, wait_by_formula
from vsm.metrics import queues
from vsm.model import Queue, ValueStream, WaitSide
from vsm.simulation.result import Estimate


def first_delays(stream: ValueStream) -> tuple[float, ...]:
    """Return, for each row, its wait less what the formulas of batches and busy people explain, from 0. Hours."""
    delays = [0.0] * len(stream.stages)
    for queue in queues(stream):
        busy = max((busy_by_formula(stream, i) for i in queue.waits_for), default=0.0)
        delays[queue.stated_by] = max(0.0, queue.wait_time - _batched(stream, queue) - busy)
    return tuple(delays)


def busy_by_formula(stream: ValueStream, index: int) -> float:
    """Return the hours that busy people make of a wait by formula, and those by which slow ones take longer; from 0."""
    return (wait_by_formula(stream, index) or 0.0) + slower(stream, index)


def slower(stream: ValueStream, index: int) -> float:
    """Return by how many hours a visit takes longer as its people are not there all the time; from 0."""
    work, pace = stream.stages[index].processing_time or 0.0, speed(stream, index)
    return work / pace - work if pace else 0.0


def left_delays(stream: ValueStream, queued: Mapping[int, Estimate]) -> tuple[Estimate, ...]:
    """Take the hours that people and companions make of each row's wait from what it states, run by run.

    Where they make more of it than is stated, there is no delay.
    """
    delays = [Estimate.exactly(0.0)] * len(stream.stages)
    for queue in queues(stream):
        left = Estimate.exactly(queue.wait_time) - queued[queue.stated_by]
        if left.mean > 0:
            delays[queue.stated_by] = left
    return tuple(delays)


def kept_delays(stream: ValueStream, before: ValueStream, delays: Sequence[Estimate]) -> tuple[Estimate, ...]:
    """Carry the delays found for the stream as it was over to a changed one; hours for each row.

    More people or less demand shorten queues and leave delays as they are, so a delay changes only by the part of the
    change of its wait that batches and busy people do not account for: an automated handover, for one. Rows are known
    again by the names of their stage, or of the one merged into it whose wait is left; a row that is new has no more
    delay than its formulas leave it.
    """
    names = [stage.name for stage in before.stages]
    old = {queue.stated_by: queue for queue in queues(before)}
    carried = [Estimate.exactly(delay) for delay in first_delays(stream)]
    for queue in queues(stream):
        stage, after = stream.stages[queue.stated_by], stream.definitions.wait is WaitSide.AFTER
        name = stage.name if not stage.merged else stage.merged[-1 if after else 0]
        row = names.index(name) if names.count(name) == 1 else None
        if row in old:
            carried[queue.stated_by] = delays[row] * _change_of_delay(stream, queue, before, old[row])
    return tuple(carried)


def _change_of_delay(stream: ValueStream, queue: Queue, before: ValueStream, old: Queue) -> float:
    """Return the ratio after/before of what is left of a wait beside its batch, less the ratio that people explain.

    A delay stays as it is where it stands in front of other stages than before: their queue comes of their people.
    """
    if [before.stages[i].name for i in old.waits_for] != [stream.stages[i].name for i in queue.waits_for]:
        return 1.0
    was, will_be = old.wait_time - _batched(before, old), queue.wait_time - _batched(stream, queue)
    busy_before = max((wait_by_formula(before, i) or 0.0 for i in old.waits_for), default=0.0)
    busy_after = max((wait_by_formula(stream, i) or 0.0 for i in queue.waits_for), default=0.0)
    crowding = busy_after / busy_before if busy_before and busy_after else 1.0
    return will_be / was / crowding if was > 0 else 0.0


def _batched(stream: ValueStream, queue: Queue) -> float:
    return min(queue.wait_time, max((batch_wait_by_formula(stream, i) for i in queue.comes_from), default=0.0))
