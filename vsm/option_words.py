"""A reading -> the options of the command line that answer what it asks; the app has boxes and buttons for them."""

from __future__ import annotations

from vsm.opening import AnyReading
from vsm.reading.cells import NO_UNIT
from vsm.reading.headers import DURATION_ROLES
from vsm.reading.log_shapes import LogReading
from vsm.reading.logs import FAR_DATES, ON_SEVERAL_SHEETS, SHEETS_AS_ONE
from vsm.reading.rows import KEPT_ON_DEMAND
from vsm.reading.shapes import Column, Reading, Role

ANOTHER_SHEET = "To read another sheet, add --sheet NAME."


def option_hints(reading: AnyReading) -> list[str]:
    """Say in a sentence each which options would decide what was left open; none where nothing was."""
    if isinstance(reading, LogReading):
        way = "To decide otherwise, use --timestamp, --dates, --date-order, --unit, --status or --column; see --help."
        hints = [way] if reading.questions or reading.blocking else []
        if hints and reading.parts:
            hints.append("Of a file to join, use --and-column, --and-layout and the like.")
        if any(problem.repair == FAR_DATES for problem in reading.problems):
            hints.append(
                "Dates years away from all others all count with --far-dates count; --far-dates leave-out leaves them "
                "all out, and --far-dates decades only those decades away."
            )
        if any(problem.repair == SHEETS_AS_ONE for problem in reading.problems):
            hints.append("To read one of the sheets alone, add --sheet NAME.")
        if any(problem.repair == ON_SEVERAL_SHEETS for problem in reading.problems):
            hints.append("Where each sheet numbers items of its own, add --items-by-sheet.")
        return hints
    hints = []
    if len(reading.columns) > 1 and (reading.questions or _lacks_a_column(reading)):
        hints.append(_column_hint(reading))
    if any(row.reason in {kind.value for kind in KEPT_ON_DEMAND} for row in reading.left_out):
        hints.append("To count total rows as stages, add --keep-total-rows.")
    if any(problem.repair == NO_UNIT for problem in reading.problems):
        hints.append("To say the unit of times that name none, add --unit UNIT, such as --unit min.")
    if len(reading.snapshots) > 1:
        hints.append("To analyse another period, add --period NAME.")
    if len(reading.sheets) > 1:
        hints.append(ANOTHER_SHEET)
    return hints


def _lacks_a_column(reading: Reading) -> bool:
    roles = {column.role for column in reading.columns}
    missing = Role.STAGE not in roles or not roles & DURATION_ROLES
    return reading.stream is None and missing


def _column_hint(reading: Reading) -> str:
    asked = next((c for c in reading.columns if c.question is not None and c.role is Role.IGNORE), None)
    example = "" if asked is None else f", such as --column {Role.PROCESSING_TIME}={_quoted(asked)}"
    return f"To decide what a column means, add --column ROLE=HEADER{example}; --help lists the roles."


def _quoted(column: Column) -> str:
    """Name a column as a shell takes it: by its header in quotation marks, or by its letter where those would clash."""
    return column.letter if not column.header or set(column.header) & set('"$`\\!%') else f'"{column.header}"'
