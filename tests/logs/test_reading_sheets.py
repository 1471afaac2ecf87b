"""Sheets with the same columns, one for each month or team, are one log; each row keeps its sheet and its number."""

from __future__ import annotations

import io
import random
from collections.abc import Mapping, Sequence

import openpyxl
import pytest

from tests import logs_by_hand as by_hand
from vsm.items.selection import select
from vsm.model import RowCount, Severity
from vsm.opening import MeasuredReading, read_data
from vsm.reading.log_shapes import Layout, LogChoices
from vsm.reading.logs import ON_SEVERAL_SHEETS, SHEETS_AS_ONE, opening

HEADER = ["Key", "Status", "Changed"]
Rows = Sequence[Sequence[object]]
STEPS = ("To do", "Doing", "Done")


@pytest.fixture(params=["small", "large"], autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "large":
        monkeypatch.setattr(opening, "LARGE", 0)


def book(sheets: Mapping[str, Rows], hidden: Sequence[str] = ()) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def read(data: bytes, choices: LogChoices | None = None) -> MeasuredReading:
    reading = read_data(data, "book.xlsx", choices or LogChoices())
    assert isinstance(reading, MeasuredReading)
    return reading


MONTHS = {
    "About": [["Exported by the tracker"]],
    "January": [HEADER, ["1", "Doing", "2026-01-05"], [], ["2", "Doing", "2026-01-30"], ["1", "Done", "2026-01-07"]],
    "February": [["Status", "Changed", "Key"], ["Done", "2026-02-02", "2"], ["Doing", "soon", "3"]],
    "People": [["Name", "Team"], ["Ann", "Blue"]],
    "March": [[], ["March"], ["Changed", "Key", "Status", "Remarks"], ["2026-03-02", None, "Doing", "?"]],
    "April": [HEADER],
}


def test_all_sheets_of_a_log_are_read_whatever_the_order_of_their_columns():
    reading = read(book(MONTHS))
    assert (reading.sheet, reading.layout) == ("January", Layout.EVENT_LOG)
    # Item 2 came on one sheet and was finished on another; the row of January 30 to February 2 counts whole.
    log = reading.log
    assert log is not None
    assert sorted(log.items) == ["1", "2"]
    assert reading.stream.measured.lead_times.mean == pytest.approx((3 + 4) / 2 * 24)


def test_the_rows_of_each_sheet_add_up_to_those_of_the_log():
    reading = read(book(MONTHS))
    assert {part.sheet: part.rows for part in reading.of_sheets} == {
        "January": RowCount(used=3, left_out=0, blank=1),
        "February": RowCount(used=1, left_out=1, blank=0),
        "March": RowCount(used=0, left_out=1, blank=0),
    }
    assert reading.rows == RowCount(used=4, left_out=2, blank=1)
    source = reading.stream.source
    assert [(part.file, part.sheet, part.rows.total) for part in source.parts] == [
        ("book.xlsx", "January", 4),
        ("book.xlsx", "February", 2),
        ("book.xlsx", "March", 1),
    ]


def test_every_message_says_on_which_sheet_a_row_stands():
    reading = read(book(MONTHS))
    assert reading.left_out == (
        (3, "The row has a time that cannot be read.", "February"),
        (4, "The row names no item.", "March"),
    )
    left_out = {problem.message: (problem.sheet, problem.row) for problem in reading.problems if problem.row}
    assert {message.split(",")[0].split(" (")[0]: place for message, place in left_out.items()} == {
        "Row 4 of sheet “March” names no item": ("March", 4),
        "Row 3 of sheet “February” has a time that cannot be read": ("February", 3),
    }
    (together,) = [problem for problem in reading.problems if problem.repair == SHEETS_AS_ONE]
    assert together.severity is Severity.NOTE
    assert together.message == (
        "The sheets “January” (4 rows), “February” (2 rows) and “March” (1 row) have the same columns and were read as "
        "one log. Choose one of them if they do not belong together."
    )


def test_rows_of_one_finding_on_several_sheets_are_named_together():
    many = [["1", "Doing", ""]] * 15
    data = book({"A": [HEADER, ["1", "Doing", "2026-01-05"], *many], "B": [HEADER, *many]})
    (message,) = [problem.message for problem in read(data).problems if problem.row]
    assert "rows 3 to 17 of sheet “A” and rows 2 to 16 of sheet “B”" in message


def test_one_sheet_can_be_chosen():
    reading = read(book(MONTHS), LogChoices(sheet="February"))
    assert (reading.sheet, reading.of_sheets, reading.rows.total) == ("February", (), 2)
    assert not [problem for problem in reading.problems if problem.repair == SHEETS_AS_ONE]


def test_a_sheet_that_is_not_there_is_named_with_those_read_instead():
    reading = read(book({"January": MONTHS["January"], "People": MONTHS["People"]}), LogChoices(sheet="December"))
    assert (reading.sheet, reading.rows.total) == ("January", 4)
    assert reading.problems[0].message == (
        "The sheet “December” was chosen, but the file has no such sheet: “January” was read instead. Choose another "
        "sheet if that is wrong."
    )
    assert len(read(book(MONTHS), LogChoices(sheet="December")).of_sheets) == 3
    assert read(book(MONTHS), LogChoices(sheet="february")).sheet == "February"


def test_hidden_sheets_and_sheets_of_another_log_stay_unread():
    sheets = {
        "Now": [HEADER, ["1", "Doing", "2026-01-05"]],
        "Old": [HEADER, ["0", "Doing", "2025-01-05"]],
        "Of teams": [[*HEADER, "Team"], ["9", "Doing", "2026-01-05", "Blue"]],
    }
    reading = read(book(sheets, hidden=["Old"]))
    # The one with a team names more columns of a log; the others, without, are another log.
    assert (reading.sheet, reading.of_sheets, reading.rows.total) == ("Of teams", (), 1)


@pytest.mark.parametrize("seed", range(2))
def test_a_log_dealt_out_to_sheets_in_any_order_gives_the_same_facts(seed: int):
    header, *rows = [line.split(",") for line in by_hand.EVENTS.splitlines()]
    rng = random.Random(seed)
    rng.shuffle(rows)
    sheets: dict[str, list[list[str]]] = {}
    for row in rows:
        name = rng.choice(["Red", "Green", "Blue"])
        order = {"Red": [0, 1, 2], "Green": [2, 0, 1], "Blue": [1, 2, 0]}[name]
        sheets.setdefault(name, [[header[i] for i in order]]).append([row[i] for i in order])
    reading = read(book(sheets))
    measured, stages = reading.stream.measured, {stage.name: stage for stage in reading.stream.stages}
    assert (measured.items, measured.finished, measured.sent_back) == (3, 2, 1)
    assert measured.lead_times.mean == pytest.approx(27)
    assert (stages["Build"].processing_time, stages["Build"].wait_time) == pytest.approx((7, 3))
    assert (stages["Test"].processing_time, stages["Test"].wait_time) == pytest.approx((5, 12))
    assert (stages["Build"].visits, stages["Test"].visits) == (4, 3)
    assert sum(part.rows.used for part in reading.of_sheets) == reading.rows.used == len(rows)


def test_an_item_with_dates_on_two_sheets_is_one_item():
    header = ["ID", "Ready", "Build", "Done"]
    january = [header, ["X", "2026-01-05", "2026-01-06", None], ["Y", "2026-01-07", None, None]]
    february = [header, ["X", "2026-01-05", "2026-01-06", "2026-02-03"]]
    measured = read(book({"January": january, "February": february})).stream.measured
    # X from 5 January to the end of 3 February.
    assert (measured.items, measured.finished, measured.lead_times.mean) == (2, 1, 30 * 24)


def of_team(first: int, *names: str) -> Rows:
    """Items 1 and 2, each in a status a day, from the day behind `first` on and the next; and who it names."""
    days = [(str(i), status, f"2026-01-{first + i + more:02d}") for i in (1, 2) for more, status in enumerate(STEPS)]
    return [[*HEADER, *["Team"][: len(names)]], *([*row, *names] for row in days)]


def test_teams_that_number_their_items_from_one_are_warned_that_equal_numbers_are_one_item():
    (said,) = (
        p for p in read(book({"Red": of_team(5), "Blue": of_team(12)})).problems if p.repair == ON_SEVERAL_SHEETS
    )
    assert said.severity is Severity.WARNING
    assert (
        "2 items that stand on several sheets were taken for one each, such as “1” on “Red” and “Blue”." in said.message
    )
    assert said.message.endswith("If each sheet numbers items of its own, say that they are different items on each.")


@pytest.mark.parametrize(("names", "teams"), [((), ("Red", "Blue")), (("Green",), ("Green",))])
def test_the_sheet_tells_items_apart_where_someone_says_so_and_is_the_team_where_no_column_is(
    names: tuple[str, ...], teams: tuple[str, ...]
):
    data = book({"Red": of_team(5, *names), "Blue": of_team(12, *names)})
    assert read(data).stream.measured.items == 2
    reading = read(data, LogChoices(items_by_sheet=True))
    log, measured = reading.log, reading.stream.measured
    assert list(log.items) == ["Red: 1", "Red: 2", "Blue: 1", "Blue: 2"]
    # Each came on one day and was finished at the end of the next but one.
    assert (measured.finished, measured.lead_times.mean, measured.sent_back) == (4, 3 * 24, 0)
    assert log.teams == teams
    assert len(select(log, teams=[teams[0]]).items) == 4 / len(teams)
    (said,) = (p for p in reading.problems if p.repair == ON_SEVERAL_SHEETS)
    assert said.severity is Severity.NOTE
    assert ("and is their team" in said.message) is not bool(names)


def test_rows_without_an_item_have_none_on_any_sheet():
    data = book({"Red": [HEADER, ["", "Doing", "2026-01-05"]], "Blue": [HEADER, ["1", "Doing", "2026-01-06"]]})
    reading = read(data, LogChoices(items_by_sheet=True))
    assert list(reading.log.items) == ["Blue: 1"]
    assert reading.rows == RowCount(used=1, left_out=1, blank=0)


def test_an_item_that_goes_on_in_the_next_month_is_named_without_a_warning():
    (said,) = (p for p in read(book(MONTHS)).problems if p.repair == ON_SEVERAL_SHEETS)
    assert said.severity is Severity.NOTE
    assert said.message.startswith("The item “2” on “January” and “February” was taken for one item.")


def test_items_of_which_each_stands_on_one_sheet_need_no_word():
    sheets = {"Red": [HEADER, ["R-1", "Doing", "2026-01-05"]], "Blue": [HEADER, ["B-1", "Doing", "2026-01-06"]]}
    assert [p for p in read(book(sheets)).problems if p.repair == ON_SEVERAL_SHEETS] == []
