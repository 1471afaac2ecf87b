"""A web page, often saved under the name of a workbook, -> one sheet of text cells for each of its tables."""

from __future__ import annotations

from html.parser import HTMLParser

from vsm.model import Problem
from vsm.reading.decoding import decode
from vsm.reading.grid import Grid
from vsm.reading.limits import Limits
from vsm.reading.shapes import Cell, MergedRange, Sheet

WIDEST_SPAN = 1_000
"""What browsers allow a cell to span, at most."""


def read_html(data: bytes, name: str, limits: Limits) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
    """Read every table of a page; all values are text, spanned cells are merged ranges. Raises `ReadError`."""
    text, problems = decode(data)
    reader = _Tables(Grid(name, limits))
    reader.feed(text)
    reader.close()
    reader.end_table()
    return tuple(reader.sheets), problems


class _Tables(HTMLParser):
    def __init__(self, grid: Grid) -> None:
        super().__init__()
        self.sheets: list[Sheet] = []
        self._grid = grid
        self._open = False
        self._row = -1
        self._column = 0
        self._taken_until: dict[int, int] = {}
        """Column -> the first row that no cell from above reaches down to."""
        self._merged: list[MergedRange] = []
        self._text: list[str] | None = None
        self._span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, row, cell or line break; a cell or row left open ends here, as in a browser."""
        if tag == "table":
            self.end_table()
            self._open = True
            self._grid.check_sheets(len(self.sheets) + 1)
            self._grid.start(f"Table {len(self.sheets) + 1}")
        elif tag == "tr":
            self._end_cell()
            self._row, self._column = self._row + 1, 0
        elif tag in ("td", "th"):
            self._end_cell()
            given = dict(attrs)
            self._span = (_span(given.get("rowspan")), _span(given.get("colspan")))
            self._text = []
        elif tag == "br" and self._text is not None:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a cell, row or table."""
        if tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table":
            self.end_table()

    def handle_data(self, data: str) -> None:
        """Collect a cell's text; white space in a page's source means one space."""
        if self._text is not None:
            start, end = " " * data[:1].isspace(), " " * data[-1:].isspace()
            self._text.append(f"{start}{' '.join(data.split())}{end}")

    def end_table(self) -> None:
        """Finish the table that is being read, if any."""
        self._end_cell()
        if self._open:
            self.sheets.append(self._grid.sheet(hidden=False, merged=tuple(self._merged)))
        self._open, self._row, self._taken_until, self._merged = False, -1, {}, []

    def _end_cell(self) -> None:
        if self._text is None or not self._open:
            self._text = None
            return
        row = max(self._row, 0)
        while self._taken_until.get(self._column, 0) > row:
            self._column += 1
        down, right = self._span
        self._grid.put(row, self._column, Cell("".join(self._text).strip()))
        if down * right > 1:
            self._merged.append(MergedRange(row, self._column, row + down - 1, self._column + right - 1))
            self._taken_until |= dict.fromkeys(range(self._column, self._column + right), row + down)
        self._column += right
        self._text = None


def _span(text: str | None) -> int:
    return min(max(int(text), 1), WIDEST_SPAN) if text and text.isascii() and text.isdigit() else 1
