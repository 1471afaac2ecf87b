"""Rows told -> a `Log`: what its statuses mean, the stages in flow order, and in words what the rows cannot tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa

from vsm.items.build import Status, StatusKind, from_completed, from_durations, from_entered
from vsm.items.in_statuses import from_rows_in_statuses
from vsm.items.log import OPEN, Log
from vsm.items.order import by_item
from vsm.items.runs import last_of_run
from vsm.items.selection import as_it_was
from vsm.items.statuses import is_of, tell_work_from_waiting
from vsm.reading.log_shapes import LogChoices
from vsm.reading.logs.flow_order import in_chosen_order
from vsm.reading.logs.log_names import plain
from vsm.reading.logs.status_names import going_on, kind_by_name, propose_statuses
from vsm.reading.logs.timestamps import read_stamps
from vsm.reading.logs.told import Completed, Entered, Lasted, Told, Worked
from vsm.reading.texts import listed

SELDOM_LEFT = 0.9
"""Share of an ending status's rows that nothing follows."""
MANY = 0.1
"""Share of the items that end in it."""

DONE_OR_LAST_END = "An item counts as finished when it comes to a status that means done, or when its last row ends."
LAST_END = "Nothing says whether an item is finished, so it counts as finished when its last row ends."
NONE_ENDED = "Nothing but the end of its last row says that an item is finished, and each has a row without an end."


@dataclass(frozen=True, kw_only=True, eq=False)
class Built:
    """A log, what its statuses mean, and what has to be said and asked about it."""

    log: Log | None
    statuses: tuple[Status, ...]
    why_none: str = "The as-of date lies before the first row; choose a later one."
    notes: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    likely_ends: tuple[str, ...] | None = None
    """As in `LogReading`."""
    later: int = 0
    """Items that are not in the log, as they began after the as-of date."""


def build(told: Told, choices: LogChoices) -> Built:
    """Build the log that the rows of a file, or of several that tell the same kind of thing, tell."""
    built = _of_its_kind(told, choices)
    built = replace(built, notes=[*built.notes, *note_of_new(built.statuses, choices.statuses)])
    return built if built.log is None else replace(built, log=replace(built.log, one_row_each=told.one_row_each))


def _of_its_kind(told: Told, choices: LogChoices) -> Built:
    if isinstance(told, Entered):
        return _entered(told, choices)
    if isinstance(told, Lasted):
        return _lasted(told, choices)
    if isinstance(told, Worked):
        return _worked(told, choices)
    assert isinstance(told, Completed), "there are four kinds of rows"
    return _completed(told, choices)


def _entered(told: Entered, choices: LogChoices) -> Built:
    statuses = propose_statuses(told.labels, given=choices.statuses, known=told.kinds, between=told.between)
    questions = list[str]()
    if told.in_order:
        statuses, questions = with_an_end(statuses, choices.statuses)
    log = from_entered(
        told.names,
        statuses,
        stages_of(statuses, choices.stage_order),
        told.rows,
        status=told.label,
        time=told.time,
        whole_days=told.to_midnight,
        goes_on=going_on(statuses),
    )
    ends = likely_ends(told, statuses) if log.finish_assumed else None
    if ends is not None:
        questions.append(_finish_question(ends))
    return Built(log=log, statuses=statuses, notes=status_doubts(statuses), questions=questions, likely_ends=ends)


def likely_ends(told: Entered, statuses: Sequence[Status]) -> tuple[str, ...]:
    """Return the statuses in which many items end and that hardly any item leaves, in flow order."""
    item, label = told.rows.item, told.label
    order = by_item(item, told.time)
    last = order[last_of_run(item[order])]
    ending = np.bincount(label[last], minlength=len(told.labels))
    visits = np.bincount(label, minlength=len(told.labels))
    seldom_left = (ending >= SELDOM_LEFT * visits) & (ending >= MANY * len(last)) & (ending > 0)
    inside = is_of(statuses, StatusKind.ACTIVE, StatusKind.WAIT)
    return tuple(name for name, ends in zip(told.labels, (seldom_left & inside).tolist(), strict=True) if ends)


def _finish_question(ends: Sequence[str]) -> str:
    if not ends:
        return (
            "When is an item finished? No status means done, so its last row was taken as its finish, unless it "
            "waits or is in progress there; say which statuses mean done if that is wrong."
        )
    named = listed([f"“{name}”" for name in ends], "or")
    return (
        f"Is an item finished when it comes to {named}? Hardly anything follows that, but no name says so: its last "
        "row was taken as its finish, unless it waits or is in progress there. Say what means done if that is wrong."
    )


def with_an_end(statuses: tuple[Status, ...], given: Sequence[Status]) -> tuple[tuple[Status, ...], list[str]]:
    """Take the last status as done where no name says what is, and ask."""
    if any(s.kind is StatusKind.DONE for s in statuses) or not statuses:
        return statuses, []
    last = statuses[-1]
    if last.kind in (StatusKind.CANCELLED, StatusKind.IGNORE) or last in given or kind_by_name(last.name) is not None:
        return statuses, []
    question = (
        f"No column's name says that an item is finished. The last one, “{last.name}”, was taken as the finish; say "
        "what the columns mean if that is wrong."
    )
    return (*statuses[:-1], replace(last, kind=StatusKind.DONE, stage=last.name)), [question]


def status_doubts(statuses: Sequence[Status]) -> list[str]:
    """Say what the statuses cannot tell."""
    kinds, doubts = {s.kind for s in statuses}, []
    if StatusKind.DONE not in kinds:
        doubts.append(
            "No status is done, so an item counts as finished at its last row, unless it waits or is in progress there."
        )
    if StatusKind.WAIT not in kinds:
        doubts.append(_NO_WAIT)
    elif not tell_work_from_waiting(statuses):
        doubts.append(_NO_WORK)
    return doubts


def note_of_new(statuses: Sequence[Status], given: Sequence[Status]) -> list[str]:
    """Name the statuses that are new where choices speak of most, as those saved last month do, and what they mean.

    Choices about a few statuses leave the others to their names on purpose.
    """
    said = {plain(status.name) for status in given}
    new = [status for status in statuses if plain(status.name) not in said]
    if not new or 2 * len(new) >= len(statuses):
        return []
    taken = listed([f"“{status.name}” {_TAKEN_AS[status.kind].format(status.stage)}" for status in new])
    if len(new) == 1:
        return [f"The choices do not speak of one status, so by its name {taken}. Say what it means if that is wrong."]
    return [
        f"The choices do not speak of {len(new):,} statuses, so by their names {taken}. Say what they mean if that is "
        "wrong."
    ]


_TAKEN_AS = {
    StatusKind.ACTIVE: "was taken as work in “{}”",
    StatusKind.WAIT: "was taken as waiting for “{}”",
    StatusKind.DONE: "was taken as done",
    StatusKind.CANCELLED: "was taken as cancelled",
    StatusKind.IGNORE: "was ignored",
}

_NO_WAIT = (
    "No status waits, so work and waiting cannot be told apart and flow efficiency is not measured; mark the statuses "
    "in which items wait."
)
_NO_WORK = (
    "In no status anybody works, so work and waiting cannot be told apart and flow efficiency is not measured; mark "
    "the statuses that are active."
)


def stages_of(statuses: Sequence[Status], chosen: Sequence[str]) -> tuple[str, ...]:
    """The stages of working and waiting statuses, in flow order."""
    counted = dict.fromkeys(s.stage for s in statuses if s.kind in (StatusKind.ACTIVE, StatusKind.WAIT))
    # A wait may stand before its stage by more than one place, and the stage's own place is the right one.
    own = {s.name: place for place, s in enumerate(statuses)}
    first = {s.stage: place for place, s in reversed(list(enumerate(statuses)))}
    return tuple(in_chosen_order(sorted(counted, key=lambda stage: own.get(stage, first[stage])), chosen))


def _lasted(told: Lasted, choices: LogChoices) -> Built:
    statuses = propose_statuses(told.labels, given=choices.statuses)
    log = from_durations(
        told.names,
        statuses,
        stages_of(statuses, choices.stage_order),
        told.rows,
        hours=told.hours,
        finished=told.finished,
        hours_per_day=told.hours_per_day,
    )
    # What is finished is told by a date or by nothing, whatever the statuses are called.
    return Built(log=log, statuses=statuses, notes=[] if log.divided else status_doubts(statuses))


def _worked(told: Worked, choices: LogChoices) -> Built:
    statuses = propose_statuses(told.labels, given=choices.statuses, known=told.kinds, between=told.between)
    log = from_rows_in_statuses(
        told.names,
        statuses,
        stages_of(statuses, choices.stage_order),
        told.rows,
        status=told.label,
        start=told.start,
        end=told.end,
        enqueued=told.asked,
        repeats_are_one=told.repeats_are_one,
        ends_of_days=told.to_midnight,
    )
    return Built(log=log, statuses=statuses, notes=[when_finished(log)])


def when_finished(log: Log) -> str:
    """Say when an item of a log of rows with a start and an end counts as finished."""
    if not log.finish_assumed:
        return DONE_OR_LAST_END
    return LAST_END if (log.finished != OPEN).any() else NONE_ENDED


def _completed(told: Completed, choices: LogChoices) -> Built:
    statuses = _activities(told.labels, choices.statuses)
    counted = dict.fromkeys(status.stage for status in statuses if status.kind is not StatusKind.IGNORE)
    stages = tuple(in_chosen_order(list(counted), choices.stage_order))
    log = from_completed(told.names, statuses, stages, told.rows, status=told.label, time=told.time)
    ends = [f"“{s.name}”" for s in statuses if s.kind is StatusKind.DONE]
    when = "Nothing says whether an item is finished, so it counts as finished at its last row."
    if ends:
        when = f"An item is finished when the last activity that it completed is {listed(ends, 'or')}."
    notes = [
        "Each row tells when an activity was completed, so the time before it is work and waiting in one: flow "
        "efficiency is not measured. The time before an item's first row is not known.",
        when,
        *_no_waits(told.labels, choices.statuses),
    ]
    return Built(log=log, statuses=statuses, notes=notes)


def _activities(names: Sequence[str], given: Sequence[Status]) -> tuple[Status, ...]:
    """Take activities as work and as stages of their own, unless a person says of one what it means or where it is."""
    found = []
    for name in names:
        said = next((status for status in reversed(given) if plain(status.name) == plain(name)), None)
        kind = StatusKind.ACTIVE if said is None or said.kind is StatusKind.WAIT else said.kind
        found.append(Status(name=name, kind=kind, stage=(said and said.stage) or name))
    return tuple(found)


def _no_waits(names: Sequence[str], given: Sequence[Status]) -> list[str]:
    """Say of activities that were said to wait that no such row can tell of waiting alone, and what can be done."""
    waits = {plain(status.name) for status in given if status.kind is StatusKind.WAIT}
    said = [f"“{name}”" for name in names if plain(name) in waits]
    if not said:
        return []
    was = "was" if len(said) == 1 else "were"
    return [
        f"{listed(said)} {was} said to wait, which changes nothing: the time before an activity was completed is work "
        "and waiting in one. If the times tell when an item came into a status, choose that they mark entering it "
        "(--timestamp entered)."
    ]


def at_as_of_date(built: Built, choices: LogChoices) -> Built:
    """Take the log as it stood at the as-of date, where one was chosen, and its days by the chosen clock."""
    if built.log is None or not built.log.dated:
        return built
    log = replace(built.log, timezone=choices.timezone)
    built = replace(built, log=log)
    if choices.as_of is None:
        return built
    moment = pa.array([choices.as_of.isoformat()])
    then = as_it_was(log, int(read_stamps(moment, timezone=choices.timezone).times[0]))
    if not len(then.items):
        return replace(built, log=None)
    later = len(log.items) - len(then.items)
    return replace(built, log=then, later=later, notes=[*built.notes, *note_of_later(later)])


def note_of_later(items: int) -> list[str]:
    """Say how many items began after the as-of date, where there are any."""
    if not items:
        return []
    began = "began after the as-of date, so"
    return [f"1 item {began} it is not counted." if items == 1 else f"{items:,} items {began} they are not counted."]
