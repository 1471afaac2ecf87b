"""A stream over its periods -> sentences and tables: what fell, what rose, since when, and whether it is a signal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from vsm.flow_words import shortened
from vsm.items.statistics import POINTS, Limits
from vsm.model import Definitions
from vsm.stream_figures import StreamFigure
from vsm.trend import Series, Trend
from vsm.wording import NOT_MEASURED, count, figure_said, hours, listed, number

_NAMED = 3
"""So many stages or periods are named in a sentence; more are counted."""
_VERBS = {1: ("rose", "been rising"), -1: ("fell", "been falling"), 0: ("stayed", "stayed the same")}
NOTHING = "–"


def series_sentence(series: Series, name: str, periods: Sequence[str], d: Definitions) -> str:
    """Say what a figure did from the first period to the last, and which way it has been going since when."""
    known = series.known
    subject = f"{name[:1].upper()}{name[1:]}"
    if not known:
        return f"{subject} is not measured in any period."
    said = {
        place: f"{figure_said(series.figure, series.values[place], d)} ({shortened(periods[place])})" for place in known
    }
    if len(known) == 1:
        return f"{subject} is measured in one period only: {said[known[0]]}."
    first, last = said[known[0]], said[known[-1]]
    if not any(series.directions):
        return f"{subject} stayed at {figure_said(series.figure, series.values[known[-1]], d)} in every period."
    if not series.way:
        return f"{subject} is what it was: {first}, {last}{_lately(series, periods)}."
    verb = _VERBS[series.way][0]
    if set(series.directions) == {series.way} and len(known) > 2:
        return f"{subject} {verb} in every period, from {first} to {last}."
    return f"{subject} {verb} from {first} to {last}{_lately(series, periods)}."


def _lately(series: Series, periods: Sequence[str]) -> str:
    """Say which way the figure went last, where that is not all it did."""
    since = series.running_since
    if since is None or since == series.known[0]:
        return ""
    joiner = "and" if series.directions[-1] == series.way else "but"
    return f", {joiner} has {_VERBS[series.directions[-1]][1]} since {shortened(periods[since])}"


def signal_sentence(series: Series, periods: Sequence[str], d: Definitions) -> str:
    """Say which periods lie outside the usual variation; empty where there are too few to tell."""
    limits = series.limits
    if not isinstance(limits, Limits):
        return ""
    between = f"{figure_said(series.figure, limits.lower, d)} to {figure_said(series.figure, limits.upper, d)}"
    if not limits.signals:
        return f"It stays within its usual variation, {between}: no period stands out, so the change may be chance."
    outside = [shortened(periods[place]) for place in limits.signals]
    named = listed(outside if len(outside) <= _NAMED else [*outside[: _NAMED - 1], f"{len(outside) - 2} more"])
    verb = "lies" if len(outside) == 1 else "lie"
    return f"{named} {verb} outside the usual variation, {between}: ask what was different."


def too_few_sentence(trend: Trend) -> str:
    """Say that there are too few periods to tell a signal from noise; empty where there are enough."""
    there = len(trend.periods)
    if there >= POINTS:
        return ""
    verb = "is" if there == 1 else "are"
    return (
        f"{count(there, 'period').capitalize()} {verb} too few to tell a signal from noise. "
        f"From {POINTS} periods on, the limits of usual variation are drawn."
    )


_TOLD = (StreamFigure.LEAD_TIME, StreamFigure.FLOW_EFFICIENCY, StreamFigure.ROLLED, StreamFigure.WAIT_TIME)


def trend_sentences(trend: Trend) -> tuple[str, ...]:
    """Say what the stream did over its periods, which stages changed most, and which came and went."""
    told = [
        series_sentence(trend.figures[figure], figure.value, trend.periods, trend.definitions)
        for figure in _TOLD
        if trend.figures[figure].known
    ]
    sentences = (*told, _stages_sentence(trend), *_came_and_went(trend), too_few_sentence(trend))
    return tuple(sentence for sentence in sentences if sentence)


def _stages_sentence(trend: Trend) -> str:
    """Name the times of stages that changed most from the first period to the last."""
    changes = [
        (abs(series.change or 0.0), stage.name, series)
        for stage in trend.stages
        for figure, series in stage.figures.items()
        if figure.is_time and series.way
    ]
    changes.sort(key=lambda change: -change[0])
    d = trend.definitions
    said = [
        f"the {series.figure} of {shortened(name)} {_VERBS[series.way][0]} by {hours(size, d)}"
        for size, name, series in changes[:_NAMED]
    ]
    return f"Of the stages, {listed(said)}." if said else ""


def _came_and_went(trend: Trend) -> list[str]:
    """Say which stages the latest period has for the first time, and which it has no more."""
    new = [shortened(s.name) for s in trend.stages if s.there[-1] and not s.there[0]]
    gone = [shortened(s.name) for s in trend.stages if not s.there[-1]]
    sentences = []
    if new:
        sentences.append(f"Not there in {shortened(trend.periods[0])}: {_some(new)}.")
    if gone:
        sentences.append(f"Not there any more in {shortened(trend.periods[-1])}: {_some(gone)}.")
    return sentences


def _some(names: Sequence[str]) -> str:
    return listed(names if len(names) <= _NAMED else [*names[:_NAMED], f"{number(len(names) - _NAMED)} more"])


def trend_table(trend: Trend) -> pd.DataFrame:
    """List the figures of the stream, a row for each period, in words."""
    columns = {figure.label: _cells(series, trend) for figure, series in trend.figures.items() if series.known}
    return pd.DataFrame({"Period": list(trend.periods), **columns})


def stage_trend_table(trend: Trend, figure: StreamFigure) -> pd.DataFrame:
    """List one figure of every stage, a column for each period, in words; a dash: not measured, or not there."""
    cells = [_cells(stage.figures[figure], trend) for stage in trend.stages]
    columns = {period: [row[place] for row in cells] for place, period in enumerate(trend.periods)}
    return pd.DataFrame({"Stage": [stage.name for stage in trend.stages], **columns})


def figures_of_stages(trend: Trend) -> tuple[StreamFigure, ...]:
    """List the figures that at least one stage has in at least one period, the wait first."""
    found = dict.fromkeys(figure for stage in trend.stages for figure, series in stage.figures.items() if series.known)
    return tuple(sorted(found, key=lambda figure: figure is not StreamFigure.WAIT_TIME))


def _cells(series: Series, trend: Trend) -> list[str]:
    said: Iterable[str] = (figure_said(series.figure, value, trend.definitions) for value in series.values)
    return [NOTHING if cell == NOT_MEASURED else cell for cell in said]
