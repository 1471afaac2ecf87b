"""A log and what a person asks for -> the log of the items that match, whole, with every other code kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from typing import NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from vsm.items.log import OPEN, UNKNOWN, Codes, Log, Visits
from vsm.worktime import DAY

_EPOCH = dt.date(1970, 1, 1).toordinal()


@dataclass(frozen=True, eq=False)
class Picked(Sequence[str]):
    """Some of the names of a log, taken only when asked for."""

    names: Sequence[str]
    codes: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.codes)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        if isinstance(index, slice):
            return Picked(self.names, self.codes[index])
        return self.names[int(self.codes[index])]


def names_of(names: Sequence[str], codes: NDArray[np.int64]) -> NDArray[np.object_]:
    """Return the names behind some codes."""
    if isinstance(names, Picked):
        return names_of(names.names, names.codes[codes])
    return np.array(names, dtype=object)[codes]


def select(
    log: Log,
    *,
    types: Collection[str] | None = None,
    teams: Collection[str] | None = None,
    people: Collection[str] | None = None,
    finished_from: dt.date | None = None,
    finished_to: dt.date | None = None,
) -> Log:
    """Return the log of the items of these types that one of these teams had and whose rows name one of these people.

    An item that several teams had is found under each of them. Of a period of finishing both dates are included, as
    the log's wall clock shows them. With a date, only finished items are left, so that load and ages have to be read
    from a selection without one. `None` asks for nothing; a name that the log does not know matches nothing.
    """
    chosen = np.ones(len(log.items), dtype=bool)
    if types is not None:
        chosen &= _among(log.types, types)[log.item_type]
    if teams is not None:
        named = _among(log.teams, teams)
        chosen &= log.item_teams.have(named, len(chosen)) if log.item_teams is not None else False
    if people is not None:
        named = _among(log.people, people)
        found = np.zeros(len(chosen), dtype=bool) if log.moved_by is None else log.moved_by.have(named, len(chosen))
        found[log.visits.item[named[log.visits.person]]] = True
        chosen &= found
    if finished_from is None and finished_to is None:
        return log if chosen.all() else keep(log, chosen)
    first = _midnight(finished_from) if finished_from else int(np.iinfo(np.int64).min)
    end = _midnight(finished_to) + DAY if finished_to else OPEN
    if log.period is not None:
        first, end = max(first, log.period[0]), min(end, log.period[1])
    finished = log.finish_moments
    chosen &= (finished >= first) & (finished < end)
    return replace(keep(log, chosen), period=(first, end))


def _midnight(day: dt.date) -> int:
    return (day.toordinal() - _EPOCH) * DAY


def _among(names: tuple[str, ...], wanted: Collection[str]) -> NDArray[np.bool_]:
    """Tell for each code whether it is wanted; the last place is what `UNKNOWN` finds: never."""
    return np.array([name in wanted for name in names] + [False], dtype=bool)


def keep(log: Log, chosen: NDArray[np.bool_]) -> Log:
    """Return the log of the chosen items, one flag for each; stages, people and types keep their codes."""
    rows = np.flatnonzero(chosen[log.visits.item])
    columns = {field.name: getattr(log.visits, field.name)[rows] for field in fields(Visits)}
    columns["item"] = (np.cumsum(chosen) - 1).astype(np.int32)[columns["item"]]
    return replace(
        log,
        items=Picked(log.items, np.flatnonzero(chosen)),
        visits=Visits(**columns),
        begun=log.begun[chosen],
        finished=log.finished[chosen],
        cancelled=log.cancelled[chosen],
        item_type=log.item_type[chosen],
        item_teams=None if log.item_teams is None else log.item_teams.among(chosen),
        moved_by=None if log.moved_by is None else log.moved_by.among(chosen),
    )


def without_unused_names(log: Log) -> Log:
    """Return the log without the names of people, types and teams that none of its items has."""
    moved, teams = log.moved_by, log.item_teams
    people = _Kept.of(log.people, log.visits.person, *(() if moved is None else (moved.name,)))
    types = _Kept.of(log.types, log.item_type)
    groups = _Kept.of(log.teams, *(() if teams is None else (teams.name,)))
    return replace(
        log,
        people=people.names,
        types=types.names,
        teams=groups.names,
        visits=replace(log.visits, person=people.place[log.visits.person]),
        item_type=types.place[log.item_type],
        moved_by=None if moved is None else replace(moved, name=people.place[moved.name]),
        item_teams=None if teams is None else replace(teams, name=groups.place[teams.name]),
    )


class _Kept(NamedTuple):
    """The names that stay, and the new code of each old one."""

    names: tuple[str, ...]
    place: Codes

    @classmethod
    def of(cls, names: tuple[str, ...], *columns: Codes) -> _Kept:
        """Keep the names that stand behind the codes of some columns."""
        used = np.zeros(len(names) + 1, dtype=bool)  # the last place is what `UNKNOWN` finds
        for codes in columns:
            used[codes] = True
        used[UNKNOWN] = False
        place = np.where(used, np.cumsum(used) - 1, UNKNOWN).astype(np.int32)
        return cls(tuple(name for name, stays in zip(names, used.tolist(), strict=False) if stays), place)


def as_it_was(log: Log, moment: int) -> Log:
    """Return the log as it stood at a moment: what ended later is still open, what began later is not there."""
    if moment >= log.as_of:
        return replace(log, as_of=moment)
    v = log.visits
    rows = np.flatnonzero(v.start <= moment)
    columns = {field.name: getattr(v, field.name)[rows] for field in fields(Visits)}
    columns["end"] = np.where(columns["end"] > moment, OPEN, columns["end"])
    then = replace(
        log,
        visits=Visits(**columns),
        finished=np.where(log.finished > moment, OPEN, log.finished),
        cancelled=log.cancelled & (log.left <= moment),
        as_of=moment,
    )
    return keep(then, log.begun <= moment)
