"""The columns of a log -> the form in which its rows tell of visits, and the role of each column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from vsm.reading.headers import DURATION_ROLES, header_meaning
from vsm.reading.log_shapes import Layout, LogChoices, LogRole
from vsm.reading.logs.exports import Export, named_source, recognise_export
from vsm.reading.logs.frames import TextColumn
from vsm.reading.logs.log_columns import Candidates
from vsm.reading.logs.log_names import (
    CLOSED,
    COMPLETES,
    NAMES,
    NO_DURATIONS,
    OPENED,
    OTHER_DATES,
    PRESENT_STATUS,
    STARTS,
    STATUS_HEADERS,
    plain,
)
from vsm.reading.logs.plans import ONE_ROW_EACH, TIME_ROLES, Form, Plan
from vsm.reading.logs.resolutions import is_undone
from vsm.reading.logs.stamp_kind import decide_stamp
from vsm.reading.logs.status_names import kind_by_name
from vsm.reading.logs.wide_intervals import stage_pairs

Roles = dict[LogRole, tuple[TextColumn, ...]]
_COUNTS = re.compile(r"\b(count|counts|visits|times|anzahl|nombre|cantidad|quantidade|number)\b|#")
_FORCED = {
    Layout.WIDE_DATES: Form.WIDE_DATES,
    Layout.WIDE_DURATIONS: Form.WIDE_DURATIONS,
}
_KEY = re.compile(r"[A-Z][A-Z0-9_]*-[0-9]+")
"""What trackers call their items, and nobody a stage."""
LOOKED_AT = 10_000
"""Different texts at most that a column of statuses is searched for one that says that an item was not done."""
SIDE_ROLES = (LogRole.PERSON, LogRole.TYPE, LogRole.TEAM, LogRole.RESOLUTION)


def plan_of(found: Candidates, choices: LogChoices) -> Plan | None:
    """Decide how to read a log; `None` where its columns do not tell."""
    plan = _plan_of_columns(found, choices)
    return None if plan is None else _with_clocks(plan, found)


def _with_clocks(plan: Plan, found: Candidates) -> Plan:
    """Give the times of day that stand in a column of their own to the dates that the plan needs."""
    dates = sorted({c.index for role in TIME_ROLES for c in plan.columns(role)})
    taken = {c.index for role, columns in plan.roles.items() if role is not LogRole.TIME_OF_DAY for c in columns}
    clocks = {index: found.clocks[index] for index in dates if index in found.clocks}
    clocks = {index: clock for index, clock in clocks.items() if clock.index not in taken}
    if not clocks:
        return plan
    why = {clock.index: f"times of day of “{found.frame.columns[index].title}”" for index, clock in clocks.items()}
    return replace(
        plan,
        roles={**plan.roles, LogRole.TIME_OF_DAY: tuple(clocks.values())},
        clocks={index: clock.index for index, clock in clocks.items()},
        why={**plan.why, **why},
    )


def _plan_of_columns(found: Candidates, choices: LogChoices) -> Plan | None:
    export = recognise_export(frozenset(found.headers)) if choices.layout is None else None
    if export is not None:
        plan = _plan_of_export(found, export, choices)
        if plan is not None:
            return plan
    form = _form(found, choices.layout)
    if form is None:
        return None
    roles = _roles(found, form)
    stamp, questions = decide_stamp(form, roles, choices.stamp)
    return Plan(
        form=form,
        roles=roles,
        why={},
        source=named_source(found.headers, form),
        stage_names=_names_of_pairs(roles) if form is Form.WIDE_INTERVALS else _stage_names(roles),
        stamp=stamp,
        questions=questions,
    )


def _plan_of_export(found: Candidates, export: Export, choices: LogChoices) -> Plan | None:
    roles: Roles = {role: found.named(names) for role, names in export.roles.items()}
    resolution = _resolution(found, export.form)
    if resolution:
        roles[LogRole.RESOLUTION] = resolution
    stages = [(c, stage, kind) for header, stage, kind in export.stages for c in found.named((header,))]
    stages = [(c, stage, kind) for c, stage, kind in stages if found.profile(c).filled]
    if stages:
        roles[LogRole.STAGE_DATE] = tuple(column for column, _, _ in stages)
    roles = {role: columns for role, columns in roles.items() if columns} | found.chosen
    if not all(_has(roles, role) for role in _NEEDED[export.form]):
        return None
    return Plan(
        form=export.form,
        roles=roles,
        why={c.index: f"known from {export.source}" for columns in roles.values() for c in columns},
        source=export.source,
        stage_names={column.index: stage for column, stage, _ in stages},
        kinds={stage: kind for _, stage, kind in stages},
        stamp=choices.stamp or export.stamp,
        notes=(export.note,) if export.note else (),
    )


_NEEDED: dict[Form, tuple[LogRole, ...]] = {
    Form.CHANGES: (LogRole.ITEM, LogRole.STAGE, LogRole.TIMESTAMP),
    Form.LIFECYCLE: (LogRole.ITEM, LogRole.STAGE, LogRole.TIMESTAMP, LogRole.LIFECYCLE),
    Form.INTERVALS: (LogRole.ITEM, LogRole.STAGE, LogRole.START, LogRole.END),
    Form.STATUS_INTERVALS: (LogRole.ITEM, LogRole.STAGE, LogRole.START, LogRole.END),
    Form.START_END: (LogRole.ITEM, LogRole.START, LogRole.END),
    Form.WIDE_INTERVALS: (LogRole.ITEM, LogRole.START, LogRole.END),
    Form.WIDE_DATES: (LogRole.ITEM, LogRole.STAGE_DATE),
    Form.WIDE_DURATIONS: (LogRole.ITEM, LogRole.STAGE_DURATION),
}


def missing_roles(plan: Plan) -> tuple[LogRole, ...]:
    """Return the roles that the plan's form needs and no column has."""
    return tuple(role for role in _NEEDED[plan.form] if not plan.columns(role))


def _has(roles: Roles, role: LogRole) -> bool:
    return bool(roles.get(role))


def _form(found: Candidates, layout: Layout | None) -> Form | None:
    if layout in _FORCED:
        return _FORCED[layout]
    if layout is Layout.EVENT_LOG:
        return Form.LIFECYCLE if _lifecycle(found) else Form.CHANGES
    start, end, stage = found.of(LogRole.START), found.of(LogRole.END), found.of(LogRole.STAGE)
    if layout is Layout.STAGE_LOG:
        return Form.INTERVALS if stage else Form.START_END
    return _form_by_columns(found, start, end, stage)


def _form_by_columns(
    found: Candidates, start: TextColumn | None, end: TextColumn | None, stage: TextColumn | None
) -> Form | None:
    item = found.of(LogRole.ITEM)
    unique = item is not None and found.profile(item).mostly_unique
    lifecycle = _lifecycle(found)
    if stage and lifecycle and lifecycle is not stage:
        return Form.LIFECYCLE
    if stage and start and end and not (unique and _says_status(stage)):
        return Form.INTERVALS
    dates = stage_dates(found)
    if unique and len(_written_durations(found)) >= max(2, len(dates) / 2):
        return Form.WIDE_DURATIONS
    if unique and len(dates) >= 2:
        if _only_both_ends(found, dates):
            return Form.WIDE_DURATIONS if _durations_of_statuses(found) else Form.START_END
        return Form.WIDE_INTERVALS if stage_pairs(dates) else Form.WIDE_DATES
    if unique and _durations_of_statuses(found):
        return Form.WIDE_DURATIONS
    if stage and any(found.of(role) for role in (LogRole.TIMESTAMP, LogRole.START, LogRole.END)):
        return Form.CHANGES
    if item and _start_column(found) and _end_column(found):
        return Form.START_END
    return Form.WIDE_DURATIONS if item and len(stage_durations(found)) >= 2 else None


def _says_status(stage: TextColumn) -> bool:
    return plain(stage.header) in STATUS_HEADERS


def _lifecycle(found: Candidates) -> TextColumn | None:
    """The column that tells start rows from completion rows, by header and values."""
    column = found.of(LogRole.LIFECYCLE)
    if column is None or found.of(LogRole.TIMESTAMP) is None:
        return None
    values = {plain(text) for text in column.beginning(50)}
    return column if values & STARTS and values & COMPLETES else None


def stage_dates(found: Candidates) -> tuple[TextColumn, ...]:
    """The columns that say when an item came to a stage: the chosen ones, else all of dates but due dates and such."""
    chosen = found.chosen.get(LogRole.STAGE_DATE)
    if chosen:
        return chosen
    return tuple(
        c
        for c in found.free()
        if (found.holds_dates(c) or (found.profile(c).dates >= 0.5)) and found.headers[c.index] not in OTHER_DATES
    )


def stage_durations(found: Candidates) -> tuple[TextColumn, ...]:
    """The columns that say how long an item was in a status: texts with units; where there are none, numbers."""
    chosen = found.chosen.get(LogRole.STAGE_DURATION)
    if chosen:
        return chosen
    written = _written_durations(found)
    if len(written) >= 2:
        return written
    return tuple(
        c
        for c in _open_to_durations(found)
        if found.profile(c).numbers >= 0.9 and not _names_other(found.headers[c.index])
    )


def _open_to_durations(found: Candidates) -> list[TextColumn]:
    no_duration = [found.of(LogRole.ITEM), *found.clocks.values()]
    return [
        c
        for c in found.free()
        if c not in no_duration
        and found.headers[c.index] not in NO_DURATIONS
        and not _COUNTS.search(found.headers[c.index])
    ]


def _written_durations(found: Candidates) -> tuple[TextColumn, ...]:
    """The columns of texts with units ("2d 4h")."""
    return tuple(c for c in _open_to_durations(found) if found.profile(c).durations >= 0.8)


def _durations_of_statuses(found: Candidates) -> bool:
    """Whether several columns of figures are named like statuses, whatever dates stand beside them."""
    return sum(kind_by_name(found.headers[c.index]) is not None for c in stage_durations(found)) >= 2


def _names_other(header: str) -> bool:
    return any(header in names for role, names in NAMES.items() if role is not LogRole.STAGE) and bool(header)


def _only_both_ends(found: Candidates, dates: Sequence[TextColumn]) -> bool:
    """Whether the date columns are just one beginning and one end of the item."""
    return len(dates) == 2 and _start_column(found) in dates and _end_column(found) in dates


def _start_column(found: Candidates) -> TextColumn | None:
    return found.of(LogRole.START) or _by_names(found, OPENED)


def _end_column(found: Candidates) -> TextColumn | None:
    return found.of(LogRole.END) if LogRole.END in found.chosen else _by_names(found, CLOSED) or found.of(LogRole.END)


def _by_names(found: Candidates, names: dict[str, int]) -> TextColumn | None:
    fitting = [c for c in found.free() if found.headers[c.index] in names and found.profile(c).dates >= 0.5]
    return min(fitting, key=lambda c: (names[found.headers[c.index]], c.index), default=None)


def _roles(found: Candidates, form: Form) -> Roles:
    """The columns of each role that the form needs or can use."""
    columns: dict[LogRole, Sequence[TextColumn | None]] = {LogRole.ITEM: (found.of(LogRole.ITEM),)}
    if form in (Form.CHANGES, Form.LIFECYCLE, Form.INTERVALS, Form.STATUS_INTERVALS):
        columns[LogRole.STAGE] = (found.of(LogRole.STAGE),)
    if form is Form.CHANGES:
        time = found.of(LogRole.TIMESTAMP) or found.of(LogRole.START) or found.of(LogRole.END)
        columns |= {LogRole.TIMESTAMP: (time,), LogRole.FIELD: (found.of(LogRole.FIELD),)}
        columns[LogRole.FROM_STAGE] = (found.of(LogRole.FROM_STAGE),)
    if form is Form.LIFECYCLE:
        columns |= {LogRole.TIMESTAMP: (found.of(LogRole.TIMESTAMP),), LogRole.LIFECYCLE: (_lifecycle(found),)}
        columns[LogRole.PAIR] = (found.of(LogRole.PAIR),)
    if form in (Form.INTERVALS, Form.STATUS_INTERVALS):
        columns |= {role: (found.of(role),) for role in (LogRole.START, LogRole.END, LogRole.ENQUEUED)}
    if form is Form.START_END:
        columns |= {LogRole.START: (_start_column(found),), LogRole.END: (_end_column(found),)}
    if form is Form.WIDE_DATES:
        columns[LogRole.STAGE_DATE] = stage_dates(found)
    if form is Form.WIDE_INTERVALS:
        pairs = (stage_pairs(stage_dates(found)) or {}).values()
        columns |= {LogRole.START: [start for start, _ in pairs], LogRole.END: [end for _, end in pairs]}
    if form is Form.WIDE_DURATIONS:
        end = _end_column(found)
        columns |= {LogRole.STAGE_DURATION: stage_durations(found), LogRole.END: (end,)}
        columns[LogRole.START] = (_start_column(found) if end else None,)
    columns |= {role: (found.of(role),) for role in SIDE_ROLES}
    columns[LogRole.RESOLUTION] = _resolution(found, form)
    roles = _once(columns, found.chosen)
    if form is Form.WIDE_DURATIONS and LogRole.END not in roles and LogRole.STAGE not in roles:
        # The same column may say why an item was closed, too.
        present = [c for c in found.free() if found.headers[c.index] in (STATUS_HEADERS | PRESENT_STATUS)]
        roles |= {LogRole.STAGE: tuple(present[:1])} if present else {}
    return roles


def _resolution(found: Candidates, form: Form) -> tuple[TextColumn, ...]:
    """The columns that tell why an item was closed; with one row for each item, its last status tells it, too."""
    column = found.of(LogRole.RESOLUTION)
    columns = () if column is None else (column,)
    if form not in ONE_ROW_EACH or LogRole.RESOLUTION in found.chosen:
        return columns
    statuses = [c for c in found.free() if found.headers[c.index] in STATUS_HEADERS and c is not column]
    return (*columns, *[c for c in statuses if any(map(is_undone, c.beginning(LOOKED_AT)))][:1])


def _once(columns: dict[LogRole, Sequence[TextColumn | None]], chosen: Roles) -> Roles:
    """Give each column one role only: the first that asks for it, chosen ones before all."""
    taken = {c.index for one in chosen.values() for c in one}
    result: Roles = dict(chosen)
    for role, wanted in columns.items():
        if role in chosen:
            continue
        got = tuple(c for c in wanted if c is not None and c.index not in taken)
        taken |= {c.index for c in got}
        if got:
            result[role] = got
    return result


_STAGE_WORDS = re.compile(
    r"^(?:time in status|time in state|time in|time spent in|date of|entered|moved to|zeit in|temps en|tiempo en"
    r"|tempo em)\s*:?\s+"
    r"|\s*[-–:]?\s+(?:entered|entry date|date|datum|start date)$",
    re.IGNORECASE,
)
_UNIT_AT_END = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")


def _stage_names(roles: Roles) -> dict[int, str]:
    """Name the stages of wide columns: "Time in Review (h)" is Review."""
    names = {}
    for role in (LogRole.STAGE_DATE, LogRole.STAGE_DURATION):
        for column in roles.get(role, ()):
            bare = _STAGE_WORDS.sub("", column.title)
            bare = _UNIT_AT_END.sub("", bare) if role is LogRole.STAGE_DURATION else bare
            names[column.index] = bare.strip() or column.title
    return names


def _names_of_pairs(roles: Roles) -> dict[int, str]:
    """Name the stages of start and end columns: "Build start" is Build, in the letters of the sheet."""
    pairs = stage_pairs((*roles.get(LogRole.START, ()), *roles.get(LogRole.END, ()))) or {}
    names: dict[int, str] = {}
    for name, (start, end) in pairs.items():
        found = re.search(name.replace(" ", r"[\W_]+"), start.header, re.IGNORECASE)
        names |= dict.fromkeys((start.index, end.index), found[0] if found else name.capitalize())
    return names


def is_surely_a_log(found: Candidates, plan: Plan) -> bool:
    """Tell whether a file is a log and no table of stages, when in doubt not."""
    if missing_roles(plan):
        return False
    item = plan.first(LogRole.ITEM)
    figures = [h for h in (c.header for c in found.frame.columns) if header_meaning(h).role in DURATION_ROLES]
    if plan.form is Form.WIDE_DURATIONS:
        names_items = item is not None and (not figures or all(map(_KEY.fullmatch, item.beginning(LOOKED_AT))))
        return names_items and item is not None and not found.profile(item).repeats
    if plan.form in (Form.WIDE_DATES, Form.WIDE_INTERVALS, Form.START_END):
        return len(figures) < 2
    return not figures or (item is not None and found.profile(item).repeats)
