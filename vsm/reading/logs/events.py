"""Rows with one timestamp -> a `Log`: statuses entered (changelogs too), or activities completed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vsm.items.build import StatusKind
from vsm.items.order import taken
from vsm.items.runs import first_of_run
from vsm.model import Severity
from vsm.reading.log_shapes import LogRole, Stamp
from vsm.reading.logs.account import CountedNote, Found, Words, found_in, sentence
from vsm.reading.logs.builders import Made, Ordered, Reader, inclusive
from vsm.reading.logs.far_dates import leave_out_far_rows
from vsm.reading.logs.fates import IGNORED, NO_STAGE, NO_TIME, OTHER_FIELD, TWICE, Mask
from vsm.reading.logs.flow_order import Moves, count_moves, flow_order, in_chosen_order, moves_between
from vsm.reading.logs.frames import BLANK, Codes, smallest
from vsm.reading.logs.log_names import CREATED_FIELDS, STATUS_FIELDS, plain
from vsm.reading.logs.status_names import ignored
from vsm.reading.logs.ties import in_order_of_events, left_and_came_to
from vsm.reading.logs.told import Completed, Entered
from vsm.worktime import Times


def read_events(reader: Reader) -> Made:
    """Read a log of single timestamps."""
    leave_out_other_fields(reader)
    reader.leave_out_without_item()
    stage, names = reader.codes(LogRole.STAGE)
    reader.fates.leave_out(stage == BLANK, NO_STAGE)
    time = reader.first_times(LogRole.TIMESTAMP)
    reader.leave_out_unreadable(time, LogRole.TIMESTAMP, NO_TIME)
    leave_out_far_rows(reader, [(time, reader.plan.first(LogRole.TIMESTAMP))])
    reader.fates.leave_out(repeated(reader, time.times, stage, reader.codes(LogRole.PERSON)[0]), TWICE)
    in_order_of_events(reader, time.times)
    whole = reader.whole_days((time,), reader.fates.used)
    if reader.plan.stamp is Stamp.COMPLETED:
        return _completed(reader, stage, names, time.times, whole)
    _note_unknown_beginnings(reader, time.times)
    return entered(reader, stage, names, time.times, whole)


def _note_unknown_beginnings(reader: Reader, time: Times) -> None:
    """Say how many items come with a status from before their first change, whose beginning no row tells."""
    if not reader.plan.columns(LogRole.FROM_STAGE):
        return
    left = reader.codes(LogRole.FROM_STAGE)[0]
    ordered = reader.sequence(time)
    first = ordered.rows[first_of_run(ordered.item)]
    reader.account.add(_UNKNOWN_BEGINNINGS, Found(count=int(np.count_nonzero(left[first] != BLANK))))
    _name_gaps(reader, ordered)


def _name_gaps(reader: Reader, ordered: Ordered) -> None:
    """Name the changes that leave another status than the one that their item came to last: one between is missing."""
    left, came_to = left_and_came_to(reader)
    rows, here = ordered.rows[1:], ordered.rows[:-1]
    # Of changes at one time nothing tells which came first.
    apart = first_of_run(ordered.item, ordered.time)
    alone = apart & np.append(apart[1:], True)[: len(apart)]
    later = ~first_of_run(ordered.item)[1:] & alone[1:] & alone[:-1]
    gaps = later & (left[rows] != BLANK) & (left[rows] != came_to[here])
    column = reader.plan.first(LogRole.FROM_STAGE)
    reader.account.add(_Gaps(column.title if column else None), found_in(reader.frame, np.sort(rows[gaps]), column))


@dataclass(frozen=True)
class _Gaps:
    """Changes that do not follow from the one before."""

    column: str | None

    def write(self, found: Found, words: Words) -> None:
        """Name the first rows, and what their time counts as."""
        if not found.count:
            return
        spot = found.first[0]
        leaves = "leaves" if found.count == 1 else "leave"
        words.findings.add(
            Severity.WARNING,
            "Changes that are missing",
            f"{sentence(found.which)} {leaves} another status than the one that the item came to before (“{spot.text}” "
            f"in {spot.where}), so a change between is missing. The time up to there counts for the status before. "
            "Export all changes of these items.",
            row=spot.number,
            column=self.column,
            found=spot.text or None,
            sheet=spot.sheet,
        )


_UNKNOWN = (
    "in a status before the first change, and no row says since when: that time is not counted. Export the creation of "
    "items too to have it."
)
_UNKNOWN_BEGINNINGS = CountedNote(one=f"was {_UNKNOWN}", many=f"were {_UNKNOWN}")


def leave_out_other_fields(reader: Reader) -> None:
    """Leave out the rows of a changelog that are about other things than the status."""
    column = reader.plan.first(LogRole.FIELD)
    if column is None:
        return
    texts = [plain(text) for text in column.texts]
    moves = [text in STATUS_FIELDS or text in CREATED_FIELDS or _of_status(text) for text in texts]
    if any(moves):
        counts = np.array([*moves, False])[column.codes]
        reader.fates.leave_out(~counts, OTHER_FIELD, column)


def _of_status(field: str) -> bool:
    """Such as "Incident State Duration", the definition of a metric."""
    return bool(set(field.split()) & {"status", "state"})


def leave_out_ignored(reader: Reader, stage: Codes, names: Sequence[str]) -> None:
    """Leave out the rows of statuses that a person said to ignore."""
    skipped = ignored(names, reader.choices.statuses)
    if skipped:
        skip = np.array([*(name in skipped for name in names), False])
        reader.fates.leave_out(skip[stage], IGNORED, reader.plan.first(LogRole.STAGE))


def repeated(reader: Reader, time: Times, *columns: Codes | Times) -> Mask:
    """Mark rows that are still used and say the same of the same item as an earlier one."""
    result, ordered = np.zeros(len(reader.frame), dtype=bool), reader.sequence(time)
    same = ordered.time[1:] == ordered.time[:-1]
    same &= ordered.item[1:] == ordered.item[:-1]
    if not same.any():
        return result
    # Only rows of one item and time can say the same, and those lie side by side.
    near = np.sort(ordered.rows[np.append(same, False) | np.append(False, same)])
    frame = pd.DataFrame({i: c[near] for i, c in enumerate((reader.codes(LogRole.ITEM)[0], time, *columns))})
    result[near[frame.duplicated().to_numpy()]] = True
    return result


def entered(
    reader: Reader,
    stage: Codes,
    names: Sequence[str],
    time: Times,
    whole: bool,
    extra: tuple[NDArray[np.int64], str, Times] | None = None,
) -> Made:
    """Take rows as statuses entered, in the order in which items come through them.

    `extra` are (rows, name of a done status, times): finishes that no row of their own tells.
    """
    ordered = reader.sequence(time)
    if not len(ordered.rows):
        return Made(told=None)
    present, order, moves = ordered_names(reader, stage, names, ordered)
    labels, kinds = present, dict(reader.plan.kinds)
    leave_out_ignored(reader, stage, names)
    ordered = reader.sequence(time)
    code = np.full(len(names) + 1, BLANK, dtype=smallest(len(names) + 1))
    code[order] = np.arange(len(order))
    events, times, label = ordered.rows, ordered.time, taken(code, taken(stage, ordered.rows))
    if extra is not None:
        events = np.concatenate((events, extra[0]))
        times, label = np.concatenate((times, extra[2])), np.append(label, np.full(len(extra[0]), len(labels)))
        labels, kinds = [*labels, extra[1]], kinds | {extra[1]: StatusKind.DONE}
    item_names, item_rows = reader.names_and_rows(events)
    del ordered, events
    reader.forget_rows()
    told = Entered(
        names=item_names,
        rows=item_rows,
        labels=tuple(labels),
        kinds=kinds,
        label=label,
        time=times,
        to_midnight=inclusive(reader, whole),
        between=moves_between(moves, order),
    )
    return Made(told=told, stamp=Stamp.ENTERED, whole_days=whole)


def ordered_names(
    reader: Reader, stage: Codes, names: Sequence[str], ordered: Ordered, end: Times | None = None
) -> tuple[list[str], list[int], Moves]:
    """The names that the rows have, in flow order, their codes, and how items move between them.

    `stage` and, of rows that may run side by side, `end` have one value for each row of the file.
    """
    rows, time = ordered.rows, ordered.time
    beside = None if end is None else np.append(False, time[1:] < end[rows[:-1]])[: len(rows)]
    moves = reader.whole.of(count_moves(ordered.item, taken(stage, rows), time, beside=beside))
    in_flow = in_chosen_order([names[code] for code in flow_order(moves)], reader.choices.stage_order)
    code = {name: number for number, name in enumerate(names)}
    return in_flow, [code[name] for name in in_flow], moves


def _completed(reader: Reader, stage: Codes, names: Sequence[str], time: Times, whole: bool) -> Made:
    ordered = reader.sequence(time)
    if not len(ordered.rows):
        return Made(told=None, stamp=Stamp.COMPLETED)
    present, order, _ = ordered_names(reader, stage, names, ordered)
    leave_out_ignored(reader, stage, names)
    ordered = reader.sequence(time)
    if not len(ordered.rows):
        return Made(told=None, stamp=Stamp.COMPLETED)
    code = np.full(len(names) + 1, BLANK, dtype=np.int32)
    code[order] = np.arange(len(order))
    item_names, item_rows = reader.names_and_rows(ordered.rows)
    told = Completed(
        names=item_names,
        rows=item_rows,
        labels=tuple(present),
        label=code[stage[ordered.rows]],
        time=ordered.time,
    )
    return Made(told=told, stamp=Stamp.COMPLETED, whole_days=whole)
