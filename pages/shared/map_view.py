"""The value stream map as a component: a click, Enter or Space on a stage sends its index to Python."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.shared.analysed import content_key
from pages.shared.text import escape
from vsm.analysis import Analysis
from vsm.charts.value_stream_map import Theme, value_stream_map
from vsm.flow_words import shortened
from vsm.folded_stages import folded
from vsm.wording import listed

Boxes = tuple[tuple[int, ...], ...]
"""For each box of a map the stages that it stands for."""
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

    With `was`, the state before, what differs from it is marked. Without it, small neighbours of a log with very many
    stages are one box, which names its stages below the map once it is chosen.
    """
    shown = _boxes(content_key(analysis.stream), analysis) if was is None else _each_alone(analysis)
    chosen = _chosen(len(shown), st.session_state.get(key))
    # Both grounds are sent, as only the browser knows for certain which theme it shows.
    drawn_from = content_key(analysis.stream) + ("" if was is None else content_key(was.stream))
    light, dark = _draw(drawn_from, colour_by_team, analysis, was)
    _component(
        key=key,
        data={"light": light, "dark": dark, "selected": chosen},
        on_stage_change=_rerun,
    )
    return _chosen_stage(analysis, shown, chosen)


def _chosen_stage(analysis: Analysis, shown: Boxes, chosen: int | None) -> int | None:
    """Return the stage that a box stands for; of one that stands for several, name them instead."""
    if len(shown) < len(analysis.stages):
        st.caption(
            f"Of {len(analysis.stages)} stages, neighbours that take little time are one box each, so that the map "
            "can be read; what they take is added up. The page *Stages* has every stage."
        )
    if chosen is None or len(shown[chosen]) == 1:
        return None if chosen is None else shown[chosen][0]
    names = listed([shortened(analysis.stages[index].name) for index in shown[chosen]])
    st.markdown(f"**{len(shown[chosen])} stages in one box:** {escape(names)}")
    return None


@st.cache_resource(scope="session", max_entries=3, show_spinner=False)
def _boxes(key: str, _analysis: Analysis) -> Boxes:
    return folded(_analysis)[1]


def _each_alone(analysis: Analysis) -> Boxes:
    return tuple((index,) for index in range(len(analysis.stages)))


@st.cache_resource(scope="session", max_entries=3, show_spinner=False)
def _draw(key: str, colour_by_team: bool, _analysis: Analysis, _was: Analysis | None) -> tuple[str, str]:
    light, dark = (
        value_stream_map(_analysis, colour_by_team=colour_by_team, theme=theme, was=_was)
        for theme in (Theme.LIGHT, Theme.DARK)
    )
    return light, dark


def _rerun() -> None:
    """Do nothing: a component reports a state only where a callback is registered for it."""


def _chosen(boxes: int, state: dict[str, object] | None) -> int | None:
    """Return the chosen box, unless it comes from a stream that has other stages."""
    index = None if state is None else state.get("stage")
    return index if isinstance(index, int) and 0 <= index < boxes else None
