"""The reading of a log and what a person asks for -> the reading of those items alone, measured like the whole."""

from __future__ import annotations

from dataclasses import replace

from vsm.items.choosing import select_wanted
from vsm.model import Wanted
from vsm.opening import MeasuredReading, measure_reading
from vsm.reading.log_shapes import LogChoices


def choose_items(reading: MeasuredReading, wanted: Wanted, choices: LogChoices) -> MeasuredReading:
    """Return the reading with the items that match alone, each whole; where nothing is asked for, as it was."""
    if wanted == Wanted() or reading.log is None:
        return reading
    log = select_wanted(reading.log, wanted)
    found, whole = measure_reading(replace(reading, log=log), choices), reading.stream
    if found.stream is None or found.stream.measured is None or whole is None or whole.measured is None:
        return found
    measured = replace(
        found.stream.measured,
        wanted=_within(whole.measured.wanted, wanted),
        items_in_file=whole.measured.items_in_file or len(reading.log.items),
    )
    return replace(found, stream=replace(found.stream, measured=measured, source=whole.source))


def _within(before: Wanted, wanted: Wanted) -> Wanted:
    """Say what items were chosen by that were chosen twice: for a publication, and once more by its reader."""
    first, last = (before.finished_from, wanted.finished_from), (before.finished_to, wanted.finished_to)
    return Wanted(
        types=wanted.types or before.types,
        teams=wanted.teams or before.teams,
        people=wanted.people or before.people,
        finished_from=max((day for day in first if day is not None), default=None),
        finished_to=min((day for day in last if day is not None), default=None),
    )
