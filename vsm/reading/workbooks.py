"""A workbook's bytes -> its sheets: in this process where that is surely safe, else in a child process."""

from __future__ import annotations

import io
import pickle
from pathlib import Path
from typing import cast

from vsm.model import Problem
from vsm.reading.in_child import ask_child
from vsm.reading.limits import Limits
from vsm.reading.ods import read_ods
from vsm.reading.parts import Parts, damaged
from vsm.reading.recognise import Kind
from vsm.reading.shapes import ReadError, Sheet
from vsm.reading.xlsx import read_xlsx

Sheets = tuple[tuple[Sheet, ...], tuple[Problem, ...]]

SMALL = 2 * 1024 * 1024
"""Unpacked bytes up to which our own stream readers may run in this process; they take well under a second."""
CHILD = Path(__file__).with_name("child.py")
KNOWN_CLASSES = {
    "vsm.model": {"Problem", "Severity"},
    "vsm.reading.shapes": {"Cell", "MergedRange", "Sheet"},
    "datetime": {"date", "datetime", "time", "timedelta"},
}


def read_workbook(data: bytes, kind: Kind, parts: Parts | None, name: str, limits: Limits) -> Sheets:
    """Read the sheets of a workbook and what was odd about it; raises `ReadError`.

    Small zips of XML are read here. Larger ones, and all that calamine reads, are read in a child process with limits
    on memory and time: a file can end that process, but not this one.
    """
    if parts is not None and kind in (Kind.XLSX, Kind.ODS) and parts.size <= SMALL:
        return _read_parts(parts, kind, limits)
    if kind is Kind.XLSB and parts is not None:
        parts.check_all()
    return _read_in_child(data, kind, name, limits)


def read_here(data: bytes, kind: Kind, name: str, limits: Limits) -> Sheets:
    """Read the sheets in this very process, whatever that does to it: for the child process."""
    if kind in (Kind.XLSX, Kind.ODS):
        return _read_parts(Parts(data, name, limits), kind, limits)
    from vsm.reading.calamined import read_calamine  # only here: no other process may need it

    return read_calamine(data, name, limits)


def _read_parts(parts: Parts, kind: Kind, limits: Limits) -> Sheets:
    return read_xlsx(parts, limits) if kind is Kind.XLSX else read_ods(parts, limits)


def _read_in_child(data: bytes, kind: Kind, name: str, limits: Limits) -> Sheets:
    answer = ask_child(CHILD, {"kind": kind.name, "name": name}, data, name, limits)
    if answer is None:
        raise ReadError(
            f"“{name}” is damaged, or one of its sheets is far larger than any table of stages; copy the table alone "
            "into a new workbook, save it as xlsx, and bring that."
        )
    return _understood(answer, name)


class _OwnTypes(pickle.Unpickler):
    """Takes from the child nothing but sheets of cells: a child led astray by a file cannot run code here."""

    def find_class(self, module: str, name: str) -> object:
        """Give the named class if it is one of ours."""
        if name not in KNOWN_CLASSES.get(module, ()):
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a sheet")
        return super().find_class(module, name)


def _understood(answer: bytes, name: str) -> Sheets:
    try:
        found = _OwnTypes(io.BytesIO(answer)).load()
    except (pickle.UnpicklingError, EOFError) as error:
        raise damaged(name) from error
    if isinstance(found, str):
        raise ReadError(found)
    return cast(Sheets, found)
