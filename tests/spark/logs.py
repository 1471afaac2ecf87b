"""Random item logs as text, in several layouts, with whatever goes wrong in files."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence

Row = list[str]
BEGIN = dt.datetime(2026, 1, 5, 8)
STATUSES = ("To do", "Build", "Ready for test", "Test", "Release")


def csv(header: str, rows: Sequence[Row]) -> str:
    return "\n".join([header, *(",".join(row) for row in rows)]) + "\n"


def stamp(time: dt.datetime) -> str:
    return time.isoformat(sep=" ", timespec="seconds")


def day(time: dt.datetime) -> str:
    return time.strftime("%d.%m.%Y")


def spoiled(rng: random.Random, rows: list[Row], times: Sequence[int]) -> list[Row]:
    """Repeat, empty and garble some rows, and put all in any order; `times` are the columns with times."""
    for row in rng.sample(rows, 12):
        row[rng.choice([0, 1, *times])] = rng.choice(["", "soon", " "])
    rows += [list(row) for row in rng.sample(rows, 5)]
    rows += [[""] * len(rows[0]) for _ in range(3)]
    rng.shuffle(rows)
    return rows


def events(seed: int) -> tuple[str, list[Row]]:
    """Statuses entered, with names in two spellings, send-backs, open and cancelled items, people and resolutions."""
    rng, rows = random.Random(seed), []
    for item in range(60):
        time, stage = BEGIN + dt.timedelta(hours=rng.randrange(900)), 0
        reason = rng.choice(["Fixed", "Fixed", "Duplicate"])
        while stage < len(STATUSES) and rng.random() < 0.95:
            name = STATUSES[stage].upper() if rng.random() < 0.1 else STATUSES[stage]
            rows.append([f"K-{item}", name, stamp(time), rng.choice(["Ann", "Bob", ""]), reason])
            time += dt.timedelta(minutes=rng.randrange(6000))
            stage += -1 if stage and rng.random() < 0.2 else 1
        if stage == len(STATUSES):
            rows.append([f"K-{item}", rng.choice(["Done", "Done", "Cancelled"]), stamp(time), "Ann", reason])
    return "Key,Status,Changed,Author,Resolution", spoiled(rng, rows, (2,))


def visits(seed: int) -> tuple[str, list[Row]]:
    """Activities with start and end, some side by side, some open, some with the end first."""
    rng, rows = random.Random(seed), []
    for item in range(80):
        time = BEGIN + dt.timedelta(hours=rng.randrange(900))
        for name in ("Cut", "Sew", "Pack"):
            end = time + dt.timedelta(minutes=rng.randrange(-20, 3000))
            rows.append([str(item), name, stamp(time), stamp(end) if rng.random() < 0.95 else "", rng.choice("PQR")])
            time = end + dt.timedelta(minutes=rng.randrange(-300, 900))
    return "Case,Activity,Start,End,Resource", spoiled(rng, rows, (2, 3))


def steps(seed: int) -> tuple[str, list[Row]]:
    """Starts and completions in rows of their own, some without their counterpart."""
    rng, rows = random.Random(seed), []
    for item in range(50):
        time = BEGIN + dt.timedelta(hours=rng.randrange(900))
        for name in rng.sample(["Register", "Triage", "Treat", "Leave"], 4):
            for step in ("start", "complete"):
                time += dt.timedelta(minutes=rng.randrange(600))
                if rng.random() < 0.97:
                    rows.append([f"p{item}", name, step, stamp(time)])
    return "case:concept:name,concept:name,lifecycle:transition,time:timestamp", spoiled(rng, rows, (3,))


def dates(seed: int) -> tuple[str, list[Row]]:
    """The day on which an item came to each stage, day first; some never came, some never left."""
    rng, rows = random.Random(seed), []
    for item in range(150):
        time, row = BEGIN + dt.timedelta(days=rng.randrange(200)), [f"W{item}"]
        for _ in range(4):
            row.append(day(time) if rng.random() < 0.9 else "")
            time += dt.timedelta(days=rng.randrange(9))
        rows.append([*row, rng.choice(["Bug", "Story"])])
    return "ID,Ready,Build,Test,Done,Type", spoiled(rng, rows, (2, 3))


def durations(seed: int) -> tuple[str, list[Row]]:
    """The hours that an item spent in each status."""
    rng = random.Random(seed)
    rows = [[f"D{i}", *(f"{rng.randrange(400) / 4:g}" for _ in range(3)), f"T{i}"] for i in range(120)]
    return "Key,Waiting,Doing,Review,Summary", spoiled(rng, rows, (2, 3))


def both_ends(seed: int) -> tuple[str, list[Row]]:
    """The beginning and the end of items alone, some with several rows."""
    rng, rows = random.Random(seed), []
    for item in range(120):
        time = BEGIN + dt.timedelta(hours=rng.randrange(900))
        end = time + dt.timedelta(minutes=rng.randrange(90000))
        rows.append([str(item % 110), rng.choice("XYZ"), stamp(time), stamp(end) if rng.random() < 0.8 else ""])
    return "Number,Group,Opened,Closed", spoiled(rng, rows, (2, 3))


def clocks(seed: int) -> tuple[str, list[Row]]:
    """The events with the time of day in a column of its own."""
    _, rows = events(seed)
    apart = [[row[0], row[1], row[2][:10], row[2][11:], row[3]] for row in rows]
    return "Key,Status,Date,Time,Author", apart


def newest_first(seed: int) -> tuple[str, list[Row]]:
    """Days on which items came to statuses, several on one day, the newest rows first."""
    rng, rows = random.Random(seed), []
    for item in range(40):
        time = BEGIN + dt.timedelta(days=rng.randrange(30))
        for name in (*STATUSES, "Done"):
            rows.append((time, [f"K-{item}", name, day(time)]))
            time += dt.timedelta(days=rng.choice([0, 0, 1, 2]))
    newest = [row for _, row in sorted(rows, key=lambda row: row[0])][::-1]
    return "Key,Status,Changed", newest[:5] + [["", "", ""]] * 3 + newest[5:] + [["K-1", "", "01.03.2026"]] * 4
