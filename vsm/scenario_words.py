"""Several scenarios, each with its future state -> sentences: what each of them brings, and which saves most."""

from __future__ import annotations

from collections.abc import Sequence

from vsm.future import FutureState
from vsm.future_words import gain_sentence, shares_sentence
from vsm.plan import Scenario
from vsm.wording import count, hours

Futures = Sequence[tuple[Scenario, FutureState]]


def scenario_sentences(futures: Futures) -> tuple[str, ...]:
    """Say of each scenario how many changes it has and what they bring together, in the order given."""
    return tuple(_brings(scenario, future) for scenario, future in futures)


def most_saved_sentence(futures: Futures) -> str:
    """Say which scenario saves most of the lead time; "" where none saves any, or that is not known."""
    steady = ((scenario, future) for scenario, future in futures if not future.overloads)
    known = [(future.saves, scenario, future) for scenario, future in steady if future.saves is not None]
    if not known:
        return ""
    saves, scenario, future = max(known, key=lambda each: each[0])
    said = hours(saves, future.current.stream.definitions)
    return f"“{scenario.name}” saves most: {said} of lead time." if saves > 0 else ""


def _brings(scenario: Scenario, future: FutureState) -> str:
    if not scenario.planned:
        return f"“{scenario.name}” changes nothing so far."
    gain, shares = gain_sentence(future), shares_sentence(future)
    said = f"“{scenario.name}”, {count(len(scenario.planned), 'change')}: {gain[0].lower()}{gain[1:]}"
    return f"{said} {shares}".strip()
