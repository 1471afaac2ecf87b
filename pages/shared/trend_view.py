"""A stream over its periods: what fell and what rose in words, the figures as tables, and the charts."""

from __future__ import annotations

import streamlit as st

from pages.shared import session
from pages.shared.picture import show_picture
from pages.shared.prose import bullets
from vsm.analysis import Analysis
from vsm.charts.trend_pictures import stage_pictures, trend_pictures
from vsm.reading.shapes import Reading
from vsm.stream_figures import StreamFigure
from vsm.trend import Trend, trend
from vsm.trend_words import figures_of_stages, stage_trend_table, trend_sentences, trend_table


def show(analysis: Analysis, reading: Reading) -> None:
    """Show the trend of the stream, then that of its stages."""
    found = trend(reading.snapshots)
    bullets(trend_sentences(found))
    st.dataframe(trend_table(found), hide_index=True, alt="The figures of the stream in each period")
    for picture in trend_pictures(found):
        show_picture(analysis, picture)
    st.header("The stages", anchor=False)
    _table(found)
    stages = {stage.name: stage for stage in found.stages}
    name = st.selectbox("Stage", list(stages), key=f"trend_stage_{session.load_number()}")
    for picture in stage_pictures(found, stages[name]):
        show_picture(analysis, picture)


def _table(found: Trend) -> None:
    figures = figures_of_stages(found)
    if not figures:
        return
    figure: StreamFigure = st.segmented_control(
        "Figure",
        figures,
        default=figures[0],
        required=True,
        format_func=lambda f: f.label,
        key=f"trend_figure_{session.load_number()}",
    )
    st.dataframe(
        stage_trend_table(found, figure), hide_index=True, alt=f"The {figure.value} of each stage in each period"
    )
