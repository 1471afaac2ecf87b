"""A scenario with its future state -> what several reports print of it: now and then, the changes, and the plan."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from vsm.change_words import assumption, change_title, step_words
from vsm.future import FutureState
from vsm.future_words import bottleneck_sentence, gain_sentence, gains, order_words, warnings
from vsm.money import money
from vsm.plan import Scenario
from vsm.plan_words import day, due_sentence, money_sentences, plan_table
from vsm.reports.shown import ShownTable


class ShownChange(NamedTuple):
    """One change in words."""

    title: str
    saves: str
    assumption: str


class ShownFuture(NamedTuple):
    """A future state ready to print."""

    name: str
    warnings: tuple[str, ...]
    gain: str
    bottleneck: str
    gains: ShownTable
    gains_sentence: str
    changes: tuple[ShownChange, ...]
    order: str
    plan: ShownTable
    plan_sentence: str
    worth: tuple[str, ...]
    """By when it is done, and the money it brings; empty where neither was said."""


def shown_future(scenario: Scenario, future: FutureState) -> ShownFuture:
    """Put a future state into words and tables."""
    return ShownFuture(
        name=scenario.name,
        warnings=warnings(future),
        gain=gain_sentence(future),
        bottleneck=bottleneck_sentence(future),
        gains=_gains(future),
        gains_sentence="The headline figures now and then.",
        changes=_changes(future),
        order=order_words(future) or "",
        plan=_plan(scenario, future),
        plan_sentence="Every change, with what was said of who makes it, by when and how it will be seen to work.",
        worth=tuple(s for s in (due_sentence(scenario, future), *_worth(scenario, future)) if s),
    )


def _changes(future: FutureState) -> tuple[ShownChange, ...]:
    """Say each change; what several of them assume is said of the first."""
    found, said = [], set[str]()
    for step in future.steps:
        title, assumed = change_title(step.before, step.change), assumption(step.change)
        saves = step_words(step, future.current.stream.definitions)
        found.append(ShownChange(title, saves, "" if assumed in said else assumed))
        said.add(assumed)
    return tuple(found)


def _gains(future: FutureState) -> ShownTable:
    rows = tuple((gain.label, gain.before, gain.after, gain.difference) for gain in gains(future))
    return ShownTable(("Figure", "Now", "Then", "Difference"), (False, True, True, True), rows)


def _plan(scenario: Scenario, future: FutureState) -> ShownTable:
    """Print the plan, without the columns that nobody filled in."""
    table = plan_table(scenario, future)
    columns = {str(label): ["" if pd.isna(cell) else str(cell) for cell in table[label]] for label in table.columns}
    columns["Due"] = ["" if entry.due is None else day(entry.due) for entry in scenario.planned]
    kept = {label: cells for label, cells in columns.items() if any(cells)}
    rows = tuple(zip(*kept.values(), strict=True))
    return ShownTable(tuple(kept), (False,) * len(kept), rows)


def _worth(scenario: Scenario, future: FutureState) -> tuple[str, ...]:
    return money_sentences(money(future, scenario.costs), scenario.costs)
