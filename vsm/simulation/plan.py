"""A value stream -> the plan of a simulation: stations with people, work, delays and batches; or why there is none.

The plan follows the same definitions as the formulas: people who are there half the time are slower, an item that is
sent back waits and is worked on again, and what is left of an observed wait is a delay whatever the load (`delays`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from math import ceil

from vsm.capacity import demand_at, servers, speed, stream_demand, visits_at
from vsm.model import ValueStream, WaitSide
from vsm.rework import Judgement, judgements, never_finish

FEWEST_BEFORE = 200
MOST_BEFORE = 3000
"""Items that pass before any is measured: at least and, where batches do not ask for more, at most."""
MOST_VISITS = 5_000_000
"""A simulation of more visits than this takes minutes and is refused."""


class Obstacle(Enum):
    """Why a stream cannot be simulated."""

    DEMAND = auto()
    PEOPLE = auto()
    NOBODY = auto()
    NEVER_FINISHES = auto()
    OVERLOADED = auto()
    TOO_LONG = auto()


class SimulationError(ValueError):
    """There is nothing to simulate, or no end to it; the message says what is missing, in a sentence for a person."""

    def __init__(self, obstacle: Obstacle, message: str, stages: tuple[int, ...] = ()) -> None:
        super().__init__(message)
        self.obstacle = obstacle
        self.stages = stages
        """Indices of the stages that are in the way."""


@dataclass(frozen=True, kw_only=True)
class Station:
    """One stage as it is simulated. Times in hours."""

    people: int | None
    """Who work side by side; `None`: everyone is served at once, as nothing is known of the people."""
    work: float
    """Mean time of a visit until the people are free again."""
    work_variation: float
    delay: float
    """Mean time that passes beside the stage's wait whatever the load."""
    batch: int
    """Items that leave together."""
    visits: float
    """Expected visits of an item."""
    asked: float
    """Items that ask for it over those that ask for the stream: what is above 1 comes from elsewhere and is gone again;
    below 1 this share of the stream's items pass it, and the others go by."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a simulation acts out. Times in hours."""

    stations: tuple[Station, ...]
    steps: tuple[tuple[int, ...], ...]
    judgements: tuple[Judgement, ...]
    interval: float
    """Mean time between two items that come to the stream."""
    arrival_variation: float
    waits_before: bool
    """Whether delays pass before the stage that states them; else behind it, and then the lead time begins with the
    first work, as the first queue is part of no row."""
    before: int
    """Items that pass before any is measured."""
    unsettled: tuple[int, ...]
    """Stages whose queue has not come to rest by then."""

    @property
    def complete(self) -> float:
        """Share of items that pass every stage, by none of them: only they are measured."""
        return min(1.0, *(station.asked for station in self.stations))

    def others(self, stage: int) -> float | None:
        """Return the mean time between two visits of a stage from elsewhere; `None` where there are none."""
        station = self.stations[stage]
        return self.interval / ((station.asked - 1) * station.visits) if station.asked > 1 else None


def plan_of(stream: ValueStream, delays: Sequence[float]) -> Plan:
    """Plan the simulation of a stream with the hours of delay for each of its rows.

    Raises `SimulationError` with what is missing.
    """
    demand = _demand(stream)
    _check_people(stream)
    interval = stream.definitions.hours_per_week / demand
    stations = tuple(_stations(stream, delays, demand))
    _check_demand(stream, stations)
    _check_load(stream, stations, interval)
    arrivals = stream.stages[0].arrival_variation
    settling = [_settling(station, interval) for station in stations]
    before = max(FEWEST_BEFORE, min(MOST_BEFORE, ceil(3 * max(settling))), 3 * max(s.batch for s in stations))
    return Plan(
        stations=stations,
        steps=stream.steps,
        judgements=judgements(stream),
        interval=interval,
        arrival_variation=1.0 if arrivals is None else arrivals,
        waits_before=stream.definitions.wait is WaitSide.BEFORE,
        before=before,
        unsettled=tuple(i for i, items in enumerate(settling) if 3 * items > before),
    )


def _demand(stream: ValueStream) -> float:
    stuck = never_finish(stream)
    if stuck:
        raise SimulationError(
            Obstacle.NEVER_FINISHES,
            f"No item ever gets past {_names(stuck)}, as too few are complete and accurate there, so there is no lead "
            "time to simulate.",
            tuple(i for i, stage in enumerate(stream.stages) if stage.name in stuck),
        )
    demand = stream_demand(stream)
    if not demand:
        raise SimulationError(
            Obstacle.DEMAND,
            "The simulation needs to know how many items a week ask for the stream, and nothing says so."
            if demand is None
            else "Nothing asks for the stream: with a demand of 0 items a week there is nothing to simulate.",
        )
    return demand


def _check_people(stream: ValueStream) -> None:
    working = [i for i, s in enumerate(stream.stages) if s.people is not None and s.processing_time is not None]
    if not working:
        raise SimulationError(
            Obstacle.PEOPLE,
            "The simulation needs the number of people and the processing time of at least one stage: without them no "
            "item ever waits for somebody to be free.",
        )
    nobody = tuple(i for i in working if stream.stages[i].processing_time and not speed(stream, i))
    if nobody:
        names = _names(stream.stages[i].name for i in nobody)
        raise SimulationError(Obstacle.NOBODY, f"Nobody works at {names}, so no item gets past.", nobody)


def _check_demand(stream: ValueStream, stations: tuple[Station, ...]) -> None:
    idle = tuple(i for i, station in enumerate(stations) if not station.asked)
    if idle:
        names = _names(stream.stages[i].name for i in idle)
        raise SimulationError(
            Obstacle.DEMAND,
            f"Nothing is asked of {names}: with a demand of 0 items a week there, no item passes every stage.",
            idle,
        )


def _check_load(stream: ValueStream, stations: tuple[Station, ...], interval: float) -> None:
    over = tuple(i for i, s in enumerate(stations) if s.people is not None and _load(s, interval) >= 1)
    if over:
        names = _names(stream.stages[i].name for i in over)
        raise SimulationError(
            Obstacle.OVERLOADED,
            f"More work is asked of {names} than the people there can do. The queue in front never reaches a steady "
            "state: it grows for as long as one watches, so a simulation has no lead time to tell.",
            over,
        )


def _load(station: Station, interval: float) -> float:
    """Return the utilisation of a station that has people."""
    return station.asked * station.visits * station.work / (interval * (station.people or 1))


def _settling(station: Station, interval: float) -> float:
    """Return how many items of the stream come until a queue has forgotten how it began.

    Formula: demand × relaxation time = ρ / (1 − √ρ)², times (1 + cs²)/2, of all that ask for the stage; 0 without a
    queue. Source: J. W. Cohen, The Single Server Queue (M/M/1).
    """
    if station.people is None or not station.work:
        return 0.0
    rho = _load(station, interval)
    return float((1 + station.work_variation**2) / 2 * rho / (1 - rho**0.5) ** 2 / station.asked)


def _stations(stream: ValueStream, delays: Sequence[float], demand: float) -> Iterator[Station]:
    for i, stage in enumerate(stream.stages):
        served = stage.people is not None and stage.processing_time is not None
        batch, own = max(1, round(stage.batch_size or 1)), demand_at(stream, i)
        work = stage.processing_time or 0.0
        yield Station(
            people=servers(stream, i) if served else None,
            work=work / speed(stream, i) if served and work else work,
            work_variation=1.0 if stage.work_variation is None else stage.work_variation,
            delay=delays[i] + (stage.undivided_time or 0.0),
            batch=batch,
            visits=visits_at(stream, i) or 1.0,
            # Where nobody waits for people or companions it makes no difference who else comes.
            asked=1.0 if own is None or not (served or batch > 1) else own / demand,
        )


def other_demand(stream: ValueStream) -> tuple[int, ...]:
    """Return the stages that state another demand than the stream's."""
    demand = stream_demand(stream)
    return tuple(i for i in range(len(stream.stages)) if demand_at(stream, i) not in (None, demand))


def _names(names: Iterator[str] | tuple[str, ...]) -> str:
    found = list(names)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"
