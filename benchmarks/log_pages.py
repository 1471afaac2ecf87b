"""What pages do with a log: filters and charts. python -m benchmarks.log_pages PATH."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks.by_vsm import Read, read_and_measure
from benchmarks.measuring import say, timed
from vsm.analysis import Analysis, analyse
from vsm.charts.flow import flow_pictures
from vsm.charts.path_pictures import path_pictures
from vsm.charts.picture import Picture
from vsm.charts.stages import all_pictures
from vsm.charts.value_stream_map import value_stream_map
from vsm.charts.wait_pictures import causes_of_waits
from vsm.flow import MeasuredLog, finish_days, measured_log
from vsm.items.log import Log
from vsm.items.selection import select
from vsm.items.waiting import WorkingHours, causes_by_stage, divided_waits
from vsm.opening import measure_reading
from vsm.reading.log_shapes import LogChoices, LogReading

ROUNDS = 5


def filters(log: Log) -> dict[str, Callable[[], Log]]:
    """Return what a visitor may ask for: a type, and the middle half of the period."""
    days = finish_days(log)
    assert days is not None, "no item is finished"
    quarter: dt.timedelta = (days[1] - days[0]) / 4
    return {
        "filter by type": lambda: select(log, types=log.types[:1]),
        "filter by period": lambda: select(log, finished_from=days[0] + quarter, finished_to=days[1] - quarter),
    }


def new_figures(reading: LogReading, choose: Callable[[], Log]) -> tuple[Analysis, MeasuredLog]:
    """Do what a changed filter does, up to all figures of the overview and the measured log of the other pages."""
    log = choose()
    stream = measure_reading(replace(reading, log=log), LogChoices()).stream
    assert stream is not None, "nothing is left to measure"
    return analyse(stream), measured_log(log)


def sent_bytes(picture: Picture) -> int:
    """Count what a chart sends to the browser: its description as JSON, and its data as Arrow."""
    spec = picture.specification
    described = json.dumps({key: value for key, value in spec.items() if key != "datasets"})
    return len(described) + sum(len(data) for data in spec["datasets"].values())


def charts(found: Read) -> dict[str, int]:
    """Draw every chart of the log, and return how many bytes each sends."""
    m = found.measured
    stream = measure_reading(found.reading, LogChoices()).stream
    assert stream is not None, "nothing to measure"
    analysis = analyse(stream)
    hours = WorkingHours()
    waits = causes_of_waits(causes_by_stage(m.log, divided_waits(m.log, hours), hours))
    pictures = [*all_pictures(analysis), *flow_pictures(m), *path_pictures(m), *([waits] if waits else [])]
    drawing = value_stream_map(analysis)
    return {"value_stream_map": len(drawing.encode()), **{p.key: sent_bytes(p) for p in pictures}}


def main(path: Path) -> None:
    """Print the times of changed filters and the sizes of charts of one log."""
    found = read_and_measure(path)
    took = {}
    for name, choose in filters(found.measured.log).items():
        took[name], _ = timed(partial(new_figures, found.reading, choose), ROUNDS)
    say(took, {}, charts=charts(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
