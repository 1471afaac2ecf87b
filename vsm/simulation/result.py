"""What a simulation found: estimates with their intervals, per stage and for the stream. Times in hours."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

from vsm.model import ValueStream

RUNS = 10
"""Independent runs of each simulation; how far they differ is the interval."""
_T_99 = 3.2498
"""Student's t for 99 % on both sides and RUNS − 1 = 9 degrees of freedom."""


@dataclass(frozen=True)
class Estimate:
    """A mean that was simulated, with the 99 % interval that independent runs give it."""

    of_runs: tuple[float, ...]
    """The mean of each run."""

    @classmethod
    def exactly(cls, value: float) -> Estimate:
        """Return what is known without any run, and has no interval."""
        return cls((value,) * RUNS)

    @property
    def mean(self) -> float:
        """The mean of all runs, which are equally long."""
        return fmean(self.of_runs)

    @property
    def margin(self) -> float:
        """Half the width of the interval: t × standard deviation of the runs / √runs.

        Runs of a busy queue spread further upwards than downwards: there it misses 3 to 5 times in a hundred, from
        below (docs/queues.md).
        """
        return _T_99 * stdev(self.of_runs) / sqrt(len(self.of_runs))

    @property
    def low(self) -> float:
        """The lower end of the interval."""
        return self.mean - self.margin

    @property
    def high(self) -> float:
        """The upper end of the interval."""
        return self.mean + self.margin

    @property
    def low_from_zero(self) -> float:
        """The lower end for a time, which cannot be below 0 as a difference can."""
        return max(0.0, self.low)

    def holds(self, value: float) -> bool:
        """Say whether a value lies in the interval; rounding is no difference."""
        return abs(value - self.mean) <= self.margin + 1e-9 * max(1.0, abs(value))

    def __add__(self, other: Estimate | float) -> Estimate:
        """Add another estimate run by run, or a number to each run."""
        others = other.of_runs if isinstance(other, Estimate) else (other,) * len(self.of_runs)
        return Estimate(tuple(a + b for a, b in zip(self.of_runs, others, strict=True)))

    def __sub__(self, other: Estimate) -> Estimate:
        """Subtract run by run: runs of one seed share their luck, so that their difference is surer than either."""
        return Estimate(tuple(a - b for a, b in zip(self.of_runs, other.of_runs, strict=True)))

    def __mul__(self, factor: float) -> Estimate:
        """Multiply each run by a number."""
        return Estimate(tuple(factor * hours for hours in self.of_runs))


@dataclass(frozen=True, kw_only=True)
class StageResult:
    """One stage as simulated; times are means of a visit."""

    queue_wait: Estimate | None
    """In front of it until somebody is free; `None`: no queue, as nothing is known of the people."""
    batch_wait: Estimate
    """Behind it for the companions of a batch."""
    delay: Estimate
    """The part of its row's wait that passes whatever the load. Where that was found by acting the stream out, it is
    as uncertain as the queue that was then taken from the wait stated."""
    wait: Estimate | None
    """The wait that its row states, companions, delay and busy people together; `None` where it states none. Its part
    for busy people is that of the formula where it is exact."""
    visits: Estimate
    """Of an item."""
    utilisation: float | None
    """`None` where nothing is known of the people."""
    load: float
    """Mean number of items in the stage and waiting in front of it for people."""


@dataclass(frozen=True, kw_only=True)
class Simulation:
    """A simulated stream."""

    stream: ValueStream
    seed: int
    items: int
    """Measured items, over all runs."""
    before: int
    """Items that pass in each run before any is measured, so that queues are as long as they usually are."""
    stages: tuple[StageResult, ...]
    lead_time: Estimate
    """Its interval holds the uncertainty of the delays, too."""
    lead_times: tuple[float, ...]
    """Of every measured item, shortest first. Where the wait stands after a stage they begin with the first work."""
    load: float
    """Mean number of items in the stream from then on."""
    unsettled: tuple[int, ...]
    """Stages so busy that their queue has not come to rest when the measuring begins."""
    less_wait_stated: tuple[int, ...]
    """Rows that state less wait than batches and busy people lead to in the simulation, by more than its interval."""
    without_people: tuple[int, ...]
    """Stages that have no queue of their own, as people or processing time are not known."""
    other_demand: tuple[int, ...]
    """Stages that state another demand than the stream's: the rest comes from elsewhere, or goes by."""
    variation_assumed: tuple[int, ...]
    """Stages with people whose variation of work is assumed to be 1."""

    def percentile(self, share: float) -> float:
        """Return the lead time that this share of items does not pass, by linear interpolation."""
        position = share * (len(self.lead_times) - 1)
        below = int(position)
        above = min(below + 1, len(self.lead_times) - 1)
        return self.lead_times[below] + (position - below) * (self.lead_times[above] - self.lead_times[below])
