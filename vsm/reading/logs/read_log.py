"""An item log in any layout -> a `LogReading`: columns understood, every row accounted for, a `Log`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from vsm.model import Problem, RowCount, Severity
from vsm.reading.limits import MEGABYTE, Limits
from vsm.reading.log_shapes import DateRule, Layout, LogChoices, LogReading, Stamp
from vsm.reading.logs.account import Account, Note, Question
from vsm.reading.logs.builders import Made, Reader, note_bare_times, settle_day_order
from vsm.reading.logs.built import Built, at_as_of_date, build
from vsm.reading.logs.events import read_events
from vsm.reading.logs.fates import Fates
from vsm.reading.logs.frames import Frame, TextColumn, column_of_texts
from vsm.reading.logs.intervals import (
    ask_for_stages,
    read_intervals,
    read_lifecycle,
    read_start_end,
    read_status_intervals,
)
from vsm.reading.logs.layouts import is_surely_a_log, missing_roles, plan_of
from vsm.reading.logs.log_columns import Candidates, candidates, described
from vsm.reading.logs.log_headers import find_header
from vsm.reading.logs.not_met import ROLE_WORDS, choices_not_met, columns_not_there
from vsm.reading.logs.opening import open_frame, open_sample
from vsm.reading.logs.plans import Form, Plan
from vsm.reading.logs.resolutions import without_undone
from vsm.reading.logs.sheets_as_one import on_several_sheets
from vsm.reading.logs.whole import Whole
from vsm.reading.logs.wide import read_wide_dates
from vsm.reading.logs.wide_durations import read_wide_durations
from vsm.reading.logs.wide_intervals import read_wide_intervals
from vsm.reading.shapes import ReadError
from vsm.reading.spans import Stored
from vsm.reading.texts import listed

LOG_LIMITS = Limits(
    upload_bytes=200 * MEGABYTE,
    unzipped_bytes=1500 * MEGABYTE,
    cells=50_000_000,
    rows=20_000_000,
    seconds=120,
    memory_bytes=4096 * MEGABYTE,
)
"""What one log may cost: logs are larger than tables of stages."""

_READERS: dict[Form, Callable[[Reader], Made]] = {
    Form.CHANGES: read_events,
    Form.LIFECYCLE: read_lifecycle,
    Form.INTERVALS: read_intervals,
    Form.STATUS_INTERVALS: read_status_intervals,
    Form.WIDE_DATES: read_wide_dates,
    Form.WIDE_INTERVALS: read_wide_intervals,
    Form.WIDE_DURATIONS: read_wide_durations,
    Form.START_END: read_start_end,
}
_NO_CHOICES = LogChoices()


def read_log(file: Stored, name: str, choices: LogChoices = _NO_CHOICES, limits: Limits = LOG_LIMITS) -> LogReading:
    """Understand a file as an item log. Raises `ReadError` only where there is no table at all.

    Where something keeps the log from being read, `log` is `None` and `blocking` says what and what to do.
    """
    part = read_part(file, name, choices, limits)
    if isinstance(part, LogReading):
        return part
    built = at_as_of_date(built_of(part.reader, part.made), choices)
    return finished(part, replace(built, notes=[*built.notes, *choices_not_met(choices, built)]))


@dataclass(frozen=True, kw_only=True, eq=False)
class Part:
    """A file whose rows were read, and what they tell."""

    reader: Reader
    found: Candidates
    made: Made


def read_part(file: Stored, name: str, choices: LogChoices, limits: Limits) -> Part | LogReading:
    """Read what the rows of a file tell; a reading that says what is missing where its columns do not tell."""
    frame = open_frame(file, name, choices.sheet, limits, lambda head: _needed(head, choices))
    if not len(frame):
        raise ReadError(f"“{name}” has no rows under its header; bring a table with one row for each event or item.")
    found = candidates(frame, choices)
    plan = plan_of(found, choices)
    if plan is None or missing_roles(plan):
        return _blocked(frame, found, plan, choices)
    account, day_first = settle(plan, choices)
    reader = Reader(
        frame=frame, plan=plan, choices=choices, account=account, fates=Fates(frame, account), day_first=day_first,
        whole=Whole(),
    )  # fmt: skip
    return Part(reader=reader, found=found, made=read_rows(reader))


def settle(plan: Plan, choices: LogChoices) -> tuple[Account, bool]:
    """Begin the account of a file, and decide from all of its times whether the day comes before the month in dates."""
    account = Account()
    for question in plan.questions:
        account.add(Question(question))
    for note in plan.notes:
        account.add(Note(note))
    day_first = settle_day_order(plan, choices, account)
    if choices.unit is not None and plan.form is not Form.WIDE_DURATIONS:
        account.add(Note("The unit that was chosen was not used, as the file gives times and not durations."))
    return account, day_first


def read_rows(reader: Reader) -> Made:
    """Read what rows tell that hold all rows of their items."""
    return _READERS[reader.plan.form](reader)


NOTHING = "Every row was left out; the problems say why."


def built_of(reader: Reader, made: Made) -> Built:
    """Build the log of rows that were read, up to their end."""
    if made.told is None:
        return Built(log=None, statuses=(), why_none=NOTHING)
    built = build(made.told, reader.choices)
    if built.log is None:
        return built
    return replace(built, log=without_undone(reader, built.log, made.told.names.items))


def _needed(head: Frame, choices: LogChoices) -> Iterable[int]:
    """The columns that the log will be read from, as far as its first rows tell."""
    plan = plan_of(candidates(head, choices), choices)
    return [c.index for columns in plan.roles.values() for c in columns] if plan else range(len(head.columns))


def looks_like_log(file: Stored, name: str, limits: Limits = LOG_LIMITS) -> Layout | None:
    """Tell the layout of an item log by its header and first rows; `None` for a stage table, and when unsure.

    Raises `ReadError` where there is no table at all.
    """
    rows = open_sample(file, name, limits)
    header = find_header(rows)
    if header is None:
        return None
    body = [row for row in rows[header + 1 :] if any(text.strip() for text in row)]
    if not body:
        return None
    width = max(len(row) for row in (rows[header], *body))
    names = [*rows[header], *[""] * (width - len(rows[header]))]
    columns = tuple(
        column_of_texts(i, title, [row[i] if i < len(row) else "" for row in body]) for i, title in enumerate(names)
    )
    frame = Frame(file=name, sheet="", sheets=(), columns=columns, numbers=np.arange(len(body), dtype=np.int64))
    found = candidates(frame, LogChoices())
    plan = plan_of(found, LogChoices())
    return plan.layout if plan is not None and is_surely_a_log(found, plan) else None


def finished(part: Part, built: Built) -> LogReading:
    """Put what was read of a file, and the words for it, into its reading."""
    reader = part.reader
    reading = reading_of(
        part.found, reader.plan, reader.choices, reader.account, reader.fates.count(), part.made, built
    )
    return replace(reading, left_out=reader.fates.left_out(), of_sheets=reader.fates.count_by_sheet())


def reading_of(
    found: Candidates, plan: Plan, choices: LogChoices, account: Account, count: RowCount, made: Made, built: Built
) -> LogReading:
    """Put into a reading what was found in all rows of a file, whether they were read in one piece or in parts."""
    frame = found.frame
    ask_for_stages(frame, plan, account)
    note_bare_times(plan, choices, account)
    words = account.words(None if frame.parts else frame.sheet)
    blocking = () if built.log is not None else (_problem(frame, built.why_none),)
    return LogReading(
        file=frame.file,
        sheet=frame.sheet,
        sheets=frame.sheets,
        layout=plan.layout,
        source=plan.source,
        columns=described(found, plan),
        rows=count,
        problems=(
            *frame.problems,
            *on_several_sheets(frame, plan, choices.items_by_sheet),
            *columns_not_there(found, plan),
            *words.findings.problems,
        ),
        left_out=(),
        statuses=built.statuses,
        stamp=made.stamp,
        whole_days=made.whole_days,
        date_rules=_date_rules(made, choices),
        log=built.log,
        likely_ends=built.likely_ends,
        blocking=blocking,
        questions=(*words.questions, *built.questions),
        notes=(*words.notes, *built.notes, *_ignored_columns(found, plan)),
    )


def _date_rules(made: Made, choices: LogChoices) -> tuple[DateRule, ...]:
    """Say how days were counted; from the end of one day to the end of another, completions give the difference."""
    if not made.whole_days:
        return ()
    return (DateRule.DIFFERENCE if made.stamp is Stamp.COMPLETED else choices.dates,)


def _ignored_columns(found: Candidates, plan: Plan) -> tuple[str, ...]:
    used = {column.index for columns in plan.roles.values() for column in columns}
    ignored = [column for column in found.frame.columns if column.index not in used and column.beginning(1)]
    if not ignored:
        return ()
    names = [_which_of_title(found, column) for column in ignored[:10]]
    if len(ignored) > len(names):
        names.append(f"{len(ignored) - len(names):,} more")
    verb = "was" if len(ignored) == 1 else "were"
    noun = "column" if len(ignored) == 1 else "columns"
    return (f"The {noun} {listed(names)} {verb} not needed.",)


def _which_of_title(found: Candidates, column: TextColumn) -> str:
    """Name a column; of several with one title, by its letter too."""
    alone = sum(other.title == column.title for other in found.frame.columns) == 1
    return f"“{column.title}”" if alone else f"“{column.title}” ({column.letter})"


def _blocked(frame: Frame, found: Candidates, plan: Plan | None, choices: LogChoices) -> LogReading:
    """The reading of a file that is no log as far as its columns tell."""
    layout = plan.layout if plan else choices.layout or Layout.EVENT_LOG
    plan = plan or Plan(form=Form.CHANGES, roles=found.chosen, why={})
    fates = Fates(frame, Account()).count()
    return LogReading(
        file=frame.file,
        sheet=frame.sheet,
        sheets=frame.sheets,
        layout=layout,
        source=plan.source,
        columns=described(found, plan),
        rows=RowCount(used=0, left_out=fates.used, blank=fates.blank),
        problems=(*frame.problems, *columns_not_there(found, plan)),
        left_out=(),
        statuses=(),
        stamp=None,
        whole_days=False,
        log=None,
        blocking=(_problem(frame, what_is_missing(frame, plan)),),
    )


def what_is_missing(frame: Frame, plan: Plan) -> str:
    """Say which columns were not found, and which there are."""
    missing = listed([ROLE_WORDS[role] for role in missing_roles(plan)] or ["what the rows tell"])
    names = listed([f"“{column.title}”" for column in frame.columns[:30]])
    return f"No column was found that names {missing}. The columns are {names}. Choose which of them it is."


def _problem(frame: Frame, message: str) -> Problem:
    return Problem(severity=Severity.ERROR, repair="Cannot be read as a log", message=message, sheet=frame.sheet)
