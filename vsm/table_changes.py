"""Figures of the stages that a person writes over in a table -> the changes that they mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from vsm.change_checks import ChangeError
from vsm.change_forms import read_number, read_share, read_time
from vsm.changes import (
    AnyChange,
    SetBatchSize,
    SetCompleteAccurate,
    SetHandoffs,
    SetPeople,
    SetProcessingTime,
    SetWaitTime,
)
from vsm.model import Definitions, ValueStream
from vsm.wording import hours, number, percent


class _Column(NamedTuple):
    label: str
    attribute: str
    """Of a stage."""
    say: Callable[[float, Definitions], str]
    read: Callable[[str, str, Definitions], float]
    change: Callable[[str, float], AnyChange]
    instead: str
    """What can be written where a figure was deleted."""


def _number(value: float, definitions: Definitions) -> str:
    return number(value)


def _percent(value: float, definitions: Definitions) -> str:
    return percent(value)


def _read_quality(text: str, label: str, definitions: Definitions) -> float:
    """Read a %C&A; 0% is answered with what works, as it is in most streams a way to never finish."""
    value = read_share(text, label, definitions)
    if value == 0:
        raise ChangeError(
            f"“{label}”: at 0% every item would be sent back, again and again. Write a share above 0%, such as 1%."
        )
    return value


def _read_people(text: str, label: str, definitions: Definitions) -> float:
    value = read_number(text, label, definitions)
    if value == 0:
        raise ChangeError(
            f"“{label}”: with nobody there no item would get past. Write how many work there, such as 1 or 0.5; to do "
            "without the stage, take it out under “Your own”."
        )
    return value


_ZERO_OR_TIME = "write 0 h or another time"
_COLUMNS = (
    _Column(
        "Work", "processing_time", hours, read_time, lambda s, v: SetProcessingTime(stage=s, hours=v), _ZERO_OR_TIME
    ),
    _Column("Wait", "wait_time", hours, read_time, lambda s, v: SetWaitTime(stage=s, hours=v), _ZERO_OR_TIME),
    _Column(
        "%C&A",
        "complete_accurate",
        _percent,
        _read_quality,
        lambda s, v: SetCompleteAccurate(stage=s, share=v),
        "write 100% where nothing is sent back, or a smaller share above 0%",
    ),
    _Column(
        "Batch size",
        "batch_size",
        _number,
        read_number,
        lambda s, v: SetBatchSize(stage=s, size=v),
        "write 1 for single items, or more",
    ),
    _Column(
        "People",
        "people",
        _number,
        _read_people,
        lambda s, v: SetPeople(stage=s, people=v),
        "write how many work there, such as 1 or 0.5; to do without the stage, take it out under “Your own”",
    ),
    _Column(
        "Handoffs",
        "handoffs",
        _number,
        read_number,
        lambda s, v: SetHandoffs(stage=s, people=v),
        "write 0 or another number",
    ),
)
STAGE = "Stage"


def figures_to_edit(stream: ValueStream) -> pd.DataFrame:
    """Return one row per stage with the figures that can be written over.

    Columns, all str: "Stage", "Work", "Wait", "%C&A", "Batch size", "People", "Handoffs"; empty where not measured.
    """
    definitions = stream.definitions
    columns = {STAGE: [stage.name for stage in stream.stages]}
    for column in _COLUMNS:
        values = [getattr(stage, column.attribute) for stage in stream.stages]
        columns[column.label] = ["" if v is None else column.say(v, definitions) for v in values]
    return pd.DataFrame(columns, dtype="str")


def changes_of_table(stream: ValueStream, edits: Mapping[int, Mapping[str, Any]]) -> tuple[AnyChange, ...]:
    """Turn what was written over, by row and label, into changes in the order of the table.

    Raises `ChangeError` with a sentence where a figure cannot be understood or was taken out.

    >>> from vsm.model import Stage
    >>> changes_of_table(ValueStream(stages=(Stage(name="a", wait_time=8),)), {0: {"Wait": "2 h"}})
    (SetWaitTime(stage='a', hours=2.0, kind='set wait time'),)
    """
    changes = []
    for row in sorted(edits):
        name = stream.stages[row].name
        for column in _COLUMNS:
            if column.label not in edits[row]:
                continue
            text = str(edits[row][column.label] or "").strip()
            label = f"{column.label} of {name}"
            if not text:
                raise ChangeError(f"“{label}” cannot be taken out: {column.instead}.")
            changes.append(column.change(name, column.read(text, label, stream.definitions)))
    return tuple(changes)
