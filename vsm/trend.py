"""Snapshots of a stream in several periods -> how its figures, and those of each stage, change over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from vsm.folding import fold
from vsm.items.statistics import Limits, TooFew, behaviour_limits
from vsm.model import Definitions, Snapshot, Stage, ValueStream
from vsm.opening import AnyReading
from vsm.reading.shapes import Reading
from vsm.stream_figures import StreamFigure, stage_figures, stream_figures

_NOTHING = 1e-9
"""A change below it is what binary fractions add."""


@dataclass(frozen=True, kw_only=True)
class Series:
    """One figure, of the stream or of a stage, in each period."""

    figure: StreamFigure
    values: tuple[float | None, ...]
    """`None`: not measured, or the stage was not there."""
    limits: Limits | TooFew
    """Within which it varies while nothing changes; refused with fewer than 6 periods."""

    @property
    def known(self) -> tuple[int, ...]:
        """The places of the periods in which it is measured."""
        return tuple(place for place, value in enumerate(self.values) if value is not None)

    @property
    def change(self) -> float | None:
        """The last value less the first; `None` with fewer than two."""
        if len(self.known) < 2:
            return None
        return (self.values[self.known[-1]] or 0.0) - (self.values[self.known[0]] or 0.0)

    @property
    def directions(self) -> tuple[int, ...]:
        """From each measured period to the next: 1 where it rose, -1 where it fell, 0 where it stayed."""
        return tuple(_sign((self.values[b] or 0.0) - (self.values[a] or 0.0)) for a, b in pairwise(self.known))

    @property
    def way(self) -> int:
        """From the first to the last: 1 where it rose, -1 where it fell, 0 where it is the same or not known."""
        return _sign(self.change or 0.0)

    @property
    def running_since(self) -> int | None:
        """The place from which on it went one way up to the last; `None` with fewer than two values."""
        directions = self.directions
        if not directions:
            return None
        start = len(directions)
        while start and directions[start - 1] == directions[-1]:
            start -= 1
        return self.known[start]


Followed = Mapping[StreamFigure, Series]
"""Each figure over the periods, in the order in which they are listed."""


@dataclass(frozen=True, kw_only=True)
class StageTrend:
    """One stage over the periods."""

    name: str
    """As the latest period that has the stage writes it."""
    there: tuple[bool, ...]
    """In which periods the stage is."""
    figures: Followed


@dataclass(frozen=True, kw_only=True)
class Trend:
    """A stream over its periods."""

    periods: tuple[str, ...]
    definitions: Definitions
    """Of the latest period: how many hours a day has, in words."""
    figures: Followed
    stages: tuple[StageTrend, ...]
    """In the order of the latest period; then those that it has no more."""


def trend(snapshots: Sequence[Snapshot]) -> Trend:
    """Follow the figures of at least one snapshot, given in the order of time; stages are matched by their names.

    >>> def then(name, wait):
    ...     return Snapshot(period=name, stream=ValueStream(stages=(Stage(name="a", wait_time=wait),)))
    >>> trend([then("May", 8.0), then("June", 6.0)]).figures[StreamFigure.WAIT_TIME].change
    -2.0
    """
    streams = [snapshot.stream for snapshot in snapshots]
    return Trend(
        periods=tuple(snapshot.period for snapshot in snapshots),
        definitions=streams[-1].definitions,
        figures=_followed([stream_figures(stream) for stream in streams]),
        stages=_stages(streams),
    )


def trend_of(reading: AnyReading) -> Trend | None:
    """Follow a file over the periods that it states; `None` where it states no two."""
    if not isinstance(reading, Reading) or len(reading.snapshots) < 2:
        return None
    return trend(reading.snapshots)


def _stages(streams: Sequence[ValueStream]) -> tuple[StageTrend, ...]:
    by_name = [{fold(stage.name): stage for stage in stream.stages} for stream in streams]
    latest_first = dict.fromkeys(name for stages in reversed(by_name) for name in stages)
    return tuple(_stage([stages.get(name) for stages in by_name]) for name in latest_first)


def _stage(over_time: Sequence[Stage | None]) -> StageTrend:
    latest = next(stage for stage in reversed(over_time) if stage is not None)
    return StageTrend(
        name=latest.name,
        there=tuple(stage is not None for stage in over_time),
        figures=_followed(
            [dict.fromkeys(_OF_A_STAGE) if stage is None else stage_figures(stage) for stage in over_time]
        ),
    )


_OF_A_STAGE = tuple(stage_figures(Stage(name="")))


def _followed(over_time: Sequence[Mapping[StreamFigure, float | None]]) -> Followed:
    return {figure: _series(figure, [then[figure] for then in over_time]) for figure in over_time[0]}


def _series(figure: StreamFigure, values: Sequence[float | None]) -> Series:
    points = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    limits = behaviour_limits(points, ceiling=1.0 if figure.is_share else float("inf"))
    return Series(figure=figure, values=tuple(values), limits=limits)


def _sign(change: float) -> int:
    return 0 if abs(change) < _NOTHING else 1 if change > 0 else -1
