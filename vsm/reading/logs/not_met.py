"""Choices made about another month's file -> what of them does not fit this one, and what was done instead."""

from __future__ import annotations

from collections.abc import Sequence

from vsm.folding import fold
from vsm.items.build import Status
from vsm.model import Problem, Severity
from vsm.reading.log_shapes import LogChoices, LogRole
from vsm.reading.logs.built import Built
from vsm.reading.logs.log_columns import Candidates
from vsm.reading.logs.log_names import plain
from vsm.reading.logs.plans import Plan
from vsm.reading.texts import listed

NOT_THERE = "Chosen columns that are not there"
ROLE_WORDS = {
    LogRole.ITEM: "the item",
    LogRole.STAGE: "the stage, status or activity",
    LogRole.FROM_STAGE: "the status before the change",
    LogRole.TIMESTAMP: "the time of the change",
    LogRole.START: "the start",
    LogRole.END: "the end",
    LogRole.ENQUEUED: "since when an item was waited for",
    LogRole.TIME_OF_DAY: "the time of day of a date",
    LogRole.LIFECYCLE: "start and completion",
    LogRole.PAIR: "the number that pairs start and completion",
    LogRole.FIELD: "the field that changed",
    LogRole.PERSON: "the person",
    LogRole.TYPE: "the type of item",
    LogRole.TEAM: "the team",
    LogRole.RESOLUTION: "why an item was closed",
    LogRole.STAGE_DATE: "when an item came to each stage",
    LogRole.STAGE_DURATION: "how long an item was in each stage",
}
_NAMED = 10


def columns_not_there(found: Candidates, plan: Plan | None) -> tuple[Problem, ...]:
    """Name each chosen column that the file does not have, and the columns that were taken in its place."""
    return tuple(
        Problem(
            severity=Severity.WARNING,
            repair=NOT_THERE,
            message=f"The column “{header}” was chosen as {ROLE_WORDS[role]}, but the file has no such column: "
            f"{_taken(found, plan, role)}",
            sheet=None if found.frame.parts else found.frame.sheet,
            column=header,
        )
        for role, header in found.missing
        if role is not LogRole.IGNORE
    )


def _taken(found: Candidates, plan: Plan | None, role: LogRole) -> str:
    names = [f"“{column.title}”" for column in (plan.columns(role) if plan else ())]
    if not names:
        return "nothing was taken in its place. Choose another column, or load a file that has it."
    shown = listed(names[:_NAMED] + ([f"{len(names) - _NAMED:,} more"] if len(names) > _NAMED else []))
    verb = "was" if len(names) == 1 else "were"
    if role in found.chosen:
        return f"{shown} {verb} used alone. Choose another column beside, or load a file that has it."
    return f"{shown} {verb} used instead, as recognised. Choose another column if that is wrong."


def choices_not_met(choices: LogChoices, built: Built) -> list[str]:
    """Say which statuses and stages that were spoken of do not occur, and which stages an order leaves out."""
    stages = () if built.log is None else built.log.stages
    return [*_statuses(choices.statuses, built.statuses), *_order(choices.stage_order, stages, built.statuses)]


def _statuses(given: Sequence[Status], statuses: Sequence[Status]) -> list[str]:
    there = {plain(status.name) for status in statuses}
    missing = [status.name for status in given if plain(status.name) not in there]
    if not missing or not there:
        return []
    speak = "The choices speak of the"
    if len(missing) == 1:
        return [f"{speak} status {_some(missing)}, which does not occur; what was said of it changes nothing."]
    return [f"{speak} statuses {_some(missing)}, which do not occur; what was said of them changes nothing."]


def _order(chosen: Sequence[str], stages: Sequence[str], statuses: Sequence[Status]) -> list[str]:
    if not chosen or not stages:
        return []
    wanted = {fold(name) for name in chosen}
    there = {fold(name) for name in (*stages, *(status.name for status in statuses))}
    missing = [name for name in chosen if fold(name) not in there]
    # A stage stands where a status of it was put, too.
    placed = {fold(status.stage) for status in statuses if fold(status.name) in wanted} | wanted
    others = [stage for stage in stages if fold(stage) not in placed]
    notes = []
    if missing:
        verb = "is no stage" if len(missing) == 1 else "are no stages"
        notes.append(f"The order of the stages that was chosen names {_some(missing)}, which {verb} of this file.")
    if others:
        stand = "it stands" if len(others) == 1 else "they stand"
        notes.append(
            f"The order of the stages that was chosen leaves out {_some(others)}: {stand} where the file itself "
            "suggests."
        )
    return notes


def _some(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names[:_NAMED]]
    return listed(quoted + ([f"{len(names) - _NAMED:,} more"] if len(names) > _NAMED else []))
