"""The charts of an item log, drawn once for each choice of items, as a click on one of them runs the page again."""

from __future__ import annotations

import streamlit as st

from pages.shared import selected
from vsm.charts.flow import flow_pictures
from vsm.charts.picture import Picture
from vsm.flow import MeasuredLog


def pictures_of(measured: MeasuredLog) -> tuple[Picture, ...]:
    """Draw the charts of flow over time of the loaded log, with the items chosen."""
    return _draw(selected.key(), measured)


@st.cache_resource(scope="session", max_entries=3, show_spinner="Drawing the charts …")
def _draw(key: str, _measured: MeasuredLog) -> tuple[Picture, ...]:
    return flow_pictures(_measured)
