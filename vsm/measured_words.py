"""What a log measured -> sentences: its lead times, what it tells of rework and handoffs, and its definitions."""

from __future__ import annotations

import datetime as dt

from vsm.calendar_words import WEEKDAY_NAMES
from vsm.model import ClockKind, DateRule, Definitions, Measured, ReworkUnseen, ValueStream, WorkingTime
from vsm.public_holidays import countries
from vsm.wording import count, day, hours, how_often, listed, number


def lead_times_sentence(measured: Measured, definitions: Definitions) -> str:
    """Say what half, 85 % and 95 % of finished items took at most."""
    times = measured.lead_times
    if times is None:
        return no_lead_time(measured.finished)
    if measured.timed == 1:
        return f"That of the one {timed_items(1, measured.only_finish_known)[2:]}."
    return (
        f"The mean of {timed_items(measured.timed, measured.only_finish_known)}; half of them took at most "
        f"{hours(times.median, definitions)}, 85% at most {hours(times.p85, definitions)} and 95% at most "
        f"{hours(times.p95, definitions)}."
    )


def no_lead_time(finished: int) -> str:
    """Say why there is no lead time, though so many items are finished."""
    return "Of no finished item more than its finish is known." if finished else "No item is finished."


def timed_items(timed: int, only_finish_known: int) -> str:
    """Count the items that have a lead time: "4 finished items whose beginning is known"; whose, only if of some not.

    >>> timed_items(4, 0)
    '4 finished items'
    """
    return f"{count(timed, 'finished item')}{' whose beginning is known' if only_finish_known else ''}"


def only_finish_known(items: int) -> str:
    """Say what follows where nothing but the finish of so many items is known."""
    was, they = ("it has", "it counts") if items == 1 else ("they have", "they count")
    began, no_time = ("it began", "has no lead time") if items == 1 else ("they began", "have no lead time")
    return (
        f"Of {count(items, 'finished item')} only the finish is known: {was} no row in any stage, so nothing says when "
        f"{began}; {they} in throughput and {no_time}."
    )


def why_no_rework(measured: Measured) -> str:
    """Say why a log does not tell how often items are sent back, without capital and full stop."""
    return WHY_NO_REWORK[measured.rework_unseen or ReworkUnseen.NOTHING_COMPLETED]


WHY_NO_REWORK = {
    ReworkUnseen.NO_DATES: "durations without dates do not tell what was sent back",
    ReworkUnseen.NOTHING_COMPLETED: "no visit to a stage is completed",
    ReworkUnseen.ONE_STAGE: "there is one stage, and no earlier one to be sent back to",
    ReworkUnseen.ONE_ROW_EACH: "one row for each item tells of one visit to each stage, and not which it came to again",
}


def passed_at_once(measured: Measured) -> str:
    """Say what the rolled %C&A of a log is, how often items were sent back, and how many never were."""
    sentence = "The share of visits not sent back, multiplied over the stages."
    return f"{sentence} {times_sent_back(measured)}." if measured.sent_back else f"{sentence} No item was sent back."


def times_sent_back(measured: Measured) -> str:
    """Say how often items were sent back and how many never were, without full stop."""
    sentence = f"Items were sent back {how_often(measured.sent_back)}"
    never = measured.never_sent_back
    if never is None or not measured.timed:
        return sentence
    verb = "was" if never == 1 else "were"
    return f"{sentence}; {number(never)} of {timed_items(measured.timed, measured.only_finish_known)} never {verb}"


def passed_on(measured: Measured) -> str:
    """Say how often an item's work goes on with another person, as far as a log names people."""
    if not measured.person_moves:
        return "The log does not tell how many people touch an item."
    changes = f"{number(measured.person_changes)} of {count(measured.person_moves, 'time')}"
    return f"From one visit to the next an item goes on to another person {changes}; within a visit it is not known."


ELAPSED = Definitions(hours_per_day=24, days_per_week=7)
"""How many hours a day has where every hour counts."""


def littles_law_sentence(throughput: float, elapsed_lead_time: float, expected: float, load: float) -> str:
    """Say what Little's law expects beside what was counted; the lead time in elapsed hours, on any clock."""
    return (
        f"By Little's law {number(throughput)} a week at {hours(elapsed_lead_time, ELAPSED)} each (elapsed time) make "
        f"a load of {number(expected)}; counted over the whole time of the log it is {number(load)}."
    )


def _finish(measured: Measured) -> tuple[str, ...]:
    """Say when an item counts as finished, where that is no status of its own."""
    if measured.as_of is None:
        if not measured.open:
            return ("Every item counts as finished.",)
        return ("An item is finished where the file has a date of it; what the others took so far is their age.",)
    if not measured.finish_assumed:
        return ()
    unless = ", unless it waits or is in progress there" if measured.open else ""
    return (f"Nothing in the log says when an item is finished: it is assumed to be at its last row{unless}.",)


def _waits(measured: Measured) -> str:
    """Say which stage a wait counts for."""
    if measured.as_of is None:
        return (
            "A wait counts for the stage that its status names or that comes next, in front of which it stands: "
            "durations do not tell which stage it interrupted."
        )
    return (
        "A wait counts for the stage that items wait for, in front of which it stands; where an item goes on in the "
        "stage that it waited in, the wait was an interruption of that stage and counts there."
    )


def _times(stream: ValueStream, measured: Measured) -> tuple[str, ...]:
    """Say which hours count, by which calendar, and how days without a time of day were counted."""
    d = stream.definitions
    if measured.as_of is None:
        return (f"Times are the durations that the file gives; a day in it was read as {number(d.hours_per_day)} h.",)
    if measured.clock is ClockKind.ELAPSED:
        return ("Times are elapsed time: every hour counts, nights and weekends too.", *_days(measured.date_rules))
    week = f"{number(d.hours_per_day)} h a day and {count(d.days_per_week, 'day')} a week"
    calendar = "" if measured.working_time is None else f" {_calendar(measured.working_time)}"
    return (f"Times are working time: only working time counts, {week}.{calendar}", *_days(measured.date_rules))


def _calendar(working: WorkingTime) -> str:
    """Say when people work, in one sentence."""
    hours_of_day = f"{working.begins:%H:%M} to {_until(working)} in {working.timezone}"
    return f"People work {_weekdays(working.weekdays)}, {hours_of_day}, {_holidays(working)}."


def _until(working: WorkingTime) -> str:
    return f"{working.ends:%H:%M}" if working.ends != dt.time() else "24:00"


def _weekdays(week: tuple[bool, ...]) -> str:
    days = [name for name, works in zip(WEEKDAY_NAMES, week, strict=True) if works]
    first = WEEKDAY_NAMES.index(days[0]) if days else 0
    if len(days) > 2 and tuple(days) == WEEKDAY_NAMES[first : first + len(days)]:
        return f"{days[0]} to {days[-1]}"
    return listed(days)


HOLIDAYS_NAMED = 12
"""More holidays than these are counted, and not named."""


def _holidays(working: WorkingTime) -> str:
    """Name the holidays that were left out, and say whose they are; without full stop."""
    days = [day(date) for date in working.holidays]
    if len(days) > HOLIDAYS_NAMED:
        days = [*days[:HOLIDAYS_NAMED], f"{len(days) - HOLIDAYS_NAMED} more"]
    whose = "holidays" if working.country is None else f"the public holidays of {_country(working.country)}"
    if not days:
        return "and no holiday is left out" if working.country is None else f"and {whose} fall on none of these days"
    return f"but not on {whose}: {listed(days)}"


def _country(code: str) -> str:
    name = countries().get(code.partition("-")[0], code)
    return f"{name} ({code})" if "-" in code else name


_DAYS = {
    DateRule.INCLUSIVE: "dates without a time of day count from the beginning of the first day to the end of the "
    "last, so an item that is finished on the day it began took one day",
    DateRule.DIFFERENCE: "dates without a time of day count by their difference, so an item that is finished on the "
    "day it began took no time",
}


def _days(rules: tuple[DateRule, ...]) -> tuple[str, ...]:
    """Say how dates without a time of day were counted, where a file has such dates."""
    if len(rules) > 1:
        return tuple(f"In some of the files, {_DAYS[rule]}." for rule in rules)
    return tuple(f"{_DAYS[rule][0].upper()}{_DAYS[rule][1:]}." for rule in rules)


def measured_definitions(stream: ValueStream) -> tuple[str, ...]:
    """State the definitions that a log was measured by, one sentence each."""
    measured = stream.measured
    assert measured is not None, "only a log is measured"
    sent_back = "" if measured.as_of is None else f" {SENT_BACK}"
    return (
        *_times(stream, measured),
        *_finish(measured),
        "Times of stages are means over finished items, so that they add up.",
        _waits(measured),
        f"%C&A is the share of visits to a stage that did not end with the item being sent back.{sent_back}",
    )


SENT_BACK = (
    "An item is sent back when it comes to an earlier stage, or back from being done; coming back into the queue of "
    "the stage that it is in (from “In review” to “Ready for review”) is not, but a wait within the same visit."
)
"""What counts as being sent back in a log."""
