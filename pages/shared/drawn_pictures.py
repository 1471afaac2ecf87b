"""The charts of the loaded data, drawn once for each choice of items, as every click runs the page again."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.shared import selected
from pages.shared.analysed import content_key
from vsm.analysis import Analysis
from vsm.charts import pictures
from vsm.charts.flow import flow_pictures
from vsm.charts.path_pictures import path_pictures
from vsm.charts.picture import Picture
from vsm.flow import MeasuredLog


def stage_pictures_of(analysis: Analysis) -> tuple[Picture, ...]:
    """Draw the charts of the stages."""
    # The stream is all that an analysis is made of.
    return _draw_stages(content_key(analysis.stream), analysis)


def picture_of(draw: Callable[..., Picture | None], analysis: Analysis, *more: int) -> Picture | None:
    """Draw one chart of an analysis; `more` is what else it is told."""
    return _draw_one(f"{draw.__name__} {more} {content_key(analysis.stream)}", draw, analysis, more)


def flow_pictures_of(measured: MeasuredLog) -> tuple[Picture, ...]:
    """Draw the charts of flow over time of the loaded log, with the items chosen."""
    return _draw_flow(selected.key(), measured)


def path_pictures_of(measured: MeasuredLog) -> tuple[Picture, ...]:
    """Draw the charts of rework and paths of the loaded log, with the items chosen."""
    return _draw_paths(selected.key(), measured)


@st.cache_resource(scope="session", max_entries=3, show_spinner="Drawing the charts …")
def _draw_stages(key: str, _analysis: Analysis) -> tuple[Picture, ...]:
    return pictures(_analysis)


@st.cache_resource(scope="session", max_entries=3, show_spinner="Drawing the charts …")
def _draw_flow(key: str, _measured: MeasuredLog) -> tuple[Picture, ...]:
    return flow_pictures(_measured)


@st.cache_resource(scope="session", max_entries=3, show_spinner="Drawing the charts …")
def _draw_paths(key: str, _measured: MeasuredLog) -> tuple[Picture, ...]:
    return path_pictures(_measured)


@st.cache_resource(scope="session", max_entries=6, show_spinner="Drawing the charts …")
def _draw_one(
    key: str, _draw: Callable[..., Picture | None], _analysis: Analysis, _more: tuple[int, ...]
) -> Picture | None:
    return _draw(_analysis, *_more)
