"""Reads and measures a log with pandas, as somebody would who writes it down straight away, with groupby.

python -m benchmarks.by_pandas PATH ROUNDS [ALONE]: with ALONE it only reads the file, with its dates.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from benchmarks.measuring import Answers, peak_bytes, say, timed


def read(path: Path) -> pd.DataFrame:
    """Read a file into a table, times as times; workbooks with openpyxl, pandas' reader of them."""
    if path.suffix == ".xlsx":
        return pd.read_excel(path, engine="openpyxl")
    return pd.read_csv(path, parse_dates=["Changed at"])


def answers(log: pd.DataFrame) -> Answers:
    """Compute lead times, times in statuses, paths and rework; told what each status means by its name."""
    log = log.sort_values(["Issue key", "Changed at"])
    items = log.groupby("Issue key")
    log["left"] = items["Changed at"].shift(-1)
    log["next"] = items["Status"].shift(-1)
    summary = items.agg(first=("Changed at", "min"), last=("Changed at", "max"), end=("Status", "last"))
    done = summary.loc[summary["end"] == "Done"]
    lead = (done["last"] - done["first"]).dt.total_seconds()
    rows = log.loc[log["Issue key"].isin(done.index)]
    paths = rows.groupby("Issue key")["Status"].agg(tuple)

    spent = (rows["left"] - rows["Changed at"]).dt.total_seconds().groupby(rows["Status"]).sum()
    order = {stage: place for place, stage in enumerate(_stages(paths))}
    place, following = _stage(rows["Status"]).map(order), _stage(rows["next"]).map(order)
    back = (following < place).groupby(rows["Issue key"]).sum()
    return {
        "finished": len(done),
        "lead time, sum": float(lead.sum()),
        "lead time, median": float(lead.median()),
        "variants": int(paths.nunique()),
        "sent back": int(back.sum()),
        "items sent back": int((back > 0).sum()),
        "time in status": {str(status): float(time) for status, time in spent.items()},
        "worked": {stage: float(spent[f"In {stage}"]) for stage in order},
        "waited": {stage: float(spent[f"Ready for {stage}"]) for stage in order},
        "items that came again": _came_again(rows),
    }


def _stage(status: pd.Series[str]) -> pd.Series[str]:
    return status.str.removeprefix("Ready for ").str.removeprefix("In ")


def _stages(paths: pd.Series[str]) -> list[str]:
    """Return the stages in the order of the shortest path, which is one that no stage sent back."""
    shortest = min(paths, key=len)
    return [status.removeprefix("In ") for status in shortest if status.startswith("In ")]


def _came_again(rows: pd.DataFrame) -> dict[str, float]:
    times = rows.groupby(["Status", "Issue key"]).size()
    return {str(status): float(count) for status, count in times[times > 1].groupby("Status").size().items()}


def main(path: Path, rounds: int, alone: bool) -> None:
    """Print times, peak memory and answers of one log."""
    if alone:
        took, _ = timed(lambda: len(read(path)), rounds)
        say({"read": took}, {}, peak_bytes())
        return
    took, found = timed(lambda: answers(read(path)), rounds)
    say({"read and facts": took}, found, peak_bytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), "ALONE" in sys.argv[3:])
