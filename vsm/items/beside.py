"""A log of statuses entered, and rows with a start and an end about the same items -> one log of both."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np

from vsm.items.blocks import cuts, put_together
from vsm.items.build import of_which_wait, with_gaps, worked
from vsm.items.in_statuses import NEVER, ByStatus, latest, waiting_for_the_end
from vsm.items.log import OPEN, Log, Visits
from vsm.items.order import by_item
from vsm.items.runs import first_of_run
from vsm.worktime import Times


def with_worked(log: Log, told: ByStatus, *, repeats_are_one: bool = False) -> Log:
    """Put rows with a start and an end, which may be `OPEN`, beside the stretches of a log.

    What runs side by side are parallel steps. Time of an item in which nothing runs is a wait for what follows, as
    between rows of one file; where the log cannot tell work from waiting, it is simply time there. An item is finished
    when both have ended; one that the log does not know otherwise, at its last end. What is still open of a cancelled
    item ends with it.
    """
    item, start = told.rows.item, told.start
    gone = (told.end == OPEN) & log.cancelled[item]
    end = np.where(gone, np.maximum(start, log.left[item]), told.end)
    rows, asked = _in_order(told, end, repeats_are_one)
    stretches = put_together([log.visits, rows], len(log.visits) + len(rows))
    since = np.concatenate((log.visits.start, asked))
    # An item that came into either as done has no stretch there, but began all the same.
    there = log.begun if told.ends is None else np.minimum(log.begun, told.ends.since)
    since = np.minimum(since, there[stretches.item])
    visits = _sorted_with_gaps(stretches, since)
    first = first_of_run(visits.item)
    begun = log.begun.copy()
    begun[visits.item[first]] = np.minimum(begun[visits.item[first]], visits.start[first])
    known = [log.as_of] if (log.begun != OPEN).any() else []
    moments = np.concatenate((np.array(known, dtype=np.int64), start, end[end != OPEN]))
    finished = _finished(log, told, end)
    visits = waiting_for_the_end(visits, np.where(finished == OPEN, NEVER, finished))
    return replace(
        log,
        visits=visits if log.divided else replace(visits, waiting=np.zeros(len(visits), dtype=bool)),
        begun=begun,
        finished=finished,
        as_of=int(moments.max()),
    )


def _in_order(told: ByStatus, end: Times, repeats_are_one: bool) -> tuple[Visits, Times]:
    """Take rows as visits by item and time, some of them waits; and since when each of them was waited for."""
    order = by_item(told.rows.item, told.start, end, told.stage)
    rows = worked(told.rows.item[order], told.stage[order], told.start[order], end[order], told.rows.person[order])
    rows = of_which_wait(rows, told.waits[order], repeats_are_one)
    reopens = told.reopens[order]
    return replace(rows, reopens=reopens, enters=rows.enters | reopens), told.asked[order]


def _sorted_with_gaps(stretches: Visits, since: Times) -> Visits:
    order = by_item(stretches.item, stretches.start, stretches.end, stretches.stage)
    columns = {field.name: getattr(stretches, field.name)[order] for field in fields(Visits)}
    since = since[order]
    parts = (
        with_gaps(Visits(**{name: column[a:b] for name, column in columns.items()}), since[a:b])
        for a, b in cuts(columns["item"])
    )
    return put_together(parts, 2 * len(stretches))


def _finished(log: Log, told: ByStatus, end: Times) -> Times:
    last = latest(end, told.rows.item, len(log.items))
    if told.ends is not None:
        last = np.maximum(last, np.where(told.ends.at == OPEN, NEVER, told.ends.at))
    later = np.where(log.begun == OPEN, last, np.maximum(log.finished, last))
    finished: Times = np.where((last == NEVER) | log.cancelled, log.finished, later)
    return finished
