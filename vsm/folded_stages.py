"""The analysis of a log with very many stages -> the same with small neighbours as one, so that its map can be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from math import prod

from vsm.analysis import Analysis, StageFigures, figures_of
from vsm.bottlenecks import Verdict
from vsm.model import Stage, WaitSide

MOST = 40
"""Stages up to which a map shows every one."""
LARGE = 16
"""Stages that stay alone in a longer stream: those that take the most of the lead time."""


def folded(analysis: Analysis) -> tuple[Analysis, tuple[tuple[int, ...], ...]]:
    """Fold runs of small stages; return for each stage then shown the indices of those that it stands for.

    Sums stay what they are: a run has the work and the waits of its stages added up, and their %C&A multiplied. The
    stages that take longest, and those that the verdict names, stay alone, and the verdict stays what it is. A stream
    of up to 40 stages stays whole, and so does one in which waits stand behind their stages, as a run's would then
    seem to lie in front of the next stage; or in which stages run side by side.
    """
    stream = analysis.stream
    whole = len(stream.stages) <= MOST or stream.definitions.wait is WaitSide.AFTER
    if whole or len(stream.steps) < len(stream.stages):
        return analysis, tuple((i,) for i in range(len(stream.stages)))
    alone = _alone(analysis)
    runs = tuple(
        tuple(run)
        for is_alone, group in groupby(range(len(stream.stages)), key=lambda i: i in alone)
        for run in ([(i,) for i in group] if is_alone else [group])
    )
    stages = tuple(_one([stream.stages[i] for i in run]) for run in runs)
    measured = None if stream.measured is None else replace(stream.measured, growth=())
    found = figures_of(replace(stream, stages=stages, measured=measured))
    return replace(found, bottleneck=_moved(analysis.bottleneck, found, runs)), runs


def _alone(analysis: Analysis) -> set[int]:
    def time(figures: StageFigures) -> float:
        return figures.lead_time or 0.0

    longest = sorted(analysis.stages, key=time, reverse=True)[:LARGE]
    queue = analysis.bottleneck.queue
    named = () if queue is None else (queue.stated_by, *queue.waits_for)
    return {*(figures.index for figures in longest), *analysis.bottleneck.stages, *named}


def _one(stages: Sequence[Stage]) -> Stage:
    """Make one stage of a run; of one stage, itself."""
    if len(stages) == 1:
        return stages[0]

    def over(take: Callable[[Stage], float | None], put_together: Callable[[list[float]], float]) -> float | None:
        known = [value for stage in stages if (value := take(stage)) is not None]
        return put_together(known) if known else None

    return Stage(
        name=f"{len(stages)} stages: {stages[0].name} to {stages[-1].name}",
        processing_time=over(lambda s: s.processing_time, sum),
        wait_time=over(lambda s: s.wait_time, sum),
        undivided_time=over(lambda s: s.undivided_time, sum),
        complete_accurate=over(lambda s: s.complete_accurate, prod),
        handoffs=over(lambda s: s.handoffs, sum),
        wip=over(lambda s: s.wip, sum),
    )


def _moved(verdict: Verdict, found: Analysis, runs: Sequence[tuple[int, ...]]) -> Verdict:
    """Say the same verdict of the stages as they are numbered then; what it names stands alone."""
    place = {run[0]: position for position, run in enumerate(runs) if len(run) == 1}
    stated_by = None if verdict.queue is None else place.get(verdict.queue.stated_by)
    queue = next((q for q in found.queues if q.stated_by == stated_by), None)
    return replace(verdict, stages=tuple(place[i] for i in verdict.stages), queue=queue)
