"""The figures of the stages as a table to write over: each cell that is changed becomes a change of the scenario."""

from __future__ import annotations

import hashlib

import streamlit as st

from pages.shared import scenario_state
from vsm.change_checks import ChangeError
from vsm.model import ValueStream
from vsm.table_changes import STAGE, changes_of_table, figures_to_edit


def show(stream: ValueStream) -> None:
    """Show the figures of `stream`, the stream as it is changed so far.

    Another stream is another table, so that what was written into this one is taken once.
    """
    table = figures_to_edit(stream)
    content = f"{table.to_csv()} {len(scenario_state.current_scenario().planned)} {scenario_state.refusals()}"
    key = f"figures_{hashlib.sha256(content.encode()).hexdigest()[:12]}"
    st.data_editor(
        table,
        key=key,
        hide_index=True,
        disabled=[STAGE],
        height="content",
        on_change=_take,
        args=(key, stream),
    )
    st.caption("Write times as you say them: 45 min, 6 h, 1.5 days. %C&A with its sign: 85%.")


def _take(key: str, stream: ValueStream) -> None:
    try:
        changes = changes_of_table(stream, st.session_state[key]["edited_rows"])
    except ChangeError as error:
        scenario_state.refuse(str(error))
    else:
        scenario_state.add_if_possible(stream, changes)
