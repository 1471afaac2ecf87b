"""Reads and measures a log with pm4py's nearest equivalents, in an environment of its own: pm4py is under the AGPL.

python -m benchmarks.by_pm4py PATH ROUNDS, with the Python that has benchmarks/requirements.txt. It imports nothing of
the package, and nothing imports it.
"""

from __future__ import annotations

import sys
import warnings
from itertools import pairwise
from pathlib import Path
from statistics import median

import pandas as pd
import pm4py

from benchmarks.measuring import Answers, peak_bytes, say, timed

KEYS = {"Issue key": "case:concept:name", "Status": "concept:name", "Changed at": "time:timestamp"}


def computed(path: Path) -> dict[str, object]:
    """Compute case durations, rework, variants, the performance DFG and the times in statuses of finished cases."""
    log = pd.read_csv(path, parse_dates=["Changed at"]).rename(columns=KEYS)
    log = pm4py.format_dataframe(log)
    log = pm4py.filter_end_activities(log, ["Done"])
    results: dict[str, object] = {
        "durations": pm4py.get_all_case_durations(log),
        "rework": pm4py.get_rework_cases_per_activity(log),
        "variants": pm4py.get_variants(log),
        "performance": pm4py.discover_performance_dfg(log)[0],
    }
    # A status lasts until the next one: pm4py wants its beginning and end in one row.
    log["start_timestamp"] = log["time:timestamp"]
    following = log.groupby("case:concept:name")["time:timestamp"].shift(-1)
    log["time:timestamp"] = following.fillna(log["start_timestamp"])
    results["spent"] = pm4py.get_service_time(log, start_timestamp_key="start_timestamp", aggregation_measure="sum")
    return results


def answers(results: dict[str, object]) -> Answers:
    """Bring pm4py's results into the form of the others; not timed."""
    durations, variants, spent, rework = (results[key] for key in ("durations", "variants", "spent", "rework"))
    assert isinstance(durations, list)
    assert isinstance(variants, dict)
    assert isinstance(spent, dict)
    assert isinstance(rework, dict)
    stages = [status.removeprefix("In ") for status in min(variants, key=len) if status.startswith("In ")]
    back = {path: _sent_back(path, stages) for path in variants}
    between = _by_performance(results["performance"], variants)
    return {
        "finished": len(durations),
        "lead time, sum": float(sum(durations)),
        "lead time, median": float(median(durations)),
        "variants": len(variants),
        "sent back": sum(back[path] * count for path, count in variants.items()),
        "items sent back": sum(count for path, count in variants.items() if back[path]),
        "time in status": {str(status): float(time) for status, time in spent.items()},
        "worked": {stage: between[f"In {stage}"] for stage in stages},
        "waited": {stage: between[f"Ready for {stage}"] for stage in stages},
        "items that came again": {str(status): float(count) for status, count in rework.items()},
    }


def _sent_back(path: tuple[str, ...], stages: list[str]) -> int:
    places = [stages.index(status.removeprefix("In ")) for status in path if status.startswith("In ")]
    return sum(after < before for before, after in pairwise(places))


def _by_performance(performance: object, variants: dict[tuple[str, ...], int]) -> dict[str, float]:
    """Add up the mean times between statuses, each as often as it occurred: the time in the first of the two."""
    assert isinstance(performance, dict)
    spent: dict[str, float] = {}
    for path, count in variants.items():
        for before, after in pairwise(path):
            spent[before] = spent.get(before, 0.0) + count * performance[before, after]["mean"]
    return spent


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    took, found = timed(lambda: computed(Path(sys.argv[1])), int(sys.argv[2]))
    say({"read and facts": took}, answers(found), peak_bytes(), version=pm4py.__version__)
