"""Positions worked out beforehand -> layers of a chart over time: dots, level lines, columns, bands and lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vsm.charts.map_text import clean
from vsm.charts.picture import LINE_ON_ANY, PICKED
from vsm.charts.room import legend
from vsm.palette import ATTENTION, REST

HEIGHT = 270
"""Of what is drawn: axes and legend come on top of it, as a long legend would leave nothing else."""
_TICKS = 7
_MANY = 1000
"""Dots above which each is drawn smaller and fainter."""
_DASHES = ([1, 0], [6, 4], [2, 3])


@dataclass(frozen=True, kw_only=True)
class Level:
    """A level line right across the chart, told in the legend by its dashes."""

    at: float
    says: str


def time_axis(times: pd.DatetimeIndex, *, room: bool = False) -> alt.X:
    """Return the axis of time, in c1, UTC, as wide as what is drawn; with `room` a little wider than `times`."""
    first, last = times.min(), times.max()
    scale = alt.Scale(type="utc", nice=False)
    if room:
        # Only here: beside marks that have an end, Vega warns in the browser of a domain that is stated.
        spare = max((last - first) * 0.02, pd.Timedelta(hours=12))
        scale = alt.Scale(type="utc", nice=False, domain=[_moment(first - spare), _moment(last + spare)])
    axis = alt.Axis(values=[_moment(at) for at in ticks(first, last)], format="%-d %b %Y", labelOverlap=True)
    return alt.X("c1:T", title=None, scale=scale, axis=axis)


def _moment(at: pd.Timestamp) -> alt.DateTime:
    """Spell a moment out: Streamlit's interpreter of Vega takes a number for a year."""
    whole = at.floor("ms")
    return alt.DateTime(
        year=whole.year,
        month=whole.month,
        date=whole.day,
        hours=whole.hour,
        minutes=whole.minute,
        seconds=whole.second,
        milliseconds=whole.microsecond // 1000,
        utc=True,
    )


def milliseconds(times: pd.DatetimeIndex) -> NDArray[np.float64]:
    """Return moments as the browser counts them, since 1970 UTC: it would take other precisions for these."""
    return times.as_unit("us").asi8 / 1000


_DAYS = ("D", "2D", "7D", "14D")
_MONTHS = ("MS", "QS", "6MS", "YS", "2YS", "5YS", "10YS", "50YS")


def ticks(first: pd.Timestamp, last: pd.Timestamp) -> pd.DatetimeIndex:
    """Choose at most 7 beginnings of days, months or years between two moments, UTC."""
    for step in _DAYS:
        found = pd.date_range(first.ceil("D"), last, freq=step)
        if len(found) <= _TICKS:
            return found
    # Counted from a round year, so that half years begin in January and July.
    round_year = first.floor("D").replace(year=first.year - first.year % 50, month=1, day=1)
    for step in _MONTHS:
        found = pd.date_range(round_year, last, freq=step)
        found = found[found >= first]
        if len(found) <= _TICKS:
            break
    return found


def amount_axis(title: str, *, whole: bool = False) -> alt.Y:
    """Return the axis that amounts in c2 are counted on, from 0; `whole` ones have no marks between whole numbers."""
    axis = alt.Axis(tickCount=5, format=",~f", tickMinStep=1 if whole else alt.Undefined)
    return alt.Y("c2:Q", title=title, scale=alt.Scale(zero=True), axis=axis, stack=None)


def dots(frame: pd.DataFrame, x: alt.X, y: alt.Y, tooltip: str, *, pick: bool = False) -> alt.Chart:
    """Draw a dot for each row of c0 (code), c1, c2, c3 (what the pointer shows); with `pick` a click chooses one."""
    size, opacity = (36, 0.55) if len(frame) <= _MANY else (18, 0.35)
    mark = alt.Chart(frame).mark_circle(size=size, opacity=opacity, color=REST, cursor="pointer" if pick else "default")
    drawn: alt.Chart = mark.encode(x=x, y=y, tooltip=[alt.Tooltip("c3:N", title=tooltip)])
    if pick:
        chosen = alt.selection_point(name=PICKED, fields=["c0"], empty=False)
        drawn = drawn.encode(
            color=alt.when(chosen).then(alt.value(ATTENTION)).otherwise(alt.value(REST)),
            size=alt.when(chosen).then(alt.value(130)).otherwise(alt.value(size)),
        ).add_params(chosen)
    return drawn


def level_lines(levels: Sequence[Level], y: alt.Y) -> alt.Chart:
    """Draw level lines, each with its meaning in the legend, as words beside them would not change with the theme."""
    frame = pd.DataFrame({"c2": [level.at for level in levels], "c3": [level.says for level in levels]})
    says = [level.says for level in levels]
    dash = alt.StrokeDash(
        "c3:N",
        sort=None,
        scale=alt.Scale(domain=says, range=list(_DASHES[: len(says)])),
        legend=alt.Legend(orient="top", title=None, labelLimit=200, symbolType="stroke", symbolSize=400, columns=2),
    )
    mark = alt.Chart(frame).mark_rule(color=LINE_ON_ANY, strokeWidth=1.6)
    drawn: alt.Chart = mark.encode(y=y, strokeDash=dash, tooltip=[alt.Tooltip("c3:N", title="Line")])
    return drawn


def columns(frame: pd.DataFrame, x: alt.X, y: alt.Y, tooltip: str) -> alt.Chart:
    """Draw a column for each row of c1 to c4, of height c2, with what the pointer shows in c3."""
    tooltips = [alt.Tooltip("c3:N", title=tooltip)]
    drawn: alt.Chart = (
        alt.Chart(frame).mark_rect(color=REST).encode(x=x, x2="c4", y=y, y2=alt.datum(0), tooltip=tooltips)
    )
    return drawn


def number_axis(title: str) -> alt.X:
    """Return the axis of numbers, in c1, from 0."""
    axis = alt.Axis(tickCount=6, format=",~f", titleAnchor="end")
    return alt.X("c1:Q", title=title, scale=alt.Scale(zero=True, nice=False), axis=axis)


def bands(frame: pd.DataFrame, names: Sequence[str], colours: Sequence[str], x: alt.X, y: alt.Y) -> alt.Chart:
    """Draw bands that lie on each other: c0 band, c1 time, c2 lower and c3 upper bound."""
    colour = alt.Color(
        "c0:N",
        sort=None,
        scale=alt.Scale(domain=list(names), range=list(colours)),
        legend=legend(symbolType="square"),
    )
    mark = alt.Chart(frame).mark_area(opacity=1, line=False)
    drawn: alt.Chart = mark.encode(x=x, y=y, y2="c3:Q", color=colour)
    return drawn


def pointed(frame: pd.DataFrame, x: alt.X, tooltip: str) -> alt.Chart:
    """Lay an unseen column over each span c1 to c4 that shows c3 under the pointer, as bands have no values."""
    mark = alt.Chart(frame).mark_rect(opacity=0)
    drawn: alt.Chart = mark.encode(x=x, x2="c4:T", tooltip=[alt.Tooltip("c3:N", title=tooltip)])
    return drawn


def line(frame: pd.DataFrame, x: alt.X, y: alt.Y, tooltip: str) -> list[alt.Chart]:
    """Draw points c1, c2 in the order of time, joined by a line; c3 is what the pointer shows, c4 their colour."""
    base = alt.Chart(frame).encode(x=x, y=y)
    dot = base.mark_circle(size=70, opacity=1).encode(
        color=alt.Color("c4:N", scale=None, legend=None), tooltip=[alt.Tooltip("c3:N", title=tooltip)]
    )
    return [base.mark_line(color=LINE_ON_ANY, strokeWidth=1.5), dot]


def over_time(layers: Sequence[alt.Chart], description: str, height: int = HEIGHT) -> alt.LayerChart:
    """Put layers together; `description` is for screen readers."""
    chart: alt.LayerChart = alt.LayerChart(layer=list(layers)).properties(
        width="container",
        height=height,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        description=clean(description),
        background="transparent",
    )
    return chart
