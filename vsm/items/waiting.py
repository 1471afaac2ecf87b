"""A log that names people -> why items waited: each wait in front of a visit divided by cause, and handoffs.

After K. Lashkevich et al., "Why Am I Waiting?": what the person who then took the item did meanwhile. All times are
elapsed ones, as hours off are one of the causes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vsm.items.batches import batches_of
from vsm.items.log import UNKNOWN, Codes, Log
from vsm.items.order import by_item
from vsm.items.timelines import Timeline, Whole, Windows, Work, one_at_a_time
from vsm.worktime import SECOND, Calendar, Times, WorkingClock

_HOUR = 3600 * SECOND


@dataclass(frozen=True, kw_only=True)
class WorkingHours:
    """When people can work. A person's hours are all of their calendars together, which do not overlap."""

    everyone: tuple[Calendar, ...] = ()
    """Of those not named below; empty: not known, and then no wait counts as unavailability."""
    people: Mapping[str, tuple[Calendar, ...]] = field(default_factory=dict)

    def of(self, person: str) -> tuple[Calendar, ...]:
        """Return the calendars of a person."""
        return self.people.get(person, self.everyone)


@dataclass(frozen=True, kw_only=True, eq=False)
class Waits:
    """Waits that ended in a visit, divided by cause; columns of one length, by item and start, microseconds.

    batching + contention + prioritisation + unavailability + rest = start - ready, exactly. Where the person is not
    named, all is rest.
    """

    row: Whole
    """The visit that the wait ended in, as a row of the log's visits."""
    item: Codes
    stage: Codes
    person: Codes
    """Who took the item; `UNKNOWN` where not named."""
    ready: Times
    start: Times
    batching: Whole
    """Until the last of the items that were then handled together was ready."""
    contention: Whole
    """While the person worked on something that was ready earlier."""
    prioritisation: Whole
    """While the person worked on something that was ready later."""
    unavailability: Whole
    """Outside the person's working hours."""
    rest: Whole

    def __len__(self) -> int:
        return len(self.row)


def divided_waits(log: Log, hours: WorkingHours) -> Waits:
    """Divide each wait in front of a visit by its causes, the first that holds: batching before contention and so on.

    An item is ready when its last visit ended, or when it came into a status that waits for the stage. Items are
    handled together when the same person takes them in the same stage one right after the other or at once, all being
    ready by then; one right after the other only if the person was free before the last of them was ready, as else it
    is a queue. Companions count as earlier or later by when they were ready, all else by when the batch was.
    """
    v, ready = log.visits, _ready(log)
    start = np.minimum(v.start, log.as_of)
    begun = ~v.waiting & (v.start <= log.as_of)
    worked = np.flatnonzero(begun & (v.person != UNKNOWN))
    worked = worked[by_item(v.person[worked], v.start[worked], ready[worked])]
    work = Work(
        person=v.person[worked],
        start=v.start[worked],
        end=np.minimum(v.end[worked], log.as_of),
        ready=ready[worked],
    )
    meanwhile = _Meanwhile(work, _Duty(log, hours, int(ready.min()) if len(ready) else log.as_of))
    batch = batches_of(work, v.stage[worked], v.item[worked], meanwhile.free)
    complete, together = start.copy(), start.copy()
    complete[worked], together[worked] = batch.complete, batch.first
    row = np.flatnonzero(begun & (ready < start))
    known = v.person[row] != UNKNOWN
    named = row[known]
    # Before the batch's turn everything is measured by when the batch was ready, within it by the item itself.
    windows = Windows(
        person=np.tile(v.person[named], 2),
        start=np.concatenate((complete[named], together[named])),
        end=np.concatenate((together[named], start[named])),
    )
    parts = meanwhile.parts(windows, np.concatenate((complete[named], ready[named])))
    contention, prioritisation, unavailability = (_spread(known, p.reshape(2, -1).sum(axis=0)) for p in parts)
    batching = _spread(known, complete[named] - ready[named])
    wait = start[row] - ready[row]
    return Waits(
        row=row,
        item=v.item[row],
        stage=v.stage[row],
        person=v.person[row],
        ready=ready[row],
        start=start[row],
        batching=batching,
        contention=contention,
        prioritisation=prioritisation,
        unavailability=unavailability,
        rest=wait - batching - contention - prioritisation - unavailability,
    )


def _ready(log: Log) -> Times:
    """Return since when each row's item was ready for it: the start of the waits right in front, else its own."""
    v = log.visits
    goes_on = np.zeros(len(v), dtype=bool)
    goes_on[1:] = v.waiting[:-1] & ~v.reopens[1:] & (v.item[1:] == v.item[:-1]) & (v.stage[1:] == v.stage[:-1])
    begins = np.maximum.accumulate(np.where(goes_on, 0, np.arange(len(v))))
    return np.minimum(v.start[begins], log.as_of)


def _spread(known: NDArray[np.bool_], values: Whole) -> Whole:
    result = np.zeros(len(known), dtype=np.int64)
    result[known] = values
    return result


class _Meanwhile:
    """What people did in windows of time."""

    def __init__(self, work: Work, duty: _Duty) -> None:
        self._work, self._duty = one_at_a_time(work), duty
        self._off_at_start = duty.off(self._work.person, self._work.start)
        self._off_at_end = duty.off(self._work.person, self._work.end)

    def parts(self, windows: Windows, limit: Times) -> tuple[Whole, Whole, Whole]:
        """Return the time at work on what was ready by the limit, at other work, and off without work."""
        # Most windows are empty, as few waits are for a batch.
        takes_time = windows.end > windows.start
        some = Windows(person=windows.person[takes_time], start=windows.start[takes_time], end=windows.end[takes_time])
        work, timeline = self._work, Timeline(self._work, some)
        busy = timeline.total(work.start, work.end, some.start, some.end)
        earlier = timeline.ready_by(limit[takes_time])
        off = self._off(timeline, some)
        return _spread(takes_time, earlier), _spread(takes_time, busy - earlier), _spread(takes_time, off)

    def free(self, windows: Windows) -> Whole:
        """Return the time neither at work nor off."""
        work, timeline = self._work, Timeline(self._work, windows)
        busy = timeline.total(work.start, work.end, windows.start, windows.end)
        return windows.end - windows.start - busy - self._off(timeline, windows)

    def _off(self, timeline: Timeline, windows: Windows) -> Whole:
        begin, close = (self._duty.off(windows.person, times) for times in (windows.start, windows.end))
        return close - begin - timeline.total(self._off_at_start, self._off_at_end, begin, close)


class _Duty:
    """Positions on each person's own clock of hours off."""

    def __init__(self, log: Log, hours: WorkingHours, first: int) -> None:
        found = [hours.of(person) for person in log.people]
        different = list(dict.fromkeys(found))
        self._schedule = np.array([different.index(calendars) for calendars in found], dtype=np.int64)
        self._clocks = [[WorkingClock(c, first, log.as_of) for c in calendars] for calendars in different]

    def off(self, person: Codes, times: Times) -> Whole:
        """Return microseconds such that differences are the time off between; 0 where hours are unknown."""
        result = np.zeros(len(times), dtype=np.int64)
        for code, clocks in enumerate(self._clocks):
            if clocks:
                here = np.flatnonzero(self._schedule[person] == code)
                worked = [np.rint(clock.position(times[here]) * SECOND).astype(np.int64) for clock in clocks]
                result[here] = times[here] - np.sum(worked, axis=0)
        return result


CAUSES = ("batching", "contention", "prioritisation", "unavailability", "rest")


def causes_by_stage(log: Log, waits: Waits, hours: WorkingHours) -> pd.DataFrame:
    """Sum up waits by the stage they stood in front of, in flow order.

    Columns: stage (str), waits, named (int64: waits, and those whose person is named), wait, batching, contention,
    prioritisation, unavailability, rest (hours; unavailability is NaN where nobody's working hours are known).
    """
    count = len(log.stages)
    table = {
        "stage": pd.array(list(log.stages), dtype="str"),
        "waits": np.bincount(waits.stage, minlength=count),
        "named": np.bincount(waits.stage[waits.person != UNKNOWN], minlength=count),
    }
    sums = {cause: _hours(waits.stage, getattr(waits, cause), count) for cause in CAUSES}
    whole = {"wait": np.sum(list(sums.values()), axis=0)} | sums
    if not any(hours.of(person) for person in log.people):
        whole["unavailability"] = np.full(count, np.nan)
    return pd.DataFrame(table | whole)


def _hours(code: Codes, value: Whole, count: int) -> NDArray[np.float64]:
    return np.bincount(code, weights=value, minlength=count) / _HOUR


@dataclass(frozen=True, kw_only=True, eq=False)
class Handoffs:
    """How often an item passed from one person to another, from one visit to the next; unnamed people left out."""

    pairs: pd.DataFrame
    """The most frequent: giver, taker (str), count (int64)."""
    count: int
    moves: int
    """Visits that follow another of their item, both with a person."""


def handoffs(log: Log, most: int = 50) -> Handoffs:
    """Count handoffs between people."""
    v = log.visits
    rows = np.flatnonzero(~v.waiting & (v.person != UNKNOWN))
    item, person = v.item[rows], v.person[rows].astype(np.int64)
    follows = item[1:] == item[:-1]
    changes = np.flatnonzero(follows & (person[1:] != person[:-1]))
    people = max(len(log.people), 1)
    pairs, counts = np.unique(person[changes] * people + person[changes + 1], return_counts=True)
    top = np.argsort(-counts, kind="stable")[:most]
    names = np.array(log.people, dtype=object)
    table = {
        "giver": pd.array(names[pairs[top] // people], dtype="str"),
        "taker": pd.array(names[pairs[top] % people], dtype="str"),
        "count": counts[top],
    }
    return Handoffs(pairs=pd.DataFrame(table), count=len(changes), moves=int(follows.sum()))


def people_by_stage(log: Log) -> tuple[int, ...]:
    """Count the different people who worked in each stage, in flow order."""
    v, stages = log.visits, len(log.stages)
    rows = np.flatnonzero(~v.waiting & (v.person != UNKNOWN))
    pairs = np.unique(v.person[rows].astype(np.int64) * stages + v.stage[rows])
    return tuple(np.bincount(pairs % max(stages, 1), minlength=stages).tolist())
