"""Rows with a start and an end, or start and completion rows -> a `Log`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vsm.items.build import StatusKind
from vsm.items.log import OPEN
from vsm.items.order import by_item
from vsm.model import Severity
from vsm.reading.log_shapes import LogRole
from vsm.reading.logs.account import Account, Counted, Found, Question, Words, found_in
from vsm.reading.logs.builders import Made, Ordered, Reader, inclusive
from vsm.reading.logs.events import entered, leave_out_ignored, leave_out_other_fields, ordered_names, repeated
from vsm.reading.logs.far_dates import leave_out_far_intervals, leave_out_far_rows, without_late_ends
from vsm.reading.logs.fates import END_FIRST, NO_STAGE, NO_START, NO_TIME, OTHER_STEP, TWICE
from vsm.reading.logs.flow_order import moves_between
from vsm.reading.logs.frames import BLANK, Codes, Frame
from vsm.reading.logs.lifecycles import pair
from vsm.reading.logs.log_names import COMPLETES, STARTS, STATUS_HEADERS, STATUS_WORDS, plain
from vsm.reading.logs.plans import Plan
from vsm.reading.logs.status_names import kinds_of_work
from vsm.reading.logs.told import Entered, Worked
from vsm.reading.texts import listed
from vsm.worktime import DAY, Times

ROWS_SHOWN = 20
MOST_STAGES = 50
"""Different texts that a column of stages has at most, where it is only guessed."""
WHOLE_ITEM, FINISHED = "Item", "Finished"


def read_intervals(reader: Reader) -> Made:
    """Read a stage log: each row is a visit with a start and an end; a blank end is still open."""
    reader.leave_out_without_item()
    stage, names = reader.codes(LogRole.STAGE)
    reader.fates.leave_out(stage == BLANK, NO_STAGE)
    start, end, whole = _bounds(reader)
    reader.fates.leave_out(repeated(reader, start, stage, end, reader.codes(LogRole.PERSON)[0]), TWICE)
    enqueued = None
    if reader.plan.columns(LogRole.ENQUEUED):
        column = reader.first_times(LogRole.ENQUEUED)
        enqueued = np.where(column.known, column.times, start)
    return _made(reader, np.flatnonzero(reader.fates.used), stage, names, start, end, whole, enqueued)


def _bounds(reader: Reader) -> tuple[Times, Times, bool]:
    """Starts and ends of all rows, `OPEN` where blank; leaves out rows without start or with the end first."""
    start, end = reader.first_times(LogRole.START), reader.first_times(LogRole.END)
    reader.leave_out_unreadable(start, LogRole.START, None)
    end = without_late_ends(reader, end, reader.plan.first(LogRole.END))
    reader.leave_out_unreadable(end, LogRole.END, None)
    reader.fates.leave_out(~start.known & end.known, NO_START)
    reader.fates.leave_out(~start.known, NO_TIME)
    end = leave_out_far_intervals(
        reader, (start, reader.plan.first(LogRole.START)), (end, reader.plan.first(LogRole.END))
    )
    reader.fates.leave_out(end.known & (end.times < start.times), END_FIRST, reader.plan.first(LogRole.END))
    whole = reader.whole_days((start, end), reader.fates.used)
    return start.times, np.where(end.known, end.times, OPEN), whole


def _made(
    reader: Reader,
    rows: NDArray[np.int64],
    stage: Codes,
    names: list[str],
    start: Times,
    end: Times,
    whole: bool,
    enqueued: Times | None = None,
    completion: NDArray[np.int64] | None = None,
) -> Made:
    """Build the log of intervals; the other columns have one value for each row of the file.

    `completion` is the row that tells of an interval's end, where it is another one.
    """
    if not len(rows):
        return Made(told=None)
    item = reader.codes(LogRole.ITEM)[0]
    rows = rows[by_item(item[rows], start[rows], end[rows])]
    ordered = Ordered(rows=rows, item=item[rows], time=start[rows])
    present, order, moves = ordered_names(reader, stage, names, ordered, end)
    leave_out_ignored(reader, stage, names)
    rows = rows[reader.fates.used[rows]]
    if not len(rows):
        return Made(told=None)
    code = np.full(len(names) + 1, BLANK, dtype=np.int32)
    code[order] = np.arange(len(order))
    item_names, item_rows = reader.names_and_rows(rows, None if completion is None else completion[rows])
    to_midnight = inclusive(reader, whole)
    header = plain(reader.plan.columns(LogRole.STAGE)[0].header)
    told = Worked(
        names=item_names,
        rows=item_rows,
        labels=tuple(present),
        kinds=kinds_of_work(present) if not set(header.split()) & STATUS_WORDS else {},
        repeats_are_one=header in STATUS_HEADERS,
        label=code[stage[rows]],
        between=moves_between(moves, order),
        start=start[rows],
        end=np.where(end[rows] == OPEN, OPEN, end[rows] + (DAY if to_midnight else 0)),
        asked=None if enqueued is None else enqueued[rows],
        to_midnight=to_midnight,
    )
    return Made(told=told, whole_days=whole)


def read_lifecycle(reader: Reader) -> Made:
    """Read start and completion rows, paired by their id where there is one, else first in, first out."""
    reader.leave_out_without_item()
    stage, names = reader.codes(LogRole.STAGE)
    reader.fates.leave_out(stage == BLANK, NO_STAGE)
    time = reader.first_times(LogRole.TIMESTAMP)
    reader.leave_out_unreadable(time, LogRole.TIMESTAMP, NO_TIME)
    leave_out_far_rows(reader, [(time, reader.plan.first(LogRole.TIMESTAMP))])
    step, steps = reader.codes(LogRole.LIFECYCLE)
    starts = np.array([*(plain(text) in STARTS for text in steps), False])[step]
    completes = np.array([*(plain(text) in COMPLETES for text in steps), False])[step]
    reader.fates.leave_out(~starts & ~completes, OTHER_STEP, reader.plan.first(LogRole.LIFECYCLE))
    ids = reader.codes(LogRole.PAIR)
    if ids[1]:
        reader.fates.leave_out(repeated(reader, time.times, stage, step, ids[0]), TWICE)
    rows = np.flatnonzero(reader.fates.used)
    whole = reader.whole_days((time,), reader.fates.used)
    pairs = pair(_groups(reader, stage, len(names), ids, rows), time.times[rows], completes[rows])
    first = rows[pairs.row]
    start, end = time.times.copy(), np.full(len(time.times), OPEN, dtype=np.int64)
    start[first] = pairs.start
    end[first] = pairs.end
    completion = np.arange(len(time.times))
    completion[first] = rows[pairs.completion]
    _say_unpaired(reader, rows[pairs.open_starts], rows[pairs.lone_completions])
    return _made(reader, np.sort(first), stage, names, start, end, whole, completion=completion)


def _groups(
    reader: Reader, stage: Codes, stages: int, ids: tuple[Codes, list[str]], rows: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Number the groups of rows that are paired among themselves: of one item, activity and pairing id."""
    item = reader.codes(LogRole.ITEM)[0][rows].astype(np.int64)
    group = item * (stages + 1) + stage[rows]
    if ids[1]:
        group = np.unique(group, return_inverse=True)[1].astype(np.int64) * (len(ids[1]) + 1) + ids[0][rows] + 1
    return np.asarray(np.unique(group, return_inverse=True)[1], dtype=np.int64)


@dataclass(frozen=True)
class _Unpaired:
    """Starts without a completion, or the other way round; `what` is said of their rows."""

    what: str

    def write(self, found: Found, words: Words) -> None:
        """Name the first of the rows, where there are any."""
        if not found.count:
            return
        words.findings.add(
            Severity.WARNING,
            "Starts and completions without their counterpart",
            f"{self.what}: {found.which_of_first(ROWS_SHOWN)}. Add the missing rows if the times are known.",
            row=found.first[0].number,
            sheet=found.first[0].sheet,
        )


def _say_unpaired(reader: Reader, starts: NDArray[np.int64], completions: NDArray[np.int64]) -> None:
    for rows, what in (
        (starts, "Started and never completed, so these activities count as still open"),
        (completions, "Completed without a start, so these activities count as done in no time"),
    ):
        reader.account.add(_Unpaired(what), found_in(reader.frame, np.sort(rows)))


def read_status_intervals(reader: Reader) -> Made:
    """Read stretches in a status with a start and an end: each start enters it, and the last end finishes the item."""
    leave_out_other_fields(reader)
    reader.leave_out_without_item()
    stage, names = reader.codes(LogRole.STAGE)
    reader.fates.leave_out(stage == BLANK, NO_STAGE)
    start, end, whole = _bounds(reader)
    reader.fates.leave_out(repeated(reader, start, stage, end), TWICE)
    rows = np.flatnonzero(reader.fates.used)
    item = reader.codes(LogRole.ITEM)[0]
    sequence = rows[np.lexsort((end[rows], start[rows], item[rows]))]
    last = sequence[np.diff(item[sequence], append=-1) != 0]
    closed = last[end[last] != OPEN]
    return entered(reader, stage, names, start, whole, extra=(closed, FINISHED, end[closed]))


def read_start_end(reader: Reader) -> Made:
    """Read items with a start and an end and nothing between: one stage for all of the item's way."""
    reader.leave_out_without_item()
    start, end, whole = _bounds(reader)
    reader.fates.leave_out(repeated(reader, start, end), TWICE)
    rows = np.flatnonzero(reader.fates.used)
    if not len(rows):
        return Made(told=None)
    items = np.count_nonzero(np.bincount(reader.codes(LogRole.ITEM)[0][rows]))
    reader.account.add(_SEVERAL_ROWS, Found(count=len(rows) - int(items)))
    finished = rows[end[rows] != OPEN]
    item_names, item_rows = reader.names_and_rows(np.concatenate((rows, finished)))
    told = Entered(
        names=item_names,
        rows=item_rows,
        labels=(WHOLE_ITEM, FINISHED),
        kinds={WHOLE_ITEM: StatusKind.ACTIVE, FINISHED: StatusKind.DONE},
        label=np.repeat(np.array([0, 1], dtype=np.int32), (len(rows), len(finished))),
        time=np.concatenate((start[rows], end[finished])),
        to_midnight=inclusive(reader, whole),
    )
    reader.note("The file tells when items began and ended, not their way through stages, so there is one stage.")
    return Made(told=told, whole_days=whole)


_SEVERAL_ROWS = Counted("rows beyond the first of items that are told by a start and an end")


def ask_for_stages(frame: Frame, plan: Plan, account: Account) -> None:
    """Ask for the column of stages where items have several rows and a text that nobody used could name it."""
    if not account.count(_SEVERAL_ROWS):
        return
    used = {column.index for columns in plan.roles.values() for column in columns}
    named = [
        column
        for column in frame.columns
        if column.index not in used and 2 <= column.different <= MOST_STAGES and 2 * column.different <= column.filled
    ]
    if named:
        shown = listed([f"“{column.title}”" for column in named[:3]], "or")
        account.add(
            Question(
                f"Items have several rows, and no column was recognised as their stage. If {shown} names the stage of "
                "each row, say so; until then all rows of an item count as one stage."
            )
        )
