"""Reads and measures a log with this package: python -m benchmarks.by_vsm PATH ROUNDS."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.measuring import Answers, peak_bytes, say, timed
from vsm.flow import MeasuredLog, measured_log
from vsm.reading.limits import MEGABYTE
from vsm.reading.log_shapes import LogChoices, LogReading
from vsm.reading.logs import LOG_LIMITS, read_log

LIMITS = replace(
    LOG_LIMITS,
    upload_bytes=4096 * MEGABYTE,
    cells=200_000_000,
    seconds=600,
)
"""Ten million rows are more than an upload may have."""


@dataclass(frozen=True, kw_only=True)
class Read:
    """A log that was read, and what was measured of it."""

    reading: LogReading
    measured: MeasuredLog


def read_and_measure(path: Path) -> Read:
    """Go from a file to its facts, told nothing about its columns or statuses."""
    reading = read_log(path, path.name, LogChoices(), LIMITS)
    assert reading.log is not None, reading.blocking
    return Read(reading=reading, measured=measured_log(reading.log))


def answers(found: Read) -> Answers:
    """Return what the other implementations answer too; times in seconds, of finished items."""
    m = found.measured
    done = m.facts.items.loc[m.facts.items["finished"]]
    names = [name.removeprefix("In ") for name in m.log.stages]
    worked = dict(zip(names, m.facts.stages.worked.tolist(), strict=True))
    waited = dict(zip(names, m.facts.stages.waited.tolist(), strict=True))
    return {
        "finished": len(done),
        "lead time, sum": float(done["lead_time"].sum()),
        "lead time, median": float(done["lead_time"].median()),
        "variants": int(done["path"].nunique()),
        "sent back": int(done["sent_back"].sum()),
        "items sent back": int((done["sent_back"] > 0).sum()),
        "time in status": {
            **{f"In {name}": time for name, time in worked.items()},
            **{f"Ready for {name}": time for name, time in waited.items()},
        },
        "worked": worked,
        "waited": waited,
    }


def main(path: Path, rounds: int) -> None:
    """Print times, peak memory and answers of one log."""
    took, found = timed(lambda: read_and_measure(path), rounds)
    peak, log = peak_bytes(), found.measured.log
    facts, _ = timed(lambda: measured_log(log), 3)
    say({"read and facts": took, "facts": facts}, answers(found), peak)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
