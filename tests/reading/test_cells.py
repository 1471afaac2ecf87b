"""Cells -> hours, shares and counts; what cannot be read is reported with row, column and what was found."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.reading.tables_by_hand import problems_of, read_rows, read_text
from vsm.model import Definitions, Severity
from vsm.reading.shapes import Cell, CellValue, Choices, Reading


def one_column(header: str, *values: CellValue | Cell, choices: Choices | None = None, **more: object) -> Reading:
    """Read a table whose stages A, B, ... have only this column and a wait of 1."""
    rows = [(chr(ord("A") + i), value, 1) for i, value in enumerate(values)]
    return read_rows(("Step", header, "Wait (h)"), *rows, choices=choices, **more)


def figures(reading: Reading, name: str) -> list[float | None]:
    assert reading.stream is not None, reading.blocking
    return [getattr(stage, name) for stage in reading.stream.stages]


def errors(reading: Reading) -> list[tuple[int | None, str | None, str | None]]:
    return [(p.row, p.column, p.found) for p in reading.problems if p.severity is Severity.ERROR]


def test_units_mixed_in_one_column_of_text() -> None:
    reading = one_column("PT", "15m", "2h", "1,5 dnia", "3 days", "1:30", "2d 4h", "PT2H30M", "26:00", "90")
    assert figures(reading, "processing_time") == [0.25, 2.0, 12.0, 24.0, 1.5, 20.0, 2.5, 26.0, 90.0]
    assert errors(reading) == []


def test_typed_times() -> None:
    values = (dt.timedelta(hours=26), dt.time(1, 30), 2, 0.5, Cell(dt.timedelta(minutes=6), "[h]:mm"))
    assert figures(one_column("PT (h)", *values), "processing_time") == [26.0, 1.5, 2.0, 0.5, pytest.approx(0.1)]


@pytest.mark.parametrize(
    ("choices", "expected", "noted"),
    [
        (Choices(), 30.0, 1),
        (Choices(definitions=Definitions(unit="min")), 0.5, 0),
        (Choices(units=(("PT", "d"),)), 240.0, 0),
    ],
)
def test_numbers_without_a_unit(choices: Choices, expected: float, noted: int) -> None:
    reading = one_column("PT", 30, choices=choices)
    assert figures(reading, "processing_time") == [expected]
    assert len(problems_of(reading, "Times without a unit read as hours")) == noted


@pytest.mark.parametrize(
    ("cells", "noted"),
    [(("2 h", "0", 0, "0.0"), []), (("2 h", "0", "3", "1 d"), ['Column "PT", row 4:']), ((0, 0), [])],
)
def test_zero_needs_no_unit(cells: tuple[CellValue, ...], noted: list[str]) -> None:
    problems = problems_of(one_column("PT", *cells), "Times without a unit read as hours")
    assert [p.message.partition(" nothing")[0] for p in problems] == noted


def test_a_line_that_names_the_unit_of_all_times_counts() -> None:
    reading = read_text("All times in minutes\n\nStep|PT|Wait (h)\nA|30|2")
    assert figures(reading, "processing_time") == [0.5]
    assert figures(reading, "wait_time") == [2.0]
    assert ("unit", 'the line "All times in minutes"') in reading.definitions_said_by
    assert reading.stream is not None
    assert reading.stream.name == "Stream"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (Cell(error="#DIV/0!"), "#DIV/0!"),
        ("#N/A", "#N/A"),
        (Cell(error="formula without a saved value"), "formula without a saved value"),
        (True, "TRUE"),
        ("FALSE", "FALSE"),
        (float("inf"), "inf"),
        ("nan", "nan"),
        (-1.5, "-1.5"),
        ("-2h", "-2h"),
        (dt.timedelta(hours=-1), "-1:00"),
        (dt.datetime(2024, 1, 5), "2024-01-05"),
        (dt.date(2024, 1, 5), "2024-01-05"),
        ("05.01.2024", "05.01.2024"),
        ("2-3 days", "2-3 days"),
        ("soon", "soon"),
        (1e12, "1000000000000"),
        (10**400, "1" + "0" * 400),
        ("9" * 400, "9" * 400),
        (Cell(0.5, "0%"), "50%"),
    ],
)
def test_times_that_cannot_be_read_are_errors_and_not_measured(value: CellValue | Cell, found: str) -> None:
    reading = one_column("PT (h)", 1, value)
    assert figures(reading, "processing_time") == [1.0, None]
    assert errors(reading) == [(3, "PT (h)", found)]
    message = next(p.message for p in reading.problems if p.severity is Severity.ERROR)
    assert "counts as not measured" in message


@pytest.mark.parametrize("text", ["n/a", "NA", "-", "–", "?", "tbd", "unknown", "k.A.", "brak"])
def test_marks_for_not_measured_are_noted_and_are_not_zero(text: str) -> None:
    reading = one_column("PT (h)", 0, text, None)
    assert figures(reading, "processing_time") == [0.0, None, None]
    assert [p.row for p in problems_of(reading, "Marks for not measured")] == [3]
    assert errors(reading) == []


@pytest.mark.parametrize(
    ("values", "shares", "repair"),
    [
        (("85%", "90 %"), [0.85, 0.9], None),
        ((85, 90), [0.85, 0.9], None),
        ((0.85, 1), [0.85, 1.0], "Percentages read as shares"),
        ((1, 1), [1.0, 1.0], "A plain 1 read as 100 %"),
        ((Cell(0.85, "0%"), Cell(1, "0%")), [0.85, 1.0], None),
        ((Cell(0.85, "0.0%"), 90), [0.85, 0.9], "Percentages with and without a sign"),
        ((0.85, 90, "70%"), [0.85, 0.9, 0.7], "Percentages written both ways"),
        ((85, 1), [0.85, 0.01], "Percentages written both ways"),
        ((0, 85), [0.0, 0.85], None),
        ((0, 0), [0.0, 0.0], None),
        (("85,5 %", "90"), [0.855, 0.9], "Percentages with and without a sign"),
    ],
)
def test_percentages(values: tuple[CellValue | Cell, ...], shares: list[float], repair: str | None) -> None:
    reading = one_column("%C&A", *values)
    assert figures(reading, "complete_accurate") == pytest.approx(shares)
    said = {p.repair for p in reading.problems if p.column == "%C&A"}
    assert (repair in said) if repair else not said
    assert errors(reading) == []


@pytest.mark.parametrize(
    ("values", "wrong"), [((85, 110), 1), (("120%", 50), 0), ((0.9, 1.2), 1), (("85%", 1.2), 1), ((-5, 85), 0)]
)
def test_more_than_everything_or_less_than_nothing_is_an_error(values: tuple[CellValue, ...], wrong: int) -> None:
    reading = one_column("%C&A", *values)
    assert figures(reading, "complete_accurate")[wrong] is None
    assert figures(reading, "complete_accurate")[1 - wrong] is not None
    assert [row for row, _, _ in errors(reading)] == [2 + wrong]


def test_a_decimal_comma_is_decided_for_the_whole_column() -> None:
    assert figures(one_column("PT (h)", "1.234", "1,5"), "processing_time") == [1234.0, 1.5]
    assert figures(one_column("PT (h)", "1,234", "1.5"), "processing_time") == [1234.0, 1.5]
    assert figures(one_column("PT (h)", "1.234,5", "1 234,5", "2"), "processing_time") == [1234.5, 1234.5, 2.0]


def test_unclear_numbers_are_said() -> None:
    reading = one_column("PT (h)", "1,234", "1.5 h", "2")
    assert problems_of(reading, "Numbers that can be read in two ways") == []
    reading = one_column("PT (h)", "1,234", "2")
    assert figures(reading, "processing_time") == [1234.0, 2.0]
    (problem,) = problems_of(reading, "Numbers that can be read in two ways")
    assert (problem.severity, problem.row) == (Severity.WARNING, 2)
    reading = one_column("PT (h)", "1,234", "2", decimal_comma=True)
    assert figures(reading, "processing_time") == [1.234, 2.0]
    assert len(problems_of(reading, "Numbers that can be read in two ways")) == 1


def test_a_colon_in_a_column_of_minutes_is_hours_and_minutes_and_said() -> None:
    reading = one_column("PT (min)", "1:30", "45")
    assert figures(reading, "processing_time") == [1.5, 0.75]
    assert len(problems_of(reading, "Times with a colon")) == 1


@pytest.mark.parametrize(
    ("header", "name", "value", "expected"),
    [
        ("batch", "batch_size", 8, 8.0),
        ("batch", "batch_size", 0.5, None),
        ("people", "people", "2 FTE", 2.0),
        ("people", "people", "0,5", 0.5),
        ("people", "people", 0, None),
        ("handoffs", "handoffs", 0, 0.0),
        ("handoffs", "handoffs", -1, None),
        ("WIP", "wip", "7,000 pcs", 7000.0),
        ("WIP", "wip", dt.datetime(2024, 1, 5), None),
        ("people", "people", dt.timedelta(hours=1), None),
        ("Demand per day", "demand", 20, 100.0),
        ("Demand per week", "demand", 20, 20.0),
        ("Demand per hour", "demand", 2, 80.0),
        ("Demand per month", "demand", 52, 12.0),
        ("Demand", "demand", 20, 20.0),
        ("Demand", "demand", 0, None),
        ("Demand", "demand", "20/day", 100.0),
        ("Demand per day", "demand", "100 pcs per week", 100.0),
        ("Demand", "demand", "52 a month", 12.0),
        ("Uptime", "availability", "95%", 0.95),
    ],
)
def test_counts(header: str, name: str, value: CellValue, expected: float | None) -> None:
    reading = one_column(header, value)
    assert figures(reading, name) == [pytest.approx(expected) if expected is not None else None]
    assert bool(errors(reading)) == (expected is None)


@pytest.mark.parametrize(
    "text",
    [
        "Step|PT|PT unit|Wait|Wait unit\nA|30|min|2|days\nB|1,5|h|1|weeks",
        "Step|PT|Wait (h)|Unit\nA|30|16|min\nB|1,5|40|h",
    ],
)
def test_units_in_a_column_of_their_own(text: str) -> None:
    reading = read_text(text)
    assert figures(reading, "processing_time") == [0.5, 1.5]
    assert figures(reading, "wait_time") == [16.0, 40.0]
    assert reading.questions == ()


def test_a_demand_without_a_period_is_read_per_week_and_said() -> None:
    assert [p.row for p in problems_of(one_column("Demand", 20), "Demand read per week")] == [2]
    assert problems_of(one_column("Demand per day", 20), "Demand read per week") == []
