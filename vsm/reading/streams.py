"""Rows with their figures and texts -> stages: names, waits from lead times, links between stages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence, Set
from dataclasses import replace
from difflib import get_close_matches
from itertools import groupby
from typing import NamedTuple

from vsm.durations import hours_in_words
from vsm.folding import fold
from vsm.model import Severity, Stage
from vsm.reading.cells import Setting, read_figures
from vsm.reading.columns import Columns
from vsm.reading.rows import TableRow
from vsm.reading.shapes import Role
from vsm.reading.texts import row_ranges
from vsm.reading.vocabulary import NOT_MEASURED

Figures = Mapping[Role, Mapping[int, float | None]]

_NO_LINK = (NOT_MEASURED - {"x"}) | {"no", "0", "nein", "non", "nie"}
ROUNDING = 0.01
"""How far a stated lead time may be from processing plus wait, as a share of it, before it is said."""


class Times(NamedTuple):
    """The times of one row, in hours."""

    processing: float | None = None
    wait: float | None = None
    undivided: float | None = None


LONGEST_NAME = 200
"""Characters of a stage's name that are kept."""


def build_stages(setting: Setting, columns: Columns, streams: Sequence[Sequence[TableRow]]) -> list[tuple[Stage, ...]]:
    """Make a stage of every row, in the order of the rows; one list of rows for each stream that the table holds."""
    figures = _figures(setting, columns, sorted(row.index for rows in streams for row in rows))
    return [_build_stream(setting, columns, rows, figures) for rows in streams]


def _build_stream(setting: Setting, columns: Columns, used: Sequence[TableRow], figures: Figures) -> tuple[Stage, ...]:
    names = _names(setting, used)
    times = [_times(setting, figures, columns, row.index) for row in used]
    stages = [
        _stage(setting, columns, figures, row.index, name, time)
        for row, name, time in zip(used, names, times, strict=True)
    ]
    stages = _linked(setting, used, stages)
    _say_lonely_groups(setting, used, stages)
    return tuple(stages)


def _figures(setting: Setting, columns: Columns, rows: Sequence[int]) -> Figures:
    """Read the figures of each role; where the waits of both sides are used, their sum."""
    figures: dict[Role, dict[int, float | None]] = {}
    for column in columns.figures:
        found = read_figures(setting, column, rows)
        others = figures.get(column.role)
        figures[column.role] = found if others is None else {row: _sum(others[row], found[row]) for row in rows}
    return figures


def _sum(one: float | None, other: float | None) -> float | None:
    return one if other is None else other + (one or 0.0)


def _stage(
    setting: Setting,
    columns: Columns,
    figures: Figures,
    row: int,
    name: str,
    times: Times,
) -> Stage:
    def figure(role: Role) -> float | None:
        return figures[role][row] if role in figures else None

    def text(role: Role) -> str | None:
        column = columns.of(role)
        return None if column is None else setting.table.text(row, column.index) or None

    return Stage(
        name=name,
        processing_time=times.processing,
        wait_time=times.wait,
        undivided_time=times.undivided,
        complete_accurate=figure(Role.COMPLETE_ACCURATE),
        batch_size=figure(Role.BATCH_SIZE),
        handoffs=figure(Role.HANDOFFS),
        people=figure(Role.PEOPLE),
        availability=figure(Role.AVAILABILITY),
        demand=figure(Role.DEMAND),
        wip=figure(Role.WIP),
        rework_to=_marked(text(Role.REWORK_TO)),
        parallel_group=_marked(text(Role.PARALLEL_GROUP)),
        team=text(Role.TEAM),
        kind=text(Role.KIND),
        note=text(Role.NOTE),
    )


def _marked(text: str | None) -> str | None:
    """A link or a group; a dash or "n/a" there is none."""
    return None if text is None or fold(text) in _NO_LINK else text


def _names(setting: Setting, used: Sequence[TableRow]) -> list[str]:
    """Names of the stages, each once: a stage without one is named by its place, a second "Review" is "Review (2)"."""
    sheet, findings = setting.table.sheet, setting.findings
    written = {row.name for row in used if row.name is not None}
    names: dict[str, None] = {}
    repeats: Counter[str] = Counter()
    for place, row in enumerate(used, start=1):
        number = sheet.number(row.index)
        name = None if row.name is None else _cut(setting, row.name, number)
        if name is None:
            name = f"Stage {place} (row {number})"
            message = (
                f'Row {number} has figures but no stage name; it is called "{name}", so that its time is not lost.'
            )
            findings.add(Severity.WARNING, "Stages without a name", message + " Name the stage.", row=number)
        if name in names:
            name, twice = _numbered(name, written, names, repeats), name
            message = f'Row {number}: the stage name "{twice}" stands there a second time; this one is called "{name}".'
            message += " Give each stage its own name if they differ."
            findings.add(Severity.NOTE, "Repeated stage names numbered", message, row=number, found=twice)
        names[name] = None
    return list(names)


def _cut(setting: Setting, name: str, number: int) -> str:
    """Shorten a name that no chart or table has room for, and say so."""
    if len(name) <= LONGEST_NAME:
        return name
    message = (
        f"Row {number}: the stage name has {len(name):,} characters and was cut after {LONGEST_NAME - 1}. Give the "
        "stage a short name, and put the rest into a column of notes."
    )
    setting.findings.add(Severity.NOTE, "Long stage names cut", message, row=number)
    return f"{name[: LONGEST_NAME - 1]}…"


def _numbered(name: str, written: Set[str], names: Container[str], repeats: Counter[str]) -> str:
    """The next number for a repeated name that makes no name in use; `repeats` remembers the last one."""
    while True:
        repeats[name] += 1
        numbered = f"{name} ({repeats[name] + 1})"
        if numbered not in written and numbered not in names:
            return numbered


def _times(setting: Setting, figures: Figures, columns: Columns, row: int) -> Times:
    """Processing time and wait time of a row, the one that is missing from its lead time where it has one."""
    processing = figures.get(Role.PROCESSING_TIME, {}).get(row)
    wait = figures.get(Role.WAIT_TIME, {}).get(row)
    lead = figures.get(Role.LEAD_TIME, {}).get(row)
    if lead is None:
        return Times(processing, wait)
    if not setting.definitions.lead_time_contains_processing:
        return Times(processing, lead if wait is None else wait)
    if wait is not None and processing is not None:
        _compare(setting, row, lead, processing + wait)
        return Times(processing, wait)
    if processing is not None:
        return Times(processing, _rest(setting, row, lead, processing, "processing time"))
    if columns.of(Role.PROCESSING_TIME) is None:
        if columns.of(Role.WAIT_TIME) is None:
            return Times(undivided=lead)
        if wait is not None:
            return Times(_rest(setting, row, lead, wait, "wait time"), wait)
    if wait is None:
        _say_not_divided(setting, row, lead)
    return Times(processing, wait)


def _say_not_divided(setting: Setting, row: int, lead: float) -> None:
    number = setting.table.sheet.number(row)
    message = (
        f"Row {number} has a lead time of {hours_in_words(lead, setting.definitions)} but no processing time, so "
        "its wait time cannot be told. It counts as not measured. Put in the processing time."
    )
    setting.findings.add(Severity.WARNING, "Lead times that could not be divided", message, row=number)


def _compare(setting: Setting, row: int, lead: float, parts: float) -> None:
    if abs(lead - parts) <= ROUNDING * max(lead, parts):
        return
    number, words = setting.table.sheet.number(row), setting.definitions
    message = (
        f"Row {number}: the lead time, {hours_in_words(lead, words)}, is not processing time plus wait time, "
        f"{hours_in_words(parts, words)}. The wait time was taken and the lead time set aside. "
        "Correct the one that is wrong."
    )
    setting.findings.add(Severity.WARNING, "Lead times that do not add up", message, row=number)


def _rest(setting: Setting, row: int, lead: float, part: float, name: str) -> float | None:
    """Lead time less one of its parts; rounding below zero is zero, anything else an error."""
    rest = lead - part
    if rest >= 0:
        return rest
    if -rest <= 1e-9 * part:
        return 0.0
    number, words = setting.table.sheet.number(row), setting.definitions
    other = "wait time" if name == "processing time" else "processing time"
    message = (
        f"Row {number}: the lead time, {hours_in_words(lead, words)}, is shorter than the {name}, "
        f"{hours_in_words(part, words)}, that it should contain. The {other} counts as not measured. "
        "Correct one of them, "
        "or say that lead times do not contain processing times."
    )
    setting.findings.add(Severity.ERROR, "Lead times shorter than their parts", message, row=number)
    return None


def _linked(setting: Setting, used: Sequence[TableRow], stages: list[Stage]) -> list[Stage]:
    """Resolve "rework to" to the name of this stage or one before it; anything else is dropped and said."""
    result = []
    for place, (row, stage) in enumerate(zip(used, stages, strict=True)):
        if stage.rework_to is None:
            result.append(stage)
            continue
        known = _names_up_to(place, used, stages)
        target = known.get(fold(stage.rework_to))
        if target is None:
            _say_unknown_target(setting, row, stage.rework_to, known, stages)
        result.append(replace(stage, rework_to=target))
    return result


def _names_up_to(place: int, used: Sequence[TableRow], stages: Sequence[Stage]) -> dict[str, str]:
    """Folded names of the stages up to a place, as they are and as they were written -> names; the first one wins."""
    known: dict[str, str] = {}
    for row, stage in zip(used[: place + 1], stages, strict=False):
        known.setdefault(fold(stage.name), stage.name)
        if row.name is not None:
            known.setdefault(fold(row.name), stage.name)
    return known


def _say_unknown_target(
    setting: Setting, row: TableRow, wanted: str, known: Mapping[str, str], stages: Sequence[Stage]
) -> None:
    number = setting.table.sheet.number(row.index)
    later = any(fold(stage.name) == fold(wanted) for stage in stages)
    close = get_close_matches(fold(wanted), list(known), n=1)
    reason = "is a later stage" if later else "names no stage"
    hint = f' (did you mean "{known[close[0]]}"?)' if close and not later else ""
    message = (
        f'Row {number}: rework goes to "{wanted}", which {reason}{hint}. The stage before was taken. '
        "Name this stage or one before it."
    )
    setting.findings.add(Severity.WARNING, "Rework targets not found", message, row=number, found=wanted)


def _say_lonely_groups(setting: Setting, used: Sequence[TableRow], stages: Sequence[Stage]) -> None:
    """Note parallel groups of one stage, and groups whose stages are not neighbours."""
    runs = [
        (group, list(members))
        for group, members in groupby(zip(used, stages, strict=True), lambda p: p[1].parallel_group)
    ]
    for group in dict.fromkeys(group for group, _ in runs if group is not None):
        members = [members for name, members in runs if name == group]
        numbers = [setting.table.sheet.number(row.index) for run in members for row, _ in run]
        if len(members) == 1 and len(numbers) > 1:
            continue
        reason = "is alone in it" if len(numbers) == 1 else "are not neighbours"
        message = (
            f'The parallel group "{group}" in {row_ranges(numbers)}: the {"stage" if len(numbers) == 1 else "stages"} '
            f"{reason}. Only neighbouring rows with the same group run side by side. Put them next to each other."
        )
        setting.findings.add(Severity.NOTE, "Parallel groups without neighbours", message, row=numbers[0], found=group)
