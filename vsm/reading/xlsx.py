"""The parts of an xlsx or xlsm file -> sheets of cells, read as a stream so that no file can blow up the memory."""

from __future__ import annotations

import datetime as dt
import math
import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from vsm.model import Problem, Severity
from vsm.reading.decoding import DAMAGED_LETTERS, whole_letters, without_control
from vsm.reading.grid import BLANK, NO_SAVED_VALUE, Grid, passed_over
from vsm.reading.limits import Limits
from vsm.reading.number_formats import BUILT_IN
from vsm.reading.parts import DamagedError, Parts, damaged, plain
from vsm.reading.serials import Meaning, from_serial, meaning
from vsm.reading.shapes import Cell, CellValue, MergedRange, Sheet

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
FAR_CELL = re.compile(rb'c r="[A-Z]{1,3}([1-9]\d{5,6})"(?:[^<>]*[^/<>])?><(?:f|v|is)>[^<]')
"""A cell with a value in row 100,000 or below, as all programs write it; the parser finds those written otherwise."""
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


class _Style(NamedTuple):
    format: str | None
    shows: Meaning


class _Listed(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    part: str
    kind: str
    hidden: bool


class _Book(NamedTuple):
    """What the sheets of one workbook share."""

    texts: list[str]
    styles: list[_Style]
    since_1904: bool
    recalculated: bool
    """The writer left computing to the reader: formulas that are all 0 were never computed."""


PLAIN = _Style(None, Meaning.NUMBER)
MOST_TEXTS = 1_000_000
"""Different texts in one workbook."""
WITHOUT_STYLES = Problem(
    severity=Severity.WARNING,
    repair="Number formats unreadable",
    message="The workbook's number formats are damaged and were left out, so 85% arrives as 0.85 and a duration as a "
    "number of days. Look at those columns, or save the file again as xlsx and bring that.",
)


def read_xlsx(parts: Parts, limits: Limits) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
    """Read every worksheet with values, number formats, merged ranges; list what was passed over. Raises `ReadError`.

    Numbers in a time-only format (h:mm, [h]:mm:ss, mm:ss) come as `timedelta`, in a date format as `datetime`; all
    others as they are, with `Cell.format` unless it is "General". Only the shown cell of a merged range has a value.
    """
    workbook = _workbook_part(parts)
    listed, since_1904, recalculated = _contents(parts, workbook)
    styles, problems = _styles(parts, _related(parts, workbook, "styles"))
    grid = Grid(parts.name, limits)
    for sheet in listed:
        _refuse_far_cells(parts, sheet, grid)
    book = _Book(_texts(parts, _related(parts, workbook, "sharedStrings")), styles, since_1904, recalculated)
    sheets: list[Sheet] = []
    for sheet in listed:
        if sheet.kind != "worksheet":
            problems.append(passed_over(sheet.name, "a chart" if sheet.kind == "chartsheet" else "no table"))
        else:
            grid.check_sheets(len(sheets) + 1)
            sheets.append(_sheet(parts, sheet, book, grid))
            problems.extend(_lost_letters(sheets[-1]))
    return tuple(sheets), tuple(problems)


def _lost_letters(sheet: Sheet) -> list[Problem]:
    """Say that a sheet has texts with the sign for a letter that was lost, ours or the file's."""
    if not any(
        isinstance(cell.value, str) and "\N{REPLACEMENT CHARACTER}" in cell.value for row in sheet.rows for cell in row
    ):
        return []
    message = (
        f"The sheet “{sheet.name}” has texts with broken letters; “\N{REPLACEMENT CHARACTER}” stands in their place. "
        "Look for that sign in the names and write the letter in."
    )
    return [Problem(severity=Severity.WARNING, repair=DAMAGED_LETTERS, message=message, sheet=sheet.name)]


def _workbook_part(parts: Parts) -> str:
    for relation in _relations(parts, "").values():
        if relation.kind == "officeDocument":
            return relation.target
    return "xl/workbook.xml"


class _Relation(NamedTuple):
    kind: str
    target: str


def _relations(parts: Parts, part: str) -> dict[str, _Relation]:
    """Map relation ids of a part to kind and target, as a path from the root of the file."""
    folder, _, file = part.rpartition("/")
    relations: dict[str, _Relation] = {}
    listed = posixpath.join(folder, "_rels", f"{file}.rels")
    for element in parts.elements(listed, "Relationship") if listed in parts else ():
        kind = element.get("Type", "").rpartition("/")[2]
        relations[element.get("Id", "")] = _Relation(kind, posixpath.join("/", folder, element.get("Target", "")))
    return relations


def _related(parts: Parts, part: str, kind: str) -> str:
    """Find the part of a kind that another one uses; an empty name where there is none."""
    return next((found.target for found in _relations(parts, part).values() if found.kind == kind), "")


def _contents(parts: Parts, workbook: str) -> tuple[list[_Listed], bool, bool]:
    """List the sheets in their order; tell whether days count from 1904 and whether formulas wait to be computed."""
    if workbook not in parts:
        raise damaged(parts.name)
    relations = _relations(parts, workbook)
    listed = []
    since_1904 = recalculated = False
    for element in parts.elements(workbook, "sheet", "workbookPr", "calcPr"):
        attributes = {plain(name): value for name, value in element.attrib.items()}
        if plain(element.tag) == "sheet":
            relation = relations.get(attributes.get("id", ""), _Relation("missing", ""))
            hidden = attributes.get("state", "visible") != "visible"
            listed.append(_Listed(attributes.get("name", ""), relation.target, relation.kind, hidden))
        since_1904 |= attributes.get("date1904") in ("1", "true")
        recalculated |= attributes.get("fullCalcOnLoad") in ("1", "true")
    return listed, since_1904, recalculated


def _refuse_far_cells(parts: Parts, listed: _Listed, grid: Grid) -> None:
    """Look for a value far down before anything is parsed: a million rows are refused within a second or two."""
    if listed.kind != "worksheet":
        return
    grid.start(listed.name)
    for chunk in parts.chunks(listed.part):
        for found in FAR_CELL.finditer(chunk):
            grid.check_row(int(found.group(1)) - 1)


def _texts(parts: Parts, part: str) -> list[str]:
    texts: list[str] = []
    for element in parts.elements(part, "si") if part in parts else ():
        texts.append(_text(element))
        if len(texts) > MOST_TEXTS:
            raise damaged(parts.name)
    return texts


def _text(element: Element) -> str:
    """Join the runs of a text, without its phonetic guide; "_x000D_" stands for a character that XML cannot hold."""
    runs = []
    for child in element:
        tag = plain(child.tag)
        if tag == "t":
            runs.append(child.text or "")
        elif tag == "r":
            runs.extend(leaf.text or "" for leaf in child if plain(leaf.tag) == "t")
    return _unescaped("".join(runs))


def _unescaped(text: str) -> str:
    """Put in the characters that were written by their numbers; half a letter would be fatal to whoever prints it."""
    if "_x" not in text:
        return without_control(text)
    return without_control(whole_letters(ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)))


def _styles(parts: Parts, part: str) -> tuple[list[_Style], list[Problem]]:
    """Read which number format each cell style has; a broken part loses the formats, not the table."""
    try:
        return (_styles_of(parts, part) if part in parts else []), []
    except DamagedError:
        return [], [WITHOUT_STYLES]


def _styles_of(parts: Parts, part: str) -> list[_Style]:
    codes = dict(BUILT_IN)
    styles: list[_Style] = []
    for element in parts.elements(part, "numFmt", "cellXfs"):
        if plain(element.tag) == "numFmt" and element.get("numFmtId", "").isdigit():
            codes[int(element.get("numFmtId", "0"))] = element.get("formatCode", "")
        elif plain(element.tag) == "cellXfs":
            used = [xf.get("numFmtId", "0") for xf in element if plain(xf.tag) == "xf"]
            styles = [_style(codes.get(int(number), "") if number.isdigit() else "") for number in used]
    return styles


def _style(code: str) -> _Style:
    return PLAIN if code.lower() in ("", "general") else _Style(code, meaning(code))


def _sheet(parts: Parts, listed: _Listed, book: _Book, grid: Grid) -> Sheet:
    grid.start(listed.name)
    merged: list[MergedRange] = []
    computed: list[tuple[int, int]] = []
    all_zero = True
    next_row = 0
    for element in parts.elements(listed.part, "row", "mergeCell"):
        if plain(element.tag) == "mergeCell":
            merged.extend(_range(element.get("ref", "")))
            continue
        stated = element.get("r", "")
        row = int(stated) - 1 if stated.isdigit() and int(stated) > 0 else next_row
        next_row = row + 1
        for column, item in _placed(element):
            cell = _cell(item, book)
            grid.put(row, column, cell)
            if cell.error is None and any(plain(child.tag) == "f" for child in item):
                computed.append((row, column))
                all_zero = all_zero and cell.value == 0
    if book.recalculated and all_zero:
        for row, column in computed:
            grid.put(row, column, Cell(error=NO_SAVED_VALUE))
    return grid.sheet(listed.hidden, tuple(merged))


def _placed(row: Element) -> Iterator[tuple[int, Element]]:
    """Give each cell of a row its 0-based column; a cell without a reference follows the one before."""
    column = -1
    for item in row:
        if plain(item.tag) != "c":
            continue
        found = REFERENCE.fullmatch(item.get("r", ""))
        column = _column(found.group(1)) if found else column + 1
        yield column, item


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _range(reference: str) -> list[MergedRange]:
    corners = [REFERENCE.fullmatch(corner) for corner in reference.split(":")]
    places = [(int(corner.group(2)) - 1, _column(corner.group(1))) for corner in corners if corner]
    return [MergedRange(*places[0], *places[1])] if len(places) == 2 else []


def _cell(element: Element, book: _Book) -> Cell:
    kind = element.get("t", "n")
    value: str | None = None
    formula = False
    for child in element:
        tag = plain(child.tag)
        if tag == "v":
            value = child.text
        elif tag == "f":
            formula = True
        elif tag == "is":
            kind, value = "str", _text(child)
    style = _style_of(element.get("s", ""), book)
    if not value:
        return Cell(format=style.format, error=NO_SAVED_VALUE) if formula and kind != "str" else BLANK
    return _valued(kind, value, style, book)


def _style_of(number: str, book: _Book) -> _Style:
    return book.styles[int(number)] if number.isdigit() and int(number) < len(book.styles) else PLAIN


def _valued(kind: str, value: str, style: _Style, book: _Book) -> Cell:
    """Turn the stored text of a cell into its value, by the cell's type (ECMA-376 part 1, 18.18.11)."""
    if kind == "s":
        found = value.isdigit() and int(value) < len(book.texts)
        return Cell(book.texts[int(value)], style.format) if found else Cell(error="text missing from the file")
    if kind == "str":
        return Cell(_unescaped(value), style.format)
    if kind == "b":
        return Cell(value in ("1", "true"), style.format)
    if kind == "e":
        return Cell(format=style.format, error=value)
    if kind == "d":
        return Cell(_iso(value, style), style.format)
    return _number(value, style, book)


def _number(value: str, style: _Style, book: _Book) -> Cell:
    try:
        number = float(value)
    except ValueError:
        return Cell(value, style.format)
    if not math.isfinite(number):
        return Cell(format=style.format, error=value)
    shown = from_serial(number, style.shows, book.since_1904)
    whole = isinstance(shown, float) and shown.is_integer() and abs(shown) < 2**53
    return Cell(int(number) if whole else shown, style.format)


def _iso(value: str, style: _Style) -> CellValue:
    """Read an ISO 8601 date-time, which strict workbooks hold instead of a number."""
    try:
        moment = dt.datetime.fromisoformat(value)
    except ValueError:
        return value
    return moment.replace(tzinfo=None)
