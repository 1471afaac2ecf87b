"""A measured log -> the chart of open items: how old each is, beside the ages at which others left its stage."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vsm.charts.map_text import clean
from vsm.charts.picture import DRAWN, MANY, Picture, Unit, numbered, spoken_name, unit_for
from vsm.charts.room import names_axis
from vsm.flow import MeasuredLog, older_than_usual
from vsm.flow_words import ageing_sentence
from vsm.items.ageing import Ageing, ageing
from vsm.palette import ATTENTION, INK, SURFACE
from vsm.wording import hours

_ROW = 44
_SHARES = ("p50", "p70", "p85", "p95")
_SHADES = ("#8793A0", "#A3ADB8", "#BFC7CF", "#DBE0E5")
_LANES = 5
"""Dots of one stage lie on five lines, so that equal ages do not hide each other."""


def open_items(m: MeasuredLog) -> Picture | None:
    """Draw the age of each open item in its stage over bands that end where 50, 70, 85 and 95 % of finished items left.

    `None` without dates or open items.
    """
    found = ageing(m.log, m.facts, m.clock)
    if not m.log.dated or not found.open:
        return None
    sentence = ageing_sentence(found)
    ages, places = found.items["age"].to_numpy(), found.items["stage"].to_numpy()
    unit = unit_for([*ages, *found.usual["p95"].dropna()], m.definitions)
    inside = np.bincount(places, minlength=len(m.log.stages))
    labels = [numbered(i + 1, name, f"{inside[i]} open") for i, name in enumerate(m.log.stages)]
    names = [spoken_name(m.log.items[i]) for i in found.items["item"]]
    drawn = _drawn(inside)
    rows = [labels[place] for place in drawn]
    chart = alt.LayerChart(layer=[_usual(found, labels, drawn, unit, m), _dots(found, names, labels, rows, unit, m)])
    return Picture(
        key="open_items",
        title="Open items and their age",
        sentence=sentence,
        chart=chart.properties(
            width="container",
            # In pixels, as Vega warns in the browser where the width is to fit and the height is a step.
            height=_ROW * len(drawn),
            autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
            description=clean(sentence),
            background="transparent",
        ),
        data=pd.DataFrame(
            {
                "Item": names,
                "Stage": [m.log.stages[i] for i in places],
                "Age (h)": ages,
                "85% had left at (h)": found.usual["p85"].to_numpy()[places],
            }
        ),
    )


def _drawn(inside: NDArray[np.int64]) -> list[int]:
    """Choose the stages that are drawn, in flow order: where there are too many to read, those with open items."""
    if len(inside) <= MANY:
        return list(range(len(inside)))
    fullest = np.argsort(-inside, kind="stable")[:DRAWN]
    return sorted(int(place) for place in fullest if inside[place])


def _axes(labels: Sequence[str], unit: Unit) -> tuple[alt.X, alt.Y]:
    x = alt.X(
        "c1:Q",
        title=f"Age, {unit.title[0].lower()}{unit.title[1:]}",
        axis=alt.Axis(tickCount=6, format=",~f", titleAnchor="end"),
    )
    axis = names_axis()
    return x, alt.Y("c0:N", sort=None, title=None, scale=alt.Scale(domain=list(labels)), axis=axis)


def _usual(found: Ageing, labels: Sequence[str], drawn: Sequence[int], unit: Unit, m: MeasuredLog) -> alt.Chart:
    """Draw, for each stage, how old finished items were when they left it."""
    rows = []
    for place in drawn:
        label, low = labels[place], 0.0
        for share in _SHARES:
            high = float(found.usual[share].to_numpy()[place])
            if np.isnan(high):
                break
            says = f"{share[1:]}% of finished items had left after {hours(high, m.definitions)}"
            rows.append((label, low / unit.hours, high / unit.hours, says, f"{share[1:]}%"))
            low = high
    frame = pd.DataFrame(rows, columns=["c0", "c1", "c2", "c3", "c4"])
    x, y = _axes([labels[place] for place in drawn], unit)
    meanings = [f"{share[1:]}%" for share in _SHARES]
    colour = alt.Color(
        "c4:N",
        scale=alt.Scale(domain=meanings, range=list(_SHADES)),
        legend=alt.Legend(orient="top", title="Finished items that had left", labelLimit=200, columns=2),
    )
    tooltip = [alt.Tooltip("c3:N", title="Usual")]
    bars: alt.Chart = (
        alt.Chart(frame).mark_bar(height=_ROW - 10).encode(x=x, x2="c2:Q", y=y, color=colour, tooltip=tooltip)
    )
    return bars


def _dots(
    found: Ageing, names: Sequence[str], labels: Sequence[str], rows: Sequence[str], unit: Unit, m: MeasuredLog
) -> alt.Chart:
    ages, places = found.items["age"].to_numpy(), found.items["stage"].to_numpy()
    frame = pd.DataFrame(
        {
            "c0": [labels[i] for i in places],
            "c1": ages / unit.hours,
            "c2": found.items["item"].to_numpy(),
            "c3": [f"{name}: {hours(float(age), m.definitions)} old" for name, age in zip(names, ages, strict=True)],
            "c4": np.where(older_than_usual(found), ATTENTION, INK),
            "c5": np.arange(len(ages)) % _LANES,
        }
    )
    frame = frame.loc[frame["c0"].isin(rows)]
    x, y = _axes(rows, unit)
    lane = alt.YOffset("c5:Q", scale=alt.Scale(domain=[-1.5, _LANES + 0.5]))
    mark = alt.Chart(frame).mark_circle(size=60, opacity=1, stroke=SURFACE, strokeWidth=1)
    # Not as `color`: that has the legend of the bands, and Vega warns in the browser of a second one.
    colour = alt.Fill("c4:N", scale=None, legend=None)
    drawn: alt.Chart = mark.encode(
        x=x, y=y, yOffset=lane, fill=colour, tooltip=[alt.Tooltip("c3:N", title="Open item")]
    )
    return drawn
