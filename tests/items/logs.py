"""Small logs and random ones, as the builders take them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from vsm.items.build import Names, Rows, Status, StatusKind, from_entered, from_intervals
from vsm.items.log import OPEN, UNKNOWN, Log

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
SECOND = 1_000_000
MINUTE, HOUR, DAY = 60 * SECOND, 3600 * SECOND, 86_400 * SECOND


def at(text: str) -> int:
    """Microseconds of an ISO time, UTC."""
    time = dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)
    return (time - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(microseconds=1)


def codes(values: Sequence[int]) -> np.ndarray:
    return np.array(values, dtype=np.int32)


def times(values: Sequence[int | None]) -> np.ndarray:
    return np.array([OPEN if value is None else value for value in values], dtype=np.int64)


def numbers(count: int) -> list[str]:
    return [str(i) for i in range(count)]


def rows(items: Sequence[int], people: Sequence[int] | None = None, types: Sequence[int] | None = None) -> Rows:
    nobody = [UNKNOWN] * len(items)
    return Rows(item=codes(items), person=codes(people or nobody), item_type=codes(types or nobody))


def entered(
    events: Sequence[tuple[int, int, int]], statuses: Sequence[Status], stages: tuple[str, ...], **options: object
) -> Log:
    """Build a log from (item, status, time); `count` items, or as many as the events name."""
    count = options.pop("count", None) or max((e[0] for e in events), default=-1) + 1
    return from_entered(
        Names(items=numbers(count)),
        statuses,
        stages,
        rows([e[0] for e in events]),
        status=codes([e[1] for e in events]),
        time=times([e[2] for e in events]),
        **options,
    )


def intervals(
    visits: Sequence[tuple[int, int, int, int | None]],
    stages: tuple[str, ...],
    people: Sequence[int] | None = None,
    person_names: tuple[str, ...] = (),
    types: Sequence[int] | None = None,
    type_names: tuple[str, ...] = (),
    **options: object,
) -> Log:
    """Build a log from (item, stage, start, end)."""
    count = options.pop("count", None) or max((v[0] for v in visits), default=-1) + 1
    return from_intervals(
        Names(items=numbers(count), people=person_names, types=type_names),
        stages,
        rows([v[0] for v in visits], people, types),
        stage=codes([v[1] for v in visits]),
        start=times([v[2] for v in visits]),
        end=times([v[3] for v in visits]),
        **options,
    )


def random_statuses(rng: random.Random) -> tuple[list[Status], tuple[str, ...]]:
    stages = tuple(f"stage {i}" for i in range(rng.randint(1, 4)))
    kinds = rng.choice([list(StatusKind), [StatusKind.ACTIVE], [StatusKind.ACTIVE, StatusKind.WAIT, StatusKind.DONE]])
    statuses = [
        Status(name=f"status {i}", kind=rng.choice(kinds), stage=rng.choice((*stages, "elsewhere")))
        for i in range(rng.randint(1, 7))
    ]
    return statuses, stages


def random_events(rng: random.Random, statuses: int) -> list[tuple[int, int, int]]:
    """Events of a few items in any order; no two of one item at the same time."""
    start, found = at("2026-01-01"), []
    for item in range(rng.randint(1, 8)):
        moments = rng.sample(range(0, 40 * DAY, rng.choice((MINUTE, DAY, 977))), rng.randint(1, 9))
        found += [(item, rng.randrange(statuses), start + moment) for moment in moments]
    rng.shuffle(found)
    return found


def random_visits(rng: random.Random, stages: int) -> list[tuple[int, int, int, int | None]]:
    """Visits of a few items, some at the same time, some of no length, some open; no two of one item alike."""
    start, found = at("2026-01-01"), []
    for item in range(rng.randint(1, 8)):
        for begin in rng.sample(range(60), rng.randint(1, 9)):
            length = rng.choice((0, 1, 2, 5, 30))
            end = None if rng.random() < 0.05 else start + (begin + length) * HOUR
            found.append((item, rng.randrange(stages), start + begin * HOUR, end))
    rng.shuffle(found)
    return found
