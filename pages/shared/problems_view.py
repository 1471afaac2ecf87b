"""What blocks, what was odd and what was left out, each in words, with the row and column to look at."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import pandas as pd
import streamlit as st

from pages.shared import session
from pages.shared.text import escape
from vsm.model import Problem, Severity
from vsm.opening import AnyReading
from vsm.reading.log_shapes import LogReading
from vsm.reading.shapes import Reading
from vsm.wording import count, listed

MOST_WRAPPED = 30
"""Problems of one group that are shown in full sentences at once; more are shown in a table to scroll."""
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
# An error blocks nothing: it is a figure that counts as not measured.
_COUNTED = {
    Severity.ERROR: ("figure not used", "figures not used"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.NOTE: ("note", "notes"),
}


def show_blocking(reading: AnyReading) -> None:
    """Show what keeps the data from being analysed."""
    for problem in reading.blocking:
        st.error(escape(problem.message))


def show_problems(reading: AnyReading | LogReading) -> None:
    """Show the problems grouped by repair, the gravest first."""
    if not reading.problems:
        st.markdown("Nothing odd was found.")
        return
    for severity in _ORDER:
        found = sorted((p for p in reading.problems if p.severity is severity), key=lambda p: (p.repair, p.row or 0))
        for repair, group in groupby(found, key=lambda p: p.repair):
            _group(severity, repair, tuple(group))


def _group(severity: Severity, repair: str, problems: Sequence[Problem]) -> None:
    title = f"{_NOUNS[severity].capitalize()} · {escape(repair)} ({len(problems):,})"
    with st.expander(title, expanded=severity is Severity.ERROR):
        _table(problems)


def _table(problems: Sequence[Problem]) -> None:
    """Show the problems of a group: few as a table whose sentences wrap, many as one to scroll in."""
    sheets = {p.sheet for p in problems}
    columns = {
        "Sheet": [p.sheet or "" for p in problems if len(sheets) > 1],
        "Row": [str(p.row or "") for p in problems],
        "Column": [p.column or "" for p in problems],
        "Found": [p.found or "" for p in problems],
        "What was done and what to do": [p.message for p in problems],
    }
    filled = {name: cells for name, cells in columns.items() if any(cells)}
    if len(problems) > MOST_WRAPPED:
        st.dataframe(pd.DataFrame(filled), hide_index=True)
    else:
        st.table({escape(name): [escape(cell) for cell in cells] for name, cells in filled.items()}, hide_index=True)


def show_left_out(reading: Reading) -> None:
    """Name the rows left out with their reasons, offer them as CSV, and bring total rows back at a click."""
    if reading.left_out:
        st.markdown(f"{count(len(reading.left_out), 'row')} left out:".capitalize())
        frame = pd.DataFrame(
            {
                "Sheet": [row.sheet for row in reading.left_out],
                "Row": [row.row for row in reading.left_out],
                "Reason": [row.reason for row in reading.left_out],
                "Cells": [" | ".join(cell for cell in row.cells if cell) for row in reading.left_out],
            }
        )
        st.dataframe(frame if frame["Sheet"].nunique() > 1 else frame.drop(columns="Sheet"), hide_index=True)
    with st.container(horizontal=True):
        if reading.left_out:
            st.download_button(
                "Download the rows left out (CSV)",
                left_out_csv(reading),
                "rows_left_out.csv",
                "text/csv",
                on_click="ignore",
            )
        _total_rows(reading)


def show_left_out_of_log(reading: LogReading, place: int = 0) -> None:
    """Name the first rows of a log's file that were left out with their reasons, and offer them as CSV."""
    if not reading.left_out:
        return
    frame = pd.DataFrame(reading.left_out, columns=["Row", "Reason", "Sheet"])
    frame = frame[["Sheet", "Row", "Reason"] if reading.of_sheets else ["Row", "Reason"]]
    first = "The first " if len(frame) < reading.rows.left_out else ""
    sentence = f"{first}{count(len(frame), 'row')} left out:"
    st.markdown(f"{sentence[:1].upper()}{sentence[1:]}")
    st.dataframe(frame, hide_index=True)
    st.download_button(
        "Download the rows left out (CSV)",
        frame.to_csv(index=False).encode("utf-8-sig"),
        "rows_left_out.csv",
        "text/csv",
        key=session.key("left_out", place),
        on_click="ignore",
    )


def _total_rows(reading: Reading) -> None:
    kept = session.choices().keep_total_rows
    if kept:
        st.button("Leave total rows out again", on_click=_keep_total_rows, args=(False,))
    elif any("total" in row.reason.lower() for row in reading.left_out):
        st.button("Count total rows as stages after all", on_click=_keep_total_rows, args=(True,))


def _keep_total_rows(keep: bool) -> None:
    session.choose(replace(session.choices(), keep_total_rows=keep))


def left_out_csv(reading: Reading) -> bytes:
    """Write the rows left out as CSV: the row's number, the reason, then its cells under the table's headers."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Row", "Reason", *(column.header or column.letter for column in reading.columns)])
    writer.writerows([row.row, row.reason, *row.cells] for row in reading.left_out)
    return text.getvalue().encode("utf-8-sig")


def in_short(reading: AnyReading) -> str:
    """Say in one sentence what became of the rows and how many problems there are."""
    rows = reading.rows
    parts = [f"{count(rows.used, 'row')} used"]
    parts += [f"{count(rows.left_out, 'row')} left out"] if rows.left_out else []
    parts += [f"{count(rows.blank, 'blank row')} passed over"] if rows.blank else []
    if not rows.left_out and not rows.blank:
        parts = [f"all {rows.used:,} rows used" if rows.used > 1 else "the only row used"]
    found = [
        count(number, *_COUNTED[severity])
        for severity in _ORDER
        if (number := sum(problem.severity is severity for problem in reading.problems))
    ]
    sentence = listed([*parts, *found])
    return f"{sentence[0].upper()}{sentence[1:]}."
