"""Analysis -> the headline figures, each with its sentence, and the definitions in force, one sentence each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vsm.analysis import TYPICAL_FLOW_EFFICIENCY, Analysis
from vsm.measured_words import (
    lead_times_sentence,
    littles_law_sentence,
    measured_definitions,
    no_lead_time,
    passed_at_once,
    passed_on,
    why_no_rework,
)
from vsm.model import Measured, QualitySide, WaitSide
from vsm.wording import NOT_MEASURED, count, exact_hours, hours, how_often, listed, number, percent


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One headline figure, ready to be shown."""

    key: str
    """Names its explanation on the Method page."""
    label: str
    value: str
    exact: str
    """What hovering shows: the value in hours or with all its digits."""
    sentence: str


def headline_figures(analysis: Analysis) -> tuple[Figure, ...]:
    """List the headline figures in the order in which they are shown; throughput and load only where known."""
    figures = [_lead_time(analysis), _flow_efficiency(analysis), _rolled(analysis), _with_rework(analysis)]
    figures.append(_handoffs(analysis))
    if analysis.throughput is not None:
        figures.append(_throughput(analysis))
    if analysis.flow_load is not None or analysis.load_by_littles_law is not None:
        figures.append(_flow_load(analysis))
    return tuple(figures)


def _lead_time(a: Analysis) -> Figure:
    definitions = a.stream.definitions
    sentence = f"{hours(a.processing_time, definitions)} of work and {hours(a.wait_time, definitions)} of waiting."
    if a.stream.measured is not None:
        sentence = lead_times_sentence(a.stream.measured, definitions)
    elif a.processing_time is None or a.wait_time is None:
        known = [(a.processing_time, "work"), (a.wait_time, "waiting")]
        sentence = " ".join(f"{hours(time, definitions)} of {kind}." for time, kind in known if time is not None)
        sentence = sentence or "Nothing tells work from waiting."
    elif a.overlap is not None:
        sentence = (
            f"Along the longest path; with the stages that run beside it, {hours(a.processing_time, definitions)} of "
            f"work and {hours(a.wait_time, definitions)} of waiting."
        )
    if not a.complete and a.lead_time is not None:
        sentence += f" {_incomplete(a)}"
    return Figure(
        key="lead_time",
        label="Lead time",
        value=hours(a.lead_time, definitions),
        exact=exact_hours(a.lead_time),
        sentence=sentence,
    )


NAMED = 3
"""So many stages are named in a sentence; more are counted."""


def _incomplete(analysis: Analysis) -> str:
    """Say which times are not measured, so that the lead time is only a lower bound; empty when all are."""
    gaps = (
        ("wait time", analysis.wait_time, analysis.without_wait_time),
        ("processing time", analysis.processing_time, analysis.without_processing_time),
    )
    said = [what if total is None else f"{what} of {_some(names)}" for what, total, names in gaps if names]
    are = "are" if len(said) > 1 else "is"
    return f"The {listed(said, 'and the')} {are} not known, so the real lead time is longer." if said else ""


def _some(names: Sequence[str]) -> str:
    return listed(names) if len(names) <= NAMED else f"{len(names)} stages"


def flow_efficiency_range(share: float) -> str:
    """Place a flow efficiency beside what is typical of knowledge work, without judging it."""
    low, high = TYPICAL_FLOW_EFFICIENCY
    place = "below" if share < low else "above" if share > high else "within"
    return f"{place} the {low * 100:.0f}–{high * 100:.0f}% typical of knowledge work"


FLOW_EFFICIENCY_CAVEAT = (
    "Figures taken from statuses usually come out higher, as idle time inside an active status counts as work."
)


def _flow_efficiency(a: Analysis) -> Figure:
    if a.flow_efficiency is None:
        sentence = "It needs both processing and wait times."
        if a.stream.measured is not None:
            sentence = "Nothing in the log tells work from waiting: say which statuses wait, and in which work is done."
            if not a.stream.measured.timed:
                sentence = no_lead_time(a.stream.measured.finished)
            if a.wait_time is not None:
                sentence = "Finished items took no time, of which no share can be work."
    else:
        place = flow_efficiency_range(a.flow_efficiency)
        sentence = f"The share of the time in which someone works on the item: {place}."
        if a.overlap is not None:
            sentence = f"The share of work in all the time in its stages, those side by side included: {place}."
            if a.stream.measured is not None:
                sentence = f"The share of the time in which someone works, steps side by side counted once: {place}."
        if not a.complete:
            sentence += " It rests on the times that are known."
    return Figure(
        key="flow_efficiency",
        label="Flow efficiency",
        value=percent(a.flow_efficiency),
        exact=NOT_MEASURED if a.flow_efficiency is None else f"{a.flow_efficiency * 100:.4f}%",
        sentence=sentence,
    )


def _rolled(a: Analysis) -> Figure:
    silent = [s.name for s in a.stages if s.stage.complete_accurate is None]
    if a.rolled_complete_accurate is None:
        measured = a.stream.measured
        sentence = f"{why_no_rework(measured).capitalize()}." if measured else "No stage states a %C&A."
    else:
        sentence = "The share of items that pass every stage without being sent back."
        if a.stream.measured is not None:
            sentence = passed_at_once(a.stream.measured)
        elif silent:
            sentence += f" {count(len(silent), 'stage states', 'stages state')} none and {_are(len(silent))} not in it."
    return Figure(
        key="rolled_complete_accurate",
        label="Rolled %C&A",
        value=percent(a.rolled_complete_accurate),
        exact=NOT_MEASURED if a.rolled_complete_accurate is None else f"{a.rolled_complete_accurate * 100:.4f}%",
        sentence=sentence,
    )


def _are(n: int) -> str:
    return "is" if n == 1 else "are"


MOST_VISITS = 100
"""Visits of an item to a stage from which on a loop is more likely a wrong figure than how work is done."""


def near_endless(analysis: Analysis) -> str | None:
    """Warn of an item that passes a stage so often that figures with rework are no plan; `None` where none does."""
    most = max(analysis.stages, key=lambda s: s.expected_visits or 0.0)
    if (most.expected_visits or 0.0) <= MOST_VISITS:
        return None
    known = [s for s in analysis.stages if s.stage.complete_accurate is not None]
    least = min(s.stage.complete_accurate or 0.0 for s in known)
    low = [s.name for s in known if s.stage.complete_accurate == least]
    return (
        f"With these %C&A an item would pass {most.name} {number(most.expected_visits)} times on average, so that no "
        f"time with rework is one to plan with: check the %C&A, first the lowest, {percent(least)} at {_some(low)}."
    )


def _with_rework(a: Analysis) -> Figure:
    if a.stream.measured is not None and a.lead_time is None:
        sentence = "No item is finished."
    elif a.stream.measured is not None:
        sentence = "Measured times contain the rework, so this is the lead time."
    elif a.never_finish:
        sentence = f"With a %C&A of 0% at {listed(a.never_finish)}, no item ever finishes."
    elif a.cost_of_rework is None:
        sentence = "It needs %C&A and times."
    elif a.cost_of_rework < 1e-9:
        sentence = "Nothing is sent back, so rework adds nothing."
    else:
        sentence = f"Being sent back adds {hours(a.cost_of_rework, a.stream.definitions)} to an average item."
        if (caution := near_endless(a)) is not None:
            sentence += f" {caution}"
    return Figure(
        key="lead_time_with_rework",
        label="Lead time with rework",
        value=hours(a.lead_time_with_rework, a.stream.definitions),
        exact=exact_hours(a.lead_time_with_rework),
        sentence=sentence,
    )


def _handoffs(a: Analysis) -> Figure:
    measured = a.stream.measured
    sentence = passed_on(measured) if measured else "No stage states how many people touch an item."
    if a.handoffs is not None:
        sentence = "People who touch an item on its way, summed over the stages."
    if a.team_changes is not None:
        sentence += f" It changes team {how_often(a.team_changes) if a.team_changes else 'nowhere'}."
    value = number(a.handoffs)
    return Figure(key="handoffs", label="Handoffs", value=value, exact=value, sentence=sentence)


def _throughput(a: Analysis) -> Figure:
    limited = a.demand is not None and a.throughput is not None and a.throughput < a.demand
    known = sum(s.capacity is not None for s in a.stages)
    stages = "every stage" if known == len(a.stages) else f"{known} of {len(a.stages)} stages"
    sentence = f"As many as are asked for; the capacity of {stages} is known and enough."
    if a.stream.measured is not None:
        sentence = "Finished items, over the whole weeks of the log."
    elif limited:
        sentence = f"Less than the {number(a.demand)} a week asked for: a stage is short of capacity."
    value = f"{number(a.throughput)} a week"
    return Figure(
        key="throughput", label="Throughput", value=value, exact=f"{a.throughput:,.6g} a week", sentence=sentence
    )


def _flow_load(a: Analysis) -> Figure:
    if a.stream.measured is not None:
        return _measured_load(a, a.stream.measured)
    expected = "" if a.load_by_littles_law is None else number(a.load_by_littles_law)
    stated = "Items in the stream now, as stated"
    if expected and not a.complete:
        expected = f"at least {expected}"
    if a.flow_load is None:
        about = expected if not a.complete else f"about {expected}"
        sentence = f"By Little's law {about} must be in the stream."
    elif expected:
        sentence = f"{stated}; Little's law expects {expected}."
    else:
        sentence = f"{stated}."
    value = number(a.flow_load)
    return Figure(key="flow_load", label="Flow load", value=value, exact=value, sentence=sentence)


def _measured_load(a: Analysis, measured: Measured) -> Figure:
    sentence = "Items in the stream, on average."
    expected, rate, time = a.load_by_littles_law, measured.throughput, measured.elapsed_lead_time
    if expected is not None and rate is not None and time is not None and a.flow_load is not None:
        sentence += f" {littles_law_sentence(rate, time, expected, a.flow_load)}"
    value = number(a.flow_load)
    return Figure(key="flow_load", label="Flow load", value=value, exact=value, sentence=sentence)


def definition_notes(analysis: Analysis) -> tuple[str, ...]:
    """State the definitions in force, one sentence each."""
    if analysis.stream.measured is not None:
        return measured_definitions(analysis.stream)
    d = analysis.stream.definitions
    after = d.wait is WaitSide.AFTER
    verb = "arrives at" if d.complete_accurate is QualitySide.INCOMING else "leaves"
    contains = "includes" if d.lead_time_contains_processing else "does not include"
    notes = [
        f"A row's wait lies {d.wait} its stage" + (", in front of the next one." if after else "."),
        f"%C&A is {d.complete_accurate}: the share that {verb} a stage without defects.",
        f"A day has {number(d.hours_per_day)} h and a week {count(d.days_per_week, 'day')}, for work and for waiting.",
        f"A lead time column {contains} the processing time.",
    ]
    if d.demand is not None:
        notes.append(f"Demand is {count(d.demand, 'item')} a week.")
    return tuple(notes)
