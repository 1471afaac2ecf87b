"""What a log measured -> sentences: its lead times, what it tells of rework and handoffs, and its definitions."""

from __future__ import annotations

from vsm.model import ClockKind, Definitions, Measured, ValueStream
from vsm.wording import count, hours, how_often, number


def lead_times_sentence(measured: Measured, definitions: Definitions) -> str:
    """Say what half, 85 % and 95 % of finished items took at most."""
    times = measured.lead_times
    if times is None:
        return "No item is finished."
    if measured.finished == 1:
        return "That of the one item that is finished."
    return (
        f"The mean of {count(measured.finished, 'finished item')}; half of them took at most "
        f"{hours(times.median, definitions)}, 85% at most {hours(times.p85, definitions)} and 95% at most "
        f"{hours(times.p95, definitions)}."
    )


def why_no_rework(measured: Measured) -> str:
    """Say why nothing in a log tells how often items are sent back, without capital and full stop."""
    no_dates = "durations without dates do not tell what was sent back"
    return no_dates if measured.as_of is None else "no visit to a stage is completed"


def passed_at_once(measured: Measured) -> str:
    """Say what the rolled %C&A of a log is, how often items were sent back, and how many never were."""
    sentence = "The share of visits not sent back, multiplied over the stages."
    return f"{sentence} {times_sent_back(measured)}." if measured.sent_back else f"{sentence} No item was sent back."


def times_sent_back(measured: Measured) -> str:
    """Say how often items were sent back and how many never were, without full stop."""
    sentence = f"Items were sent back {how_often(measured.sent_back)}"
    never = measured.never_sent_back
    if never is None or not measured.finished:
        return sentence
    verb = "was" if never == 1 else "were"
    return f"{sentence}; {number(never)} of {count(measured.finished, 'finished item')} never {verb}"


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


def measured_definitions(stream: ValueStream) -> tuple[str, ...]:
    """State the definitions that a log was measured by, one sentence each."""
    d, measured = stream.definitions, stream.measured
    assert measured is not None, "only a log is measured"
    working = f"only working time counts, {number(d.hours_per_day)} h a day and {count(d.days_per_week, 'day')} a week"
    elapsed = "every hour counts, nights and weekends too"
    times = f"Times are {measured.clock} time: {elapsed if measured.clock is ClockKind.ELAPSED else working}."
    if measured.as_of is None:
        times = f"Times are the durations that the file gives; a day in it was read as {number(d.hours_per_day)} h."
    return (
        times,
        *_finish(measured),
        "Times of stages are means over finished items, so that they add up.",
        _waits(measured),
        "%C&A is the share of visits to a stage that did not end with the item being sent back.",
    )
