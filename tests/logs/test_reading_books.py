"""Logs in workbooks: small ones cell by cell, large ones by columns in a child process, with the same outcome."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from vsm.model import Severity
from vsm.reading.log_shapes import Layout, LogChoices, LogReading
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
    assert found.left_out == ((7, "The row names no stage.", None),)
    log = found.log
    assert log is not None
    assert (list(log.items), (log.finished - log.begun).tolist()) == (["NA"], [3 * HOUR])
    assert (log.visits.end - log.visits.start).tolist() == [HOUR, 2 * HOUR]


def test_a_log_in_a_workbook_is_recognised(data: bytes):
    assert looks_like_log(data, "book.xlsx") is Layout.EVENT_LOG


def test_lengths_of_time_hidden_sheets_and_empty_columns(monkeypatch: pytest.MonkeyPatch):
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].title = "Old"
    workbook.worksheets[0].append(["Key", "Build", "Test", "Status", "Changed"])
    workbook.worksheets[0].sheet_state = "hidden"
    sheet = workbook.create_sheet("Times")
    sheet.append([None, "Key", "Build", "Test"])
    for key, hours in (("A", 26.0), ("B", 0.5), ("C", 24.0 * 100)):
        sheet.append([None, key, dt.timedelta(hours=hours), dt.timedelta(hours=1, seconds=5)])
        for letter in "CD":
            sheet[f"{letter}{sheet.max_row}"].number_format = "[h]:mm:ss"
    workbook.active = 1
    stream = io.BytesIO()
    workbook.save(stream)
    for large in (False, True):
        if large:
            monkeypatch.setattr(opening, "LARGE", 0)
        found = read_log(stream.getvalue(), "book.xlsx", LogChoices(layout=Layout.WIDE_DURATIONS))
        assert (found.sheet, [(c.letter, c.header) for c in found.columns][1]) == ("Times", ("B", "Key"))
        assert found.log is not None
        lengths = (found.log.visits.end - found.log.visits.start) / HOUR
        assert lengths.tolist() == pytest.approx([26, 1 + 5 / 3600, 0.5, 1 + 5 / 3600, 2400, 1 + 5 / 3600])


def test_error_cells_count_as_blank_and_are_named(monkeypatch: pytest.MonkeyPatch):
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for row in (["Key", "Status", "Changed"], ["A", "To do", dt.datetime(2026, 1, 5, 9)], ["A", "x", None]):
        sheet.append([None, *row])
    sheet["C3"].value, sheet["C3"].data_type = "#N/A", "e"
    stream = io.BytesIO()
    workbook.save(stream)
    monkeypatch.setattr(opening, "LARGE", 0)
    found = read_log(stream.getvalue(), "book.xlsx")
    assert found.left_out == ((3, "The row names no stage.", None),)
    assert any("The cell C3 of sheet “Sheet” holds an error" in problem.message for problem in found.problems)


def test_a_damaged_workbook_is_refused_in_a_sentence():
    with pytest.raises(ReadError, match=r"“book\.xlsx” is damaged"):
        book_frames.read_book_frame(b"PK\x03\x04" + b"x" * 100, "book.xlsx", None, LOG_LIMITS)


def test_a_merged_cell_names_the_item_of_all_of_its_rows() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    rows = [["A", "Build", 5], [None, "Test", 7], [None, "Done", 8], ["B", "Build", 6], [None, "Done", 9],
            [None, "Build", 12]]  # fmt: skip
    sheet.append(["Key", "Status", "Changed"])
    for key, status, day in rows:
        sheet.append([key, status, dt.datetime(2026, 1, day, 9)])
    sheet.merge_cells("A2:A4")
    sheet.merge_cells("A5:A6")
    data = io.BytesIO()
    workbook.save(data)
    assert looks_like_log(data.getvalue(), "log.xlsx") is not None
    found = read_log(data.getvalue(), "log.xlsx")
    assert found.log is not None
    assert list(found.log.items) == ["A", "B"]
    assert (found.rows.used, found.rows.left_out) == (5, 1)  # the last row lies in no merged cell
    assert any(p.severity is Severity.NOTE and "3 cells below the first of merged ones" in p.message
               for p in found.problems)  # fmt: skip
