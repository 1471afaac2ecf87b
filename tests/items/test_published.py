"""Logs of others, with results that their authors or the issue state."""

from __future__ import annotations

import csv

import pytest

from tests.items.logs import SHARED, at, intervals
from vsm.items.facts import measure
from vsm.items.stream import clock_for, measured_stream
from vsm.worktime import Calendar

PATIENTS = SHARED / "bupar_patients.csv"
present = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data files are not here")


def patients():
    starts: dict[str, tuple[str, str, int]] = {}
    visits, stages = [], {}
    with PATIENTS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            time = at(row["time"].removesuffix("Z"))
            stage = stages.setdefault(row["handling"], len(stages))
            item = int(row["patient"]) - 1
            if row["registration_type"] == "start":
                starts[row["handling_id"]] = (item, stage, time)
            else:
                visits.append((row["handling_id"], time))
    return intervals([(*starts[pair], end) for pair, end in visits], tuple(stages))


@present
def test_patients_take_what_their_authors_found():
    log = patients()
    stream = measured_stream(log, name="Patients")
    figures = stream.measured
    assert (figures.items, figures.variants) == (500, 7)
    assert figures.lead_times.mean * 3600 == pytest.approx(576_833.0, abs=0.05)
    assert figures.lead_times.median * 3600 == pytest.approx(525_788, abs=0.5)
    items = measure(log, clock_for(log, None)).items
    assert items["worked"].sum() / items["lead_time"].sum() == pytest.approx(0.173184, abs=5e-7)
    office = measured_stream(log, name="Patients", calendar=Calendar()).measured.lead_times
    assert office.mean * 3600 == pytest.approx(137_057.9, abs=0.05)
    assert office.median * 3600 == pytest.approx(140_567.5, abs=0.05)
