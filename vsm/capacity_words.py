"""An analysis -> what capacity means for it, in sentences: how busy, how fast a queue grows, takt against work."""

from __future__ import annotations

from vsm.analysis import Analysis, StageFigures
from vsm.bottlenecks import HIGH_UTILISATION
from vsm.capacity import missing_for_utilisation, overload, weekly_hours
from vsm.wording import count, hours, listed, number, percent


def busiest(analysis: Analysis) -> int | None:
    """Return the index of the busiest stage; `None` where no utilisation is known."""
    known = [s for s in analysis.stages if s.utilisation is not None]
    return max(known, key=lambda s: s.utilisation or 0).index if known else None


def capacity_sentences(analysis: Analysis) -> tuple[str, ...]:
    """Say how busy the stages are, what an overload does, and what is not known; the most important first."""
    found = busiest(analysis)
    if found is None:
        return ()
    return (*_overloads(analysis), *_busy(analysis, found), *_takt(analysis), *_unknown(analysis))


def _overloads(a: Analysis) -> list[str]:
    grown = [(s.name, growth) for s in a.stages if (growth := overload(a.stream, s.index)) is not None]
    return [
        f"{name} cannot do what is asked of it: the queue in front of it grows by {count(growth, 'item')} a week."
        if growth > 0
        else f"{name} is asked for exactly what it can do, so that nothing ever shortens the queue in front of it."
        for name, growth in grown
    ]


def _busy(a: Analysis, index: int) -> list[str]:
    stage = a.stages[index]
    rho = stage.utilisation or 0
    if rho >= 1:
        return []
    words = f"The busiest stage, {stage.name}, is busy {percent(rho)} of its time"
    if stage.capacity is not None and a.demand is not None:
        words += f": it can let through {number(stage.capacity)} items a week, and {number(a.demand)} are asked for"
    if rho < HIGH_UTILISATION:
        return [f"{words}. Waiting in this stream is not for lack of people."]
    return [f"{words}. From {percent(HIGH_UTILISATION)} on, queues are long, and a little more makes them much longer."]


def _takt(a: Analysis) -> list[str]:
    if a.takt_time is None:
        return []
    slower = [s.name for s in a.stages if (time := effective_time(a, s)) is not None and time > a.takt_time]
    words = f"To meet the demand, an item has to be finished every {hours(a.takt_time, a.stream.definitions)} (takt)"
    return [f"{words}; {listed(slower)} cannot keep up." if slower else f"{words}; every stage with people keeps up."]


def effective_time(analysis: Analysis, stage: StageFigures) -> float | None:
    """Return the working time between two items that a stage lets through, all its people at work and rework included.

    Formula: v P / (people × availability). Unit: hours; less is better. `None` when people or processing time are not
    known. Source: Rother, Shook, Learning to See (cycle time against takt time).
    """
    available = weekly_hours(analysis.stream, stage.index)
    if stage.capacity is None or not available:
        return None
    return analysis.stream.definitions.hours_per_week / stage.capacity


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
