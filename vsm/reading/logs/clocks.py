"""Columns of dates and of times of day -> which of them belong together, and the moments that they tell together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vsm.reading.logs.account import Found, Words
from vsm.reading.logs.fates import Mask
from vsm.reading.logs.frames import TextColumn
from vsm.reading.logs.log_names import plain
from vsm.reading.logs.timestamps import UNREADABLE, read_clocks
from vsm.worktime import Times

LOCAL = "UTC"
"""As what dates are read before their time of day is known: only then is it known how far from UTC they are."""
_DATE_WORD = re.compile(
    r"(?:date|datum|dat|fecha|data|day|tag|jour|dia)(?: (?:of|de|du|do|del))?$|^(?:date|fecha|data) "
)
_CLOCK_WORD = re.compile(
    r"(?:time of day|uhrzeit|time|clock|zeit|uzeit|zet|hora|heure|hour|tm)$|^(?:time|uhrzeit|hora|heure) "
)
_SMALL = re.compile(r"\b(?:of|de|du|do|del|d|la|the|at|am|um|on)\b")


@dataclass(frozen=True)
class JoinedClock:
    """Dates and times of day that were read as one moment."""

    date: str
    clock: str

    def write(self, found: Found, words: Words) -> None:
        """Say which columns were joined, and which rows have no time of day."""
        note = f"The dates in column “{self.date}” and the times of day in column “{self.clock}” were read as one."
        if found.count:
            have = "row has" if found.count == 1 else "rows have"
            note += f" {found.count:,} {have} no time of day there, so the beginning of the day was taken."
        words.notes.append(note)


def pairs_of_date_and_time(
    dates: Sequence[TextColumn], clocks: Sequence[TextColumn], *, anyhow: bool
) -> dict[int, TextColumn]:
    """Return the column of the times of day of each column of dates, by the index of the dates.

    Headers that name the same thing go together ("Start date" and "Start time"), then a column called just "Time" with
    the dates beside it, or with the only dates. `anyhow`: columns of any name go with the nearest dates, too.
    """
    pairs: dict[int, TextColumn] = {}
    for clock in clocks:
        about = _about(clock, _CLOCK_WORD)
        free = sorted((d for d in dates if d.index not in pairs), key=lambda d: _distance(clock, d))
        named = [d for d in free if about is not None and (_about(d, _DATE_WORD) or "") == about]
        beside = [d for d in free if about == "" and (len(dates) == 1 or abs(d.index - clock.index) == 1)]
        chosen = next(iter([*named, *beside, *(free if anyhow else [])]), None)
        if chosen is not None:
            pairs[chosen.index] = clock
    return pairs


def _distance(clock: TextColumn, date: TextColumn) -> tuple[int, bool]:
    """How far the dates stand from the times of day; those before them are nearer."""
    return abs(date.index - clock.index), date.index > clock.index


def _about(column: TextColumn, word: re.Pattern[str]) -> str | None:
    """What a header speaks of besides a date or a time: "Start date" of "start". `None` where it does not name it.

    Dates need no such word: "Start" is about "start".
    """
    header = plain(column.header)
    bare, found = word.subn("", header, count=1)
    if not found:
        return header if word is _DATE_WORD else None
    return " ".join(_SMALL.sub(" ", bare).split())


def with_clock(dates: Times, known: Mask, clock: TextColumn) -> tuple[Times, Mask]:
    """Add times of day to the known of some dates; marks those that have none, which begin with their day."""
    time = np.append(read_clocks(clock.values), UNREADABLE)[clock.codes]
    told = known & (time != UNREADABLE)
    times = dates.copy()
    times[told] += time[told]
    return times, known & ~told
