"""A scenario and what it saves -> the transformation plan as a table, and what it is worth as sentences."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from vsm.change_words import change_title, step_words
from vsm.future import FutureState, Step
from vsm.money import Money
from vsm.plan import Costs, PlannedChange, Scenario
from vsm.wording import NOT_MEASURED, count, hours, listed, number


def plan_table(scenario: Scenario, future: FutureState) -> pd.DataFrame:
    """List the changes of a scenario with who does each, by when, and how it will be seen to work.

    Columns: "Change", "Saves", "Owner", "Measure", "Target" (str; blank: not said), "Due" (date or None) and "Effort"
    (str or None); one row for each change, in the order in which they are applied.
    """
    steps = {step.position: step for step in future.steps}
    titles = planned_titles(scenario, future)
    return pd.DataFrame(
        {
            "Change": titles,
            "Saves": [_saves(steps.get(i), future) for i in range(len(scenario.planned))],
            "Owner": [entry.owner for entry in scenario.planned],
            "Due": [entry.due for entry in scenario.planned],
            "Measure": [entry.measure for entry in scenario.planned],
            "Target": [entry.target for entry in scenario.planned],
            "Effort": [None if entry.effort is None else entry.effort.value for entry in scenario.planned],
        }
    )


def planned_titles(scenario: Scenario, future: FutureState) -> list[str]:
    """Say what each change of a scenario does, in the terms of the stream just before it."""
    return [change_title(future.before(i), entry.change) for i, entry in enumerate(scenario.planned)]


def _saves(step: Step | None, future: FutureState) -> str:
    if step is None:
        return "cannot be applied"
    if step.saves is None:
        return NOT_MEASURED
    if step.overloads:
        return "no steady wait"
    words = hours(abs(step.saves), future.current.stream.definitions)
    return words if step.saves >= 0 else f"adds {words}"


def plan_line(entry: PlannedChange) -> str:
    """Say who does a change, by when and how it will be seen to work, as far as it was said: "Ana, by 31 Mar 2026".

    >>> from vsm.changes import MergeIntoNext
    >>> plan_line(PlannedChange(change=MergeIntoNext(stage="a"), owner="Ana", measure="Waits", target="2 days"))
    'Ana; measured by: Waits; target: 2 days'
    """
    who = [entry.owner] if entry.owner else []
    due = [] if entry.due is None else [f"by {day(entry.due)}"]
    parts = [", ".join(who + due)] if who or due else []
    parts += [f"measured by: {entry.measure}"] if entry.measure else []
    parts += [f"target: {entry.target}"] if entry.target else []
    parts += [f"effort: {entry.effort.value}"] if entry.effort is not None else []
    return "; ".join(parts)


def day(date: dt.date) -> str:
    """Write a date as a plan does.

    >>> day(dt.date(2026, 3, 1))
    '1 Mar 2026'
    """
    return f"{date.day} {date:%b %Y}"


def change_sentences(scenario: Scenario, future: FutureState) -> tuple[str, ...]:
    """Say of each change that can be applied, in their order: what it is, what it saves, who does it and by when."""
    definitions, found = future.current.stream.definitions, []
    for step in future.steps:
        line = plan_line(scenario.planned[step.position])
        title = change_title(step.before, step.change)
        found.append(f"{title}. {step_words(step, definitions)}{f' Plan: {line}.' if line else ''}")
    return tuple(found)


def due_sentence(scenario: Scenario, future: FutureState) -> str:
    """Say by when the changes that can be applied are to be made; "" where no date was said."""
    applied = [scenario.planned[step.position] for step in future.steps]
    dates = [entry.due for entry in applied if entry.due is not None]
    if not dates:
        return ""
    without = len(applied) - len(dates)
    undated = f"; {count(without, 'change has', 'changes have')} no date" if without else ""
    which = "The last change" if len(applied) > 1 else "The change"
    return f"{which} is due by {day(max(dates))}{undated}."


def money_sentences(found: Money, costs: Costs) -> tuple[str, ...]:
    """Say what a future state is worth, coming earlier and working less apart; empty where no cost was said."""
    sentences = []
    if found.delay_per_item is not None:
        earlier = _worth("Coming earlier is worth", "Coming later costs", found.delay_per_item, costs)
        sentences.append(f"{earlier} an item{_in_a_year(found.delay_a_year, costs)}.")
    if found.work_per_item is not None and round(found.work_per_item, 9) == 0:
        sentences.append("No wages are saved, as waiting costs none.")
    elif found.work_per_item is not None:
        less = _worth("Less work saves", "More work costs", found.work_per_item, costs)
        sentences.append(f"{less} an item{_in_a_year(found.work_a_year, costs)}. Waiting costs no wages.")
    if costs.delay_per_week is not None and found.endless:
        sentences.append(
            f"What coming earlier is worth cannot be said, as the queue at {listed(found.endless)} grows without "
            "end in the future state."
        )
    if found.items_a_year is None and (found.delay_per_item, found.work_per_item) != (None, None):
        sentences.append("What that makes in a year cannot be said, as throughput is not known.")
    return tuple(sentences)


def _worth(gain: str, loss: str, value: float, costs: Costs) -> str:
    return f"{gain if value >= 0 else loss} {amount(abs(value), costs)}"


def _in_a_year(value: float | None, costs: Costs) -> str:
    return "" if value is None else f", {amount(abs(value), costs)} a year"


def amount(value: float, costs: Costs) -> str:
    """Say an amount of money: small ones with one decimal, large ones in whole units.

    >>> amount(1234.56, Costs(currency="€")), amount(9.96, Costs())
    ('1,235 €', '10')
    """
    digits = number(value) if value < 100 else f"{value:,.0f}"
    return f"{digits} {costs.currency}".strip()
