"""A change to a stream -> words: what is changed, in the terms of the stream before it, and what that rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import assert_never

from vsm.capacity import utilisation
from vsm.change_checks import place_of
from vsm.changes import (
    AddStage,
    AnyChange,
    Change,
    LimitLoad,
    MergeIntoNext,
    MoveCheck,
    MoveStage,
    RemoveStage,
    RunInParallel,
    SetAvailability,
    SetBatchSize,
    SetCompleteAccurate,
    SetDemand,
    SetHandoffs,
    SetPeople,
    SetProcessingTime,
    SetWaitTime,
    StageChange,
)
from vsm.future import Step
from vsm.model import Definitions, Stage, ValueStream, WaitSide
from vsm.overload import endless, spared_by
from vsm.rework import never_finish
from vsm.settling import unexplained
from vsm.wording import count, hours, hours_pair, listed, number, percent

_UNKNOWN = Stage(name="")
"""Stands for a stage that the stream does not have: nothing of it is known."""


def change_title(stream: ValueStream, change: AnyChange) -> str:
    """Say what a change does to `stream`, the stream before it, as one would write it on a list.

    >>> stream = ValueStream(stages=(Stage(name="Testing", batch_size=10, people=1),))
    >>> change_title(stream, SetBatchSize(stage="Testing", size=5))
    'Hand on 5 instead of 10 items at a time after Testing'
    >>> change_title(stream, SetPeople(stage="Testing", people=2))
    'Add 1 person at Testing (2 instead of 1)'
    """
    match change:
        case SetBatchSize(stage=name, size=size):
            was = _stage(stream, name).batch_size
            return f"Hand on {_instead(size, was)}{_noun(size, was, 'item')} at a time after {name}"
        case SetWaitTime() | SetProcessingTime():
            return _time_title(stream, change)
        case SetPeople():
            return _people_title(stream, change)
        case SetCompleteAccurate(stage=name, share=share):
            return _from_to("Raise", "Lower", f"%C&A at {name}", _stage(stream, name).complete_accurate, share, percent)
        case SetAvailability(stage=name, share=share):
            was = _stage(stream, name).availability
            instead = "" if was is None else f"instead of {percent(was)} "
            return f"Let {name} work on this stream for {percent(share)} {instead}of its time"
        case SetHandoffs(stage=name, people=people):
            was = _stage(stream, name).handoffs
            return f"Let {_instead(people, was)}{_noun(people, was, 'person', 'people')} touch an item at {name}"
        case SetDemand(items_per_week=items):
            return _from_to(
                "Raise", "Lower", "demand", stream.definitions.demand, items, lambda n: f"{number(n)} a week"
            )
        case LimitLoad(stage=name, items=items):
            return f"Allow at most {count(items, 'item')} at {name} and in front of it"
        case _:
            return _order_title(stream, change)


def _order_title(
    stream: ValueStream, change: MoveCheck | RemoveStage | MergeIntoNext | MoveStage | RunInParallel | AddStage
) -> str:
    match change:
        case MoveCheck(stage=name, to=to):
            return f"Check at {to} what is found at {name}"
        case RemoveStage(stage=name):
            return f"Do without {name}"
        case MergeIntoNext(stage=name):
            called = f", called {change.name}" if change.name else ""
            return f"Merge {name} and {_next(stream, name)} into one step{called}"
        case MoveStage(stage=name, behind=behind):
            return f"Do {name} first" if behind is None else f"Do {name} right after {behind}"
        case RunInParallel(first=first, last=last):
            return f"Run {first} to {last} side by side" if _apart(stream, first, last) else _pair(first, last)
        case AddStage(stage=name, behind=behind, processing_time=work):
            place = "at the start" if behind is None else f"after {behind}"
            return f"Add the stage {name} {place}, with {hours(work, stream.definitions)} of work"
    assert_never(change)


def _pair(first: str, last: str) -> str:
    return f"Run {first} and {last} side by side"


def _apart(stream: ValueStream, first: str, last: str) -> bool:
    names = [stage.name for stage in stream.stages]
    return first in names and last in names and names.index(last) - names.index(first) > 1


def _next(stream: ValueStream, name: str) -> str:
    at = place_of(stream, name)
    return "the next stage" if at is None or at + 1 == len(stream.stages) else stream.stages[at + 1].name


def _time_title(stream: ValueStream, change: SetWaitTime | SetProcessingTime) -> str:
    stage, definitions = _stage(stream, change.stage), stream.definitions
    if isinstance(change, SetProcessingTime):
        what, was = f"the work at {change.stage}", stage.processing_time
    else:
        side = "behind" if definitions.wait is WaitSide.AFTER else "in front of"
        what, was = f"the wait {side} {change.stage}", stage.wait_time
    if was is None or was == change.hours:
        return _from_to("Lengthen", "Shorten", what, was, change.hours, lambda h: hours(h, definitions))
    before, after = hours_pair(was, change.hours, definitions)
    return f"{'Lengthen' if change.hours > was else 'Shorten'} {what} from {before} to {after}"


def _people_title(stream: ValueStream, change: SetPeople) -> str:
    was, people = _stage(stream, change.stage).people, change.people
    if was is None or was == people:
        return f"Let {count(people, 'person', 'people')} work at {change.stage}"
    difference = count(abs(people - was), "person", "people")
    verb = "Add" if people > was else "Take away"
    return f"{verb} {difference} at {change.stage} ({number(people)} instead of {number(was)})"


def _from_to(more: str, less: str, what: str, was: float | None, value: float, say: Callable[[float], str]) -> str:
    if was is None:
        return f"Set {what} to {say(value)}"
    if was == value:
        return f"Leave {what} at {say(value)}"
    return f"{more if value > was else less} {what} from {say(was)} to {say(value)}"


def _instead(value: float, was: float | None) -> str:
    return f"{number(value)} " if was is None or was == value else f"{number(value)} instead of {number(was)} "


def _noun(value: float, was: float | None, singular: str, plural: str | None = None) -> str:
    """Choose the noun that follows `_instead`: it goes with the last number said."""
    return count(value if was is None else was, singular, plural).split(" ", 1)[1]


def _stage(stream: ValueStream, name: str) -> Stage:
    at = place_of(stream, name)
    return _UNKNOWN if at is None else stream.stages[at]


def change_label(change: AnyChange) -> str:
    """Name a change in a few words, for an axis.

    >>> change_label(SetWaitTime(stage="Testing", hours=2))
    'Wait: Testing'
    """
    match change:
        case SetDemand():
            return "Demand"
        case RunInParallel(first=first, last=last):
            return f"Side by side: {first}, {last}"
        case _:
            return f"{_LABELS[type(change)]}: {change.stage}"


_LABELS: Mapping[type[StageChange], str] = {
    SetBatchSize: "Batch",
    SetWaitTime: "Wait",
    SetProcessingTime: "Work",
    SetCompleteAccurate: "%C&A",
    MoveCheck: "Earlier check",
    SetHandoffs: "Handoffs",
    SetPeople: "People",
    SetAvailability: "Available time",
    LimitLoad: "Limit",
    RemoveStage: "Without",
    MergeIntoNext: "Merged",
    MoveStage: "Moved",
    AddStage: "New",
}


def assumption(change: AnyChange) -> str:
    """Say in a sentence what the saving of a change rests on.

    >>> assumption(SetBatchSize(stage="Testing", size=5))
    'Assumes that only the part of the wait that the batch causes shrinks.'
    """
    return _ASSUMPTIONS[type(change)]


_QUEUES = (
    "Assumes that work arrives and varies as in a textbook queue (coefficients of variation of 1); the wait observed "
    "is scaled by how much the formula changes."
)
_ASSUMPTIONS: Mapping[type[Change], str] = {
    SetBatchSize: "Assumes that only the part of the wait that the batch causes shrinks.",
    SetWaitTime: "Assumes that the wait can be changed as said, and that no other wait grows for it.",
    SetProcessingTime: f"Assumes that the work can be done in this time. {_QUEUES}",
    SetCompleteAccurate: "Assumes that these defects no longer happen, so that fewer items pass the stages again.",
    MoveCheck: "Assumes that all of these defects can already be seen at the earlier stage; they go back where they "
    "went, or, where that comes later, to the stage before the check.",
    SetHandoffs: "No time is computed from how many people touch an item.",
    SetPeople: _QUEUES,
    SetAvailability: _QUEUES,
    LimitLoad: "Assumes that as many items pass as before; what is over the limit waits in front of the stream, not "
    "begun.",
    RemoveStage: "Assumes that nobody misses what the stage did: its work, its check and the wait of its row go, and "
    "what was sent back to it goes on with the stage that followed.",
    MergeIntoNext: "Assumes that the people of the second stage do the work of both in one go, with no queue between: "
    "what keeps them busy is one queue in front of both. The defects of each go back where they went; those of the "
    "second that the first redid are redone within the merged stage.",
    MoveStage: "Assumes that the stage can be done there with its own wait; defects go back where they went or, where "
    "that no longer comes earlier, to the stage that followed it.",
    RunInParallel: "Assumes that none of these stages needs the result of another; the longest of them counts.",
    AddStage: "Assumes the times given for the new stage, and that the defects of the others go back where they went.",
    SetDemand: _QUEUES,
}


def step_words(step: Step, definitions: Definitions) -> str:
    """Say in a sentence what one step saves behind the steps before it, or why no saving can be told."""
    if step.saves is None and never_finish(step.before):
        if stuck := never_finish(step.after):
            return f"Items are still never finished, but sent back at {listed(stuck)} again and again."
        return "Lets items be finished at all."
    if step.saves is None:
        return "What it saves cannot be told, as the lead time before or after it is not known."
    if step.overloads:
        return (
            f"{NO_STEADY_WAIT} at {listed(step.overloads)}, as more work arrives there than can be done: the queue "
            "grows without end, so that no saving can be named."
        )
    said, growing = _saving_words(step, step.saves, definitions), endless(step.after)
    if not growing or NO_STEADY_WAIT in said:
        return said
    return f"{said} {NO_STEADY_WAIT} at {listed(growing)}, where more work arrives than can be done."


NO_STEADY_WAIT = "No steady wait can be computed"


def _saving_words(step: Step, saved: float, definitions: Definitions) -> str:
    """Say what a step saves where that is known."""
    if saved < -_NOTHING:
        return f"Lengthens the lead time by {hours(-saved, definitions)}.{_single_before(step)}"
    if saved <= _NOTHING:
        return _why_nothing(step)
    return f"{_saves_words(step, saved, definitions)}{caution(step.before, step.after, step.change)}"


def _saves_words(step: Step, saved: float, definitions: Definitions) -> str:
    saves = f"Saves {hours(saved, definitions)}."
    alone = step.saves_alone
    if alone is None or hours(alone, definitions) == hours(saved, definitions):
        return saves
    reason = "the changes above save part of it already" if alone > saved else "the changes above help it"
    return f"{saves[:-1]}; as the only change it would save {hours(alone, definitions)}: {reason}."


def caution(before: ValueStream, after: ValueStream, change: AnyChange) -> str:
    """Say, behind a space, that most of a wait which the formula shortens may have another cause; else nothing.

    Of several such waits it is the one that shrinks most.
    """
    if not isinstance(change, _SCALING):
        return ""
    waits = {stage.name: stage.wait_time for stage in after.stages}
    shorter = {
        found: found.queue.wait_time - wait
        for found in unexplained(before)
        if (wait := waits.get(before.stages[found.queue.stated_by].name)) is not None
    }
    most = max(shorter, key=shorter.__getitem__, default=None)
    if most is None or shorter[most] <= WORTH_A_CAUTION * most.queue.wait_time:
        return ""
    explained, waited = (hours(value, before.definitions) for value in (most.explained, most.waits))
    return (
        f" Busy people explain only {explained} of the {waited} that items wait in front of {most.queue.before}; if "
        "the rest has another cause, it stays."
    )


def _single_before(step: Step) -> str:
    """Say that single items were assumed before a batch of which nothing was stated."""
    change = step.change
    if not isinstance(change, SetBatchSize) or _stage(step.before, change.stage).batch_size is not None:
        return ""
    return f" No batch size was stated at {change.stage}, so single items are assumed until now."


WORTH_A_CAUTION = 0.01
"""Of a wait that shrinks by less than this share nothing is said."""
_SCALING = SetPeople | SetAvailability | SetProcessingTime | SetDemand | SetCompleteAccurate | MoveCheck | RemoveStage
"""What shortens waits by a formula alone."""
_NOTHING = 1e-9
"""Hours; less is what rounding leaves."""


def _why_nothing(step: Step) -> str:
    change = step.change
    if isinstance(change, SetHandoffs):
        return "Saves no lead time that could be computed: no time depends on how many people touch an item."
    if isinstance(change, SetPeople | SetAvailability | SetProcessingTime | SetDemand) and (why := _no_queue(step)):
        return why
    if isinstance(change, SetBatchSize) and _stage(step.before, change.stage).batch_size is None:
        return "Saves no lead time that could be computed, as no batch size was stated before."
    return "Saves no lead time."


def _no_queue(step: Step) -> str | None:
    """Say why the wait for busy people does not change; `None` where it does."""
    places = range(len(step.before.stages))
    touched = [i for i in places if isinstance(step.change, SetDemand) or _is_at(step, i)]
    busy = [(utilisation(step.before, i), utilisation(step.after, i)) for i in touched]
    mended = [i for i, (was, now) in zip(touched, busy, strict=True) if was is not None and was >= 1 > (now or 0)]
    spared = [by for i in mended if (by := spared_by(step.before, i)) is not None]
    if mended and len(spared) == len(mended):
        source = step.before.stages[spared[0]].name
        return f"Saves nothing before {source} lets more through; then it keeps a queue from growing without end."
    if mended:
        return "Stops a queue from growing without end; how long it is then cannot be told, as it had no steady length."
    if any(now is not None and now >= 1 for _, now in busy):
        return f"{NO_STEADY_WAIT}, as more work arrives than can be done."
    if all(was is None for was, _ in busy):
        return "Saves no lead time that could be computed: that needs people, processing time and demand of the stage."
    return None


def _is_at(step: Step, index: int) -> bool:
    change = step.change
    return isinstance(change, StageChange) and place_of(step.before, change.stage) == index
