"""The workbook that all sheets write into: its formats, its cells and the names of its figures."""

from __future__ import annotations

import datetime as dt
import unicodedata
from enum import Enum
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.utility import quote_sheetname

from vsm.palette import LINE, MUTED, PROCESSING

LONGEST_TEXT = 32_767
"""Characters that Excel accepts in one cell."""
FIRST_ROW = 7
"""Row number, as the spreadsheet counts, of the first stage on the sheets that have one row per stage."""
HEADER_ROW = FIRST_ROW - 1
_INPUT, _COMPUTED, _HEADER = "#FFFFFF", "#F3F4F6", "#E5E7EB"

HEADER_HEIGHT = 48
_LINE_HEIGHT, _HIGHEST_ROW = 15.5, 409.0
"""Points; a row keeps the height it is given, and no program that opens the file fits it to a wrapped text."""

CellContent = str | float | None
Input = CellContent | dt.date


class Look(Enum):
    """How a cell's content is written."""

    TEXT = "text"
    HOURS = "hours"
    SHARE = "share"
    COUNT = "count"
    RATE = "rate"
    PRECISE = "precise"
    DATE = "date"
    DIFFERENCE = "difference"
    POINTS = "points"
    """A difference of two shares."""


_NUMBER_FORMATS = {
    Look.TEXT: "General",
    # A second of work is 0.00028 h: small values get the digits that keep them from being shown as zero.
    Look.HOURS: "[=0]0.0;[<0.1]0.00000;#,##0.0",
    Look.SHARE: "[=0]0%;[<0.001]0.0000%;0.0%",
    Look.COUNT: "[>=1000]#,##0;General",
    Look.RATE: "#,##0.0",
    Look.PRECISE: "0.0000",
    Look.DATE: "d mmm yyyy",
    Look.DIFFERENCE: "+#,##0.00;-#,##0.00;0",
    Look.POINTS: "+0.0%;-0.0%;0%",
}


class Book:
    """An xlsxwriter workbook with this report's formats; texts are texts, whatever they begin with."""

    def __init__(self, target: Any) -> None:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.file = xlsxwriter.Workbook(target, {**options, "in_memory": True})
        self.title = self.file.add_format({"bold": True, "font_size": 16, "font_color": PROCESSING})
        self.heading = self.file.add_format({"bold": True, "font_size": 12, "top": 1, "top_color": LINE})
        self.hint = self.file.add_format({"font_color": MUTED, "italic": True, "indent": 1})
        self.prose = self.file.add_format({"text_wrap": True, "valign": "top"})
        header = {"bold": True, "text_wrap": True, "valign": "bottom", "bg_color": _HEADER}
        self.header = self.file.add_format({**header, "bottom": 1, "bottom_color": MUTED, "align": "left", "indent": 1})
        self.number_header = self.file.add_format({**header, "bottom": 1, "bottom_color": MUTED, "align": "right"})
        self._inputs = {look: self._format(look, _INPUT) for look in Look}
        self._computed = {look: self._format(look, _COMPUTED) for look in Look}

    def _format(self, look: Look, colour: str) -> Any:
        edge = {"bottom": 1, "bottom_color": LINE, "bg_color": colour, "valign": "top"}
        aligned = {"text_wrap": True, "align": "left", "indent": 1} if look is Look.TEXT else {"align": "right"}
        return self.file.add_format({"num_format": _NUMBER_FORMATS[look], **edge, **aligned})

    def sheet(self, name: str) -> Any:
        """Add a sheet that prints in landscape, as wide as the page."""
        sheet = self.file.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.set_footer("&L&F – &A&RPage &P of &N")
        sheet.hide_gridlines(2)
        return sheet

    def write_text(self, sheet: Any, cell: str, text: str, cell_format: Any = None) -> None:
        """Write text as text, whatever it begins with."""
        sheet.write_string(cell, storable(text), cell_format)

    def write_header(self, sheet: Any, cell: str, label: str, look: Look) -> None:
        """Write a column's label, aligned as what stands under it."""
        self.write_text(sheet, cell, label, self.header if look is Look.TEXT else self.number_header)

    def write_input(self, sheet: Any, cell: str, value: Input, look: Look) -> None:
        """Write what the file states; what it does not is an empty cell, which formulas leave out."""
        if value is None:
            sheet.write_blank(cell, None, self._inputs[look])
        elif isinstance(value, str):
            self.write_text(sheet, cell, value, self._inputs[look])
        elif isinstance(value, dt.date):
            sheet.write_datetime(cell, value, self._inputs[look])
        else:
            sheet.write_number(cell, value, self._inputs[look])

    def write_computed(self, sheet: Any, cell: str, value: str | float, look: Look) -> None:
        """Write what follows from the structure of the stream and does not change with its figures."""
        if isinstance(value, str):
            self.write_text(sheet, cell, value, self._computed[look])
        else:
            sheet.write_number(cell, value, self._computed[look])

    def write_formula(self, sheet: Any, cell: str, formula: str, value: CellContent, look: Look) -> None:
        """Write a live formula with its present value, so that viewers which do not calculate show it too."""
        sheet.write_formula(cell, f"={formula}", self._computed[look], _saved(value))

    def write_array_formula(self, sheet: Any, cell: str, formula: str, value: CellContent, look: Look) -> None:
        """Write a live formula that looks at ranges cell by cell."""
        sheet.write_array_formula(f"{cell}:{cell}", f"{{={formula}}}", self._computed[look], _saved(value))

    def name_cell(self, name: str, sheet: str, cell: str) -> None:
        """Give a cell a name that formulas, and people, can use."""
        self.file.define_name(name, f"={quote_sheetname(sheet)}!{absolute(cell)}")


def height_for(text: str, width: int) -> float:
    """Return the height in points of a row whose text wraps after about `width` characters, as far as rows can grow."""
    return min(_LINE_HEIGHT * sum(max(ceil(len(line) / width), 1) for line in text.split("\n")), _HIGHEST_ROW)


def storable(text: str) -> str:
    """Make text fit a cell: cut where cells end, and without the characters that XML cannot hold."""
    kept = (c if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs") else " " for c in text[:LONGEST_TEXT])
    return "".join(kept).replace("\ufffe", " ").replace("\uffff", " ")


def _saved(value: CellContent) -> CellContent:
    """Return the value to save with a formula: nothing shown is the empty text, as the formulas have it."""
    return "" if value is None else storable(value) if isinstance(value, str) else value


def absolute(cell: str) -> str:
    """Turn "B4" into "$B$4"."""
    letters = cell.rstrip("0123456789")
    return f"${letters}${cell[len(letters) :]}"
