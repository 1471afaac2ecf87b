"""Analysis -> how each figure is computed, with the stream's own numbers put in; and the glossary."""

from __future__ import annotations

from vsm.analysis import Analysis
from vsm.bottlenecks import CLEAR, HIGH_UTILISATION, MODERATE, STRONG
from vsm.explained import Explanation, digits, sum_of
from vsm.headlines import FLOW_EFFICIENCY_CAVEAT
from vsm.measured_method import measured_explanations
from vsm.model import QualitySide
from vsm.wording import NOT_MEASURED, exact_hours, number, percent


def explanations(analysis: Analysis) -> tuple[Explanation, ...]:
    """Explain every figure, in the order in which the pages show them; of a log, those that a log can have."""
    if analysis.stream.measured is not None:
        return (*measured_explanations(analysis), _bottleneck(analysis), _savings(analysis))
    return (
        _lead_time(analysis),
        _flow_efficiency(analysis),
        _rolled(analysis),
        _expected_visits(analysis),
        _with_rework(analysis),
        _cost_of_rework(analysis),
        _handoffs(analysis),
        _throughput(analysis),
        _flow_load(analysis),
        _utilisation(analysis),
        _takt_time(analysis),
        _batch_wait(analysis),
        _team_wait(analysis),
        _bottleneck(analysis),
        _savings(analysis),
    )


def _known(values: list[float | None]) -> list[float]:
    return [v for v in values if v is not None]


def _lead_time(a: Analysis) -> Explanation:
    path = [s for s in a.stages if s.on_critical_path]
    times = _known([s.lead_time for s in path])
    numbers = f"{sum_of(times)} = {exact_hours(a.lead_time)}" if times else NOT_MEASURED
    meaning = "The time from the start of the stream to its end, working and waiting, once through without rework."
    if a.overlap is not None:
        meaning += f" Of parallel stages the longest counts; the others overlap with it by {exact_hours(a.overlap)}."
    return Explanation(
        key="lead_time",
        title="Lead time",
        formula="L = Σ (P + W), processing and wait time of every stage; of parallel stages the longest",
        with_numbers=numbers,
        meaning=meaning,
        source="K. Martin, M. Osterling, Value Stream Mapping",
    )


def _flow_efficiency(a: Analysis) -> Explanation:
    numbers = NOT_MEASURED
    if a.flow_efficiency is not None and a.processing_time is not None and a.wait_time is not None:
        work, wait = digits(a.processing_time), digits(a.wait_time)
        numbers = f"{work} / ({work} + {wait}) = {a.flow_efficiency * 100:.4f}%"
    return Explanation(
        key="flow_efficiency",
        title="Flow efficiency",
        formula="ΣP / (ΣP + ΣW)",
        with_numbers=numbers,
        meaning="The share of the time in which someone works on the item. It is a ratio of sums: the mean of the "
        "stages' own ratios would be another number. Typical of knowledge work is 5–15%. " + FLOW_EFFICIENCY_CAVEAT,
        source="K. Martin, M. Osterling, Value Stream Mapping (there: activity ratio)",
    )


def _rolled(a: Analysis) -> Explanation:
    shares = _known([s.stage.complete_accurate for s in a.stages])
    silent = len(a.stages) - len(shares)
    numbers = NOT_MEASURED
    if a.rolled_complete_accurate is not None:
        numbers = f"{sum_of(shares, ' × ')} = {a.rolled_complete_accurate * 100:.4f}%"
    meaning = "The share of items that pass every stage without being sent back. It is a product and no average."
    if silent and shares:
        meaning += f" Stages that state no %C&A ({silent}) are not in it."
    return Explanation(
        key="rolled_complete_accurate",
        title="Rolled %C&A",
        formula="Π C over the stages that state one",
        with_numbers=numbers,
        meaning=meaning,
        source="K. Martin, M. Osterling, Value Stream Mapping",
    )


def _expected_visits(a: Analysis) -> Explanation:
    visits = _known([s.expected_visits for s in a.stages])
    by = "arrive at" if a.stream.definitions.complete_accurate is QualitySide.INCOMING else "leave"
    return Explanation(
        key="expected_visits",
        title="Expected visits",
        formula="v = e₁ + Tᵀv, where T sends the share 1 − C back and the share C on",
        with_numbers=", ".join(f"{v:.4f}" for v in visits) if visits else NOT_MEASURED,
        meaning=f"How often an average item passes each stage. Defects that {by} a stage go back to the stage that the "
        "table names, else one stage back; at the first stage they repeat it.",
        source="J. Kemeny, L. Snell, Finite Markov Chains",
    )


def _with_rework(a: Analysis) -> Explanation:
    times = _known([s.lead_time_with_rework for s in a.stages if s.on_critical_path])
    numbers = f"{sum_of(times)} = {exact_hours(a.lead_time_with_rework)}"
    if a.never_finish:
        numbers = f"no item ever finishes: %C&A is 0% at {', '.join(a.never_finish)}"
    elif a.lead_time_with_rework is None:
        numbers = NOT_MEASURED
    return Explanation(
        key="lead_time_with_rework",
        title="Lead time with rework",
        formula="Σ v (P + W): every stage as often as it is visited; of parallel stages the longest",
        with_numbers=numbers,
        meaning="The lead time of an average item with all its repetitions, waits included.",
    )


def _cost_of_rework(a: Analysis) -> Explanation:
    numbers = NOT_MEASURED
    if a.cost_of_rework is not None:
        numbers = (
            f"{exact_hours(a.lead_time_with_rework)} − {exact_hours(a.lead_time)} = {exact_hours(a.cost_of_rework)}"
        )
    return Explanation(
        key="cost_of_rework",
        title="Cost of rework",
        formula="lead time with rework − lead time; of one stage: the difference to the same stream with C = 1 there",
        with_numbers=numbers,
        meaning="Only what is repeated counts. The stages' costs overlap, so they do not add up to the whole.",
    )


def _handoffs(a: Analysis) -> Explanation:
    people = _known([s.stage.handoffs for s in a.stages])
    changes = "" if a.team_changes is None else f" The team changes between neighbours {a.team_changes} times."
    return Explanation(
        key="handoffs",
        title="Handoffs",
        formula="Σ people touching the item",
        with_numbers=f"{sum_of(people)} = {number(a.handoffs)}" if people else NOT_MEASURED,
        meaning=f"Each pair of hands is a chance to wait and to misunderstand.{changes}",
    )


def _throughput(a: Analysis) -> Explanation:
    capacities = _known([s.capacity for s in a.stages])
    numbers = NOT_MEASURED
    if a.throughput is not None and a.demand is not None:
        smallest = f", smallest capacity {digits(min(capacities))}" if capacities else ""
        numbers = f"demand {digits(a.demand)}{smallest} → {digits(a.throughput)} items a week"
    return Explanation(
        key="throughput",
        title="Throughput",
        formula="the smaller of demand and the smallest capacity of a stage, in items a week",
        with_numbers=numbers,
        meaning="A table of stages counts no finished items, so this is what the stream can deliver of what is asked.",
    )


def _flow_load(a: Analysis) -> Explanation:
    stated = _known([s.stage.wip for s in a.stages])
    numbers = f"{sum_of(stated)} = {number(a.flow_load)} stated" if stated else "no items in work are stated"
    week = a.stream.definitions.hours_per_week
    time = a.lead_time if a.lead_time_with_rework is None else a.lead_time_with_rework
    if a.load_by_littles_law is not None and a.throughput is not None and time is not None:
        numbers += (
            f"; Little's law: {digits(a.throughput)} a week × {digits(time)} h / {digits(week)} h a week "
            f"= {digits(a.load_by_littles_law)}"
        )
    return Explanation(
        key="flow_load",
        title="Flow load and Little's law",
        formula="Σ WIP; mean load = throughput × mean lead time",
        with_numbers=numbers,
        meaning="The items in the stream now. The mean lead time is that with rework, where %C&A is stated. A large "
        "gap to Little's law means that a figure is wrong, that the stream is not steady, or that items are counted "
        "that do not belong to it. The law holds for means only.",
        source="J. D. C. Little (1961)",
    )


def _utilisation(a: Analysis) -> Explanation:
    known = [s for s in a.stages if s.utilisation is not None]
    return Explanation(
        key="utilisation",
        title="Utilisation",
        formula="ρ = λ v P / (people × available time)",
        with_numbers="; ".join(f"{s.name}: {percent(s.utilisation)}" for s in known)
        or f"{NOT_MEASURED}: it needs people, demand and processing time",
        meaning=f"How much of their time the people of a stage are asked for. From {percent(HIGH_UTILISATION)} on "
        "queues are expected; at 100% and above the queue grows without end: by the items that come, new and sent "
        "back, less those that its people can do. Each of these will pass the stage v times, so that λ v − capacity "
        "visits pile up in a week where no other stage holds items up.",
        source="W. Hopp, M. Spearman, Factory Physics",
    )


def _takt_time(a: Analysis) -> Explanation:
    numbers = f"{NOT_MEASURED}: it needs the demand"
    if a.takt_time is not None and a.demand:
        week = digits(a.stream.definitions.hours_per_week)
        numbers = f"{week} h a week / {digits(a.demand)} items a week = {digits(a.takt_time)} h"
    return Explanation(
        key="takt_time",
        title="Takt time",
        formula="working time in a week / items asked for in it",
        with_numbers=numbers,
        meaning="The rhythm in which items must leave for demand to be met.",
        source="M. Rother, J. Shook, Learning to See",
    )


def _batch_wait(a: Analysis) -> Explanation:
    known = [s for s in a.stages if s.batch_wait]
    return Explanation(
        key="batch_wait",
        title="Wait by batch",
        formula="(B − 1)/2 × time between items + (B − 1)/2 × P of the next stage, never more than the wait observed",
        with_numbers="; ".join(f"behind {s.name}: {exact_hours(s.batch_wait)}" for s in known)
        or "no batch explains any wait",
        meaning="Items handed on together wait for each other before and after. The time between items is 1/(demand × "
        "visits), as an item that comes again fills a place in a batch again, or P/people where demand is not known, "
        "which is a lower bound. Their turn behind is counted as if one person took them up; with several it is "
        "shorter. Only this part shrinks with the batch.",
        source="W. Hopp, M. Spearman, Factory Physics",
    )


def _team_wait(a: Analysis) -> Explanation:
    wait = a.team_wait
    numbers = f"{NOT_MEASURED}: no stage names a team"
    if wait is not None:
        numbers = (
            f"between teams {exact_hours(wait.between)}, inside a team {exact_hours(wait.inside)}, at the ends or "
            f"where no team is known {exact_hours(wait.unknown)}"
        )
    return Explanation(
        key="team_wait",
        title="Waiting between teams",
        formula="the sum of the queues whose two ends belong to different teams",
        with_numbers=numbers,
        meaning="Teams can each be fast while the stream is slow: this part of the wait belongs to none of them.",
    )


def _bottleneck(a: Analysis) -> Explanation:
    ranked = sorted((q.wait_time for q in a.queues), reverse=True)
    numbers = "no wait is known"
    if len(ranked) > 1 and ranked[1] > 0:
        ratio = number(ranked[0] / ranked[1])
        numbers = f"longest queue {digits(ranked[0])} h / next {digits(ranked[1])} h = {ratio}"
    elif ranked:
        numbers = f"longest queue {digits(ranked[0])} h"
    steps = ["a utilisation of 100% or more", "the longest queue, if it stands out", "the highest utilisation"]
    growth = ""
    if a.stream.measured is not None:
        steps.insert(1, "the stage at which work piles up")
        growth = (
            "Work piles up where more comes in a week than leaves: by an interval over the weeks (95%) that leaves 0 "
            f"out, and by {percent(CLEAR - 1)} or more of what comes. "
        )
    return Explanation(
        key="bottleneck",
        title="Bottleneck",
        formula="; ".join(f"{i}. {step}" for i, step in enumerate(steps, 1)),
        with_numbers=numbers,
        meaning=f"{growth}The longest queue stands out when it is at least {CLEAR:g} times the next; from {MODERATE:g} "
        f"times the evidence is moderate, from {STRONG:g} times strong. In front of a stage that is busy "
        f"{percent(HIGH_UTILISATION)} or more of its time it is a constraint, else a delay. These limits are "
        "conventions of this tool.",
        source="W. Hopp, M. Spearman, Factory Physics; E. Goldratt, The Goal",
    )


def _savings(a: Analysis) -> Explanation:
    largest = max((s.saves or 0 for s in a.suggestions), default=None)
    return Explanation(
        key="savings",
        title="What a suggestion saves",
        formula="lead time of the stream as it is − lead time of the changed stream, both with rework where known",
        with_numbers="no suggestion is made" if largest is None else f"the largest: {exact_hours(largest)}",
        meaning="Every suggestion changes the stream and computes it again; there is no second formula. Each is "
        f"measured alone, and savings overlap, so they must not be added up. {TRIED}",
    )


TRIED = (
    "Where a change is about batches, people, demand or quality, formulas say how waits follow. On 50 simulated "
    "systems 27 of such promises lie within the simulation's 99% interval, 17 more miss it by less than 10% of the "
    "wait before, and 6 are missed, nearly all with batches; docs/queues.md lists them."
)
"""How far promises by formula held when they were tried, in the figures of docs/queues.md."""


GLOSSARY: tuple[tuple[str, str], ...] = (
    ("value stream", "All the stages that an item passes from request to delivery, with the waits between them."),
    ("item log", "A file with a row for each visit or change of an item, or one for each item with its dates."),
    ("stage", "A step of the stream in which someone works on an item."),
    ("item", "What flows: a feature, a ticket, an order, an application."),
    ("visit", "A stay of an item in a stage, from coming there to leaving; sent back, it comes again."),
    (
        "sent back",
        "Coming to an earlier stage, or back from being done; back into the queue of the stage that the item is in is "
        "a wait within the same visit.",
    ),
    ("processing time", "Time in which someone works on an item in a stage; also touch time or process time."),
    ("wait time", "Time in which an item lies idle, before or after a stage."),
    ("lead time", "Processing and wait time together; of the stream, from its start to its end."),
    ("elapsed time", "Time by the calendar: every hour counts, nights and weekends too."),
    ("working time", "Time of which only working hours on working days count."),
    ("as-of date", "The last moment that a log knows of; open items are as old as they were then."),
    ("flow efficiency", "Processing time as a share of all time."),
    ("%C&A", "Percent complete and accurate: the share of items that can be used as they arrive, without rework."),
    ("rolled %C&A", "The product of all stages' %C&A: the share of items that never go back."),
    ("rework", "Doing a stage again for an item that was sent back."),
    ("batch size", "How many items are handed on together."),
    ("handoffs", "People touching an item on its way."),
    ("queue", "The place between two stages where items wait."),
    ("longest wait", "The queue in which an item waits longest."),
    ("bottleneck", "The stage where work accumulates because it cannot keep up with what arrives."),
    ("constraint", "A bottleneck for lack of capacity: its people are asked for more than they can do, or nearly."),
    ("delay", "A wait that more capacity would not cure: a calendar, an approval, a batch."),
    ("utilisation", "The share of their time in which the people of a stage are asked for."),
    ("demand", "Items a week that ask for the stream."),
    ("throughput", "Items a week that leave the stream."),
    ("flow load", "Items in the stream at one time; also work in progress (WIP)."),
    ("takt time", "Working time divided by demand: the rhythm in which items must leave."),
    ("coefficient of variation", "How far times differ: standard deviation over mean; 1 at random, 0 always the same."),
    ("simulation", "The stream acted out item by item; the same seed gives the same result."),
    ("availability", "The share of working time in which a stage can work on this stream; also uptime."),
    ("parallel group", "Neighbouring stages that work on an item at the same time."),
)
