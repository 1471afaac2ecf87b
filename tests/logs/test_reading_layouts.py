"""Any log of visits, written in any layout and dialect, comes back as the same visits."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vsm.items.log import OPEN, Log
from vsm.reading.log_shapes import Layout, LogReading
from vsm.reading.logs import looks_like_log, read_log

STAGES = ("Analysis", "Build, with signs", "Prüfung", "Ship")
BEGIN = dt.datetime(2026, 1, 13, 8)
"""A thirteenth, so that day and month cannot be mistaken where it is written with numbers."""

Visit = tuple[str, str, int, int | None]
"""Item, stage, start and end in minutes after `BEGIN`; no end while it lasts."""
Row = dict[str, str]


@dataclass(frozen=True)
class Dialect:
    delimiter: str
    encoding: str
    line_end: str
    moment: Callable[[int], str]
    extra: bool
    order: int
    blank_lines: bool

    def write(self, rows: list[Row]) -> bytes:
        names = list(dict.fromkeys(name for row in rows for name in row))
        if self.extra:
            names = ["Remark", *names, "Points"]
        turned = names[self.order % len(names) :] + names[: self.order % len(names)]
        text = io.StringIO()
        writer = csv.writer(text, delimiter=self.delimiter, lineterminator=self.line_end)
        writer.writerow(turned)
        for number, row in enumerate(rows):
            writer.writerow([row.get(name, 'see "notes", please' if name == "Remark" else "3") for name in turned])
            if self.blank_lines and number % 3 == 0:
                text.write(self.line_end)
        return text.getvalue().encode(self.encoding)


def at(minute: int) -> dt.datetime:
    return BEGIN + dt.timedelta(minutes=minute)


MOMENTS: tuple[Callable[[int], str], ...] = (
    lambda m: at(m).isoformat(" "),
    lambda m: at(m).isoformat() + "Z",
    lambda m: (at(m) + dt.timedelta(hours=5, minutes=30)).isoformat() + "+05:30",
    lambda m: at(m).strftime("%d.%m.%Y %H:%M"),
    lambda m: at(m).strftime("%m/%d/%Y %I:%M %p"),
    lambda m: at(m).strftime("%d/%b/%y %I:%M %p"),
    lambda m: at(m).strftime("%B %d, %Y %H:%M:%S"),
    lambda m: str(int(at(m).replace(tzinfo=dt.UTC).timestamp())),
)

dialects = st.builds(
    Dialect,
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    line_end=st.sampled_from(["\n", "\r\n"]),
    moment=st.sampled_from(MOMENTS),
    extra=st.booleans(),
    order=st.integers(0, 8),
    blank_lines=st.booleans(),
)
names = st.lists(
    st.sampled_from(["NA", "None", "null", "A-1", "A-2", "7", "Ärger, groß", 'the "one"']),
    min_size=1,
    max_size=5,
    unique=True,
)


@st.composite
def paths(draw: st.DrawFn, *, repeats: bool = True, gaps: bool = True, still_open: bool = True) -> list[Visit]:
    """Visits of some items, one after the other, some with waits between; the last may be open."""
    visits: list[Visit] = []
    for item in draw(names):
        stages = draw(st.lists(st.sampled_from(STAGES), min_size=2, max_size=5, unique=not repeats))
        stages = stages if repeats else sorted(stages, key=STAGES.index)
        now = draw(st.integers(0, 5000))
        for place, stage in enumerate(stages):
            length = draw(st.integers(1, 3000))
            is_open = still_open and place == len(stages) - 1 and draw(st.booleans())
            visits.append((item, stage, now, None if is_open else now + length))
            now += length + (draw(st.integers(0, 900)) if gaps else 0)
    return visits


def understood(data: bytes, layout: Layout) -> LogReading:
    assert looks_like_log(data, "log.csv") is layout
    found = read_log(data, "log.csv")
    assert found.layout is layout
    assert found.log is not None, found.blocking
    assert found.rows.left_out == 0, found.problems
    return found


def worked(log: Log) -> list[Visit]:
    """The working stretches of a log, as visits."""
    v = log.visits
    zero = int(BEGIN.replace(tzinfo=dt.UTC).timestamp()) * 10**6
    return sorted(
        (
            (
                log.items[i],
                log.stages[s],
                (start - zero) // 60_000_000,
                None if end == OPEN else (end - zero) // 60_000_000,
            )
            for i, s, start, end, waits in zip(
                v.item.tolist(), v.stage.tolist(), v.start.tolist(), v.end.tolist(), v.waiting.tolist(), strict=True
            )
            if not waits
        ),
        key=str,
    )


def in_order(visits: list[Visit]) -> list[Visit]:
    return sorted(visits, key=str)


many = settings(max_examples=40, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@many
@given(visits=paths(), dialect=dialects, shuffle=st.randoms(use_true_random=False))
def test_a_stage_log(visits: list[Visit], dialect: Dialect, shuffle):
    rows = [
        {"Case ID": item, "Activity": stage, "Start": dialect.moment(a), "End": "" if b is None else dialect.moment(b)}
        for item, stage, a, b in visits
    ]
    # A row that is whole comes first, so that the column is one of times also where every end is blank.
    shuffle.shuffle(rows)
    if all(b is None for _, _, _, b in visits):
        return
    found = understood(dialect.write(rows), Layout.STAGE_LOG)
    assert found.rows.used == len(visits)
    assert found.log is not None
    assert worked(found.log) == in_order(visits)


@many
@given(visits=paths(), dialect=dialects, ids=st.booleans(), shuffle=st.randoms(use_true_random=False))
def test_start_and_completion_rows(visits: list[Visit], dialect: Dialect, ids: bool, shuffle):
    rows = []
    for number, (item, stage, a, b) in enumerate(visits):
        row = {"patient": item, "handling": stage} | ({"handling_id": str(number)} if ids else {})
        rows.append(row | {"registration_type": "start", "time": dialect.moment(a)})
        if b is not None:
            rows.append(row | {"registration_type": "complete", "time": dialect.moment(b)})
    shuffle.shuffle(rows)
    if all(b is None for _, _, _, b in visits):
        return
    found = understood(dialect.write(rows), Layout.EVENT_LOG)
    assert found.log is not None
    assert worked(found.log) == in_order(visits)


@many
@given(visits=paths(gaps=False, still_open=False), dialect=dialects)
def test_statuses_entered(visits: list[Visit], dialect: Dialect):
    rows = [{"Key": item, "Status": stage, "Changed": dialect.moment(a)} for item, stage, a, _ in visits]
    last = {item: b for item, _, _, b in visits}
    rows += [{"Key": item, "Status": "Done", "Changed": dialect.moment(b)} for item, b in last.items() if b is not None]
    found = understood(dialect.write(rows), Layout.EVENT_LOG)
    assert found.log is not None
    # Repeats of one status in a row are one visit.
    merged: list[Visit] = []
    for item, stage, a, b in visits:
        if merged and merged[-1][:2] == (item, stage):
            merged[-1] = (item, stage, merged[-1][2], b)
        else:
            merged.append((item, stage, a, b))
    assert worked(found.log) == in_order(merged)


@many
@given(visits=paths(gaps=False, still_open=False), dialect=dialects)
def test_activities_completed(visits: list[Visit], dialect: Dialect):
    rows = [
        {"Case ID": item, "Activity": stage, "Complete Timestamp": dialect.moment(b or 0)}
        for item, stage, _, b in visits
    ]
    found = understood(dialect.write(rows), Layout.EVENT_LOG)
    assert found.log is not None
    # The time before an item's first completion is not known: its first visit has no length.
    first = {item: b for item, _, _, b in reversed(visits)}
    known = [(item, stage, b if b == first[item] else a, b) for item, stage, a, b in visits]
    assert worked(found.log) == in_order(known)


@many
@given(visits=paths(repeats=False, gaps=False, still_open=False), dialect=dialects)
def test_wide_dates(visits: list[Visit], dialect: Dialect):
    last = {item: b for item, _, _, b in visits}
    stages = sorted({stage for _, stage, _, _ in visits}, key=STAGES.index)
    rows = []
    for item, finished in last.items():
        entered = {stage: dialect.moment(a) for i, stage, a, _ in visits if i == item}
        rows.append({"ID": item} | {s: entered.get(s, "") for s in stages} | {"Done": dialect.moment(finished or 0)})
    if dialect.moment is MOMENTS[-1]:
        return  # plain numbers under the name of a stage are no dates
    found = understood(dialect.write(rows), Layout.WIDE_DATES)
    assert found.log is not None
    assert worked(found.log) == in_order(visits)


@many
@given(visits=paths(repeats=False, gaps=False, still_open=False), dialect=dialects)
def test_wide_durations(visits: list[Visit], dialect: Dialect):
    items = list(dict.fromkeys(item for item, _, _, _ in visits))
    stages = sorted({stage for _, stage, _, _ in visits}, key=STAGES.index)
    rows = []
    for item in items:
        spent = {stage: f"{(b or 0) - a}m" for i, stage, a, b in visits if i == item}
        rows.append({"Key": item} | {stage: spent.get(stage, "-") for stage in stages})
    found = understood(dialect.write(rows), Layout.WIDE_DURATIONS)
    log = found.log
    assert log is not None
    lengths = {(i, s): b - a for i, s, a, b in worked(log) if b is not None}
    assert lengths == {(i, s): (b or 0) - a for i, s, a, b in visits}


@pytest.mark.parametrize("whole", [True, False])
def test_dates_without_a_time_count_to_the_end_of_the_last_day(whole: bool):
    end = "2026-01-06" if whole else "2026-01-06 00:01"
    found = read_log(f"Case,Activity,Start,End\n1,Build,2026-01-05,{end}\n".encode(), "log.csv")
    assert found.whole_days is whole
    assert found.log is not None
    assert (found.log.finished - found.log.begun).tolist() == [(2880 if whole else 1441) * 60_000_000]


def test_of_two_columns_of_one_name_the_one_that_was_not_needed_is_named_by_its_letter():
    text = "Key,Status,Status,Changed\n1,To Do,x,2026-01-05\n1,Done,x,2026-01-07\n"
    assert "The column “Status” (C) was not needed." in read_log(text.encode(), "twice.csv").notes
