"""How much of a file we are willing to read, with defaults that a table of stages never comes near."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from vsm.reading.shapes import ReadError

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one file may cost; whatever is over a limit is refused in a sentence that names the limit."""

    upload_bytes: int = 25 * MEGABYTE
    unzipped_bytes: int = 200 * MEGABYTE
    cells: int = 5_000_000
    rows: int = 100_000
    sheets: int = 500
    seconds: float = 30
    memory_bytes: int = 1024 * MEGABYTE
    """Address space of the process that reads a file in a child process; not enforced on Windows."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None, plain: Limits | None = None) -> Limits:
        """Take the limits from `VSM_MAX_UPLOAD_MB`, `_UNZIPPED_MB`, `_CELLS`, `_ROWS`, `_SECONDS` and `_MEMORY_MB`.

        What is not set keeps its default, which is that of `plain` where given. Raises `ReadError` for what is no
        positive number.

        >>> Limits.from_environment({"VSM_MAX_CELLS": "1000"}).cells
        1000
        """
        given = os.environ if environment is None else environment
        plain = plain or cls()
        return cls(
            upload_bytes=_setting(given, "VSM_MAX_UPLOAD_MB", plain.upload_bytes, MEGABYTE),
            unzipped_bytes=_setting(given, "VSM_MAX_UNZIPPED_MB", plain.unzipped_bytes, MEGABYTE),
            cells=_setting(given, "VSM_MAX_CELLS", plain.cells),
            rows=_setting(given, "VSM_MAX_ROWS", plain.rows),
            seconds=_setting(given, "VSM_MAX_SECONDS", int(plain.seconds)),
            memory_bytes=_setting(given, "VSM_MAX_MEMORY_MB", plain.memory_bytes, MEGABYTE),
        )


def _setting(given: Mapping[str, str], name: str, default: int, unit: int = 1) -> int:
    text = given.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise ReadError(f"The setting {name} is “{text}”, but must be a whole number above 0, such as 25.")
    return int(text) * unit


def megabytes(size: int) -> str:
    """Write a number of bytes as a person says it.

    >>> megabytes(25 * MEGABYTE)
    '25 MB'
    """
    return f"{size / MEGABYTE:,.0f} MB"
