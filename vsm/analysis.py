"""A value stream -> `Analysis`: everything computed once, which all pages, charts, words and reports read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vsm import capacity, metrics, rework
from vsm.bottlenecks import Verdict, verdict
from vsm.improvement import Suggestion, suggestions
from vsm.metrics import TeamWait
from vsm.model import Queue, Stage, ValueStream, kept

TYPICAL_FLOW_EFFICIENCY = (0.05, 0.15)
"""Usual range in knowledge work; status-based figures come out higher, as idle time inside a status counts as work."""


@dataclass(frozen=True, kw_only=True)
class StageFigures:
    """One stage with what was computed about it. Times in hours, shares 0 to 1, `None`: not measured."""

    index: int
    stage: Stage
    lead_time: float | None
    share_of_lead_time: float | None
    """Its P + W over the lead time of the stream; where stages run in parallel the shares add up to more than 1."""
    share_of_wait: float | None
    expected_visits: float | None
    lead_time_with_rework: float | None
    cost_of_rework: float | None
    """Hours that defects found here add to the lead time."""
    rework_target: str | None
    """The stage that redoes them; `None` where no %C&A below 100 % is stated."""
    sent_back: float | None
    """How often an item is sent back for them until it is delivered."""
    utilisation: float | None
    capacity: float | None
    """Items a week that it can let through."""
    batch_wait: float | None
    """Hours of the queue behind it that its batch explains."""
    on_critical_path: bool

    @property
    def name(self) -> str:
        """The stage's name."""
        return self.stage.name


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """All figures of one stream. Times in hours, shares 0 to 1, rates per week, `None`: not measured."""

    stream: ValueStream
    stages: tuple[StageFigures, ...]
    queues: tuple[Queue, ...]
    longest_queue: Queue | None
    processing_time: float | None
    wait_time: float | None
    lead_time: float | None
    without_processing_time: tuple[str, ...]
    """Names of stages whose processing time is not measured: the lead time is at least what is given."""
    without_wait_time: tuple[str, ...]
    overlap: float | None
    flow_efficiency: float | None
    rolled_complete_accurate: float | None
    lead_time_with_rework: float | None
    cost_of_rework: float | None
    never_finish: tuple[str, ...]
    handoffs: float | None
    team_changes: int | None
    team_wait: TeamWait | None
    demand: float | None
    throughput: float | None
    takt_time: float | None
    flow_load: float | None
    load_by_littles_law: float | None
    bottleneck: Verdict
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every time that makes up the lead time is measured."""
        return not self.without_processing_time and not self.without_wait_time


@kept
def analyse(stream: ValueStream) -> Analysis:
    """Compute every figure of `stream`, the bottleneck and the suggestions.

    Raises `ValueError` when the stream has no stages. A stream remembers its analysis.

    >>> analyse(ValueStream(stages=(Stage(name="a", processing_time=2, wait_time=6),))).flow_efficiency
    0.25
    """
    return replace(figures_of(stream), suggestions=suggestions(stream))


def figures_of(stream: ValueStream) -> Analysis:
    """Compute every figure of `stream` and the bottleneck, and no suggestion; `ValueError` as in `analyse`."""
    if not stream.stages:
        raise ValueError("A value stream needs at least one stage.")
    waits = metrics.queues(stream)
    return Analysis(
        stream=stream,
        stages=_stage_figures(stream),
        queues=waits,
        longest_queue=max((q for q in waits if q.wait_time > 0), key=lambda q: q.wait_time, default=None),
        processing_time=metrics.processing_time(stream),
        wait_time=metrics.wait_time(stream),
        lead_time=metrics.lead_time(stream),
        without_processing_time=metrics.without_processing_time(stream),
        without_wait_time=metrics.without_wait_time(stream),
        overlap=metrics.overlap(stream),
        flow_efficiency=metrics.flow_efficiency(stream),
        rolled_complete_accurate=metrics.rolled_complete_accurate(stream),
        lead_time_with_rework=rework.lead_time_with_rework(stream),
        cost_of_rework=rework.cost_of_rework(stream),
        never_finish=rework.never_finish(stream),
        handoffs=metrics.handoffs(stream),
        team_changes=metrics.team_changes(stream),
        team_wait=metrics.team_wait(stream),
        demand=capacity.stream_demand(stream),
        throughput=capacity.throughput(stream),
        takt_time=capacity.takt_time(stream),
        flow_load=metrics.flow_load(stream),
        load_by_littles_law=capacity.load_by_littles_law(stream),
        bottleneck=verdict(stream),
    )


def _stage_figures(stream: ValueStream) -> tuple[StageFigures, ...]:
    path = metrics.critical_path(stream)
    visits, targets = rework.expected_visits(stream), rework.rework_targets(stream)
    sent_back = rework.expected_send_backs(stream)
    times = [metrics.stage_lead_time(stream, i) for i in range(len(stream.stages))]
    whole, wait = metrics.lead_time(stream), metrics.wait_time(stream)
    return tuple(
        StageFigures(
            index=i,
            stage=stage,
            lead_time=time,
            share_of_lead_time=_share(time, whole),
            share_of_wait=_share(stage.wait_time, wait),
            expected_visits=None if visits is None else visits[i],
            lead_time_with_rework=None if visits is None or time is None else visits[i] * time,
            cost_of_rework=rework.cost_of_rework_at(stream, i),
            rework_target=_target_name(stream, i, targets[i]),
            sent_back=None if sent_back is None else sent_back[i],
            utilisation=capacity.utilisation(stream, i),
            capacity=capacity.weekly_capacity(stream, i),
            batch_wait=capacity.batch_wait(stream, i),
            on_critical_path=i in path,
        )
        for i, (stage, time) in enumerate(zip(stream.stages, times, strict=True))
    )


def _share(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else part / whole


def _target_name(stream: ValueStream, index: int, target: int) -> str | None:
    share = stream.stages[index].complete_accurate
    return stream.stages[target].name if share is not None and share < 1 else None
