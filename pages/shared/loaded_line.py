"""The line on every page that says which data is loaded and what was decided differently from the defaults."""

from __future__ import annotations

import streamlit as st

from pages.shared import session
from pages.shared.text import escape
from vsm.definition_words import different_definitions
from vsm.reading.shapes import Reading


def show() -> None:
    """Show the line; without data, nothing."""
    reading = session.current_reading()
    if reading is not None:
        st.caption(line(reading))


def line(reading: Reading) -> str:
    """Say in one line what is loaded: stream, file, sheet, rows used of rows in, unusual definitions. Markdown."""
    name = reading.stream.name if reading.stream else None
    parts = [
        f"**{escape(name)}**" if name else "",
        f"from {escape(reading.file)}" if reading.file != name else "",
        f"sheet {escape(reading.sheet)}" if len(reading.sheets) > 1 else "",
        f"{reading.rows.used} of {reading.rows.total} {'row' if reading.rows.total == 1 else 'rows'} used",
        *different_definitions(reading.definitions),
    ]
    return " · ".join(part for part in parts if part)
