"""Simulated states -> sentences and tables: how long items take, what is gained, and whether the formulas agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from vsm.changes import LimitLoad
from vsm.future import FutureState, without_limits
from vsm.model import ValueStream, WaitSide
from vsm.simulation.agreement import (
    WORTH_SAYING,
    Believe,
    Comparison,
    Reason,
    gain_comparison,
    lead_time_comparison,
    queue_comparison,
)
from vsm.simulation.plan import SimulationError
from vsm.simulation.result import RUNS, Estimate, Simulation
from vsm.simulation.trial import Trial
from vsm.wording import count, hours, listed, number, percent, stage_names

WHAT_IT_DOES = (
    "The formulas take items on average. A simulation follows each of them: it comes, waits until somebody is free, is "
    "worked on, waits for the companions of its batch, and goes on or is sent back."
)

_WHY = {
    Reason.UNSETTLED: "a stage is so busy that its queue has not come to rest when the measuring begins",
    Reason.OVERLAP: "in the log, steps of one item run side by side, and the simulation puts them one after the other",
    Reason.LESS_STATED: "a wait is stated that is shorter than people, demand and batches make it",
    Reason.LEFT_OUT: "the lead time by formula holds less wait than busy people make in the future state",
    Reason.DELAYS: (
        "the formulas let a whole wait shrink or grow with the queue, and the simulation only the part that busy "
        "people explain"
    ),
    Reason.BATCHES: "items of a batch come to a stage together",
    Reason.REWORK: "items that are sent back come again, and not at random",
    Reason.PARALLEL: "an item waits for the slowest of its parallel stages, which is not always the same one",
    Reason.VARIATION: "work or arrivals vary more or less than at random, which also changes how items arrive behind",
    Reason.CHANCE: (
        "nothing in the stream tells why, so it may be chance, as up to five intervals in a hundred are wrong; "
        "another seed tells"
    ),
}
_BELIEVE = {
    Believe.SIMULATION: "Believe the simulation",
    Believe.FORMULA: "Believe the formula",
    Believe.NEITHER: "Believe neither before the waits, people, demand and batches of the data fit together",
}


def result_sentences(trial: Trial) -> tuple[str, ...]:
    """Say how long items take now and then, and what that saves; or why a state cannot be simulated."""
    return tuple(_results(trial))


def _results(trial: Trial) -> Iterator[str]:
    current, future = trial.current, trial.future
    if isinstance(current, SimulationError):
        yield f"As the stream is now, it cannot be simulated. {current}"
    else:
        yield f"Now, {_spread(current)}"
    if isinstance(future, SimulationError):
        yield f"The future state cannot be simulated. {future}"
    elif future is not None:
        yield f"In the future state, {_spread(future)}"
    if isinstance(current, Simulation) and isinstance(future, Simulation):
        promised = gain_comparison(current, future)
        yield _gain(current, future) + ("" if promised is None else _promise(promised, current.stream))


def limited_stages(future: FutureState | None) -> tuple[str, ...]:
    """Name the stages with a limit on work in progress in a future state, which no simulation acts out."""
    steps = () if future is None else future.steps
    return tuple(step.change.stage for step in steps if isinstance(step.change, LimitLoad))


def limit_sentences(future: FutureState | None) -> tuple[str, ...]:
    """Say which limits on work in progress a simulation leaves out of a future state, and what they save by formula."""
    limited = limited_stages(future)
    if future is None or not limited:
        return ()
    rest = without_limits(future)
    without, its = (0.0, "stream") if rest is None else (rest.saves, "future state")
    left_out = (
        f"A limit on work in progress, as at {listed(limited)}, is not acted out: what is over it waits in front of "
        f"the stream, where no lead time counts it. The {its} is simulated without it"
    )
    if without is None or future.saves is None:
        return (f"{left_out}.",)
    return (f"{left_out}; by formula the limit saves {_signed(future.saves - without, future.current.stream)}.",)


def stopped_sentence(done: float) -> str:
    """Say that a simulation was ended before its end, `done` being the share of it that had run.

    >>> stopped_sentence(0.431)
    'Cancelled after 43.1% of the run; nothing of it is shown.'
    """
    return f"Cancelled after {percent(done)} of the run; nothing of it is shown."


def _promise(gain: Comparison, stream: ValueStream) -> str:
    return f" The formulas promise {_signed(gain.formula, stream)}."


def _spread(found: Simulation) -> str:
    definitions = found.stream.definitions
    half, most = (hours(found.percentile(share), definitions) for share in (0.5, 0.85))
    return (
        f"half of the items take up to {half} and 85% up to {most}; the mean is "
        f"{hours(found.lead_time.mean, definitions)}, with 99% certainty "
        f"{_range(found.lead_time.low_from_zero, found.lead_time.high, found.stream)}."
    )


def _between(estimate: Estimate, stream: ValueStream) -> str:
    return _range(estimate.low, estimate.high, stream)


def _range(least: float, most: float, stream: ValueStream) -> str:
    low, high = (_signed(value, stream) for value in (least, most))
    return f"between {low} and {high}" if low != high else f"about {low}"


def _signed(value: float, stream: ValueStream) -> str:
    words = hours(abs(value), stream.definitions)
    return f"−{words}" if value < 0 and hours(0, stream.definitions) != words else words


def _gain(current: Simulation, future: Simulation) -> str:
    saved, stream = current.lead_time - future.lead_time, current.stream
    if saved.holds(0.0):
        return (
            "The simulation does not tell the two apart: what the future state saves lies "
            f"{_between(saved, stream)}, and that may be nothing."
        )
    if saved.mean < 0:
        longer = Estimate(tuple(-hours for hours in saved.of_runs))
        return f"The future state takes {hours(longer.mean, stream.definitions)} longer, {_between(longer, stream)}."
    return (
        f"The future state saves {hours(saved.mean, stream.definitions)} "
        f"({percent(saved.mean / current.lead_time.mean)}), with 99% certainty {_between(saved, stream)}."
    )


def lead_time_table(trial: Trial) -> pd.DataFrame:
    """List mean, percentiles and load of each state that was simulated, in words."""
    states = {"Now": trial.current, "Future state": trial.future}
    columns = {name: _column(found) for name, found in states.items() if isinstance(found, Simulation)}
    rows = ("Mean lead time", "Half take up to", "85% take up to", "95% take up to", "Items in the stream")
    return pd.DataFrame({"Simulated": rows, **columns})


def _column(found: Simulation) -> list[str]:
    times = [found.lead_time.mean, *(found.percentile(share) for share in (0.5, 0.85, 0.95))]
    return [*(hours(time, found.stream.definitions) for time in times), number(found.load)]


def agreement_sentences(trial: Trial) -> tuple[str, ...]:
    """Say where formulas and simulation differ by more than the simulation's interval, why, and which to believe.

    Queues are those of the latest state. Empty where nothing was simulated.
    """
    latest = _latest(trial)
    if latest is None:
        return ()
    of_what = " on the stream as it is now" if isinstance(trial.future, SimulationError) else ""
    agree = (
        f"Formulas and simulation agree{of_what}: no figure differs by more than the simulation's interval, or by more "
        f"than {percent(WORTH_SAYING)} of the lead time."
    )
    return (*_differences(trial.current, trial.future), *_queue_differences(latest, latest is trial.future)) or (agree,)


def _latest(trial: Trial) -> Simulation | None:
    """Return the future state or, where it was not simulated, the current one."""
    return next((found for found in (trial.future, trial.current) if isinstance(found, Simulation)), None)


def _differences(current: object, future: object) -> Iterator[str]:
    if not isinstance(current, Simulation):
        return
    if isinstance(future, Simulation):
        yield from _difference("The gain in lead time", gain_comparison(current, future), current.stream)
    yield from _difference("The lead time now", lead_time_comparison(current), current.stream)


def _queue_differences(found: Simulation, in_future: bool) -> Iterator[str]:
    when = "in the future state" if in_future else "now"
    for i, stage in enumerate(found.stream.stages):
        what = f"The wait for people in front of {stage.name} {when}"
        yield from _difference(what, queue_comparison(found, i), found.stream)


def _difference(what: str, comparison: Comparison | None, stream: ValueStream) -> Iterator[str]:
    if comparison is None or not comparison.differs:
        return
    formula, simulated = (_signed(value, stream) for value in (comparison.formula, comparison.simulated.mean))
    yield (
        f"{what} is {formula} by formula and {simulated} by simulation ({_between(comparison.simulated, stream)}). "
        f"{_BELIEVE[comparison.believe]}: {'; '.join(_why(comparison))}."
    )


def _why(comparison: Comparison) -> Iterator[str]:
    for reason in comparison.reasons:
        further = reason is Reason.UNSETTLED and comparison.believe is Believe.SIMULATION
        yield _WHY[reason] + (", so that the truth lies even further from the formula" if further else "")


def assumption_sentences(trial: Trial) -> tuple[str, ...]:
    """Say what the simulation of the latest state rests on that nobody measured; empty where nothing was simulated."""
    latest = _latest(trial)
    if latest is None:
        return ()
    return (*_assumptions(latest), *(_contradictions(trial.current) if isinstance(trial.current, Simulation) else ()))


def _assumptions(found: Simulation) -> Iterator[str]:
    stream = found.stream
    yield (
        f"{count(found.items, 'item')} in {RUNS} runs were followed, after {found.before} in each run that filled the "
        f"queues. Intervals are of 99% certainty where runs spread evenly; in front of busy stages they do not, and "
        f"three to five in a hundred end too low. With the seed {found.seed} the same comes out each time."
    )
    arrivals = stream.stages[0].arrival_variation
    yield (
        "Items come at random (a coefficient of variation of 1), as nothing tells how they do."
        if arrivals is None
        else f"The time between two items varies as measured: its coefficient of variation is {number(arrivals)}."
    )
    yield from _variation(found)
    if any(stage.delay.mean for stage in found.stages):
        yield (
            "What busy people and batches do not explain of a wait is a delay that passes whatever the load, varying "
            "at random. A future state keeps it, where no change is about it."
        )
    if any(stage.delay.margin for stage in found.stages):
        yield "How long it is was found by a simulation, too, and the intervals hold how uncertain that leaves it."
    if found.without_people:
        yield (
            f"At {stage_names(stream, found.without_people)} items are taken up at once, as people or processing time "
            "are not known: no queue forms there, and the wait that is stated stays."
        )
    if stream.definitions.wait is WaitSide.AFTER:
        yield "The lead time begins with the first work on an item: what it waits before that is in no row of the data."
    if stream.measured is not None:
        yield "The times of a log contain its rework: an item passes each stage once, with the work of all its visits."
    if found.other_demand:
        names = stage_names(stream, found.other_demand)
        yield (
            f"Another demand than the stream's is stated at {names}. Where it is more, the rest comes at random from "
            "elsewhere and is gone again; where it is less, the rest of the items goes by, and lead times are of those "
            "that pass every stage."
        )


def _contradictions(current: Simulation) -> Iterator[str]:
    if current.less_wait_stated:
        yield (
            "Less wait than people, demand and batches lead to is stated at "
            f"{stage_names(current.stream, current.less_wait_stated)}, so that items wait longer in the simulation."
        )


def _variation(found: Simulation) -> Iterator[str]:
    measured = [
        f"{stage.name} ({number(stage.work_variation)})"
        for i, stage in enumerate(found.stream.stages)
        if stage.work_variation is not None and i not in found.without_people
    ]
    if measured:
        yield f"The work of a visit varies as measured, by its coefficient of variation: {listed(measured)}."
    if found.variation_assumed:
        yield (
            "How far the work of a visit varies is not known at "
            f"{stage_names(found.stream, found.variation_assumed)}: a coefficient of variation of 1 is assumed, which "
            "is much."
        )


def queue_table(found: Simulation) -> pd.DataFrame:
    """List each stage's queue by formula and by simulation, its utilisation and its load; hours unrounded."""
    compared = [queue_comparison(found, i) for i in range(len(found.stages))]
    return pd.DataFrame(
        {
            "Stage": [stage.name for stage in found.stream.stages],
            "Wait for people by formula (h)": _floats(c.formula if c else None for c in compared),
            "Simulated (h)": _floats(c.simulated.mean if c else None for c in compared),
            "From (h)": _floats(c.simulated.low_from_zero if c else None for c in compared),
            "To (h)": _floats(c.simulated.high if c else None for c in compared),
            "Utilisation": _floats(stage.utilisation for stage in found.stages),
            "Items there": _floats(stage.load for stage in found.stages),
        }
    )


def _floats(values: Iterable[float | None]) -> pd.Series[float]:
    return pd.Series(list(values), dtype="float64")
