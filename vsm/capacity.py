"""A value stream with people and demand -> how busy each stage is, and what batches and capacity cost."""

from __future__ import annotations

from vsm.metrics import processing_time, wait_time
from vsm.model import Measured, ValueStream, WaitSide
from vsm.rework import expected_visits, never_finish, time_to_shorten

HOURS_OF_WEEK = 7 * 24
MOST_SERVERS = 1000
"""A larger team counts as one of so many, each of them faster: nobody waits for lack of people any more."""
USED_FOR_UTILISATION = ("people", "demand", "processing time")


def demand_at(stream: ValueStream, index: int) -> float | None:
    """Say how many items a week ask for stage `index`: its own figure, else the stream's. `None`: not known."""
    own = stream.stages[index].demand
    return own if own is not None else stream.definitions.demand


def stream_demand(stream: ValueStream) -> float | None:
    """Say how many items a week ask for the stream: the first stage's demand, else the first stated, or `None`."""
    return next((d for i in range(len(stream.stages)) if (d := demand_at(stream, i)) is not None), None)


def visits_at(stream: ValueStream, index: int) -> float | None:
    """Say how often an item passes stage `index`, 1 where no %C&A is stated. `None`: it never gets through."""
    if never_finish(stream):
        return None
    visits = expected_visits(stream)
    return 1.0 if visits is None else visits[index]


def weekly_hours(stream: ValueStream, index: int) -> float | None:
    """Multiply people by the hours each can work on this stage in a week. `None` when people are not stated.

    Formula: people × hours a day × days a week × availability. Unit: hours a week.
    """
    stage = stream.stages[index]
    if stage.people is None:
        return None
    share = 1.0 if stage.availability is None else stage.availability
    return stage.people * stream.definitions.hours_per_week * share


def work_per_item(stream: ValueStream, index: int) -> float | None:
    """Multiply processing time by expected visits: the hours of work one delivered item asks of the stage.

    Formula: v P. Unit: hours. `None` when P is not measured or nothing ever finishes.
    """
    work, visits = stream.stages[index].processing_time, visits_at(stream, index)
    return None if work is None or visits is None else work * visits


def weekly_capacity(stream: ValueStream, index: int) -> float | None:
    """Divide the stage's hours by the work per item: the items a week it can let through.

    Formula: people × available time / (v P). Unit: items a week; more is better. `None` when people or processing
    time are not known or the work is zero.

    >>> from vsm.model import Stage
    >>> weekly_capacity(ValueStream(stages=(Stage(name="a", processing_time=4, people=2),)), 0)
    20.0
    """
    hours, work = weekly_hours(stream, index), work_per_item(stream, index)
    return None if hours is None or not work else hours / work


def utilisation(stream: ValueStream, index: int) -> float | None:
    """Divide the work asked of a stage by the time its people have.

    Formula: ρ = λ v P / (people × available time). Unit: share, from 0; at 1 and above its queue grows without end.
    `None` when demand, people or processing time are not known. Source: Hopp, Spearman, Factory Physics.

    >>> from vsm.model import Definitions, Stage
    >>> utilisation(ValueStream(stages=(Stage(name="a", processing_time=4, people=1),),
    ...                         definitions=Definitions(demand=5)), 0)
    0.5
    """
    demand, hours, work = demand_at(stream, index), weekly_hours(stream, index), work_per_item(stream, index)
    if demand is None or hours is None or work is None:
        return None
    if hours == 0:
        return None
    return demand * work / hours


def missing_for_utilisation(stream: ValueStream, index: int) -> tuple[str, ...]:
    """Name what the utilisation of stage `index` cannot be computed without; empty when it is known.

    >>> from vsm.model import Stage
    >>> missing_for_utilisation(ValueStream(stages=(Stage(name="a", people=1),)), 0)
    ('demand', 'processing time')
    """
    stage = stream.stages[index]
    needed = (
        ("people", stage.people),
        ("demand", demand_at(stream, index)),
        ("processing time", stage.processing_time),
    )
    return tuple(name for name, value in needed if value is None)


def throughput(stream: ValueStream) -> float | None:
    """Say how many items a week leave the stream: what is asked, or less where a stage has no capacity for it.

    Formula: min(demand, smallest weekly capacity); in a log the finished items of whole weeks. Unit: items a week;
    more is better. `None` when the demand or the capacity of every stage is not known: a table of stages does not
    count finished items.
    """
    if stream.measured is not None:
        return stream.measured.throughput
    demand = stream_demand(stream)
    known = [c for i in range(len(stream.stages)) if (c := weekly_capacity(stream, i)) is not None]
    return None if demand is None or not known else min(demand, *known)


def load_by_littles_law(stream: ValueStream) -> float | None:
    """Multiply throughput by lead time, rework included: the items that must be in the stream if it is steady.

    Formula: L = λ W, W being the lead time with rework where %C&A is known; in a log W is elapsed time on any clock, as
    the load that it checks is a mean over every hour.
    Unit: items; a check of the data against a stated WIP, or the load of a log. `None` when throughput is not known, or
    processing or wait times are not at all; in a log also without its load. Source: J. D. C. Little (1961).
    """
    if stream.measured is not None:
        return _expected_load(stream.measured)
    rate, time = throughput(stream), time_to_shorten(stream)
    if rate is None or time is None or processing_time(stream) is None or wait_time(stream) is None:
        return None
    return rate * time / stream.definitions.hours_per_week


def _expected_load(measured: Measured) -> float | None:
    rate, time = measured.throughput, measured.elapsed_lead_time
    return None if rate is None or time is None or measured.flow_load is None else rate * time / HOURS_OF_WEEK


def takt_time(stream: ValueStream) -> float | None:
    """Divide the working time in a week by the items asked for in it.

    Formula: hours a week / demand. Unit: hours an item. `None` when demand is not known or 0. Source: Rother, Shook,
    Learning to See.

    >>> from vsm.model import Definitions, Stage
    >>> takt_time(ValueStream(stages=(Stage(name="a"),), definitions=Definitions(demand=20)))
    2.0
    """
    demand = stream_demand(stream)
    return stream.definitions.hours_per_week / demand if demand else None


def batch_wait(stream: ValueStream, index: int) -> float | None:
    """Work out how much of the queue behind stage `index` is items of one batch waiting for each other.

    Formula: (B − 1)/2 × interval between completions (`completion_interval`) until the batch is complete; plus
    (B − 1)/2 × P of the next step for their turn, as they arrive there together. Never more than the wait observed.
    Unit: hours, from 0; less is better. `None` when no batch size or no wait is stated.
    Source: Hopp, Spearman, Factory Physics (batching laws).

    >>> from vsm.model import Definitions, Stage
    >>> stages = (Stage(name="a", processing_time=1, wait_time=40, batch_size=5), Stage(name="b", processing_time=2))
    >>> batch_wait(ValueStream(stages=stages, definitions=Definitions(demand=20)), 0)
    8.0
    """
    observed = wait_behind(stream, index)
    if observed is None or stream.stages[index].batch_size is None:
        return None
    return min(batch_wait_by_formula(stream, index), observed)


def batch_wait_by_formula(stream: ValueStream, index: int) -> float:
    """Compute `batch_wait` without its bound by the wait observed, in hours; 0 without a batch."""
    companions = ((stream.stages[index].batch_size or 1) - 1) / 2
    if companions <= 0:  # parts of an item have nobody to wait for
        return 0.0
    turn = max((stream.stages[i].processing_time or 0 for i in next_step(stream, index)), default=0)
    return companions * (completion_interval(stream, index) + turn)


def completion_interval(stream: ValueStream, index: int) -> float:
    """Say how many hours lie between two items that a stage completes for the queue behind it, repetitions included.

    Formula: 1/(λ v) with the visits v by which that queue's wait is counted: those of the row that states it. So an
    item waits for companions as long in all, however often it comes again, as in a simulation. With no demand known,
    P/people as a lower bound. Unit: hours.
    """
    demand, row = demand_at(stream, index), wait_stated_behind(stream, index)
    if demand:
        visits = visits_at(stream, index if row is None else row)
        return stream.definitions.hours_per_week / (demand * (visits or 1.0))
    stage = stream.stages[index]
    return (stage.processing_time or 0) / (stage.people or 1)


def next_step(stream: ValueStream, index: int) -> tuple[int, ...]:
    """Return the indices of the stages that follow stage `index`; empty at the end."""
    position = stream.step_of[index]
    return stream.steps[position + 1] if position + 1 < len(stream.steps) else ()


def wait_stated_behind(stream: ValueStream, index: int) -> int | None:
    """Return the index of the row that states the queue behind stage `index`; `None` when no row does."""
    if stream.definitions.wait is WaitSide.AFTER:
        return index
    following = next_step(stream, index)
    return max(following, key=lambda i: stream.stages[i].wait_time or 0) if following else None


def wait_behind(stream: ValueStream, index: int) -> float | None:
    """Return the hours items wait behind stage `index`, before the next step. `None`: not measured."""
    row = wait_stated_behind(stream, index)
    return None if row is None else stream.stages[row].wait_time


def erlang_c(servers: int, rho: float) -> float:
    """Return the probability that an arrival has to wait with `servers` people at utilisation `rho` below 1.

    Formula: Erlang C, from Erlang B by its recursion. Range 0 to 1. Source: A. O. Allen, Probability, Statistics and
    Queueing Theory.

    >>> round(erlang_c(1, 0.5), 9)
    0.5
    """
    lost = 1.0
    for people in range(1, servers + 1):
        # Erlang B with one person more; powers and factorials would overflow from some 150 people on.
        lost = servers * rho * lost / (people + servers * rho * lost)
    return lost / (1 - rho * (1 - lost))


def queue_wait(servers: int, rho: float) -> float:
    """Return the expected wait in a queue as a multiple of the time a visit takes, all variability taken as 1.

    Formula (M/M/m): ErlangC(m, ρ) / (m (1 − ρ)).
    """
    return erlang_c(servers, rho) / (servers * (1 - rho))


def servers(stream: ValueStream, index: int) -> int:
    """Return how many people work side by side at stage `index`: whole ones, at least one, at most `MOST_SERVERS`."""
    return min(max(1, round(stream.stages[index].people or 1)), MOST_SERVERS)


def speed(stream: ValueStream, index: int) -> float:
    """Return how much of an hour's work each of the `servers` does in an hour: who is there half the time, half.

    Formula: people × availability / m. From 0; 1 where whole people are there all the time or nothing is known.
    """
    stage = stream.stages[index]
    if stage.people is None:
        return 1.0
    return stage.people * (1.0 if stage.availability is None else stage.availability) / servers(stream, index)


def variability(stream: ValueStream, index: int) -> float:
    """Return how much longer items wait than with exponential times, by the spread of arrivals and of work.

    Formula: (ca² + cs²)/2; a coefficient of variation that is not measured is assumed to be 1. From 0; less is better.

    >>> from vsm.model import Stage
    >>> variability(ValueStream(stages=(Stage(name="a", work_variation=0.0),)), 0)
    0.5
    """
    stage = stream.stages[index]
    arrivals = 1.0 if stage.arrival_variation is None else stage.arrival_variation
    work = 1.0 if stage.work_variation is None else stage.work_variation
    return (arrivals**2 + work**2) / 2


def wait_by_formula(stream: ValueStream, index: int) -> float | None:
    """Work out how long an item waits in front of stage `index` because its people are busy with others.

    Formula (Allen–Cunneen): ErlangC(m, ρ) / (m (1 − ρ)) × (ca² + cs²)/2 × P m / (people × availability), with m people
    rounded to whole ones; who is there half the time takes twice as long. Unit: hours a visit, from 0; less is better.
    `None` when utilisation is not known, and from 1 on, where no wait is steady. Used for changes only: an observed
    wait is scaled by the ratio after/before, never replaced. Source: A. O. Allen, Probability, Statistics and Queueing
    Theory.

    >>> from vsm.model import Definitions, Stage
    >>> wait_by_formula(ValueStream(stages=(Stage(name="a", processing_time=4, people=1),),
    ...                             definitions=Definitions(demand=5)), 0)
    4.0
    """
    stage = stream.stages[index]
    if not stage.people or stage.processing_time is None:
        return None
    rho = utilisation(stream, index)
    if rho is None or rho >= 1:
        return None
    longer = variability(stream, index)
    return queue_wait(servers(stream, index), rho) * longer * stage.processing_time / speed(stream, index)
