"""Rows with a status, a start and an end -> a `Log`: some work, some wait, and some say that an item is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from vsm.items.build import Names, Rows, from_intervals
from vsm.items.log import OPEN, UNKNOWN, Codes, Log, Visits
from vsm.items.order import by_item
from vsm.items.runs import first_of_run, last_of_run
from vsm.items.statuses import Status, StatusKind, is_of, stage_codes
from vsm.worktime import DAY, Times

NEVER = int(np.iinfo(np.int64).min)
"""A time before all others."""


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
    last row and its own is a wait there. A row behind one that says so opens the item again. `end` may be `OPEN`.
    """
    told = told_apart(
        len(names.items), statuses, stages, rows,
        status=status, start=start, end=end, enqueued=enqueued, ends_of_days=ends_of_days,
    )  # fmt: skip
    log = from_intervals(
        names,
        stages,
        told.rows,
        stage=told.stage,
        start=told.start,
        end=told.end,
        enqueued=told.asked,
        waits=told.waits,
        reopens=told.reopens,
        repeats_are_one=repeats_are_one,
        ends_of_days=ends_of_days,
    )
    if told.ends is None:
        return log
    return replace(
        _ended(log, told.ends),
        begun=np.minimum(log.begun, told.ends.since),
        item_type=rows.types_of_items(len(names.items)),
        item_teams=rows.teams_of_items(),
        moved_by=rows.people_of_items(),
        finish_assumed=not is_of(statuses, StatusKind.DONE).any(),
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class ByStatus:
    """The rows in statuses that work or wait, columns of one length; and what the others say of the ends of items."""

    rows: Rows
    stage: Codes
    start: Times
    end: Times
    asked: Times
    """Since when the row was waited for, or its item was there."""
    waits: NDArray[np.bool_]
    reopens: NDArray[np.bool_]
    """The item comes back from being done, or cancelled."""
    ends: Ends | None
    """`None` where no row says that an item is done or cancelled."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Ends:
    """What rows say of the ends of items."""

    rows: NDArray[np.int64]
    """The places, among all rows, of those that say that their item ended, and stayed so."""
    at: Times
    """One for each item; `OPEN` where no row says that it ended."""
    cancelled: NDArray[np.bool_]
    """One for each item."""
    since: Times
    """When a row of each item first says that it is over, whatever comes behind; `OPEN` where none does."""


def told_apart(
    count: int,
    statuses: Sequence[Status],
    stages: tuple[str, ...],
    rows: Rows,
    *,
    status: Codes,
    start: Times,
    end: Times,
    enqueued: Times | None,
    ends_of_days: bool,
) -> ByStatus:
    """Tell the rows of `count` items in statuses that work or wait from those that say that an item is over."""
    counts = np.flatnonzero(is_of(statuses, StatusKind.ACTIVE, StatusKind.WAIT)[status])
    item, status_of = rows.item[counts], status[counts]
    asked = (start if enqueued is None else np.minimum(start, enqueued))[counts]
    found = ByStatus(
        rows=rows.only(counts),
        stage=stage_codes(statuses, stages)[status_of],
        start=start[counts],
        end=end[counts],
        asked=asked,
        waits=is_of(statuses, StatusKind.WAIT)[status_of],
        reopens=np.zeros(len(counts), dtype=bool),
        ends=None,
    )
    said = np.flatnonzero(is_of(statuses, StatusKind.DONE, StatusKind.CANCELLED)[status])
    if not len(said):
        return found
    said_of, told = rows.item[said], start[said]
    cancels = is_of(statuses, StatusKind.CANCELLED)[status[said]]
    behind = np.flatnonzero(told >= latest(found.start, item, count)[said_of])
    first = _earliest(said_of[behind], told[behind], count)
    ends = Ends(
        rows=said[behind],
        at=first + (DAY if ends_of_days else 0) * (first != OPEN),
        cancelled=_cancelled(said_of[behind], told[behind], cancels[behind], count),
        since=_earliest(said_of, told, count),
    )
    return replace(
        found,
        end=np.where(found.end == OPEN, ends.at[item], found.end),
        asked=np.minimum(asked, ends.since[item]),
        reopens=_reopenings(found, said_of, told),
        ends=ends,
    )


def _cancelled(item: Codes, time: Times, cancels: NDArray[np.bool_], count: int) -> NDArray[np.bool_]:
    """Tell for each of `count` items whether the last of its rows cancels it."""
    result = np.zeros(count, dtype=bool)
    result[item[cancels & (time == latest(time, item, count)[item])]] = True
    return result


def _reopenings(found: ByStatus, said_of: Codes, told: Times) -> NDArray[np.bool_]:
    """Mark the first row of an item behind one that says that it was over, unless nothing was before that.

    What starts at the same time was there before it was over.
    """
    rows = len(found.start)
    order = by_item(
        np.concatenate((found.rows.item, said_of)),
        np.concatenate((found.start, told)),
        np.concatenate((found.end, np.full(len(told), OPEN, dtype=np.int64))),
        np.concatenate((found.stage, np.full(len(told), np.iinfo(np.int32).max, dtype=np.int32))),
    )
    says = order >= rows
    item = np.concatenate((found.rows.item, said_of))[order]
    before: NDArray[np.int64] = np.cumsum(~says) - ~says
    began = before > np.maximum.accumulate(np.where(first_of_run(item), before, 0))
    behind = np.append(False, says[:-1] & (item[1:] == item[:-1]))[: len(order)]
    result = np.zeros(rows, dtype=bool)
    result[order[~says & behind & began]] = True
    return result


def _ended(log: Log, ends: Ends) -> Log:
    last_end = latest(log.visits.end, log.visits.item, len(log.items))
    told = ends.at != OPEN
    finished = np.where(told, np.maximum(ends.at, last_end), log.finished)
    return replace(
        log,
        visits=waiting_for_the_end(log.visits, np.where(told, finished, NEVER)),
        finished=np.where(ends.cancelled, OPEN, finished),
        cancelled=ends.cancelled,
        as_of=max(log.as_of, int(finished[told].max(initial=0))),
    )


def waiting_for_the_end(visits: Visits, at: Times) -> Visits:
    """Put a wait behind the last stretch of items that ended later than all of theirs.

    `at` has one value for each item, `NEVER` where nothing is to be waited for.
    """
    last_end = latest(visits.end, visits.item, len(at))
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


def latest(times: Times, item: Codes, count: int) -> Times:
    """Return the last time of each of `count` items; `NEVER` where it has none."""
    result = np.full(count, NEVER, dtype=np.int64)
    np.maximum.at(result, item, times)
    return result


def _earliest(item: Codes, times: Times, count: int) -> Times:
    result = np.full(count, OPEN, dtype=np.int64)
    np.minimum.at(result, item, times)
    return result
