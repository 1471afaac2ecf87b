"""Both states as pictures: the steps from the lead time now to then, and the maps with their timelines."""

from __future__ import annotations

import streamlit as st

from pages.shared.map_view import show_map
from pages.shared.picture import show_picture
from vsm.charts.waterfall_picture import waterfall
from vsm.future import FutureState

_FUTURE, _CURRENT = "Future state", "Current state"


def show(future: FutureState) -> None:
    """Show the waterfall and one of the two maps: drawing both on each click would take twice as long."""
    if (picture := waterfall(future)) is not None:
        show_picture(future.future, picture)
    st.header("Value stream map", anchor=False)
    state = st.segmented_control(
        "Which state the map shows", [_FUTURE, _CURRENT], default=_FUTURE, required=True, label_visibility="collapsed"
    )
    if state == _CURRENT:
        show_map(future.current, key="what_if_current")
    else:
        show_map(future.future, key="what_if_future", was=future.current)
