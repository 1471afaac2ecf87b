"""The reading of a log and what a person asks for -> the reading of those items alone, measured like the whole."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from vsm.items.log import Log
from vsm.items.selection import select
from vsm.model import Wanted
from vsm.opening import MeasuredReading, measure_reading
from vsm.reading.log_shapes import LogChoices


def choose_items(reading: MeasuredReading, wanted: Wanted, choices: LogChoices) -> MeasuredReading:
    """Return the reading with the items that match alone, each whole; where nothing is asked for, as it was."""
    if wanted == Wanted() or reading.log is None:
        return reading
    log = select_wanted(reading.log, wanted)
    found = measure_reading(replace(reading, log=log), choices)
    if found.stream is None or found.stream.measured is None:
        return found
    measured = replace(found.stream.measured, wanted=wanted, items_in_file=len(reading.log.items))
    return replace(found, stream=replace(found.stream, measured=measured))


def select_wanted(log: Log, wanted: Wanted) -> Log:
    """Return the part of a log with the items that match, each whole."""
    return select(
        log,
        types=wanted.types or None,
        teams=wanted.teams or None,
        people=wanted.people or None,
        finished_from=wanted.finished_from,
        finished_to=wanted.finished_to,
    )


def people_at_work(log: Log) -> tuple[str, ...]:
    """Return the people whom at least one visit names, in alphabetical order."""
    named = np.bincount(log.visits.person + 1, minlength=len(log.people) + 1)[1:] > 0
    return tuple(sorted(log.people[code] for code in np.flatnonzero(named)))
