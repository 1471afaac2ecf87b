"""LibreOffice as an independent calculator: a workbook -> the same with every formula computed anew."""

from __future__ import annotations

import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

SOFFICE = shutil.which("soffice")


def require_office() -> None:
    """Skip the test where LibreOffice is not installed; in continuous integration that is a failure."""
    if SOFFICE is None and os.environ.get("CI") == "true":
        pytest.fail("LibreOffice is not installed: continuous integration must recompute the workbooks.")
    if SOFFICE is None:
        pytest.skip("LibreOffice is not installed, so no formula can be recomputed.")


def recompute(contents: dict[str, bytes], changes: dict[str, dict[str, Any]], folder: Path) -> dict[str, Any]:
    """Recompute workbooks by LibreOffice, all in one go, as starting it takes longest.

    `changes` holds for each name the cells to overwrite before ("Stages!C8"). openpyxl writes no saved values, so
    that each value read afterwards is LibreOffice's own. Returns the computed workbooks by name.
    """
    require_office()
    before, after = folder / "before", folder / "after"
    before.mkdir()
    for name, content in contents.items():
        book = openpyxl.load_workbook(BytesIO(content))
        for place, value in changes.get(name, {}).items():
            sheet, cell = place.split("!")
            book[sheet][cell] = value
        book.save(before / f"{name}.xlsx")
    files = [str(before / f"{name}.xlsx") for name in contents]
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [SOFFICE or "", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(after), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return {name: openpyxl.load_workbook(after / f"{name}.xlsx", data_only=True) for name in contents}
