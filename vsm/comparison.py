"""Measured logs -> two sides to compare: two logs, or of one two periods by finish date or two types of work."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vsm.flow import MeasuredLog, finish_days
from vsm.items.compare import Difference, compare, side
from vsm.items.facts import measure
from vsm.items.selection import select


@dataclass(frozen=True, kw_only=True)
class Part:
    """Which items one side holds; what is `None` is not asked."""

    type: str | None = None
    finished_from: dt.date | None = None
    finished_to: dt.date | None = None


def halves(m: MeasuredLog) -> tuple[Part, Part] | None:
    """Propose the two halves of the time in which items finished; `None` with fewer than two such days."""
    days = finish_days(m.log)
    if days is None or days[0] == days[1]:
        return None
    first, last = days
    middle = first + (last - first) / 2
    return (
        Part(finished_from=first, finished_to=middle),
        Part(finished_from=middle + dt.timedelta(days=1), finished_to=last),
    )


def compare_logs(before: MeasuredLog, after: MeasuredLog) -> tuple[Difference, ...]:
    """Compare two logs; both should be measured on the same clock."""
    return compare(side(before.log, before.facts), side(after.log, after.facts))


def compare_parts(m: MeasuredLog, before: Part, after: Part) -> tuple[Difference, ...]:
    """Compare two parts of a log, both measured on its clock."""
    sides = []
    for part in (before, after):
        types = None if part.type is None else (part.type,)
        log = select(m.log, types=types, finished_from=part.finished_from, finished_to=part.finished_to)
        sides.append(side(log, measure(log, m.clock)))
    return compare(*sides)
