"""Changes to a value stream: each takes a stream and gives back a changed copy, to be analysed the same way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from vsm.capacity import batch_wait_by_formula, queue_wait, utilisation, wait_stated_behind
from vsm.model import ValueStream, WaitSide


def with_stage(stream: ValueStream, index: int, **changes: Any) -> ValueStream:
    """Replace fields of the stage at `index`.

    >>> from vsm.model import Stage
    >>> with_stage(ValueStream(stages=(Stage(name="a", wait_time=6),)), 0, wait_time=1).stages[0].wait_time
    1
    """
    stages = list(stream.stages)
    stages[index] = replace(stages[index], **changes)
    return replace(stream, stages=tuple(stages))


def with_batch_size(stream: ValueStream, index: int, batch_size: float) -> ValueStream:
    """Change a stage's batch size; of the queue behind it, only the part that the batch causes shrinks or grows."""
    changed = with_stage(stream, index, batch_size=batch_size)
    row, formula = wait_stated_behind(stream, index), batch_wait_by_formula(stream, index)
    observed = None if row is None else stream.stages[row].wait_time
    if row is None or observed is None or formula == 0:
        return changed
    caused = min(formula, observed)
    after = caused * batch_wait_by_formula(changed, index) / formula
    return with_stage(changed, row, wait_time=observed - caused + after)


def with_people(stream: ValueStream, index: int, people: float) -> ValueStream:
    """Change the people of a stage whose utilisation is known; the wait in front of it scales with the queue formula.

    The wait scales by Allen–Cunneen after over before. Where either side has no steady queue (utilisation of 1 or
    more) the wait stays as stated.
    """
    changed = with_stage(stream, index, people=people)
    before, after = utilisation(stream, index), utilisation(changed, index)
    if before is None or after is None or before >= 1 or after >= 1 or before == 0:
        return changed
    ratio = queue_wait(_servers(people), after) / queue_wait(_servers(stream.stages[index].people), before)
    for row in waits_in_front(stream, index):
        wait = stream.stages[row].wait_time
        changed = with_stage(changed, row, wait_time=None if wait is None else wait * ratio)
    return changed


def _servers(people: float | None) -> int:
    return max(1, round(people or 1))


def waits_in_front(stream: ValueStream, index: int) -> tuple[int, ...]:
    """Return the indices of the rows that state the queue in front of stage `index`."""
    if stream.definitions.wait is WaitSide.BEFORE:
        return (index,)
    position = stream.step_of[index]
    return stream.steps[position - 1] if position else ()


def merged_into_next(stream: ValueStream, index: int) -> ValueStream:
    """Give a stage's work to the stage that follows, so that the queue between the two disappears.

    The processing times add up, the people touching count once (the larger), and the checks of both remain:
    their %C&A multiply. The last stage cannot be merged: a `ValueError` says so.
    """
    if index + 1 >= len(stream.stages):
        raise ValueError(f"{stream.stages[index].name} is the last stage: there is no next stage to merge it into.")
    first, second = stream.stages[index], stream.stages[index + 1]
    after = stream.definitions.wait is WaitSide.AFTER
    merged = replace(
        second,
        processing_time=_add(first.processing_time, second.processing_time),
        wait_time=second.wait_time if after else first.wait_time,
        complete_accurate=_multiply(first.complete_accurate, second.complete_accurate),
        handoffs=max((h for h in (first.handoffs, second.handoffs) if h is not None), default=None),
        rework_to=first.rework_to,
    )
    stages = [*stream.stages[:index], merged, *stream.stages[index + 2 :]]
    stages = [replace(s, rework_to=second.name) if s.rework_to == first.name else s for s in stages]
    return replace(stream, stages=tuple(stages))


def _add(a: float | None, b: float | None) -> float | None:
    return b if a is None else a if b is None else a + b


def _multiply(a: float | None, b: float | None) -> float | None:
    return b if a is None else a if b is None else a * b
