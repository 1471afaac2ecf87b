"""The definitions that change the answer -> the question each asks, its answers in words, and the choices they make."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from vsm.model import Definitions, QualitySide, WaitSide
from vsm.reading.shapes import Choices
from vsm.wording import count, number


class Definition(StrEnum):
    """The definitions a person can switch; the values name the fields of `Definitions`."""

    WAIT = "wait"
    COMPLETE_ACCURATE = "complete_accurate"
    LEAD_TIME = "lead_time_contains_processing"
    HOURS_PER_DAY = "hours_per_day"
    DAYS_PER_WEEK = "days_per_week"
    UNIT = "unit"
    DEMAND = "demand"


QUESTIONS: dict[Definition, str] = {
    Definition.WAIT: "Where does a row's wait lie?",
    Definition.COMPLETE_ACCURATE: "What does a row's %C&A speak of?",
    Definition.LEAD_TIME: "Does a lead time column include the processing time?",
    Definition.HOURS_PER_DAY: "How many hours has a day?",
    Definition.DAYS_PER_WEEK: "How many days has a week?",
    Definition.UNIT: "In which unit are times that name none?",
    Definition.DEMAND: "How many items a week are asked for?",
}

WAIT_WORDS = {WaitSide.AFTER: "after its stage, before the next one", WaitSide.BEFORE: "before its stage"}
QUALITY_WORDS = {
    QualitySide.INCOMING: "what arrives at the stage (incoming)",
    QualitySide.OUTGOING: "what leaves the stage (outgoing)",
}
UNIT_WORDS = {"min": "minutes", "h": "hours", "d": "days", "wk": "weeks"}


def take_wait(choices: Choices, side: WaitSide) -> Choices:
    """Decide on which side of its stage a wait lies."""
    return replace(choices, wait=side)


def take_complete_accurate(choices: Choices, side: QualitySide) -> Choices:
    """Decide what %C&A speaks of."""
    return replace(choices, complete_accurate=side)


def take_definition(choices: Choices, definition: Definition, value: float | bool | str | None) -> Choices:
    """Decide one of the definitions that no header can say."""
    changed = replace(choices.definitions, **{definition.value: value})  # type: ignore[arg-type]
    return replace(choices, definitions=changed)


def different_definitions(definitions: Definitions) -> tuple[str, ...]:
    """Name in a few words each what is not the default; empty where all is.

    >>> different_definitions(Definitions(wait=WaitSide.BEFORE, hours_per_day=24))
    ('wait before its stage', 'a day has 24 h')
    """
    usual = Definitions()
    words = {
        "wait before its stage": definitions.wait is not usual.wait,
        "%C&A outgoing": definitions.complete_accurate is not usual.complete_accurate,
        "lead time without processing": not definitions.lead_time_contains_processing,
        f"a day has {number(definitions.hours_per_day)} h": definitions.hours_per_day != usual.hours_per_day,
        f"a week has {count(definitions.days_per_week, 'day')}": definitions.days_per_week != usual.days_per_week,
        f"times without a unit in {UNIT_WORDS.get(definitions.unit or '', definitions.unit or '')}": (
            definitions.unit is not None
        ),
        f"demand {number(definitions.demand)} a week": definitions.demand is not None,
    }
    return tuple(word for word, differs in words.items() if differs)
