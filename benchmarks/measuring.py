"""What one implementation, in a process of its own, says of one log: times, peak memory and answers."""

from __future__ import annotations

import json
import re
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple, TypeVar

Answers = dict[str, float | dict[str, float]]
"""What was computed, by name: a number, or one for each stage."""
Result = TypeVar("Result")


class Took(NamedTuple):
    """What work took: seconds that a person waits, and seconds that processors worked."""

    seconds: float
    processor: float


def timed(work: Callable[[], Result], rounds: int) -> tuple[Took, Result]:
    """Return the shortest times of some rounds, as other work on the machine only adds; and what the last one gave."""
    times = []
    for _ in range(rounds):
        result: Result | None = None  # that of the round before makes room
        start, busy = perf_counter(), _processor_seconds()
        result = work()
        times.append((perf_counter() - start, _processor_seconds() - busy))
    assert result is not None, "not a single round"
    waited, worked = zip(*times, strict=True)
    return Took(seconds=min(waited), processor=min(worked)), result


def _processor_seconds() -> float:
    """Of this process, its threads and the processes it has started and that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime


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


def say(took: dict[str, Took], answers: Answers, peak: int = 0, **more: object) -> None:
    """Print the result for the process that asked, as JSON in the last line."""
    print(json.dumps({"took": took, "answers": answers, "peak": peak, **more}))


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
