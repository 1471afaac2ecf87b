"""A future state and what time is worth -> money: what coming earlier is worth, and what less work costs less.

The two are kept apart: waiting costs no wages, and work that is saved brings nothing earlier by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from vsm.capacity import throughput, work_per_item
from vsm.future import FutureState
from vsm.model import ValueStream
from vsm.plan import Costs

WEEKS_A_YEAR = 52


@dataclass(frozen=True, kw_only=True)
class Money:
    """What a future state is worth, in the currency of the costs. `None`: not known."""

    delay_per_item: float | None
    work_per_item: float | None
    items_a_year: float | None
    endless: tuple[str, ...] = ()
    """Stages of the future state whose queue grows without end, so that nobody knows when an item comes."""

    @property
    def delay_a_year(self) -> float | None:
        """What coming earlier is worth in a year."""
        return _times(self.delay_per_item, self.items_a_year)

    @property
    def work_a_year(self) -> float | None:
        """What the work saved in a year would have cost."""
        return _times(self.work_per_item, self.items_a_year)


def effort(stream: ValueStream) -> float | None:
    """Add up the work that one delivered item asks for, repetitions included.

    Formula: Σ v P. Unit: hours; less is better. `None` when no stage states a processing time or nothing finishes.

    >>> from vsm.model import Stage
    >>> effort(ValueStream(stages=(Stage(name="a", processing_time=2),
    ...                            Stage(name="b", processing_time=1, complete_accurate=0.5))))
    6.0
    """
    known = [work for i in range(len(stream.stages)) if (work := work_per_item(stream, i)) is not None]
    return sum(known) if known else None


def money(future: FutureState, costs: Costs) -> Money:
    """Turn what a future state saves into money.

    Formulas: lead time saved in weeks × cost of delay a week, and effort saved in hours × cost of an hour, both for one
    item; × throughput × 52 for a year. Below 0 where the future state takes longer. `None` where a cost was not said or
    a time is not known; nothing comes earlier where a queue of the future state grows without end. Source: D.
    Reinertsen, The Principles of Product Development Flow (cost of delay).
    """
    before, after = effort(future.current.stream), effort(future.future.stream)
    saved = None if before is None or after is None else before - after
    hours_per_week = future.current.stream.definitions.hours_per_week
    weeks = None if future.saves is None or future.endless else future.saves / hours_per_week
    return Money(
        delay_per_item=_times(weeks, costs.delay_per_week),
        work_per_item=_times(saved, costs.hour_of_work),
        items_a_year=_times(throughput(future.future.stream), WEEKS_A_YEAR),
        endless=future.endless,
    )


def _times(a: float | None, b: float | None) -> float | None:
    return None if a is None or b is None else a * b
