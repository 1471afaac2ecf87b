"""Where the table is: sheet, header rows, title and note lines, blank rows and columns, merged cells."""

from __future__ import annotations

import pytest

from tests.reading.tables_by_hand import problems_of, read_rows, read_text, sheet
from vsm.reading.shapes import Cell, Choices, MergedRange, ReadError, Reading, Role, Workbook
from vsm.reading.stages import read_workbook
from vsm.reading.texts import row_ranges

TABLE = (("Step", "PT (h)", "Wait (h)"), ("A", 1, 2), ("B", 3, 4))


def names(reading: Reading) -> list[str]:
    assert reading.stream is not None, reading.blocking
    return [stage.name for stage in reading.stream.stages]


def times(reading: Reading) -> list[tuple[float | None, float | None]]:
    assert reading.stream is not None, reading.blocking
    return [(stage.processing_time, stage.wait_time) for stage in reading.stream.stages]


def test_a_table_below_a_title_and_a_blank_row_with_blank_columns() -> None:
    reading = read_text("||\n|Order to cash\n\n||Step|PT (h)||Wait (h)\n||A|1||2\n\n||B|3||4\n|Note: estimates")
    assert reading.header_rows == (4,)
    assert names(reading) == ["A", "B"]
    assert times(reading) == [(1.0, 2.0), (3.0, 4.0)]
    assert (reading.rows.used, reading.rows.left_out, reading.rows.blank) == (2, 1, 1)
    assert reading.stream is not None
    assert reading.stream.name == "Order to cash"
    assert [(r.row, r.reason) for r in reading.left_out] == [(8, "a line of text without a stage's figures")]


def test_the_visible_sheet_that_looks_like_stages_is_read() -> None:
    hidden = sheet(*TABLE, ("C", 5, 6), name="Old", hidden=True)
    readme = sheet(("How to fill this in",), ("Stage", "the name of the step"), ("PT", "its time"), name="Read me")
    empty = sheet((None, "  "), name="Empty")
    book = Workbook(file="b.xlsx", sheets=(hidden, readme, empty, sheet(*TABLE, name="Data")))
    reading = read_workbook(book)
    assert reading.sheet == "Data"
    assert reading.sheets == ("Old", "Read me", "Empty", "Data")
    assert '"Data" was read' in problems_of(reading, "Sheet chosen")[0].message
    chosen = read_workbook(book, Choices(sheet="Old"))
    assert names(chosen) == ["A", "B", "C"]
    with pytest.raises(ReadError, match=r'no sheet named "Dat".* "Old", "Read me", "Empty", "Data"'):
        read_workbook(book, Choices(sheet="Dat"))


def test_a_hidden_sheet_is_read_where_nothing_else_has_a_cell() -> None:
    book = Workbook(file="b.xlsx", sheets=(sheet(name="Empty"), sheet(*TABLE, name="Data", hidden=True)))
    assert read_workbook(book).sheet == "Data"


@pytest.mark.parametrize("sheets", [(), (sheet(),), (sheet((None, " ")), sheet())])
def test_a_file_without_a_cell_is_refused(sheets: tuple[object, ...]) -> None:
    with pytest.raises(ReadError, match="every sheet is empty"):
        read_workbook(Workbook(file="b.xlsx", sheets=sheets))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "Step|PT|Wait\n|(min)|(days)\nA|30|2",
        "Step|PT|Wait\n|min|days\nA|30|2",
        "Step|Time|\n|PT (min)|Wait (days)\nA|30|2",
        "|Time|\nStep|PT (min)|Wait (days)\nA|30|2",
        "My stream||\nStep|Processing|Waiting\n|min|d\nA|30|2",
    ],
)
def test_several_header_rows(text: str) -> None:
    reading = read_text(text)
    assert times(reading) == [(0.5, 16.0)]
    assert len(reading.header_rows) == 2
    assert reading.rows.total == 1


def test_merged_group_headers_give_their_words_to_the_columns_below() -> None:
    reading = read_rows(
        ("Stage", "Wait", None, "PT"),
        (None, "before", "note", None),
        ("A", 2, "x", 1),
        merged=(MergedRange(0, 1, 0, 2), MergedRange(0, 0, 1, 0)),
        choices=Choices(header_row=2),
    )
    assert [c.header for c in reading.columns] == ["Stage", "Wait before", "Wait note", "PT"]
    assert times(reading) == [(1.0, 2.0)]
    assert reading.definitions.wait == "before"


def test_no_header_is_proposed_by_position_and_said() -> None:
    reading = read_text("Review|2|16|85%\nTest|3|20|90%")
    assert reading.header_rows == ()
    assert [c.role for c in reading.columns] == [
        Role.STAGE, Role.PROCESSING_TIME, Role.WAIT_TIME, Role.COMPLETE_ACCURATE,
    ]  # fmt: skip
    assert names(reading) == ["Review", "Test"]
    assert reading.rows.total == 2
    assert "has no header" in reading.questions[0]


def test_a_header_of_unknown_names_is_a_header() -> None:
    reading = read_text("Foo|Bar\nA|2\nB|3")
    assert reading.header_rows == (1,)
    assert reading.stream is None
    assert 'A "Foo" and B "Bar"' in reading.blocking[0].message
    chosen = read_text("Foo|Bar\nA|2\nB|3", Choices(columns=((Role.STAGE, "foo"), (Role.PROCESSING_TIME, "B"))))
    assert times(chosen) == [(2.0, None), (3.0, None)]


def test_the_header_row_can_be_chosen() -> None:
    text = "Step|PT|Wait\nStage|Touch time|Delay\nA|1|2"
    assert read_text(text, Choices(header_row=2)).header_rows == (2,)
    assert read_text(text, Choices(header_row=2)).rows.total == 1
    none = read_text("A|1|2", Choices(header_row=0))
    assert (none.header_rows, times(none)) == ((), [(1.0, 2.0)])
    beyond = read_text(text, Choices(header_row=9))
    assert beyond.stream is None
    assert "has no row 9" in beyond.blocking[0].message


def test_a_column_of_names_without_a_header() -> None:
    reading = read_text("|PT (h)|Wait (h)\nA|1|2\nB|3|4")
    assert names(reading) == ["A", "B"]
    assert any("has no header" in question for question in reading.questions)


def test_numbered_steps_with_a_name_beside_them() -> None:
    assert names(read_text("Step|Name|PT\n1|Draft|2\n2|Check|3")) == ["Draft", "Check"]
    assert names(read_text("Phase|Step|PT\nDesign|Draft|2\nDesign|Check|3")) == ["Draft", "Check"]


def test_merged_stage_names_are_filled_down_and_said() -> None:
    rows = (("Step", "PT (h)"), ("A", 1), (None, 2), ("B", 3))
    reading = read_rows(*rows, merged=(MergedRange(1, 0, 2, 0),))
    assert names(reading) == ["A", "A (2)", "B"]
    assert [p.row for p in problems_of(reading, "Merged names filled down")] == [3]


def test_stages_across_the_columns_get_a_clear_sentence() -> None:
    reading = read_text("measure|Dev|Test\nProcessing time (h)|1|2\nWait time (h)|3|4")
    assert reading.stream is None
    assert "run across its columns" in reading.blocking[0].message


@pytest.mark.parametrize(
    "text",
    [
        "case_id|activity|start|end\n1|A|2024-01-01 10:00|2024-01-01 11:00",
        "Key|Status|Date\nX-1|Done|2024-01-05",
        "ID|Name|Backlog|Build|Done\nA-1|x|2024-01-01|2024-01-02|2024-01-09",
        "Title|To do|Doing|Done\nx|01/02/2024|02/02/2024|03/02/2024",
    ],
)
def test_an_item_log_is_told_for_what_it_looks_like(text: str) -> None:
    reading = read_text(text)
    assert reading.stream is None
    assert "looks like a log of items" in reading.blocking[0].message
    assert "say that it is a log" in reading.blocking[0].message


def test_columns_without_a_name_or_a_time_block_with_a_way_out() -> None:
    no_time = read_text("Step|Owner\nA|Jo")
    assert [p.message[:31] for p in no_time.blocking] == ["No column with times was found."]
    assert 'A "Step" and B "Owner"' in no_time.blocking[0].message
    no_stage = read_text("PT|Wait\n1|2")
    assert "stages' names" in no_stage.blocking[0].message
    no_rows = read_text("Step|PT\nA|")
    assert "no stage to analyse" in no_rows.blocking[0].message


def test_line_numbers_of_a_text_file_are_the_rows_a_person_sees() -> None:
    reading = read_rows(*TABLE, ("C", "abc", 1), line_numbers=(1, 3, 4, 9))
    assert reading.header_rows == (1,)
    assert [p.row for p in problems_of(reading, "Cells that could not be read")] == [9]


def test_a_name_that_is_an_error_value_is_an_unnamed_stage() -> None:
    reading = read_rows(*TABLE, (Cell(error="#REF!"), 1, 1))
    assert names(reading) == ["A", "B", "Stage 3 (row 4)"]
    assert len(problems_of(reading, "Stages without a name")) == 1


def test_rows_in_a_sentence() -> None:
    assert row_ranges([2]) == "row 2"
    assert row_ranges([2, 3]) == "rows 2 and 3"
    assert row_ranges([2, 4]) == "rows 2 and 4"
    assert row_ranges([2, 3, 4, 7]) == "rows 2 to 4 and 7"


def test_merged_figures_are_counted_once_and_merged_teams_filled_down() -> None:
    rows = (("Step", "PT (h)", "Team"), ("A", 4, "Ops"), ("B", None, None), ("C", 1, "Dev"))
    reading = read_rows(*rows, merged=(MergedRange(1, 1, 2, 1), MergedRange(1, 2, 2, 2)))
    assert times(reading) == [(4.0, None), (None, None), (1.0, None)]
    assert reading.stream is not None
    assert [stage.team for stage in reading.stream.stages] == ["Ops", "Ops", "Dev"]
    assert [p.row for p in problems_of(reading, "Merged figures counted once")] == [2]
    assert [p.row for p in problems_of(reading, "Merged names filled down")] == [3]


def test_a_list_far_longer_than_a_process_is_told_so() -> None:
    reading = read_rows(("Step", "PT (h)"), *(("A", 1) for _ in range(2001)))
    assert reading.stream is None
    assert "2,001 rows" in reading.blocking[0].message
    assert reading.rows.total == 2001


def test_a_second_table_below_the_first_is_asked_about() -> None:
    reading = read_text("Step|PT (h)\nA|1\nB|2\n\nFuture state|\nStep|PT (h)\nA|1\nB|1")
    assert names(reading) == ["A", "B", "A (2)", "B (2)"]
    assert len(reading.questions) == 1
    assert "a second table needs a sheet of its own" in reading.questions[0]


def test_a_row_of_units_may_have_a_word_for_the_names() -> None:
    assert times(read_text("Step|PT|Wait\n(name)|(min)|(days)\nA|30|2")) == [(0.5, 16.0)]
    assert names(read_text("Step|PT (h)\nd|\nA|30")) == ["A"]


def test_absurdly_many_merged_blocks_cost_little() -> None:
    blocks = (MergedRange(0, 5, 90_000, 16_000), *(MergedRange(i, 6, i, 7) for i in range(50_000)))
    assert names(read_rows(*TABLE, merged=blocks)) == ["A", "B"]
