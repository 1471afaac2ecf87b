from __future__ import annotations

import os
import pickle
import struct
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.raw_books import MAIN, ods, xlsb, xlsx, zipped
from vsm.reading import workbooks
from vsm.reading.files import open_bytes
from vsm.reading.limits import Limits
from vsm.reading.shapes import ReadError

STYLES = (
    '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[h]:mm"/></numFmts><cellXfs><xf/></cellXfs></styleSheet>'
)
ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'
MOST_SECONDS = 5
"""Of processor time, ours and the child's, as other tests may run beside this one."""
MOST_MEGABYTES = 150
"""What this process may grow by, whatever the file is."""


def peak_megabytes() -> float:
    if sys.platform == "win32":
        return 0.0
    import resource

    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def seconds() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def refusal(data: bytes, name: str = "a.xlsx", limits: Limits | None = None) -> str:
    """The sentence that a file gets, within the time and memory that it may cost."""
    memory, start = peak_megabytes(), seconds()
    with pytest.raises(ReadError) as caught:
        open_bytes(data, name, limits)
    assert seconds() - start < MOST_SECONDS
    assert peak_megabytes() - memory < MOST_MEGABYTES
    assert str(caught.value).endswith(".")
    return str(caught.value)


def repeated(start: str, piece: str, times: int, end: str) -> bytes:
    """A zip with a sheet of one piece over and over, written without holding it in memory."""
    book = zipfile.ZipFile(BytesIO(xlsx(ONE)))
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name in book.namelist():
            if "sheet1" not in name:
                archive.writestr(name, book.read(name))
        with archive.open("xl/worksheets/sheet1.xml", "w") as stream:
            stream.write(start.encode())
            block = (piece * 10_000).encode()
            for _ in range(times // 10_000):
                stream.write(block)
            stream.write(end.encode())
    return buffer.getvalue()


def test_a_value_in_the_last_cell_of_an_xlsx() -> None:
    last = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "has a value in row 1,048,576" in refusal(xlsx(ONE + last))


def test_a_value_in_the_last_cell_of_a_binary_workbook_ends_the_child_and_not_us() -> None:
    assert "far larger than any table of stages" in refusal(xlsb({(0, 0): "a", (1_048_575, 16_383): 1.0}), "a.xlsb")


def test_values_in_the_last_column_over_and_over() -> None:
    rows = "".join(f'<row r="{i}"><c r="XFD{i}"><v>1</v></c></row>' for i in range(1, 400))
    assert "more than 5,000,000 cells" in refusal(xlsx(rows))


def test_a_million_rows() -> None:
    rows = "".join(
        f'<row r="{i}"><c r="A{i}"><v>1</v></c><c r="B{i}" s="0"><v>2</v></c></row>' for i in range(1, 1_000_001)
    )
    assert "has a value in row 100,0" in refusal(xlsx(rows))


def test_a_million_rows_written_without_references() -> None:
    limits = Limits(rows=20_000)
    piece = "<row><c><v>1</v></c></row>"
    data = repeated(f'<worksheet xmlns="{MAIN}"><sheetData>', piece, 1_000_000, "</sheetData></worksheet>")
    assert "has a value in row 20,001" in refusal(data, limits=limits)


def test_a_million_repeated_rows_in_an_ods() -> None:
    cell = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="999999999"/>'
    rows = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    assert "has a value in row 1,000,000" in refusal(ods(f'<table:table table:name="x">{rows}</table:table>'), "a.ods")


def test_a_zip_bomb_is_refused_by_its_directory() -> None:
    data = repeated("<worksheet>", " " * 1000, 300_000, "</worksheet>")
    assert len(data) < 5_000_000
    assert "would unpack to 286 MB, more than the 200 MB" in refusal(data)


def test_a_directory_that_lies_about_the_size_gains_nothing() -> None:
    data = bytearray(repeated("<worksheet>", " " * 1000, 300_000, "</worksheet>"))
    entry = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, entry + 24, 1000)
    assert "damaged or incomplete" in refusal(bytes(data))


def test_overlapping_entries_count_each_time() -> None:
    data = xlsx(ONE, junk=b" " * 3_000_000)
    end = data.rindex(b"PK\x05\x06")
    (start,) = struct.unpack_from("<I", data, end + 16)
    junk = data[data.rindex(b"PK\x01\x02") : end]
    many = data[:start] + data[start:end] + junk * 100
    count = data[start:end].count(b"PK\x01\x02") + 100
    tail = struct.pack("<4s4HIIH", b"PK\x05\x06", 0, 0, count, count, len(many) - start, start, 0)
    assert "would unpack to 28" in refusal(many + tail)


def test_thousands_of_parts_and_of_sheets() -> None:
    assert "made of 10,001 parts" in refusal(zipped({f"p{i}": "" for i in range(10_001)}))
    assert "more than 500 sheets" in refusal(xlsx(ONE, sheets=2_000))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_entities(encoding: str) -> None:
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    declared = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>'
    document = f"{declared}<sst><si><t>&l9;</t></si></sst>"
    row = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    assert "declares XML entities" in refusal(xlsx(row, sharedStrings=document.encode(encoding)))


def test_a_declaration_on_the_border_of_two_chunks() -> None:
    for shift in range(12):
        comment = "<!--" + " " * (256 * 1024 - 7 - shift) + "-->"
        assert "declares XML entities" in refusal(xlsx(ONE, styles=f"{comment}<!DOCTYPE x><styleSheet/>"))


@pytest.mark.parametrize(
    ("start", "piece", "end"),
    [
        ("<worksheet>", "<a/>", "</worksheet>"),
        ("<worksheet><sheetData><row>", "<a/>", "</row></sheetData></worksheet>"),
        ("<worksheet>", "<a>", ""),
    ],
)
def test_millions_of_elements_that_mean_nothing(start: str, piece: str, end: str) -> None:
    assert "damaged or incomplete" in refusal(repeated(start, piece, 2_000_000, end))


def test_merged_ranges_that_all_cover_the_same_cells() -> None:
    rows = "".join(f'<row r="{i}"><c r="A{i}"><v>1</v></c><c r="CV{i}"><v>1</v></c></row>' for i in range(1, 1001))
    merged = "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 10_000 + "</mergeCells>"
    start = seconds()
    sheet = open_bytes(xlsx(rows, after=merged), "a.xlsx").sheets[0]
    assert seconds() - start < MOST_SECONDS
    assert len(sheet.merged) == 1


def test_html_cells_that_span_everything() -> None:
    assert "more than 5,000,000 cells" in refusal(b"<table>" + b"<td rowspan=1000 colspan=1000>x" * 50_000, "a.xls")


@pytest.mark.parametrize("line", [b'"1,2,3\n', b'"1,""2,3\n', b'1,"2\n"x,3\n', b'""",\n'])
def test_quotes_that_never_close(line: bytes) -> None:
    start = seconds()
    workbook = open_bytes(b"a,b,c\n" + line * 45_000, "a.csv")
    assert seconds() - start < MOST_SECONDS
    assert len(workbook.sheets[0].problems) <= 21


def test_a_long_text_in_a_cell_is_kept() -> None:
    row = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * 10_000}</t></is></c></row>'
    assert open_bytes(xlsx(row), "a.xlsx").sheets[0].rows[0][0].value == "x" * 10_000
    assert open_bytes(b"a,b\n" + b"x" * 200_000 + b",2\n", "a.csv").sheets[0].rows[1][1].value == "2"


def test_an_encoding_that_nobody_knows() -> None:
    for encoding in ("utf-9", "utf-7", "shift_jis"):
        assert "damaged" in refusal(xlsx(ONE, sharedStrings=f'<?xml version="1.0" encoding="{encoding}"?><sst/>'))


@given(st.data())
def test_a_part_with_changed_bytes_is_read_or_refused(data: st.DataObject) -> None:
    """Whatever happens to the XML, there is a workbook or a sentence, and never another exception."""
    book = zipfile.ZipFile(BytesIO(xlsx(ONE, styles=STYLES, sharedStrings="<sst><si><t>A</t></si></sst>")))
    parts = {name: book.read(name) for name in book.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    at = data.draw(st.integers(0, len(parts[name])))
    inserted = data.draw(st.sampled_from([b"", b"<", b'"', b"&", b"9999999999", b"-1", b"NaN", b"1e999", b"\xff"]))
    parts[name] = parts[name][:at] + inserted + parts[name][at + data.draw(st.integers(0, 3)) :]
    with suppress(ReadError):
        assert open_bytes(zipped(parts), "a.xlsx").sheets


@given(st.binary(max_size=60) | st.text('ab,;\t"\n<{[ 1.', max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(ReadError):
        assert open_bytes(data, "a.csv").sheets


def test_a_child_that_takes_too_long_is_killed(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    script = os.path.join(str(tmp_path), "sleep.py")
    with open(script, "w", encoding="utf-8") as file:
        file.write("import time; time.sleep(60)")
    monkeypatch.setattr(workbooks, "CHILD", script)
    assert "takes longer than 1 seconds" in refusal(xlsb({(0, 0): 1.0}), "a.xlsb", Limits(seconds=1))


def test_a_child_led_astray_cannot_make_us_run_code() -> None:
    class Evil:
        def __reduce__(self) -> tuple[Callable[..., object], tuple[str]]:
            return os.system, ("exit 1",)

    with pytest.raises(ReadError, match="damaged"):
        workbooks._understood(pickle.dumps(Evil()), "a.xlsb")
    assert workbooks._understood(pickle.dumps(((), ())), "a.xlsb") == ((), ())
