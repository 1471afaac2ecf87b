"""A figure with the interval around it, and whether the work at a stage grows beyond noise."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Interval:
    """An estimate and the 95 % interval around it."""

    value: float
    lower: float
    upper: float

    @property
    def beyond_noise(self) -> bool:
        """Whether the interval leaves 0 out."""
        return self.lower > 0 or self.upper < 0


@dataclass(frozen=True, kw_only=True)
class Growth:
    """How the work at a stage and in the queue in front of it grows, over the whole weeks of a log. Visits a week."""

    arrivals: float
    surplus: Interval
    """Arrivals minus departures: an interval that contains 0 is no trend."""

    @property
    def departures(self) -> float:
        """Visits that end in a week."""
        return self.arrivals - self.surplus.value

    @property
    def grows(self) -> bool:
        """Whether more comes than leaves, beyond noise."""
        return self.surplus.lower > 0

    @property
    def shrinks(self) -> bool:
        """Whether less comes than leaves, beyond noise."""
        return self.surplus.upper < 0
