"""Texts of timestamps in any mixture of formats and zones -> microseconds UTC, each different text read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from vsm.items.blocks import rows_at_once
from vsm.reading.logs.stamp_patterns import CLOCKS, MAYBE, NUMBER, NUMBERS, PATTERNS, ZONES
from vsm.reading.month_names import month_number
from vsm.reading.shapes import ReadError
from vsm.worktime import DAY, SECOND, Times

UNREADABLE = int(np.iinfo(np.int64).min)
FIRST_YEAR, LAST_YEAR = 1900, 2200
FIRST_LOOK = 20
"""Texts that mostly tell whether a column is ISO 8601."""
_EXCEL_EPOCH = int(np.datetime64("1899-12-30", "D").astype(np.int64))
_EPOCH_UNITS = ((10**9, 10**10, SECOND), (10**11, 10**13, 1000), (10**14, 10**16, 1))
"""(least, most, microseconds) of numbers that count seconds, milliseconds or microseconds since 1970."""
_MINUTE = 60 * SECOND


Iso = tuple[Times, bool]
"""Times of a column, `UNREADABLE` where blank, and whether they name no zone."""


class DayOrder(Enum):
    """Whether numbers such as 03/04/2026 are written with the day or the month first."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    BOTH = "both"
    UNDECIDED = "undecided"
    NOT_NEEDED = "not needed"


@dataclass(frozen=True, kw_only=True, eq=False)
class Stamps:
    """What texts mean as times; columns of one length. `times` is `UNREADABLE` where a text is no time."""

    times: Times
    dates: NDArray[np.bool_]
    """A date without a time of day, or midnight exactly."""
    numeric: NDArray[np.bool_]
    """A plain number, which only its header makes a time."""
    zoned: NDArray[np.bool_]
    """A time that names its zone."""
    early: NDArray[np.bool_]
    """A time before `FIRST_YEAR`, which no log speaks of."""
    late: NDArray[np.bool_]
    """A time from `LAST_YEAR` on, such as 9999-12-31."""

    @property
    def is_time(self) -> NDArray[np.bool_]:
        """Whether a text is a time, of whatever year."""
        return np.asarray((self.times != UNREADABLE) | self.early | self.late)


def read_stamps(values: pa.StringArray, *, day_first: bool = True, timezone: str = "UTC") -> Stamps:
    """Read each text as a time; `timezone` is of those that name none. Raises `ReadError` for an unknown zone."""
    quick = _iso(values)
    if quick is not None:
        times, naive = quick
        return _all_in_range(localised(times, timezone) if naive else times, dates=times % DAY == 0, zoned=not naive)
    count = len(values)
    times = np.full(count, UNREADABLE, dtype=np.int64)
    dates, numeric, zoned = (np.zeros(count, dtype=bool) for _ in range(3))
    rest = np.flatnonzero(pc.match_substring_regex(values, MAYBE).to_numpy(zero_copy_only=False))
    for pattern in PATTERNS:
        if not len(rest):
            break
        parts = pc.extract_regex(values.take(pa.array(rest)), pattern)
        found = parts.is_valid().to_numpy(zero_copy_only=False)
        if found.any():
            local, offset = _from_parts(_Parts(parts.filter(pa.array(found))), pattern, day_first)
            good = local != UNREADABLE
            dates[rest[found]] = good & (local % DAY == 0)
            times[rest[found]] = _in_utc(local, offset, timezone)
            zoned[rest[found]] = good & ~np.isnan(offset)
        rest = rest[~found | (times[rest] == UNREADABLE)]
    whole, known = _numbers(values.take(pa.array(rest)))
    times[rest[known]] = localised(whole[known], timezone)
    dates[rest[known]] = whole[known] % DAY == 0
    numeric[rest[known]] = True
    lowest, highest = _bounds()
    early, late = (times != UNREADABLE) & (times < lowest), times >= highest
    times[early | late] = UNREADABLE
    return Stamps(times=times, dates=dates & ~early & ~late, numeric=numeric, zoned=zoned, early=early, late=late)


def _all_in_range(times: Times, dates: NDArray[np.bool_], *, zoned: bool) -> Stamps:
    no = np.zeros(len(times), dtype=bool)
    return Stamps(times=times, dates=dates, numeric=no, zoned=no | zoned, early=no, late=no)


def stamps_of_iso(iso: Iso, timezone: str) -> Stamps:
    """Take the times of a column that is ISO 8601 throughout, or blank."""
    times, naive = iso
    dates = np.empty(len(times), dtype=bool)
    for part in rows_at_once(len(times)):
        dates[part] = (times[part] != UNREADABLE) & (times[part] % DAY == 0)
    if naive and timezone != "UTC":
        known = times != UNREADABLE
        times = times.copy()
        times[known] = localised(times[known], timezone)
    return _all_in_range(times, dates, zoned=not naive)


def read_iso(texts: pa.Array | pa.ChunkedArray) -> Iso | None:
    """Read a whole column that is ISO 8601 throughout, or blank; `None` where it is not."""
    blank = pc.equal(pc.binary_length(texts), 0)
    return _iso(pc.if_else(blank, pa.scalar(None, pa.string()), texts) if pc.any(blank).as_py() else texts)


def read_clocks(values: pa.StringArray) -> Times:
    """Read each text as a time of day, in microseconds since midnight; `UNREADABLE` where it is none.

    >>> (read_clocks(pa.array(["9:30", "2:05 PM", "144300", "24:00"])) // 60_000_000).tolist()
    [570, 845, 883, 1440]
    """
    times = np.full(len(values), UNREADABLE, dtype=np.int64)
    for pattern in CLOCKS:
        parts = pc.extract_regex(values, pattern)
        found = parts.is_valid().to_numpy(zero_copy_only=False)
        time, right = _time_of_day(_Parts(parts.filter(pa.array(found))))
        times[found] = np.where(right, time, UNREADABLE)
    return times


def day_order(columns: Sequence[pa.StringArray]) -> DayOrder:
    """Decide from all texts of the time columns together: a number above 12 cannot be a month.

    Points between the numbers are written with the day first; a clock with AM and PM speaks for the month first.
    """
    day = month = open_question = american = False
    for values in columns:
        parts = pc.extract_regex(values, NUMBERS).drop_null()
        if not len(parts):
            continue
        fields = _Parts(parts)
        a, b = fields.number("a"), fields.number("b")
        points = fields.texts("sign") == "."
        day |= bool(((a > 12) | (points & (a != b))).any())
        month |= bool(((b > 12) & ~points).any())
        open_question |= bool(((a <= 12) & (b <= 12) & (a != b)).any())
        american |= bool((fields.texts("p") != "").any())
    if day and month:
        return DayOrder.BOTH
    if day or month:
        return DayOrder.DAY_FIRST if day else DayOrder.MONTH_FIRST
    if not open_question:
        return DayOrder.NOT_NEEDED
    return DayOrder.MONTH_FIRST if american else DayOrder.UNDECIDED


def _iso(values: pa.Array | pa.ChunkedArray) -> Iso | None:
    """Read texts that are all ISO 8601, all with or all without a zone; `None` where they are not."""
    for unit, naive in ((pa.timestamp("us"), True), (pa.timestamp("us", tz="UTC"), False)):
        try:
            # What is no time shows soon; to find each text of a whole column wrong is slow.
            values.slice(0, FIRST_LOOK).cast(unit)
            read = values.cast(unit).cast(pa.int64())
        except pa.ArrowInvalid:
            continue
        times = np.asarray(pc.fill_null(read, UNREADABLE).to_numpy(zero_copy_only=False))
        return (times, naive) if in_range(times) else None
    return None


def in_range(times: Times) -> bool:
    """Whether all known times lie in years that a log can speak of."""
    lowest, highest = _bounds()
    least = np.min(times, initial=highest, where=times != UNREADABLE)
    return bool(least >= lowest and np.max(times, initial=lowest) < highest)


def _bounds() -> tuple[int, int]:
    """The first moment of the years that a log can speak of, and the first one behind them."""
    first, last = (int(np.datetime64(str(year), "us").astype(np.int64)) for year in (FIRST_YEAR, LAST_YEAR))
    return first, last


class _Parts:
    """The parts of texts that a pattern found, as arrays."""

    def __init__(self, parts: pa.StructArray) -> None:
        self._parts = parts
        self._names = {field.name for field in parts.type}

    def __len__(self) -> int:
        return len(self._parts)

    def texts(self, name: str) -> NDArray[np.object_]:
        """The texts of a part; empty where it is missing."""
        if name not in self._names:
            return np.full(len(self), "", dtype=object)
        return np.asarray(self._parts.field(name).to_numpy(zero_copy_only=False))

    def number(self, name: str) -> NDArray[np.int64]:
        """The numbers of a part; 0 where it is missing."""
        if name not in self._names:
            return np.zeros(len(self), dtype=np.int64)
        field = self._parts.field(name)
        filled = pc.if_else(pc.equal(field, ""), "0", field)
        return np.asarray(filled.cast(pa.int64()).to_numpy(zero_copy_only=False))

    def digits(self, name: str) -> NDArray[np.int64]:
        """How many letters a part has."""
        return np.asarray(pc.binary_length(self._parts.field(name)).to_numpy(zero_copy_only=False))

    def months(self, name: str) -> NDArray[np.int64]:
        """The numbers of the months that a part names; -1 where it names none."""
        encoded = self._parts.field(name).dictionary_encode()
        known = [month_number(text) or -1 for text in encoded.dictionary.to_pylist()]
        places = np.array(known, dtype=np.int64)
        return np.asarray(places[encoded.indices.to_numpy(zero_copy_only=False)])

    def has(self, name: str) -> bool:
        """Whether the pattern knows such a part."""
        return name in self._names


def _from_parts(parts: _Parts, pattern: str, day_first: bool) -> tuple[Times, NDArray[np.float64]]:
    """Put parts together: the local time, `UNREADABLE` where there is no such day, and minutes east, NaN if unsaid."""
    year, day = parts.number("y"), parts.number("d")
    month = parts.months("name") if parts.has("name") else parts.number("m")
    if pattern is NUMBERS:
        a, b = parts.number("a"), parts.number("b")
        first = (a > 12) | ((b <= 12) & ((parts.texts("sign") == ".") | day_first))
        day, month = np.where(first, a, b), np.where(first, b, a)
    year = np.where(parts.digits("y") == 2, np.where(year < 70, year + 2000, year + 1900), year)
    time, clock_right = _time_of_day(parts)
    offset, zone_known = _offsets(parts)
    right = (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    months = np.where(right, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + np.where(right, day - 1, 0)
    right &= (days.astype("datetime64[M]") == months) & clock_right & zone_known
    return np.where(right, days.astype(np.int64) * DAY + time, UNREADABLE), offset


def _time_of_day(parts: _Parts) -> tuple[Times, NDArray[np.bool_]]:
    hour, minute, second = parts.number("h"), parts.number("i"), parts.number("s")
    half = parts.texts("p")
    told = half != ""
    right = (minute < 60) & (second <= 60) & np.where(told, (hour >= 1) & (hour <= 12), hour < 24)
    # The end of a day, which is the beginning of the next one.
    right |= (hour == 24) & (minute == 0) & (second == 0) & ~told
    afternoon = (half == "p") | (half == "P")
    hour = np.where(told, hour % 12 + 12 * afternoon, hour)
    time = ((hour * 60 + minute) * 60 + second) * SECOND
    if parts.has("f"):
        digits = parts.texts("f")
        if (digits != "").any():
            time = time + np.array([int(text[:6].ljust(6, "0")) if text else 0 for text in digits], dtype=np.int64)
    return time, right


def _offsets(parts: _Parts) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Minutes east of UTC, NaN where the text names no zone; and whether the zone that it names is known."""
    zone = parts.texts("z")
    if parts.has("z2"):
        zone = np.where(parts.texts("z2") != "", parts.texts("z2"), zone)
    different, places = np.unique(zone.astype(str), return_inverse=True)
    minutes = [_minutes_east(text) for text in different]
    known = np.array([text == "" or east is not None for text, east in zip(different, minutes, strict=True)])
    east = np.array([np.nan if m is None else float(m) for m in minutes])
    return east[places], known[places]


def _minutes_east(zone: str) -> int | None:
    named = ZONES.get(zone.upper())
    if named is not None:
        return named
    text = zone.upper().removeprefix("UTC").removeprefix("GMT").strip().replace(":", "")
    if not text or text[0] not in "+-":
        return None
    hours, minutes = int(text[1:3]), int(text[3:5] or 0)
    return (hours * 60 + minutes) * (-1 if text[0] == "-" else 1)


def _in_utc(local: Times, offset: NDArray[np.float64], timezone: str) -> Times:
    good = local != UNREADABLE
    naive = good & np.isnan(offset)
    result = local.copy()
    result[naive] = localised(local[naive], timezone)
    told = good & ~np.isnan(offset)
    result[told] -= (offset[told] * _MINUTE).astype(np.int64)
    return result


def localised(local: Times, timezone: str) -> Times:
    """Turn wall-clock times into UTC; of an hour that comes twice the first counts, one that is skipped moves on."""
    if timezone == "UTC" or not len(local):
        return local
    index = pd.DatetimeIndex(local.view("datetime64[us]"))
    try:
        zoned = index.tz_localize(timezone, ambiguous=np.ones(len(index), dtype=bool), nonexistent="shift_forward")
    except (KeyError, ValueError) as error:
        raise ReadError(
            f"There is no time zone “{timezone}”; use a name such as Europe/Berlin or America/New_York."
        ) from error
    return np.asarray(zoned.tz_convert("UTC").as_unit("us").asi8)


def _numbers(values: pa.StringArray) -> tuple[Times, NDArray[np.bool_]]:
    """Read plain numbers: days of a spreadsheet's calendar, or seconds, ms or µs since 1970."""
    parts = pc.extract_regex(values, NUMBER)
    found = parts.is_valid().to_numpy(zero_copy_only=False)
    times = np.full(len(values), UNREADABLE, dtype=np.int64)
    if not found.any():
        return times, found
    fields = _Parts(parts.filter(pa.array(found)))
    whole = fields.number("whole")
    fraction = np.array([float("0." + (text or "0")) for text in fields.texts("f")])
    result = np.full(len(whole), UNREADABLE, dtype=np.int64)
    serial = (whole >= 20_000) & (whole < 100_000)
    # A spreadsheet's fraction of a day is rounded to the millisecond, as finer digits are noise of the division.
    result[serial] = (whole[serial] + _EXCEL_EPOCH) * DAY + np.rint(fraction[serial] * 86_400_000).astype(
        np.int64
    ) * 1000
    for least, most, size in _EPOCH_UNITS:
        inside = (whole >= least) & (whole < most)
        result[inside] = whole[inside] * size + np.rint(fraction[inside] * size).astype(np.int64)
    times[found] = result
    return times, found & (times != UNREADABLE)
