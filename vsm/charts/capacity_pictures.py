"""An analysis -> charts of capacity: how a queue grows as its stage gets busier, and takt against work."""

from __future__ import annotations

from dataclasses import replace

import altair as alt
import pandas as pd

from vsm.analysis import Analysis
from vsm.capacity import queue_wait, servers, speed, utilisation, variability, wait_by_formula
from vsm.capacity_words import effective_time, variability_sentence
from vsm.charts.map_text import clean
from vsm.charts.picture import LINE_ON_ANY, Axis, Bar, Marks, Picture, bar_chart, spoken_name, stage_labels, unit_for
from vsm.model import ValueStream
from vsm.palette import ATTENTION, INK, REST, SURFACE, WAITING
from vsm.wording import hours, listed, percent

_STEPS = 98
"""The curve ends at 98 %: beyond, a queue has no end that a picture could show."""
_HEIGHT = 300


def queue_curve(analysis: Analysis, index: int) -> Picture | None:
    """Draw the wait for busy people over utilisation, with this stage's point; `None` where it is not known.

    The curve is Allen–Cunneen's for the people, the work and the variability of the stage; its point with one person
    more lies on the curve of a larger team, and is told in words.
    """
    stream, stage = analysis.stream, analysis.stages[index]
    wait, work = wait_by_formula(stream, index), stage.stage.processing_time
    if wait is None or work is None or stage.utilisation is None:
        return None
    once = variability(stream, index) * work / speed(stream, index)
    waits = [queue_wait(servers(stream, index), rho / 100) * once for rho in range(_STEPS + 1)]
    unit = unit_for([wait], stream.definitions)
    name = spoken_name(stage.name)
    sentence = (
        f"Busy {percent(stage.utilisation)} of its time, {name} lets an item wait {hours(wait, stream.definitions)} by "
        f"the formula.{_with_one_more(stream, index)} {variability_sentence(analysis, index)}"
    )
    frame = pd.DataFrame({"c0": range(_STEPS + 1), "c1": [value / unit.hours for value in waits]})
    said = f"{percent(stage.utilisation)}: {hours(wait, stream.definitions)}"
    point = pd.DataFrame({"c0": [stage.utilisation * 100], "c1": [wait / unit.hours], "c2": [said]})
    top = max(wait / unit.hours * 1.6, waits[85] / unit.hours)
    return Picture(
        key="queue_curve",
        title=f"How the queue in front of {name} grows as it gets busier",
        sentence=sentence,
        chart=_curve(frame, point, unit.title, top, sentence),
        data=pd.DataFrame({"Utilisation": frame["c0"] / 100, "Wait by formula (h)": waits}),
    )


def _with_one_more(stream: ValueStream, index: int) -> str:
    stages = list(stream.stages)
    stages[index] = replace(stages[index], people=(stages[index].people or 0) + 1)
    more = replace(stream, stages=tuple(stages))
    wait, rho = wait_by_formula(more, index), utilisation(more, index)
    if wait is None:
        return ""
    return f" With one person more it would be busy {percent(rho)}, and the wait {hours(wait, stream.definitions)}."


def _curve(frame: pd.DataFrame, point: pd.DataFrame, unit: str, top: float, description: str) -> alt.LayerChart:
    x = alt.X("c0:Q", title="Utilisation (%)", scale=alt.Scale(domain=[0, 100], nice=False))
    y = alt.Y("c1:Q", title=f"Wait ({unit.lower()})", scale=alt.Scale(domain=[0, top], nice=False, clamp=True))
    line = alt.Chart(frame[frame["c1"] <= top]).mark_line(color=WAITING, strokeWidth=2.5).encode(x=x, y=y)
    dot = alt.Chart(point).mark_point(fill=SURFACE, stroke=INK, strokeWidth=2, size=110, opacity=1)
    rule = alt.Chart(point).mark_rule(color=LINE_ON_ANY, strokeDash=[4, 4])
    tooltip = [alt.Tooltip("c2:N", title="This stage")]
    chart: alt.LayerChart = alt.LayerChart(
        layer=[line, rule.encode(x=x, y=y, y2=alt.datum(0)), dot.encode(x=x, y=y, tooltip=tooltip)]
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
            colour=ATTENTION if time > takt else REST,
            says=hours(time, d),
            name=stage.name,
        )
        for stage, time in stated
    ]
    slower = [spoken_name(stage.name) for stage, time in stated if time > takt]
    sentence = f"The demand asks for an item every {hours(takt, d)}. "
    sentence += f"{listed(slower)} cannot keep up." if slower else "Every stage whose people are known keeps up."
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
