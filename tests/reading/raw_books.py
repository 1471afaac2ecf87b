"""Workbooks made byte by byte, to hold what no library would write."""

from __future__ import annotations

import io
import struct
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def zipped(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def relations(*entries: tuple[str, str]) -> str:
    """Relations r0, r1, ... of the (kind, target) given."""
    inside = "".join(
        f'<Relationship Id="r{i}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(entries)
    )
    return f"<Relationships>{inside}</Relationships>"


def xlsx(rows: str, *, after: str = "", workbook: str = "", sheets: int = 1, **parts: str | bytes) -> bytes:
    """An xlsx whose sheets all hold the given <row> elements; keyword parts are "styles" and "sharedStrings"."""
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    listed = "".join(f'<sheet name="Sheet{i + 1}" sheetId="{i + 1}" r:id="r{i}"/>' for i in range(sheets))
    related = [("worksheet", f"worksheets/sheet{i + 1}.xml") for i in range(sheets)]
    related += [(name, f"{name}.xml") for name in parts]
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{workbook}<sheets>{listed}</sheets></workbook>'
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": relations(*related),
            **{f"xl/worksheets/sheet{i + 1}.xml": sheet for i in range(sheets)},
            **{f"xl/{name}.xml": content for name, content in parts.items()},
        }
    )


def ods(tables: str, styles: str = "", manifest: str = "<manifest/>") -> bytes:
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
    )
    content = (
        f"<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": manifest,
        }
    )


def xlsb(cells: dict[tuple[int, int], float | str], name: str = "Binary") -> bytes:
    """A binary workbook ([MS-XLSB]) with one sheet; cells by 0-based row and column, rows ascending."""
    last_row, last_column = max(row for row, _ in cells), max(column for _, column in cells)
    sheet = _record(129) + _record(148, struct.pack("<4I", 0, last_row, 0, last_column)) + _record(145)
    row_now = None
    for (row, column), value in sorted(cells.items()):
        if row != row_now:
            sheet += _record(0, struct.pack("<IIHBBBI", row, 0, 300, 0, 0, 0, 0))
            row_now = row
        place = struct.pack("<II", column, 0)
        if isinstance(value, str):
            sheet += _record(6, place + _wide(value))
        else:
            sheet += _record(5, place + struct.pack("<d", value))
    sheet += _record(146) + _record(130)
    bundle = _record(156, struct.pack("<II", 0, 1) + _wide("r0") + _wide(name))
    workbook = _record(131) + _record(143) + bundle + _record(144) + _record(132)
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relations(("officeDocument", "xl/workbook.bin")),
            "xl/workbook.bin": workbook,
            "xl/_rels/workbook.bin.rels": relations(("worksheet", "worksheets/sheet1.bin")),
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


def ole(*streams: str) -> bytes:
    """An OLE file ([MS-CFB]) with empty streams of these names below its root: header, one FAT sector, a directory."""
    entries = [_entry("Root Entry", 5, child=1 if streams else 0xFFFFFFFF)]
    for i, stream in enumerate(streams, 1):
        entries.append(_entry(stream, 2, right=i + 1 if i < len(streams) else 0xFFFFFFFF))
    directory = b"".join(entries)
    sectors = -(-len(directory) // 512)
    directory = directory.ljust(sectors * 512, b"\0")
    chain = [0xFFFFFFFD] + [i + 2 for i in range(sectors - 1)] + [0xFFFFFFFE]
    table = struct.pack("<128I", *(chain + [0xFFFFFFFF] * (128 - len(chain))))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 62, 3, 0xFFFE, 9, 6)
    header += bytes(6) + struct.pack("<9I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    assert len(header) == 512
    return header + table + directory


def _entry(name: str, kind: int, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    text = name.encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text) + 2, kind, 1)
    return (head + struct.pack("<3I", 0xFFFFFFFF, right, child)).ljust(128, b"\0")


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _record(number: int, content: bytes = b"") -> bytes:
    head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    length, size = b"", len(content)
    while True:
        more = size > 127
        length += bytes([size & 0x7F | (0x80 if more else 0)])
        size >>= 7
        if not more:
            return head + length + content
