"""Several files about the same items -> one `LogReading`: each understood by itself, joined by item into one log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from vsm.folding import fold
from vsm.items.log import Codes
from vsm.items.selection import Picked
from vsm.model import Problem, RowCount, Severity
from vsm.reading.limits import Limits
from vsm.reading.log_shapes import JoinedFile, Layout, LogChoices, LogReading, LogRole
from vsm.reading.logs.account import Reason
from vsm.reading.logs.built import Built, at_as_of_date
from vsm.reading.logs.item_keys import alike_but_for_prefix, meet
from vsm.reading.logs.joined_log import Source, build_joined
from vsm.reading.logs.not_met import choices_not_met
from vsm.reading.logs.one_vocabulary import Dated, in_one_vocabulary
from vsm.reading.logs.read_log import LOG_LIMITS, Part, finished, read_part
from vsm.reading.logs.resolutions import without_undone
from vsm.reading.logs.single_dates import name_of_date
from vsm.reading.logs.told import Entered, Lasted
from vsm.reading.spans import Stored
from vsm.reading.texts import listed

NOT_THERE = Reason(
    repair="Dates of items that no other file names",
    one="has a date of an item whose way no other file tells",
    many="have dates of items whose way no other file tells",
    advice="Write the item as the other file does, if it is there.",
    severity=Severity.WARNING,
)


@dataclass(frozen=True, kw_only=True, eq=False)
class LogFile:
    """One of several files, with what a person decided about it."""

    name: str
    file: Stored
    choices: LogChoices


@dataclass(kw_only=True, eq=False)
class _Read:
    """One file whose rows were read, while it is joined to others."""

    name: str
    part: Part
    told: Dated
    single: str | None
    code: Codes
    """For each item that the file names, its place among all; -1 where it was left out."""
    but_for_capitals: int = 0
    alone: Sequence[str] = ()
    """Its items that no other file names."""


def read_joined(files: Sequence[LogFile], limits: Limits = LOG_LIMITS) -> LogReading:
    """Understand several files as one log; the items of later files are looked for among those of earlier ones.

    What the first file's choices say about statuses, the order of stages and the as-of date counts for all. Raises
    `ReadError` where a file holds no table at all; where one cannot be read as a log, `log` is `None` and `blocking`
    says what and what to do.
    """
    choices = files[0].choices
    parts = [_part(file, choices, place > 0, limits) for place, file in enumerate(files)]
    read = [_read(file, part) for file, part in zip(files, parts, strict=True)]
    known = [one for one in read if isinstance(one, _Read)]
    if len(known) < len(read):
        return _blocked(read)
    items = _meet(known)
    told = in_one_vocabulary([one.told for one in known], items, [one.code for one in known])
    built = build_joined(
        [
            Source(file=one.name, told=what, single=one.single, own_order=_own_order(one.told))
            for one, what in zip(known, told, strict=True)
            if len(what.rows.item)
        ],
        choices,
    )
    return _finished(known, at_as_of_date(_without_undone(known, built), choices))


def _part(file: LogFile, first: LogChoices, added: bool, limits: Limits) -> Part | LogReading:
    """Read one file; one that was added may also have a single date for each item."""
    choices = replace(file.choices, statuses=first.statuses, stage_order=first.stage_order)
    part = read_part(file.file, file.name, choices, limits)
    if isinstance(part, Part) or not added or choices.layout is not None:
        return part
    single = read_part(file.file, file.name, replace(choices, layout=Layout.WIDE_DATES), limits)
    return single if isinstance(single, Part) else part


def _read(file: LogFile, part: Part | LogReading) -> _Read | LogReading:
    """Take what a file tells by dates; what keeps it from being joined is a reading that says so."""
    if isinstance(part, LogReading):
        return part
    told = part.made.told
    if told is None or isinstance(told, Lasted):
        why = _NO_ROWS if told is None else _NO_DATES
        return finished(part, Built(log=None, statuses=(), why_none=why.format(file.name)))
    assert isinstance(told, Dated), "there are four kinds of rows"
    single = _single(file, part)
    if single is not None:
        told = replace(told, labels=(single,), kinds={})
    code = np.arange(len(told.names.items), dtype=np.int32)
    return _Read(name=file.name, part=part, told=told, single=single, code=code)


_NO_ROWS = "Every row of “{}” was left out; the problems say why."
_NO_DATES = (
    "“{}” gives durations without dates, so nothing tells when its items were where; bring it with dates, or remove it."
)


def _single(file: LogFile, part: Part) -> str | None:
    """Name the only date that a file has for each item; `None` where it tells of stages."""
    columns = part.reader.plan.columns(LogRole.STAGE_DATE)
    if len(columns) != 1:
        return None
    return file.choices.called or name_of_date(columns[0].title, file.name)


def _own_order(told: Dated) -> tuple[str, ...]:
    return told.labels if isinstance(told, Entered) and told.in_order else ()


def _meet(files: Sequence[_Read]) -> list[str]:
    """Find out which items of the files are the same; dates of items that are nowhere else are left out."""
    items: list[str] = []
    for file in sorted(files, key=lambda file: file.single is not None):
        names = file.told.names.items
        meeting = meet(items, names)
        file.code, file.but_for_capitals = meeting.code, meeting.but_for_capitals
        if file.single is None:
            items += [names[place] for place in meeting.new]
        else:
            file.code[meeting.new] = -1
            _leave_out_unknown(file)
    seen = np.zeros(len(items) + 1, dtype=np.int64)
    for file in files:
        np.add.at(seen, file.code, 1)
    for file in files:
        file.alone = Picked(file.told.names.items, np.flatnonzero((file.code < 0) | (seen[file.code] == 1)))
    return items


def _leave_out_unknown(file: _Read) -> None:
    codes, texts = file.part.reader.codes(LogRole.ITEM)
    unknown = {name for name, code in zip(file.told.names.items, file.code, strict=True) if code < 0}
    rows = np.array([*(text in unknown for text in texts), False])[codes]
    file.part.reader.fates.leave_out(rows, NOT_THERE, file.part.reader.plan.first(LogRole.ITEM))
    assert isinstance(file.told, Entered), "a single date is when something happened"
    keep = np.flatnonzero(file.code[file.told.rows.item] >= 0)
    told = file.told
    file.told = replace(told, rows=told.rows.only(keep), label=told.label[keep], time=told.time[keep])


def _without_undone(files: Sequence[_Read], built: Built) -> Built:
    log = built.log
    assert log is not None, "only an as-of date can leave a log without items"
    for file in files:
        if file.part.reader.plan.first(LogRole.RESOLUTION) is not None:
            names = np.full(len(log.items) + 1, "", dtype=object)
            names[file.code] = list(file.told.names.items)
            log = without_undone(file.part.reader, log, names[:-1].tolist())
    return replace(built, log=log)


def _finished(files: Sequence[_Read], built: Built) -> LogReading:
    joined = [_joined_file(file, built) for file in files]
    questions = [*_meeting_questions(files), *built.questions]
    unmet = choices_not_met(files[0].part.reader.choices, built)
    return replace(
        _together(joined),
        statuses=built.statuses,
        log=built.log,
        blocking=() if built.log is not None else (_problem(files[0].name, built.why_none),),
        questions=(*questions, *(_in(j.reading.file, q) for j in joined for q in j.reading.questions)),
        notes=(*_meeting_notes(files), *built.notes, *unmet),
    )


def _joined_file(file: _Read, built: Built) -> JoinedFile:
    labels = {fold(label) for label in file.told.labels}
    statuses = tuple(status for status in built.statuses if fold(status.name) in labels)
    reading = replace(finished(file.part, Built(log=None, statuses=statuses)), blocking=())
    return JoinedFile(reading=reading, items=len(file.code), alone=file.alone, single=file.single)


def _blocked(read: Sequence[_Read | LogReading]) -> LogReading:
    """The reading of files of which at least one cannot be joined."""
    joined = []
    for one in read:
        reading = one if isinstance(one, LogReading) else finished(one.part, Built(log=None, statuses=()))
        joined.append(JoinedFile(reading=replace(reading, blocking=()), items=0, alone=()))
    blocking = [problem for one in read if isinstance(one, LogReading) for problem in _of_file(one, one.blocking)]
    return replace(_together(joined), blocking=tuple(blocking))


def _together(joined: Sequence[JoinedFile]) -> LogReading:
    """What the readings of files are together, but for the log; the first tells of layout and columns."""
    readings = [one.reading for one in joined]
    return replace(
        readings[0],
        file=listed([reading.file for reading in readings]),
        sheets=(),
        of_sheets=(),
        rows=RowCount(
            used=sum(reading.rows.used for reading in readings),
            left_out=sum(reading.rows.left_out for reading in readings),
            blank=sum(reading.rows.blank for reading in readings),
        ),
        problems=tuple(problem for reading in readings for problem in _of_file(reading, reading.problems)),
        left_out=(),
        whole_days=any(reading.whole_days for reading in readings),
        date_rules=tuple(dict.fromkeys(rule for reading in readings for rule in reading.date_rules)),
        log=None,
        questions=(),
        notes=(),
        parts=tuple(joined),
    )


def _of_file(reading: LogReading, problems: Sequence[Problem]) -> list[Problem]:
    return [replace(problem, file=reading.file, message=_in(reading.file, problem.message)) for problem in problems]


def _in(file: str, message: str) -> str:
    """Say of which file a sentence speaks, where it does not say so itself."""
    return message if f"“{file}”" in message else f"{file}: {message}"


def _problem(file: str, message: str) -> Problem:
    return Problem(severity=Severity.ERROR, repair="Cannot be read as a log", message=message, file=file)


def _meeting_notes(files: Sequence[_Read]) -> list[str]:
    """Say for each file how many of its items another file names too."""
    notes = []
    for file in files:
        items, alone = len(file.code), len(file.alone)
        named = f"{items - alone:,} of the {items:,} items" if items > 1 else f"{items - alone:,} of 1 item"
        notes.append(f"{named} of {file.name} {'is' if items - alone == 1 else 'are'} in another file too.")
        if file.but_for_capitals:
            one = file.but_for_capitals == 1
            notes.append(
                f"{'1 item' if one else f'{file.but_for_capitals:,} items'} of {file.name} {'is' if one else 'are'} "
                "written with other capitals than in the other file, and taken as the same."
            )
    return notes


def _meeting_questions(files: Sequence[_Read]) -> list[str]:
    """Ask about files whose items are in no other, and about keys that a prefix alone keeps apart."""
    questions = []
    for place, file in enumerate(files[1:], 1):
        if len(file.alone) == len(file.code):
            questions.append(
                f"No item of {file.name} is in another file, so nothing was joined. Choose the column that holds the "
                "item's key, or write the keys alike."
            )
        others = [name for other in files[:place] for name in other.alone]
        number, pair = alike_but_for_prefix(file.alone, others)
        if pair is not None:
            one = number == 1
            questions.append(
                f"{'1 item' if one else f'{number:,} items'} of {file.name} may be named differently in another file, "
                f"such as “{pair[0]}” here and “{pair[1]}” there. They were not taken as the same; write the keys "
                "alike if they are."
            )
    return questions
