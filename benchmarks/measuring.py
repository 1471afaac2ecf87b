"""What one implementation, in a process of its own, says of one log: times, peak memory and answers."""

from __future__ import annotations

import json
import re
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TypeVar

Answers = dict[str, float | dict[str, float]]
"""What was computed, by name: a number, or one for each stage."""
Result = TypeVar("Result")


def timed(work: Callable[[], Result], rounds: int) -> tuple[float, Result]:
    """Return the median seconds of some rounds, and what the last one gave."""
    times = []
    for _ in range(rounds):
        result: Result | None = None  # that of the round before makes room
        start = perf_counter()
        result = work()
        times.append(perf_counter() - start)
    assert result is not None, "not a single round"
    return median(times), result


def peak_bytes() -> int:
    """Return the most memory that this process has held.

    From /proc where there is one: `ru_maxrss` begins with that of the process which started this one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))
        if found:
            return int(found[1]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def say(seconds: dict[str, float], answers: Answers, peak: int = 0, **more: object) -> None:
    """Print the result for the process that asked, as JSON in the last line."""
    print(json.dumps({"seconds": seconds, "answers": answers, "peak": peak, **more}))


def differences(one: Answers, other: Answers) -> list[str]:
    """Name what two implementations answer differently, of what both answer; equal but for rounding is equal."""
    found = []
    for name in sorted(set(one) & set(other)):
        mine, theirs = (answer if isinstance(answer, dict) else {"": answer} for answer in (one[name], other[name]))
        for key in sorted(set(mine) | set(theirs)):
            a, b = mine.get(key, 0.0), theirs.get(key, 0.0)
            if abs(a - b) > 1e-9 * max(abs(a), abs(b)):
                found.append(f"{name} {key}".strip() + f": {a!r} and {b!r}")
    return found
