"""All suggestions as one table, the largest saving first."""

from __future__ import annotations

import streamlit as st

from vsm.analysis import Analysis
from vsm.tables import suggestion_table


def show_suggestions(analysis: Analysis) -> None:
    """Show what each suggestion saves, where it leads, and how to begin."""
    hours, share = st.column_config.NumberColumn(format="%.1f"), st.column_config.NumberColumn(format="percent")
    st.dataframe(
        suggestion_table(analysis),
        hide_index=True,
        column_config={
            "Suggestion": st.column_config.TextColumn(width="large"),
            "Saves (h)": hours,
            "Saves at most (h)": hours,
            "Flow efficiency after": share,
            "Rolled %C&A after": share,
            "First step": st.column_config.TextColumn(width="large"),
        },
        placeholder="–",
        height="content",
        alt="All suggestions with what each saves, the largest saving first",
        key="suggestion_table",
    )
    st.caption("Each saving is measured alone; they overlap, so they do not add up.")
