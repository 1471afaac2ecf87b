"""The bar above a future state: which scenario is looked at, undo, redo and reset, and what can be done with it."""

from __future__ import annotations

import streamlit as st

from pages.shared import scenario_state
from pages.shared.text import escape
from vsm.analysis import Analysis


def show(analysis: Analysis) -> None:
    """Show the bar, and what was wrong with the scenario of the link."""
    if message := scenario_state.damaged_link():
        st.warning(escape(message))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button("Undo", on_click=scenario_state.undo, disabled=not scenario_state.can_undo())
        st.button("Redo", on_click=scenario_state.redo, disabled=not scenario_state.can_redo())
        st.button("Reset", on_click=scenario_state.reset, disabled=not scenario_state.current_scenario().planned)
