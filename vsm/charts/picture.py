"""What every chart is made of: a record with its sentence and data, labels that are safe to draw, units, bars."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import altair as alt
import pandas as pd

from vsm.analysis import Analysis, StageFigures
from vsm.charts.map_text import clean, fenced
from vsm.charts.room import legend, names_axis
from vsm.charts.specification import specification
from vsm.model import Definitions
from vsm.palette import INK, SURFACE
from vsm.wording import count

# A line that is seen on a white page, on a dark one, and on bars.
LINE_ON_ANY = "#5F6B77"
PICKED = "picked"
"""Name of the selection that a click on a mark makes; its field `c0` is the code of an item."""
_LABEL_LENGTH = 40
_HALF_LABEL = 15
_TOOLTIP_LENGTH = 200
_BAR = 26


@dataclass(frozen=True, kw_only=True, eq=False)
class Picture:
    """A chart with everything that belongs beside it."""

    key: str
    """Its name in a link or a file name."""
    title: str
    """What it shows, in a few words."""
    sentence: str
    """What it says, with the figures."""
    chart: alt.LayerChart
    """Its width follows the page, its colours hold on light and dark; columns are named c0, c1, ..."""
    data: pd.DataFrame
    """What is drawn, one row per bar: labels with units as column names, values unrounded, NaN = not measured."""
    picks: bool = False
    """Whether a click on a mark picks an item: the chart then has the selection `PICKED`."""

    @cached_property
    def specification(self) -> dict[str, Any]:
        """The chart as it is sent to a browser; it is shared, so nobody may change it."""
        return specification(self.chart)


@dataclass(frozen=True, kw_only=True)
class Unit:
    """The unit that an axis counts in."""

    hours: float
    title: str


def unit_for(values: Iterable[float], definitions: Definitions) -> Unit:
    """Choose the unit in which the largest of some hours is easy to read."""
    largest = max(values, default=0.0)
    if largest >= 2 * definitions.hours_per_day:
        return Unit(hours=definitions.hours_per_day, title=f"Days of {count(definitions.hours_per_day, 'hour')}")
    if largest >= 1:
        return Unit(hours=1.0, title="Hours")
    return Unit(hours=1 / 60, title="Minutes") if largest >= 1 / 60 else Unit(hours=1 / 3600, title="Seconds")


def numbered(position: int, name: str, value: str) -> str:
    """Label a bar with its value; the number keeps bars of one name apart, and a long name is cut.

    The value stands here and not behind the bar, as only labels take the colour of the page's theme.
    """
    return f"{position}. {fenced(_cut(name, _LABEL_LENGTH))}: {value}"


def between(one: str, other: str) -> str:
    """Name a place on a bar's label by what comes next and what came before; both are cut where both do not fit."""
    words = f"{clean(one)} after {clean(other)}"
    if len(words) <= _LABEL_LENGTH:
        return words
    return f"{_cut(one, _HALF_LABEL)} after {_cut(other, _HALF_LABEL)}"


def _cut(name: str, length: int) -> str:
    cleaned = clean(name)
    return cleaned if len(cleaned) <= length else f"{cleaned[:length].rstrip()}…"


def spoken_name(name: str) -> str:
    """Shorten a name for a sentence or a tooltip: whole unless it is a page long."""
    return _cut(name, _TOOLTIP_LENGTH)


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar, from `start` to `end` in the axis' unit, with what the pointer shows."""

    label: str
    start: float
    end: float
    colour: str
    says: str
    """The value in words."""
    name: str = ""
    """The whole name, where the label had to be cut."""
    meaning: str = ""
    """What its colour stands for, in the legend."""


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What lies over the bars."""

    rule: float | None = None
    rule_says: str = ""
    dots: Sequence[tuple[str, float, str]] = ()
    """A line of dots on the same axis: label, place, what the pointer shows."""
    dots_title: str = ""


@dataclass(frozen=True, kw_only=True)
class Axis:
    """The axis that the bars are measured on."""

    title: str
    largest: float | None = None
    """Where it ends; `None`: where the data does."""
    labels: Sequence[str] = field(default_factory=tuple)
    """All bars' labels from top to bottom, those without a bar too."""
    smallest_matter: bool = False
    """Which bars are drawn where there are too many to read: the shortest, else the longest."""


MANY, DRAWN = 60, 40
"""Bars above which a chart is too long to read, and how many of them it then has; its data always has all."""


def bar_chart(bars: Sequence[Bar], axis: Axis, marks: Marks, description: str) -> alt.LayerChart:
    """Draw level bars in the order given, all positions computed beforehand; `description` is for screen readers."""
    labels = list(axis.labels) or list(dict.fromkeys(bar.label for bar in bars))
    if len(labels) > MANY:
        drawn = _most_telling(labels, bars, axis)
        which = "shortest" if axis.smallest_matter else "longest"
        axis = replace(axis, title=f"{axis.title}; drawn are the {DRAWN} {which} of {len(labels)}")
        bars = [bar for bar in bars if bar.label in drawn]
        marks = replace(marks, dots=[dot for dot in marks.dots if dot[0] in drawn])
        labels = [label for label in labels if label in drawn]
    y = alt.Y(
        "c0:N",
        # In the order of the domain: a list to sort by would be compiled into an expression with the names in it.
        sort=None,
        title=None,
        scale=alt.Scale(domain=labels),
        axis=names_axis(),
    )
    layers: list[alt.Chart] = [_bars(bars, axis, y)]
    if marks.dots:
        layers += _dots(marks, y)
    if marks.rule is not None:
        layers.append(_rule(marks))
    chart: alt.LayerChart = alt.LayerChart(layer=layers).properties(
        width="container",
        # In pixels, so much for each bar: Vega warns in the browser where the width is to fit and the height is a step.
        height=_BAR * len(labels),
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        description=clean(description),
        background="transparent",
    )
    return chart


def _most_telling(labels: Sequence[str], bars: Sequence[Bar], axis: Axis) -> set[str]:
    """Choose the bars that matter most; of what lies stacked on one line, its end."""
    ends = dict.fromkeys(labels, 0.0)
    for bar in bars:
        ends[bar.label] = max(ends[bar.label], bar.end)
    return set(sorted(ends, key=lambda label: ends[label], reverse=not axis.smallest_matter)[:DRAWN])


def _bars(bars: Sequence[Bar], axis: Axis, y: alt.Y) -> alt.Chart:
    frame = pd.DataFrame(
        {
            "c0": [b.label for b in bars],
            "c1": [b.start for b in bars],
            "c2": [b.end for b in bars],
            "c3": [b.meaning for b in bars],
            "c4": [b.colour for b in bars],
            "c5": [spoken_name(b.name or b.label) for b in bars],
            "c6": [b.says for b in bars],
        }
    )
    scale = alt.Scale(domain=[0, axis.largest], nice=False) if axis.largest is not None else alt.Scale(zero=True)
    meanings = {b.meaning: b.colour for b in bars if b.meaning}
    colour = alt.Color("c4:N", scale=None, legend=None)
    if len(meanings) > 1:
        colour = alt.Color(
            "c3:N",
            scale=alt.Scale(domain=list(meanings), range=list(meanings.values())),
            legend=legend(),
        )
    tooltip = [alt.Tooltip("c5:N", title="Where"), alt.Tooltip("c6:N", title="Value")]
    x = alt.X("c1:Q", title=axis.title, scale=scale, axis=alt.Axis(tickCount=6, format=",~f", titleAnchor="end"))
    marks = alt.Chart(frame).mark_bar(height=15)
    drawn: alt.Chart = marks.encode(x=x, x2="c2:Q", y=y, color=colour, tooltip=tooltip)
    return drawn


def _dots(marks: Marks, y: alt.Y) -> list[alt.Chart]:
    frame = pd.DataFrame(marks.dots, columns=["c0", "c1", "c2"]).assign(c3=range(len(marks.dots)))
    base = alt.Chart(frame).encode(x=alt.X("c1:Q"), y=y)
    tooltip = [alt.Tooltip("c2:N", title=marks.dots_title)]
    line = base.mark_line(color=LINE_ON_ANY, strokeWidth=1.5).encode(order="c3:Q")
    dot = base.mark_point(fill=SURFACE, stroke=INK, strokeWidth=1.5, size=45, opacity=1)
    return [line, dot.encode(tooltip=tooltip)]


def _rule(marks: Marks) -> alt.Chart:
    frame = pd.DataFrame({"c1": [marks.rule], "c2": [marks.rule_says]})
    mark = alt.Chart(frame).mark_rule(color=LINE_ON_ANY, strokeDash=[5, 4], strokeWidth=1.5)
    drawn: alt.Chart = mark.encode(x=alt.X("c1:Q"), tooltip=[alt.Tooltip("c2:N", title="Line")])
    return drawn


def stage_labels(analysis: Analysis, value: Callable[[StageFigures], str]) -> list[str]:
    """Label every stage of a stream with its value in words, in flow order."""
    return [numbered(s.index + 1, s.name, value(s)) for s in analysis.stages]
