"""What several files tell of the same items -> one `Log`: one order of labels and one meaning of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from vsm.items.beside import with_worked
from vsm.items.build import Status, StatusKind, from_entered
from vsm.items.in_statuses import told_apart
from vsm.items.log import OPEN, Log
from vsm.items.order import by_item
from vsm.reading.log_shapes import LogChoices
from vsm.reading.logs.built import Built, build, stages_of, status_doubts, when_finished
from vsm.reading.logs.flow_order import count_moves, flow_order, in_chosen_order, moves_between
from vsm.reading.logs.one_vocabulary import (
    Dated,
    stacked_completed,
    stacked_entered,
    stacked_rows,
    stacked_worked,
)
from vsm.reading.logs.single_dates import meaning_of_singles
from vsm.reading.logs.status_names import going_on, kind_of, propose_statuses
from vsm.reading.logs.told import Completed, Entered, Worked
from vsm.worktime import DAY

ENDING = (StatusKind.DONE, StatusKind.CANCELLED)
Between = NDArray[np.int64] | None
INSTANT = 1
"""Microsecond by which the end of a day lies before the next day."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Source:
    """What one of several files tells, in the vocabulary of all."""

    file: str
    told: Dated
    single: str | None = None
    """The label of its only date, where it has one date for each item and no stages."""
    own_order: tuple[str, ...] = ()
    """Its labels, where the file itself orders them."""


def build_joined(sources: Sequence[Source], choices: LogChoices) -> Built:
    """Build the log of all files; `choices` are those about the stream: statuses, and the order of stages."""
    files = _at_the_end_of_days(_like_the_others(sources), choices)
    labels, between = _in_flow_order(files, choices.stage_order)
    told = [_relabelled(source.told, labels, between) for source in files]
    singles = {s.single: s.file for s in files if s.single is not None and isinstance(s.told, Entered)}
    known = {label: kind for one in told for label, kind in one.kinds.items()}
    meaning = meaning_of_singles(singles, labels, choices.statuses, known)
    built = _built(told, replace(choices, statuses=(*meaning.given, *choices.statuses)))
    assert built.log is not None, "a log is left empty by an as-of date alone"
    questions = [*meaning.questions, *built.questions]
    return replace(built, questions=questions, notes=[*built.notes, *_not_yet(built.log, meaning.finish)])


def _like_the_others(sources: Sequence[Source]) -> list[Source]:
    """Take single dates as rows of the kind that the other files have, where none of these tells of statuses."""
    others = [source.told for source in sources if source.single is None]
    if any(isinstance(told, Entered) for told in others):
        return list(sources)
    completed = any(isinstance(told, Completed) for told in others)
    return [replace(s, told=_as_a_moment(s.told, completed)) if isinstance(s.told, Entered) else s for s in sources]


def _as_a_moment(told: Entered, completed: bool) -> Dated:
    later = (DAY - INSTANT if completed else DAY) if told.to_midnight else 0
    moment = Completed(names=told.names, rows=told.rows, labels=told.labels, label=told.label, time=told.time + later)
    return moment if completed else replace(_as_worked(moment), to_midnight=told.to_midnight)


def _at_the_end_of_days(sources: Sequence[Source], choices: LogChoices) -> list[Source]:
    """Where some files have days and others times of day, put what ends on a day to the last moment of it."""
    if all(_by_days(source.told) for source in sources) or not any(_by_days(source.told) for source in sources):
        return list(sources)
    return [
        replace(source, told=_ending_late(source, choices)) if _by_days(source.told) else source for source in sources
    ]


def _by_days(told: Dated) -> bool:
    return not isinstance(told, Completed) and told.to_midnight


def _ending_late(source: Source, choices: LogChoices) -> Dated:
    told = source.told
    assert not isinstance(told, Completed), "completions have no days of their own"
    given = {status.name for status in choices.statuses}
    ends = [
        kind_of(label, choices.statuses, told.kinds) in ENDING or (label == source.single and label not in given)
        for label in told.labels
    ]
    later = (DAY - INSTANT) * np.array(ends)[told.label]
    if isinstance(told, Entered):
        return replace(told, time=told.time + later, to_midnight=False)
    end = np.where(told.end == OPEN, OPEN, told.end - INSTANT)
    return replace(told, start=np.minimum(told.start + later, end), end=end, to_midnight=False)


def _in_flow_order(sources: Sequence[Source], chosen: Sequence[str]) -> tuple[tuple[str, ...], Between]:
    """Order the labels, and count the moves between them.

    The order is a person's, else that of a file's columns, else the one in which most moves go forward.
    """
    told = [source.told for source in sources]
    labels = told[0].labels
    item, label = np.concatenate([t.rows.item for t in told]), np.concatenate([t.label for t in told])
    start = np.concatenate([t.start if isinstance(t, Worked) else t.time for t in told])
    end = np.concatenate([t.end if isinstance(t, Worked) else t.time for t in told])
    order = by_item(item, start, end)
    beside = np.append(False, start[order[1:]] < end[order[:-1]])[: len(order)]
    moves = count_moves(item[order], label[order], start[order], beside=beside)
    places = flow_order(moves)
    # A label has no row of its own where rows of its status are ignored.
    names = [labels[place] for place in (*places, *sorted(set(range(len(labels))) - set(places)))]
    for source in sources:
        names = in_chosen_order(names, source.own_order)
    names = in_chosen_order(names, chosen)
    every = len(places) == len(names)
    return tuple(names), moves_between(moves, [labels.index(name) for name in names]) if every else None


def _relabelled(told: Dated, labels: tuple[str, ...], between: Between) -> Dated:
    code = {label: code for code, label in enumerate(labels)}
    lookup = np.array([code[label] for label in told.labels], dtype=np.int32)
    told = replace(told, labels=labels, label=lookup[told.label])
    return told if isinstance(told, Completed) else replace(told, between=between)


def _built(told: Sequence[Dated], choices: LogChoices) -> Built:
    entered = [one for one in told if isinstance(one, Entered)]
    worked = [one for one in told if isinstance(one, Worked)]
    completed = [one for one in told if isinstance(one, Completed)]
    if not worked and not completed:
        return build(stacked_entered(entered), choices)
    if not entered and not completed:
        return build(stacked_worked(worked), choices)
    if not entered and not worked:
        return build(stacked_completed(completed), choices)
    moments = [_as_worked(stacked_completed(completed))] if completed else []
    beside = stacked_worked([*worked, *moments])
    built = _side_by_side(stacked_entered(entered) if entered else _none_entered(beside), beside, choices)
    return replace(built, notes=[*built.notes, *([_COMPLETED] if completed else [])])


def _none_entered(told: Dated) -> Entered:
    nowhere, rows = np.array([], dtype=np.int32), told.rows
    none = replace(rows, item=nowhere, person=nowhere, item_type=nowhere, team=None if rows.team is None else nowhere)
    time = nowhere.astype(np.int64)
    return Entered(names=told.names, rows=none, labels=told.labels, label=nowhere, time=time, to_midnight=False)


def _as_worked(told: Completed) -> Worked:
    """Take completions as work of no length: the time before, where nothing else runs, then belongs to them."""
    return Worked(
        names=told.names,
        rows=told.rows,
        labels=told.labels,
        kinds=dict.fromkeys(_present(told), StatusKind.ACTIVE),
        label=told.label,
        start=told.time,
        end=told.time,
    )


def _present(told: Dated) -> list[str]:
    return [told.labels[code] for code in np.unique(told.label)]


def _side_by_side(entered: Entered, worked: Worked, choices: LogChoices) -> Built:
    """Build the log of rows that enter a status and of rows with a start and an end.

    A row with a start and an end that says that its item is done, and stays so, enters that status when it starts.
    """
    statuses = _statuses(worked, entered, choices)
    stages = stages_of(statuses, choices.stage_order)
    count = len(entered.names.items)
    told = told_apart(
        count, statuses, stages, worked.rows,
        status=worked.label, start=worked.start, end=worked.end, enqueued=worked.asked, ends_of_days=worked.to_midnight,
    )  # fmt: skip
    ends = np.array([], dtype=np.int64) if told.ends is None else told.ends.rows
    log = from_entered(
        entered.names,
        statuses,
        stages,
        stacked_rows([entered.rows, worked.rows.only(ends)]),
        status=np.concatenate((entered.label, worked.label[ends])),
        time=np.concatenate((entered.time, worked.start[ends])),
        whole_days=entered.to_midnight,
        goes_on=going_on(statuses),
    )
    # Where no file has statuses, one of them tells completions alone, before which work and waiting are one.
    log = with_worked(
        replace(log, divided=log.divided and len(entered.label) > 0), told, repeats_are_one=worked.repeats_are_one
    )
    every = stacked_rows([entered.rows, worked.rows])
    log = replace(
        log,
        item_type=every.types_of_items(count),
        item_teams=every.teams_of_items(),
        moved_by=every.people_of_items(),
        ends_of_days=entered.to_midnight or worked.to_midnight,
    )
    return Built(
        log=log, statuses=statuses, notes=status_doubts(statuses) if len(entered.label) else [when_finished(log)]
    )


_COMPLETED = (
    "Where a file tells only when activities were completed, the time before each in which no other file has the item "
    "somewhere belongs to it."
)


def _statuses(worked: Worked, entered: Entered, choices: LogChoices) -> tuple[Status, ...]:
    """Propose what labels mean; what rows with a start and an end are called says it where no status is called so."""
    entered_ones = set(_present(entered))
    known = {label: kind for label, kind in worked.kinds.items() if label not in entered_ones} | {**entered.kinds}
    return propose_statuses(worked.labels, given=choices.statuses, known=known, between=entered.between)


def _not_yet(log: Log, finish: str | None) -> list[str]:
    """Say how many items wait for the finish that a list of single dates tells."""
    if finish is None or finish not in log.stages:
        return []
    waiting = int(np.count_nonzero((log.visits.end == OPEN) & (log.visits.stage == log.stages.index(finish))))
    if not waiting:
        return []
    if waiting == 1:
        return [f"1 item waits for “{finish}” and counts as open."]
    return [f"{waiting:,} items wait for “{finish}” and count as open."]
