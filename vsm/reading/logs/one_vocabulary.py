"""What several files tell -> the same in one vocabulary of items, labels and people, and each kind of row stacked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vsm.folding import fold
from vsm.items.build import Names, Rows
from vsm.items.log import UNKNOWN, Codes
from vsm.reading.logs.told import Completed, Entered, Worked

Dated = Entered | Worked | Completed


def in_one_vocabulary(files: Sequence[Dated], items: Sequence[str], codes: Sequence[Codes]) -> list[Dated]:
    """Give what files tell the same names; `codes` tells for each file which of the joined `items` its items are.

    Labels that differ in capitals, accents or spaces alone are one, by the first spelling.
    """
    labels, label_codes = _merged([told.labels for told in files], folded=True)
    people, person_codes = _merged([told.names.people for told in files])
    types, type_codes = _merged([told.names.types for told in files])
    teams, team_codes = _merged([told.names.teams for told in files])
    names = Names(items=items, people=people, types=types, teams=teams)
    result: list[Dated] = []
    for place, told in enumerate(files):
        rows = Rows(
            item=codes[place][told.rows.item],
            person=person_codes[place][told.rows.person],
            item_type=type_codes[place][told.rows.item_type],
            team=_teams(told.rows, team_codes[place]) if teams else None,
            completed_by=None if told.rows.completed_by is None else person_codes[place][told.rows.completed_by],
        )
        spelled = {own: labels[code] for own, code in zip(told.labels, label_codes[place][:-1], strict=True)}
        kinds = {spelled[own]: kind for own, kind in told.kinds.items() if own in spelled}
        label = label_codes[place][told.label]
        result.append(replace(told, names=names, rows=rows, labels=labels, kinds=kinds, label=label))
    return result


def _merged(lists: Sequence[Sequence[str]], *, folded: bool = False) -> tuple[tuple[str, ...], list[Codes]]:
    """Put lists of names into one, each name once; and for each list its codes there, `UNKNOWN` for `UNKNOWN`."""
    place: dict[str, int] = {}
    names, codes = list[str](), list[Codes]()
    for texts in lists:
        found = []
        for text in texts:
            key = fold(text) if folded else text
            if key not in place:
                place[key] = len(names)
                names.append(text)
            found.append(place[key])
        codes.append(np.array([*found, UNKNOWN], dtype=np.int32))
    return tuple(names), codes


def _teams(rows: Rows, codes: Codes) -> Codes:
    return np.full(len(rows.item), UNKNOWN, dtype=np.int32) if rows.team is None else codes[rows.team]


def stacked_rows(parts: Sequence[Rows]) -> Rows:
    """Put rows one behind the other; either all of them or none have teams."""
    teams = [part.team for part in parts if part.team is not None]
    told_apart = any(part.completed_by is not None for part in parts)
    completed_by = [part.person if part.completed_by is None else part.completed_by for part in parts]
    return Rows(
        item=np.concatenate([part.item for part in parts]),
        person=np.concatenate([part.person for part in parts]),
        item_type=np.concatenate([part.item_type for part in parts]),
        team=np.concatenate(teams) if teams else None,
        completed_by=np.concatenate(completed_by) if told_apart else None,
    )


def stacked_entered(parts: Sequence[Entered]) -> Entered:
    """Put what files tell of statuses entered one behind the other."""
    return replace(
        parts[0],
        rows=stacked_rows([part.rows for part in parts]),
        kinds={label: kind for part in reversed(parts) for label, kind in part.kinds.items()},
        label=np.concatenate([part.label for part in parts]),
        time=np.concatenate([part.time for part in parts]),
        one_row_each=all(part.one_row_each for part in parts),
        in_order=all(part.in_order for part in parts),
    )


def stacked_completed(parts: Sequence[Completed]) -> Completed:
    """Put what files tell of activities completed one behind the other."""
    rows, label = stacked_rows([part.rows for part in parts]), np.concatenate([part.label for part in parts])
    time = np.concatenate([part.time for part in parts])
    keep = _first_told(rows, label, time)
    return replace(parts[0], rows=rows.only(keep), label=label[keep], time=time[keep])


def stacked_worked(parts: Sequence[Worked]) -> Worked:
    """Put rows of files with a start and an end one behind the other; what two files say counts once."""
    rows, label = stacked_rows([part.rows for part in parts]), np.concatenate([part.label for part in parts])
    start, end = np.concatenate([part.start for part in parts]), np.concatenate([part.end for part in parts])
    asked = np.concatenate([part.start if part.asked is None else part.asked for part in parts])
    keep = _first_told(rows, label, start, end)
    return replace(
        parts[0],
        rows=rows.only(keep),
        kinds={label: kind for part in reversed(parts) for label, kind in part.kinds.items()},
        label=label[keep],
        start=start[keep],
        end=end[keep],
        asked=asked[keep],
        one_row_each=all(part.one_row_each for part in parts),
        to_midnight=any(part.to_midnight for part in parts),
    )


def _first_told(rows: Rows, *columns: NDArray[np.int32] | NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the rows that say what no earlier row says; within one file those are left out already."""
    frame = pd.DataFrame(dict(enumerate((rows.item, rows.person, *columns))))
    return np.flatnonzero(~frame.duplicated().to_numpy())
