"""The same measures in plain Python, one item after the other: slow, exact, and written without looking at the core."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from vsm.items.build import Status, StatusKind
from vsm.worktime import Calendar

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
OVER = (StatusKind.DONE, StatusKind.CANCELLED)
NEVER = 2**62
MICRO = dt.timedelta(microseconds=1)


def moment(microseconds: int) -> dt.datetime:
    return EPOCH + microseconds * MICRO


def working_minutes(calendar: Calendar, start: dt.datetime, end: dt.datetime) -> int:
    """Count the minutes, one by one, whose wall clock falls into the working hours; bounds on whole minutes."""
    zone, count = ZoneInfo(calendar.timezone), 0
    while start < end:
        local = start.astimezone(zone)
        inside = calendar.begins <= local.time() and (calendar.ends == dt.time(0) or local.time() < calendar.ends)
        count += inside and calendar.weekdays[local.weekday()] and local.date() not in calendar.holidays
        start += dt.timedelta(minutes=1)
    return count


@dataclass
class SlowItem:
    """One item: its lead time (age, if open) and working time in microseconds, and what happened to it."""

    begun: int
    finished: int | None
    cancelled: bool
    stretches: list[tuple[int, bool, int, int | None]]
    """(stage, waiting, start, end); an end of None is open."""
    path: tuple[int, ...]
    spans: tuple[tuple[int, int], ...] = ()
    """(start, end) of each place in the path, where visits may run side by side."""

    reopened: frozenset[int] = frozenset()
    """Places in the path that the item came to from an end."""

    idle: frozenset[int] = frozenset()
    """Places in the path in which the item only waited."""

    places: tuple[int, ...] = ()
    """For each stretch, the place in the path that it belongs to."""

    @property
    def timed(self) -> bool:
        """Whether it has a lead time: one that is finished and came to no stage is known by its finish alone."""
        return self.finished is not None and bool(self.stretches)

    def again(self, place: int) -> bool:
        """Whether the item, once sent back, comes to a stage that it had reached or passed before."""
        sent_back = any(to <= place for _, to in self.moves_back())
        return sent_back and any(stage >= self.path[place] for stage in self.path[:place])

    def moves_back(self) -> list[tuple[int, int]]:
        """(place in the path that the item was sent back from, place that it came to); a place sends back once."""
        found: dict[int, int] = {}
        for to in range(1, len(self.path)):
            left = self._sent_from(to) if self.spans else to - 1 if self._comes_down(to) else None
            if left is not None:
                found.setdefault(left, to)
        return sorted(found.items(), key=lambda move: move[1])

    def _comes_down(self, to: int) -> bool:
        if to in self.reopened:
            return True
        interrupted = to - 1 in self.idle and to > 1 and self.path[to - 2] == self.path[to]
        return self.path[to] < self.path[to - 1] and not interrupted

    def _sent_from(self, to: int) -> int | None:
        here, start = self.path[to], self.spans[to][0]
        over = [place for place in range(to) if self.spans[place][1] <= start]
        if not over:
            return None
        last_first = sorted(over, key=self._ending, reverse=True)
        nearest = last_first[0]
        if to in self.reopened:
            return nearest
        if len(over) == to and self.path[nearest] > here:
            return None if self._serial() and not self._comes_down(to) else nearest
        before = [place for place in range(to) if self.path[place] == here]
        if not before:
            return None
        beside = [p for p in last_first if p == nearest or self.spans[p][1] > self.spans[nearest][0]]
        followed = [p for p in beside if self.path[p] > here and self.spans[p][0] >= self.spans[before[0]][1]]
        return followed[0] if followed else None

    def _serial(self) -> bool:
        return all(start >= end for (start, _), (_, end) in zip(self.spans[1:], self.spans[:-1], strict=True))

    def _ending(self, place: int) -> tuple[int, bool, int]:
        """Sort by when a visit ended; together, the furthest is the last, and what took no time ends after that."""
        start, end = self.spans[place]
        return end, start == end, place if start == end else self.path[place]

    def sent_back(self) -> list[int]:
        return [self.path[left] for left, _ in self.moves_back()]


def union(intervals: list[tuple[int, int]]) -> int:
    total, reach = 0, None
    for start, end in sorted(intervals):
        begin = start if reach is None or start > reach else reach
        total += max(0, end - begin)
        reach = end if reach is None or end > reach else reach
    return total


@dataclass
class SlowFacts:
    worked: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    waited: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    visits: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    completed: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    sent_back: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    worked_again: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    waited_again: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    sent_to: dict[tuple[int, int], int] = field(default_factory=lambda: defaultdict(int))


def sum_up(items: dict[int, SlowItem], as_of: int) -> SlowFacts:
    facts = SlowFacts()
    for item in items.values():
        done = item.finished is not None
        for (stage, waiting, start, end), place in zip(item.stretches, item.places, strict=True):
            time = (as_of if end is None else end) - start
            if done:
                (facts.waited if waiting else facts.worked)[stage] += time
            if done and item.again(place):
                (facts.waited_again if waiting else facts.worked_again)[stage] += time
        for left, to in item.moves_back():
            facts.sent_to[item.path[left], item.path[to]] += 1
        for position, stage in enumerate(item.path):
            facts.visits[stage] += 1
            facts.completed[stage] += position + 1 < len(item.path) or done
        for stage in item.sent_back():
            facts.sent_back[stage] += 1
    return facts


def from_entered(
    events: list[tuple[int, int, int]], statuses: list[Status], stages: tuple[str, ...]
) -> dict[int, SlowItem]:
    """Events are (item, status, time), in the order of their file."""
    by_item: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for item, status, time in events:
        if statuses[status].kind is not StatusKind.IGNORE:
            by_item[item].append((time, status))
    return {item: _entered(sorted(rows, key=lambda row: row[0]), statuses, stages) for item, rows in by_item.items()}


def _entered(rows: list[tuple[int, int]], statuses: list[Status], stages: tuple[str, ...]) -> SlowItem:
    changes: list[tuple[int, int]] = []
    for row in rows:
        if not changes or changes[-1][1] != row[1]:
            changes.append(row)
    kinds = [statuses[status].kind for _, status in changes]
    over = (StatusKind.DONE, StatusKind.CANCELLED)
    ending = len(changes)
    while ending and kinds[ending - 1] in over:
        ending -= 1
    knows_done = any(s.kind is StatusKind.DONE for s in statuses)
    divided = all(any(s.kind is kind for s in statuses) for kind in (StatusKind.WAIT, StatusKind.ACTIVE))
    cancelled = kinds[-1] is StatusKind.CANCELLED
    if knows_done:
        finished = changes[ending][0] if ending < len(changes) and not cancelled else None
    else:
        finished = None if cancelled else changes[-1][0]
    stretches, path, reopened, worked, places = [], [], set(), set(), []
    worked_in = {s.stage for s in statuses if s.kind is StatusKind.ACTIVE}
    for place in range(ending):
        going_on = next(i for i in range(place, ending) if kinds[i] not in over)
        name = statuses[changes[going_on][1]].stage
        if kinds[going_on] is StatusKind.WAIT and name in worked_in:
            name = _interrupted(changes, going_on, statuses, stages) or name
        if name not in stages:
            continue
        last = place + 1 == len(changes)
        end = changes[place + 1][0] if not last else None if knows_done else changes[place][0]
        stage, waits = stages.index(name), divided and kinds[place] is not StatusKind.ACTIVE
        comes_back = kinds[place] in over and place > 0 and kinds[place - 1] not in over
        if not path or path[-1] != stage or comes_back:
            path.append(stage)
        if comes_back:
            reopened.add(len(path) - 1)
        if not waits:
            worked.add(len(path) - 1)
        stretches.append((stage, waits, changes[place][0], end))
        places.append(len(path) - 1)
    idle = frozenset(range(len(path))) - worked
    return SlowItem(
        changes[0][0],
        finished,
        cancelled,
        stretches,
        tuple(path),
        reopened=frozenset(reopened),
        idle=idle,
        places=tuple(places),
    )


def _interrupted(
    changes: list[tuple[int, int]], place: int, statuses: list[Status], stages: tuple[str, ...]
) -> str | None:
    """The stage that a wait interrupts: where it was worked on last before, and first behind, all waits passed over."""
    around = []
    for rows in (changes[:place][::-1], changes[place + 1 :]):
        met = [statuses[status] for _, status in rows if statuses[status].kind is not StatusKind.WAIT]
        if not met or met[0].kind is not StatusKind.ACTIVE:
            return None
        around.append(met[0].stage)
    return around[0] if around[0] == around[1] and around[0] in stages else None


def from_completed(
    events: list[tuple[int, int, int]], statuses: list[Status], stages: tuple[str, ...]
) -> dict[int, SlowItem]:
    """Events are (item, activity, time), in the order of their file."""
    by_item: dict[int, list[tuple[int, Status]]] = defaultdict(list)
    for item, status, time in events:
        by_item[item].append((time, statuses[status]))
    knows_done = any(s.kind is StatusKind.DONE for s in statuses)
    found = {}
    for item, rows in by_item.items():
        rows.sort(key=lambda row: row[0])
        path = tuple(stages.index(status.stage) for _, status in rows)
        begins = [rows[0][0]] + [time for time, _ in rows[:-1]]
        stretches = [(stage, False, a, time) for stage, a, (time, _) in zip(path, begins, rows, strict=True)]
        kinds = [status.kind for _, status in rows]
        ended = {k for k in range(1, len(rows)) if kinds[k - 1] in OVER and kinds[k] not in OVER}
        over = kinds[-1] is StatusKind.DONE if knows_done else kinds[-1] is not StatusKind.CANCELLED
        gone = kinds[-1] is StatusKind.CANCELLED
        places = tuple(range(len(rows)))
        finished = rows[-1][0] if over else None
        found[item] = SlowItem(rows[0][0], finished, gone, stretches, path, reopened=frozenset(ended), places=places)
    return found


def from_intervals(rows: list[tuple[int, int, int, int | None]]) -> dict[int, SlowItem]:
    """Rows are (item, stage, start, end)."""
    by_item: dict[int, list[tuple[int, int, int | None]]] = defaultdict(list)
    for item, stage, start, end in rows:
        by_item[item].append((stage, start, end))
    return {item: _intervals(visits) for item, visits in by_item.items()}


def _intervals(visits: list[tuple[int, int, int | None]]) -> SlowItem:
    never = 2**62
    visits = sorted(visits, key=lambda v: (v[1], never if v[2] is None else v[2], v[0]))
    spans = tuple((start, never if end is None else end) for _, start, end in visits)
    stretches, places, reach = [], [], visits[0][1]
    for place, (stage, start, end) in enumerate(visits):
        if reach is not None and start > reach:
            stretches.append((stage, True, reach, start))
            places.append(place)
        stretches.append((stage, False, start, end))
        places.append(place)
        reach = None if end is None or reach is None else max(reach, end)
    path = tuple(stage for stage, _, _ in visits)
    return SlowItem(visits[0][1], reach, False, stretches, path, spans, places=tuple(places))


@dataclass
class SlowRow:
    stage: int
    waits: bool
    start: int
    end: int | None
    reopens: bool = False


def from_rows_in_statuses(
    rows: list[tuple[int, int, int, int | None]], statuses: list[Status], stages: tuple[str, ...], repeats: bool
) -> dict[int, SlowItem]:
    """Rows are (item, status, start, end), in the order of their file; `repeats` of a stage may be one visit."""
    by_item: dict[int, list[tuple[int, int, int | None]]] = defaultdict(list)
    for item, status, start, end in rows:
        by_item[item].append((status, start, end))
    return {item: _in_statuses(found, statuses, stages, repeats) for item, found in by_item.items()}


def worked_and_over(
    rows: list[tuple[int, int, int | None]], statuses: list[Status], stages: tuple[str, ...]
) -> tuple[list[SlowRow], list[tuple[int, StatusKind]], list[tuple[int, StatusKind]]]:
    """The rows of an item that work or wait, then all that say that it is over, then those that stay true."""
    over = sorted(((start, statuses[s].kind) for s, start, _ in rows if statuses[s].kind in OVER), key=lambda o: o[0])
    works = [
        SlowRow(stages.index(statuses[s].stage), statuses[s].kind is StatusKind.WAIT, start, end)
        for s, start, end in rows
        if statuses[s].kind not in OVER
    ]
    works.sort(key=lambda row: (row.start, NEVER if row.end is None else row.end, row.stage))
    final = [one for one in over if not works or one[0] >= works[-1].start]
    for place, row in enumerate(works[1:], 1):
        row.reopens = any(works[place - 1].start <= time < row.start for time, _ in over)
    for row in works:
        row.end = final[0][0] if row.end is None and final else row.end
    works.sort(key=lambda row: (row.start, NEVER if row.end is None else row.end, row.stage))
    return works, over, final


def _in_statuses(
    rows: list[tuple[int, int, int | None]], statuses: list[Status], stages: tuple[str, ...], repeats: bool
) -> SlowItem:
    works, over, final = worked_and_over(rows, statuses, stages)
    begun = min([row.start for row in works] + [time for time, _ in over])
    laid = lay(works, begun, repeats)
    ends = [NEVER if row.end is None else row.end for row in works]
    finished = max(ends + [time for time, _ in final[:1]])
    if final and works and finished > max(ends):
        laid.stretches.append((works[-1].stage, True, max(ends), finished))
        laid.places.append(len(laid.path) - 1)
    cancelled = bool(final) and any(kind is StatusKind.CANCELLED for time, kind in final if time == final[-1][0])
    return SlowItem(
        begun,
        None if cancelled or finished == NEVER else finished,
        cancelled,
        laid.stretches,
        tuple(laid.path),
        tuple(laid.spans),
        reopened=frozenset(laid.reopened),
        idle=frozenset(range(len(laid.path))) - laid.worked,
        places=tuple(laid.places),
    )


@dataclass
class Laid:
    stretches: list[tuple[int, bool, int, int | None]] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    path: list[int] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    reopened: set[int] = field(default_factory=set)
    worked: set[int] = field(default_factory=set)


def lay(works: list[SlowRow], begun: int, repeats: bool) -> Laid:
    """Lay sorted rows one behind the other, with a wait wherever nothing runs."""
    laid, reach, before = Laid(), begun, None
    for row in works:
        gap = (row.stage, True, reach, row.start) if row.start > reach else None
        one_visit = before is not None and before.stage == row.stage and (repeats or row.waits or before.waits)
        if not one_visit or row.reopens:
            laid.path.append(row.stage)
            laid.spans.append((gap[2] if gap and row.reopens else row.start, 0))
            laid.reopened |= {len(laid.path) - 1} if row.reopens else set()
        here = len(laid.path) - 1
        for stretch in ([gap] if gap else []) + [(row.stage, row.waits, row.start, row.end)]:
            laid.stretches.append(stretch)
            laid.places.append(here)
        end = NEVER if row.end is None else row.end
        laid.spans[here] = (laid.spans[here][0], max(laid.spans[here][1], end))
        laid.worked |= set() if row.waits else {here}
        reach, before = max(reach, end), row
    return laid
