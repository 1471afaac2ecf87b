"""What items of a log can be chosen by, and the log of those that a person asks for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vsm.items.log import Log
from vsm.items.selection import select
from vsm.model import Wanted


@dataclass(frozen=True, kw_only=True)
class ItemNames:
    """By what the items of a log can be chosen; those of parts add up to those of the whole."""

    types: frozenset[str]
    teams: frozenset[str]
    people: frozenset[str]
    """Whom at least one row names."""
    dated: bool

    def __add__(self, other: ItemNames) -> ItemNames:
        return ItemNames(
            types=self.types | other.types,
            teams=self.teams | other.teams,
            people=self.people | other.people,
            dated=self.dated or other.dated,
        )


def item_names(log: Log) -> ItemNames:
    """Return the names by which items of a log can be chosen, and whether they can by the day of finishing."""
    return ItemNames(
        types=frozenset(log.types), teams=frozenset(log.teams), people=frozenset(people_named(log)), dated=log.dated
    )


def people_named(log: Log) -> tuple[str, ...]:
    """Return the people whom at least one row of the items names, in alphabetical order."""
    named = np.zeros(len(log.people) + 1, dtype=bool)
    named[log.visits.person] = True
    if log.moved_by is not None:
        named[log.moved_by.name] = True
    return tuple(sorted(log.people[code] for code in np.flatnonzero(named[:-1])))


def select_wanted(log: Log, wanted: Wanted) -> Log:
    """Return the part of a log with the items that match, each whole."""
    return select(
        log,
        types=wanted.types or None,
        teams=wanted.teams or None,
        people=wanted.people or None,
        finished_from=wanted.finished_from,
        finished_to=wanted.finished_to,
    )
