"""Defaults, headers and a person's choices -> the definitions as applied, and who decided each."""

from __future__ import annotations

from dataclasses import replace

from vsm.model import Definitions
from vsm.reading.columns import Columns, time_columns
from vsm.reading.shapes import Choices, Role
from vsm.reading.tables import Table

DEFAULT, YOU = "the default", "you"


def apply_definitions(
    table: Table, columns: Columns, choices: Choices
) -> tuple[Definitions, tuple[tuple[str, str], ...]]:
    """Settle the definitions: an explicit choice wins over a header, a header over what is left at its default.

    The side of the waits stays open where the table has both: their figures decide, when they are put together.
    """
    default, given = Definitions(), choices.definitions
    wait_header = _header(columns, Role.WAIT_TIME)
    quality_header = _header(columns, Role.COMPLETE_ACCURATE)
    wait, wait_by = given.wait, _by(given.wait, default.wait)
    quality, quality_by = given.complete_accurate, _by(given.complete_accurate, default.complete_accurate)
    if columns.wait_side is not None:
        wait, wait_by = columns.wait_side, wait_header
    if columns.both_waits:
        wait_by = "the headers " + " and ".join(f'"{column.header}"' for column in columns.both_waits.values())
    if columns.quality_side is not None:
        quality, quality_by = columns.quality_side, quality_header
    if choices.wait is not None:
        wait, wait_by = choices.wait, YOU
    if choices.complete_accurate is not None:
        quality, quality_by = choices.complete_accurate, YOU
    said_by = (
        ("wait", wait_by),
        ("complete_accurate", quality_by),
        (
            "lead_time_contains_processing",
            _by(given.lead_time_contains_processing, default.lead_time_contains_processing),
        ),
        ("hours_per_day", _by(given.hours_per_day, default.hours_per_day)),
        ("days_per_week", _by(given.days_per_week, default.days_per_week)),
        ("unit", _unit_by(table, columns, choices)),
    )
    return replace(given, wait=wait, complete_accurate=quality), said_by


def _by(given: object, default: object) -> str:
    return DEFAULT if given == default else YOU


def _header(columns: Columns, role: Role) -> str:
    column = columns.of(role)
    return f'the header "{column.header}"' if column is not None else DEFAULT


def _unit_by(table: Table, columns: Columns, choices: Choices) -> str:
    if choices.units or choices.definitions.unit is not None:
        return YOU
    if table.unit_line is not None:
        return f'the line "{table.unit_line}"'
    headers = [f'"{column.header}"' for column in time_columns(columns) if column.unit is not None]
    if not headers:
        return DEFAULT
    return ("the header " if len(headers) == 1 else "the headers ") + " and ".join(headers)
