"""Problems of one sheet, written down as they are found."""

from __future__ import annotations

from vsm.model import Problem, Severity


class Findings:
    """Collects what was odd in a sheet; lives only while one sheet is read."""

    def __init__(self, sheet: str | None) -> None:
        self.sheet = sheet
        self.problems: list[Problem] = []

    def add(
        self,
        severity: Severity,
        repair: str,
        message: str,
        *,
        row: int | None = None,
        column: str | None = None,
        found: str | None = None,
        sheet: str | None = None,
    ) -> None:
        """Write down one problem; `row` as the spreadsheet numbers it, `column` by its header, `sheet` if another."""
        self.problems.append(
            Problem(
                severity=severity,
                repair=repair,
                message=message,
                sheet=sheet or self.sheet,
                row=row,
                column=column,
                found=found,
            )
        )
