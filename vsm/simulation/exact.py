"""A value stream -> the stages whose formula for busy people is exact for what the simulation acts out.

What theory knows exactly no run can correct: a simulation of such a queue differs from its formula by chance alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from vsm.capacity import servers, wait_by_formula
from vsm.model import Stage, ValueStream
from vsm.rework import judgements


def exact_queues(stream: ValueStream) -> frozenset[int]:
    """Name the stages in front of which the mean wait for people is exactly that of `wait_by_formula`.

    Those to which items come at random, with one person whose work varies in any way, or several whose work varies at
    random (a coefficient of variation of 1). Items come at random where all they passed before has neither batches nor
    parallel steps and only work that varies at random, or no queue; and where an item may come again, the stage itself
    has to be of that kind. Sources: J. R. Jackson (1957); P. J. Burke (1956); F. Pollaczek, A. Khinchine.
    """
    if not _at_random(stream.stages[0].arrival_variation):
        return frozenset()
    before = _before(stream)
    odd = {position for position, step in enumerate(stream.steps) if not _passes_at_random(stream, step)}
    return frozenset(i for i in range(len(stream.stages)) if not before[stream.step_of[i]] & odd and _exact(stream, i))


def _exact(stream: ValueStream, index: int) -> bool:
    """Say whether the formula is exact for items that come to the stage at random."""
    stage = stream.stages[index]
    if wait_by_formula(stream, index) is None or not _at_random(stage.arrival_variation):
        return False
    return _at_random(stage.work_variation) or servers(stream, index) == 1


def _passes_at_random(stream: ValueStream, step: tuple[int, ...]) -> bool:
    """Say whether items that come to a step at random also leave it at random."""
    if len(step) > 1:
        return False
    stage = stream.stages[step[0]]
    return round(stage.batch_size or 1) <= 1 and (_no_queue(stage) or _at_random(stage.work_variation))


def _no_queue(stage: Stage) -> bool:
    return stage.people is None or not stage.processing_time


def _at_random(variation: float | None) -> bool:
    return variation in (None, 1.0)


def _before(stream: ValueStream) -> list[set[int]]:
    """List for each step the positions from which items come to it, however far: itself where they come again."""
    comes_from: list[set[int]] = [set() for _ in range(len(stream.steps) + 1)]
    for position, target in _moves(stream):
        comes_from[target].add(position)
    for position in range(len(comes_from)):
        for sources in comes_from:
            if position in sources:
                sources |= comes_from[position]
    return comes_from


def _moves(stream: ValueStream) -> Iterator[tuple[int, int]]:
    """List every way from step to step, the customer being the last of them."""
    for position, judgement in enumerate(judgements(stream)):
        if position < len(stream.steps):
            yield position, position + 1
        yield from ((position, target) for target, share in judgement.back if share)
