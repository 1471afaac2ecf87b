"""Simulated states as tables: lead times now and then, and each stage's queue by formula and by simulation."""

from __future__ import annotations

import streamlit as st

from pages.shared.percent import in_percent, percent_columns
from vsm.simulation.result import Simulation
from vsm.simulation.trial import Trial
from vsm.simulation_words import lead_time_table, queue_table


def show_lead_times(trial: Trial) -> None:
    """Show mean and percentiles of each state that was simulated."""
    table = lead_time_table(trial)
    if len(table.columns) > 1:
        st.table(table, hide_index=True, width="content")


def show_queues(trial: Trial) -> None:
    """Show, folded away, the queues of each state in figures."""
    for name, found in (("now", trial.current), ("in the future state", trial.future)):
        if isinstance(found, Simulation):
            with st.expander(f"Queues {name}, by formula and by simulation", type="compact"):
                st.dataframe(
                    in_percent(queue_table(found), ("Utilisation",)),
                    hide_index=True,
                    column_config={
                        **{
                            column: st.column_config.NumberColumn(format="%.2f")
                            for column in queue_table(found).columns
                            if column.endswith("(h)") or column == "Items there"
                        },
                        **percent_columns(("Utilisation",)),
                    },
                    placeholder="–",
                    alt=f"Queues of each stage {name}",
                    key=f"queues {name}",
                )
