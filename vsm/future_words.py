"""A future state -> words: the headline figures now and then, what is gained, what the order does, what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from vsm.analysis import Analysis
from vsm.change_words import NO_STEADY_WAIT, change_title
from vsm.future import FutureState
from vsm.rework import time_to_shorten
from vsm.verdicts import verdict_title
from vsm.wording import NOT_MEASURED, count, hours, listed, number, percent

_NOTHING = 1e-9
"""Less is what rounding leaves."""
_HARDLY = 0.01
"""Part of what changes save together below which their overlap is not worth a figure."""


@dataclass(frozen=True, kw_only=True)
class Gain:
    """One headline figure in the current and in the future state, ready to be shown."""

    label: str
    before: str
    after: str
    difference: str
    """ "12.3 days less (21.9%)", "no change", or empty where one of the two is not measured."""


def gains(future: FutureState) -> tuple[Gain, ...]:
    """List the headline figures now and then; throughput and lead time with rework only where known."""
    current, then = future.current, future.future
    found = [
        _time("Lead time", lambda a: a.lead_time, future),
        _share("Flow efficiency", lambda a: a.flow_efficiency, future),
        _share("Rolled %C&A", lambda a: a.rolled_complete_accurate, future),
        _time("Work", lambda a: a.processing_time, future),
    ]
    rework = current.lead_time_with_rework is not None or then.lead_time_with_rework is not None
    if rework and current.stream.measured is None:  # of a log it is the lead time
        found.insert(3, _time("Lead time with rework", lambda a: a.lead_time_with_rework, future))
    if current.handoffs is not None or then.handoffs is not None:
        found.append(_figure("Handoffs", current.handoffs, then.handoffs, number))
    if current.throughput is not None and then.throughput is not None:
        found.append(_figure("Throughput a week", current.throughput, then.throughput, number))
    return tuple(_without_steady_wait(gain) for gain in found) if future.overloads else tuple(found)


def _without_steady_wait(gain: Gain) -> Gain:
    """Promise no figure that rests on a wait which grows without end in the future state."""
    rests = gain.label.startswith("Lead time") or gain.label == "Flow efficiency"
    return replace(gain, after="no steady wait", difference="") if rests else gain


def _time(label: str, of: Callable[[Analysis], float | None], future: FutureState) -> Gain:
    definitions = future.current.stream.definitions
    return _figure(label, of(future.current), of(future.future), lambda h: hours(h, definitions))


def _share(label: str, of: Callable[[Analysis], float | None], future: FutureState) -> Gain:
    before, after = of(future.current), of(future.future)
    difference = ""
    if before is not None and after is not None:
        points = (after - before) * 100
        difference = f"{count(abs(points), 'point')} {'more' if points > 0 else 'less'}"
        difference = "no change" if percent(before) == percent(after) else difference
    return Gain(label=label, before=percent(before), after=percent(after), difference=difference)


def _figure(label: str, before: float | None, after: float | None, say: Callable[[float | None], str]) -> Gain:
    difference = ""
    if before is not None and after is not None:
        change = after - before
        difference = "no change"
        if abs(change) > _NOTHING:
            difference = f"{say(abs(change))} {'more' if change > 0 else 'less'}"
            difference += f" ({percent(abs(change) / before)})" if before else ""
    before_words, after_words = (NOT_MEASURED if value is None else say(value) for value in (before, after))
    return Gain(label=label, before=before_words, after=after_words, difference=difference)


def bottleneck_sentence(future: FutureState) -> str:
    """Say where the bottleneck is now and where it will be."""
    now, then = verdict_title(future.current), verdict_title(future.future)
    return f"Bottleneck: {now}, now as then." if now == then else f"Bottleneck now: {now}. Then: {then}."


def shares_sentence(future: FutureState) -> str:
    """Say how flow efficiency and rolled %C&A change; "" where neither is known on both sides."""
    efficiency = None if future.overloads else future.future.flow_efficiency
    figures = (
        ("flow efficiency", future.current.flow_efficiency, efficiency),
        ("rolled %C&A", future.current.rolled_complete_accurate, future.future.rolled_complete_accurate),
    )
    told = [_goes(label, percent(now), percent(then)) for label, now, then in figures if None not in (now, then)]
    words = " and ".join(told)
    return f"{words[0].upper()}{words[1:]}." if words else ""


def _goes(label: str, now: str, then: str) -> str:
    return f"{label} stays at {now}" if now == then else f"{label} goes from {now} to {then}"


def gain_sentence(future: FutureState) -> str:
    """Say in a sentence what all changes bring together."""
    definitions = future.current.stream.definitions
    was, will_be = time_to_shorten(future.current.stream), time_to_shorten(future.future.stream)
    if future.current.never_finish and will_be is not None:
        then = hours(will_be, definitions)
        return f"Nothing is ever finished now; in the future state an average item takes {then}, rework included."
    if was is None or will_be is None or future.saves is None:
        return "What the changes save together cannot be told, as the lead time is not known on one of the sides."
    if future.overloads:
        return (
            f"{NO_STEADY_WAIT} at {listed(future.overloads)} in the future state, as more work arrives there than can "
            "be done, so that no saving can be named."
        )
    rework = ", rework included" if future.current.lead_time_with_rework is not None else ""
    if abs(future.saves) <= _NOTHING:
        return f"An average item still takes {hours(was, definitions)}{rework}."
    share = f" ({percent(abs(future.saves) / was)})" if was else ""
    return (
        f"An average item takes {hours(will_be, definitions)} instead of {hours(was, definitions)}{rework}: "
        f"{hours(abs(future.saves), definitions)} {'less' if future.saves > 0 else 'more'}{share}."
    )


def order_words(future: FutureState) -> str | None:
    """Say what the order of the changes does to their savings; `None` with fewer than two or nothing saved."""
    twice, definitions = future.counted_twice, future.current.stream.definitions
    if (
        len(future.steps) < 2
        or future.overloads
        or twice is None
        or all(abs(step.saves or 0) <= _NOTHING for step in future.steps)
    ):
        return None
    if abs(twice) <= _NOTHING:
        return "The changes do not overlap: in any order each saves the same."
    if abs(twice) <= _HARDLY * abs(future.saves or 0):
        return "The changes hardly overlap: in any order each saves nearly the same."
    order = "Another order would divide the savings differently among the changes"
    if twice > 0:
        return (
            f"Each alone, the changes would save {hours(twice, definitions)} more in sum than together: what two of "
            f"them save is counted once, for the first. {order}."
        )
    return (
        f"Together the changes save {hours(-twice, definitions)} more than the sum of each alone, as one helps another."
        f" {order}."
    )


def warnings(future: FutureState) -> tuple[str, ...]:
    """Say in sentences which changes were refused and which stages of the future state are overloaded."""
    refused = [
        f"Left out: “{change_title(future.current.stream, entry.change)}”. {entry.reason}" for entry in future.refused
    ]
    if not future.overloaded:
        return tuple(refused)
    return (*refused, *_overloads(future))


def _overloads(future: FutureState) -> tuple[str, ...]:
    """Say which stages of the future state cannot do what is asked of them, and what that means for their waits."""
    spared = [name for name in future.overloaded if name not in future.endless]
    sentences = []
    if future.endless:
        sentences.append(
            f"In the future state {_lacks(future.endless)} less capacity than is asked for, so the queue there grows "
            "without end; waits there are left as they are now."
        )
    if spared:
        sentences.append(
            f"In the future state {_lacks(spared)} less capacity than is asked for. No queue grows there, as "
            "other stages let too little through; waits there are left as they are now."
        )
    return tuple(sentences)


def _lacks(names: Sequence[str]) -> str:
    return f"{listed(names)} {'has' if len(names) == 1 else 'have'}"
