from __future__ import annotations

import datetime as dt
import io
import shutil
import struct
import subprocess
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from tests.reading.raw_books import ods, xlsb, xlsx
from vsm.model import Severity
from vsm.reading import workbooks
from vsm.reading.files import open_bytes, open_path
from vsm.reading.limits import Limits
from vsm.reading.serials import Meaning, meaning
from vsm.reading.shapes import Cell, MergedRange, ReadError, Sheet, Workbook

DATA = Path(__file__).parents[3] / "shared" / "data"
SOFFICE = shutil.which("soffice")
HOURS_26 = dt.timedelta(hours=26)
NO_VALUE = "formula without a saved value"


def values(sheet: Sheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.rows]


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def shared(name: str) -> Workbook:
    if not (DATA / name).exists():
        pytest.skip("the shared data files are not here")
    return open_path(DATA / name)


def cells_of(xml: str, **parts: str) -> tuple[Cell, ...]:
    return (
        open_bytes(xlsx(f'<row r="1"><c t="inlineStr"><is><t>x</t></is></c>{xml}</row>', **parts), "a.xlsx")
        .sheets[0]
        .rows[0][1:]
    )


STYLES = (
    '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[h]:mm"/></numFmts>'
    '<cellXfs><xf/><xf numFmtId="9"/><xf numFmtId="170"/><xf numFmtId="20"/><xf numFmtId="14"/></cellXfs></styleSheet>'
)


@pytest.fixture(scope="module")
def messy() -> openpyxl.Workbook:
    """A title, percents, durations past a day, dates, merged names, gaps and a hidden sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Plan"
    sheet["A1"] = "Stream"
    sheet["B3"], sheet["C3"], sheet["D3"], sheet["E3"] = HOURS_26, 26 / 24, 0.85, dt.datetime(2024, 5, 6, 7, 8)
    sheet["B3"].number_format, sheet["C3"].number_format, sheet["D3"].number_format = "[h]:mm", "h:mm", "0%"
    sheet["F3"] = "=1/0"
    sheet["A4"], sheet["B5"], sheet["B6"] = "Merged", 5, "NA"
    sheet.merge_cells("A4:A6")
    hidden = book.create_sheet("Hidden")
    hidden["B2"] = "x"
    hidden.sheet_state = "hidden"
    return book


def check_messy(workbook: Workbook) -> None:
    plan, hidden = workbook.sheets
    moment = dt.datetime(2024, 5, 6, 7, 8)
    assert [row[:5] for row in values(plan)] == [
        ["Stream"],
        [],
        [None, HOURS_26, HOURS_26, 0.85, moment],
        ["Merged"],
        [None, 5],
        [None, "NA"],
    ]
    assert plan.merged == (MergedRange(3, 0, 5, 0),)
    assert (plan.name, plan.hidden) == ("Plan", False)
    assert (hidden.name, hidden.hidden, values(hidden)) == ("Hidden", True, [[], [None, "x"]])
    assert plan.rows[2][3].format == "0%"


def test_a_messy_xlsx_keeps_its_places_kinds_and_formats(messy: openpyxl.Workbook) -> None:
    workbook = open_bytes(saved(messy), "plan.xlsx")
    check_messy(workbook)
    assert [cell.format for cell in workbook.sheets[0].rows[2][1:3]] == ["[h]:mm", "h:mm"]
    assert workbook.problems == ()


def test_the_child_process_gives_the_same_as_this_one(
    messy: openpyxl.Workbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = open_bytes(saved(messy), "plan.xlsx")
    monkeypatch.setattr(workbooks, "SMALL", 0)
    assert open_bytes(saved(messy), "plan.xlsx") == here


@pytest.fixture(scope="module")
def converted(messy: openpyxl.Workbook, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the messy workbook as xls and ods, converted by LibreOffice."""
    if SOFFICE is None:
        pytest.skip("LibreOffice is not installed, so there is no xls and ods to read")
    folder = tmp_path_factory.mktemp("converted")
    (folder / "plan.xlsx").write_bytes(saved(messy))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for kind in ("xls", "ods"):
        command = [SOFFICE, profile, "--headless", "--convert-to", kind, "--outdir", str(folder), "plan.xlsx"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    return folder


def test_xls_and_ods_give_the_same_table(converted: Path) -> None:
    check_messy(open_path(converted / "plan.ods"))
    old = open_path(converted / "plan.xls")
    check_messy(old)
    assert old.problems == ()
    errors = [open_path(converted / f"plan.{kind}").sheets[0].rows[2][5].error for kind in ("xls", "ods")]
    assert errors == ["#DIV/0!", "#DIV/0!"]


def test_an_old_workbook_with_a_password_is_told(converted: Path) -> None:
    data = (converted / "plan.xls").read_bytes()
    # 0x5C, who wrote the file, becomes 0x2F, the record that says that all after it is encrypted ([MS-XLS] 2.4.117)
    at = data.index(struct.pack("<HH", 0x5C, 112))
    locked = data[:at] + struct.pack("<HHH", 0x2F, 112, 1) + data[at + 6 :]
    with pytest.raises(ReadError, match="protected with a password"):
        open_bytes(locked, "plan.xls")


def test_a_binary_workbook_is_read() -> None:
    workbook = open_bytes(xlsb({(0, 0): "Stage", (0, 1): "PT", (2, 0): "Café", (2, 1): 2.5}), "plan.xlsb")
    assert values(workbook.sheets[0]) == [["Stage", "PT"], [], ["Café", 2.5]]
    assert [problem.repair for problem in workbook.problems] == ["Read without number formats"]


def test_formulas_without_a_saved_value_and_errors_are_no_blanks() -> None:
    found = cells_of(
        "<c><f>1+1</f></c><c><f>1+1</f><v/></c><c t='str'><f>A1</f><v></v></c>"
        "<c t='e'><v>#DIV/0!</v></c><c><f>1</f><v>3</v></c>"
    )
    assert [(cell.value, cell.error) for cell in found] == [
        (None, NO_VALUE),
        (None, NO_VALUE),
        (None, None),
        (None, "#DIV/0!"),
        (3, None),
    ]


def test_formulas_that_a_writer_left_at_zero_are_not_zero() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Stage", 0])
        sheet.write_formula(1, 1, "=1+1")
        computed = book.add_worksheet()
        computed.write_formula(0, 0, "=1-1", value=0)
        computed.write_formula(0, 1, "=1+1", value=2)
    never, done = open_bytes(buffer.getvalue(), "a.xlsx").sheets
    assert (never.rows[0][1].value, never.rows[1][1].error) == (0, NO_VALUE)
    assert [cell.value for cell in done.rows[0]] == [0, 2]


def test_numbers_take_the_shape_of_their_format() -> None:
    found = cells_of(
        '<c s="1"><v>0.85</v></c><c s="2"><v>1.0833333333333333</v></c><c s="3"><v>1.0833333333333333</v></c>'
        '<c s="4"><v>45418</v></c><c s="3"><v>45418.25</v></c><c s="99"><v>7</v></c>'
        '<c><v>1E3</v></c><c t="b"><v>1</v></c>',
        styles=STYLES,
    )
    # 45418 days after 30 December 1899 is 6 May 2024
    assert [cell.value for cell in found] == [
        0.85,
        HOURS_26,
        HOURS_26,
        dt.datetime(2024, 5, 6),
        dt.datetime(2024, 5, 6, 6),
        7,
        1000,
        True,
    ]
    assert [cell.format for cell in found[:4]] == ["0%", "[h]:mm", "h:mm", "mm-dd-yy"]


def test_days_before_march_1900_count_as_excel_shows_them() -> None:
    # Excel shows serial 1 as 1 January 1900, 59 as 28 February and 61 as 1 March
    found = cells_of("".join(f'<c s="4"><v>{serial}</v></c>' for serial in (1, 59, 61)), styles=STYLES)
    assert [cell.value for cell in found] == [
        dt.datetime(1900, 1, 1),
        dt.datetime(1900, 2, 28),
        dt.datetime(1900, 3, 1),
    ]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("General", Meaning.NUMBER),
        ('0.0 "days"', Meaning.NUMBER),
        ("0.00E+00", Meaning.NUMBER),
        ("[Red]#,##0;[Blue]-#,##0", Meaning.NUMBER),
        ("[$-409]d/m/yyyy", Meaning.DATE),
        ("mmm", Meaning.DATE),
        ("yyyy-mm-dd hh:mm", Meaning.DATE),
        ("h:mm", Meaning.CLOCK),
        ("mm:ss.0", Meaning.CLOCK),
        ("[hh]:mm:ss", Meaning.ELAPSED),
        ("[mm]", Meaning.ELAPSED),
        ('[h]" h "mm', Meaning.ELAPSED),
    ],
)
def test_formats_are_told_apart(code: str, expected: Meaning) -> None:
    assert meaning(code) is expected


def test_damaged_styles_cost_the_formats_and_not_the_table() -> None:
    data = xlsx('<row r="1"><c r="A1" s="1"><v>0.85</v></c></row>', styles="<styleSheet><oops></styleSheet>")
    workbook = open_bytes(data, "a.xlsx")
    assert workbook.sheets[0].rows[0][0] == Cell(0.85)
    assert [problem.severity for problem in workbook.problems] == [Severity.WARNING]


def test_shared_texts_join_their_runs_and_lose_phonetics_and_control_characters() -> None:
    texts = "<sst><si><r><t>Co</t></r><r><t>de</t></r><rPh><t>x</t></rPh></si><si><t>a_x000D_\nb_x0007_</t></si></sst>"
    found = cells_of('<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>9</v></c>', sharedStrings=texts)
    assert [(cell.value, cell.error) for cell in found] == [
        ("Code", None),
        ("a\nb", None),
        (None, "text missing from the file"),
    ]


def test_half_a_letter_is_replaced_and_said_and_two_halves_are_one_letter() -> None:
    texts = "<sst><si><t>Rev_xD800_iew</t></si><si><t>Ship _xD83D__xDE00_</t></si></sst>"
    row = '<row r="1"><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="str"><v>x_xDC00_</v></c></row>'
    workbook = open_bytes(xlsx(row, sharedStrings=texts), "a.xlsx")
    assert values(workbook.sheets[0]) == [["Rev\ufffdiew", "Ship \N{GRINNING FACE}", "x\ufffd"]]
    (problem,) = workbook.problems
    assert (problem.repair, problem.sheet) == ("Damaged letters replaced", "Sheet1")


def test_only_the_shown_cell_of_a_merged_range_has_a_value() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>'
    merged = '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="C1:C1048576"/><mergeCell ref="D9:E9"/></mergeCells>'
    sheet = open_bytes(xlsx(rows, after=merged), "a.xlsx").sheets[0]
    assert values(sheet) == [[1, None, 3]]
    assert sheet.merged == (MergedRange(0, 0, 0, 1),)


def test_blank_formatted_cells_far_down_cost_nothing() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert values(open_bytes(xlsx(rows, styles=STYLES), "a.xlsx").sheets[0]) == [[1]]


def test_errors_repeats_spans_and_comments_of_ods() -> None:
    rows = (
        '<table:table table:name="P" table:style-name="gone"><table:table-row table:number-rows-repeated="2">'
        '<table:table-cell office:value-type="string"><office:annotation><text:p>no</text:p></office:annotation>'
        '<text:p>Co<text:s text:c="2"/>de</text:p><text:p>two</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="2" office:value-type="percentage" office:value="0.85"/>'
        '<table:table-cell table:formula="of:=1/0" office:value-type="string">'
        "<text:p>#DIV/0!</text:p></table:table-cell>"
        '<table:table-cell office:value-type="time" office:time-value="PT26H30M00S"/>'
        '<table:table-cell table:number-columns-repeated="16379"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048573"><table:table-cell/></table:table-row>'
        '<table:table-row><table:table-cell table:number-columns-spanned="2" office:value-type="boolean" '
        'office:boolean-value="true"/><table:covered-table-cell/></table:table-row></table:table>'
    )
    hides = '<style:table-properties table:display="false"/>'
    style = f'<style:style style:name="gone" style:family="table">{hides}</style:style>'
    with pytest.raises(ReadError, match="a value in row 1,048,576"):
        open_bytes(ods(rows, style), "a.ods")
    sheet = open_bytes(ods(rows.replace("1048573", "1"), style), "a.ods").sheets[0]
    row = [Cell("Co  de\ntwo"), Cell(0.85, "0%"), Cell(0.85, "0%"), Cell(error="#DIV/0!")]
    row.append(Cell(dt.timedelta(hours=26, minutes=30), "[h]:mm"))
    assert [list(cells) for cells in sheet.rows] == [row, row, [], [Cell(True)]]
    assert sheet.hidden


def test_chart_sheets_are_passed_over_and_told() -> None:
    workbook = shared("calamine_any_sheets.xlsx")
    assert [(sheet.name, sheet.hidden) for sheet in workbook.sheets] == [
        ("Visible", False),
        ("Hidden", True),
        ("VeryHidden", True),
    ]
    assert [(problem.sheet, problem.severity) for problem in workbook.problems] == [("Chart", Severity.NOTE)]


def test_dates_of_the_1904_calendar() -> None:
    # calamine's own test of this file states these values
    assert values(shared("calamine_date_1904.xlsx").sheets[0]) == [
        [dt.datetime(2021, 1, 1), 15],
        [dt.datetime(2021, 1, 2), 16],
        [dt.timedelta(hours=255, minutes=10, seconds=10), 17],
    ]


@pytest.mark.parametrize("name", ["calamine_merged_range.xlsx", "frictionless_multiline-headers.xlsx"])
def test_real_files_agree_with_an_independent_reader(name: str) -> None:
    workbook = shared(name)
    other = CalamineWorkbook.from_path(str(DATA / name))
    for sheet in workbook.sheets:
        theirs = other.get_sheet_by_name(sheet.name)
        expected = theirs.to_python(skip_empty_area=False)
        ours = [["" if cell.value is None else cell.value for cell in row] for row in sheet.rows]
        assert [row + [""] * (len(expected[0]) - len(row)) for row in ours] == expected
        corners = {(tuple(block[:2]), tuple(block[2:])) for block in sheet.merged}
        assert {first for first, _ in corners} == {first for first, _ in theirs.merged_cell_ranges or ()}


def test_more_sheets_than_anybody_can_choose_from_are_refused() -> None:
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'
    assert len(open_bytes(xlsx(row, sheets=3), "a.xlsx", Limits(sheets=3)).sheets) == 3
    with pytest.raises(ReadError, match="more than 3 sheets"):
        open_bytes(xlsx(row, sheets=4), "a.xlsx", Limits(sheets=3))
