"""An analysis -> what capacity means for it, in sentences: how busy, how fast a queue grows, takt against work."""

from __future__ import annotations

from math import floor

from vsm.analysis import Analysis, StageFigures
from vsm.bottlenecks import HIGH_UTILISATION
from vsm.capacity import demand_at, missing_for_utilisation, visits_at, weekly_hours
from vsm.overload import flows, overload, spared_by
from vsm.verdicts import queue_growth
from vsm.wording import count, hours, kind_of_source, listed, number, percent


def busiest(analysis: Analysis) -> int | None:
    """Return the index of the busiest stage; `None` where no utilisation is known."""
    known = [s for s in analysis.stages if s.utilisation is not None]
    return max(known, key=lambda s: s.utilisation or 0).index if known else None


def steady_stages(analysis: Analysis) -> tuple[int, ...]:
    """Return the indices of the stages that keep up, so that their queue has a length; the busiest first."""
    known = [s for s in analysis.stages if s.utilisation is not None and s.utilisation < 1]
    return tuple(s.index for s in sorted(known, key=lambda s: -(s.utilisation or 0)))


def still_missing(analysis: Analysis) -> str:
    """Say what has to be known before any stage's utilisation is: of the three figures, those that no stage has."""
    stages, d = analysis.stages, analysis.demand
    missing = [
        words
        for words, known in (
            ("how many items are asked for in a week", d is not None),
            ("how many people work at a stage", any(s.stage.people is not None for s in stages)),
            ("how long they work on an item", any(s.stage.processing_time is not None for s in stages)),
        )
        if not known
    ]
    if analysis.never_finish:
        return f"With the %C&A at {listed(analysis.never_finish)} nothing ever finishes, so no stage has a utilisation."
    if not missing:
        return "How busy a stage is needs its people, its processing time and its demand: no stage has all three yet."
    return f"To tell how busy the stages are, one has to know {listed(missing)}; one stage is enough to begin with."


def capacity_sentences(analysis: Analysis) -> tuple[str, ...]:
    """Say how busy the stages are, what an overload does, and what is not known; the most important first."""
    found, idle = busiest(analysis), _without_anybody(analysis)
    nobody = [f"Nobody works at {listed(idle)}, so no item gets past."] if idle else []
    if found is None:
        return tuple(nobody)
    return (*nobody, *_overloads(analysis), *_busy(analysis, found), *_unknown(analysis))


def _without_anybody(a: Analysis) -> list[str]:
    """Name the stages that have work and no hours of anybody for it: their utilisation is beyond all numbers."""
    return [s.name for s in a.stages if weekly_hours(a.stream, s.index) == 0 and s.stage.processing_time]


def _overloads(a: Analysis) -> list[str]:
    return [_overload(a, s) for s in a.stages if (s.utilisation or 0) >= 1]


def _overload(a: Analysis, stage: StageFigures) -> str:
    people, growth, spared = stage.stage.people or 0, overload(a.stream, stage.index), spared_by(a.stream, stage.index)
    enough = count(floor((stage.utilisation or 0) * people) + 1, "person", "people")
    if spared is not None:
        return (
            f"{stage.name} cannot do what is asked of it, either, but its queue does not grow: "
            f"{_let_through(a, stage)}. Once more do, it takes {enough} there to keep up, not {number(people)}."
        )
    way_out = f" It takes {enough} there to keep up, not {number(people)}."
    if growth is not None and growth.items:
        few = _let_through(a, stage)
        grows = f"the queue in front of it grows by {queue_growth(growth)}{few and f', as {few}'}"
        return f"{stage.name} cannot do what is asked of it: {grows}.{way_out}"
    return f"{stage.name} is asked for exactly what it can do, so that nothing ever shortens its queue.{way_out}"


def _let_through(a: Analysis, stage: StageFigures) -> str:
    """Say how many items come to a stage while another one holds them up; "" where all that is asked for comes."""
    found = flows(a.stream)
    if found is None or (source := found[stage.index].held_back_by) is None:
        return ""
    where = "behind" if source < stage.index else "with so many stuck at"
    coming = count(found[stage.index].comes, "item")
    again = ", new and sent back" if (visits_at(a.stream, stage.index) or 1) > 1 else ""
    return f"{where} {a.stages[source].name} no more than {coming} a week come to it{again}"


def _busy(a: Analysis, index: int) -> list[str]:
    stage, asked = a.stages[index], demand_at(a.stream, index)
    rho = stage.utilisation or 0
    if rho >= 1:
        return []
    words = f"The busiest stage, {stage.name}, is busy {percent(rho)} of its time"
    if stage.capacity is not None and asked is not None:
        words += f": it can let through {number(stage.capacity)} items a week, and {number(asked)} are asked for"
    if rho < HIGH_UTILISATION:
        where = "in front of these stages" if _unknown(a) else "in this stream"
        return [f"{words}. Below {percent(HIGH_UTILISATION)}, little of the waiting {where} is for lack of people."]
    return [f"{words}. From {percent(HIGH_UTILISATION)} on, queues are long, and a little more makes them much longer."]


def takt_sentence(analysis: Analysis) -> str | None:
    """Say how often an item has to be finished, and who cannot keep up; `None` where demand is not known."""
    if analysis.takt_time is None:
        return None
    idle = _without_anybody(analysis)
    slower = [s.name for s in analysis.stages if (s.utilisation or 0) > 1 or s.name in idle]
    words = (
        f"To meet the demand, an item has to be finished every {hours(analysis.takt_time, analysis.stream.definitions)}"
    )
    return f"{words} (takt); {listed(slower)} cannot keep up." if slower else f"{words} (takt); {_KEEPS_UP}."


_KEEPS_UP = "every stage whose people are known keeps up"


def effective_time(analysis: Analysis, stage: StageFigures) -> float | None:
    """Return the working time between two items that a stage lets through, all its people at work and rework included.

    Formula: v P / (people × availability). Unit: hours; less is better. `None` when people or processing time are not
    known. Source: Rother, Shook, Learning to See (cycle time against takt time).
    """
    return analysis.stream.definitions.hours_per_week / stage.capacity if stage.capacity else None


def _unknown(a: Analysis) -> list[str]:
    unknown = [s.name for s in a.stages if s.utilisation is None and missing_for_utilisation(a.stream, s.index)]
    return [f"It is not known how busy {listed(unknown)} {'is' if len(unknown) == 1 else 'are'}."] if unknown else []


def variability_sentence(analysis: Analysis, index: int) -> str:
    """Say with what variability the queue of a stage is computed, and whether it was measured or assumed."""
    stage = analysis.stages[index].stage
    work, arrivals = stage.work_variation, stage.arrival_variation
    known = [
        f"{what} with a coefficient of variation of {number(value)}"
        for what, value in (("work varies", work), ("items arrive", arrivals))
        if value is not None
    ]
    if len(known) == 2:
        return f"As measured in the log, {listed(known)}."
    assumed = "work and arrivals vary" if not known else "work varies" if work is None else "arrivals vary"
    rest = f"assumed that {assumed} as in a textbook queue (a coefficient of variation of 1)."
    return f"As measured in the log, {known[0]}; it is {rest}" if known else f"It is {rest}"


def not_for_people(analysis: Analysis, index: int, wait: float) -> str:
    """Say how much of the wait observed in front of a stage the formula's `wait` for busy people does not explain.

    Nothing where none is observed, or all of it is explained.
    """
    observed = max((q.wait_time for q in analysis.queues if index in q.waits_for), default=0.0)
    if observed <= wait:
        return ""
    d, verb = analysis.stream.definitions, "states" if analysis.stream.measured is None else "measured"
    return (
        f" The {kind_of_source(analysis.stream)} {verb} {hours(observed, d)} there: what is beyond that is not for "
        "lack of people."
    )
