"""Events, intervals or durations as arrays -> a `Log`. Vectorised: no loop over items or events.

Every builder takes columns in any order and sorts them by item and time; rows of equal time keep their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from vsm.items.blocks import cuts, in_threads, put_together, rows_at_once
from vsm.items.entered import Fates, Meaning, stretches
from vsm.items.log import OPEN, UNKNOWN, Codes, Log, NamesOfItems, Visits
from vsm.items.order import Order, by_code, by_item, in_order
from vsm.items.runs import distinct, first_of_run, last_of_run, running_end
from vsm.items.statuses import Status as Status
from vsm.items.statuses import StatusKind as StatusKind
from vsm.items.statuses import is_of, stage_codes, tell_work_from_waiting
from vsm.worktime import DAY, SECOND, Times

HOUR = 3600 * SECOND


@dataclass(frozen=True, kw_only=True, eq=False)
class Names:
    """The names behind the codes of a log's columns."""

    items: Sequence[str]
    people: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Rows:
    """What every layout has for each row; columns of one length. `UNKNOWN` where a person, type or team has no name."""

    item: Codes
    person: Codes
    item_type: Codes
    team: Codes | None = None
    """`None` where the file has no teams."""
    completed_by: Codes | None = None
    """Who completed what `person` began; `None` where no row tells the two apart."""

    def only(self, keep: NDArray[np.int64]) -> Rows:
        """Return some of the rows."""
        columns = {field.name: getattr(self, field.name) for field in fields(Rows)}
        return Rows(**{name: column[keep] for name, column in columns.items() if column is not None})

    def types_of_items(self, count: int) -> Codes:
        """Give each item the first type that its rows name."""
        result = np.full(count, UNKNOWN, dtype=np.int32)
        for part in reversed(rows_at_once(len(self.item_type))):
            known = np.flatnonzero(self.item_type[part] != UNKNOWN)[::-1]
            result[self.item[part][known]] = self.item_type[part][known]
        return result

    def teams_of_items(self) -> NamesOfItems | None:
        """Give each item every team that its rows name."""
        if self.team is None:
            return None
        return names_of_items(self.item, self.team)

    def people_of_items(self) -> NamesOfItems | None:
        """Give each item every person whom its rows name; `None` where they name nobody."""
        people = [self.person] if self.completed_by is None else [self.person, self.completed_by]
        found = names_of_items(np.tile(self.item, len(people)), np.concatenate(people))
        return found if len(found.item) else None


def names_of_items(item: Codes, name: Codes) -> NamesOfItems:
    """Pair items with the names that go with them in some rows."""
    # What repeats the row before is left out first: little is left to sort, as items seldom change their team.
    told = np.flatnonzero(first_of_run(item, name) & (name != UNKNOWN))
    names = int(name.max(initial=0)) + 1
    item, name = np.divmod(distinct(item[told].astype(np.int64) * names + name[told]), names)
    return NamesOfItems(item=item.astype(np.int32), name=name.astype(np.int32))


def _last_time(times: Times) -> int:
    known = times[times != OPEN]
    return int(known.max()) if len(known) else 0


def from_entered(
    names: Names,
    statuses: Sequence[Status],
    stages: tuple[str, ...],
    rows: Rows,
    *,
    status: Codes,
    time: Times,
    whole_days: bool = False,
    as_of: int | None = None,
    goes_on: frozenset[str] = frozenset(),
) -> Log:
    """Build a log from events that mark entering a status: the time up to the next event belongs to the status.

    Repeats of one status in a row are one visit, and a wait between two rows of one stage belongs to it. An item is
    finished when it enters a done status and stays in done ones; where no status is done, at its last event, unless
    that is one of the statuses in which an item `goes_on`. With `whole_days` (dates without a time) a finish counts to
    the end of its day. Leaving a done status again comes back to the stage that it goes on to: a visit of its own, for
    which the time in the done status is waiting.
    """
    meaning = Meaning.of(statuses, stages, DAY if whole_days else 0, goes_on)
    order = _kept_order(statuses, rows.item, status, time)
    fates = Fates.of(len(names.items))
    item = rows.item if order is None else rows.item[order]
    latest: list[int] = []
    moved: list[NamesOfItems] = []

    def block(bounds: tuple[int, int]) -> Visits:
        at = slice(*bounds) if order is None else order[slice(*bounds)]
        times = time[at]
        person = rows.person[at].astype(np.int32, copy=False)
        found = stretches(meaning, fates, item[slice(*bounds)], status[at], times, person)
        if names.people:
            moved.append(_moved_by(meaning, item[slice(*bounds)], status[at], person))
        latest.append(max(_last_time(times), _last_time(found.end)))
        return found

    visits = put_together(in_threads(block, cuts(item)), len(item))
    return Log(
        items=names.items,
        stages=stages,
        people=names.people,
        types=names.types,
        visits=visits,
        begun=fates.begun,
        finished=fates.finished,
        cancelled=fates.cancelled,
        item_type=rows.types_of_items(len(names.items)),
        teams=names.teams,
        item_teams=rows.teams_of_items(),
        moved_by=_one_behind_the_other(moved),
        as_of=max(*latest, _last_time(fates.finished)) if as_of is None else as_of,
        divided=meaning.divided,
        ends_of_days=whole_days,
        finish_assumed=not meaning.has_done,
    )


def _moved_by(meaning: Meaning, item: Codes, status: Codes, person: Codes) -> NamesOfItems:
    """Pair items with the people of sorted rows that may begin no stretch: repeats, ends, and what is in no stage."""
    beside = ~first_of_run(item, status) | meaning.ending[status] | (meaning.stage[status] == UNKNOWN)
    return names_of_items(item[beside], person[beside])


def _one_behind_the_other(parts: list[NamesOfItems]) -> NamesOfItems | None:
    """Put the pairs of blocks of items, which were done in any order, into the order of the items."""
    parts = sorted((part for part in parts if len(part.item)), key=lambda part: int(part.item[0]))
    if not parts:
        return None
    return NamesOfItems(
        item=np.concatenate([part.item for part in parts]), name=np.concatenate([part.name for part in parts])
    )


def _kept_order(statuses: Sequence[Status], item: Codes, status: Codes, time: Times) -> Order | None:
    """Return the rows by item and time, ignored statuses left out; `None` where all rows lie so already."""
    ignored = is_of(statuses, StatusKind.IGNORE)
    if not ignored.any():
        return None if in_order(item, time) else by_item(item, time)
    keep = np.flatnonzero(~ignored[status])
    found: Order = keep[by_item(item[keep], time[keep])]
    return found


def from_completed(
    names: Names,
    statuses: Sequence[Status],
    stages: tuple[str, ...],
    rows: Rows,
    *,
    status: Codes,
    time: Times,
    as_of: int | None = None,
) -> Log:
    """Build a log from events that mark completing an activity: the time since the last event belongs to it.

    Work and wait cannot be told apart. Repeats of an activity are visits of their own. An item is finished when the
    activity that it completed last means done, cancelled when that means cancelled; where none means done, it is
    finished at its last event, as nothing says whether more will come. What follows on such an activity opens the item
    again.
    """
    order = by_item(rows.item, time)
    item, status, end = rows.item[order], status[order], time[order]
    first, last = first_of_run(item), last_of_run(item)
    start = np.where(first, end, _previous_time(end))
    stage, person = stage_codes(statuses, stages)[status], rows.person[order].astype(np.int32, copy=False)
    ends = is_of(statuses, StatusKind.DONE, StatusKind.CANCELLED)[status]
    reopens = ~first & ~ends & np.append(False, ends[:-1])[: len(ends)]
    visits = replace(worked(item, stage, start, end, person), reopens=reopens)
    log = _from_stretches(names, stages, rows, as_of, visits, divided=False)
    done, gone = (is_of(statuses, kind)[status[last]] for kind in (StatusKind.DONE, StatusKind.CANCELLED))
    finish_assumed = not is_of(statuses, StatusKind.DONE).any()
    goes_on = gone if finish_assumed else ~done
    log.finished[item[last][goes_on]] = OPEN
    log.cancelled[item[last]] = gone
    return replace(log, finish_assumed=finish_assumed)


def from_intervals(
    names: Names,
    stages: tuple[str, ...],
    rows: Rows,
    *,
    stage: Codes,
    start: Times,
    end: Times,
    enqueued: Times | None = None,
    waits: NDArray[np.bool_] | None = None,
    reopens: NDArray[np.bool_] | None = None,
    repeats_are_one: bool = False,
    as_of: int | None = None,
    ends_of_days: bool = False,
) -> Log:
    """Build a log from rows with a start and an end: gaps between an item's rows are waits for the row that follows.

    `end` may be `OPEN`. Where `enqueued` is known, a row's own wait before anything else began counts from there.
    `waits` marks rows that tell of waiting; a wait and the work of its stage next to it are one visit, and rows of one
    stage in a row are where `repeats_are_one`. `reopens` marks rows in which an item comes back from being done. An
    item is finished at its last end, unless one of its rows is still open. `ends_of_days` says that ends are the
    midnights behind the days that the file names.
    """
    # By stage last, so that what happens at the same time stands in flow order, however the rows are ordered.
    order = by_item(rows.item, start, end, stage)
    item, asked = rows.item[order], start if enqueued is None else np.minimum(enqueued, start)

    def block(bounds: tuple[int, int]) -> Visits:
        at = order[slice(*bounds)]
        found = worked(rows.item[at], stage[at], start[at], end[at], rows.person[at])
        if waits is not None:
            found = of_which_wait(found, waits[at], repeats_are_one)
        if reopens is not None:
            found = replace(found, reopens=reopens[at], enters=found.enters | reopens[at])
        return with_gaps(found, asked[at])

    visits = put_together(map(block, cuts(item)), 2 * len(item))
    return _from_stretches(names, stages, rows, as_of, visits, divided=True, ends_of_days=ends_of_days)


def worked(item: Codes, stage: Codes, start: Times, end: Times, person: Codes) -> Visits:
    """Take rows with a start and an end as visits of their own, in which there was work."""
    return Visits(
        item=item,
        stage=stage,
        waiting=np.zeros(len(item), dtype=bool),
        enters=np.ones(len(item), dtype=bool),
        reopens=np.zeros(len(item), dtype=bool),
        start=start,
        end=end,
        person=person,
    )


def of_which_wait(rows: Visits, waits: NDArray[np.bool_], repeats_are_one: bool) -> Visits:
    """Take some of an item's sorted rows as waits, which belong to the visit of their stage that they lie next to."""
    beside_wait = repeats_are_one | waits | np.append(False, waits[:-1])[: len(waits)]
    return replace(rows, waiting=waits, enters=first_of_run(rows.item, rows.stage) | ~beside_wait)


def with_gaps(rows: Visits, asked: Times) -> Visits:
    """Put a wait in front of each row before which nothing of its item ran; of the first, since it was asked for.

    Rows are sorted by item, start and end. An item that is opened again comes in with the wait, where there is one.
    """
    waits_from = np.where(first_of_run(rows.item), asked, _previous_time(running_end(rows.item, rows.end)))
    waited = waits_from < rows.start
    source = np.repeat(np.arange(len(rows)), 1 + waited)
    gap = np.concatenate((source[1:] == source[:-1], [False]))[: len(source)]
    # The row that an item comes in with: a wait only where it comes back.
    comes = gap == (rows.reopens & waited)[source]
    start = rows.start[source]
    return Visits(
        item=rows.item[source],
        stage=rows.stage[source],
        waiting=gap | rows.waiting[source],
        enters=comes & rows.enters[source],
        reopens=comes & rows.reopens[source],
        start=np.where(gap, waits_from[source], start),
        end=np.where(gap, start, rows.end[source]),
        person=np.where(gap, np.int32(UNKNOWN), rows.person[source]),
    )


def _previous_time(times: Times) -> Times:
    """Give each row the time of the row before; what the first row of an item gets means nothing."""
    return np.concatenate((times[:1], times[:-1]))


def _from_stretches(
    names: Names,
    stages: tuple[str, ...],
    rows: Rows,
    as_of: int | None,
    visits: Visits,
    *,
    divided: bool,
    ends_of_days: bool = False,
) -> Log:
    """Complete a log whose items begin at their first stretch and are finished at the end of their last."""
    count = len(names.items)
    begun, finished = np.full(count, OPEN, dtype=np.int64), np.full(count, OPEN, dtype=np.int64)
    first, last = first_of_run(visits.item), last_of_run(visits.item)
    begun[visits.item[first]] = visits.start[first]
    finished[visits.item[last]] = np.maximum.reduceat(visits.end, np.flatnonzero(first)) if first.any() else OPEN
    latest = max(_last_time(visits.start), _last_time(visits.end))
    return Log(
        items=names.items,
        stages=stages,
        people=names.people,
        types=names.types,
        visits=visits,
        begun=begun,
        finished=finished,
        cancelled=np.zeros(count, dtype=bool),
        item_type=rows.types_of_items(count),
        teams=names.teams,
        item_teams=rows.teams_of_items(),
        moved_by=None if rows.completed_by is None else rows.people_of_items(),
        as_of=latest if as_of is None else as_of,
        divided=divided,
        ends_of_days=ends_of_days,
        finish_assumed=True,
    )


def from_durations(
    names: Names,
    statuses: Sequence[Status],
    stages: tuple[str, ...],
    rows: Rows,
    *,
    hours: NDArray[np.float64],
    finished: NDArray[np.bool_] | None = None,
    hours_per_day: float = 24.0,
) -> Log:
    """Build a log from hours in each status, shape (items, statuses); NaN where an item never was in it.

    `finished` tells which of the rows, one for each item, are of items that are done; `None`: all, as such reports
    mostly list finished items. `hours_per_day` is what a day of the file was read as.

    Nothing says when an item was where, so its stretches are laid one after the other in flow order: their lengths are
    real, their places are not. Those of open items end at the as-of date, so that they add up to the item's age. An
    item visits a stage once, whatever the number of its statuses.
    """
    stage = stage_codes(statuses, stages)
    flow = np.argsort(stage, kind="stable")
    stage, waits = stage[flow], is_of(statuses, StatusKind.WAIT)[flow]
    counted = (stage != UNKNOWN) & is_of(statuses, StatusKind.ACTIVE, StatusKind.WAIT)[flow]
    order = by_code(rows.item)
    hours = hours[order][:, flow]
    lengths = np.where(np.isnan(hours) | ~counted, 0.0, hours)
    ends = np.cumsum(np.rint(lengths * HOUR).astype(np.int64), axis=1)
    is_open = np.zeros(len(order), dtype=bool) if finished is None else ~finished[order]
    ends += np.where(is_open, ends[:, -1:].max(initial=0) - ends[:, -1], 0)[:, None]
    begins = ends - np.rint(lengths * HOUR).astype(np.int64)
    item, column = np.nonzero(~np.isnan(hours) & counted)
    visits = Visits(
        item=rows.item[order][item],
        stage=stage[column],
        waiting=waits[column],
        enters=first_of_run(item, stage[column]),
        reopens=np.zeros(len(item), dtype=bool),
        start=begins[item, column],
        end=ends[item, column],
        person=np.full(len(item), UNKNOWN, dtype=np.int32),
    )
    log = _from_stretches(names, stages, rows, None, visits, divided=tell_work_from_waiting(statuses))
    done = log.finished.copy()
    done[rows.item[order[is_open]]] = OPEN
    return replace(
        log,
        finished=done,
        moved_by=rows.people_of_items(),
        dated=False,
        hours_per_day=hours_per_day,
        finish_assumed=False,
    )
