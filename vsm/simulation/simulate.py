"""A value stream -> `Simulation`: several runs of its plan, measured after queues have filled."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from vsm.metrics import queues
from vsm.model import ValueStream
from vsm.simulation.delays import busy_by_formula, first_delays, kept_delays, left_delays, slower
from vsm.simulation.exact import exact_queues
from vsm.simulation.plan import MOST_VISITS, Obstacle, Plan, SimulationError, other_demand, plan_of
from vsm.simulation.result import RUNS, Estimate, Simulation, StageResult
from vsm.simulation.run import Run, Tally

DEFAULT_ITEMS, DEFAULT_SEED = 10_000, 1
FEWEST_ITEMS, MOST_ITEMS = 10 * RUNS, 100_000
"""Fewer items tell nothing; more are not offered, as they take minutes."""

OnProgress = Callable[[float], bool]
"""Is told which share is done, from 0 to 1; `False` from it stops the simulation."""


class CancelledError(Exception):
    """The simulation was stopped from outside before its end."""


def simulate(
    stream: ValueStream,
    *,
    current: Simulation | None = None,
    items: int = DEFAULT_ITEMS,
    seed: int = DEFAULT_SEED,
    on_progress: OnProgress = lambda _: True,
) -> Simulation:
    """Act out the stream until `items` items are delivered, in ten runs; the same seed gives the same result.

    The waits that the stream states are taken as observed: what its queues do not explain of them becomes a delay.
    Where no formula is exact for that, the stream is acted out once to find it, and then again. A future state is
    simulated with the simulation of the `current` one, whose delays it keeps where no change touches them. Raises
    `CancelledError` when `on_progress` says so, `SimulationError` where something is missing or a queue grows without
    end, and `ValueError` for fewer than `FEWEST_ITEMS` items. 10,000 items of ten stages take about 3 seconds.
    """
    if items < FEWEST_ITEMS:
        raise ValueError(f"A simulation needs at least {FEWEST_ITEMS} items.")
    begun = 0.0
    if current is not None:
        delays = kept_delays(stream, current.stream, [stage.delay for stage in current.stages])
    elif _known_by_formula(stream):
        delays = tuple(Estimate.exactly(delay) for delay in first_delays(stream))
    else:
        begun = 0.5
        delays = _delays_acted_out(stream, items, seed, lambda done: on_progress(begun * done))
    plan = plan_of(stream, [delay.mean for delay in delays])
    tallies = _acted_out(plan, items, seed, lambda done: on_progress(begun + (1 - begun) * done))
    return _result(stream, plan, delays, tallies, seed)


def _delays_acted_out(stream: ValueStream, items: int, seed: int, on_progress: OnProgress) -> tuple[Estimate, ...]:
    tallies = _acted_out(plan_of(stream, first_delays(stream)), items, seed, on_progress)
    return left_delays(stream, _queue_waits(stream, tallies))


def _known_by_formula(stream: ValueStream) -> bool:
    """Say whether formulas alone tell what people and companions make of each wait, so that no run has to."""
    exact = exact_queues(stream)
    return all(
        (stage.batch_size or 1) <= 1 and (i in exact or stage.people is None or stage.processing_time is None)
        for i, stage in enumerate(stream.stages)
    )


def _acted_out(plan: Plan, items: int, seed: int, on_progress: OnProgress) -> list[Tally]:
    each, tallies = items // RUNS, []
    _check_length(plan, each)
    for number in range(RUNS):
        run = Run(plan, each, (seed, number))
        for done in run.progress():
            if not on_progress((number + done) / RUNS):
                raise CancelledError
        tallies.append(run.tally)
    return tallies


def _check_length(plan: Plan, items: int) -> None:
    visits = RUNS * (plan.before + items / plan.complete) * sum(s.visits * s.asked for s in plan.stations)
    if visits > MOST_VISITS:
        raise SimulationError(
            Obstacle.TOO_LONG,
            f"So many items and repetitions make {visits:,.0f} visits to stages, and more than {MOST_VISITS:,} take "
            "minutes. Ask for fewer items, or look at smaller batches or better quality.",
        )


def _result(
    stream: ValueStream, plan: Plan, delays: Sequence[Estimate], tallies: Sequence[Tally], seed: int
) -> Simulation:
    lead_times = [tally.lead_times for tally in tallies]
    lead_time = _with_luck_of(delays, tallies, Estimate(tuple(sum(times) / len(times) for times in lead_times)))
    waits = {
        row: wait + _a_visit([tally.delayed[row] for tally in tallies], tallies, row)
        for row, wait in _queue_waits(stream, tallies).items()
    }
    people = [station.people is not None for station in plan.stations]
    return Simulation(
        stream=stream,
        seed=seed,
        items=sum(len(times) for times in lead_times),
        before=plan.before,
        stages=tuple(_stage(plan, tallies, i, delays[i], waits.get(i)) for i in range(len(plan.stations))),
        lead_time=lead_time,
        lead_times=tuple(sorted(time for times in lead_times for time in times)),
        load=lead_time.mean / plan.interval,
        unsettled=plan.unsettled,
        less_wait_stated=tuple(i for i, wait in waits.items() if _longer(wait, stream.stages[i].wait_time or 0.0)),
        without_people=tuple(i for i, known in enumerate(people) if not known),
        other_demand=other_demand(stream),
        variation_assumed=tuple(
            i for i, known in enumerate(people) if known and stream.stages[i].work_variation is None
        ),
    )


def _with_luck_of(delays: Sequence[Estimate], tallies: Sequence[Tally], lead_time: Estimate) -> Estimate:
    """Let each run have the delays that its own queues left of the waits stated, and not those of all runs together.

    The mean stays what it is. All runs were acted out with the mean delays, though a run whose luck made its queues
    long would have left less: without this, what is not known of the delays would be in no interval.
    """
    for i, delay in enumerate(delays):
        lead_time += (delay + -delay.mean) * _visits(tallies, i).mean
    return lead_time


def _visits(tallies: Sequence[Tally], index: int) -> Estimate:
    return Estimate(tuple(tally.visits[index] / len(tally.lead_times) for tally in tallies))


def _stage(plan: Plan, tallies: Sequence[Tally], index: int, delay: Estimate, wait: Estimate | None) -> StageResult:
    station, items = plan.stations[index], sum(len(tally.lead_times) for tally in tallies)
    worked = station.asked * sum(tally.worked[index] for tally in tallies) / items
    queued = station.asked * sum(tally.queued[index] for tally in tallies) / items
    return StageResult(
        queue_wait=None if station.people is None else _queued(tallies, index),
        batch_wait=_gathered(tallies, index),
        delay=delay,
        wait=wait,
        visits=_visits(tallies, index),
        utilisation=None if station.people is None else worked / (plan.interval * station.people),
        load=(worked + queued) / plan.interval,
    )


def _queue_waits(stream: ValueStream, tallies: Sequence[Tally]) -> Mapping[int, Estimate]:
    """Return, for each row that states a wait, what companions, busy people and slow ones make of it.

    What a formula knows exactly is taken from it and has no interval: any run would only add its chance to it.
    """
    exact, waits = exact_queues(stream), {}
    for queue in queues(stream):
        gathered = [_gathered(tallies, i) for i in queue.comes_from]
        busy = [
            Estimate.exactly(busy_by_formula(stream, i)) if i in exact else _queued(tallies, i) + slower(stream, i)
            for i in queue.waits_for
        ]
        waits[queue.stated_by] = _longest(gathered) + _longest(busy)
    return waits


def _longer(wait: Estimate, stated: float) -> bool:
    return wait.mean > stated and not wait.holds(stated)


def _longest(waits: Sequence[Estimate]) -> Estimate:
    return max(waits, key=lambda wait: wait.mean, default=Estimate.exactly(0.0))


def _queued(tallies: Sequence[Tally], index: int) -> Estimate:
    return _a_visit([tally.queued[index] for tally in tallies], tallies, index)


def _gathered(tallies: Sequence[Tally], index: int) -> Estimate:
    return _a_visit([tally.gathered[index] for tally in tallies], tallies, index)


def _a_visit(sums: Sequence[float], tallies: Sequence[Tally], index: int) -> Estimate:
    return Estimate(tuple(hours / tally.visits[index] for hours, tally in zip(sums, tallies, strict=True)))
