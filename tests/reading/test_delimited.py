from __future__ import annotations

import csv
import io
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vsm.model import Severity
from vsm.reading.files import open_bytes
from vsm.reading.limits import Limits
from vsm.reading.shapes import ReadError, Sheet


def sheet_of(data: bytes | str, name: str = "stages.csv") -> Sheet:
    return open_bytes(data.encode() if isinstance(data, str) else data, name).sheets[0]


def texts(sheet: Sheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.rows]


def repairs(sheet: Sheet) -> list[str]:
    return [problem.repair for problem in sheet.problems]


TABLE = [["Stage", "PT", "Wait"], ["Review", "2", "30"], ["Größe", "4", "8"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_every_dialect_gives_the_same_table(delimiter: str, end: str, encoding: str) -> None:
    text = end.join(delimiter.join(row) for row in TABLE) + end
    assert texts(sheet_of(text.encode(encoding))) == TABLE


def test_only_a_guessed_encoding_is_noted() -> None:
    assert repairs(sheet_of("Stage,PT\nGröße,1\n".encode("cp1252"))) == ["Encoding guessed"]
    assert repairs(sheet_of("Stage,PT\nGröße,1\n")) == []


def test_words_that_pandas_loses_stay_text() -> None:
    assert texts(sheet_of("Stage,PT\nNA,1\nNone,TRUE\nnull,007\n"))[1:] == [
        ["NA", "1"],
        ["None", "TRUE"],
        ["null", "007"],
    ]


def test_the_sep_line_is_obeyed_and_is_no_row_but_counts_as_a_line() -> None:
    sheet = sheet_of("sep=|\nStage|PT, net\nA|1\n")
    assert texts(sheet) == [["Stage", "PT, net"], ["A", "1"]]
    assert sheet.line_numbers == (2, 3)


def test_rows_are_numbered_by_their_first_line() -> None:
    sheet = sheet_of('Stage,PT\r\n"Code\r\nreview",2\r\n\r\nTest,3\r\n')
    assert texts(sheet) == [["Stage", "PT"], ["Code\nreview", "2"], [], ["Test", "3"]]
    assert [sheet.number(i) for i in range(4)] == [1, 2, 4, 5]


def test_quotes_hold_delimiters_and_doubled_quotes() -> None:
    assert texts(sheet_of('Stage,PT\n"Review, 15"" screen",2\n'))[1] == ['Review, 15" screen', "2"]


def test_a_space_before_a_quotation_mark_does_not_tear_the_cell() -> None:
    sheet = sheet_of('Stage, PT, Note\nA, 1, "slow, by hand"\nB, 2, "late, too"\n')
    assert texts(sheet)[1:] == [["A", "1", "slow, by hand"], ["B", "2", "late, too"]]


def test_trailing_delimiters_stay_as_empty_cells_of_their_own_row() -> None:
    assert texts(sheet_of("Stage,PT,,\nA,1,,\n")) == [["Stage", "PT", "", ""], ["A", "1", "", ""]]


def test_an_open_quote_tears_one_line_and_not_the_file() -> None:
    sheet = sheet_of('Stage,PT\nDesign,1\n"Build,2\nTest,3\nRelease,4\n')
    assert texts(sheet) == [["Stage", "PT"], ["Design", "1"], ['"Build', "2"], ["Test", "3"], ["Release", "4"]]
    (problem,) = sheet.problems
    assert (problem.severity, problem.row) == (Severity.WARNING, 3)


def test_two_stray_quotes_do_not_swallow_the_lines_between() -> None:
    sheet = sheet_of('Stage,PT\n"Build,2\nTest,3\n15" pipe,4\n')
    assert [row[0] for row in texts(sheet)] == ["Stage", '"Build', "Test", '15" pipe']


def test_thousands_of_torn_lines_are_told_in_a_few_sentences() -> None:
    sheet = sheet_of("a,b,c\n" + '"1,2,3\n' * 5_001)
    assert len(sheet.rows) == 5_002
    assert len(sheet.problems) == 21
    assert sheet.problems[-1].message.startswith("5,001 lines")


def test_one_column_is_one_column_even_with_a_comma_in_it() -> None:
    assert texts(sheet_of("Stage\nDesign\nBuild, test\nRelease\nWatch\n"))[2] == ["Build, test"]


def test_a_title_and_notes_do_not_hide_the_delimiter() -> None:
    sheet = sheet_of(
        "Checkout stream; as of May\n\nStage;PT;Wait\nA;1,5;2\nB;2,5;3\nC;4;5\n\nSource: interviews, 2024\n"
    )
    assert texts(sheet)[3] == ["A", "1,5", "2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Stage;PT\nA;1,5\n", True),
        ("Stage;PT\nA;1.234,5\n", True),
        ("Stage;PT\nA;1,234\n", True),
        ("Stage;PT\nA;1.5\n", False),
        ("Stage;PT\nA;2\n", None),
        ('Stage,PT\nA,"1,234"\n', None),
        ('Stage,PT\nA,"1,5"\n', True),
        ('Stage,PT\nA,"1,234.5"\n', False),
        ("Stage;PT\nA;1,5\nB;1.5\n", None),
    ],
)
def test_the_decimal_sign_is_decided_from_the_numbers(text: str, expected: bool | None) -> None:
    assert sheet_of(text).decimal_comma is expected


def test_control_characters_are_dropped_and_counted() -> None:
    sheet = sheet_of("Stage,PT\nRe\x00vi\x08ew,1\n")
    assert texts(sheet)[1] == ["Review", "1"]
    assert sheet.problems[0].message.startswith("2 control characters were dropped")


def test_a_million_lines_are_refused() -> None:
    with pytest.raises(ReadError, match=r"“log.csv” has 1,000,001 lines, more than the 100,000"):
        open_bytes(b"a,b\n" + b"1,2\n" * 1_000_000, "log.csv")


def test_more_cells_than_the_limit_are_refused() -> None:
    with pytest.raises(ReadError, match="more than 10 cells"):
        open_bytes(b"a,b\n" * 6, "a.csv", Limits(cells=10))
    assert len(open_bytes(b"a,b\n" * 5, "a.csv", Limits(cells=10)).sheets[0].rows) == 5


def test_a_line_wider_than_a_spreadsheet_is_refused() -> None:
    with pytest.raises(ReadError, match=r"20,001 cells, more than the 16,384 columns"):
        open_bytes(b"a" + b",a" * 20_000 + b"\n", "a.csv")


LETTERS = string.ascii_letters + string.digits + " .-%äéł€"


@st.composite
def dialects(draw: st.DrawFn) -> tuple[list[list[str]], bytes]:
    """A table of text and its bytes, in a dialect that says all that is needed to read it back."""
    delimiter = draw(st.sampled_from(",;\t|"))
    stated = draw(st.booleans())
    # without a sep= line, cells with delimiters or breaks in them are only unmistakable where everything is quoted
    quoted = draw(st.booleans())
    alphabet = LETTERS + (',;\t|"\n' if stated or quoted else "")
    columns = draw(st.integers(2, 5))
    cell = st.text(alphabet, max_size=8)
    table = draw(st.lists(st.lists(cell, min_size=columns, max_size=columns), min_size=1, max_size=8))
    table = [["Stage", *("x" * (columns - 1))], *table]
    buffer = io.StringIO()
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(buffer, delimiter=delimiter, lineterminator="\n", quoting=quoting).writerows(table)
    text = (f"sep={delimiter}\n" if stated else "") + buffer.getvalue()
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
    return table, text.replace("\n", end).encode(encoding)


@given(dialects())
def test_a_table_comes_back_cell_for_cell_from_any_dialect(case: tuple[list[list[str]], bytes]) -> None:
    table, data = case
    assert texts(sheet_of(data)) == table
