"""The shape of an item log once it is read: who was where, from when to when, working or waiting.

Columns are numpy arrays of one length, sorted by item and then by start; texts are codes into tuples of names. Times
are microseconds since 1970-01-01 UTC; `OPEN` stands for an end that has not come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vsm.worktime import DAY, Times, local_times

OPEN = int(np.iinfo(np.int64).max)
UNKNOWN = -1
"""Code of a person, type or team that the log does not name."""

Codes = NDArray[np.signedinteger]


@dataclass(frozen=True, kw_only=True, eq=False)
class Visits:
    """Stretches of time that an item spent in a stage. All columns have the same length.

    A stretch is worked or waited; where nothing tells the two apart (`Log.divided` is False), `waiting` is False
    throughout. Stretches of parallel steps overlap.
    """

    item: Codes
    """Ascending; a code into `Log.items`."""
    stage: Codes
    """A code into `Log.stages`, which are in flow order: a smaller code is an earlier stage."""
    waiting: NDArray[np.bool_]
    enters: NDArray[np.bool_]
    """True where the item comes into the stage; False for a further stretch of the same visit, as its wait."""
    reopens: NDArray[np.bool_]
    """True where the item comes in from being done, or cancelled; it waits then from when it was done."""
    start: Times
    end: Times
    """`OPEN` while it lasts."""
    person: Codes
    """Who worked, a code into `Log.people`; `UNKNOWN` where not named."""

    def __len__(self) -> int:
        return len(self.item)


@dataclass(frozen=True, kw_only=True, eq=False)
class NamesOfItems:
    """Which names, of teams or of people, go with which items: each pair once, by item, in columns of one length."""

    item: Codes
    """Ascending; a code into `Log.items`."""
    name: Codes
    """A code into `Log.teams` or `Log.people`."""

    def have(self, wanted: NDArray[np.bool_], count: int) -> NDArray[np.bool_]:
        """Tell for each of `count` items whether one of its names is wanted, by a flag for each name."""
        found = np.zeros(count, dtype=bool)
        found[self.item[wanted[self.name]]] = True
        return found

    def among(self, chosen: NDArray[np.bool_]) -> NamesOfItems:
        """Keep the pairs of the chosen items, one flag for each, which are then counted anew."""
        kept = chosen[self.item]
        place = (np.cumsum(chosen) - 1).astype(np.int32)
        return NamesOfItems(item=place[self.item[kept]], name=self.name[kept])


@dataclass(frozen=True, kw_only=True, eq=False)
class Log:
    """An item log: its visits, and what is known of each item."""

    items: Sequence[str]
    stages: tuple[str, ...]
    """In flow order."""
    people: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    visits: Visits
    begun: Times
    """One for each item."""
    finished: Times
    """One for each item; `OPEN` for those in the stream, and for those that were cancelled."""
    cancelled: NDArray[np.bool_]
    item_type: Codes
    as_of: int
    """The last moment that the log knows of: ages of open items are counted to here."""
    divided: bool
    """Whether work and wait are told apart."""
    dated: bool = True
    """False where the file gives durations without dates: then only sums mean anything."""
    hours_per_day: float = 24.0
    """Of a day in a file of durations; where there are dates, the clock says how long a day is."""
    teams: tuple[str, ...] = ()
    item_teams: NamesOfItems | None = None
    """`None` where the log has no teams."""
    moved_by: NamesOfItems | None = None
    """Whom rows without a visit of their own name, such as who moved an item to done; `None` where there are none."""
    ends_of_days: bool = False
    """Whether finishes are dates that count to the end of their day, which is the midnight behind it."""
    one_row_each: bool = False
    """Whether one row tells of all of an item's way: nothing tells when another person takes over, nor which stages
    the item came to again."""
    finish_assumed: bool = False
    """Whether nothing says that an item is finished, so that its last row is taken as its finish."""
    period: tuple[int, int] | None = None
    """Bounds [from, to) of the finish dates that the items were selected by, by the wall clock."""
    timezone: str = "UTC"
    """By its wall clock days, weeks and months begin."""

    def by_wall_clock(self, times: Times) -> Times:
        """Return what the wall clock of the log's time zone shows at each time, as microseconds since 1970-01-01.

        A week has 7 days by it, though one in which clocks are set forward or back lasts 167 or 169 hours.
        """
        if self.timezone == "UTC":
            return times
        known, shown = times != OPEN, times.copy()
        shown[known] = local_times(times[known], self.timezone)
        return shown

    @property
    def finish_moments(self) -> Times:
        """A moment, by the wall clock, of the day that each item finished on: weeks, months, periods are told by it.

        A day without a time of day lasts 24 hours from its midnight: that midnight is on the day, whatever clocks do.
        """
        return self.by_wall_clock(self.finished - DAY * ((self.finished != OPEN) & self.ends_of_days))

    @property
    def came(self) -> NDArray[np.bool_]:
        """Whether each item came to a stage."""
        came = np.zeros(len(self.items), dtype=bool)
        came[self.visits.item] = True
        return came

    @property
    def timed(self) -> NDArray[np.bool_]:
        """Whether each item is finished and has a lead time: one that came to no stage is known by its finish alone."""
        timed: NDArray[np.bool_] = (self.finished != OPEN) & self.came
        return timed

    @property
    def left(self) -> Times:
        """When each item was last in the stream: its finish, the end of its last stretch if cancelled, else as-of."""
        seen = np.where(self.begun == OPEN, 0, self.begun)
        np.maximum.at(seen, self.visits.item, np.minimum(self.visits.end, self.as_of))
        return np.where(self.cancelled, seen, np.minimum(self.finished, self.as_of))
