"""The table of all stages: durations in words first, shares as bars, and every exact figure to the right."""

from __future__ import annotations

import streamlit as st

from pages.shared.percent import in_percent, percent_bar, percent_columns
from vsm.analysis import Analysis
from vsm.palette import REST, WAITING
from vsm.tables import stage_table
from vsm.wording import hours_column

_BARS = {"Share of lead time": REST, "Share of waiting": WAITING}
_SHARES = ("%C&A", "Availability", "Utilisation")


def show_stage_table(analysis: Analysis) -> None:
    """Show one row per stage with every figure; empty cells are not measured."""
    definitions = analysis.stream.definitions
    table = in_percent(stage_table(analysis), (*_BARS, *_SHARES))
    stages = [figures.stage for figures in analysis.stages]
    exact = [column for column in table.columns if column.endswith("(h)")]
    others = [column for column in table.columns if column not in exact and column != "Stage"]
    times = {
        "Processing time": [stage.processing_time for stage in stages],
        "Wait time": [stage.wait_time for stage in stages],
        "Time": [stage.undivided_time for stage in stages],
    }
    if analysis.stream.measured is None:
        del times["Time"]
    else:
        times = {label: values for label, values in times.items() if any(value is not None for value in values)}
    for place, (label, values) in enumerate(times.items(), start=1):
        table.insert(place, label, hours_column(values, definitions))
    config = {column: st.column_config.NumberColumn(format="%.2f") for column in exact}
    config |= {"Expected visits": st.column_config.NumberColumn(format="%.2f")}
    config |= percent_columns(_SHARES)
    config |= {
        **{column: percent_bar(colour) for column, colour in _BARS.items()},
        "Stage": st.column_config.TextColumn(pinned=True),
    }
    st.dataframe(
        table,
        hide_index=True,
        column_config=config,
        column_order=["Stage", *times, *others, *exact],
        placeholder="–",
        height="content",
        alt="All stages in flow order with every figure",
        key="stage_table",
    )
    st.caption(
        "A dash is a figure that was not measured. Columns that end in (h) are exact hours; click a header to sort."
    )
