"""Bytes -> which kind of file they are, by what is inside; what holds no table is refused by its own name."""

from __future__ import annotations

import json
import re
from enum import Enum

from vsm.reading import ole
from vsm.reading.decoding import CONTROL, decode
from vsm.reading.limits import Limits
from vsm.reading.parts import Parts
from vsm.reading.shapes import ReadError


class Kind(Enum):
    """A kind of file that can be read; the value is how a sentence calls it."""

    TEXT = "a text file (CSV)"
    HTML = "a web page (HTML)"
    JSON = "a list of items (JSON)"
    XLSX = "an Excel workbook (xlsx)"
    XLSB = "a binary Excel workbook (xlsb)"
    XLS = "an old Excel workbook (xls)"
    ODS = "an OpenDocument spreadsheet (ods)"


NAMED = {
    "csv": Kind.TEXT,
    "tsv": Kind.TEXT,
    "tab": Kind.TEXT,
    "txt": Kind.TEXT,
    "json": Kind.JSON,
    "htm": Kind.HTML,
    "html": Kind.HTML,
    "xlsx": Kind.XLSX,
    "xlsm": Kind.XLSX,
    "xltx": Kind.XLSX,
    "xltm": Kind.XLSX,
    "xlsb": Kind.XLSB,
    "xls": Kind.XLS,
    "xlt": Kind.XLS,
    "ods": Kind.ODS,
    "ots": Kind.ODS,
}
"""What the end of a file's name promises."""

BEGINNINGS = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"7z\xbc\xaf", "a compressed archive (7z)"),
    (b"Rar!\x1a", "a compressed archive (RAR)"),
    (b"SQLite format 3\x00", "a database (SQLite)"),
    (b"PAR1", "a Parquet file"),
)
ZIP_PARTS = (
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
    ("index/document.iwa", "an Apple Numbers, Pages or Keynote document"),
    ("index.zip", "an Apple Numbers, Pages or Keynote document"),
)
OLE_STREAMS = (
    ("WordDocument", "a Word document"),
    ("PowerPoint Document", "a PowerPoint presentation"),
    ("__properties_version1.0", "an Outlook message"),
)
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
LIKE_JSON = re.compile(r'\[\s*\{\s*["}]|\{\s*"')
"""How a list of objects, or an object, begins."""
LEAST_TEXT = 0.9
"""Of the letters of a text file; with more control characters than that leaves, it is none."""
SAMPLE = 64 * 1024


def refused(name: str, what: str) -> ReadError:
    """Say what a file is that holds no table for us."""
    return ReadError(
        f"“{name}” is {what}, which cannot be read as a table; save the table of stages as xlsx or CSV and bring that."
    )


def locked(name: str) -> ReadError:
    """Say that a file needs a password."""
    return ReadError(
        f"“{name}” is protected with a password; open it in your spreadsheet program, save a copy without the "
        "password, and bring that."
    )


def recognise(data: bytes, name: str, limits: Limits) -> tuple[Kind, Parts | None]:
    """Tell the kind of a file, with its parts where it is a zip. Raises `ReadError` naming what cannot be read."""
    for beginning, what in BEGINNINGS:
        if data.startswith(beginning):
            raise refused(name, what)
    if data.startswith(ole.MAGIC):
        return _ole(data, name), None
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        parts = Parts(data, name, limits)
        return _zip(parts, name), parts
    return _text(data, name), None


def promised(name: str) -> Kind | None:
    """Tell what the end of a file's name promises; `None` where it promises nothing we know."""
    return NAMED.get(name.rpartition(".")[2].lower())


def _ole(data: bytes, name: str) -> Kind:
    streams = ole.root_names(data)
    if "EncryptedPackage" in streams:
        raise locked(name)
    if streams & {"Workbook", "Book", "WORKBOOK", "BOOK"}:
        return Kind.XLS
    raise refused(name, next((what for stream, what in OLE_STREAMS if stream in streams), "an old Office file"))


def _zip(parts: Parts, name: str) -> Kind:
    if parts.encrypted:
        raise locked(name)
    for part, what in ZIP_PARTS:
        if part in parts:
            raise refused(name, what)
    mimetype = parts.read("mimetype")[:200].decode("ascii", errors="replace").strip()
    if mimetype.startswith(OPEN_DOCUMENT):
        if not mimetype.startswith(OPEN_DOCUMENT + "spreadsheet"):
            raise refused(name, f"an OpenDocument {mimetype.removeprefix(OPEN_DOCUMENT)} file")
        if b"encryption-data" in parts.read("META-INF/manifest.xml"):
            raise locked(name)
        return Kind.ODS
    if any(part.endswith("workbook.bin") for part in parts):
        return Kind.XLSB
    if "[Content_Types].xml" in parts and any(part.endswith("workbook.xml") for part in parts):
        return Kind.XLSX
    if any(part.endswith((".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv")) for part in parts):
        raise ReadError(f"“{name}” is a zip archive with other files in it; unpack it and bring the table itself.")
    raise refused(name, "a zip archive of something other than a spreadsheet")


def _text(data: bytes, name: str) -> Kind:
    sample = data[:SAMPLE]
    text = decode(sample)[0]
    if len(CONTROL.findall(sample.decode("latin-1").replace("\x00", ""))) > (1 - LEAST_TEXT) * len(sample):
        raise refused(name, "a file of a kind that is not known here")
    if not text.strip():
        raise ReadError(f"“{name}” is empty; bring a file with a table of stages or a log of items.")
    start = text.lstrip()[:2000].lower()
    if start.startswith("<"):
        return _markup(start, data, name)
    # A long file is seen by its beginning alone, which is no JSON by itself.
    if LIKE_JSON.match(start) and (len(data) >= SAMPLE or _is_json(data)):
        if start.startswith("["):
            return Kind.JSON
        raise ReadError(
            f"“{name}” is a JSON file of another form than a list of items, which alone is read, as gh writes it; "
            "export the items as CSV and bring that."
        )
    if start.startswith(("{", "[")) and _is_json(data):
        raise refused(name, "a JSON file")
    return Kind.TEXT


def _markup(start: str, data: bytes, name: str) -> Kind:
    if "urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise refused(name, "a spreadsheet in the XML format of 2003")
    if re.match(
        r"(<\?xml.*?\?>\s*)?(<!--.*?-->\s*)*<(!doctype html|html|head|meta|body|table|div|style)\b", start, re.S
    ):
        if "<table" in decode(data)[0].lower():
            return Kind.HTML
        raise refused(name, "a web page (HTML) without a table")
    if start.startswith("<?xml") or re.match(r"<[a-z][\w:.-]*(\s[^<>]*)?>", start):
        raise refused(name, "an XML file")
    return Kind.TEXT


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True
