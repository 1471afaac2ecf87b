"""Several scenarios side by side: what each brings, in one table."""

from __future__ import annotations

import streamlit as st

from pages.shared import scenario_state
from vsm.analysis import Analysis
from vsm.tables import scenario_table


def show(analysis: Analysis) -> None:
    """Show the table where there are at least two scenarios."""
    scenarios = scenario_state.scenarios()
    if len(scenarios) < 2:
        return
    st.header("The scenarios side by side", anchor=False)
    st.dataframe(
        scenario_table(analysis.stream, scenarios),
        hide_index=True,
        height="content",
        alt="What each scenario brings, beside the current state",
        key="scenario_table",
    )
