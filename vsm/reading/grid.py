"""Cells by row and column -> a sheet, refusing what a table of stages never is: a million rows or cells."""

from __future__ import annotations

from vsm.model import Problem, Severity
from vsm.reading.limits import Limits
from vsm.reading.shapes import Cell, MergedRange, ReadError, Sheet

BLANK = Cell()
NO_SAVED_VALUE = "formula without a saved value"
Row = tuple[Cell, ...]


class Grid:
    """The sheets of one workbook while they are filled; counts cells over all of them."""

    def __init__(self, file: str, limits: Limits) -> None:
        self._file = file
        self._limits = limits
        self._cells = 0
        self.start("")

    def start(self, name: str) -> None:
        """Begin the next sheet."""
        self._name = name
        self._rows: list[list[Cell]] = []

    def check_sheets(self, count: int) -> None:
        """Raise `ReadError` when a workbook has more sheets than anybody can choose from."""
        if count > self._limits.sheets:
            raise ReadError(
                f"“{self._file}” has more than {self._limits.sheets} sheets; copy the sheet with the table of stages "
                "into a new workbook and bring that."
            )

    def check_row(self, row: int) -> None:
        """Raise `ReadError` when a value lies in a row (0-based) further down than any table of stages."""
        if row >= self._limits.rows:
            raise ReadError(
                f"The sheet “{self._name}” of “{self._file}” has a value in row {row + 1:,}, below the "
                f"{self._limits.rows:,} rows that are read; a table of stages has one row for each stage, so copy that "
                "table alone into a new workbook and bring that."
            )

    def check_block(self, last_row: int, cells: int) -> None:
        """Raise `ReadError` when so many more cells, down to a row (0-based), would be too many."""
        self.check_row(last_row)
        if self._cells + cells > self._limits.cells:
            raise self._too_many_cells()

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Place a cell (0-based); blank ones cost nothing. Raises `ReadError` when the sheet is too large."""
        if cell.blank:
            return
        self.check_row(row)
        while len(self._rows) <= row:
            self._rows.append([])
        cells = self._rows[row]
        missing = column + 1 - len(cells)
        if missing > 0:
            self._count(missing)
            cells.extend([BLANK] * missing)
        cells[column] = cell

    def sheet(self, hidden: bool, merged: tuple[MergedRange, ...] = ()) -> Sheet:
        """Finish the sheet; merged ranges are cut to the part that has cells, and show their first cell only."""
        cut = self._cut(merged)
        for block in cut:
            self._hide_under(block)
        return Sheet(name=self._name, rows=tuple(map(tuple, self._rows)), hidden=hidden, merged=cut)

    def _count(self, cells: int) -> None:
        self._cells += cells
        if self._cells > self._limits.cells:
            raise self._too_many_cells()

    def _too_many_cells(self) -> ReadError:
        return ReadError(
            f"“{self._file}” has more than {self._limits.cells:,} cells; copy the table of stages alone into a new "
            "workbook and bring that."
        )

    def _cut(self, merged: tuple[MergedRange, ...]) -> tuple[MergedRange, ...]:
        """Cut ranges to the cells there are; those that overlap, which only an attack does, end when they add up."""
        height, width = len(self._rows), max(map(len, self._rows), default=0)
        room = height * width
        cut = []
        for first_row, first_column, bottom, right in merged:
            block = MergedRange(first_row, first_column, min(bottom, height - 1), min(right, width - 1))
            area = max(0, block.last_row - first_row + 1) * max(0, block.last_column - first_column + 1)
            room -= area
            if room < 0:
                break
            if area > 1:
                cut.append(block)
        return tuple(cut)

    def _hide_under(self, block: MergedRange) -> None:
        for row in range(block.first_row, block.last_row + 1):
            cells = self._rows[row]
            for column in range(block.first_column, min(block.last_column + 1, len(cells))):
                if (row, column) != (block.first_row, block.first_column):
                    cells[column] = BLANK


def passed_over(name: str, what: str) -> Problem:
    """Note that a sheet without cells is not among the sheets."""
    return Problem(
        severity=Severity.NOTE,
        repair="Sheets without cells passed over",
        message=f"The sheet “{name}” holds {what} and was passed over; nothing needs to be done.",
        sheet=name,
    )
