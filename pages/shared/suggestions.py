"""All suggestions as one table, the largest saving first."""

from __future__ import annotations

import streamlit as st

from pages.shared.percent import in_percent, percent_columns
from pages.shared.text import escape
from vsm.advice import order_sentence
from vsm.analysis import Analysis
from vsm.tables import suggestion_table

_SHARES = ("Flow efficiency after", "Rolled %C&A after")
_ORDER = ("Saves", "Suggestion", "First step", *_SHARES, "Lever", "Saves (h)", "Saves at most (h)")
"""What matters first: on a telephone the first two are what is seen without scrolling."""


def show_suggestions(analysis: Analysis) -> None:
    """Show what each suggestion saves, where it leads, and how to begin."""
    hours = st.column_config.NumberColumn(format="%.1f")
    st.dataframe(
        in_percent(suggestion_table(analysis), _SHARES),
        hide_index=True,
        column_order=_ORDER,
        column_config={
            "Suggestion": st.column_config.TextColumn(width="large"),
            "Saves (h)": hours,
            "Saves at most (h)": hours,
            **percent_columns(_SHARES),
            "First step": st.column_config.TextColumn(width="large"),
        },
        placeholder="–",
        height="content",
        alt="All suggestions with what each saves, the largest saving first",
        key="suggestion_table",
    )
    st.caption(escape(order_sentence(analysis)))
