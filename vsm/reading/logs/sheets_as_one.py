"""Sheets of a workbook that hold one log, as one for each month or team -> one `Frame` of all their rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from vsm.folding import fold
from vsm.model import Problem, Severity
from vsm.reading.log_shapes import LogRole
from vsm.reading.logs.frames import BLANK, Codes, Frame, SheetPart, TextColumn
from vsm.reading.logs.plans import Plan
from vsm.reading.texts import listed

SHEETS_AS_ONE = "Sheets read as one log"
_NAMED = 12
"""Sheets that a sentence names; of more it says how many there are."""
_Name = tuple[str, int]
"""A folded header, and how many columns before it have the same."""
ON_SEVERAL_SHEETS = "Items on several sheets"
NO_SUCH_SHEET = "A chosen sheet that is not there"


def as_one_log(frames: Sequence[Frame], named: str | None) -> Frame:
    """Put the rows of sheets one behind the other; columns of one header are one, wherever they stand.

    What a sheet has no column for is blank. A problem names the sheets that were read, where they are several, and one
    that was `named` and is not there.
    """
    stacked = frames[0] if len(frames) == 1 else _stacked_frames(frames)
    if named is None or fold(named) == fold(frames[0].sheet):
        return stacked
    names = listed([f"“{frame.sheet}”" for frame in frames])
    message = (
        f"The sheet “{named}” was chosen, but the file has no such sheet: {names} {_was(frames)} read instead. Choose "
        "another sheet if that is wrong."
    )
    missing = Problem(severity=Severity.WARNING, repair=NO_SUCH_SHEET, message=message)
    return replace(stacked, problems=(missing, *stacked.problems))


def _was(frames: Sequence[Frame]) -> str:
    return "was" if len(frames) == 1 else "were"


def _stacked_frames(frames: Sequence[Frame]) -> Frame:
    named = [_by_name(frame) for frame in frames]
    blank = [pa.array([""] * len(frame), pa.string()) for frame in frames]
    parts = tuple(SheetPart(frame.sheet, len(frame)) for frame in frames)
    return replace(
        frames[0],
        columns=tuple(
            TextColumn(
                index,
                next(columns[name].header for columns in named if name in columns),
                _stacked([c[name].raw if name in c else b for c, b in zip(named, blank, strict=True)]),
            )
            for index, name in enumerate(_in_one_order(named))
        ),
        numbers=np.concatenate([np.asarray(frame.numbers, dtype=np.int64) for frame in frames]),
        problems=(_said(parts), *(problem for frame in frames for problem in frame.problems)),
        parts=parts,
    )


def items_of_sheets(frame: Frame, codes: Codes, names: Sequence[str]) -> tuple[Codes, list[str]]:
    """Tell items of one name apart by the sheet that they stand on: codes of all rows, and names such as "Red: A-1"."""
    known = np.flatnonzero(codes != BLANK)
    pairs = frame.part_of(known) * len(names) + codes[known]
    found, place = np.unique(pairs, return_inverse=True)
    result = np.full(len(codes), BLANK, dtype=np.int32)
    result[known] = place
    sheets, items = np.divmod(found, max(len(names), 1))
    return result, [f"{frame.parts[s].sheet}: {names[i]}" for s, i in zip(sheets, items, strict=True)]


def teams_of_sheets(frame: Frame) -> tuple[Codes, list[str]]:
    """Take the sheet that a row stands on as its team."""
    return frame.part_of(np.arange(len(frame))).astype(np.int32), [part.sheet for part in frame.parts]


def on_several_sheets(frame: Frame, plan: Plan, apart: bool) -> tuple[Problem, ...]:
    """Say which items stand on several sheets, and that they are taken for one each; a warning where that is the rule.

    Sheets of months share the few items that went on; sheets of teams that number their items from 1 share most. With
    `apart`, the sheet tells them apart, and what was made of it is said.
    """
    items = plan.first(LogRole.ITEM)
    if len(frame.parts) < 2 or items is None:
        return ()
    known = np.flatnonzero(items.codes != BLANK)
    pairs = np.unique(np.column_stack((items.codes[known], frame.part_of(known))), axis=0)
    ids, sheets = np.unique(pairs[:, 0], return_counts=True)
    shared = ids[sheets > 1]
    if not len(shared):
        return ()
    on_sheet = np.bincount(pairs[:, 1], minlength=len(frame.parts))
    among_them = np.bincount(pairs[np.isin(pairs[:, 0], shared), 1], minlength=len(frame.parts))
    usual = bool((2 * among_them > on_sheet).any())
    first = pairs[pairs[:, 0] == shared[0], 1][:2]
    named = listed([f"“{frame.parts[part].sheet}”" for part in first])
    example = f"“{items.values[int(shared[0])]}” on {named}"
    if apart:
        became = f"Names that stand on several sheets are another item on each, as chosen, such as {example}"
        team = "" if plan.columns(LogRole.TEAM) else ", and is their team, as no column names one"
        message = f"{became}: the name of the sheet stands in front of each item{team}."
    else:
        message = (
            f"The item {example} was taken for one item."
            if len(shared) == 1
            else f"{len(shared):,} items that stand on several sheets were taken for one each, such as {example}."
        )
        message += " If each sheet numbers items of its own, say that they are different items on each."
    severity = Severity.WARNING if usual and not apart else Severity.NOTE
    return (Problem(severity=severity, repair=ON_SEVERAL_SHEETS, message=message),)


def _by_name(frame: Frame) -> dict[_Name, TextColumn]:
    found: dict[_Name, TextColumn] = {}
    for column in frame.columns:
        folded, before = fold(column.header), 0
        while (folded, before) in found:
            before += 1
        found[folded, before] = column
    return found


def _in_one_order(named: Sequence[dict[_Name, TextColumn]]) -> list[_Name]:
    """Order the columns as on the first sheet; what others have more stands behind what it stands behind there."""
    names = list(named[0])
    for columns in named[1:]:
        place = 0
        for name in columns:
            if name not in names:
                names.insert(place, name)
            place = names.index(name) + 1
    return names


def _stacked(texts: Sequence[pa.Array | pa.ChunkedArray]) -> pa.ChunkedArray:
    return pa.chunked_array(
        [chunk for raw in texts for chunk in (raw.chunks if isinstance(raw, pa.ChunkedArray) else [raw])], pa.string()
    )


def _said(parts: Sequence[SheetPart]) -> Problem:
    names = [f"“{part.sheet}” ({part.rows:,} {'row' if part.rows == 1 else 'rows'})" for part in parts[:_NAMED]]
    if len(parts) > _NAMED:
        names.append(f"{len(parts) - _NAMED} more")
    message = (
        f"The sheets {listed(names)} have the same columns and were read as one log. Choose one of them if they do not "
        "belong together."
    )
    return Problem(severity=Severity.NOTE, repair=SHEETS_AS_ONE, message=message)
