"""A suggestion -> words: what to do, what it saves, on what evidence, on what assumption, and how to begin."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from vsm.analysis import Analysis
from vsm.capacity import next_step, visits_at
from vsm.change_words import assumption, caution, change_title
from vsm.changes import (
    Change,
    Lever,
    LimitLoad,
    MergeIntoNext,
    MoveCheck,
    SetBatchSize,
    SetCompleteAccurate,
    SetPeople,
    SetWaitTime,
    apply,
)
from vsm.improvement import Promise, Suggestion
from vsm.kinds import QUESTIONS, step_kind
from vsm.model import QualitySide
from vsm.overload import flows, overload, spared_by
from vsm.rework import time_done_again
from vsm.wording import count, hours, hours_range, listed, number, percent

LEVER_NAMES = {
    Lever.BATCH: "Smaller batches",
    Lever.AUTOMATE: "Automated transitions",
    Lever.REWORK: "Less rework",
    Lever.REMOVE: "Fewer steps",
    Lever.CAPACITY: "Capacity",
    Lever.WIP_LIMIT: "Limit on work in progress",
    Lever.ORDER: "Order of the stages",
    Lever.DEMAND: "Demand",
    Lever.WORK: "The work itself",
}


_Words = tuple[str, tuple[str, ...], str]
"""The evidence, what is assumed beyond what every such change assumes, and the first step."""


@dataclass(frozen=True, kw_only=True)
class SuggestionWords:
    """One suggestion as a person reads it; every text is a whole sentence but `title`, `lever` and `saves`."""

    lever: str
    title: str
    saves: str
    evidence: str
    assumption: str
    first_step: str
    questions: tuple[str, ...]
    """What to ask where the stage's kind is recognised: usual causes, not findings."""


def suggestion_words(analysis: Analysis, suggestion: Suggestion) -> SuggestionWords:
    """Put one suggestion of `analysis` into words."""
    evidence, assumed, first_step = _WORDS[type(suggestion.change)](analysis, suggestion)
    return SuggestionWords(
        lever=LEVER_NAMES[suggestion.lever],
        title=change_title(analysis.stream, suggestion.change),
        saves=saves_words(analysis, suggestion),
        evidence=evidence,
        assumption=" ".join((_assumption(suggestion), *assumed)) + _caution(analysis, suggestion),
        first_step=first_step,
        questions=_questions(analysis, suggestion),
    )


def _assumption(suggestion: Suggestion) -> str:
    """Say what a suggestion rests on; where a queue grows no formula has its wait, and none is scaled."""
    if suggestion.promise is not Promise.HOURS and isinstance(suggestion.change, SetPeople):
        return "Rests on the people, demand and processing times given; the waits stay as they are now."
    return assumption(suggestion.change)


def _caution(analysis: Analysis, suggestion: Suggestion) -> str:
    """Say where most of a wait may have another cause than busy people, so that the upper figure alone counts it."""
    if suggestion.saves is None:
        return ""
    return caution(analysis.stream, apply(analysis.stream, suggestion.change), suggestion.change)


def first_suggestion(analysis: Analysis) -> str:
    """Say which one change would save most, in two sentences; "" where nothing is worth suggesting."""
    if not analysis.suggestions:
        return ""
    first = analysis.suggestions[0]
    title = change_title(analysis.stream, first.change)
    return f"First to try: {title[:1].lower()}{title[1:]}. {saves_sentence(analysis, first)}"


def order_sentence(analysis: Analysis) -> str:
    """Say in which order the suggestions stand, and why some have no saving in hours; "" where there are none."""
    found = sorted({suggestion.promise for suggestion in analysis.suggestions})
    return " ".join(promise_sentence(analysis, promise) for promise in found)


def promise_sentence(analysis: Analysis, promise: Promise) -> str:
    """Say what suggestions of one kind have in common: by what they are sorted, or why they have no saving in hours."""
    if promise is Promise.ENDS_GROWTH and analysis.never_finish:
        return "What lets items be finished at all: until then there is no lead time to save hours of."
    if promise is Promise.ENDS_GROWTH:
        return (
            "First of all, what stops a queue from growing: no saving in hours can be named, as today's wait there "
            "does not last."
        )
    if promise is Promise.LATER:
        return "Of use later: these save nothing before another stage lets more through."
    basis = "with rework" if analysis.lead_time_with_rework is not None else "once through"
    if analysis.stream.measured is not None:
        basis = "as measured"
    return f"Sorted by the lead time ({basis}) that each would save alone; savings overlap, so they do not add up."


def said_again(title: str) -> str:
    """Say that a suggestion goes on where a change that is made already ends.

    >>> said_again("Hand on 3 instead of 5 items at a time after Testing")
    'Once more: hand on 3 instead of 5 items at a time after Testing'
    """
    return f"Once more: {title[:1].lower()}{title[1:]}"


def saves_sentence(analysis: Analysis, suggestion: Suggestion) -> str:
    """Say what a suggestion saves as a whole sentence."""
    words = saves_words(analysis, suggestion)
    return f"Saves {words}." if suggestion.saves is not None else f"{words[:1].upper()}{words[1:]}."


def saves_words(analysis: Analysis, suggestion: Suggestion) -> str:
    """Say what a suggestion saves: "6.6 days", "6.6 to 13.2 days" or what it ends where no saving can be named."""
    if suggestion.saves is None and isinstance(suggestion.change, SetCompleteAccurate):
        return "lets items be finished at all"
    if suggestion.saves is None:
        spared = spared_by(analysis.stream, suggestion.stage)
        if spared is not None:
            before = f"saves nothing before {_name(analysis, spared)} lets more through"
            return f"{before}; then it keeps its queue from growing"
        growth = overload(analysis.stream, suggestion.stage)
        by = f" by {count(growth.items, 'item')} a week" if growth is not None and growth.items else ""
        return f"stops its queue from growing{by}"
    most = suggestion.saves if suggestion.saves_at_most is None else suggestion.saves_at_most
    return hours_range(suggestion.saves, most, analysis.stream.definitions)


def _name(analysis: Analysis, index: int) -> str:
    return analysis.stages[index].name


def _batch(a: Analysis, s: Suggestion) -> _Words:
    name = _name(a, s.stage)
    part = hours(a.stages[s.stage].batch_wait, a.stream.definitions)
    assumed = ["The upper figure is for single items."]
    if a.demand is None:
        assumed.append("Demand is not known, so the time between two items is taken from the processing time.")
    side_by_side = [i for i in next_step(a.stream, s.stage) if (a.stream.stages[i].people or 1) > 1]
    if side_by_side:
        assumed.append(
            "Its items are taken to have their turn one after the other: where several people work, as at "
            f"{listed([_name(a, i) for i in side_by_side])}, less of the wait is for the batch, and less is saved."
        )
    return (
        f"Items wait for the rest of their batch of {number(s.before)}: about {part} of the wait behind {name}.",
        tuple(assumed),
        f"Halve the batch at {name} for two weeks and note what keeps it together: a meeting, a set-up, a habit.",
    )


def _automate(a: Analysis, s: Suggestion) -> _Words:
    queue, definitions = s.queue, a.stream.definitions
    assert queue is not None, "a transition is always between the two ends of a queue"
    source, target = queue.after or "the request", queue.before or "the customer"
    # Items of a log come to a stage from many others: only the stage they wait for is sure.
    place = f"between {source} and {target}" if a.stream.measured is None else f"in front of {target}"
    share = f", {percent(queue.wait_time / a.wait_time)} of all waiting" if a.wait_time else ""
    return (
        f"Items wait {hours(queue.wait_time, definitions)} {place}{share}.",
        ("The upper figure is for no wait at all: an immediate start.",),
        f"Find out what ends this wait: how does {target} learn that an item is ready, and what else must happen?",
    )


def _rework(a: Analysis, s: Suggestion) -> _Words:
    stage, definitions = a.stages[s.stage], a.stream.definitions
    if a.stream.measured is not None:
        return _measured_rework(a, s)
    defects = percent(1 - (stage.stage.complete_accurate or 0))
    incoming = definitions.complete_accurate is QualitySide.INCOMING
    share = (
        f"{defects} of what {'arrives at' if incoming else 'leaves'} {stage.name} goes back to {stage.rework_target}"
    )
    return (
        f"{share}, so that no item is ever finished."
        if stage.cost_of_rework is None
        else f"{share}, which adds {hours(stage.cost_of_rework, definitions)} to an average item.{_less_busy(a, s)}",
        ("The upper figure is for no defects at all.",),
        f"List the last ten items sent back and what each lacked, and turn that into a short checklist at "
        f"{stage.rework_target}.",
    )


def _measured_rework(a: Analysis, s: Suggestion) -> _Words:
    stage = a.stages[s.stage]
    defects = percent(1 - (stage.stage.complete_accurate or 0))
    where = "" if stage.rework_target == stage.name else f", most often to {stage.rework_target}"
    again = hours(time_done_again(a.stream), a.stream.definitions)
    return (
        f"{defects} of the visits to {stage.name} ended with the item being sent back{where}. Of an average item's "
        f"time, {again} come after it was sent back, in stages where it had been.",
        ("The upper figure is for no defects at all.",),
        f"List the last ten items sent back and what each lacked, and turn that into a short checklist at "
        f"{stage.rework_target}.",
    )


def _less_busy(a: Analysis, s: Suggestion) -> str:
    """Explain a saving above what the loop costs: it is in the queues."""
    cost = a.stages[s.stage].cost_of_rework
    more = cost is not None and (s.saves_at_most or 0) > cost * (1 + 1e-9)
    return " With fewer repetitions its people are less busy, too, and queues get shorter." if more else ""


def _remove(a: Analysis, s: Suggestion) -> _Words:
    first = a.stages[s.stage]
    definitions = a.stream.definitions
    return (
        f"{first.name} is {hours(first.stage.processing_time, definitions)} of work beside "
        f"{hours(first.stage.wait_time, definitions)} of waiting, and {_why_mergeable(a, s.stage)}.",
        (),
        "Do both steps in one sitting for the next five items, and note what was missing.",
    )


def _why_mergeable(a: Analysis, index: int) -> str:
    first, second = a.stages[index].stage, a.stages[index + 1].stage
    if first.team is not None and first.team == second.team:
        return f"the same team, {first.team}, does the next step"
    kind = step_kind(first)
    if kind is not None and kind is step_kind(second):
        return f"the next step, {second.name}, is of the same kind ({kind})"
    return f"an approval that {second.name} could include"


def _capacity(a: Analysis, s: Suggestion) -> _Words:
    stage = a.stages[s.stage]
    return (
        f"The people at {stage.name} are busy {percent(stage.utilisation)} of their time.",
        (),
        f"Before hiring, free the people at {stage.name} from other work, or let neighbours help out.",
    )


def _limit(a: Analysis, s: Suggestion) -> _Words:
    stage = a.stages[s.stage]
    return (
        f"About {number(s.before)} items are there now, at {_pace(a, s.stage)}, and its people are busy "
        f"{percent(stage.utilisation)} of their time.",
        (),
        f"Begin nothing new for {stage.name} until fewer than {number(s.after)} items are there, and help out instead.",
    )


def _pace(a: Analysis, index: int) -> str:
    """Say how many items come to a stage: all that are asked for, or as many as another stage lets through."""
    found = flows(a.stream)
    if found is None or (source := found[index].held_back_by) is None:
        return "the demand stated"
    again = ", new and sent back," if (visits_at(a.stream, index) or 1) > 1 else ""
    return f"the {number(found[index].comes)} a week{again} that {a.stages[source].name} lets come to it"


def _move_check(a: Analysis, s: Suggestion) -> _Words:
    stage, change = a.stages[s.stage], s.change
    assert isinstance(change, MoveCheck), "these words are those of a check that moves"
    defects, definitions = percent(1 - (stage.stage.complete_accurate or 0)), a.stream.definitions
    cost = (
        "."
        if stage.cost_of_rework is None
        else f", which adds {hours(stage.cost_of_rework, definitions)} to an average item."
    )
    return (
        f"{defects} of items at {stage.name} have a defect that {stage.rework_target} redoes{cost}",
        (),
        f"Take the last ten items sent back from {stage.name} and see which of their defects {change.to} could have "
        "found.",
    )


_WORDS: Mapping[type[Change], Callable[[Analysis, Suggestion], _Words]] = {
    SetBatchSize: _batch,
    SetWaitTime: _automate,
    SetCompleteAccurate: _rework,
    MoveCheck: _move_check,
    MergeIntoNext: _remove,
    SetPeople: _capacity,
    LimitLoad: _limit,
}


def _questions(a: Analysis, s: Suggestion) -> tuple[str, ...]:
    """Ask about the step that is waited for where the suggestion is about a queue, else about the stage itself."""
    accused = s.queue.waits_for[0] if s.queue is not None and s.queue.waits_for else s.stage
    kind = step_kind(a.stages[accused].stage)
    return () if kind is None else QUESTIONS[kind]
