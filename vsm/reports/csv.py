"""Subject -> the stage table as CSV."""

from __future__ import annotations

import csv
import io

import pandas as pd

from vsm.subject import Subject
from vsm.tables import stage_table

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_report(subject: Subject) -> bytes:
    """Write one row per stage of the current state with every figure; an empty cell where nothing was measured."""
    return csv_of(stage_table(subject.analysis))


def csv_of(table: pd.DataFrame) -> bytes:
    """Write a table as CSV, an empty cell where a value is missing.

    UTF-8 with a byte order mark, so that Excel reads names in any language. Texts (never numbers) that begin with
    =, +, -, @ or a tab get a leading apostrophe, as a spreadsheet would otherwise run them as a formula.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_safe(str(name)) for name in table.columns)
    for row in table.astype(object).where(table.notna(), None).itertuples(index=False):
        writer.writerow(_safe(cell) if isinstance(cell, str) else cell for cell in row)
    return out.getvalue().encode("utf-8-sig")


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text
