"""Rows with a status, a start and an end -> a `Log`: some work, some wait, and some say that an item is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from vsm.items.build import Names, Rows, from_intervals
from vsm.items.log import OPEN, UNKNOWN, Codes, Log, Visits
from vsm.items.runs import last_of_run
from vsm.items.statuses import Status, StatusKind, is_of, stage_codes
from vsm.worktime import DAY, Times

_NEVER = int(np.iinfo(np.int64).min)


def from_rows_in_statuses(
    names: Names,
    statuses: Sequence[Status],
    stages: tuple[str, ...],
    rows: Rows,
    *,
    status: Codes,
    start: Times,
    end: Times,
    enqueued: Times | None = None,
    repeats_are_one: bool = False,
    ends_of_days: bool = False,
) -> Log:
    """Build a log as `from_intervals` does, of the rows in statuses that work or wait.

    An item is finished, or cancelled, at the start of the first row that says so and behind which no other row of it
    starts; without one, at the end of its last row. What is still open ends with its item; time between the end of its
    last row and its own is a wait there. `end` may be `OPEN`.
    """
    counts = np.flatnonzero(is_of(statuses, StatusKind.ACTIVE, StatusKind.WAIT)[status])
    log = from_intervals(
        names,
        stages,
        rows.only(counts),
        stage=stage_codes(statuses, stages)[status[counts]],
        start=start[counts],
        end=end[counts],
        enqueued=None if enqueued is None else enqueued[counts],
        waits=is_of(statuses, StatusKind.WAIT)[status[counts]],
        repeats_are_one=repeats_are_one,
        ends_of_days=ends_of_days,
    )
    said = np.flatnonzero(is_of(statuses, StatusKind.DONE, StatusKind.CANCELLED)[status])
    if not len(said):
        return log
    cancels = is_of(statuses, StatusKind.CANCELLED)[status[said]]
    log = _ended(log, _Ends.of(log, rows.item[said], start[said], cancels, DAY if ends_of_days else 0))
    count = len(names.items)
    return replace(
        log,
        begun=_earliest(log.begun, rows.item[said], start[said]),
        item_type=rows.types_of_items(count),
        item_teams=rows.teams_of_items(),
        moved_by=rows.people_of_items(),
        finish_assumed=not is_of(statuses, StatusKind.DONE).any(),
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class _Ends:
    """What rows say of the ends of items; one value for each item."""

    at: Times
    """`OPEN` where no row says that it ended."""
    cancelled: NDArray[np.bool_]

    @classmethod
    def of(cls, log: Log, item: Codes, time: Times, cancels: NDArray[np.bool_], day: int) -> _Ends:
        """Take the rows behind which no other of their item starts; a finish is put off by the length of a `day`."""
        count = len(log.items)
        behind = np.flatnonzero(time >= _latest(log.visits.start, log.visits.item, count)[item])
        item, time, cancels = item[behind], time[behind], cancels[behind]
        first = _earliest(np.full(count, OPEN, dtype=np.int64), item, time)
        cancelled = np.zeros(count, dtype=bool)
        cancelled[item[cancels & (time == _latest(time, item, count)[item])]] = True
        return cls(at=first + day * (first != OPEN), cancelled=cancelled)


def _ended(log: Log, ends: _Ends) -> Log:
    at = ends.at[log.visits.item]
    visits = replace(log.visits, end=np.where(log.visits.end == OPEN, at, log.visits.end))
    last_end = _latest(visits.end, visits.item, len(log.items))
    told = ends.at != OPEN
    finished = np.where(told, np.maximum(ends.at, last_end), log.finished)
    return replace(
        log,
        visits=_waiting_for_the_end(visits, np.where(told, finished, _NEVER), last_end),
        finished=np.where(ends.cancelled, OPEN, finished),
        cancelled=ends.cancelled,
        as_of=max(log.as_of, int(finished[told].max(initial=0))),
    )


def _waiting_for_the_end(visits: Visits, at: Times, last_end: Times) -> Visits:
    """Put a wait behind the last stretch of items that ended later than it; `last_end` has one value for each item."""
    waits = last_of_run(visits.item) & (at[visits.item] > last_end[visits.item])
    source = np.repeat(np.arange(len(visits)), 1 + waits)
    added = np.append(False, source[1:] == source[:-1])[: len(source)]
    columns = {field.name: getattr(visits, field.name)[source] for field in fields(Visits)}
    item = columns["item"]
    columns["start"] = np.where(added, last_end[item], columns["start"])
    columns["end"] = np.where(added, at[item], columns["end"])
    return Visits(
        **columns
        | {
            "waiting": columns["waiting"] | added,
            "enters": columns["enters"] & ~added,
            "reopens": columns["reopens"] & ~added,
            "person": np.where(added, np.int32(UNKNOWN), columns["person"]),
        }
    )


def _latest(times: Times, item: Codes, count: int) -> Times:
    result = np.full(count, _NEVER, dtype=np.int64)
    np.maximum.at(result, item, times)
    return result


def _earliest(known: Times, item: Codes, times: Times) -> Times:
    result = known.copy()
    np.minimum.at(result, item, times)
    return result
