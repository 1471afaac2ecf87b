"""A log of statuses entered, and rows with a start and an end about the same items -> one log of both."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np

from vsm.items.blocks import cuts, put_together
from vsm.items.build import with_gaps, worked
from vsm.items.log import OPEN, Codes, Log, Visits
from vsm.items.order import by_item
from vsm.items.runs import first_of_run
from vsm.worktime import Times


def with_worked(
    log: Log, *, item: Codes, stage: Codes, start: Times, end: Times, person: Codes, asked: Times | None = None
) -> Log:
    """Put rows with a start and an end, which may be `OPEN`, beside the stretches of a log.

    What runs side by side are parallel steps. Time of an item in which nothing runs is a wait for what follows, as
    between rows of one file; where the log cannot tell work from waiting, it is simply time there. An item is finished
    when both have ended; one that the log does not know otherwise, at its last end.
    """
    rows = worked(item, stage, start, end, person)
    stretches = put_together([log.visits, rows], len(log.visits) + len(rows))
    since = np.concatenate((log.visits.start, start if asked is None else np.minimum(asked, start)))
    # An item that came into the log as done has no stretch there, but began all the same.
    since = np.minimum(since, log.begun[stretches.item])
    visits = _sorted_with_gaps(stretches, since)
    first = first_of_run(visits.item)
    begun = log.begun.copy()
    begun[visits.item[first]] = np.minimum(begun[visits.item[first]], visits.start[first])
    known = [log.as_of] if (log.begun != OPEN).any() else []
    moments = np.concatenate((np.array(known, dtype=np.int64), start, end[end != OPEN]))
    return replace(
        log,
        visits=visits if log.divided else replace(visits, waiting=np.zeros(len(visits), dtype=bool)),
        begun=begun,
        finished=_finished(log, item, end),
        as_of=int(moments.max()),
    )


def _sorted_with_gaps(stretches: Visits, since: Times) -> Visits:
    order = by_item(stretches.item, stretches.start, stretches.end, stretches.stage)
    columns = {field.name: getattr(stretches, field.name)[order] for field in fields(Visits)}
    since = since[order]
    parts = (
        with_gaps(Visits(**{name: column[a:b] for name, column in columns.items()}), since[a:b])
        for a, b in cuts(columns["item"])
    )
    return put_together(parts, 2 * len(stretches))


def _finished(log: Log, item: Codes, end: Times) -> Times:
    never = np.iinfo(np.int64).min
    last = np.full(len(log.items), never, dtype=np.int64)
    np.maximum.at(last, item, end)
    later = np.where(log.begun == OPEN, last, np.maximum(log.finished, last))
    finished: Times = np.where((last == never) | log.cancelled, log.finished, later)
    return finished
