"""A stream over its periods -> charts: its figures with the limits of usual variation, and work and waiting stacked."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from vsm.charts.map_text import clean
from vsm.charts.over_time import Level, amount_axis, level_lines, line, over_time
from vsm.charts.picture import Picture, Unit, spoken_name, unit_for
from vsm.charts.room import legend
from vsm.items.statistics import Limits
from vsm.palette import ATTENTION, PROCESSING, REST, WAITING
from vsm.stream_figures import StreamFigure
from vsm.trend import Series, StageTrend, Trend
from vsm.trend_words import series_sentence, signal_sentence
from vsm.wording import figure_said

_HEIGHT = 340
"""With the names of periods aslant below and the legend above, which a phone puts into two rows."""
_LABEL_LENGTH = 18
_LEVEL_LABELS = 6
"""Up to so many periods have level labels."""
_PERCENT = Unit(hours=0.01, title="%")
_LINES = (StreamFigure.LEAD_TIME, StreamFigure.FLOW_EFFICIENCY, StreamFigure.ROLLED)
_STACKED = (StreamFigure.PROCESSING_TIME, StreamFigure.WAIT_TIME)


def trend_pictures(trend: Trend) -> tuple[Picture, ...]:
    """Draw the figures of the stream that at least two periods have."""
    followed = (trend.figures[figure] for figure in _LINES)
    lines = [_line(trend, s, s.figure.value, s.figure.name.lower()) for s in followed if len(s.known) > 1]
    times = _stacked(trend, [trend.figures[figure] for figure in _STACKED], "the stream", "times")
    return tuple(picture for picture in (*lines[:1], times, *lines[1:]) if picture is not None)


def stage_pictures(trend: Trend, stage: StageTrend) -> tuple[Picture, ...]:
    """Draw the times and the %C&A of one stage, as far as at least two periods have them."""
    name = spoken_name(stage.name)
    times = _stacked(trend, [s for figure, s in stage.figures.items() if figure.is_time], name, "stage_times")
    quality = stage.figures[StreamFigure.COMPLETE_ACCURATE]
    drawn = _line(trend, quality, f"%C&A of {name}", "stage_quality") if len(quality.known) > 1 else None
    return tuple(picture for picture in (times, drawn) if picture is not None)


def _line(trend: Trend, series: Series, name: str, key: str) -> Picture:
    d, limits = trend.definitions, series.limits
    known = [value for value in series.values if value is not None]
    unit = _PERCENT if series.figure.is_share else unit_for(known, d)
    outside = limits.signals if isinstance(limits, Limits) else ()
    labels = _labels(trend.periods)
    points = pd.DataFrame(
        [
            (
                labels[place],
                (series.values[place] or 0.0) / unit.hours,
                f"{clean(trend.periods[place])}: {figure_said(series.figure, series.values[place], d)}",
                ATTENTION if place in outside else REST,
            )
            for place in series.known
        ],
        columns=["c1", "c2", "c3", "c4"],
    )
    x, y = _period_axis(labels, "point"), amount_axis(unit.title)
    layers = line(points, x, y, "Period")
    if isinstance(limits, Limits):
        levels = ((limits.mean, "Mean of the periods"), (limits.upper, "Upper limit"), (limits.lower, "Lower limit"))
        layers.append(level_lines([Level(at=at / unit.hours, says=says) for at, says in levels], y))
    told = series_sentence(series, name, trend.periods, d)
    sentence = " ".join(filter(None, (told, signal_sentence(series, trend.periods, d))))
    header = f"{name[:1].upper()}{name[1:]}"
    column = header if series.figure.is_share else f"{header} (h)"
    return Picture(
        key=f"{key}_by_period",
        title=f"{header} by period",
        sentence=sentence,
        chart=over_time(layers, sentence, height=_HEIGHT),
        data=pd.DataFrame({"Period": trend.periods, column: pd.Series(series.values, dtype="float64")}),
    )


def _stacked(trend: Trend, parts: Sequence[Series], of: str, key: str) -> Picture | None:
    """Stack times on each other, a column for each period; `None` where no two periods have any."""
    d = trend.definitions
    places = [place for place in range(len(trend.periods)) if any(s.values[place] is not None for s in parts)]
    shown = [series for series in parts if series.known]
    if len(places) < 2:
        return None
    unit = unit_for([sum(s.values[place] or 0.0 for s in shown) for place in places], d)
    labels = _labels(trend.periods)
    bars = []
    for place in places:
        start = 0.0
        for series in shown:
            value = series.values[place]
            if value is None:
                continue
            words = series.figure.label
            says = f"{clean(trend.periods[place])}: {figure_said(series.figure, value, d)}"
            bars.append((words, labels[place], start / unit.hours, (start + value) / unit.hours, says))
            start += value
    sentence = " ".join(
        series_sentence(series, f"the {series.figure} of {of}", trend.periods, d) for series in reversed(shown)
    )
    named = "Work and waiting" if len(shown) > 1 else shown[0].figure.value.capitalize()
    return Picture(
        key=f"{key}_by_period",
        title=f"{named} by period" if of == "the stream" else f"{named} by period: {of}",
        sentence=sentence,
        chart=over_time([_columns(bars, labels, unit)], sentence, height=_HEIGHT),
        data=pd.DataFrame(
            {
                "Period": trend.periods,
                **{s.figure.column: pd.Series(s.values, dtype="float64") for s in shown},
            }
        ),
    )


_COLOURS = {"Processing time": PROCESSING, "Wait time": WAITING, "Time, not divided": REST}


def _columns(bars: Sequence[tuple[str, str, float, float, str]], labels: Sequence[str], unit: Unit) -> alt.Chart:
    frame = pd.DataFrame(bars, columns=["c0", "c1", "c2", "c3", "c4"])
    meanings = list(dict.fromkeys(frame["c0"]))
    colour = alt.Color(
        "c0:N",
        sort=None,
        scale=alt.Scale(domain=meanings, range=[_COLOURS[meaning] for meaning in meanings]),
        legend=legend(symbolType="square"),
    )
    tooltip = [alt.Tooltip("c0:N", title="Time"), alt.Tooltip("c4:N", title="Period")]
    mark = alt.Chart(frame).mark_bar()
    drawn: alt.Chart = mark.encode(
        x=_period_axis(labels, "band"), y=amount_axis(unit.title), y2="c3:Q", color=colour, tooltip=tooltip
    )
    return drawn


def _period_axis(labels: Sequence[str], scale: str) -> alt.X:
    """Return the axis of periods, in c1, in the order given."""
    kind = alt.Scale(domain=list(labels), type="band", padding=0.35) if scale == "band" else None
    kind = kind or alt.Scale(domain=list(labels), type="point", padding=0.5)
    angle = 0 if len(labels) <= _LEVEL_LABELS else -40
    axis = alt.Axis(labelAngle=angle, labelOverlap=True, labelLimit=140)
    return alt.X("c1:N", sort=None, title=None, scale=kind, axis=axis)


def _labels(periods: Sequence[str]) -> list[str]:
    """Cut the names that are too long for an axis; those that are then the same are told apart by their number."""
    cut = [clean(period) for period in periods]
    cut = [name if len(name) <= _LABEL_LENGTH else f"{name[:_LABEL_LENGTH].rstrip()}…" for name in cut]
    return [f"{place}. {name}" if cut.count(name) > 1 else name for place, name in enumerate(cut, 1)]
