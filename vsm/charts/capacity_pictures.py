"""An analysis -> charts of capacity: how a queue grows as its stage gets busier, and takt against work."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import altair as alt
import pandas as pd

from vsm.analysis import Analysis
from vsm.capacity import queue_wait, servers, speed, utilisation, variability, wait_by_formula
from vsm.capacity_words import effective_time, not_for_people, steady_stages, takt_sentence, variability_sentence
from vsm.charts.map_text import clean
from vsm.charts.picture import LINE_ON_ANY, Axis, Bar, Marks, Picture, bar_chart, spoken_name, stage_labels, unit_for
from vsm.charts.room import legend
from vsm.model import Definitions, ValueStream
from vsm.palette import ATTENTION, INK, REST, SURFACE, WAITING
from vsm.wording import hours, percent

_STEPS = 98
"""The curve ends at 98 %: beyond, a queue has no end that a picture could show."""
_HEIGHT = 300


def capacity_pictures(analysis: Analysis) -> tuple[Picture, ...]:
    """Draw takt against work, and the curve of the busiest stage that keeps up, as far as they are known."""
    steady = steady_stages(analysis)
    drawn = (takt_picture(analysis), queue_curve(analysis, steady[0]) if steady else None)
    return tuple(picture for picture in drawn if picture is not None)


def queue_curve(analysis: Analysis, index: int) -> Picture | None:
    """Draw the wait for busy people over utilisation, now and with one person more, each with this stage's point.

    The curves are Allen–Cunneen's for the people, the work and the variability of the stage; `None` where the
    utilisation is not known or 100 % and more.
    """
    stream, stage = analysis.stream, analysis.stages[index]
    now, more = _curve_of(stream, index, "Now"), _curve_of(_with_one_more(stream, index), index, "With one person more")
    if now is None or more is None:
        return None
    d, name = stream.definitions, spoken_name(stage.name)
    sentence = (
        f"Busy {percent(now.rho)} of its time, {name} lets an item wait {hours(now.wait, d)} for busy people by the "
        f"formula.{not_for_people(analysis, index, now.wait)} With one person more it would be busy "
        f"{percent(more.rho)}, and that wait {hours(more.wait, d)}. {variability_sentence(analysis, index)}"
    )
    return Picture(
        key="queue_curve",
        title=f"How the queue in front of {name} grows as it gets busier",
        sentence=sentence,
        chart=_chart([now, more], d, sentence),
        data=pd.DataFrame(
            {
                "Utilisation": [rho / 100 for rho in range(_STEPS + 1)],
                "Wait by formula (h)": now.waits,
                "With one person more (h)": more.waits,
            }
        ),
    )


class _Curve(NamedTuple):
    """The wait of one team over its utilisation, 0 to `_STEPS` %, and where it stands on it."""

    meaning: str
    waits: list[float]
    rho: float
    wait: float


def _curve_of(stream: ValueStream, index: int, meaning: str) -> _Curve | None:
    wait, rho, work = wait_by_formula(stream, index), utilisation(stream, index), stream.stages[index].processing_time
    if wait is None or rho is None or work is None:
        return None
    once = variability(stream, index) * work / speed(stream, index)
    waits = [queue_wait(servers(stream, index), percent / 100) * once for percent in range(_STEPS + 1)]
    return _Curve(meaning, waits, rho, wait)


def _with_one_more(stream: ValueStream, index: int) -> ValueStream:
    stages = list(stream.stages)
    stages[index] = replace(stages[index], people=(stages[index].people or 0) + 1)
    return replace(stream, stages=tuple(stages))


def _chart(curves: list[_Curve], definitions: Definitions, description: str) -> alt.LayerChart:
    now = curves[0]
    unit = unit_for([now.wait], definitions)
    # Without any variability nobody waits at all.
    top = max(now.wait * 1.6, now.waits[85]) / unit.hours or 1.0
    line = [
        {"c0": rho, "c1": wait / unit.hours, "c3": curve.meaning}
        for curve in curves
        for rho, wait in enumerate(curve.waits)
        if wait / unit.hours <= top
    ]
    said = "{}: busy {}, wait {}"
    point = [
        {
            "c0": curve.rho * 100,
            "c1": curve.wait / unit.hours,
            "c2": said.format(curve.meaning, percent(curve.rho), hours(curve.wait, definitions)),
        }
        for curve in curves
    ]
    x = alt.X("c0:Q", title="Utilisation (%)", scale=alt.Scale(domain=[0, 100], nice=False))
    y = alt.Y(
        "c1:Q", title=f"Wait ({unit.title[:1].lower()}{unit.title[1:]})", scale=alt.Scale(domain=[0, top], nice=False)
    )
    colour = alt.Color(
        "c3:N",
        scale=alt.Scale(domain=[curve.meaning for curve in curves], range=[WAITING, REST]),
        legend=legend(),
    )
    lines = alt.Chart(pd.DataFrame(line)).mark_line(strokeWidth=2.5).encode(x=x, y=y, color=colour)
    points = alt.Chart(pd.DataFrame(point))
    rules = points.mark_rule(color=LINE_ON_ANY, strokeDash=[4, 4]).encode(x=x, y=y, y2=alt.datum(0))
    dots = points.mark_point(fill=SURFACE, stroke=INK, strokeWidth=2, size=110, opacity=1)
    chart: alt.LayerChart = alt.LayerChart(
        layer=[lines, rules, dots.encode(x=x, y=y, tooltip=[alt.Tooltip("c2:N", title="This stage")])]
    ).properties(
        width="container",
        height=_HEIGHT,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        description=clean(description),
        background="transparent",
    )
    return chart


def takt_picture(analysis: Analysis) -> Picture | None:
    """Draw how often each stage can finish an item, with a line at takt time; `None` where either is not known."""
    takt, d = analysis.takt_time, analysis.stream.definitions
    stated = [(s, time) for s in analysis.stages if (time := effective_time(analysis, s)) is not None]
    if takt is None or not stated:
        return None
    unit = unit_for([takt, *(time for _, time in stated)], d)
    times = {stage.index: time for stage, time in stated}
    labels = stage_labels(analysis, lambda s: hours(times[s.index], d) if s.index in times else "–")
    bars = [
        Bar(
            label=labels[stage.index],
            start=0.0,
            end=time / unit.hours,
            colour=ATTENTION if (stage.utilisation or 0) > 1 else REST,
            says=hours(time, d),
            name=stage.name,
        )
        for stage, time in stated
    ]
    sentence = takt_sentence(analysis) or ""
    marks = Marks(rule=takt / unit.hours, rule_says=f"Takt: {hours(takt, d)}")
    return Picture(
        key="takt",
        title="Takt against the time each stage needs for an item",
        sentence=sentence,
        chart=bar_chart(bars, Axis(title=unit.title, labels=labels), marks, sentence),
        data=pd.DataFrame(
            {
                "Stage": [s.name for s in analysis.stages],
                "Time per item (h)": pd.Series([times.get(s.index) for s in analysis.stages], dtype="float64"),
                "Takt (h)": takt,
            }
        ),
    )
