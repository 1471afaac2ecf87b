"""Two analyses -> their figures side by side, of the stream and of each stage that both have."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vsm.analysis import Analysis
from vsm.folding import fold
from vsm.model import Definitions, Stage


class PairFigure(StrEnum):
    """What two streams, or two stages, are set side by side by."""

    LEAD_TIME = "lead time"
    PROCESSING_TIME = "processing time"
    WAIT_TIME = "wait time"
    UNDIVIDED_TIME = "time, not divided"
    FLOW_EFFICIENCY = "flow efficiency"
    ROLLED = "rolled %C&A"
    COMPLETE_ACCURATE = "%C&A"
    LEAD_TIME_WITH_REWORK = "lead time with rework"
    HANDOFFS = "handoffs"
    THROUGHPUT = "throughput"


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One figure of both sides. Times in hours, shares 0 to 1, throughput in items a week; `None`: not measured."""

    figure: PairFigure
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


def side_by_side(first: Analysis, second: Analysis, names: tuple[str, str]) -> SideBySide:
    """Set two streams side by side; their stages are matched by name, whatever the case and accents."""
    definitions = (first.stream.definitions, second.stream.definitions)
    alike = definitions[0].hours_per_day == definitions[1].hours_per_day
    others = {fold(stage.name): stage for stage in second.stream.stages}
    own = {fold(stage.name) for stage in first.stream.stages}
    return SideBySide(
        names=names,
        definitions=definitions,
        finished=(_finished(first), _finished(second)),
        stream=_known(_of_streams(first, second, alike)),
        stages=tuple(
            (stage.name, _known(_of_stages(stage, others[fold(stage.name)], alike)))
            for stage in first.stream.stages
            if fold(stage.name) in others
        ),
        only_first=tuple(stage.name for stage in first.stream.stages if fold(stage.name) not in others),
        only_second=tuple(stage.name for stage in second.stream.stages if fold(stage.name) not in own),
    )


def _finished(analysis: Analysis) -> int | None:
    return None if analysis.stream.measured is None else analysis.stream.measured.finished


def _known(pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
    return tuple(pair for pair in pairs if pair.first is not None or pair.second is not None)


def _of_streams(a: Analysis, b: Analysis, alike: bool) -> tuple[Pair, ...]:
    both_measured = a.stream.measured is not None and b.stream.measured is not None
    rework = [] if both_measured else [_with_rework(a, b, alike)]  # measured lead times contain it
    return (
        Pair(figure=PairFigure.LEAD_TIME, first=a.lead_time, second=b.lead_time, alike=alike),
        Pair(figure=PairFigure.PROCESSING_TIME, first=a.processing_time, second=b.processing_time, alike=alike),
        Pair(figure=PairFigure.WAIT_TIME, first=a.wait_time, second=b.wait_time, alike=alike),
        Pair(figure=PairFigure.FLOW_EFFICIENCY, first=a.flow_efficiency, second=b.flow_efficiency, alike=alike),
        Pair(figure=PairFigure.ROLLED, first=a.rolled_complete_accurate, second=b.rolled_complete_accurate),
        *rework,
        Pair(figure=PairFigure.HANDOFFS, first=a.handoffs, second=b.handoffs),
        Pair(figure=PairFigure.THROUGHPUT, first=a.throughput, second=b.throughput),
    )


def _with_rework(a: Analysis, b: Analysis, alike: bool) -> Pair:
    first, second = a.lead_time_with_rework, b.lead_time_with_rework
    return Pair(figure=PairFigure.LEAD_TIME_WITH_REWORK, first=first, second=second, alike=alike)


def _of_stages(a: Stage, b: Stage, alike: bool) -> tuple[Pair, ...]:
    return (
        Pair(figure=PairFigure.PROCESSING_TIME, first=a.processing_time, second=b.processing_time, alike=alike),
        Pair(figure=PairFigure.WAIT_TIME, first=a.wait_time, second=b.wait_time, alike=alike),
        Pair(figure=PairFigure.UNDIVIDED_TIME, first=a.undivided_time, second=b.undivided_time, alike=alike),
        Pair(figure=PairFigure.COMPLETE_ACCURATE, first=a.complete_accurate, second=b.complete_accurate),
    )
