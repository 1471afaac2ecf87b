"""The text behind an option -> its value, or one line that says what is wrong with it."""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from vsm.durations import unit_of
from vsm.items.build import Status, StatusKind
from vsm.public_holidays import listed_holidays, public_holidays
from vsm.reading.log_shapes import LogRole
from vsm.reading.shapes import Role

T = TypeVar("T")

_ROLES = {role.value: role for role in (*LogRole, *Role)}
_STATUS = re.compile(rf"(?P<name>.+)=(?P<kind>{'|'.join(StatusKind)})(?::(?P<stage>.+))?", re.DOTALL)


def said(read: Callable[[str], T]) -> Callable[[str], T]:
    """Let the parser say the sentence of a reader's `ValueError`, without its full stop."""

    def value(text: str) -> T:
        try:
            return read(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error).rstrip(".")) from error

    return value


def role_and_header(text: str) -> tuple[str, str]:
    """Read what `--column` says."""
    role, equals, header = (part.strip() for part in text.partition("="))
    if not equals or not header or role not in _ROLES:
        raise argparse.ArgumentTypeError(f'"{text}" is not ROLE=HEADER with one of the roles {", ".join(_ROLES)}')
    return role, header


def between(low: float, high: float) -> Callable[[str], float]:
    """Make a reader of numbers above `low` and at most `high`."""

    def number(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not (low < value <= high and math.isfinite(value)):
            limit = f" and at most {high:g}" if math.isfinite(high) else ""
            raise argparse.ArgumentTypeError(f'"{text}" is not a number above {low:g}{limit}')
        return value

    return number


def unit(text: str) -> str:
    """Read a unit of time; return its usual name."""
    found = unit_of(text)
    if found is None:
        raise argparse.ArgumentTypeError(f'"{text}" is not a unit of time; ms, s, min, h, d, wk, month and year are')
    return found


def status(text: str) -> Status:
    """Read what `--status` says."""
    found = _STATUS.fullmatch(text.strip())
    if found is None:
        kinds = ", ".join(StatusKind)
        raise argparse.ArgumentTypeError(f'"{text}" is not NAME=KIND or NAME=KIND:STAGE with one of the kinds {kinds}')
    stage = (found["stage"] or "").strip()
    return Status(name=found["name"].strip(), kind=StatusKind(found["kind"]), stage=stage)


def names(text: str) -> tuple[str, ...]:
    """Read names with commas between them; quotes hold one together."""
    found = tuple(name.strip() for name in next(csv.reader([text], skipinitialspace=True), []) if name.strip())
    if not found:
        raise argparse.ArgumentTypeError(f'"{text}" names no stages; write them as "A,B,C"')
    return found


def moment(text: str) -> dt.datetime:
    """Read a date as the moment at which it ends."""
    try:
        if "T" not in text and ":" not in text:
            return dt.datetime.combine(dt.date.fromisoformat(text.strip()), dt.time()) + dt.timedelta(days=1)
        return dt.datetime.fromisoformat(text.strip())
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f'"{text}" is not a date such as 2026-03-31 or 2026-03-31T17:00') from None


def holidays(text: str) -> tuple[str | None, frozenset[dt.date]]:
    """Read the dates of a file, or those of a country, with its name."""
    file = Path(text)
    try:
        if file.is_file():
            return None, listed_holidays(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        raise ValueError(f"“{text}” cannot be read as a text file with one date a line.") from None
    return text.upper(), public_holidays(text)
