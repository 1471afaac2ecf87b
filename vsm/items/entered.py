"""Events that mark entering a status -> the stretches that items spent in stages, block by block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vsm.items.log import OPEN, UNKNOWN, Codes, Visits
from vsm.items.runs import first_of_run, last_of_run
from vsm.items.statuses import Status, StatusKind, is_of, stage_codes, tell_work_from_waiting
from vsm.worktime import Times


@dataclass(frozen=True, kw_only=True, eq=False)
class Meaning:
    """What statuses mean, one flag or code for each."""

    ending: NDArray[np.bool_]
    cancels: NDArray[np.bool_]
    waits: NDArray[np.bool_]
    stage: Codes
    interrupts: NDArray[np.bool_]
    """It waits, and its stage is one in which work is done, too: no stage of waiting alone."""
    has_done: bool
    goes_on: NDArray[np.bool_]
    """An item whose last status it is is not finished; asked where nothing is done."""
    divided: bool
    day: int
    """What a finish is put off by, to the end of its day."""

    @classmethod
    def of(cls, statuses: Sequence[Status], stages: tuple[str, ...], day: int, goes_on: frozenset[str]) -> Meaning:
        """Take the meaning of statuses in a flow of stages; an item goes on in those that are named."""
        stage, active = stage_codes(statuses, stages), is_of(statuses, StatusKind.ACTIVE)
        return cls(
            ending=is_of(statuses, StatusKind.DONE, StatusKind.CANCELLED),
            cancels=is_of(statuses, StatusKind.CANCELLED),
            waits=is_of(statuses, StatusKind.WAIT),
            stage=stage,
            interrupts=is_of(statuses, StatusKind.WAIT) & np.isin(stage, stage[active]),
            has_done=bool(is_of(statuses, StatusKind.DONE).any()),
            goes_on=np.array([s.name in goes_on for s in statuses], dtype=bool),
            divided=tell_work_from_waiting(statuses),
            day=day,
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Fates:
    """What became of the items; filled in block by block."""

    begun: Times
    finished: Times
    cancelled: NDArray[np.bool_]

    @classmethod
    def of(cls, count: int) -> Fates:
        """Begin with items of which nothing is known."""
        return cls(
            begun=np.full(count, OPEN, dtype=np.int64),
            finished=np.full(count, OPEN, dtype=np.int64),
            cancelled=np.zeros(count, dtype=bool),
        )


def stretches(meaning: Meaning, fates: Fates, item: Codes, status: Codes, time: Times, person: Codes) -> Visits:
    """Turn the sorted events of some whole items into stretches, and fill in what became of the items."""
    changes = np.flatnonzero(first_of_run(item, status))
    item, status, time, person = item[changes], status[changes], time[changes], person[changes]
    first, last = first_of_run(item), last_of_run(item)
    ending = meaning.ending[status]
    trailing = _trailing(last, ending)
    closes = trailing & (first | np.concatenate(([True], ~trailing[:-1]))[: len(item)])
    closing_time = time + meaning.day * closes if meaning.day else time

    fates.begun[item[first]] = time[first]
    fates.cancelled[item[last]] = meaning.cancels[status[last]]
    ends_here = (closes if meaning.has_done else last & ~meaning.goes_on[status]) & ~fates.cancelled[item]
    fates.finished[item[ends_here]] = time[ends_here] + meaning.day

    stage = _where_next(_where_interrupted(meaning, first, status), ending & ~trailing)
    end = np.empty(len(time), dtype=np.int64)
    end[:-1] = closing_time[1:]
    stays = meaning.has_done | meaning.goes_on[status[last]]
    end[last] = np.where(stays, OPEN, time[last] + meaning.day)
    stay = np.flatnonzero(~trailing & (stage != UNKNOWN))
    # Several ending statuses in a row are one end, and what an item begins with is none.
    ended = ending & ~trailing
    reopens = ended & ~first & ~np.concatenate(([False], ended[:-1]))[: len(item)]
    return Visits(
        item=item[stay],
        stage=stage[stay],
        reopens=reopens[stay],
        waiting=(ending | meaning.waits[status])[stay] & meaning.divided,
        enters=first_of_run(item[stay], stage[stay]) | reopens[stay],
        start=time[stay],
        end=end[stay],
        person=person[stay],
    )


def _where_interrupted(meaning: Meaning, first: NDArray[np.bool_], status: Codes) -> Codes:
    """Give each row its stage; a wait between two rows of one stage interrupts it and takes that stage.

    Several waits in a row are one interruption. `first` marks the first row of each item.
    """
    stage, waits = meaning.stage[status], meaning.waits[status]
    asked = np.flatnonzero(meaning.interrupts[status])
    if not len(asked):
        return stage
    rows = np.arange(len(status))
    item = np.cumsum(first, dtype=np.int32)
    before = np.maximum.accumulate(np.where(waits, 0, rows))[asked]
    behind = np.minimum.accumulate(np.where(waits, len(rows) - 1, rows)[::-1])[::-1][asked]
    works = ~(waits | meaning.ending[status])
    returns = works[before] & works[behind] & (item[before] == item[asked]) & (item[behind] == item[asked])
    returns &= (stage[before] == stage[behind]) & (stage[before] != UNKNOWN)
    stage[asked[returns]] = stage[before[returns]]
    return stage


def _where_next(stage: Codes, passed_over: NDArray[np.bool_]) -> Codes:
    """Give rows that are passed over the stage of the next row that is not; there always is one."""
    if not passed_over.any():
        return stage
    here = np.where(passed_over, len(stage), np.arange(len(stage)))
    following: NDArray[np.int64] = np.minimum.accumulate(here[::-1])[::-1]
    return stage[following]


def _trailing(last: NDArray[np.bool_], ending: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Mark the run of ending statuses that each item's events close with, if they do."""
    going_on = np.cumsum(~ending, dtype=np.int32)
    rows = np.diff(np.concatenate(([-1], np.flatnonzero(last))))
    return np.asarray(ending & (going_on == np.repeat(going_on[last], rows)))
