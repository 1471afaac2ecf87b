"""Stages with waits before and after them -> one wait each, all on the same side, with nothing lost.

What lies after a stage and what lies before the next one is the same queue. Where that queue has no single stage on
its other side (the ends, stages side by side), a wait keeps its row: the totals stay right, its place does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from vsm.model import Severity, Stage, ValueStream, WaitSide
from vsm.reading.cells import Setting, read_figures
from vsm.reading.columns import Columns, name_of
from vsm.reading.findings import Findings
from vsm.reading.shapes import Column
from vsm.reading.texts import listed, row_ranges

Waits = Mapping[WaitSide, Sequence[float | None]]
"""For each side the waits of all stages in their order, in hours."""

REPAIR = "Waits before and after put together"


def fold_waits(
    setting: Setting, columns: Columns, rows: Sequence[int], stages: Sequence[Stage], chosen: WaitSide | None
) -> tuple[tuple[Stage, ...], WaitSide]:
    """Put the waits of two columns on one side: the chosen one, else the one on which more of them find their place.

    `rows` are the 0-based indices of the rows of `stages`, whose wait times are still the sums of both columns.
    """
    silent = replace(setting, findings=Findings(setting.findings.sheet))  # all was said when the stages were built
    waits = {side: list(read_figures(silent, column, rows).values()) for side, column in columns.both_waits.items()}
    stream = ValueStream(stages=tuple(stages))
    lost = {side: _misplaced(stream, waits[_other(side)], side) for side in (WaitSide.AFTER, WaitSide.BEFORE)}
    totals = {side: sum(waits[_other(side)][i] or 0.0 for i in found) for side, found in lost.items()}
    side = chosen or min(totals, key=lambda side: totals[side])
    _say(setting, columns.both_waits, side, [(rows[i], stages[i].name) for i in lost[side]])
    return tuple(replace(stage, wait_time=_wait(stream, waits, side, i)) for i, stage in enumerate(stages)), side


def _other(side: WaitSide) -> WaitSide:
    return WaitSide.BEFORE if side is WaitSide.AFTER else WaitSide.AFTER


def _neighbour(stream: ValueStream, i: int, side: WaitSide) -> int | None:
    """The stage across the queue on the other side of stage `i`, if there is one and both stand alone."""
    j = i - 1 if side is WaitSide.AFTER else i + 1
    if not 0 <= j < len(stream.stages) or any(len(stream.steps[stream.step_of[k]]) > 1 for k in (i, j)):
        return None
    return j


def _misplaced(stream: ValueStream, far: Sequence[float | None], side: WaitSide) -> list[int]:
    """The stages with a wait on their far side that no other stage can state."""
    return [i for i, wait in enumerate(far) if wait and _neighbour(stream, i, side) is None]


def _wait(stream: ValueStream, waits: Waits, side: WaitSide, i: int) -> float | None:
    """The wait of a stage: its own near side, and the far side of whoever stands across that queue."""
    near, far = waits[side], waits[_other(side)]
    if near[i] is None and far[i] is None:
        own = stream.stages[i].wait_time  # worked out from a lead time, or not measured
    elif far[i] and _neighbour(stream, i, side) is None:
        own = stream.stages[i].wait_time
    else:
        own = near[i]
    across = i + 1 if side is WaitSide.AFTER else i - 1
    moved = far[across] if 0 <= across < len(stream.stages) and _neighbour(stream, across, side) == i else None
    return own if moved is None else moved + (own or 0.0)


def _say(
    setting: Setting, both: Mapping[WaitSide, Column], side: WaitSide, misplaced: Sequence[tuple[int, str]]
) -> None:
    names = listed([name_of(both[s]) for s in (WaitSide.BEFORE, WaitSide.AFTER)])
    message = (
        f"Columns {names} both hold waits. The wait after a stage and the wait before the next one are one queue, so "
        f"they were added up, and each row's wait now lies {side} its stage. Choose one of the columns as the wait "
        "time if the other should not count."
    )
    setting.findings.add(Severity.NOTE, REPAIR, message)
    if not misplaced:
        return
    numbers = [setting.table.sheet.number(row) for row, _ in misplaced]
    stages = listed([f'"{name}"' for _, name in misplaced])
    place = "in front of" if side is WaitSide.AFTER else "behind"
    message = (
        f"The wait {_other(side)} {stages} ({row_ranges(numbers)}) has no single stage {place} it to belong to, so it "
        f"was counted {side} its own stage: the lead time is right, but not its place. Give it a row of its own, with "
        "a name, if its place matters."
    )
    setting.findings.add(Severity.WARNING, "Waits counted on the other side", message, row=numbers[0])
