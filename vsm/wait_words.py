"""Waits divided by cause, and handoffs -> sentences: what items wait for, and between whom they pass."""

from __future__ import annotations

import pandas as pd

from vsm.flow_words import shortened
from vsm.items.waiting import Handoffs
from vsm.model import Definitions
from vsm.wording import count, hours, how_often, listed, percent

ELAPSED = Definitions(hours_per_day=24, days_per_week=7)
"""Causes are told by the hours of the clock on the wall, as hours off are one of them."""

MEANINGS = {
    "batching": ("Batching", "until the last of the items that were then handled together was ready"),
    "contention": ("Contention", "the person was busy with items that were ready earlier"),
    "prioritisation": ("Prioritisation", "the person was busy with items that were ready later"),
    "unavailability": ("Unavailability", "outside the person's working hours"),
    "rest": ("The rest", "the person was free, or not named: handovers nobody notices, meetings, other work"),
}
"""Each cause with its name and what it means."""


def causes_sentence(causes: pd.DataFrame) -> str:
    """Say what part of all waiting each cause makes up, the largest first and the rest last.

    Columns as `causes_by_stage`.
    """
    total = float(causes["wait"].sum())
    if not total:
        return "Nothing waited: every visit began as soon as its item was ready."
    parts = {cause: float(causes[cause].sum()) / total for cause in MEANINGS}
    shares = [
        (parts[cause], MEANINGS[cause][0].lower())
        for cause in sorted(MEANINGS, key=lambda cause: (cause == "rest", -parts[cause]))
    ]
    took = f"{count(int(causes['waits'].sum()), 'wait').capitalize()} took {hours(total, ELAPSED)} in all"
    if not any(share for share, _ in shares[:-1]):
        return f"{took}, and the log tells no cause of it."
    return f"{took}; of this {listed([f'{percent(share)} is {name}' for share, name in shares if share])}."


def stage_sentence(causes: pd.DataFrame) -> str:
    """Say in front of which stage the most time is waited, and mostly why."""
    place = int(causes["wait"].to_numpy().argmax())
    stage, wait = str(causes["stage"].iloc[place]), float(causes["wait"].iloc[place])
    parts = {cause: float(causes[cause].fillna(0).to_numpy()[place]) for cause in MEANINGS}
    main = max(parts, key=lambda cause: parts[cause])
    name, why = MEANINGS[main]
    return (
        f"The most is waited in front of {shortened(stage)}: {hours(wait, ELAPSED)}, of which "
        f"{percent(parts[main] / wait)} is {name.lower()} ({why})."
    )


def unnamed_sentence(causes: pd.DataFrame) -> str | None:
    """Say how many waits name no person, and so have no cause; `None` where all do."""
    unnamed = int(causes["waits"].sum() - causes["named"].sum())
    if not unnamed:
        return None
    verb = "names no person and counts" if unnamed == 1 else "name no person and count"
    return f"{count(unnamed, 'wait').capitalize()} {verb} as the rest, as nobody knows what that person did meanwhile."


UNKNOWN_HOURS = (
    "Nobody's working hours are known, so no wait counts as unavailability: nights and weekends are in the rest."
)


def handoffs_sentence(found: Handoffs) -> str:
    """Say how often items change hands, and between whom most often."""
    if not found.moves:
        return "No item was worked on twice by people whom the log names, so nothing was handed on."
    share = percent(found.count / found.moves)
    if not found.count:
        return "Every item stayed with one person: nothing was handed on."
    sentence = f"{share} of the times that work on an item went on, another person took it ({how_often(found.count)})."
    giver, taker, times = (found.pairs[column].tolist()[0] for column in ("giver", "taker", "count"))
    return f"{sentence} Most often {shortened(giver)} handed on to {shortened(taker)}: {how_often(times)}."
