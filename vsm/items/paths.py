"""A log -> how items moved: what is sent back and what it costs, the paths taken, the stages passed over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vsm.items.facts import Facts
from vsm.items.log import OPEN, Codes, Log
from vsm.items.moves import NOWHERE, places_left, sent_back_from
from vsm.items.order import by_code
from vsm.items.runs import distinct, first_of_run
from vsm.items.stream import HOUR
from vsm.items.whole_visits import WholeVisits, whole_visits
from vsm.worktime import Clock, Times


@dataclass(frozen=True, kw_only=True, eq=False)
class _Moves:
    """Moves to an earlier stage; columns of one length."""

    item: Codes
    left: Codes
    """What the item was sent back from, a code into `places_left`."""
    reached: Codes
    at: NDArray[np.int64]
    """The visit that it was sent back to, as a place in the whole visits."""


def _moves_back(log: Log, v: WholeVisits) -> _Moves:
    back = sent_back_from(log, v.enters)
    at = np.flatnonzero(back != NOWHERE)
    left = np.where(log.visits.reopens[v.enters[at]], np.int32(len(log.stages)), v.stage[back[at]])
    return _Moves(item=v.item[at], left=left, reached=v.stage[at], at=at)


def send_backs(log: Log, clock: Clock) -> pd.DataFrame:
    """Return moves to an earlier stage, and reopenings, by where from and where to, the costliest first.

    Columns: left (str: of `places_left`), reached (str: a stage), moves, items (int64: different ones), returned
    (int64: moves after which the item came again to the stage it had left, or to a later one), time (hours of the
    clock from being sent back to coming there again, summed over those; an item sent back again on the way counts in
    both moves). What was done comes there again when it is done again.
    """
    v, stages = whole_visits(log), len(log.stages)
    moves = _moves_back(log, v)
    again = _there_again(log, v, moves)
    came = np.flatnonzero(again != OPEN)
    away = clock.position(np.minimum(v.arrived[moves.at[came]], log.as_of))
    hours = (clock.position(np.minimum(again[came], log.as_of)) - away) / HOUR
    pair = moves.left.astype(np.int64) * stages + moves.reached
    different = distinct(pair * len(log.items) + moves.item) // max(len(log.items), 1)
    lefts = places_left(log)
    cells = len(lefts) * stages
    table = pd.DataFrame(
        {
            "left": pd.array(np.repeat(np.array(lefts, dtype=object), stages), dtype="str"),
            "reached": pd.array(list(log.stages) * len(lefts), dtype="str"),
            "moves": np.bincount(pair, minlength=cells),
            "items": np.bincount(different, minlength=cells),
            "returned": np.bincount(pair[came], minlength=cells),
            "time": np.bincount(pair[came], weights=hours, minlength=cells).astype(np.float64),
        }
    )
    found = table.loc[table["moves"] > 0]
    return found.sort_values(["time", "moves"], ascending=False, kind="stable").reset_index(drop=True)


def _there_again(log: Log, v: WholeVisits, moves: _Moves) -> Times:
    """Return for each move when the item next came to the stage it left or to a later one; `OPEN` where never.

    What was reopened is done again when it is reopened again, or finished.
    """
    found = np.full(len(moves.at), OPEN, dtype=np.int64)
    reopened = log.visits.reopens[v.enters]
    for stage in np.unique(moves.left):
        done = stage == len(log.stages)
        here = np.flatnonzero(moves.left == stage)
        later = np.flatnonzero(reopened if done else v.stage >= stage)
        next_visit = np.append(later, -1)[np.searchsorted(later, moves.at[here], side="right" if done else "left")]
        comes = (next_visit >= 0) & (v.item[next_visit] == moves.item[here])
        otherwise = log.finished[moves.item[here]] if done else np.full(len(here), OPEN)
        found[here] = np.where(comes, v.arrived[next_visit], otherwise)
    return found


def items_sent_back(log: Log, left: int, reached: int) -> NDArray[np.int64]:
    """Return the codes of the items that were sent back from a place of `places_left` to a stage, each once."""
    moves = _moves_back(log, whole_visits(log))
    return distinct(moves.item[(moves.left == left) & (moves.reached == reached)])


@dataclass(frozen=True, kw_only=True)
class Path:
    """A sequence of stages and the finished items that took it."""

    stages: tuple[str, ...]
    code: int
    """Its number in `Facts.items`."""
    items: int
    share: float
    """Of finished items that came to a stage, 0 to 1."""
    median: float
    """Lead time, hours."""


@dataclass(frozen=True, kw_only=True)
class Paths:
    """The paths of finished items, the most frequent first; the others summed up."""

    most: tuple[Path, ...]
    different: int
    """Paths in all."""
    other_items: int
    other_share: float | None
    """`None` where nothing is finished."""
    other_median: float | None
    """Hours; `None` where no item took another path."""


def frequent_paths(log: Log, facts: Facts, most: int = 10) -> Paths:
    """Return the most frequent sequences of stages among finished items, with their share and median lead time.

    Items that came to no stage, of which only the finish is known, have taken no path.
    """
    done = np.flatnonzero(facts.items["timed"].to_numpy())
    hours = facts.items["lead_time"].to_numpy()[done] / HOUR
    codes, first, path, counts = np.unique(
        facts.items["path"].to_numpy()[done], return_index=True, return_inverse=True, return_counts=True
    )
    # Equally frequent ones in the order of the file.
    top = np.lexsort((first, -counts))[:most]
    others = hours[~np.isin(path, top)]
    return Paths(
        most=tuple(
            Path(
                stages=_stages_of(log, int(done[first[i]])),
                code=int(codes[i]),
                items=int(counts[i]),
                share=float(counts[i] / len(done)),
                median=float(np.median(hours[path == i])),
            )
            for i in top
        ),
        different=len(codes),
        other_items=len(others),
        other_share=len(others) / len(done) if len(done) else None,
        other_median=float(np.median(others)) if len(others) else None,
    )


def _stages_of(log: Log, item: int) -> tuple[str, ...]:
    first, last = np.searchsorted(log.visits.item, (item, item + 1))
    entered = log.visits.stage[first:last][log.visits.enters[first:last]]
    return tuple(log.stages[stage] for stage in entered)


def items_on_path(facts: Facts, code: int) -> NDArray[np.int64]:
    """Return the codes of the finished items that took a path."""
    taken = facts.items["path"].to_numpy() == np.uint64(code)
    return np.flatnonzero(taken & facts.items["timed"].to_numpy())


def skipped_stages(log: Log) -> pd.DataFrame:
    """Return how many finished items never came to each stage, but to another, in flow order.

    Columns: stage (str), items (int64), share (of finished items, 0 to 1; NaN where nothing is finished).
    """
    finished = int(log.timed.sum())
    skipped = finished - np.array([len(came) for came in _came_to(log)], dtype=np.int64)
    share = skipped / finished if finished else np.full(len(skipped), np.nan)
    return pd.DataFrame({"stage": pd.array(list(log.stages), dtype="str"), "items": skipped, "share": share})


def items_skipping(log: Log, stage: int) -> NDArray[np.int64]:
    """Return the codes of the finished items that never came to a stage, but to another."""
    missing = log.timed
    missing[_came_to(log)[stage]] = False
    return np.flatnonzero(missing)


def _came_to(log: Log) -> list[Codes]:
    """Return for each stage the finished items that came there, each once."""
    v = log.visits
    rows = np.flatnonzero(log.finished[v.item] != OPEN)
    rows = rows[by_code(v.stage[rows])]
    rows = rows[first_of_run(v.item[rows], v.stage[rows])]
    return np.split(v.item[rows], np.cumsum(np.bincount(v.stage[rows], minlength=len(log.stages)))[:-1])
