"""Waits divided by cause -> the chart of why items wait in front of each stage."""

from __future__ import annotations

import pandas as pd

from vsm.charts.picture import Axis, Bar, Marks, Picture, bar_chart, numbered, unit_for
from vsm.palette import REST, WAITING
from vsm.wait_words import ELAPSED, MEANINGS, stage_sentence
from vsm.wording import hours, percent

_COLOURS = {
    "batching": "#7A4F00",
    "contention": "#B87B00",
    "prioritisation": WAITING,
    "unavailability": "#F5CE7F",
    "rest": REST,
}
"""Waiting is amber everywhere; what no cause is known of is grey."""


def causes_of_waits(causes: pd.DataFrame) -> Picture | None:
    """Draw, for each stage that items waited for, that wait divided by cause; `None` where nothing waits.

    Columns as `causes_by_stage`.
    """
    if not causes["wait"].sum():
        return None
    stages, waits = causes["stage"].tolist(), causes["wait"].tolist()
    unit = unit_for(waits, ELAPSED)
    labels = {i: numbered(i + 1, stages[i], hours(waits[i], ELAPSED)) for i in range(len(stages)) if waits[i] > 0}
    bars = []
    for place, label in labels.items():
        start = 0.0
        for cause, (name, why) in MEANINGS.items():
            part = float(causes[cause].fillna(0).to_numpy()[place])
            if part <= 0:
                continue
            end = start + part / unit.hours
            says = f"{name}: {hours(part, ELAPSED)}, {percent(part / waits[place])} ({why})"
            bars.append(
                Bar(
                    label=label,
                    start=start,
                    end=end,
                    colour=_COLOURS[cause],
                    says=says,
                    name=stages[place],
                    meaning=name,
                )
            )
            start = end
    sentence = stage_sentence(causes)
    renamed = {cause: f"{name} (h)" for cause, (name, _) in MEANINGS.items()}
    return Picture(
        key="causes_of_waits",
        title="Why items wait in front of each stage",
        sentence=sentence,
        chart=bar_chart(bars, Axis(title=unit.title, labels=list(labels.values())), Marks(), sentence),
        data=causes.rename(
            columns={"stage": "In front of", "waits": "Waits", "named": "With a person", "wait": "Wait (h)", **renamed}
        ),
    )
