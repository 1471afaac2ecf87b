"""The parts of an ods file -> sheets of cells, read as a stream; repeated blank rows and cells cost nothing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from vsm.model import Problem
from vsm.reading.decoding import without_control
from vsm.reading.grid import BLANK, NO_SAVED_VALUE, Grid
from vsm.reading.limits import Limits
from vsm.reading.parts import Parts, damaged, plain
from vsm.reading.shapes import Cell, CellValue, MergedRange, Sheet

CONTENT = "content.xml"
DURATION = re.compile(r"(-)?P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?")
ERROR = re.compile(r"#[A-Z0-9/!?]+|Err:\d+")
BREAKS = {"tab": "\t", "line-break": "\n"}
CELLS = {"table-cell", "covered-table-cell"}


def read_ods(parts: Parts, limits: Limits) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
    """Read every sheet with values, errors and merged ranges. Raises `ReadError`.

    Times come as `timedelta` with the format "[h]:mm", percentages with the format "0%"; other cells have no format.
    """
    if CONTENT not in parts:
        raise damaged(parts.name)
    hidden_styles: set[str] = set()
    tables: list[_Table] = []
    sheets: list[Sheet] = []
    grid = Grid(parts.name, limits)
    for element in parts.elements(CONTENT, "style", "table-row", opened="table"):
        tag = plain(element.tag)
        if tag == "style":
            hidden_styles |= _hidden_style(element)
        elif tag == "table":
            sheets.extend(table.finish() for table in tables[-1:])
            grid.check_sheets(len(sheets) + 1)
            tables.append(_Table(element, grid, hidden_styles))
        elif tables:
            tables[-1].add(element)
    sheets.extend(table.finish() for table in tables[-1:])
    return tuple(sheets), ()


class _Table:
    """One sheet while its rows stream by."""

    def __init__(self, element: Element, grid: Grid, hidden_styles: set[str]) -> None:
        about = _attributes(element)
        self._hidden = about.get("style-name", "") in hidden_styles
        self._grid = grid
        self._row = 0
        self._merged: list[MergedRange] = []
        grid.start(about.get("name", ""))

    def add(self, element: Element) -> None:
        """Place a row as often as it is repeated; a blank one only counts."""
        cells = list(_placed(element))
        repeated = _count(_attributes(element), "number-rows-repeated")
        if cells:
            column, times, *_ = cells[-1]
            self._grid.check_block(self._row + repeated - 1, repeated * (column + times))
        for row in range(self._row, self._row + repeated if cells else self._row):
            for column, times, cell, (down, right) in cells:
                for place in range(column, column + times):
                    self._grid.put(row, place, cell)
                    if down * right > 1:
                        self._merged.append(MergedRange(row, place, row + down - 1, place + right - 1))
        self._row += repeated

    def finish(self) -> Sheet:
        """Make the sheet of the rows so far."""
        return self._grid.sheet(self._hidden, tuple(self._merged))


def _placed(row: Element) -> Iterator[tuple[int, int, Cell, tuple[int, int]]]:
    """Give column, repetitions, cell and span (down, right) of each cell in a row that is not blank."""
    column = 0
    for element in row:
        if plain(element.tag) not in CELLS:
            continue
        about = _attributes(element)
        times = _count(about, "number-columns-repeated")
        cell = _cell(element, about)
        if not cell.blank:
            yield column, times, cell, (_count(about, "number-rows-spanned"), _count(about, "number-columns-spanned"))
        column += times


def _cell(element: Element, about: dict[str, str]) -> Cell:
    kind = about.get("value-type", "")
    text = without_control("\n".join(_text(child) for child in element if plain(child.tag) == "p"))
    marked = any(plain(name) == "value-type" and value == "error" for name, value in element.attrib.items())
    if marked or ("formula" in about and ERROR.fullmatch(text)):
        return Cell(error=text or "error")
    if not kind:
        return Cell(error=NO_SAVED_VALUE) if "formula" in about else BLANK
    if kind == "time":
        value = _duration(about.get("time-value", ""))
        return Cell(text) if value is None else Cell(value, "[h]:mm")
    if kind == "percentage":
        return Cell(_number(about.get("value", ""), text), "0%")
    if kind in ("float", "currency"):
        return Cell(_number(about.get("value", ""), text))
    if kind == "boolean":
        return Cell(about.get("boolean-value") == "true")
    return Cell(_moment(about.get("date-value", ""), text) if kind == "date" else about.get("string-value") or text)


def _attributes(element: Element) -> dict[str, str]:
    """Map plain names to values, first come: LibreOffice repeats the standard's attributes under a name of its own."""
    found: dict[str, str] = {}
    for name, value in element.attrib.items():
        found.setdefault(plain(name), value)
    return found


def _count(about: dict[str, str], name: str) -> int:
    stated = about.get(name, "1")
    return max(1, int(stated)) if stated.isdigit() and len(stated) < 10 else 1


def _number(stated: str, text: str) -> CellValue:
    try:
        number = float(stated)
    except ValueError:
        return text
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _moment(stated: str, text: str) -> CellValue:
    try:
        return dt.datetime.fromisoformat(stated).replace(tzinfo=None)
    except ValueError:
        return text


def _duration(stated: str) -> dt.timedelta | None:
    """Read an ISO 8601 duration ("PT26H00M00S"); `None` where it is none or too long."""
    found = DURATION.fullmatch(stated)
    if not found:
        return None
    days, hours, minutes = (int(part or 0) for part in found.group(2, 3, 4))
    seconds = float((found.group(5) or "0").replace(",", "."))
    try:
        length = dt.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        return None
    return -length if found.group(1) else length


def _text(element: Element) -> str:
    """Write out a paragraph: runs of spaces, tabs and line breaks are elements, comments do not belong to it."""
    pieces = [element.text or ""]
    for child in element:
        tag = plain(child.tag)
        if tag == "s":
            pieces.append(" " * min(_count(_attributes(child), "c"), 1000))
        elif tag in BREAKS:
            pieces.append(BREAKS[tag])
        elif tag != "annotation":
            pieces.append(_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _hidden_style(style: Element) -> set[str]:
    hides = any(_attributes(child).get("display") == "false" for child in style)
    return {_attributes(style).get("name", "")} if hides and _attributes(style).get("family") == "table" else set()
