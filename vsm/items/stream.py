"""Facts of a log -> a measured value stream: stage means that add up to the mean lead time of finished items."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vsm.growth import Growth
from vsm.items.buckets import MONDAY, WEEK
from vsm.items.facts import Facts, StageFacts, rework_unseen
from vsm.items.log import OPEN, Log
from vsm.items.statistics import TooFew
from vsm.items.totals import Totals, totals_of
from vsm.model import (
    ClockKind,
    Definitions,
    LeadTimes,
    Measured,
    Source,
    Stage,
    ValueStream,
    WaitSide,
    WorkingTime,
)
from vsm.worktime import DAY, SECOND, Calendar, Clock, ElapsedClock, WorkingClock, local_times

HOUR = 3600.0
"""Seconds."""


def clock_for(log: Log, calendar: Calendar | None) -> Clock:
    """Return the clock that counts all hours or, with a calendar, its working hours over the span of the log."""
    if calendar is None or not log.dated:
        return ElapsedClock()
    begun = log.begun[log.begun != OPEN]
    return WorkingClock(calendar, min(int(begun.min()), log.as_of) if len(begun) else log.as_of, log.as_of)


def measured_stream(
    log: Log,
    *,
    name: str,
    calendar: Calendar | None = None,
    start: str | None = None,
    end: str | None = None,
    source: Source | None = None,
    totals: Totals | None = None,
) -> ValueStream:
    """Measure a log as a value stream; `totals` are given where it was measured already, by the same clock.

    Each stage's processing and wait time is the sum over finished items divided by the number of those that have a lead
    time, so that stages add up to its mean; a wait stands in front of its stage. %C&A is the first-pass yield: the
    share of completed visits that were not left for an earlier stage, as far as the log tells (`rework_unseen`). Hours
    of the clock; a day is as `definitions_of` says.
    """
    totals = totals or totals_of(log, clock_for(log, calendar))
    measured = summarise(totals, ClockKind.ELAPSED if calendar is None else ClockKind.WORKING)
    return ValueStream(
        stages=_stages(log, totals.facts),
        name=name,
        start=start,
        end=end,
        definitions=definitions_of(log, calendar),
        source=source,
        measured=replace(measured, working_time=_working_time(log, calendar)),
    )


def _working_time(log: Log, calendar: Calendar | None) -> WorkingTime | None:
    """Say by which hours a log was measured, and which holidays of the calendar that left out."""
    begun = log.begun[log.begun != OPEN]
    if calendar is None or not log.dated:
        return None
    first, last = (int(begun.min()) if len(begun) else log.as_of), log.as_of
    span = local_times(np.array([min(first, last), last], dtype=np.int64), calendar.timezone).tolist()
    days = tuple(_moment(moment).date() for moment in span)
    held = (day for day in calendar.holidays if days[0] <= day <= days[1] and calendar.weekdays[day.weekday()])
    return WorkingTime(
        begins=calendar.begins,
        ends=calendar.ends,
        weekdays=calendar.weekdays,
        timezone=calendar.timezone,
        country=calendar.country,
        holidays=tuple(sorted(held)),
    )


def definitions_of(log: Log, calendar: Calendar | None) -> Definitions:
    """Return how many hours a day has: of the clock or, where the file gives durations, what its days were read as."""
    if not log.dated:
        return Definitions(wait=WaitSide.BEFORE, hours_per_day=log.hours_per_day)
    days = 7 if calendar is None else sum(calendar.weekdays)
    hours = clock_for(log, calendar).hours_per_day
    return Definitions(wait=WaitSide.BEFORE, hours_per_day=hours, days_per_week=days)


def _stages(log: Log, facts: Facts) -> tuple[Stage, ...]:
    timed = int(facts.items["timed"].sum())
    sums, unseen = facts.stages, rework_unseen(log, facts.stages)
    return tuple(
        Stage(
            name=stage,
            processing_time=_mean(sums.worked[i], timed) if log.divided else None,
            wait_time=_mean(sums.waited[i], timed) if log.divided else None,
            undivided_time=None if log.divided else _mean(sums.worked[i], timed),
            complete_accurate=None if unseen else _first_pass_yield(sums, i),
            rework_to=_rework_to(log, sums, i),
            visits=int(sums.visits[i]),
            work_again=_share(sums.worked_again[i], sums.worked[i]),
            wait_again=_share(sums.waited_again[i], sums.waited[i]),
            work_variation=_work_variation(sums, i) if log.divided else None,
            arrival_variation=arrival_variation(log) if i == 0 and log.dated else None,
        )
        for i, stage in enumerate(log.stages)
    )


def _growth(totals: Totals) -> tuple[Growth, ...]:
    """Weigh arrivals against departures of each stage; nothing of items selected by their finish, which are not all."""
    if totals.moves is None or totals.log.period is not None:
        return ()
    first, last = whole_weeks(totals.log)
    found = totals.moves.last((last - first) // WEEK).growth()
    return () if isinstance(found, TooFew) else found


def _first_pass_yield(sums: StageFacts, stage: int) -> float | None:
    return 1 - float(sums.sent_back[stage] / sums.completed[stage]) if sums.completed[stage] else None


def _rework_to(log: Log, sums: StageFacts, stage: int) -> str | None:
    """Name the stage, no later one, that items were most often sent back to from here; `None` where none was."""
    counts = sums.sent_to[stage, : stage + 1]
    return log.stages[int(counts.argmax())] if counts.any() else None


def _share(part: float, whole: float) -> float | None:
    return float(part / whole) if whole else None


FEWEST_VISITS = 10
"""Work of fewer visits does not tell how far it varies."""


def _work_variation(sums: StageFacts, stage: int) -> float | None:
    """Return the coefficient of variation of the work of a visit.

    Formula: √(n Σw² / (Σw)² − 1). From 0. `None` from fewer than `FEWEST_VISITS` visits.
    """
    count, worked = int(sums.worked_visits[stage]), float(sums.worked[stage])
    if count < FEWEST_VISITS:
        return None
    return float(max(0.0, count * float(sums.worked_squares[stage]) / worked**2 - 1) ** 0.5)


def _mean(seconds: float, count: int) -> float | None:
    return float(seconds) / count / HOUR if count else None


def summarise(totals: Totals, clock: ClockKind) -> Measured:
    """Take the figures of the whole from what was measured of a log."""
    log, facts = totals.log, totals.facts
    timed = facts.items.loc[facts.items["timed"]]
    times = timed["lead_time"].to_numpy() / HOUR
    finished = log.finished[log.finished != OPEN]
    unseen = rework_unseen(log, facts.stages)
    return Measured(
        items=len(facts.items),
        finished=len(finished),
        only_finish_known=len(finished) - len(timed),
        cancelled=int(facts.items["cancelled"].sum()),
        lead_times=lead_times(times),
        overlap=_overlap(facts.stages.worked + facts.stages.waited, timed["lead_time"]),
        work_overlap=_overlap(facts.stages.worked, timed["worked"]),
        throughput=mean_throughput(log) if log.dated else None,
        flow_load=_flow_load(log) if log.dated else None,
        sent_back=int(facts.items["sent_back"].sum()),
        never_sent_back=int((timed["sent_back"] == 0).sum()) if unseen is None else None,
        rework_unseen=unseen,
        variants=int(facts.items["path"].nunique()),
        begins=_moment(int(finished.min()), log.timezone) if log.dated and len(finished) else None,
        ends=_moment(int(finished.max()), log.timezone) if log.dated and len(finished) else None,
        as_of=_moment(log.as_of, log.timezone) if log.dated else None,
        clock=clock,
        finish_assumed=log.finish_assumed,
        elapsed_lead_time=elapsed_lead_time(log),
        person_moves=totals.person_moves,
        person_changes=totals.person_changes,
        growth=_growth(totals),
    )


def elapsed_lead_time(log: Log) -> float | None:
    """Average the lead times of finished items, every hour counted; hours, `None` without any or without dates."""
    timed = log.timed
    if not log.dated or not timed.any():
        return None
    taken = np.minimum(log.finished[timed], log.as_of) - np.minimum(log.begun[timed], log.as_of)
    return float(taken.mean()) / SECOND / HOUR


def _overlap(by_stage: NDArray[np.float64], by_item: pd.Series[float]) -> float:
    """Return by how much the stages add up to more than the items, in hours for one item; rounding is no overlap."""
    difference = float(by_stage.sum() - by_item.sum())
    return difference / len(by_item) / HOUR if abs(difference) > 1e-9 * by_stage.sum() else 0.0


def lead_times(hours: NDArray[np.float64]) -> LeadTimes | None:
    """Summarise lead times in hours; `None` without any. Percentiles by linear interpolation."""
    if not len(hours):
        return None
    median, p70, p85, p95 = (float(q) for q in np.percentile(hours, (50, 70, 85, 95)))
    return LeadTimes(mean=float(hours.mean()), median=median, p70=p70, p85=p85, p95=p95)


def _moment(time: int, timezone: str = "UTC") -> dt.datetime:
    moment = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=time)
    return moment if timezone == "UTC" else moment.astimezone(ZoneInfo(timezone))


def whole_weeks(log: Log) -> tuple[int, int]:
    """Return the bounds [from, to), by the wall clock, of the whole weeks, Monday to Sunday, inside the log.

    They are equal if there is none.

    A log that begins on a Monday morning holds that week: its first day counts whole. Of items selected by their finish
    date: the whole weeks inside that period.
    """
    begun = log.begun[log.begun != OPEN]
    if not len(begun):
        return 0, 0
    first, last = log.by_wall_clock(np.array([begun.min(), log.as_of])).tolist()
    first = first // DAY * DAY
    if log.period is not None:
        first, last = max(first, log.period[0]), min(last, log.period[1])
    first = -((MONDAY - first) // WEEK) * WEEK + MONDAY
    last = (last - MONDAY) // WEEK * WEEK + MONDAY
    return first, max(first, last)


def weekly_throughput(log: Log) -> NDArray[np.int64]:
    """Count finished items in each whole week of the log, weeks without any included."""
    first, last = whole_weeks(log)
    finished = log.finish_moments
    inside = finished[(finished >= first) & (finished < last)]
    return np.bincount((inside - first) // WEEK, minlength=(last - first) // WEEK).astype(np.int64)


FEWEST_WEEKS = 8
"""Arrivals of fewer weeks do not tell how far they vary."""


def arrival_variation(log: Log) -> float | None:
    """Return the coefficient of variation of the time between two items that come to the stream.

    Formula: √(variance / mean) of the arrivals in whole weeks, to which it comes close where many arrive in a week; so
    nights and weekends play no part. From 0; 1 for arrivals at random. `None` from fewer than `FEWEST_WEEKS` weeks, and
    for items selected by their finish. Source: D. R. Cox, P. A. W. Lewis, The Statistical Analysis of Series of Events.
    """
    first, last = whole_weeks(log)
    arrived = log.by_wall_clock(log.begun)
    seen = (log.finished == OPEN) | log.timed
    inside = arrived[seen & (arrived >= first) & (arrived < last)]
    if (last - first) // WEEK < FEWEST_WEEKS or not len(inside) or log.period is not None:
        return None
    weeks = np.bincount((inside - first) // WEEK, minlength=(last - first) // WEEK)
    return float((weeks.var(ddof=1) / weeks.mean()) ** 0.5)


def mean_throughput(log: Log) -> float | None:
    """Return how many items a week are finished, over the whole weeks of the log.

    `None` without any week, and where all that is finished was so in the days before or behind them.
    """
    weeks = weekly_throughput(log)
    if not len(weeks) or (len(log.finish_moments) and not weeks.any()):
        return None
    return float(weeks.mean())


def _flow_load(log: Log) -> float | None:
    """Average the number of items in the stream over the time from the first beginning to the as-of date.

    Cancelled items count while they were in: until their last stretch ended. Items selected by their finish date
    cannot tell, as those that were in the stream beside them are not among them.
    """
    known = log.begun != OPEN
    if not known.any() or log.period is not None:
        return None
    span = log.as_of - int(log.begun[known].min())
    inside = (log.left - log.begun)[known].astype(np.float64)
    return float(inside.sum() / span) if span > 0 else None
