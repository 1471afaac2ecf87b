"""A log and a calendar -> the log measured on one clock: what pages, charts and sentences about items read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vsm.items.ageing import Ageing
from vsm.items.facts import Facts, measure
from vsm.items.log import Log
from vsm.items.stream import HOUR, clock_for, definitions_of
from vsm.model import Definitions
from vsm.worktime import Calendar, Clock


@dataclass(frozen=True, kw_only=True, eq=False)
class MeasuredLog:
    """A log, or the part of it that was chosen, with what was measured of it."""

    log: Log
    clock: Clock
    facts: Facts
    definitions: Definitions
    """Says how many hours a day has on this clock, for durations in words."""

    @property
    def lead_times(self) -> NDArray[np.float64]:
        """Lead times of finished items that have one, in hours and in the log's order."""
        items = self.facts.items
        hours: NDArray[np.float64] = items["lead_time"].to_numpy()[items["timed"].to_numpy()] / HOUR
        return hours

    @property
    def only_finish_known(self) -> int:
        """Finished items that have no lead time, as nothing but their finish is known."""
        return int(self.facts.items["finished"].sum()) - len(self.lead_times)


def measured_log(log: Log, calendar: Calendar | None = None) -> MeasuredLog:
    """Measure a log on the elapsed clock or, with a calendar, on its working hours."""
    clock = clock_for(log, calendar)
    return MeasuredLog(log=log, clock=clock, facts=measure(log, clock), definitions=definitions_of(log, calendar))


def finish_days(log: Log) -> tuple[dt.date, dt.date] | None:
    """Return the days, by the wall clock, of the first and the last finish; `None` without dates or finished items."""
    finished = log.finish_moments[log.finished < np.iinfo(np.int64).max]
    if not log.dated or not len(finished):
        return None
    first, last = finished[[finished.argmin(), finished.argmax()]].astype("datetime64[us]").tolist()
    return first.date(), last.date()


def older_than_usual(found: Ageing) -> NDArray[np.bool_]:
    """Tell for each open item whether it is older than 85 % of finished items were when they left its stage."""
    usual = found.usual["p85"].to_numpy()[found.items["stage"].to_numpy()]
    return np.asarray(found.items["age"].to_numpy() > usual)
