"""Totals of parts of a log, sent without their visits, give the stream of the whole."""

from __future__ import annotations

import dataclasses
import random

import numpy as np
import pytest

from tests.differences import differences
from tests.items.logs import entered, intervals, random_events, random_statuses, random_visits
from vsm.items.log import Log
from vsm.items.selection import keep
from vsm.items.stream import clock_for, measured_stream
from vsm.items.totals import joined, outline, totals_of
from vsm.worktime import Calendar


def any_log(rng: random.Random) -> Log:
    if rng.random() < 0.5:
        statuses, stages = random_statuses(rng)
        return entered(random_events(rng, len(statuses)), statuses, stages)
    visits = random_visits(rng, 3)
    people = [rng.randrange(-1, 2) for _ in visits]
    return intervals(visits, ("a", "b", "c"), people, ("Ann", "Bob"))


@pytest.mark.parametrize("seed", range(60))
def test_the_stream_of_parts_is_the_stream_of_the_whole(seed: int):
    rng = random.Random(seed)
    log = any_log(rng)
    calendar = Calendar() if seed % 2 else None
    part_of = np.array([rng.randrange(3) for _ in log.items])
    parts = [keep(log, part_of == part) for part in range(3)]
    sent = [outline(totals_of(part, clock_for(part, calendar))) for part in parts if len(part.items)]
    together = joined(sent)
    assert not any(together.log.items)
    assert not together.log.people
    added = measured_stream(together.log, name="Any", calendar=calendar, totals=together)
    whole = measured_stream(log, name="Any", calendar=calendar)
    assert differences(dataclasses.asdict(added), dataclasses.asdict(whole)) == []
