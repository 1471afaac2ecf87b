"""Small workbooks for the tests of reading: typed cells, or rows of text as a CSV file gives them."""

from __future__ import annotations

from collections.abc import Sequence

from vsm.model import Problem
from vsm.reading.shapes import Cell, CellValue, Choices, Reading, Sheet, Workbook
from vsm.reading.stages import read_workbook


def sheet(*rows: Sequence[CellValue | Cell], name: str = "Sheet1", **more: object) -> Sheet:
    cells = tuple(tuple(v if isinstance(v, Cell) else Cell(v) for v in row) for row in rows)
    return Sheet(name=name, rows=cells, **more)  # type: ignore[arg-type]


def read_rows(*rows: Sequence[CellValue | Cell], choices: Choices | None = None, **more: object) -> Reading:
    return read_workbook(Workbook(file="stream.xlsx", sheets=(sheet(*rows, **more),)), choices or Choices())


def read_text(text: str, choices: Choices | None = None, **more: object) -> Reading:
    """Read rows of text, cells apart by "|"; an empty line is a blank row."""
    lines = text.strip("\n").split("\n")
    rows = [[cell.strip() or None for cell in line.split("|")] if line.strip() else [] for line in lines]
    return read_rows(*rows, choices=choices, **more)


def problems_of(reading: Reading, repair: str) -> list[Problem]:
    return [problem for problem in reading.problems if problem.repair == repair]
