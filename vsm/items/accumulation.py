"""A log -> where work piles up: arrivals against departures by stage and week, and the check by Little's law."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from vsm.growth import Growth
from vsm.items.buckets import WEEK, WEEKS
from vsm.items.log import OPEN, Log
from vsm.items.statistics import TooFew
from vsm.items.stream import HOUR, elapsed_lead_time, mean_throughput, whole_weeks
from vsm.items.weekly_moves import moves_between
from vsm.worktime import SECOND


def accumulation(log: Log) -> tuple[Growth, ...] | TooFew:
    """Weigh arrivals against departures of each stage, in flow order; refused from fewer than 6 whole weeks.

    At most the last 520 weeks.
    """
    first, last = whole_weeks(log) if log.dated else (0, 0)
    return moves_between(log, max(first, last - WEEKS * WEEK), last).growth()


class GapReason(StrEnum):
    """Why the load over time differs from throughput times lead time."""

    OPEN_ITEMS = "open items"
    CANCELLED_ITEMS = "cancelled items"
    SHORT_HISTORY = "short history"
    EDGE_WEEKS = "edge weeks"
    ONLY_FINISH_KNOWN = "only the finish is known"


@dataclass(frozen=True, kw_only=True)
class LittlesLaw:
    """The check mean load = throughput × mean lead time, elapsed. Source: J. D. C. Little (1961)."""

    throughput: float
    """Finished items a week, over the whole weeks of the log; those without a lead time, too."""
    lead_time: float
    """Mean of finished items, hours."""
    load: float
    """Mean number of items in the stream over time."""
    open_load: float
    """The part of the load that items still open make up: they have no lead time yet."""
    cancelled_load: float
    """The part that cancelled items made up."""
    reasons: tuple[GapReason, ...]

    @property
    def expected_load(self) -> float:
        """Throughput × mean lead time."""
        return self.throughput / (7 * 24) * self.lead_time

    @property
    def gap(self) -> float:
        """Share of the load that throughput and lead time do not explain; negative where they expect more."""
        return 1 - self.expected_load / self.load


def littles_law(log: Log) -> LittlesLaw | TooFew:
    """Check a log by Little's law over the time from its first beginning to its as-of date.

    Open and cancelled items are a reason from 5 % of the load on, items of which only the finish is known from 5 % of
    those finished on, and the weeks at the edges, which the throughput
    leaves out, where it is 5 % another with them; a history is short that is not twice the mean lead time. Refused
    where the log has no dates, no whole week in which something is finished, or only the items of a period.
    """
    mean, done = elapsed_lead_time(log), log.finished != OPEN
    throughput = mean_throughput(log) if log.dated else None
    if throughput is None or log.period is not None or not mean:
        return TooFew(reason=_why_not(log))
    span = (log.as_of - int(log.begun[log.begun != OPEN].min())) / SECOND / HOUR
    known = log.begun != OPEN
    stay = np.where(known, (log.left - log.begun) / SECOND / HOUR, 0.0)
    load, cancelled = float(stay.sum() / span), float(stay[log.cancelled].sum() / span)
    still = float(stay[~done & ~log.cancelled].sum() / span)
    throughout = float(done.sum()) / span * 7 * 24
    found = (
        (GapReason.OPEN_ITEMS, still >= 0.05 * load),
        (GapReason.CANCELLED_ITEMS, cancelled >= 0.05 * load),
        (GapReason.SHORT_HISTORY, span < 2 * mean),
        (GapReason.ONLY_FINISH_KNOWN, (done & ~log.timed).sum() >= 0.05 * done.sum()),
        (GapReason.EDGE_WEEKS, abs(throughput - throughout) >= 0.05 * throughout),
    )
    return LittlesLaw(
        throughput=throughput,
        lead_time=mean,
        load=load,
        open_load=still,
        cancelled_load=cancelled,
        reasons=tuple(reason for reason, holds in found if holds),
    )


def _why_not(log: Log) -> str:
    if not log.dated:
        return "The file gives durations without dates, so nothing says how many items were in the stream at a time."
    if log.period is not None:
        return "Items chosen by their finish date are not all that were in the stream, so its load is not known."
    if (log.finished != OPEN).any() and mean_throughput(log) is None:
        return "No item is finished in a whole week, Monday to Sunday, so there is no throughput to check the load by."
    if (log.finished != OPEN).any() and not log.timed.any():
        return "Of no finished item more than its finish is known, so there is no lead time to check the load against."
    return "No item is finished, so there is no lead time to check the load against."
