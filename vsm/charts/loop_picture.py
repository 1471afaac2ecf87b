"""An analysis -> the chart of its loops: an arc from each stage that finds defects back to the one that redoes them."""

from __future__ import annotations

from math import cos, pi, sin

import altair as alt
import pandas as pd

from vsm.analysis import Analysis, StageFigures
from vsm.charts.map_text import clean
from vsm.charts.picture import LINE_ON_ANY, Picture, numbered, spoken_name
from vsm.charts.room import names_axis
from vsm.palette import ATTENTION, REST, SURFACE
from vsm.rework import defect_targets
from vsm.rework_words import defects, loop_words
from vsm.tables import rework_table
from vsm.wording import hours

_ROW = 30
_STEPS = 24
"""Points of half an arc: enough for it to look round."""
_MOST_POINTS = 5000
"""Points of all arcs, as Altair draws no more rows; so where there are many arcs, each has fewer."""
_FEET = 0.16
"""How far from the middle of its row an arc leaves and arrives, so that two of them are told apart."""
_FEWEST_ROWS = 8
"""The width of the chart is that of an arc over at least so many rows: a short one stays a short one."""
_THINNEST, _THICKEST = 1.5, 9.0
_TOOLTIP = [alt.Tooltip("c6:N", title="Loop")]


def loops(analysis: Analysis) -> Picture | None:
    """Draw an arc from each stage that sends items back, as wide as it does so often, the costliest marked.

    `None` when nothing is sent back, or nothing ever finishes.
    """
    found = [s for s in analysis.stages if s.sent_back and s.rework_target is not None]
    if not found:
        return None
    costliest = max(found, key=lambda s: s.cost_of_rework or 0)
    most = max(found, key=lambda s: s.sent_back or 0)
    sentence = (
        f"Each arc leads from the stage that finds defects back to the stage that redoes them; the wider, the more "
        f"often. {spoken_name(most.name)} sends most back: {loop_words(most, analysis)}."
    )
    if costliest is not most and costliest.cost_of_rework:
        sentence += f" The costliest loop, marked, is that of {spoken_name(costliest.name)}, which "
        sentence += f"adds {hours(costliest.cost_of_rework, analysis.stream.definitions)}."
    return Picture(
        key="loops",
        title="Where defects go back to",
        sentence=sentence,
        chart=_chart(analysis, found, costliest, sentence),
        data=rework_table(analysis),
    )


def _chart(a: Analysis, found: list[StageFigures], costliest: StageFigures, description: str) -> alt.LayerChart:
    rows, targets = len(a.stages), defect_targets(a.stream)
    arcs = [(s, target, share) for s in found for target, share in targets[s.index]]
    steps = min(_STEPS, (_MOST_POINTS // len(arcs) - 1) // 2)
    widest = max(_FEWEST_ROWS, *(s.index - target for s, target, _ in arcs))
    often = max(s.sent_back or 0 for s in found)
    lines: list[dict[str, object]] = []
    heads: list[dict[str, object]] = []
    for stage, target, share in arcs:
        look = {
            "c2": stage.index,
            "c7": target,
            "c4": ATTENTION if stage is costliest else REST,
            "c5": _THINNEST + (_THICKEST - _THINNEST) * share * (stage.sent_back or 0) / often,
            "c6": f"{spoken_name(stage.name)}: {loop_words(stage, a)}",
        }
        points = _arc(stage.index, target, widest, steps)
        lines += [{"c0": x, "c1": y, "c3": i, **look} for i, (x, y) in enumerate(points)]
        heads.append({"c0": points[-1][0], "c1": points[-1][1], **look})
    layers = [_stages(a), _arcs(lines, rows), _heads(heads, rows)]
    chart: alt.LayerChart = (
        alt.LayerChart(layer=layers)
        .resolve_scale(y="independent")
        .properties(
            width="container",
            height=_ROW * rows,
            autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
            description=clean(description),
            background="transparent",
        )
    )
    return chart


def _arc(start: int, target: int, widest: int, steps: int) -> list[tuple[float, float]]:
    """Return the points of half an ellipse from a stage up to its target, `steps` to each half of it.

    One that repeats itself gets a small loop.
    """
    depth = max(start - target, 0.5) / widest
    leaves, arrives = start + 0.5 - _FEET, target + 0.5 + _FEET
    if start == target:
        leaves, arrives = start + 0.5 + _FEET, start + 0.5 - _FEET
    middle, radius = (leaves + arrives) / 2, (leaves - arrives) / 2
    angles = [pi * i / (2 * steps) for i in range(2 * steps + 1)]
    return [(0.02 + 0.95 * depth * sin(angle), middle + radius * cos(angle)) for angle in angles]


def _x() -> alt.X:
    return alt.X("c0:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))


def _y(rows: int) -> alt.Y:
    return alt.Y("c1:Q", axis=None, scale=alt.Scale(domain=[0, rows], nice=False, reverse=True, zero=False))


def _stages(a: Analysis) -> alt.Chart:
    """Draw a dot for each stage; its name and what it sends back stand on the axis, in the colours of the page."""
    labels = [numbered(s.index + 1, s.name, _label(s, a)) for s in a.stages]
    axis = names_axis(grid=False)
    y = alt.Y("c1:N", sort=None, title=None, scale=alt.Scale(domain=labels, type="point", padding=0.5), axis=axis)
    frame = pd.DataFrame({"c0": 0.0, "c1": labels, "c2": [spoken_name(s.name) for s in a.stages]})
    dot = alt.Chart(frame).mark_point(fill=SURFACE, stroke=LINE_ON_ANY, strokeWidth=1.5, size=60, opacity=1)
    drawn: alt.Chart = dot.encode(x=_x(), y=y, tooltip=[alt.Tooltip("c2:N", title="Stage")])
    return drawn


def _label(stage: StageFigures, a: Analysis) -> str:
    if stage.stage.complete_accurate is None:
        return "–"
    if not stage.sent_back:
        return "none back"
    cost = "" if stage.cost_of_rework is None else f", {hours(stage.cost_of_rework, a.stream.definitions)}"
    return f"{defects(stage)} back{cost}"


def _arcs(lines: list[dict[str, object]], rows: int) -> alt.Chart:
    line = alt.Chart(pd.DataFrame(lines)).mark_line(strokeCap="butt", opacity=0.85)
    drawn: alt.Chart = line.encode(
        x=_x(),
        y=_y(rows),
        detail=["c2:N", "c7:N"],
        order="c3:Q",
        color=alt.Color("c4:N", scale=None, legend=None),
        strokeWidth=alt.StrokeWidth("c5:Q", scale=None, legend=None),
        tooltip=_TOOLTIP,
    )
    return drawn


def _heads(heads: list[dict[str, object]], rows: int) -> alt.Chart:
    head = alt.Chart(pd.DataFrame(heads)).mark_point(shape="triangle-left", filled=True, size=110, opacity=1)
    drawn: alt.Chart = head.encode(
        x=_x(), y=_y(rows), color=alt.Color("c4:N", scale=None, legend=None), tooltip=_TOOLTIP
    )
    return drawn
