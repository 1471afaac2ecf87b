"""The charts of capacity: the curve of one stage's queue, which stage is chosen, and takt against work."""

from __future__ import annotations

import streamlit as st

from pages.shared.drawn_pictures import picture_of
from pages.shared.picture import show_picture
from vsm.analysis import Analysis
from vsm.capacity_words import steady_stages
from vsm.charts.capacity_pictures import queue_curve, takt_picture


def show(analysis: Analysis) -> None:
    """Show the charts that apply."""
    takt = picture_of(takt_picture, analysis)
    if takt is not None:
        show_picture(analysis, takt)
    steady = steady_stages(analysis)
    if not steady:
        return
    at = st.selectbox(
        "Whose queue to look at",
        steady,
        format_func=lambda i: analysis.stages[i].name,
        key="capacity_stage",
        width=400,
    )
    curve = picture_of(queue_curve, analysis, at)
    if curve is not None:
        show_picture(analysis, curve)
