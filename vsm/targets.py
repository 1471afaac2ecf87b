"""A stream whose stages came, went or moved -> the same, with the defects of each going back where they went before.

"The stage before" is another one then, where nothing says which is meant; so each target is taken along by its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from vsm.model import Stage, ValueStream
from vsm.rework import defect_targets

Checks = tuple[tuple[int, float], ...]
"""Rows of a stream whose checks are made in one place, each with its share of the defects found there: together 1."""

_ROUNDING = 1e-12
"""Share of defects that rounding may leave."""


def with_targets(
    before: ValueStream, after: ValueStream, now: Mapping[int, int], put_together: Mapping[int, Checks] | None = None
) -> ValueStream:
    """Let the defects that each stage of `before` finds go back from its place in `after` to where they went.

    `now`: where the stages of `before` stand in `after`, which is nowhere for those that are gone. Where the stage that
    redid defects is gone, or no longer comes before they are found, they go on with the one that followed it; where
    none did, with the stage before. `put_together`: places in `after` at which checks of several stages are made.
    """
    old, default = defect_targets(before), [target[0][0] for target in defect_targets(_unnamed(after))]
    checks: dict[int, Checks] = {place: ((i, 1.0),) for i, place in now.items()} | dict(put_together or {})
    names = [stage.name for stage in after.stages]
    stages = list(after.stages)
    for place, made in checks.items():
        shares: dict[int, float] = {}
        for row, part in made:
            for target, share in old[row]:
                goes_to = _place(target, row, place, now)
                goes_to = default[place] if goes_to is None else goes_to
                shares[goes_to] = shares.get(goes_to, 0.0) + part * share
        stages[place] = _sending_back(stages[place], shares, default[place], names)
    return replace(after, stages=tuple(stages))


def _unnamed(stream: ValueStream) -> ValueStream:
    return replace(stream, stages=tuple(replace(s, rework_to=None, rework_also=()) for s in stream.stages))


def _place(target: int, row: int, place: int, now: Mapping[int, int]) -> int | None:
    """Return where the first stage from `target` on to `row` stands that is at or in front of `place`."""
    return next((now[i] for i in range(target, row + 1) if i in now and now[i] <= place), None)


def _sending_back(stage: Stage, shares: Mapping[int, float], default: int, names: list[str]) -> Stage:
    """Name the stages that redo the defects, the one with the most of them first; none where it is the stage before."""
    known = (target for target, share in shares.items() if share > _ROUNDING)
    most, *others = sorted(known, key=shares.__getitem__, reverse=True)
    to = names[most] if others or most != default or stage.rework_to is not None else None
    also = tuple((names[target], shares[target]) for target in others)
    if not _told_apart((most, *others), names) or (to, also) == (stage.rework_to, stage.rework_also):
        return stage
    return replace(stage, rework_to=to, rework_also=also)


def _told_apart(targets: Iterable[int], names: list[str]) -> bool:
    return all(names.index(names[target]) == target for target in targets)
