"""Makes up logs of status changes as a tracker would export them; the same size and seed give the same log.

Items pass ten stages, each with a status that waits and one that works. Arrivals are a Poisson process, waits and works
are lognormal. From the second stage on, 15 % of completed visits go back, four in five of them by one stage and one in
five by two. Rows are in the order of time, and the log ends at some moment, so that its last items are still open.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import xlsxwriter
from numpy.typing import NDArray

STAGES = (
    "analysis",
    "refinement",
    "design",
    "planning",
    "development",
    "review",
    "testing",
    "acceptance",
    "staging",
    "deployment",
)
STATUSES = (*(name for stage in STAGES for name in (f"Ready for {stage}", f"In {stage}")), "Done")
TYPES = ("Feature", "Defect", "Maintenance", "Risk")
TYPE_SHARES = (0.55, 0.25, 0.15, 0.05)
PEOPLE = tuple(f"Person {number:03}" for number in range(1, 121))
HEADER = ("Issue key", "Issue type", "Status", "Changed at", "Assignee")
REWORK = 0.15
TWO_BACK = 0.2
"""Of the visits that go back from the third stage on."""
WAIT_MEDIANS = (30.0, 16, 12, 20, 40, 8, 14, 10, 6, 24)
WORK_MEDIANS = (2.0, 1.5, 6, 1, 14, 1.5, 5, 2, 1, 0.5)
"""Hours, by stage."""
WAIT_SIGMA, WORK_SIGMA = 1.1, 0.7
FIRST_ARRIVAL = 1_704_096_000
"""2024-01-01 08:00 UTC, in seconds."""
EVENTS_PER_ITEM = 27
"""About, as long as no row is cut off."""
SPAN = 2 * 365 * 86400
"""Seconds over which items arrive: a larger log is one of more items a day."""

Changes = tuple[NDArray[np.int32], NDArray[np.int8], NDArray[np.int64]]
"""Items, statuses and times, columns of one length."""


@dataclass(frozen=True)
class Events:
    """Status changes in the order of time, columns of one length; times in seconds since 1970-01-01 UTC."""

    item: NDArray[np.int32]
    status: NDArray[np.int8]
    time: NDArray[np.int64]
    type: NDArray[np.int8]
    person: NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.item)


def make_events(events: int, seed: int = 1) -> Events:
    """Make up a log of exactly so many status changes; the number of items follows from it."""
    random = np.random.default_rng(seed)
    items = int(events / EVENTS_PER_ITEM * 1.25) + 50
    gap = SPAN / (events / EVENTS_PER_ITEM)
    now = FIRST_ARRIVAL + np.cumsum(random.exponential(gap, items)).astype(np.int64)
    item, stage = np.arange(items, dtype=np.int32), np.zeros(items, dtype=np.int8)
    parts: list[Changes] = []
    while len(item):
        parts.append((item, 2 * stage, now))
        now = now + _seconds(random, np.array(WAIT_MEDIANS)[stage], WAIT_SIGMA)
        parts.append((item, 2 * stage + 1, now))
        now = now + _seconds(random, np.array(WORK_MEDIANS)[stage], WORK_SIGMA)
        stage = _next_stage(random, stage)
        done = stage == len(STAGES)
        parts.append((item[done], 2 * stage[done], now[done]))
        item, stage, now = item[~done], stage[~done], now[~done]
    return _cut(random, parts, events, items)


def _seconds(random: np.random.Generator, medians: NDArray[np.float64], sigma: float) -> NDArray[np.int64]:
    """Draw durations; at least a minute, so that no two changes of an item fall into one second."""
    hours = random.lognormal(np.log(medians), sigma)
    return np.maximum(hours * 3600, 60).astype(np.int64)


def _next_stage(random: np.random.Generator, stage: NDArray[np.int8]) -> NDArray[np.int8]:
    back = (random.random(len(stage)) < REWORK) & (stage > 0)
    two = (random.random(len(stage)) < TWO_BACK) & (stage > 1)
    return (stage + np.where(back, -1 - two, 1)).astype(np.int8)


def _cut(random: np.random.Generator, parts: list[Changes], events: int, items: int) -> Events:
    """Put the changes in the order of time and end the log after so many."""
    item, status, time = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    order = np.argsort(time, kind="stable")[:events]
    kind = random.choice(len(TYPES), items, p=TYPE_SHARES).astype(np.int8)
    crew = len(PEOPLE) // len(STAGES)
    item, status, time = item[order], status[order], time[order]
    at = np.minimum(status // 2, len(STAGES) - 1)
    person = (at * crew + random.integers(0, crew, len(item))).astype(np.int16)
    return Events(item=item, status=status, time=time, type=kind[item], person=person)


def frame_of(events: Events) -> pd.DataFrame:
    """Return the log as a table with the columns of `HEADER`."""
    columns = (
        [f"WORK-{code + 1}" for code in events.item.tolist()],
        pd.Categorical.from_codes(events.type, TYPES),
        pd.Categorical.from_codes(events.status, STATUSES),
        events.time.astype("datetime64[s]"),
        pd.Categorical.from_codes(events.person, PEOPLE),
    )
    return pd.DataFrame(dict(zip(HEADER, columns, strict=True)))


def write_csv(events: Events, path: Path, rows: int = 500_000) -> None:
    """Write the log as CSV, some rows at a time."""
    with path.open("w", encoding="utf-8", newline="") as file:
        for first in range(0, len(events), rows):
            part = Events(*(column[first : first + rows] for column in vars(events).values()))
            frame_of(part).to_csv(file, index=False, header=first == 0)


def write_xlsx(events: Events, path: Path) -> None:
    """Write the log as a workbook of one sheet, times as dates of the workbook."""
    frame = frame_of(events)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Changes")
        date = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet.write_row(0, 0, HEADER)
        days = (events.time / 86400 + 25569).tolist()
        texts = [frame[name].tolist() for name in HEADER if name != "Changed at"]
        for row, (key, kind, status, person, day) in enumerate(zip(*texts, days, strict=True), start=1):
            sheet.write_row(row, 0, (key, kind, status))
            sheet.write_number(row, 3, day, date)
            sheet.write_string(row, 4, person)
