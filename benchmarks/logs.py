"""Reads and measures made-up item logs here and elsewhere, and prints ratios beside the goals as a Markdown table.

    .venv/bin/python -m benchmarks.logs

Nothing here passes or fails by the clock; it fails where two implementations give different answers.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks.made_logs import make_events, write_csv, write_xlsx
from benchmarks.measuring import Took, differences

ROOT = Path(__file__).resolve().parent.parent
PM4PY = ROOT / ".venv-pm4py" / "bin" / "python"
ROUNDS = 3
MEGABYTE = 1e6
FASTER = "{:.1f} times"
LARGE_RUNS = 2
HEADER = ("", "goal", "measured", "by processor time", "from")

Result = dict[str, Any]
"""What `measuring.say` printed."""
Row = tuple[str, str, str, str, str]


@dataclass
class Comparison:
    """Rows of the table, answers by implementation, and what to say of what is missing."""

    rows: list[Row] = field(default_factory=list)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Files:
    """The made-up logs, by the number of their events."""

    folder: Path

    def csv(self, events: int) -> Path:
        """Return the log as CSV, written where it is not there yet."""
        path = self.folder / f"log_{events}.csv"
        if not path.exists():
            write_csv(make_events(events), path)
        return path

    def xlsx(self, events: int) -> Path:
        """Return the log as a workbook, written where it is not there yet."""
        path = self.folder / f"log_{events}.xlsx"
        if not path.exists():
            write_xlsx(make_events(events), path)
        return path


def run(module: str, *arguments: object, python: str | Path = sys.executable) -> Result:
    """Run one implementation in a process of its own, and return what it says."""
    command = [str(python), "-m", f"benchmarks.{module}", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(f"{module} came to an end with an error.\n{done.stderr}")
    result: Result = json.loads(done.stdout.splitlines()[-1])
    return result


def against_others(table: Comparison, files: Files, events: int, pm4py: Path) -> Result:
    """Compare reading and measuring with pm4py and with pandas; return the result of this package."""
    path = files.csv(events)
    ours = run("by_vsm", path, ROUNDS)
    others = {"straightforward pandas": (run("by_pandas", path, ROUNDS), "10 times faster")}
    if has_pm4py(pm4py):
        result = run("by_pm4py", path, ROUNDS, python=pm4py)
        others = {f"pm4py {result['version']}": (result, "20 times faster"), **others}
    else:
        table.notes.append(
            f"pm4py is not installed at {pm4py}, so its row is left out; the README of the benchmarks says how."
        )
    table.answers["this package"] = ours["answers"]
    for name, (result, goal) in others.items():
        title = f"read and facts, {events:,} events, against {name}"
        table.rows.append((title, goal, *ratio(took(result, "read and facts"), took(ours, "read and facts"), FASTER)))
        table.answers[name] = result["answers"]
    return ours


def has_pm4py(python: Path) -> bool:
    """Tell whether this Python can import pm4py."""
    if not python.exists():
        return False
    done = subprocess.run([python, "-c", "import pm4py"], capture_output=True, check=False)
    return done.returncode == 0


def took(result: Result, name: str) -> Took:
    """Return how long a part took."""
    return Took(*result["took"][name])


def ratio(one: Took, other: Took, form: str) -> tuple[str, str, str]:
    """Say what one took over the other: as a person waits, as processors work, and from which seconds."""
    came = f"{one.seconds:.3g} s, {other.seconds:.3g} s"
    return form.format(one.seconds / other.seconds), form.format(one.processor / other.processor), came


def quickest(results: Sequence[Result]) -> Result:
    """Put the shortest times and the smallest peak of some runs together."""
    names = results[0]["took"]
    best = {name: [min(times) for times in zip(*(r["took"][name] for r in results), strict=True)] for name in names}
    return {**results[0], "took": best, "peak": min(result["peak"] for result in results)}


def growth_and_memory(table: Comparison, files: Files, events: int, small: Result) -> None:
    """Compare a log of ten times the size with pandas that only reads, with the small log, and with its own size."""
    path = files.csv(events)
    runs = [(run("by_pandas", path, 1, "ALONE"), run("by_vsm", path, 1)) for _ in range(LARGE_RUNS)]
    alone, large = quickest([pandas for pandas, _ in runs]), quickest([ours for _, ours in runs])
    title = f"read and facts against `pandas.read_csv` with dates alone, {events:,} events"
    table.rows.append((title, "at most 1.0", *ratio(took(large, "read and facts"), took(alone, "read"), "{:.2f}")))
    for name, goal in (("facts", "at most 10.5 times"), ("read and facts", "")):
        title = f"{name} from {events // 10:,} to {events:,} events, growth"
        table.rows.append((title, goal, *ratio(took(large, name), took(small, name), "{:.1f} times")))
    size = path.stat().st_size
    for name, goal, peak in (("", "at most 1.3", large["peak"]), (", of pandas, which only reads", "", alone["peak"])):
        title = f"peak memory over the CSV's size, {events:,} events{name}"
        came = f"{peak / MEGABYTE:,.0f} MB, {size / MEGABYTE:,.0f} MB"
        table.rows.append((title, goal, f"{peak / size:.2f}", "", came))


def workbook(table: Comparison, files: Files, events: int) -> None:
    """Compare reading and measuring a workbook with pandas that only reads it."""
    path = files.xlsx(events)
    ours, theirs = run("by_vsm", path, 1), run("by_pandas", path, 1, "ALONE")
    title = f"xlsx of {events:,} rows, read and facts, against pandas with openpyxl, which only reads"
    table.rows.append((title, "10 times faster", *ratio(took(theirs, "read"), took(ours, "read and facts"), FASTER)))
    table.answers["this package, of the workbook"] = ours["answers"]


def pages(table: Comparison, files: Files, events: int) -> None:
    """Time a changed filter, and weigh the charts."""
    result = run("log_pages", files.csv(events))
    for name in result["took"]:
        waited, worked = took(result, name)
        title = f"{name}, {events:,} events, to the new figures"
        table.rows.append((title, "0.3 s", f"{waited:.2f} s", f"{worked:.2f} s", ""))
    name, size = max(result["charts"].items(), key=lambda chart: chart[1])
    came = f"“{name}” among {len(result['charts'])} charts"
    title = f"largest chart, {events:,} events, to the browser"
    table.rows.append((title, "at most 0.5 MB", f"{size / MEGABYTE:.2f} MB", "", came))


def unequal(answers: dict[str, dict[str, Any]]) -> list[str]:
    """Name every answer that two implementations do not share."""
    return [
        f"{one} and {other}: {difference}"
        for one, other in combinations(answers, 2)
        for difference in differences(answers[one], answers[other])
    ]


def markdown(rows: Iterable[Sequence[str]]) -> str:
    """Write the table."""
    return "\n".join(f"| {' | '.join(row)} |" for row in (HEADER, ["---"] * len(HEADER), *rows))


def main() -> None:
    """Print the table and whether all answered the same."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.logs", description="Compare item logs with others.")
    parser.add_argument("--quick", action="store_true", help="a tenth of the sizes")
    parser.add_argument("--folder", type=Path, help="keep the made-up logs here, and use those that are there")
    parser.add_argument("--pm4py", type=Path, default=PM4PY, help="the Python that has pm4py")
    options = parser.parse_args()
    events = 100_000 if options.quick else 1_000_000
    table = Comparison()
    with tempfile.TemporaryDirectory() as folder:
        files = Files(options.folder or Path(folder))
        ours = against_others(table, files, events, options.pm4py)
        growth_and_memory(table, files, 10 * events, ours)
        workbook(table, files, events)
        pages(table, files, events)
    print(markdown(table.rows), *table.notes, sep="\n\n", end="\n\n")
    found = unequal(table.answers)
    if found:
        raise SystemExit("The answers differ:\n" + "\n".join(found))
    print(f"The same answers from {', '.join(table.answers)}.")


if __name__ == "__main__":
    main()
