"""The value stream map as a component: a click, Enter or Space on a stage sends its index to Python."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.shared.analysed import content_key
from vsm.analysis import Analysis
from vsm.charts.value_stream_map import Theme, value_stream_map

_HERE = Path(__file__).parent

# The files are passed as text: a path would be looked for in an installed package.
_component = st.components.v2.component(
    "value_stream_map",
    html='<div class="map"></div>',
    css=(_HERE / "map_view.css").read_text(encoding="utf-8"),
    js=(_HERE / "map_view.js").read_text(encoding="utf-8"),
)


def show_map(analysis: Analysis, *, key: str, colour_by_team: bool = False, was: Analysis | None = None) -> int | None:
    """Show the map and return the index of the stage that was chosen in it, `None` before one is.

    With `was`, the state before, what differs from it is marked.
    """
    chosen = _chosen(analysis, st.session_state.get(key))
    # Both grounds are sent, as only the browser knows for certain which theme it shows.
    drawn_from = content_key(analysis.stream) + ("" if was is None else content_key(was.stream))
    light, dark = _draw(drawn_from, colour_by_team, analysis, was)
    _component(
        key=key,
        data={"light": light, "dark": dark, "selected": chosen},
        on_stage_change=_rerun,
    )
    return chosen


@st.cache_resource(scope="session", max_entries=3, show_spinner=False)
def _draw(key: str, colour_by_team: bool, _analysis: Analysis, _was: Analysis | None) -> tuple[str, str]:
    light, dark = (
        value_stream_map(_analysis, colour_by_team=colour_by_team, theme=theme, was=_was)
        for theme in (Theme.LIGHT, Theme.DARK)
    )
    return light, dark


def _rerun() -> None:
    """Do nothing: a component reports a state only where a callback is registered for it."""


def _chosen(analysis: Analysis, state: dict[str, object] | None) -> int | None:
    """Return the chosen stage, unless it comes from a stream that has other stages."""
    index = None if state is None else state.get("stage")
    return index if isinstance(index, int) and 0 <= index < len(analysis.stages) else None
