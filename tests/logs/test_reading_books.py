"""Logs in workbooks: small ones cell by cell, large ones by columns in a child process, with the same outcome."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from vsm.reading.log_shapes import Layout, LogReading
from vsm.reading.logs import LOG_LIMITS, book_frames, looks_like_log, opening, read_log
from vsm.reading.shapes import ReadError

HOUR = 3_600_000_000


def book() -> bytes:
    """A workbook with a cover sheet, and a log under a title, with a blank row and a case named NA."""
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].title = "About"
    workbook.worksheets[0].append(["Exported by the tracker"])
    sheet = workbook.create_sheet("Log")
    for row in (
        ["Changes of 2026"],
        [],
        ["Key", "Status", "Changed"],
        ["NA", "To Do", dt.datetime(2026, 1, 5, 9, 0, 30)],
        ["NA", "Doing", dt.datetime(2026, 1, 5, 10, 0, 30)],
        [],
        ["7", None, dt.datetime(2026, 1, 5, 10, 0, 30)],
        ["NA", "Done", dt.datetime(2026, 1, 5, 12, 0, 30)],
    ):
        sheet.append(row)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


@pytest.fixture(params=["small", "large"])
def data(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bytes:
    if request.param == "large":
        monkeypatch.setattr(opening, "LARGE", 0)
    return book()


def test_a_log_is_found_in_its_workbook(data: bytes):
    found: LogReading = read_log(data, "book.xlsx")
    assert (found.sheet, found.sheets, found.layout) == ("Log", ("About", "Log"), Layout.EVENT_LOG)
    assert (found.rows.used, found.rows.left_out, found.rows.blank) == (3, 1, 1)
    assert found.left_out == ((7, "The row names no stage."),)
    log = found.log
    assert log is not None
    assert (list(log.items), (log.finished - log.begun).tolist()) == (["NA"], [3 * HOUR])
    assert (log.visits.end - log.visits.start).tolist() == [HOUR, 2 * HOUR]


def test_a_log_in_a_workbook_is_recognised(data: bytes):
    assert looks_like_log(data, "book.xlsx") is Layout.EVENT_LOG


def test_a_damaged_workbook_is_refused_in_a_sentence():
    with pytest.raises(ReadError, match=r"“book\.xlsx” is damaged"):
        book_frames.read_book_frame(b"PK\x03\x04" + b"x" * 100, "book.xlsx", None, LOG_LIMITS)
