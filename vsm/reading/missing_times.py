"""Stages with their times -> a note for each kind of time that some of them lack, and for times nothing divides."""

from __future__ import annotations

from collections.abc import Sequence

from vsm.model import Severity, Stage, ValueStream, WaitSide
from vsm.reading.cells import Setting
from vsm.reading.texts import row_ranges

NamedRow = tuple[int, str]
"""The number of a row as a person sees it, and the name of its stage."""


def say_missing_times(setting: Setting, rows: Sequence[int], stages: Sequence[Stage]) -> None:
    """Note which of the stages, made of the rows with these 0-based indices, have no processing or no wait time."""
    named = [(setting.table.sheet.number(row), stage.name) for row, stage in zip(rows, stages, strict=True)]
    if any(stage.undivided_time is not None for stage in stages):
        _say_undivided(setting)
        lacking = [row for row, stage in zip(named, stages, strict=True) if stage.undivided_time is None]
        _say_missing(setting, "lead time", "if nothing takes time there", lacking)
        return
    working = [row for row, stage in zip(named, stages, strict=True) if stage.processing_time is None]
    if len(working) == len(named):
        _say_none(setting, "processing time")
    else:
        _say_missing(setting, "processing time", "if no work is done there", working)
    waiting = [row for i, row in enumerate(named) if stages[i].wait_time is None]
    if len(waiting) == len(named):
        _say_none(setting, "wait time")
    else:
        outside = _outermost(setting, stages)
        inside = [row for i, row in enumerate(named) if stages[i].wait_time is None and i not in outside]
        _say_missing(setting, "wait time", "if nothing waits there", inside)


def _outermost(setting: Setting, stages: Sequence[Stage]) -> tuple[int, ...]:
    """The last stages where waits lie after, else the first: their blank waits stand for no queue."""
    steps = ValueStream(stages=tuple(stages)).steps
    return steps[-1 if setting.definitions.wait is WaitSide.AFTER else 0]


def _say_undivided(setting: Setting) -> None:
    message = (
        "The only times are lead times, and nothing tells how much of them is work and how much is waiting. They add "
        "up to the lead time of the stream; processing time, wait time and flow efficiency count as not measured. Add "
        "a column with the processing time of each stage to see them."
    )
    setting.findings.add(Severity.NOTE, "Lead times taken whole", message)


def _say_none(setting: Setting, time: str) -> None:
    message = f"No stage has a {time}, so flow efficiency is not measured. Choose the column that holds it."
    setting.findings.add(Severity.WARNING, f"Stages without {time}", message)


def _say_missing(setting: Setting, time: str, none: str, rows: Sequence[NamedRow]) -> None:
    if not rows:
        return
    numbers = [number for number, _ in rows]
    message = (
        f"{_first_of([name for _, name in rows])} ({row_ranges(numbers)}) {'has' if len(rows) == 1 else 'have'} no "
        f"{time}. It counts as not measured, which is not zero. Put in a figure, or 0 {none}."
    )
    setting.findings.add(Severity.NOTE, f"Stages without {time}", message, row=numbers[0])


def _first_of(names: Sequence[str]) -> str:
    shown = ", ".join(f'"{name}"' for name in names[:5])
    return shown if len(names) <= 5 else f"{shown} and {len(names) - 5} more"
