"""Working hours and weekdays as people write them ("09:00-17:00", "mon-fri") <-> those of a `Calendar`."""

from __future__ import annotations

import datetime as dt
import zoneinfo

from vsm.worktime import Calendar

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Week = tuple[bool, ...]


def workday(text: str) -> tuple[dt.time, dt.time]:
    """Read when a working day begins and ends; raises `ValueError` with a whole sentence.

    >>> workday("09:00-17:30")
    (datetime.time(9, 0), datetime.time(17, 30))
    """
    parts = text.replace("–", "-").split("-")
    try:
        begins, ends = (dt.datetime.strptime(part.strip(), "%H:%M").time() for part in parts)
    except ValueError:
        raise ValueError(f"“{text}” is no working day; write when it begins and ends, such as 09:00-17:00.") from None
    if begins >= ends:
        raise ValueError(f"A working day must end after it begins and on the same day, but “{text}” does not.")
    return begins, ends


def workday_words(calendar: Calendar) -> str:
    """Write the working day of a calendar as `workday` reads it.

    >>> workday_words(Calendar())
    '09:00-17:00'
    """
    return f"{calendar.begins:%H:%M}-{calendar.ends:%H:%M}"


def workweek(text: str) -> Week:
    """Read the working days of a week, Monday first; raises `ValueError` with a whole sentence.

    >>> workweek("mon-thu, sat")
    (True, True, True, True, False, True, False)
    >>> workweek("sun-tue")
    (True, True, False, False, False, False, True)
    """
    days = set[int]()
    for part in text.lower().replace("–", "-").split(","):
        first, dash, last = (word.strip() for word in part.partition("-"))
        begins, ends = _weekday(first, text), _weekday(last if dash else first, text)
        days |= {(begins + i) % 7 for i in range((ends - begins) % 7 + 1)}
    return tuple(day in days for day in range(7))


def _weekday(word: str, text: str) -> int:
    found = [i for i, name in enumerate(WEEKDAY_NAMES) if len(word) >= 2 and name.lower().startswith(word)]
    if len(found) != 1:
        raise ValueError(f"“{text}” names no working days; write them as mon-fri or mon,tue,thu.")
    return found[0]


def workweek_words(week: Week) -> str:
    """Write working days as `workweek` reads them.

    >>> workweek_words(workweek("mon-fri")), workweek_words(workweek("mon,wed"))
    ('mon-fri', 'mon,wed')
    """
    days = [i for i, works in enumerate(week) if works]
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"{WEEKDAYS[days[0]]}-{WEEKDAYS[days[-1]]}"
    return ",".join(WEEKDAYS[i] for i in days)


def known_timezone(name: str) -> str:
    """Return a time zone's name if it is one; raises `ValueError` with a whole sentence.

    >>> known_timezone("Europe/Berlin")
    'Europe/Berlin'
    """
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(
            f"“{name}” is no time zone; write one such as UTC, Europe/Berlin or America/New_York."
        ) from None
    return name
