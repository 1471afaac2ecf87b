"""The transformation plan as a table in which owner, due date, measure, target and effort can be filled in."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from typing import Any

import streamlit as st

from pages.shared import scenario_state
from pages.shared.prose import paragraphs
from pages.shared.text import escape
from vsm.future import FutureState
from vsm.future_words import gain_sentence, warnings
from vsm.plan import Effort, PlannedChange, Scenario
from vsm.plan_words import plan_table

_THREE_LINES = 72
"""Pixels: rows that are higher than one line let text go on in a next line."""
_TEXT_FIELDS = {"Owner": "owner", "Measure": "measure", "Target": "target"}


def show(scenario: Scenario, future: FutureState) -> None:
    """Show the plan of a scenario, and take what is typed into it."""
    for sentence in warnings(future):
        st.warning(escape(sentence))
    paragraphs([gain_sentence(future)])
    # A key of its own for each content: what was typed is part of the scenario then, and no longer an edit.
    key = f"plan_{hashlib.sha256(repr(scenario.planned).encode()).hexdigest()[:12]}"
    st.data_editor(
        plan_table(scenario, future),
        key=key,
        on_change=_take,
        args=(key, scenario.planned),
        hide_index=True,
        disabled=("Change", "Saves"),
        column_config={
            "Change": st.column_config.TextColumn(width=240),
            "Saves": st.column_config.TextColumn(width=85),
            "Owner": st.column_config.TextColumn(help="Who sees to it that it happens", max_chars=80),
            "Due": st.column_config.DateColumn(help="By when", format="D MMM YYYY"),
            "Measure": st.column_config.TextColumn(help="What will be measured to see whether it works", max_chars=200),
            "Target": st.column_config.TextColumn(help="What the measure is to become", max_chars=80),
            "Effort": st.column_config.SelectboxColumn(options=list(Effort), help="How much work it is"),
        },
        placeholder="",
        height="content",
        row_height=_THREE_LINES,
    )
    st.caption("Owner, due date, measure, target and effort can be filled in; all of them are optional.")


def _take(key: str, planned: tuple[PlannedChange, ...]) -> None:
    """Take what was typed into the scenario."""
    edits: dict[int, dict[str, Any]] = st.session_state[key]["edited_rows"]
    for position, cells in edits.items():
        scenario_state.replace_planned(position, _edited(planned[position], cells))


def _edited(entry: PlannedChange, cells: dict[str, Any]) -> PlannedChange:
    typed = {field: (cells[column] or "").strip() for column, field in _TEXT_FIELDS.items() if column in cells}
    entry = replace(entry, **typed)
    if "Due" in cells:
        entry = replace(entry, due=dt.date.fromisoformat(cells["Due"][:10]) if cells["Due"] else None)
    if "Effort" in cells:
        entry = replace(entry, effort=Effort(cells["Effort"]) if cells["Effort"] else None)
    return entry
