"""How busy each stage is, as a table, where people and demand are known for at least one."""

from __future__ import annotations

import streamlit as st

from pages.shared.percent import in_percent, percent_columns
from vsm.analysis import Analysis
from vsm.tables import stage_table

_COLUMNS = ("Stage", "Utilisation", "People", "Demand (a week)", "Capacity (items a week)", "Expected visits")


def show_utilisation(analysis: Analysis) -> None:
    """Show utilisation, people, demand and capacity of every stage; nothing where no utilisation is known."""
    table = stage_table(analysis)
    if "Utilisation" not in table.columns:
        return
    st.subheader("How busy the stages are", anchor=False)
    st.dataframe(
        in_percent(table, ["Utilisation"]),
        hide_index=True,
        column_order=[column for column in _COLUMNS if column in table.columns],
        column_config={
            "Stage": st.column_config.TextColumn(pinned=True),
            **percent_columns(["Utilisation"]),
            "Capacity (items a week)": st.column_config.NumberColumn(format="%.1f"),
            "Expected visits": st.column_config.NumberColumn(format="%.2f"),
        },
        placeholder="–",
        alt="Utilisation, people, demand and capacity of every stage",
        key="utilisation_table",
    )
