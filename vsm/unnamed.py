"""The reading of an item log -> the same with numbers for the names of its items and people, to be shown to others."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from vsm.items.log import OPEN, UNKNOWN, Log
from vsm.items.selection import Picked
from vsm.model import Problem, ValueStream
from vsm.opening import MeasuredReading
from vsm.reading.log_shapes import JoinedFile

_QUOTED = re.compile("“([^”]*)”")
_LEFT_OUT = "“…”"


def without_names(reading: MeasuredReading, whole: Log) -> MeasuredReading:
    """Return the reading with "Item 1", "Person 1" and so on for names, and without cells that might hold one.

    Items are numbered in the order of their finish, then of their beginning, people in the order of their first work,
    all over the whole log: whatever was chosen of it, each keeps its number.
    """
    log = reading.log
    if log is None or reading.stream is None:
        return reading
    items, people = _numbered("Item", _order_of_items(whole)), _numbered("Person", _order_of_people(whole))
    chosen = Picked(items, log.items.codes) if log is not whole and isinstance(log.items, Picked) else items
    harmless = _harmless(reading, whole)
    problems = tuple(_without_cells(problem, harmless) for problem in reading.problems)
    return replace(
        reading,
        log=replace(log, items=chosen, people=people),
        columns=tuple(replace(column, samples=()) for column in reading.columns),
        problems=problems,
        questions=tuple(_masked(text, harmless) for text in reading.questions),
        notes=tuple(_masked(text, harmless) for text in reading.notes),
        parts=tuple(_part(part, harmless) for part in reading.parts),
        stream=_stream(reading.stream, problems, dict(zip(whole.people, people, strict=True))),
    )


def _numbered(word: str, order: NDArray[np.int64]) -> tuple[str, ...]:
    """Number names by their place in an order of their codes."""
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(1, len(order) + 1)
    return tuple(f"{word} {n}" for n in number.tolist())


def _order_of_items(log: Log) -> NDArray[np.int64]:
    return np.lexsort((log.begun, log.finished))


def _order_of_people(log: Log) -> NDArray[np.int64]:
    first = np.full(len(log.people), OPEN, dtype=np.int64)
    named = log.visits.person != UNKNOWN
    np.minimum.at(first, log.visits.person[named], log.visits.start[named])
    return np.argsort(first, kind="stable")


def _harmless(reading: MeasuredReading, whole: Log) -> frozenset[str]:
    """Return what a sentence may quote of the file: the names of its columns, stages, statuses and sheets."""
    names = {text for column in reading.columns for text in (column.header, column.letter)}
    names |= {*whole.stages, *(status.name for status in reading.statuses), reading.file, *reading.sheets}
    # A file without a header has items where names of columns are looked for.
    return frozenset(names.difference(whole.items, whole.people))


def _masked(text: str, harmless: frozenset[str]) -> str:
    return _QUOTED.sub(lambda quoted: quoted[0] if quoted[1] in harmless else _LEFT_OUT, text)


def _without_cells(problem: Problem, harmless: frozenset[str]) -> Problem:
    """Leave out what a problem quotes; a cell goes first, as it may hold quotation marks of its own."""
    message = problem.message.replace(f"“{problem.found}”", _LEFT_OUT) if problem.found else problem.message
    column = problem.column if problem.column in harmless else None
    return replace(problem, message=_masked(message, harmless), column=column, found=None)


def _part(part: JoinedFile, harmless: frozenset[str]) -> JoinedFile:
    """Leave out what one of several files names; how many of its items are in no other file stays known."""
    notes = tuple(_masked(text, harmless) for text in part.reading.notes)
    problems = tuple(_without_cells(problem, harmless) for problem in part.reading.problems)
    return replace(
        part,
        reading=replace(part.reading, columns=(), notes=notes, problems=problems),
        alone=("",) * len(part.alone),
    )


def _stream(stream: ValueStream, problems: tuple[Problem, ...], numbers: dict[str, str]) -> ValueStream:
    measured, source = stream.measured, stream.source
    if measured is not None:
        people = tuple(numbers.get(name, name) for name in measured.wanted.people)
        measured = replace(measured, wanted=replace(measured.wanted, people=people))
    return replace(stream, measured=measured, source=source and replace(source, problems=problems))
