"""A plan and a seed -> one run: items come, wait for people and companions, are worked on, sent back and delivered."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from itertools import repeat

import numpy as np
import simpy

from vsm.simulation.plan import Plan, Station

_EVENTS_AT_ONCE = 4000
"""So many events pass between two looks at how far the run is: some 20 ms."""
_DRAWN_AT_ONCE = 256
_ARRIVAL, _WORK, _DELAY, _JUDGE, _OTHERS, _SENT = range(6)

_Process = Generator[simpy.Event, object, None]


@dataclass(kw_only=True)
class Tally:
    """What items went through: the hours of all visits, summed for each stage, and the lead time of each item."""

    queued: list[float]
    """Waiting in front until somebody is free."""
    gathered: list[float]
    """Waiting behind for the companions of a batch."""
    delayed: list[float]
    worked: list[float]
    visits: list[int]
    lead_times: list[float] = field(default_factory=list)

    @classmethod
    def of(cls, stages: int) -> Tally:
        """Return an empty tally for so many stages."""
        zeros = [0.0] * stages
        return cls(queued=zeros[:], gathered=zeros[:], delayed=zeros[:], worked=zeros[:], visits=[0] * stages)


class _Batch:
    """Items that wait for each other and then stay together until the next stage takes them up."""

    def __init__(self, env: simpy.Environment) -> None:
        self.full = env.event()
        self.items = 0
        self.delays: dict[int, float] = {}


@dataclass
class _Item:
    tally: Tally
    batch: _Batch | None = None
    """The companions with which it left the stage before."""
    begun: float | None = None
    luck: float = 0.0
    """From 0 to 1: the item passes the stages that at least this share of items is sent to."""


class Run:
    """One run of a plan; `progress` advances it. Equal seeds give equal runs."""

    def __init__(self, plan: Plan, items: int, seed: tuple[int, ...]) -> None:
        stations = plan.stations
        self.tally, self._before = Tally.of(len(stations)), Tally.of(len(stations))
        self._plan, self._items = plan, items
        self._env = env = simpy.Environment()
        self._people = [None if s.people is None else simpy.Resource(env, capacity=s.people) for s in stations]
        self._gathering = [_Batch(env) for _ in stations]
        # A source of chance for each purpose: what changes at one stage leaves the luck of the others as it was.
        self._arrival = _times(plan.interval, plan.arrival_variation, (*seed, _ARRIVAL))
        self._work = [_times(s.work, s.work_variation, (*seed, _WORK, i)) for i, s in enumerate(stations)]
        self._delay = [_times(s.delay, 1.0, (*seed, _DELAY, i)) for i, s in enumerate(stations)]
        self._others = [
            None if (interval := plan.others(i)) is None else _times(interval, 1.0, (*seed, _OTHERS, i))
            for i in range(len(stations))
        ]
        self._sent = repeat(0.0) if plan.complete == 1 else _shares((*seed, _SENT))
        self._judge = [_shares((*seed, _JUDGE, i)) for i in range(len(plan.judgements))]

    def progress(self) -> Iterator[float]:
        """Run until every measured item is delivered; says from time to time which share of all items is."""
        self._env.process(self._arrivals())
        for stage, times in enumerate(self._others):
            if times is not None:
                self._env.process(self._from_elsewhere(stage, times))
        delivered, all_items = self.tally.lead_times, self._plan.before + self._items / self._plan.complete
        while len(delivered) < self._items:
            for _ in range(_EVENTS_AT_ONCE):
                self._env.step()
            yield min(1.0, (len(delivered) + len(self._before.lead_times)) / all_items)

    def _arrivals(self) -> _Process:
        """Let items come for as long as the run lasts, so that no queue and no batch runs dry at its end.

        Measured are those that come after the first `plan.before` and pass every stage, no more than asked for.
        """
        left, complete = self._items, self._plan.complete
        for number, (hours, luck) in enumerate(zip(self._arrival, self._sent, strict=False)):
            yield self._env.timeout(hours)
            measured = number >= self._plan.before and luck < complete and left > 0
            left -= measured
            self._env.process(self._deliver(_Item(self.tally if measured else self._before, luck=luck)))

    def _from_elsewhere(self, stage: int, times: Iterator[float]) -> _Process:
        """Let items come to one stage that are no items of the stream; nothing of them is measured."""
        for hours in times:
            yield self._env.timeout(hours)
            self._env.process(self._visit(stage, _Item(self._before)))

    def _deliver(self, item: _Item) -> _Process:
        steps, position = self._plan.steps, 0
        if self._plan.waits_before:
            item.begun = self._env.now
        while position < len(steps):
            if len(steps[position]) == 1:
                yield from self._visit(steps[position][0], item)
            else:
                yield from self._fork(steps[position], item)
            position = self._next(position)
            if position == len(steps):
                position = self._next(position)
        item.tally.lead_times.append(self._env.now - (item.begun or 0.0))

    def _fork(self, step: tuple[int, ...], item: _Item) -> _Process:
        """Visit parallel stages at the same time; the item goes on when the last of them is done with it."""
        parts = [_Item(item.tally, item.batch, item.begun, item.luck) for _ in step]
        yield self._env.all_of([self._env.process(self._visit(i, part)) for i, part in zip(step, parts, strict=True)])
        item.begun = min(part.begun or 0.0 for part in parts)
        item.batch = None

    def _visit(self, stage: int, item: _Item) -> _Process:
        station, tally, env = self._plan.stations[stage], item.tally, self._env
        if item.luck >= station.asked:
            return
        tally.visits[stage] += 1
        if self._plan.waits_before:
            yield from self._pass_time(stage, station, item)
        people, asked = self._people[stage], env.now
        request = None if people is None else people.request()
        if request is not None:
            yield request
            tally.queued[stage] += env.now - asked
        if item.begun is None:
            item.begun = env.now
        work = next(self._work[stage])
        tally.worked[stage] += work
        yield env.timeout(work)
        if people is not None and request is not None:
            people.release(request)
        item.batch = None
        if station.batch > 1:
            yield from self._gather(stage, station, item)
        if not self._plan.waits_before:
            yield from self._pass_time(stage, station, item)

    def _gather(self, stage: int, station: Station, item: _Item) -> _Process:
        """Wait until the batch is complete; the last item sends it off."""
        item.batch, since = self._gathering[stage], self._env.now
        item.batch.items += 1
        if item.batch.items == station.batch:
            item.batch.full.succeed()
            self._gathering[stage] = _Batch(self._env)
        yield item.batch.full
        item.tally.gathered[stage] += self._env.now - since

    def _pass_time(self, stage: int, station: Station, item: _Item) -> _Process:
        """Let the delay of a stage pass, which is one for all items of a batch."""
        if not station.delay:
            return
        if item.batch is None:
            delay = next(self._delay[stage])
        elif stage in item.batch.delays:
            delay = item.batch.delays[stage]
        else:
            delay = item.batch.delays[stage] = next(self._delay[stage])
        item.tally.delayed[stage] += delay
        yield self._env.timeout(delay)

    def _next(self, position: int) -> int:
        """Return the step after the one at `position`: the next, or one that the item is sent back to."""
        judgement = self._plan.judgements[position]
        if not judgement.back:
            return position + 1
        luck = next(self._judge[position])
        for target, share in judgement.back:
            if luck < share:
                return target
            luck -= share
        return position + 1


def _times(mean: float, variation: float, seed: tuple[int, ...]) -> Iterator[float]:
    """Draw times from a gamma distribution; a coefficient of variation of 1 makes it exponential, 0 constant."""
    if not mean or not variation:
        yield from repeat(mean)
    rng, shape = np.random.default_rng(seed), (1 / variation**2 if variation else 1.0)
    while True:
        yield from rng.gamma(shape, mean / shape, _DRAWN_AT_ONCE).tolist()


def _shares(seed: tuple[int, ...]) -> Iterator[float]:
    """Draw numbers from 0 to 1."""
    rng = np.random.default_rng(seed)
    while True:
        yield from rng.random(_DRAWN_AT_ONCE).tolist()
