"""Lists of items as gh writes them in JSON: read as the CSV of the same items would be."""

from __future__ import annotations

import json
from typing import Any

import pytest

from vsm.opening import MeasuredReading, read_data
from vsm.reading import ReadError
from vsm.reading.files import open_bytes
from vsm.reading.json_items import MOST_BYTES
from vsm.reading.limits import Limits

ANN, BOB = {"id": "U1", "login": "ann", "name": "Ann A."}, {"id": "U2", "login": "bob", "name": ""}
ISSUES: list[dict[str, Any]] = [
    {
        "assignees": [ANN, BOB], "closedAt": "2026-01-06T08:00:00Z", "createdAt": "2026-01-05T08:00:00Z",
        "labels": [{"id": "L", "name": "bug", "color": "red"}], "number": 1, "state": "CLOSED",
        "stateReason": "COMPLETED", "title": "One, two", "milestone": {"number": 1, "title": "May"},
    },
    {
        "assignees": [], "closedAt": "2026-01-08T08:00:00Z", "createdAt": "2026-01-05T08:00:00Z", "labels": [],
        "number": 2, "state": "CLOSED", "stateReason": "NOT_PLANNED", "title": "Never", "milestone": None,
    },
    {
        "assignees": [BOB], "closedAt": None, "createdAt": "2026-01-07T08:00:00Z", "labels": [], "number": 3,
        "state": "OPEN", "stateReason": "", "title": "Later", "milestone": None,
    },
]  # fmt: skip


def test_issues_of_gh_are_measured():
    reading = read_data(json.dumps(ISSUES, indent=2).encode(), "issues.json")
    assert isinstance(reading, MeasuredReading)
    assert reading.source == "GitHub issues"
    measured = reading.stream.measured
    assert (measured.finished, measured.cancelled, measured.open) == (1, 1, 1)
    assert measured.lead_times.mean == 24
    assert (reading.rows.total, reading.rows.used) == (3, 3)


def test_what_is_nested_stands_by_its_name():
    (sheet,) = open_bytes(json.dumps(ISSUES).encode(), "issues.json").sheets
    rows = [[cell.value for cell in row] for row in sheet.rows]
    first = dict(zip(rows[0], rows[1], strict=False))
    assert (first["assignees"], first["labels"], first["milestone"], first["number"]) == ("ann, bob", "bug", "May", 1)


def test_a_long_list_is_read_like_a_short_one():
    issue = {"number": 1, "title": "t" * 50, "createdAt": "2026-01-05T08:00:00Z", "closedAt": "2026-01-06T08:00:00Z"}
    many = [issue | {"number": number} for number in range(10_000)]
    reading = read_data(json.dumps(many).encode(), "issues.json")
    assert isinstance(reading, MeasuredReading)
    assert (reading.rows.used, reading.stream.measured.finished) == (10_000, 10_000)


def test_a_list_deeper_than_anybody_needs_is_refused():
    with pytest.raises(ReadError):
        open_bytes(b'[{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}]", "deep.json")


def test_more_than_is_read_says_what_to_leave_out():
    data = b'[{"body": "' + b"x" * MOST_BYTES + b'"}]'
    with pytest.raises(ReadError, match="leave out the keys with long texts"):
        open_bytes(data, "long.json", Limits(upload_bytes=2 * MOST_BYTES))


def test_keys_of_many_digits_stay_as_they_are():
    (sheet,) = open_bytes(b'[{"id": 12345678901234567890, "size": 1e400, "ok": true}]', "x.json").sheets
    assert sheet.rows[1][0].value == "12345678901234567890"
