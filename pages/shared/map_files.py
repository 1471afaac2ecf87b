"""The value stream map as files to take away; each is drawn on the click."""

from __future__ import annotations

import streamlit as st

from pages.shared.downloads import download
from vsm.analysis import Analysis
from vsm.charts.export import svg_to_pdf, svg_to_png
from vsm.charts.value_stream_map import Theme, value_stream_map


def map_downloads(analysis: Analysis, *, colour_by_team: bool = False) -> None:
    """Show a button each for the map as SVG, PNG and PDF, on a light ground for paper and slides."""

    def svg() -> str:
        return value_stream_map(analysis, colour_by_team=colour_by_team, theme=Theme.LIGHT, standalone=True)

    what = "map-by-team" if colour_by_team else "map"
    with st.container(horizontal=True):
        download(analysis.stream, "Download SVG", what, "svg", svg)
        download(analysis.stream, "Download PNG", what, "png", lambda: svg_to_png(svg()))
        download(analysis.stream, "Download PDF", what, "pdf", lambda: svg_to_pdf(svg()))
