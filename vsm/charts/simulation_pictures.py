"""Simulated states -> charts of now and then: how long items take, and how long they wait in front of each stage."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd

from vsm.charts.over_time import amount_axis, number_axis, over_time
from vsm.charts.picture import Axis, Bar, Marks, Picture, bar_chart, numbered, unit_for
from vsm.palette import PROCESSING, REST
from vsm.simulation.result import Simulation
from vsm.simulation.trial import Trial
from vsm.wording import hours, percent

_POINTS = 60
_REACHES = 0.98
"""The axis ends where so many items of the slower state are delivered."""
NOW, THEN = "Now", "Future state"
_COLOURS = {NOW: REST, THEN: PROCESSING}


def _states(trial: Trial) -> Mapping[str, Simulation]:
    return {
        name: found for name, found in ((NOW, trial.current), (THEN, trial.future)) if isinstance(found, Simulation)
    }


def simulated_lead_times(trial: Trial) -> Picture | None:
    """Draw the share of items that is delivered within a time, now and then; `None` where nothing was simulated."""
    states = _states(trial)
    if not states:
        return None
    definitions = next(iter(states.values())).stream.definitions
    places = np.linspace(0, max(found.percentile(_REACHES) for found in states.values()), _POINTS)
    unit = unit_for([float(places[-1])], definitions)
    frames, data = [], pd.DataFrame({"Lead time (h)": places})
    for name, found in states.items():
        shares = np.searchsorted(found.lead_times, places, side="right") / len(found.lead_times)
        data[f"{name}: share delivered"] = shares
        says = [
            f"{name}: {percent(share)} within {hours(place, definitions)}"
            for place, share in zip(places.tolist(), shares.tolist(), strict=True)
        ]
        frames.append(pd.DataFrame({"c0": name, "c1": places / unit.hours, "c2": shares * 100, "c3": says}))
    within = " now and ".join(hours(found.percentile(0.85), definitions) for found in states.values())
    sentence = f"85% of items are delivered within {within}{' in the future state' if THEN in states else ''}."
    layers = _lines(pd.concat(frames, ignore_index=True), list(states), unit.title)
    return Picture(
        key="simulated_lead_times",
        title="How long items take",
        sentence=sentence,
        chart=over_time(layers, sentence, height=260),
        data=data,
    )


def _lines(frame: pd.DataFrame, names: list[str], unit: str) -> list[alt.Chart]:
    colour = alt.Color(
        "c0:N",
        sort=None,
        scale=alt.Scale(domain=names, range=[_COLOURS[name] for name in names]),
        legend=alt.Legend(orient="top", title=None, symbolType="stroke", symbolSize=400) if len(names) > 1 else None,
    )
    base = alt.Chart(frame).encode(x=number_axis(unit), y=amount_axis("% of items delivered within"), color=colour)
    pointed = base.mark_circle(size=60, opacity=0).encode(tooltip=[alt.Tooltip("c3:N", title="Delivered")])
    return [base.mark_line(strokeWidth=2.5), pointed]


def simulated_queues(trial: Trial) -> Picture | None:
    """Draw the wait for people in front of each stage, now and then; `None` where nothing was simulated."""
    states = _states(trial)
    if not states:
        return None
    waits = _by_stage(states)
    definitions = next(iter(states.values())).stream.definitions
    unit = unit_for([wait for _, _, _, wait in waits], definitions)
    bars, rows = [], []
    for name, stage, position, wait in waits:
        words = hours(wait, definitions)
        label = numbered(position + 1, f"{stage}, {name.lower()}" if len(states) > 1 else stage, words)
        says = f"{name}: {words}"
        bars.append(
            Bar(label=label, start=0, end=wait / unit.hours, colour=_COLOURS[name], says=says, name=stage, meaning=name)
        )
        rows.append((stage, name, wait))
    longest = max(rows, key=lambda row: row[2])
    sentence = (
        f"Items wait longest for somebody to be free in front of {longest[0]}: {hours(longest[2], definitions)} on "
        f"average {'in the future state' if longest[1] == THEN else 'now'}. Delays and batches come on top."
    )
    return Picture(
        key="simulated_queues",
        title="Waiting for people",
        sentence=sentence,
        chart=bar_chart(bars, Axis(title=unit.title), Marks(), sentence),
        data=pd.DataFrame(rows, columns=["Stage", "State", "Wait for people (h)"]),
    )


def _by_stage(states: Mapping[str, Simulation]) -> list[tuple[str, str, int, float]]:
    """Return state, stage, position and wait, stage by stage; a stage of the future alone stands where it is there."""
    return [
        (name, found.stream.stages[i].name, i, stage.queue_wait.mean)
        for i in range(max(len(found.stages) for found in states.values()))
        for name, found in states.items()
        if i < len(found.stages) and (stage := found.stages[i]).queue_wait is not None
    ]
