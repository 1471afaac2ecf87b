from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest

from tests.reading.raw_books import ods, ole, xlsx, zipped
from vsm.model import Severity
from vsm.reading.files import from_grid, open_bytes, open_path
from vsm.reading.limits import Limits
from vsm.reading.shapes import MergedRange, ReadError

ROWS = '<row r="1"><c r="A1" t="inlineStr"><is><t>Stage</t></is></c></row>'
DATA = Path(__file__).parents[3] / "shared" / "data"


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.csv", "is empty"),
        (b" \r\n\r\n", "a.csv", "is empty"),
        (b"\xef\xbb\xbf", "a.csv", "is empty"),
        (b",,\n,,\n", "a.csv", "has no cell with anything in it"),
        (b"%PDF-1.7\n...", "a.xlsx", "is a PDF document"),
        (b"\x89PNG\r\n\x1a\n....", "a.xlsx", r"is a picture \(PNG\)"),
        (b"{\\rtf1 hello}", "a.xls", "is a text document"),
        (b'{"stages": [{"name": "A"}]}', "a.csv", "is a JSON file"),
        (b'[["Stage", 1]]', "a.csv", "is a JSON file"),
        (b'{"actions": [' + b",".join([b'{"date": "2026-01-05"}'] * 9000) + b"]}", "board.json", "list of items"),
        (b"[" + b",".join([b'{"createdAt": "2026-01-05"}'] * 9000), "i.json", "end were missing"),
        (b'[{"number": 1}, 2]', "i.json", "other things than items"),
        (b"[{}]", "i.json", "no cell with anything"),
        (b"<!DOCTYPE html><html><p>Sign in</p></html>", "a.xls", "web page .* without a table"),
        (b'<?xml version="1.0"?><stages/>', "a.csv", "is an XML file"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "a.xls", "of 2003"),
        (bytes(range(1, 9)) * 200, "a.csv", "of a kind that is not known"),
        (zipped({"word/document.xml": "<w/>"}), "a.xlsx", "is a Word document"),
        (zipped({"ppt/presentation.xml": "<p/>"}), "a.xlsx", "is a PowerPoint"),
        (zipped({"Index/Document.iwa": "x"}), "a.numbers", "Apple Numbers"),
        (zipped({"table.csv": "a,b"}), "a.zip", "unpack it"),
        (zipped({"readme": "hello"}), "a.xlsx", "something other than a spreadsheet"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "a.ods", "OpenDocument text file"),
        (ole("WordDocument"), "a.xls", "is a Word document"),
        (ole("PowerPoint Document"), "a.xls", "is a PowerPoint"),
        (ole("Something"), "a.xls", "an old Office file"),
        (ole("EncryptionInfo", "EncryptedPackage"), "a.xlsx", "protected with a password"),
        (ods("", manifest="<m:encryption-data/>"), "a.ods", "protected with a password"),
        (xlsx(ROWS)[:-30], "a.xlsx", "damaged or incomplete"),
        (xlsx(ROWS)[:200], "a.xlsx", "damaged or incomplete"),
        (ole("Workbook")[:700], "a.xls", "old Office file"),
    ],
)
def test_what_holds_no_table_is_refused_by_its_own_name(data: bytes, name: str, words: str) -> None:
    with pytest.raises(ReadError, match=words) as caught:
        open_bytes(data, name)
    assert f"“{name}”" in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_stream_embedded_deeper_does_not_name_the_file() -> None:
    # an old workbook with a Word document in it has that name somewhere in its directory, but not below the root
    with pytest.raises(ReadError, match="old Office file"):
        open_bytes(ole("Other") + "WordDocument".encode("utf-16-le"), "a.xls")


def test_text_under_the_name_of_a_workbook_is_read_and_told() -> None:
    workbook = open_bytes(b"Stage,PT\nA,1\n", "stages.xlsx")
    assert workbook.sheets[0].rows[1][0].value == "A"
    (problem,) = workbook.problems
    assert problem.severity is Severity.NOTE
    assert "an Excel workbook (xlsx)" in problem.message
    assert "a text file (CSV)" in problem.message


def test_a_workbook_under_the_name_of_a_text_file_is_read_and_told() -> None:
    workbook = open_bytes(xlsx(ROWS), "stages.csv")
    assert workbook.sheets[0].rows[0][0].value == "Stage"
    assert len(workbook.problems) == 1


def test_names_that_promise_nothing_or_the_right_thing_are_not_told() -> None:
    for name in ("stages", "stages.dat", "stages.CSV", "stages.tsv", "stages.txt"):
        assert open_bytes(b"Stage,PT\nA,1\n", name).problems == ()


def test_a_web_page_saved_as_xls_gives_its_tables() -> None:
    page = (
        b"<html><body><table><tr><th>Stage</th><th colspan=2>Times &amp; waits</th></tr>"
        b"<tr><td rowspan=2>Re<b>view</b><br>code</td><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>"
        b"<table><tr><td>Second"
    )
    workbook = open_bytes(page, "export.xls")
    first, second = workbook.sheets
    assert [[cell.value for cell in row] for row in first.rows] == [
        ["Stage", "Times & waits"],
        ["Review\ncode", "1", "2"],
        [None, "3", "4"],
    ]
    assert first.merged == (MergedRange(0, 1, 0, 2), MergedRange(1, 0, 2, 0))
    assert second.rows[0][0].value == "Second"
    assert "web page" in workbook.problems[0].message


def test_a_web_page_may_say_much_before_its_table() -> None:
    page = b"<html><style>" + b"td {color: red}" * 20_000 + "</style><table><tr><td>Größe".encode("cp1252")
    workbook = open_bytes(page, "export.html")
    assert workbook.sheets[0].rows[0][0].value == "Größe"
    assert [problem.repair for problem in workbook.problems] == ["Encoding guessed"]


def test_a_first_line_with_an_angle_bracket_is_still_text() -> None:
    assert open_bytes(b"<5 min,Stage\n1,A\n", "a.csv").sheets[0].rows[0][0].value == "<5 min"
    assert open_bytes(b"[Stage],PT\nA,1\n", "a.csv").sheets[0].rows[0][0].value == "[Stage]"


def test_uploads_over_the_limit_are_refused() -> None:
    with pytest.raises(ReadError, match=r"has 2 MB, more than the 1 MB"):
        open_bytes(b"a" * (2 * 1024 * 1024), "a.csv", Limits(upload_bytes=1024 * 1024))


def test_paths_are_opened_and_missing_ones_told(tmp_path: Path) -> None:
    file = tmp_path / "stages.csv"
    file.write_bytes(b"Stage,PT\nA,1\n")
    assert open_path(file).file == "stages.csv"
    with pytest.raises(ReadError, match="cannot be opened"):
        open_path(tmp_path / "none.csv")
    with pytest.raises(ReadError, match="cannot be opened"):
        open_path(tmp_path)


def test_typed_cells_keep_their_kinds() -> None:
    sheet = from_grid([["Stage", None], ["A", 1.5], ["B", float("nan")], ["", dt.timedelta(hours=26)]]).sheets[0]
    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["Stage", None],
        ["A", 1.5],
        ["B", None],
        ["", dt.timedelta(hours=26)],
    ]


def test_limits_come_from_the_environment() -> None:
    limits = Limits.from_environment({"VSM_MAX_UPLOAD_MB": "3", "VSM_MAX_SECONDS": " 7 ", "VSM_MAX_CELLS": ""})
    assert (limits.upload_bytes, limits.seconds, limits.cells) == (3 * 1024 * 1024, 7, 5_000_000)
    for bad in ("0", "-1", "many", "1.5"):
        with pytest.raises(ReadError, match=f"VSM_MAX_CELLS is “{bad}”"):
            Limits.from_environment({"VSM_MAX_CELLS": bad})


def test_names_inside_an_archive_never_become_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    hostile = xlsx(ROWS, **{"../../../evil": "x"})
    assert any("../evil" in entry.filename for entry in zipfile.ZipFile(io.BytesIO(hostile)).infolist())
    assert open_bytes(hostile, "a.xlsx").sheets[0].rows[0][0].value == "Stage"
    assert list(tmp_path.iterdir()) == []


def test_a_real_file_with_breaks_in_quotes() -> None:
    file = DATA / "csvspectrum_newlines_crlf.csv"
    if not file.exists():
        pytest.skip("the shared data files are not here")
    sheet = open_path(file).sheets[0]
    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["a", "b", "c"],
        ["1", "2", "3"],
        ["Once upon \na time", "5", "6"],
        ["7", "8", "9"],
    ]
    assert sheet.line_numbers == (1, 2, 3, 5)


def test_half_a_letter_that_was_typed_is_replaced() -> None:
    cells = from_grid([["a\ud800", "\ud83d\ude00"]]).sheets[0].rows[0]
    assert [cell.value for cell in cells] == ["a\ufffd", "\N{GRINNING FACE}"]
