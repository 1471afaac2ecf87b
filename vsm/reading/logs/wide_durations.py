"""One row for each item, with the time that it spent in each status, maybe beside its dates -> what the rows tell."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from vsm.durations import hours_per_unit, parse_duration, unit_of
from vsm.items.build import HOUR, StatusKind
from vsm.items.runs import last_of_run
from vsm.model import Severity
from vsm.reading.headers import unit_in_words
from vsm.reading.log_shapes import LogRole
from vsm.reading.logs.account import Reason
from vsm.reading.logs.builders import Made, Reader
from vsm.reading.logs.far_dates import without_far_cells, without_late_ends
from vsm.reading.logs.frames import TextColumn
from vsm.reading.logs.profiles import NEVER
from vsm.reading.logs.status_names import kind_of
from vsm.reading.logs.timestamps import UNREADABLE, read_stamps
from vsm.reading.logs.told import Lasted
from vsm.reading.logs.whole import DayLengthPart, FiguresPart, LongHoursPart
from vsm.reading.logs.wide import NOWHERE, leave_out_second_rows, say_unreadable, say_unused, stage_columns
from vsm.reading.texts import listed

_USUAL = (
    r"^(?:(?P<w>\d{1,6})w)? ?(?:(?P<d>\d{1,6})d)? ?(?:(?P<h>\d{1,6})h)? ?(?:(?P<m>\d{1,8})m)? ?(?:(?P<s>\d{1,10})s)?$"
)
_DAYS_AND_HOURS = (
    r"(?i)^[^:]*\d *(?:d|days?|tage?n?|j|jours?|d[ií]as?)[,;]? *(?:and|und|et|y|e)? *T?(?P<h>\d{1,6}) *"
    r"(?:h|hrs?|hours?|std\.?|stunden?|heures?|horas?)(?:[^a-z]|$)"
)
WORKING_DAY, CALENDAR_DAY = 8.0, 24.0
DAYS = (WORKING_DAY, CALENDAR_DAY)
"""Hours that a day in a report of durations has."""
ROUNDED = 0.02
"""Share of an item's time by which the sum of its durations may differ from it, as each of them is rounded."""
MOST_HOURS = 24 * 366 * 100
"""A hundred years: nothing takes longer."""
AGAIN = Reason(
    repair="Items that stand there again",
    one="names an item of which another row tells longer durations",
    many="name items of which other rows tell longer durations",
    advice="Durations of one item are not added up, as a later report holds those of the earlier one; put them into "
    "one row if they belong together.",
    severity=Severity.WARNING,
)


def read_wide_durations(reader: Reader) -> Made:
    """Read items with the time that they spent in each status."""
    reader.leave_out_without_item()
    columns = stage_columns(reader, LogRole.STAGE_DURATION)
    names, counted = [reader.plan.stage_of(c) for c in columns], (StatusKind.ACTIVE, StatusKind.WAIT)
    day = _hours_of_a_day(reader, columns)
    hours = np.column_stack([_hours(reader, column, day) for column in columns])
    figures = reader.whole.of(
        FiguresPart(
            any_blank=bool(np.isnan(hours).any()), numbers=tuple(_numbers(c.values) is not None for c in columns)
        )
    )
    if not figures.any_blank:
        hours[hours == 0] = np.nan  # a report that prints no dashes prints 0 where an item never was
    counts = np.array([kind_of(name, reader.choices.statuses, {}) in counted for name in names])
    reader.fates.leave_out(~(~np.isnan(hours) & counts).any(axis=1), NOWHERE)
    leave_out_second_rows(reader)
    finished = _finished(reader)
    _leave_out_earlier_rows(reader, hours, finished)
    rows = np.flatnonzero(reader.fates.used)
    if not len(rows):
        return Made(told=None)
    _say_units(reader, [c for c, numbers in zip(columns, figures.numbers, strict=True) if numbers])
    item_names, item_rows = reader.names_and_rows(rows)
    if reader.choices.as_of is not None:
        reader.note("The as-of date was not used, as nothing says when items were where.")
    _say_what_is_finished(reader, finished)
    told = Lasted(
        names=item_names,
        rows=item_rows,
        labels=tuple(names),
        hours=hours[rows],
        finished=None if finished is None else finished[rows],
        hours_per_day=day,
    )
    return Made(told=told)


def _hours_of_a_day(reader: Reader, columns: list[TextColumn]) -> float:
    """Return what was chosen; else what dates beside the durations tell; else what the durations tell; else 8."""
    return reader.choices.hours_per_day or _day_by_dates(reader, columns) or _day_by_cells(reader, columns)


def _day_by_cells(reader: Reader, columns: list[TextColumn]) -> float:
    """Return the calendar day where cells name 8 hours or more beside days ("1d 20h"), else the working day."""
    long = [_long_hours(column) for column in columns]
    examples = [text for texts, _ in long for text in texts]
    found = reader.whole.of(LongHoursPart(cells=sum(cells for _, cells in long), example=min(examples, default="")))
    if not found.cells:
        return WORKING_DAY
    cells = "1 cell names" if found.cells == 1 else f"{found.cells:,} cells name"
    reader.note(
        f"{cells} {WORKING_DAY:g} hours or more beside days (“{found.example}”), so a day was read as "
        f"{CALENDAR_DAY:g} h."
    )
    return CALENDAR_DAY


def _long_hours(column: TextColumn) -> tuple[list[str], int]:
    """The texts of a column with at least a working day of hours beside days, and how many cells have one."""
    hours = pc.struct_field(pc.extract_regex(column.values, _DAYS_AND_HOURS), "h")
    long = pc.fill_null(pc.greater_equal(hours.cast(pa.float64()), WORKING_DAY), False)
    marks = np.asarray(long.to_numpy(zero_copy_only=False))
    return column.values.filter(long).to_pylist(), int(np.count_nonzero(np.append(marks, False)[column.codes]))


def _day_by_dates(reader: Reader, columns: list[TextColumn]) -> float | None:
    """Return the length of a day with which most items' durations add up to the time between their dates."""
    begun, ended = reader.plan.first(LogRole.START), reader.plan.first(LogRole.END)
    if begun is None or ended is None:
        return None
    took = (_moments(reader, ended) - _moments(reader, begun)) / HOUR
    sums = {day: np.nansum([_read_hours(reader, c, day) for c in columns], axis=0) for day in DAYS}
    told = (took > 0) & (sums[CALENDAR_DAY] > sums[WORKING_DAY])
    agree = [int(np.count_nonzero(told & (np.abs(sums[day] - took) <= ROUNDED * took))) for day in DAYS]
    found = reader.whole.of(DayLengthPart(items=int(np.count_nonzero(told)), agree=tuple(agree)))
    most = max(found.agree)
    if 2 * most <= found.items or found.agree.count(most) > 1:
        return None
    day = DAYS[found.agree.index(most)]
    of = "1 item" if found.items == 1 else f"{most:,} of {found.items:,} items"
    reader.note(
        f"With days of {day:g} h the durations of {of} add up to the time from “{begun.title}” to “{ended.title}”, so "
        f"a day was read as {day:g} h."
    )
    return day


def _moments(reader: Reader, column: TextColumn) -> NDArray[np.float64]:
    """The times of a column for every row; NaN where there is none."""
    times = read_stamps(column.values, day_first=reader.day_first, timezone=reader.choices.timezone).times
    return np.append(np.where(times == UNREADABLE, np.nan, times), np.nan)[column.codes]


def _leave_out_earlier_rows(reader: Reader, hours: NDArray[np.float64], finished: NDArray[np.bool_] | None) -> None:
    """Of several rows of one item, as on the sheets of several months, keep that with most time, which is the last."""
    used = np.flatnonzero(reader.fates.used)
    item, total = reader.codes(LogRole.ITEM)[0][used], np.nansum(hours[used], axis=1)
    done = np.zeros(len(used), dtype=bool) if finished is None else finished[used]
    order = np.lexsort((done, total, item))
    earlier = np.zeros(len(reader.frame), dtype=bool)
    earlier[used[order[~last_of_run(item[order])]]] = True
    reader.fates.leave_out(earlier, AGAIN, reader.plan.first(LogRole.ITEM))


def _finished(reader: Reader) -> NDArray[np.bool_] | None:
    """Mark the rows of items that have a date of finish, or a present status that is done; `None`: nothing tells."""
    column, created = reader.plan.first(LogRole.END), reader.plan.first(LogRole.START)
    if column is None:
        return _done_now(reader)
    begun = [] if created is None else [(reader.times(created), created)]
    end = without_late_ends(reader, reader.first_times(LogRole.END), column)
    say_unused(reader, column, end, so="the item counts as still open")
    *start, end = without_far_cells(reader, begun, ends=[(end, column)])
    if start:
        early = end.known & start[0].known & (end.times < start[0].times)
        so = "only the durations tell how long the item took; it counts as finished"
        say_unreadable(reader, column, early, "lies before the start", so)
    return end.known


def _done_now(reader: Reader) -> NDArray[np.bool_] | None:
    """Mark the rows whose present status is done; `None` where none is."""
    status, names = reader.codes(LogRole.STAGE)
    over = (StatusKind.DONE, StatusKind.CANCELLED)
    kinds = [kind_of(name, reader.choices.statuses, {}) for name in names]
    return np.array([*(kind in over for kind in kinds), False])[status] if StatusKind.DONE in kinds else None


def _say_what_is_finished(reader: Reader, finished: NDArray[np.bool_] | None) -> None:
    without = "nothing is known of load and throughput over time, of the order of visits, or of rework"
    column, status = reader.plan.first(LogRole.END), reader.plan.first(LogRole.STAGE)
    if column is None and status is not None and finished is not None:
        reader.note(
            f"The file gives durations without dates, so {without}. Items that column “{status.title}” says are "
            "done count as finished; the others are open, and their durations are an age and in no lead time."
        )
        return
    if column is None:
        reader.note(f"The file gives durations without dates, so {without}; every item counts as finished.")
        return
    reader.note(
        f"The file gives durations, and not when items were where, so {without}. Items with a date in column "
        f"“{column.title}” count as finished; the others are open, and their durations are an age and in no lead time."
    )


def _hours(reader: Reader, column: TextColumn, hours_per_day: float) -> NDArray[np.float64]:
    """The hours in each row of a duration column; NaN where blank, a dash, or unreadable, which is written down."""
    hours = _read_hours(reader, column, hours_per_day)
    never = np.array([*(text.casefold() in NEVER for text in column.texts), True])[column.codes]
    say_unreadable(reader, column, np.isnan(hours) & ~never)
    return hours


def _read_hours(reader: Reader, column: TextColumn, hours_per_day: float) -> NDArray[np.float64]:
    unit = named_unit(column) or reader.choices.unit or "h"
    values = _numbers(column.values)
    if values is None:
        values = _texts(column, unit, hours_per_day)
    else:
        values = values * hours_per_unit(unit, hours_per_day=hours_per_day)
    values = np.where((values >= 0) & (values <= MOST_HOURS), values, np.nan)
    return np.append(values, np.nan)[column.codes]


def _numbers(values: pa.StringArray) -> NDArray[np.float64] | None:
    """The numbers that all of the texts are; `None` where some are none."""
    try:
        return np.asarray(values.cast(pa.float64()).to_numpy(zero_copy_only=False))
    except pa.ArrowInvalid:
        return None


def _texts(column: TextColumn, unit: str, hours_per_day: float) -> NDArray[np.float64]:
    result = _usual(column.values, hours_per_day)
    for place in np.flatnonzero(np.isnan(result)):
        text = column.texts[place]
        try:
            result[place] = parse_duration(text, unit, hours_per_day=hours_per_day)
        except ValueError:
            continue  # stays NaN, which is reported with its row
    return result


def _usual(values: pa.StringArray, hours_per_day: float) -> NDArray[np.float64]:
    """Read texts such as "2d 4h 30m", as most reports write them, in hours; NaN where a text is written otherwise."""
    parts = pc.extract_regex(values, _USUAL)
    result = np.zeros(len(values))
    for name in "wdhms":
        texts = pc.fill_null(pc.struct_field(parts, name), "")
        numbers = pc.if_else(pc.equal(texts, ""), "0", texts).cast(pa.float64())
        unit = {"w": "wk", "m": "min"}.get(name, name)
        result += np.asarray(numbers) * hours_per_unit(unit, hours_per_day=hours_per_day)
    return np.where(parts.is_valid().to_numpy(zero_copy_only=False), result, np.nan)


def named_unit(column: TextColumn) -> str | None:
    """The unit of a column's plain numbers that its header names."""
    header = column.header
    inner = header[header.rfind("(") + 1 : header.rfind(")")] if "(" in header else ""
    inner = inner or (header[header.rfind("[") + 1 : header.rfind("]")] if "[" in header else "")
    named = unit_in_words(inner) if inner else None
    return unit_of(named) if named else None


def _say_units(reader: Reader, columns: list[TextColumn]) -> None:
    """Ask for the unit of columns of numbers where they have none and nobody chose one."""
    if reader.choices.unit is not None:
        return
    bare = [c for c in columns if named_unit(c) is None]
    if bare:
        shown = listed([f"“{column.title}”" for column in bare[:5]]) + (" and others" if len(bare) > 5 else "")
        reader.ask(
            f"Nothing says the unit of the numbers in {shown}. They were read as hours; write the unit into the "
            "header, such as “Review (days)”, if that is wrong."
        )
