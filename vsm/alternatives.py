"""A workbook and the choices made about it -> what each figure would be if one definition were switched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vsm.analysis import Analysis, analyse
from vsm.definition_words import (
    QUALITY_WORDS,
    UNIT_WORDS,
    WAIT_WORDS,
    Definition,
    take_complete_accurate,
    take_definition,
    take_wait,
)
from vsm.model import Definitions, QualitySide, WaitSide
from vsm.reading.shapes import Choices, Reading, Role, Workbook
from vsm.reading.stages import read_workbook
from vsm.verdicts import queue_place, verdict_title
from vsm.wording import headline_figures, hours, listed, number

MOST_FIGURES_NAMED = 2
CALENDAR_DAY = 24.0
CALENDAR_WEEK = 7.0


@dataclass(frozen=True, kw_only=True)
class Alternative:
    """One definition switched: the choices with it, and the effect as a sentence."""

    definition: Definition
    words: str
    """How the times or shares would be counted: "counted as 24-hour days"."""
    choices: Choices
    effect: str
    """Such as: Counted as 24-hour days, flow efficiency would be 6.3% instead of 13.9%."""


def alternatives(workbook: Workbook, choices: Choices) -> tuple[Alternative, ...]:
    """Switch each definition by itself, read and analyse again, and say what changes.

    Empty where the data cannot be analysed as it is. A lead time column's definition is switched only where there is
    such a column.
    """
    reading = read_workbook(workbook, choices)
    if reading.stream is None:
        return ()
    now = analyse(reading.stream)
    return tuple(
        Alternative(definition=definition, words=words, choices=other, effect=_effect(workbook, now, words, other))
        for definition, words, other in _switched(reading, choices)
    )


def _switched(reading: Reading, choices: Choices) -> Iterator[tuple[Definition, str, Choices]]:
    """Name each definition's other answer; for days, weeks and units the one most often meant."""
    d = reading.definitions
    side = WaitSide.BEFORE if d.wait is WaitSide.AFTER else WaitSide.AFTER
    yield Definition.WAIT, f"with the wait {WAIT_WORDS[side]}", take_wait(choices, side)
    quality = QualitySide.OUTGOING if d.complete_accurate is QualitySide.INCOMING else QualitySide.INCOMING
    words = f"with %C&A speaking of {QUALITY_WORDS[quality]}"
    yield Definition.COMPLETE_ACCURATE, words, take_complete_accurate(choices, quality)
    if any(column.role is Role.LEAD_TIME for column in reading.columns):
        contains = not d.lead_time_contains_processing
        words = f"with a lead time that {'includes' if contains else 'leaves out'} the processing time"
        yield Definition.LEAD_TIME, words, take_definition(choices, Definition.LEAD_TIME, contains)
    day = CALENDAR_DAY if d.hours_per_day != CALENDAR_DAY else Definitions().hours_per_day
    words = f"counted as {number(day)}-hour days"
    yield Definition.HOURS_PER_DAY, words, take_definition(choices, Definition.HOURS_PER_DAY, day)
    week = CALENDAR_WEEK if d.days_per_week != CALENDAR_WEEK else Definitions().days_per_week
    words = f"counted as {number(week)}-day weeks"
    yield Definition.DAYS_PER_WEEK, words, take_definition(choices, Definition.DAYS_PER_WEEK, week)
    unit = "h" if d.unit not in (None, "h") else "d"
    words = f"with {UNIT_WORDS[unit]} where no unit is named"
    yield Definition.UNIT, words, take_definition(choices, Definition.UNIT, unit)


def _effect(workbook: Workbook, now: Analysis, words: str, other: Choices) -> str:
    how = words[0].upper() + words[1:]
    reading = read_workbook(workbook, other)
    if reading.stream is None:
        return f"{how}, the data could not be analysed: {' '.join(problem.message for problem in reading.blocking)}"
    then = analyse(reading.stream)
    changes = tuple(_changes(now, then))[:MOST_FIGURES_NAMED]
    return f"{how}, {listed(changes)}." if changes else f"{how}, no headline figure would change."


def _changes(now: Analysis, then: Analysis) -> Iterator[str]:
    """Say what differs, the most telling figure first."""
    if _differ(now.flow_efficiency, then.flow_efficiency):
        yield _instead(now, then, "flow_efficiency")
    if _differ(now.lead_time, then.lead_time):
        yield _instead(now, then, "lead_time")
    if now.longest_queue and then.longest_queue and queue_place(now.longest_queue) != queue_place(then.longest_queue):
        waits = hours(then.longest_queue.wait_time, then.stream.definitions)
        places = queue_place(then.longest_queue), queue_place(now.longest_queue)
        yield f"the longest wait ({waits}) would be {places[0]} instead of {places[1]}"
    if _differ(now.rolled_complete_accurate, then.rolled_complete_accurate):
        yield _instead(now, then, "rolled_complete_accurate")
    if _differ(now.lead_time_with_rework, then.lead_time_with_rework):
        yield _instead(now, then, "lead_time_with_rework")
    if verdict_title(now) != verdict_title(then):
        yield f"the verdict would be “{verdict_title(then)}” instead of “{verdict_title(now)}”"
    if now.lead_time == then.lead_time and _shown(now, "lead_time") != _shown(then, "lead_time"):
        yield (
            "no time would change, as none is given in days, but the lead time would read "
            f"{_shown(then, 'lead_time')} instead of {_shown(now, 'lead_time')}"
        )


def _differ(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is not other
    return abs(one - other) > 1e-9 * max(abs(one), abs(other))


def _instead(now: Analysis, then: Analysis, key: str) -> str:
    label = next(figure.label for figure in headline_figures(now) if figure.key == key)
    return f"{label[0].lower()}{label[1:]} would be {_shown(then, key)} instead of {_shown(now, key)}"


def _shown(analysis: Analysis, key: str) -> str:
    return next(figure.value for figure in headline_figures(analysis) if figure.key == key)
