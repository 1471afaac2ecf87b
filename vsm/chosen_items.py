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
    found = measure_reading(replace(reading, log=log), choices)
    if found.stream is None or found.stream.measured is None:
        return found
    measured = replace(found.stream.measured, wanted=wanted, items_in_file=len(reading.log.items))
    return replace(found, stream=replace(found.stream, measured=measured))
