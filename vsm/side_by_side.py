"""Two streams -> their figures side by side, of the stream and of each stage that both have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vsm.folding import fold
from vsm.model import Definitions, ValueStream
from vsm.stream_figures import StreamFigure, stage_figures, stream_figures


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One figure of both sides. Times in hours, shares 0 to 1, throughput in items a week; `None`: not measured."""

    figure: StreamFigure
    first: float | None
    second: float | None
    alike: bool = True
    """Whether both count a day as the same number of hours; times and their shares have no difference where not."""

    @property
    def difference(self) -> float | None:
        """Second minus first; `None` where one is not measured or they are not alike."""
        return None if self.first is None or self.second is None or not self.alike else self.second - self.first


@dataclass(frozen=True, kw_only=True)
class SideBySide:
    """Two streams side by side."""

    names: tuple[str, str]
    """What the sides are called."""
    definitions: tuple[Definitions, Definitions]
    finished: tuple[int | None, int | None]
    """Over how many finished items each side is measured; `None`: its figures are stated."""
    stream: tuple[Pair, ...]
    """Figures that at least one side has."""
    stages: tuple[tuple[str, tuple[Pair, ...]], ...]
    """Stages of both, by the name on the first side, in its order."""
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]


def side_by_side(first: ValueStream, second: ValueStream, names: tuple[str, str]) -> SideBySide:
    """Set two streams side by side; their stages are matched by name, whatever the case and accents."""
    definitions = (first.definitions, second.definitions)
    alike = definitions[0].hours_per_day == definitions[1].hours_per_day
    others = {fold(stage.name): stage for stage in second.stages}
    own = {fold(stage.name) for stage in first.stages}
    return SideBySide(
        names=names,
        definitions=definitions,
        finished=(_finished(first), _finished(second)),
        stream=_pairs(_figures(first, second), _figures(second, first), alike),
        stages=tuple(
            (stage.name, _pairs(stage_figures(stage), stage_figures(others[fold(stage.name)]), alike))
            for stage in first.stages
            if fold(stage.name) in others
        ),
        only_first=tuple(stage.name for stage in first.stages if fold(stage.name) not in others),
        only_second=tuple(stage.name for stage in second.stages if fold(stage.name) not in own),
    )


def _finished(stream: ValueStream) -> int | None:
    return None if stream.measured is None else stream.measured.timed


def _figures(stream: ValueStream, other: ValueStream) -> Mapping[StreamFigure, float | None]:
    """Take the figures of a stream; the lead times of two logs contain the rework, which is no figure of its own."""
    found = stream_figures(stream)
    if stream.measured is not None and other.measured is not None:
        del found[StreamFigure.LEAD_TIME_WITH_REWORK]
    return found


def _pairs(
    first: Mapping[StreamFigure, float | None], second: Mapping[StreamFigure, float | None], alike: bool
) -> tuple[Pair, ...]:
    """Pair the figures that at least one side has."""
    return tuple(
        Pair(figure=figure, first=value, second=second[figure], alike=alike or not _counts_days(figure))
        for figure, value in first.items()
        if value is not None or second[figure] is not None
    )


def _counts_days(figure: StreamFigure) -> bool:
    return figure.is_time or figure is StreamFigure.FLOW_EFFICIENCY
