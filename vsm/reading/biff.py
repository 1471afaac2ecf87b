"""The stream of an xls workbook -> what calamine does not tell: errors, number formats, the numbers under dates.

Record numbers and layouts are those of [MS-XLS] 2.3 and 2.4.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from vsm.reading import ole
from vsm.reading.number_formats import BUILT_IN
from vsm.reading.serials import Meaning, from_serial, meaning
from vsm.reading.shapes import Cell

FILE_PASS, DATE_1904, SHEET, FORMAT, EXTENDED_FORMAT, END = 0x2F, 0x22, 0x85, 0x41E, 0xE0, 0x0A
FORMULA, NUMBER, SHORT_NUMBER, SHORT_NUMBERS, TRUTH_OR_ERROR = 0x06, 0x203, 0x27E, 0xBD, 0x205
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
Place = tuple[int, int]
Record = tuple[int, bytes]


@dataclass
class OldBook:
    """What the records say beyond calamine; `cells` has only numbers with a format, and errors."""

    locked: bool = False
    since_1904: bool = False
    codes: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    """Number -> number format."""
    formats: list[int] = field(default_factory=list)
    """Cell style -> number of its number format."""
    sheets: list[tuple[int, dict[Place, Cell]]] = field(default_factory=list)
    """Where each sheet begins in the stream, and its cells; in the workbook's order."""


def read_records(data: bytes) -> OldBook:
    """Read an xls file's records; one that is torn, or older than Excel 97, gives what can be understood of it."""
    stream = ole.root_stream(data, "Workbook", "WORKBOOK")
    book = OldBook()
    for kind, content in _records(stream, 0):
        _take_global(book, kind, content)
    for start, cells in book.sheets:
        for kind, content in _records(stream, start):
            for row, column, style, number, error in _numbers(kind, content):
                cells.update(_told(book, (row, column), style, number, error))
    return book


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """Give the records from a place on, up to the end of what begins there."""
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size
        if kind == END:
            return


def _take_global(book: OldBook, kind: int, content: bytes) -> None:
    if kind == FILE_PASS:
        book.locked = True
    elif kind == DATE_1904 and len(content) >= 2:
        book.since_1904 = content[0] == 1
    elif kind == EXTENDED_FORMAT and len(content) >= 4:
        book.formats.append(struct.unpack_from("<H", content, 2)[0])
    elif kind == SHEET and len(content) >= 6:
        book.sheets.append((struct.unpack_from("<I", content)[0], {}))
    elif kind == FORMAT and len(content) >= 5:
        number, length, wide = struct.unpack_from("<HHB", content)
        text = content[5 : 5 + length * (2 if wide & 1 else 1)]
        book.codes[number] = text.decode("utf-16-le" if wide & 1 else "latin-1", errors="replace")


def _numbers(kind: int, content: bytes) -> Iterator[tuple[int, int, int, float, str | None]]:
    """Give row, column, style and number of the cells in a record, or the error that a cell shows."""
    if kind == NUMBER and len(content) >= 14:
        yield (*struct.unpack_from("<HHHd", content), None)
    elif kind == SHORT_NUMBER and len(content) >= 10:
        row, column, style, short = struct.unpack_from("<HHHI", content)
        yield row, column, style, _long(short), None
    elif kind == SHORT_NUMBERS and len(content) >= 6:
        row, first = struct.unpack_from("<HH", content)
        for i in range((len(content) - 6) // 6):
            style, short = struct.unpack_from("<HI", content, 4 + 6 * i)
            yield row, first + i, style, _long(short), None
    elif kind == TRUTH_OR_ERROR and len(content) >= 8 and content[7]:
        yield (*struct.unpack_from("<HHH", content), 0.0, ERRORS.get(content[6], "#ERROR!"))
    elif kind == FORMULA and len(content) >= 14:
        row, column, style = struct.unpack_from("<HHH", content)
        if content[12:14] != b"\xff\xff":
            yield row, column, style, struct.unpack_from("<d", content, 6)[0], None
        elif content[6] == 2:
            yield row, column, style, 0.0, ERRORS.get(content[8], "#ERROR!")


def _long(short: int) -> float:
    """Widen a number packed into four bytes: a whole number or half a double, maybe a hundredfold."""
    if short & 2:
        number = float(struct.unpack("<i", struct.pack("<I", short))[0] >> 2)
    else:
        number = struct.unpack("<d", struct.pack("<II", 0, short & 0xFFFFFFFC))[0]
    return number / 100 if short & 1 else number


def _told(book: OldBook, place: Place, style: int, number: float, error: str | None) -> dict[Place, Cell]:
    if error:
        return {place: Cell(error=error)}
    code = book.codes.get(book.formats[style], "") if style < len(book.formats) else ""
    if code.lower() in ("", "general"):
        return {}
    shows = meaning(code)
    shown = from_serial(number, shows, book.since_1904)
    if shows is Meaning.NUMBER and number.is_integer():
        shown = int(number)
    return {place: Cell(shown, code)}
