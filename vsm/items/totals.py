"""A log and a clock -> all that figures of the whole are taken from, which adds up over parts of a log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vsm.items.facts import Facts, measure
from vsm.items.log import UNKNOWN, Log, Visits
from vsm.items.waiting import handoffs
from vsm.items.weekly_moves import WeeklyMoves, latest_moves
from vsm.worktime import Clock, Times


@dataclass(frozen=True, kw_only=True, eq=False)
class Totals:
    """What was measured of a log."""

    log: Log
    """The log itself, or its outline."""
    facts: Facts
    person_moves: int | None
    """Visits that follow another of the item, both with a person; `None` where the log does not tell who did what."""
    person_changes: int | None
    """Those of them that another person worked on."""
    moves: WeeklyMoves | None
    """As of `latest_moves`; `None` where the log has no dates."""


def totals_of(log: Log, clock: Clock) -> Totals:
    """Measure a log by a clock."""
    passed = handoffs(log) if log.people and not log.one_row_each else None
    return Totals(
        log=log,
        facts=measure(log, clock),
        person_moves=None if passed is None else passed.moves,
        person_changes=None if passed is None else passed.count,
        moves=latest_moves(log) if log.dated else None,
    )


def outline(totals: Totals) -> Totals:
    """Return the same totals without the log's visits: small enough to be sent from where a part was measured."""
    log = totals.log
    return replace(totals, log=_outline(log, log.begun, log.finished, log.cancelled, log.left, log.came))


def joined(parts: Sequence[Totals]) -> Totals:
    """Add up totals of parts of a log, at least one; parts share no item, and have one as-of date."""
    logs = [part.log for part in parts]
    moves = [part.person_moves for part in parts if part.person_moves is not None]
    changes = [part.person_changes for part in parts if part.person_changes is not None]
    weekly = [part.moves for part in parts if part.moves is not None]
    return Totals(
        log=_outline(
            logs[0],
            np.concatenate([log.begun for log in logs]),
            np.concatenate([log.finished for log in logs]),
            np.concatenate([log.cancelled for log in logs]),
            np.concatenate([log.left for log in logs]),
            np.concatenate([log.came for log in logs]),
        ),
        facts=Facts(
            stages=reduce(add, [part.facts.stages for part in parts]),
            items=pd.concat([part.facts.items for part in parts], ignore_index=True),
        ),
        person_moves=sum(moves) if moves else None,
        person_changes=sum(changes) if changes else None,
        moves=reduce(add, weekly) if weekly else None,
    )


def _outline(
    log: Log, begun: Times, finished: Times, cancelled: NDArray[np.bool_], left: Times, came: NDArray[np.bool_]
) -> Log:
    """Return a log like another in which each item that came to a stage has one stretch, up to when it was last there.

    Nothing in it has a name but the stages; load and throughput can be read from it.
    """
    count, item = len(begun), np.flatnonzero(came).astype(np.int32)
    never = np.zeros(len(item), dtype=bool)
    stretches = Visits(
        item=item,
        stage=np.zeros(len(item), dtype=np.int32),
        waiting=never,
        enters=~never,
        reopens=never,
        start=begun[item],
        end=np.where(cancelled, left, finished)[item],
        person=np.full(len(item), UNKNOWN, dtype=np.int32),
    )
    return replace(
        log,
        items=("",) * count,
        people=(),
        types=(),
        teams=(),
        visits=stretches,
        begun=begun,
        finished=finished,
        cancelled=cancelled,
        item_type=np.full(count, UNKNOWN, dtype=np.int32),
        item_teams=None,
        moved_by=None,
    )
