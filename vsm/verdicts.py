"""The verdict on the bottleneck -> sentences, and the three findings that open a page or a report."""

from __future__ import annotations

from vsm.analysis import Analysis
from vsm.bottlenecks import CLEAR, HIGH_UTILISATION, MOSTLY, Evidence, EvidenceKind, Kind, Strength
from vsm.capacity import USED_FOR_UTILISATION, missing_for_utilisation
from vsm.headlines import flow_efficiency_range
from vsm.measured_words import times_sent_back, why_no_rework
from vsm.model import Queue, WaitSide
from vsm.overload import Overload
from vsm.wording import boundaries, count, hours, kind_of_source, listed, number, percent, stage_names

_NO_WAIT = 1e-9
"""Share of the longest wait below which another is none."""


def queue_place(queue: Queue) -> str:
    """Say where a queue stands: "in front of Testing", "before the customer"."""
    if queue.before is None:
        return f"behind {queue.after}, before the customer"
    return f"in front of {queue.before}"


def verdict_title(analysis: Analysis) -> str:
    """Say the verdict in a few words."""
    verdict = analysis.bottleneck
    if verdict.kind is Kind.CONSTRAINT:
        return f"{stage_names(analysis.stream, verdict.stages)} is the constraint"
    if verdict.kind is Kind.DELAY and verdict.queue is not None:
        return f"Work waits longest {queue_place(verdict.queue)}"
    return "No clear bottleneck"


def verdict_sentences(analysis: Analysis) -> tuple[str, ...]:
    """Explain the verdict: what it rests on, how strong that is, what kind it is, and what speaks against it."""
    kind = analysis.bottleneck.kind
    sentences = {Kind.CONSTRAINT: _constraint, Kind.DELAY: _delay, Kind.NONE: _none}[kind](analysis)
    if analysis.bottleneck.disagreement:
        sentences.append(_disagreement(analysis))
    if analysis.bottleneck.strength is not None:
        sentences.append(_strength(analysis))
    return tuple(sentences)


def queue_growth(growth: Overload) -> str:
    """Say by how much a queue grows: in items and, where they come again, in the visits that they will make of it.

    >>> queue_growth(Overload(2.0, 2.0)), queue_growth(Overload(3.6, 4.5))
    ('2 items a week', '3.6 items a week (4.5 visits, as items come again)')
    """
    again = growth.visits > growth.items * (1 + 1e-9)
    visits = f" ({count(growth.visits, 'visit')}, as items come again)" if again else ""
    return f"{count(growth.items, 'item')} a week{visits}"


def evidence_sentence(analysis: Analysis, evidence: Evidence) -> str:
    """Say one piece of evidence with its figure and the runner-up's."""
    name = stage_names(analysis.stream, evidence.stages)
    definitions = analysis.stream.definitions
    if evidence.kind is EvidenceKind.UTILISATION:
        rival = "" if evidence.next_value is None else f"; the next busiest stage, {percent(evidence.next_value)}"
        return f"Utilisation: the people at {name} are busy {percent(evidence.value)} of their time{rival}."
    if evidence.kind is EvidenceKind.ACCUMULATION:
        return f"Accumulation: {_piles_up(analysis, evidence)}."
    if evidence.kind is EvidenceKind.QUEUE:
        queue = analysis.longest_queue
        place = "" if queue is None else queue_place(queue)
        share = "" if not analysis.wait_time else f", {percent(evidence.value / analysis.wait_time)} of all waiting"
        rival = f"; the next longest queue is {hours(evidence.next_value, definitions)}" if evidence.next_value else ""
        return f"Longest queue: items wait {hours(evidence.value, definitions)} {place}{share}{rival}."
    rival = "" if evidence.next_value is None else f" (next: {hours(evidence.next_value, definitions)})"
    return (
        f"Least capacity: with its people, {name} needs {hours(evidence.value, definitions)} for each item{rival}, so "
        "it is the first to be full if demand grows."
    )


def _piles_up(analysis: Analysis, evidence: Evidence) -> str:
    growth = evidence.growth
    assert growth is not None, "accumulation is growth"
    more, least, most = (number(x) for x in (growth.surplus.value, growth.surplus.lower, growth.surplus.upper))
    return (
        f"{number(growth.arrivals)} items a week come to {stage_names(analysis.stream, evidence.stages)} and "
        f"{number(growth.departures)} leave it, so that work piles up by {more} a week (between {least} and {most})"
    )


def _evidence(analysis: Analysis, kind: EvidenceKind) -> Evidence | None:
    return next((e for e in analysis.bottleneck.evidence if e.kind is kind), None)


def _constraint(analysis: Analysis) -> list[str]:
    verdict = analysis.bottleneck
    name = stage_names(analysis.stream, verdict.stages)
    rho = max(analysis.stages[i].utilisation or 0 for i in verdict.stages)
    if verdict.overload is not None:
        growth = f"its queue grows by about {queue_growth(verdict.overload)}"
        if verdict.overload.items < 1e-9:
            growth = "its queue never shrinks"
        return [
            f"{name} is asked for {percent(rho)} of what its people can do, so {growth}.",
            "There is no steady wait there: what it is today will get longer until demand or capacity changes.",
        ]
    if rho >= 1:
        return [
            f"{name} is asked for {percent(rho)} of what its people can do, though less comes to it for now: another "
            "stage lets through too little."
        ]
    piled = _accumulates(analysis)
    sentences = (
        [f"The people at {name} are busy {percent(rho)} of their time, so queues in front of it are expected."]
        if piled is None
        else _how_it_accumulates(analysis, piled)
    )
    if verdict.queue is not None and set(verdict.queue.waits_for) & set(verdict.stages):
        wait = hours(verdict.queue.wait_time, analysis.stream.definitions)
        so = ": what is missing is capacity" if verdict.capacity_known else ""
        sentences.append(f"The longest queue, {wait}, does stand in front of it{so}.")
    return sentences


def _accumulates(analysis: Analysis) -> Evidence | None:
    """Return the evidence that work piles up where the verdict says that the constraint is."""
    piled, verdict = _evidence(analysis, EvidenceKind.ACCUMULATION), analysis.bottleneck
    return piled if piled is not None and piled.stages == verdict.stages and verdict.kind is Kind.CONSTRAINT else None


def _how_it_accumulates(analysis: Analysis, piled: Evidence) -> list[str]:
    missing = missing_for_utilisation(analysis.stream, piled.stages[0])
    name = stage_names(analysis.stream, piled.stages)
    first = f"{_piles_up(analysis, piled)}."
    if not missing:
        rho = percent(analysis.stages[piled.stages[0]].utilisation)
        return [first, f"The people at {name} are busy {rho} of their time."]
    return [
        first,
        f"That is what a lack of capacity looks like, though the log does not say the {listed(missing, 'or')} of "
        f"{name}.",
    ]


def _delay(analysis: Analysis) -> list[str]:
    verdict, definitions = analysis.bottleneck, analysis.stream.definitions
    queue = verdict.queue
    assert queue is not None, "a delay is always the delay of a queue"
    share = percent(queue.wait_time / analysis.wait_time) if analysis.wait_time else ""
    sentences = [f"Items wait {hours(queue.wait_time, definitions)} {queue_place(queue)}: {share} of all waiting."]
    if definitions.wait is WaitSide.AFTER and queue.before is not None:
        sentences.append(
            f"The table records this wait after {analysis.stream.stages[queue.stated_by].name}; the step that does "
            f"not take the work up is {queue.before}."
        )
    sentences.extend(_why_delay(analysis, queue))
    return sentences


def _why_delay(analysis: Analysis, queue: Queue) -> list[str]:
    verdict = analysis.bottleneck
    why = []
    if verdict.batch_share is not None and verdict.batch_share >= MOSTLY:
        sizes = [b for i in queue.comes_from if (b := analysis.stream.stages[i].batch_size) is not None]
        share = percent(verdict.batch_share)
        why.append(f"Batches of {number(max(sizes))} handed on by {queue.after} explain about {share} of it.")
    if not verdict.stages:
        why.append("No stage follows: ask what the customer, or whoever receives the result, waits for.")
    elif verdict.capacity_known:
        rho = max(analysis.stages[i].utilisation or 0 for i in verdict.stages)
        why.append(
            f"The people at {queue.before} are busy only {percent(rho)} of their time, so this is a delay and no lack "
            "of capacity: look for a calendar, an approval or a batch."
        )
    else:
        missing = missing_for_utilisation(analysis.stream, verdict.stages[0])
        why.append(
            f"The {kind_of_source(analysis.stream)} does not say the {listed(missing, 'or')} of {queue.before}, so "
            "this counts as a delay, but a lack of capacity cannot be ruled out."
        )
    return why


def _none(analysis: Analysis) -> list[str]:
    longest, busiest = _evidence(analysis, EvidenceKind.QUEUE), _evidence(analysis, EvidenceKind.UTILISATION)
    definitions = analysis.stream.definitions
    if longest is None:
        first = "No stage states a wait, so there is no queue to accuse."
        if analysis.stream.measured is not None:
            first = "Nothing in the log tells waiting from work, so there is no queue to accuse."
            if analysis.wait_time is not None:
                first = "No finished item waited, so there is no queue to accuse."
    else:
        first = (
            f"The longest queue is {hours(longest.value, definitions)} and the next "
            f"{hours(longest.next_value, definitions)}: less than {percent(CLEAR - 1)} apart, too close to call."
        )
    if busiest is None:
        needed = [name for name in USED_FOR_UTILISATION if all(name in m for m in _missing(analysis))]
        without = listed(needed) if needed else "people, demand and processing time of the same stage"
        second = f"Whether a stage is short of capacity cannot be told without {without}."
    else:
        name = stage_names(analysis.stream, busiest.stages)
        second = (
            f"The busiest stage, {name}, has a utilisation of {percent(busiest.value)}, below the "
            f"{percent(HIGH_UTILISATION)} from which queues are expected."
        )
    return [first, second]


def _missing(analysis: Analysis) -> list[tuple[str, ...]]:
    return [missing_for_utilisation(analysis.stream, s.index) for s in analysis.stages]


def _disagreement(analysis: Analysis) -> str:
    queue = analysis.longest_queue
    assert queue is not None, "it is with the longest queue that the rest disagrees"
    piled = _evidence(analysis, EvidenceKind.ACCUMULATION)
    if piled is not None and piled.stages[0] not in queue.waits_for:
        return (
            f"The evidence disagrees: work piles up at {stage_names(analysis.stream, piled.stages)}, yet finished "
            f"items waited longest {queue_place(queue)}. What piles up is not finished, so its wait is not counted yet."
        )
    busiest = _evidence(analysis, EvidenceKind.UTILISATION)
    assert busiest is not None, "only utilisation and accumulation can disagree with the longest queue"
    return (
        f"The evidence disagrees: {stage_names(analysis.stream, busiest.stages)} is the busiest stage, yet the longest "
        f"queue is {queue_place(queue)}. One of the two has another cause, or a figure is wrong."
    )


def _strength(analysis: Analysis) -> str:
    verdict = analysis.bottleneck
    if verdict.overload is not None:
        return "The evidence is strong as far as people, demand and processing times are right."
    longest = _evidence(analysis, EvidenceKind.QUEUE)
    if _accumulates(analysis) is not None:
        agrees = "and the longest queue stands there, too" if verdict.strength is Strength.STRONG else "but that alone"
        return f"The evidence is {verdict.strength}: work piles up there beyond noise, {agrees}."
    if longest is not None and longest.stages == verdict.stages:
        if analysis.without_wait_time:
            unknown = count(len(analysis.without_wait_time), "queue is", "queues are")
            return f"The evidence is weak: {unknown} not known, and may be longer."
        if longest.next_value is None and verdict.strength is Strength.WEAK:
            return "The evidence is weak: no other wait is known to compare with."
        if longest.next_value is None or longest.next_value <= _NO_WAIT * longest.value:
            return f"The evidence is {verdict.strength}: there is no other wait."
        ratio = number(longest.value / longest.next_value)
        return f"The evidence is {verdict.strength}: this queue is {ratio} times the next longest."
    return f"The evidence is {verdict.strength}: it rests on utilisation alone, and no queue stands out there."


def findings(analysis: Analysis) -> tuple[str, ...]:
    """Say in three sentences how long it takes, where it is held up, and what quality does to it."""
    return (_time_finding(analysis), _bottleneck_finding(analysis), _quality_finding(analysis))


def _time_finding(a: Analysis) -> str:
    definitions = a.stream.definitions
    if a.lead_time is None:
        missing = "No stage states a time" if a.stream.measured is None else "No item is finished"
        return f"{missing}, so the lead time is not measured."
    least = "" if a.complete else "at least "
    opening = f"An item takes {least}{hours(a.lead_time, definitions)}{boundaries(a.stream)}{_spread(a)}"
    if a.flow_efficiency is None:
        missing = "as nothing tells work from waiting" if a.wait_time is None else "as no time passed"
        if a.stream.measured is None:
            missing = "as it needs both processing and wait times"
        return f"{opening}; flow efficiency is not measured, {missing}."
    work, share = hours(work_of(a), definitions), percent(a.flow_efficiency)
    place = flow_efficiency_range(a.flow_efficiency)
    if a.overlap is not None and a.stream.measured is None:
        return (
            f"{opening}, with {work} of work in it, some of it side by side; of all the time in its stages {share} is "
            f"work, a flow efficiency {place}."
        )
    known = "" if a.complete else ", as far as times are known,"
    return f"{opening}, with {work} of work in it: a flow efficiency{known} of {share}, {place}."


def _spread(a: Analysis) -> str:
    """Say how lead times of a log differ around their mean; nothing for a table, which has one figure."""
    if a.stream.measured is None or a.stream.measured.lead_times is None:
        return ""
    times, definitions = a.stream.measured.lead_times, a.stream.definitions
    if a.stream.measured.timed == 1:
        return " (one item is finished)" if a.stream.measured.finished == 1 else " (of one item)"
    return (
        f" on average (half of them at most {hours(times.median, definitions)}, 85% at most "
        f"{hours(times.p85, definitions)})"
    )


def work_of(a: Analysis) -> float | None:
    """Return the hours worked on an item; steps that run side by side in a log count once."""
    if a.processing_time is None or a.stream.measured is None:
        return a.processing_time
    return a.processing_time - a.stream.measured.work_overlap


def _bottleneck_finding(a: Analysis) -> str:
    if a.bottleneck.kind is Kind.NONE:
        return f"There is no clear bottleneck. {verdict_sentences(a)[0]}"
    if a.bottleneck.kind is Kind.CONSTRAINT:
        return f"{verdict_title(a)}: {verdict_sentences(a)[0]}"
    return verdict_sentences(a)[0]


def _quality_finding(a: Analysis) -> str:
    if a.never_finish:
        return f"No item ever finishes, as {a.never_finish[0]} states a %C&A of 0%: check that figure first."
    if a.rolled_complete_accurate is None:
        missing = "no stage states a %C&A" if a.stream.measured is None else why_no_rework(a.stream.measured)
        return f"How much rework there is cannot be told: {missing}."
    if a.stream.measured is not None:
        return measured_rework(a)
    share = percent(a.rolled_complete_accurate)
    if not a.cost_of_rework:
        return f"{share} of items pass every stage without being sent back."
    return (
        f"Only {share} of items pass every stage without being sent back; rework adds "
        f"{hours(a.cost_of_rework, a.stream.definitions)}, so that an average item takes "
        f"{hours(a.lead_time_with_rework, a.stream.definitions)}."
    )


def measured_rework(a: Analysis) -> str:
    """Say how often items of a log were sent back; their lead times contain it."""
    measured = a.stream.measured
    assert measured is not None, "only a log counts what was sent back"
    if not measured.sent_back:
        return "No item was sent back to an earlier stage."
    return (
        f"{times_sent_back(measured)}. The share of visits that were not, "
        f"multiplied over the stages, is {percent(a.rolled_complete_accurate)}."
    )
