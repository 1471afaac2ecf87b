"""What the rows of a log tell, in codes and microseconds, before anyone says what its statuses mean.

Rows of several files that tell the same kind of thing are put one behind the other; a log is built of them as of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from numpy import bool_, float64, int64
from numpy.typing import NDArray

from vsm.items.build import Names, Rows, StatusKind
from vsm.items.log import Codes
from vsm.worktime import Times


@dataclass(frozen=True, kw_only=True, eq=False)
class Told:
    """What all kinds of rows have."""

    names: Names
    rows: Rows
    labels: tuple[str, ...]
    """Statuses or activities, in flow order."""
    kinds: Mapping[str, StatusKind] = field(default_factory=dict)
    """What the tool says that its statuses mean, by name."""
    one_row_each: bool = False
    """Whether a row tells of all of an item's way: it names one person, and one visit to each stage."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Entered(Told):
    """Rows that mark entering a status."""

    label: Codes
    time: Times
    to_midnight: bool
    """Whether the times are days without a time of day, and a finish counts to the end of its day."""
    in_order: bool = False
    """Whether the file itself orders the labels, as its columns do; the last of them is then the likeliest finish."""
    between: NDArray[int64] | None = None
    """Moves from each label (row) to each (column) in all of the log, as far as they were counted."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Worked(Told):
    """Rows with a start and an end, which may be `OPEN`."""

    label: Codes
    start: Times
    end: Times
    asked: Times | None = None
    """Since when the row was waited for, where the file tells."""
    between: NDArray[int64] | None = None
    """As in `Entered`."""
    repeats_are_one: bool = False
    """Whether the labels are statuses to be in, of which several rows in a row are one visit."""
    to_midnight: bool = False
    """Whether the ends are the midnights behind the days that the file names."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Completed(Told):
    """Rows that mark completing an activity."""

    label: Codes
    time: Times


@dataclass(frozen=True, kw_only=True, eq=False)
class Lasted(Told):
    """Items with the hours that they spent in each status, without dates."""

    hours: NDArray[float64]
    """Shape (items, statuses); NaN where an item never was in it."""
    finished: NDArray[bool_] | None
    """For each item whether it is finished; `None`: nothing tells, and all count so."""
    hours_per_day: float
