"""The lines of the sheet "Figures": computed ones with their formula, and values that a person may change."""

from __future__ import annotations

from dataclasses import dataclass

from vsm.reports.workbook.book import CellContent, Look


@dataclass(frozen=True)
class Figure:
    """One computed line of the sheet; `name` becomes the name of its cell."""

    name: str
    label: str
    formula: str
    value: CellContent
    look: Look
    how: str
    array: bool = False
    """The formula looks at ranges cell by cell."""


@dataclass(frozen=True)
class Line:
    """One line with a value that formulas use; `name` becomes the name of its cell."""

    name: str
    label: str
    value: float | None
    look: Look
    says: str
