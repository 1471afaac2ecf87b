"""The workbook that all sheets write into: its formats, its cells and the names of its figures."""

from __future__ import annotations

import unicodedata
from enum import Enum
from math import floor, log10
from typing import Any

import xlsxwriter

from vsm.analysis import Analysis
from vsm.palette import LINE, MUTED, PROCESSING

LONGEST_TEXT = 32_767
"""Characters that Excel accepts in one cell."""
FIRST_ROW = 7
"""Row number, as the spreadsheet counts, of the first stage on the sheets that have one row per stage."""
HEADER_ROW = FIRST_ROW - 1
_INPUT, _COMPUTED, _HEADER = "#FFFFFF", "#F3F4F6", "#E5E7EB"

CellContent = str | float | None


class Look(Enum):
    """How a cell's content is written."""

    TEXT = "text"
    HOURS = "hours"
    SHARE = "share"
    COUNT = "count"
    PRECISE = "precise"


class Book:
    """An xlsxwriter workbook with this report's formats; texts are texts, whatever they begin with."""

    def __init__(self, target: Any, analysis: Analysis) -> None:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.file = xlsxwriter.Workbook(target, {**options, "in_memory": True})
        self.analysis = analysis
        self._number_formats = {
            Look.TEXT: "General",
            Look.HOURS: _hours_format(analysis),
            Look.SHARE: "0.0%",
            Look.COUNT: "#,##0.##",
            Look.PRECISE: "0.0000",
        }
        self.title = self.file.add_format({"bold": True, "font_size": 16, "font_color": PROCESSING})
        self.heading = self.file.add_format({"bold": True, "font_size": 12, "top": 1, "top_color": LINE})
        self.hint = self.file.add_format({"font_color": MUTED, "italic": True})
        self.prose = self.file.add_format({"text_wrap": True, "valign": "top"})
        self.header = self.file.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": _HEADER, "bottom": 1, "bottom_color": MUTED}
        )
        self._inputs = {look: self._format(look, _INPUT) for look in Look}
        self._computed = {look: self._format(look, _COMPUTED) for look in Look}

    def _format(self, look: Look, colour: str) -> Any:
        edge = {"bottom": 1, "bottom_color": LINE, "bg_color": colour, "valign": "top"}
        aligned = {"text_wrap": True} if look is Look.TEXT else {"align": "right"}
        return self.file.add_format({"num_format": self._number_formats[look], **edge, **aligned})

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

    def write_input(self, sheet: Any, cell: str, value: CellContent, look: Look) -> None:
        """Write what the file states; what it does not is an empty cell, which formulas leave out."""
        if value is None:
            sheet.write_blank(cell, None, self._inputs[look])
        elif isinstance(value, str):
            self.write_text(sheet, cell, value, self._inputs[look])
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
        self.file.define_name(name, f"={sheet}!{absolute(cell)}")


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


def _hours_format(analysis: Analysis) -> str:
    """Give hours enough decimals for the smallest time: a second is 0.00028 h, and must not be shown as 0."""
    times = [t for s in analysis.stages for t in (s.stage.processing_time, s.stage.wait_time) if t]
    decimals = min(max(1 - floor(log10(min(times))), 1), 6) if times else 1
    return f"#,##0.{'0' * decimals}"
