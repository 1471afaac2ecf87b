"""Figures of a measured log -> the items behind each: what was sent back, took a path, or passed a stage over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from vsm.flow import MeasuredLog
from vsm.items.item_table import current_stage
from vsm.items.log import OPEN, Log
from vsm.items.moves import places_left
from vsm.items.paths import frequent_paths, items_on_path, items_sent_back, items_skipping, send_backs, skipped_stages
from vsm.items.runs import distinct
from vsm.items.stream import whole_weeks
from vsm.path_words import move_words, path_words
from vsm.wording import count

_MOST = 50


@dataclass(frozen=True, kw_only=True)
class ItemChoice:
    """A figure that can be opened."""

    label: str
    what: str
    """Follows the number of items: "sent back from Test to Build"."""
    items: Callable[[], NDArray[np.int64]]
    """Finds their codes."""


def sent_back_choices(m: MeasuredLog) -> tuple[ItemChoice, ...]:
    """List the moves to an earlier stage, and reopenings, the costliest first."""
    place = {name: code for code, name in enumerate(places_left(m.log))}
    table = send_backs(m.log, m.clock).head(_MOST)
    return tuple(
        ItemChoice(
            label=f"{move_words(left, reached)}: {count(items, 'item')}",
            what=f"sent back from {left} to {reached}",
            items=partial(items_sent_back, m.log, place[left], place[reached]),
        )
        for left, reached, items in zip(table["left"], table["reached"], table["items"], strict=True)
    )


def path_choices(m: MeasuredLog) -> tuple[ItemChoice, ...]:
    """List the most frequent paths of finished items."""
    return tuple(
        ItemChoice(
            label=f"{path_words(path.stages)}: {count(path.items, 'item')}",
            what=f"took the path {path_words(path.stages)}",
            items=partial(items_on_path, m.facts, path.code),
        )
        for path in frequent_paths(m.log, m.facts, _MOST).most
    )


def passed_over_choices(m: MeasuredLog) -> tuple[ItemChoice, ...]:
    """List the stages that finished items never came to."""
    table = skipped_stages(m.log)
    return tuple(
        ItemChoice(
            label=f"{stage}: {count(items, 'item')}",
            what=f"never came to {stage}",
            items=partial(items_skipping, m.log, code),
        )
        for code, (stage, items) in enumerate(zip(table["stage"], table["items"], strict=True))
        if items
    )


def open_choices(m: MeasuredLog) -> tuple[ItemChoice, ...]:
    """List the stages that open items are in."""
    stage = np.where((m.log.finished == OPEN) & ~m.log.cancelled, current_stage(m.log), -1)
    inside = np.bincount(stage[stage >= 0], minlength=len(m.log.stages))
    return tuple(
        ItemChoice(
            label=f"{name}: {count(int(inside[code]), 'item')}",
            what=f"open in {name}",
            items=partial(_oldest_first, m, np.flatnonzero(stage == code)),
        )
        for code, name in enumerate(m.log.stages)
        if inside[code]
    )


def waited_choices(m: MeasuredLog) -> tuple[ItemChoice, ...]:
    """List the stages that items waited for, the longest wait first; as elapsed time, in which causes are told."""
    v, stages = m.log.visits, len(m.log.stages)
    rows = np.flatnonzero(v.waiting)
    pairs = distinct(v.item[rows].astype(np.int64) * stages + v.stage[rows])
    waited = np.bincount(pairs % max(stages, 1), minlength=stages)
    return tuple(
        ItemChoice(
            label=f"{name}: {count(int(waited[code]), 'item')}",
            what=f"waited in front of {name}, the longest wait first",
            items=partial(_longest_wait_first, m.log, code),
        )
        for code, name in enumerate(m.log.stages)
        if waited[code]
    )


def _longest_wait_first(log: Log, stage: int) -> NDArray[np.int64]:
    v = log.visits
    rows = np.flatnonzero(v.waiting & (v.stage == stage))
    lengths = np.minimum(v.end[rows], log.as_of) - v.start[rows]
    items, place = np.unique(v.item[rows], return_inverse=True)
    return items[np.argsort(-np.bincount(place, weights=lengths), kind="stable")].astype(np.int64)


def forecast_choices(m: MeasuredLog) -> tuple[ItemChoice, ...]:
    """List what a forecast is about: the items that finished in the weeks it draws from, and those that are open."""
    first, last = whole_weeks(m.log)
    moments = m.log.finish_moments
    done = np.flatnonzero((moments >= first) & (moments < last))
    still = np.flatnonzero((m.log.finished == OPEN) & ~m.log.cancelled)
    found = (
        ("Finished in these weeks", "finished in these weeks, the slowest first", done),
        ("Open now", "open, the oldest first", still),
    )
    return tuple(
        ItemChoice(label=f"{label}: {count(len(items), 'item')}", what=what, items=partial(_oldest_first, m, items))
        for label, what, items in found
        if len(items)
    )


def items_of_stage(m: MeasuredLog, stage: int) -> ItemChoice:
    """Tell of one stage which items came to it, the slowest first."""
    came = distinct(m.log.visits.item[m.log.visits.stage == stage])
    return ItemChoice(
        label=f"The items that came to {m.log.stages[stage]}",
        what=f"came to {m.log.stages[stage]}, the slowest first",
        items=partial(_oldest_first, m, came),
    )


def _oldest_first(m: MeasuredLog, items: NDArray[np.int64]) -> NDArray[np.int64]:
    return items[np.argsort(-m.facts.items["lead_time"].to_numpy()[items], kind="stable")]
