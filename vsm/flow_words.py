"""Figures of an item log over time -> the sentences that stand above its charts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd

from vsm.flow import MeasuredLog, older_than_usual
from vsm.growth import Growth
from vsm.items.accumulation import GapReason, LittlesLaw
from vsm.items.ageing import Ageing
from vsm.items.statistics import Limits, TooFew
from vsm.items.stream import lead_times
from vsm.measured_words import littles_law_sentence, no_lead_time, timed_items
from vsm.model import Definitions, Measured
from vsm.wording import count, day, hours, listed, number, percent

_NAME_LENGTH = 80


def shortened(name: str) -> str:
    """Put a name from a file into a sentence: on one line, and whole unless it is long."""
    line = " ".join(name.split())
    return line if len(line) <= _NAME_LENGTH else f"{line[:_NAME_LENGTH].rstrip()}…"


def last_day(end: dt.datetime) -> dt.datetime:
    """Return a moment of the day that ends at `end`, or of the day that `end` lies in: a midnight ends a day."""
    return end - dt.timedelta(microseconds=1)


def month(moment: dt.datetime) -> str:
    """Say a month: "April 2026"."""
    return f"{moment:%B %Y}"


def are(n: float) -> str:
    """Conjugate: "is" for one, "are" for any other number."""
    return "is" if n == 1 else "are"


def lead_time_sentence(m: MeasuredLog, drawn: int) -> str:
    """Say what half, 85 % and 95 % of finished items took at most, and the longest."""
    d, times = m.definitions, lead_times(m.lead_times)
    if times is None:
        return no_lead_time(m.only_finish_known)
    if len(m.lead_times) == 1:
        return f"The one {timed_items(1, m.only_finish_known)[2:]} took {hours(times.mean, d)}."
    finished, longest = timed_items(len(m.lead_times), m.only_finish_known), hours(float(m.lead_times.max()), d)
    sentence = (
        f"Half of the {finished} took at most {hours(times.median, d)}, 85% at most {hours(times.p85, d)} and 95% at "
        f"most {hours(times.p95, d)}; the longest took {longest}."
    )
    if drawn < len(m.lead_times):
        sentence += f" Of so many items {number(drawn)} are drawn, the longest ones among them."
    return sentence


def distribution_sentence(m: MeasuredLog) -> str:
    """Say how the mean lies to the median, and so whether few items take very long."""
    d, times = m.definitions, lead_times(m.lead_times)
    if times is None:
        return no_lead_time(m.only_finish_known)
    mean, median = hours(times.mean, d), hours(times.median, d)
    if times.mean > 1.2 * times.median:
        return (
            f"The mean, {mean}, lies well above the median, {median}: some items take much longer than most, so a "
            "promise needs a percentile, not the mean."
        )
    return f"The mean is {mean} and the median {median}, so it is not a few very long items that make the mean."


def throughput_sentence(finished: Sequence[int]) -> str:
    """Say how many items a week are finished, over which weeks; there are at least two."""
    mean = round(float(np.mean(finished)), 1)
    least, most = number(min(finished)), number(max(finished))
    between = f"always {least}" if least == most else f"between {least} and {most}"
    weeks = count(len(finished), "whole week")
    return f"On average {count(mean, 'item')} a week {are(mean)} finished, {between} in each of the {weeks}."


def load_sentence(load: pd.DataFrame) -> str:
    """Say which day or longer span was the fullest, on average over it, and where most of its items were.

    Columns as `load_over_time`, of two spans at least.
    """
    total = load.groupby("time", sort=False)["load"].sum()
    place, most = int(total.to_numpy().argmax()), round(float(total.max()), 1)
    there = load.iloc[place * (len(load) // len(total)) :][: len(load) // len(total)]
    days, fullest_on = (total.index[1] - total.index[0]).days, day(total.index[place])
    span = f"The fullest day was {fullest_on}" if days == 1 else f"The fullest {days} days began on {fullest_on}"
    sentence = f"{span}, with {count(most, 'item')} in the stream on average"
    if len(there) > 1 and most:
        fullest = int(there["load"].to_numpy().argmax())
        held = number(float(there["load"].iloc[fullest]))
        sentence += f"; {shortened(str(there['stage'].iloc[fullest]))} held the most of them, {held}"
    return f"{sentence}."


def cumulative_sentence(flow: pd.DataFrame) -> str:
    """Say how many items came in, left and are inside at the end. Columns as `cumulative_flow`."""
    last = flow.loc[flow["time"] == flow["time"].iloc[-1], "items"]
    came, left = int(last.iloc[0]), int(last.iloc[-1])
    inside, end = came - left, last_day(flow["time"].iloc[-1])
    return (
        f"{count(came, 'item').capitalize()} had come in by {day(end)} and {number(left)} had left: "
        f"{number(inside) if inside else 'none'} {are(inside or 1)} inside. A band that grows wider is work that piles "
        "up there."
    )


def ageing_sentence(found: Ageing) -> str:
    """Say how many items are open and how many of them are older than usual."""
    if not found.open:
        return "No item is open at the end of the log."
    old, shown = int(older_than_usual(found).sum()), len(found.items)
    sentence = f"{count(found.open, 'item').capitalize()} {are(found.open)} open"
    if not found.usual["finished"].sum():
        return f"{sentence}. No item is finished, so nothing says which ages are usual."
    if not old:
        return f"{sentence}, none older than 85% of finished items were when they left the same stage."
    among = "of them" if shown == found.open else f"of the {number(shown)} oldest"
    some = f"{'all' if old == shown and old > 1 else number(old)} {among}"
    return f"{sentence}; {some} {are(old)} older than 85% of finished items were when they left the same stage."


def months_sentence(limits: Limits | TooFew, what: str, at: Sequence[dt.datetime], said: Sequence[str]) -> str:
    """Say whether a monthly figure varies as usual; `said` are the values in words, `at` their months."""
    if isinstance(limits, TooFew):
        return limits.reason
    if not limits.signals:
        return f"From month to month {what} stays within its usual variation: no month stands out."
    outside = [f"{month(at[i])} ({said[i]})" for i in limits.signals]
    named = listed(outside if len(outside) <= 3 else [*outside[:2], f"{len(outside) - 2} more"])
    verb = "lies" if len(outside) == 1 else "lie"
    return f"{named} {verb} outside the usual variation of {what}: ask what was different."


def _most_frequent(types: pd.DataFrame, names: Sequence[str]) -> str:
    """Name the type that most items are of, or those that equally many are of."""
    share, items, known = (
        percent(float(types["share"].iloc[0])),
        types["items"].tolist(),
        types["type"].notna().tolist(),
    )
    most = [name for name, n, stated in zip(names, items, known, strict=True) if n == items[0] and stated]
    if not known[0]:
        return f"The most items, {share}, are of {names[0]}."
    if len(most) == 1:
        return f"The most items, {share}, are of the type {most[0]}."
    types_named = listed(most if len(most) <= 3 else [*most[:2], f"{number(len(most) - 2)} more"])
    return f"The most items are of the types {types_named}: {share} each."


def types_sentence(types: pd.DataFrame, d: Definitions) -> str:
    """Say which type is the most frequent, and which takes longest. Columns as `type_table`."""
    names = ["no stated type" if pd.isna(name) else shortened(name) for name in types["type"]]
    sentence = _most_frequent(types, names)
    means = sorted((mean, name) for mean, name in zip(types["lead_time"].tolist(), names, strict=True) if mean == mean)
    if len(means) > 1:
        (least, quick), (most, slow) = means[0], means[-1]
        longest, shortest = hours(most, d), hours(least, d)
        if longest == shortest:
            return f"{sentence} On average items of all types take equally long, {longest}."
        sentence += f" On average those of {slow} take longest, {longest}, and those of {quick} shortest, {shortest}."
    return sentence


def accumulation_sentence(names: Sequence[str], found: Sequence[Growth] | TooFew) -> str:
    """Say at which of the stages more work arrives than leaves, beyond noise."""
    if isinstance(found, TooFew):
        return found.reason
    known = list(zip(map(shortened, names), found, strict=True))
    grows = [f"{name} (by {number(growth.surplus.value)} a week)" for name, growth in known if growth.grows]
    if grows:
        return f"Work piles up at {listed(grows)}: more arrives than leaves, beyond noise."
    shrinks = [name for name, growth in known if growth.shrinks]
    if shrinks:
        return f"Work piles up nowhere; at {listed(shrinks)} more leaves than arrives."
    return "Arrivals and departures are in balance at every stage: what differs is no more than noise."


_REASONS = {
    GapReason.OPEN_ITEMS: "items that are still open are in the load but have no lead time yet",
    GapReason.CANCELLED_ITEMS: "cancelled items were in the load but have no lead time",
    GapReason.SHORT_HISTORY: "the log is short beside the time that an item takes",
    GapReason.ONLY_FINISH_KNOWN: "items of which only the finish is known are in the throughput and in no load",
    GapReason.EDGE_WEEKS: "throughput leaves out the weeks in which the log begins and ends, as they are not whole",
}


def littles_law_sentences(found: LittlesLaw | TooFew) -> tuple[str, ...]:
    """Say what Little's law expects, what was counted, and why the two differ where they do."""
    if isinstance(found, TooFew):
        return (found.reason,)
    first = littles_law_sentence(found.throughput, found.lead_time, found.expected_load, found.load)
    if abs(found.gap) < 0.05:
        return (first, "The two agree, so throughput, lead time and load are of one piece.")
    reasons = [_REASONS[reason] for reason in found.reasons]
    why = listed(reasons) if reasons else "nothing in the log says why"
    if found.gap < 0:
        return (first, f"That is {percent(-found.gap)} more than was counted: {why}.")
    return (first, f"{percent(found.gap)} of the load is not explained: {why}.")


def after_today(measured: Measured | None, today: dt.date) -> str | None:
    """Say that a log reaches beyond `today`, which whoever shows it knows; `None` where it does not, or has no dates.

    A day is allowed for, as it is tomorrow already somewhere.
    """
    if measured is None or measured.as_of is None or last_day(measured.as_of).date() <= today + dt.timedelta(days=1):
        return None
    return (
        f"The log reaches to {day(last_day(measured.as_of))}, which has not come yet: ages, load and throughput are "
        "counted to there. Correct the dates that are wrong, or choose an earlier as-of date."
    )
