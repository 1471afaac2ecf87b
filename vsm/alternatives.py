"""A workbook and the choices made about it -> what each figure would be if one definition were switched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from vsm import metrics, rework
from vsm.bottlenecks import Kind, verdict
from vsm.definition_words import (
    QUALITY_WORDS,
    UNIT_WORDS,
    WAIT_WORDS,
    Definition,
    take_complete_accurate,
    take_definition,
    take_wait,
)
from vsm.model import Definitions, QualitySide, ValueStream, WaitSide
from vsm.reading.shapes import Choices, Reading, Role, Workbook
from vsm.reading.stages import read_workbook
from vsm.verdicts import queue_place
from vsm.wording import hours, listed, number, percent, stage_names

MOST_FIGURES_NAMED = 2
CALENDAR_DAY = 24.0
CALENDAR_WEEK = 7.0


@dataclass(frozen=True, kw_only=True)
class Alternative:
    """One definition switched: the choices with it, and the effect as a sentence."""

    definition: Definition
    choices: Choices
    changes: bool
    """Whether a figure that is shown would differ."""
    effect: str
    """As a sentence: Counted as 24-hour days, flow efficiency would be 6.3% instead of 13.9%."""


def alternatives(workbook: Workbook, choices: Choices) -> tuple[Alternative, ...]:
    """Switch each definition by itself, read and analyse again, and say what changes.

    Empty where the data cannot be analysed as it is. What is said of %C&A and of a lead time is switched only where the
    table has such a column.
    """
    reading = read_workbook(workbook, choices)
    if reading.stream is None:
        return ()
    now = reading.stream
    alone = _one_sheet(workbook, reading.sheet)
    return tuple(_alternative(alone, now, *switch) for switch in _switched(reading, choices))


def _one_sheet(workbook: Workbook, name: str) -> Workbook:
    """Leave the sheets out that the figures are not of: where each states a period, reading them all takes long."""
    return replace(workbook, sheets=tuple(sheet for sheet in workbook.sheets if sheet.name == name))


def _switched(reading: Reading, choices: Choices) -> Iterator[tuple[Definition, str, Choices]]:
    """Name each definition's other answer; for days, weeks and units the one most often meant."""
    d = reading.definitions
    side = WaitSide.BEFORE if d.wait is WaitSide.AFTER else WaitSide.AFTER
    yield Definition.WAIT, f"with the wait {WAIT_WORDS[side]}", take_wait(choices, side)
    roles = {column.role for column in reading.columns}
    if Role.COMPLETE_ACCURATE in roles:
        quality = QualitySide.OUTGOING if d.complete_accurate is QualitySide.INCOMING else QualitySide.INCOMING
        words = f"with %C&A speaking of {QUALITY_WORDS[quality]}"
        yield Definition.COMPLETE_ACCURATE, words, take_complete_accurate(choices, quality)
    if Role.LEAD_TIME in roles:
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


def _alternative(
    workbook: Workbook, now: ValueStream, definition: Definition, words: str, other: Choices
) -> Alternative:
    how = words[0].upper() + words[1:]
    reading = read_workbook(workbook, other)
    if reading.stream is None:
        reasons = " ".join(p.message.rstrip(".") for p in reading.blocking)
        effect = f"{how}, the data could not be analysed: {reasons}."
        return Alternative(definition=definition, choices=other, changes=True, effect=effect)
    changes = any(True for _ in _changes(now, reading.stream))
    return Alternative(
        definition=definition, choices=other, changes=changes, effect=effect_of(how, now, reading.stream)
    )


def effect_of(how: str, now: ValueStream, then: ValueStream) -> str:
    """Say as a sentence which figures would be others if the stream were `then`; `how` opens it."""
    changes = tuple(_changes(now, then))[:MOST_FIGURES_NAMED]
    return f"{how}, {listed(changes) or 'no headline figure would change'}."


def _changes(now: ValueStream, then: ValueStream) -> Iterator[str]:
    """Say what differs in the words that are shown, the most telling figure first."""
    efficiency = percent(metrics.flow_efficiency(now)), percent(metrics.flow_efficiency(then))
    lead_time = _time(metrics.lead_time(now), now), _time(metrics.lead_time(then), then)
    # The longer day alone changes no hour, only how many of them are called a day.
    only_words = metrics.lead_time(now) == metrics.lead_time(then) and lead_time[0] != lead_time[1]
    if only_words:
        yield f"no time would change, but the lead time would read {lead_time[1]} instead of {lead_time[0]}"
        return
    yield from _instead("flow efficiency", *efficiency)
    yield from _instead("lead time", *lead_time)
    yield from _instead("the longest wait", _longest_wait(now), _longest_wait(then))
    rolled = percent(metrics.rolled_complete_accurate(now)), percent(metrics.rolled_complete_accurate(then))
    yield from _instead("rolled %C&A", *rolled)
    with_rework = [_time(rework.lead_time_with_rework(stream), stream) for stream in (now, then)]
    yield from _instead("lead time with rework", *with_rework)
    yield from _instead("the bottleneck", _accused(now), _accused(then))


def _instead(figure: str, now: str, then: str) -> Iterator[str]:
    if now != then:
        yield f"{figure} would be {then} instead of {now}"


def _time(value: float | None, stream: ValueStream) -> str:
    return hours(value, stream.definitions)


def _longest_wait(stream: ValueStream) -> str:
    longest = max(metrics.queues(stream), key=lambda queue: queue.wait_time, default=None)
    return "unknown" if longest is None else queue_place(longest)


def _accused(stream: ValueStream) -> str:
    found = verdict(stream)
    if found.kind is Kind.NONE:
        return "none that is clear"
    why = "too little capacity" if found.kind is Kind.CONSTRAINT else "a delay"
    return f"{stage_names(stream, found.stages) or 'the customer'} ({why})"
