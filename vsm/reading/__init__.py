"""A file -> sheets -> a table -> a stream: the only place that knows about columns and messy cells."""

from __future__ import annotations

from pathlib import Path

from vsm.reading.files import from_grid, open_bytes, open_path
from vsm.reading.shapes import Choices, ReadError, Reading, Role, Workbook
from vsm.reading.stages import read_workbook

__all__ = [
    "Choices",
    "ReadError",
    "Reading",
    "Role",
    "Workbook",
    "from_grid",
    "open_bytes",
    "open_path",
    "read",
    "read_workbook",
]

_NO_CHOICES = Choices()


def read(path: str | Path, choices: Choices = _NO_CHOICES) -> Reading:
    """Open a file and understand it as a table of stages. Raises ReadError where there is no table to show."""
    return read_workbook(open_path(path), choices)
