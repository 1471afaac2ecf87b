"""Changes to which stages a stream has and in which order: each takes a stream and gives back a changed copy.

Defects go on going back where they went (`targets`), and waits change as visits and the work of busy people do
(`settling`). So a stage that does nothing can come, go, move or be merged, and no time of the stream changes; with
outgoing %C&A it does find the defects of the stage before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from vsm.model import Stage, ValueStream, WaitSide
from vsm.scenario import with_checks, with_quality
from vsm.settling import settled, with_stages
from vsm.targets import Checks, with_targets


def merged_into_next(stream: ValueStream, index: int, name: str | None = None) -> ValueStream:
    """Give a stage's work to the people of the stage that follows, so that the queue between the two disappears.

    The processing times add up, the people touching count once (the larger), and the checks of both remain: their %C&A
    multiply, and the defects of each go back where they went, those of the second that the first redid within the
    merged stage. It is called `name`, or after both: "A and B", and still answers to the name of the second. The last
    stage cannot be merged: a `ValueError` says so.
    """
    if index + 1 >= len(stream.stages):
        raise ValueError(f"{stream.stages[index].name} is the last stage: there is no next stage to merge it into.")
    first, second = stream.stages[index], stream.stages[index + 1]
    merged = _merged(first, second, name or f"{first.name} and {second.name}", stream.definitions.wait)
    now = {i: i if i <= index else i - 1 for i in range(len(stream.stages))}
    checks = {index: _in_turn(index, first.complete_accurate, index + 1, second.complete_accurate)}
    return _rearranged(stream, [*stream.stages[:index], merged, *stream.stages[index + 2 :]], now, checks)


def _merged(first: Stage, second: Stage, name: str, wait: WaitSide) -> Stage:
    after = wait is WaitSide.AFTER
    return replace(
        second,
        name=name,
        processing_time=_add(first.processing_time, second.processing_time),
        wait_time=second.wait_time if after else first.wait_time,
        undivided_time=_add(first.undivided_time, second.undivided_time),
        complete_accurate=_multiply(first.complete_accurate, second.complete_accurate),
        handoffs=max((h for h in (first.handoffs, second.handoffs) if h is not None), default=None),
        demand=first.demand if second.demand is None else second.demand,
        work_again=_work_again(first, second),
        wait_again=second.wait_again if after else first.wait_again,
        merged=(*(first.merged or (first.name,)), *(second.merged or (second.name,))),
    )


def _in_turn(first: int, first_share: float | None, second: int, second_share: float | None) -> Checks:
    """Divide what two checks, one behind the other, find in all: the second sees only what passes the first."""
    passed = 1.0 if first_share is None else first_share
    found = 1 - passed, passed * (1 - (1.0 if second_share is None else second_share))
    both = sum(found)
    return ((first, found[0] / both), (second, found[1] / both)) if both else ((second, 1.0),)


def _work_again(first: Stage, second: Stage) -> float | None:
    """Return the share of the work of two stages that is repetition; `None` where neither tells."""
    hours = [(s.processing_time or 0.0) + (s.undivided_time or 0.0) for s in (first, second)]
    again = [None if s.work_again is None else s.work_again * h for s, h in zip((first, second), hours, strict=True)]
    total = _add(*again)
    return total if total is None or not sum(hours) else total / sum(hours)


def without_stage(stream: ValueStream, index: int) -> ValueStream:
    """Take a stage out with its work, its check and the wait that its row states.

    The same as making its check perfect first. What was sent back to it goes on with the stage that followed.
    """
    checks = stream.stages[index].complete_accurate not in (None, 1)
    perfect = with_quality(stream, {index: 1.0}) if checks else stream
    now = {i: i - (i > index) for i in range(len(stream.stages)) if i != index}
    rest = [*perfect.stages[:index], *perfect.stages[index + 1 :]]
    return _rearranged(perfect, rest, now)


def with_added(stream: ValueStream, position: int, stage: Stage) -> ValueStream:
    """Put a stage in at `position`; where demand is stated by stage, as much is asked of it as of its neighbour."""
    added = replace(stage, demand=stream.stages[max(0, position - 1)].demand)
    now = {i: i + (i >= position) for i in range(len(stream.stages))}
    return _rearranged(stream, [*stream.stages[:position], added, *stream.stages[position:]], now)


def with_moved(stream: ValueStream, index: int, position: int) -> ValueStream:
    """Take a stage out and put it in again at `position` among the others, on its own; it brings its wait along."""
    order = [i for i in range(len(stream.stages)) if i != index]
    order.insert(position, index)
    stages = [replace(stream.stages[i], parallel_group=None) if i == index else stream.stages[i] for i in order]
    now = {i: place for place, i in enumerate(order)}
    if _does_nothing(stream.stages[index]):  # nothing is redone there, so that nothing goes back to its new place
        kept = {i: place for i, place in now.items() if i != index}
        return with_targets(stream, with_stages(stream, stages), kept)
    return _rearranged(stream, stages, now)


def _does_nothing(stage: Stage) -> bool:
    return not stage.time and stage.complete_accurate in (None, 1)


def with_parallel(stream: ValueStream, first: int, last: int, group: str) -> ValueStream:
    """Let the stages from `first` to `last` run side by side: the longest of them counts."""
    stages = [
        replace(stage, parallel_group=group) if first <= i <= last else stage for i, stage in enumerate(stream.stages)
    ]
    return _rearranged(stream, stages, {i: i for i in range(len(stages))})


def with_check_moved(stream: ValueStream, late: int, early: int) -> ValueStream:
    """Find at stage `early` what `late` finds: %C&A multiply there, and defects go back where they went.

    Those that went to a stage behind `early` go to the stage before it.
    """
    ahead, behind = stream.stages[early], stream.stages[late]
    stages = list(stream.stages)
    stages[early] = replace(ahead, complete_accurate=_multiply(ahead.complete_accurate, behind.complete_accurate))
    stages[late] = replace(behind, complete_accurate=1.0)
    checks = {early: _in_turn(early, ahead.complete_accurate, late, behind.complete_accurate)}
    moved = with_targets(stream, replace(stream, stages=tuple(stages)), {i: i for i in range(len(stages))}, checks)
    return with_checks(stream, moved.stages)


def _rearranged(
    stream: ValueStream, stages: Sequence[Stage], now: Mapping[int, int], checks: Mapping[int, Checks] | None = None
) -> ValueStream:
    """Give a stream other stages, those of it that are left standing where `now` says, with their targets and waits."""
    return settled(stream, with_targets(stream, with_stages(stream, stages), now, checks), now=now)


def _add(a: float | None, b: float | None) -> float | None:
    return b if a is None else a if b is None else a + b


def _multiply(a: float | None, b: float | None) -> float | None:
    return b if a is None else a if b is None else a * b
