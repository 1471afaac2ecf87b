"""Tables and workbooks that state several periods: read as one stream over time, with no row lost or counted twice."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.reading.tables_by_hand import problems_of, read_rows, read_text, sheet
from vsm import metrics
from vsm.model import RowCount
from vsm.reading.periods import in_time_order, period_named, periods_in
from vsm.reading.shapes import Cell, Choices, Reading, Role, Workbook
from vsm.reading.stages import read_workbook

HEAD = ("Stage", "Processing time (h)", "Wait time (h)", "%C&A")
JANUARY = (("Design", 4, 16, "80%"), ("Build", 8, 24, "90%"))
FEBRUARY = (("Design", 4, 12, "80%"), ("Build", 8, 16, "100%"))
MARCH = (("Design", 4, 8, "90%"), ("Build", 6, 6, "100%"), ("Test", 2, 2, None))


def with_period(name: object, rows: tuple[tuple[object, ...], ...]) -> list[tuple[object, ...]]:
    return [(name, *row) for row in rows]


def lead_times(reading: Reading) -> dict[str, float | None]:
    return {snapshot.period: metrics.lead_time(snapshot.stream) for snapshot in reading.snapshots}


def three(*names: object, header: str = "Month", **more: object) -> Reading:
    """Read three periods: 52 h, 40 h and 28 h from first to last."""
    rows = [
        row for name, rows in zip(names, (JANUARY, FEBRUARY, MARCH), strict=True) for row in with_period(name, rows)
    ]
    return read_rows((header, *HEAD), *rows, **more)  # type: ignore[arg-type]


def test_a_column_of_periods_makes_snapshots_and_the_latest_is_analysed() -> None:
    reading = three("Jan 2026", "Feb 2026", "Mar 2026")
    assert lead_times(reading) == {"Jan 2026": 52, "Feb 2026": 40, "Mar 2026": 28}
    assert reading.stream is not None
    assert reading.stream.source is not None
    assert [stage.name for stage in reading.stream.stages] == ["Design", "Build", "Test"]
    assert reading.stream.source.period == "Mar 2026"
    assert reading.stream.source.periods == ("Jan 2026", "Feb 2026", "Mar 2026")
    assert reading.rows == RowCount(used=7, left_out=0, blank=0)
    (note,) = problems_of(reading, "Rows of several periods")
    assert "names 3 periods, from Jan 2026 to Mar 2026. The figures are those of Mar 2026" in note.message
    assert not problems_of(reading, "Repeated stage names numbered")


def test_another_period_is_analysed_by_its_name_or_another_way_of_writing_it() -> None:
    for wanted in ("Jan 2026", "jan 2026", "2026-01"):
        reading = three("Jan 2026", "Feb 2026", "Mar 2026", choices=Choices(period=wanted))
        assert reading.stream is not None
        assert metrics.lead_time(reading.stream) == 52


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("Month", ("2026-01", "2026-02", "2026-03")),
        ("Monat", ("Januar", "Februar", "März")),
        ("Mois", ("Novembre", "Décembre", "Janvier")),
        ("Quarter", ("Q3 2025", "Q4 2025", "Q1 2026")),
        ("Sprint", ("Sprint 9", "Sprint 10", "Sprint 11")),
        ("Sprint", (9, 10, 11)),
        ("Week", ("KW 51 2025", "KW 1 2026", "KW 2 2026")),
        ("Jahr", (2024, 2025, 2026)),
        ("Date", (dt.date(2026, 1, 31), dt.date(2026, 2, 28), dt.date(2026, 3, 31))),
        ("Date", ("01/01/2026", "01/02/2026", "01/03/2026")),
        ("Date", ("1/1/2026", "2/1/2026", "3/1/2026")),
        ("Period", ("Baseline", "After the pilot", "Now")),
    ],
)
def test_periods_in_words_numbers_and_dates(header: str, names: tuple[object, ...]) -> None:
    assert list(lead_times(three(*names, header=header)).values()) == [52, 40, 28]


def test_periods_come_in_the_order_of_time_whatever_that_of_the_rows() -> None:
    rows = [*with_period("2026-03", MARCH), *with_period("2026-01", JANUARY), *with_period("2026-02", FEBRUARY)]
    assert lead_times(read_rows(("Month", *HEAD), *rows)) == {"2026-01": 52, "2026-02": 40, "2026-03": 28}


def test_periods_side_by_side_under_each_stage() -> None:
    """The stage is named once, in the first of its rows, as pivot tables do."""
    reading = read_text("""
Stage  | Month   | Processing time (h) | Wait time (h)
Design | Jan 26  | 4                   | 16
       | Feb 26  | 4                   | 12
Build  | Jan 26  | 8                   | 24
       | Feb 26  | 8                   | 16
""")
    assert lead_times(reading) == {"Jan 26": 52, "Feb 26": 40}
    assert "rows 3 and 5 is blank" in problems_of(reading, "Stage names filled down")[0].message


def test_a_period_named_once_for_its_rows_holds_for_those_below() -> None:
    reading = read_text("""
Month  | Stage  | Processing time (h) | Wait time (h)
Jan 26 | Design | 4                   | 16
       | Build  | 8                   | 24
Feb 26 | Design | 4                   | 12
       | Build  | 8                   | 16
""")
    assert lead_times(reading) == {"Jan 26": 52, "Feb 26": 40}
    assert "rows 3 and 5 is blank" in problems_of(reading, "Periods filled down")[0].message


def test_months_shown_without_a_day_are_named_so() -> None:
    cells = [Cell(dt.datetime(2026, month, 1), format="mmm yy") for month in (1, 2, 3)]
    assert list(lead_times(three(*cells))) == ["January 2026", "February 2026", "March 2026"]


def test_rows_in_are_used_left_out_or_blank_over_all_periods() -> None:
    reading = read_text("""
Month   | Stage  | Processing time (h) | Wait time (h)
2026-01 | Design | 4                   | 16
2026-01 | Build  | 8                   | 24
        | Total  | 12                  | 40

2026-02 | Design | 4                   | 12
2026-02 | Build  | 8                   | 16
        | Total  | 12                  | 28
""")
    assert reading.rows == RowCount(used=4, left_out=2, blank=1)
    assert [row.row for row in reading.left_out] == [4, 8]
    # Each total is that of its own period: none is odd, and no stage stands below its total.
    assert not problems_of(reading, "Total rows that do not add up")
    assert not problems_of(reading, "Stages below a total row")


def test_a_wrong_total_of_a_period_is_told() -> None:
    rows = [*with_period("2026-01", JANUARY), *with_period("2026-02", FEBRUARY), (None, "Total", 12, 41, None)]
    reading = read_rows(("Month", *HEAD), *rows)
    assert (
        len(problems_of(reading, "Total rows that do not add up")) == 1
    )  # 40 h waited in January, 28 h in February, 68 h in both


def test_the_whole_column_decides_for_all_periods() -> None:
    """1.0 is 100 % beside 0.85, though alone it could be 1 %."""
    rows = [("2026-01", "Design", 1, 1, 0.85), ("2026-02", "Design", 1, 1, 1)]
    reading = read_rows(("Month", *HEAD), *rows)
    assert [s.stream.stages[0].complete_accurate for s in reading.snapshots] == [0.85, 1.0]


@pytest.mark.parametrize(
    "rows",
    [
        [("Week 1", "Design", 4, 16), ("Week 2", "Build", 8, 24), ("Week 3", "Test", 1, 2)],
        [("W1", "Design", 4, 1), ("W2", "Review", 1, 1), ("W3", "Build", 8, 1), ("W4", "Review", 1, 1)],
    ],
)
def test_the_weeks_in_which_stages_are_due_are_no_periods(rows: list[tuple[object, ...]]) -> None:
    reading = read_rows(("Week", *HEAD[:3]), *rows)
    assert not reading.snapshots
    assert reading.stream is not None
    assert len(reading.stream.stages) == len(rows)


def test_a_chosen_column_names_periods_and_one_set_aside_does_not() -> None:
    rows = [*with_period("red", JANUARY), *with_period("blue", FEBRUARY)]
    plain = read_rows(("Colour", *HEAD), *rows)
    assert not plain.snapshots
    chosen = read_rows(("Colour", *HEAD), *rows, choices=Choices(columns=((Role.PERIOD, "Colour"),)))
    assert lead_times(chosen) == {"red": 52, "blue": 40}
    aside = three("Jan", "Feb", "Mar", choices=Choices(columns=((Role.IGNORE, "Month"),)))
    assert not aside.snapshots


def book(*named: tuple[str, tuple[tuple[object, ...], ...]], head: tuple[str, ...] = HEAD) -> Workbook:
    return Workbook(file="stream.xlsx", sheets=tuple(sheet(head, *rows, name=name) for name, rows in named))  # type: ignore[arg-type]


def test_one_sheet_for_each_month_is_one_stream_over_time() -> None:
    workbook = book(("Mar 2026", MARCH), ("Jan 2026", JANUARY), ("Feb 2026", FEBRUARY), ("Notes", (("see wiki",),)))
    reading = read_workbook(workbook)
    assert lead_times(reading) == {"Jan 2026": 52, "Feb 2026": 40, "Mar 2026": 28}
    assert reading.sheet == "Mar 2026"
    assert reading.rows == RowCount(used=7, left_out=0, blank=0)
    (note,) = problems_of(reading, "One sheet for each period")
    assert "3 sheets with the same columns" in note.message
    assert 'Not read: "Notes".' in note.message
    february = read_workbook(workbook, Choices(period="Feb 2026"))
    assert february.sheet == "Feb 2026"
    assert february.stream is not None
    assert metrics.lead_time(february.stream) == 40
    assert february.rows == reading.rows


def test_a_chosen_sheet_is_read_alone() -> None:
    reading = read_workbook(book(("Jan 2026", JANUARY), ("Feb 2026", FEBRUARY)), Choices(sheet="Jan 2026"))
    assert not reading.snapshots
    assert reading.rows.total == 2


@pytest.mark.parametrize("names", [("Sheet1", "Sheet2"), ("Current", "Future"), ("Jan 2026", "Sprint 3")])
def test_sheets_not_named_for_periods_of_one_kind_are_not_put_together(names: tuple[str, str]) -> None:
    assert not read_workbook(book((names[0], JANUARY), (names[1], FEBRUARY))).snapshots


def test_sheets_with_other_columns_are_not_put_together() -> None:
    workbook = Workbook(
        file="x.xlsx",
        sheets=(sheet(HEAD, *JANUARY, name="Q1"), sheet(("Stage", "Staff"), ("Design", 4), name="Q2")),
    )
    assert not read_workbook(workbook).snapshots


def test_a_sheet_that_cannot_be_read_is_said_and_its_rows_are_left_out() -> None:
    workbook = book(("Q1", JANUARY), ("Q2", FEBRUARY), ("Q3", ()))
    reading = read_workbook(workbook)
    assert lead_times(reading) == {"Q1": 52, "Q2": 40}
    (told,) = problems_of(reading, "Sheets left out of the trend")
    assert told.sheet == "Q3"


def test_months_on_a_sheet_for_each_year() -> None:
    years = [(year, (*with_period("Jan", JANUARY), *with_period("Feb", FEBRUARY))) for year in ("2025", "2026")]
    reading = read_workbook(book(*years, head=("Month", *HEAD)))
    assert lead_times(reading) == {"Jan 2025": 52, "Feb 2025": 40, "Jan 2026": 52, "Feb 2026": 40}
    assert reading.stream is not None
    assert reading.stream.source is not None
    assert reading.stream.source.period == "Feb 2026"


def names_in_order(*names: str) -> list[str]:
    found = periods_in([Cell(name) for name in names])
    return [period.name for period in in_time_order([period for period in found if period])]


def test_order_of_periods_without_a_year() -> None:
    assert names_in_order("Nov", "Dec", "Jan", "Feb") == ["Nov", "Dec", "Jan", "Feb"]
    assert names_in_order("Feb", "Jan", "Dec", "Nov") == ["Nov", "Dec", "Jan", "Feb"]
    assert names_in_order("Q3", "Q1", "Q2") == ["Q1", "Q2", "Q3"]
    assert names_in_order("Sprint 10", "Sprint 9") == ["Sprint 9", "Sprint 10"]


@pytest.mark.parametrize(
    "same",
    [
        ("Jan 2026", "2026-01", "01/2026", "January 2026", "Jan-26", "Januar 2026", "2026-01-01", "Q1 2026", "2026"),
        ("Week 12 2026", "2026-W12", "KW 12 2026", "2026-03-16"),
        ("Sprint 14", "sprint14", "Sprint #14"),
        ("Mars", "März", "March", "marzec"),
    ],
)
def test_ways_of_writing_one_beginning(same: tuple[str, ...]) -> None:
    places = {(found.counted_in, found.place) for text in same if (found := period_named(text))}
    assert len(places) == 1


@pytest.mark.parametrize("text", ["Sheet1", "Tabelle2", "Notes", "Current", "v2", "12", "2026-13", "Order to cash", ""])
def test_what_names_no_period(text: str) -> None:
    assert period_named(text) is None
