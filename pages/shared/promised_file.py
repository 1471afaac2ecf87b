"""The scenario file of last time: asked for, read once, and remembered while the visit lasts."""

from __future__ import annotations

import streamlit as st

from pages.shared import session
from pages.shared.text import escape
from vsm.model import ValueStream
from vsm.plan import Scenario
from vsm.scenario_file import SavedScenarios, ScenarioError, read_scenarios

_SAVED, _NAME, _REFUSED, _BOX = "promised", "promised_name", "promised_refused", "promised_box"
_CHOSEN = "promised_scenario"


def ask() -> SavedScenarios | None:
    """Ask for the file; return what it holds, `None` before one was read."""
    st.file_uploader(
        "Scenario file", type="json", key=_BOX, on_change=_take, max_upload_size=session.SCENARIO_MEGABYTES
    )
    if refused := st.session_state.get(_REFUSED):
        st.error(escape(refused))
    saved: SavedScenarios | None = st.session_state.get(_SAVED)
    if saved is not None:
        st.caption(f"From {escape(st.session_state[_NAME])}: {escape(saved.stream.name)}")
    if saved is not None and not saved.scenarios:
        st.markdown("This file holds no scenario, so nothing was promised.")
        return None
    return saved


def kept() -> tuple[str, SavedScenarios] | None:
    """Return the file's name and what it holds; `None` where none was read."""
    return (st.session_state[_NAME], st.session_state[_SAVED]) if _SAVED in st.session_state else None


def bring_back(name: str, saved: SavedScenarios) -> None:
    """Take the file of an earlier visit again."""
    st.session_state[_NAME], st.session_state[_SAVED] = name, saved


def chosen() -> tuple[ValueStream, Scenario] | None:
    """Return the stream of last time and the scenario that was looked at last; `None` where no file was brought."""
    saved: SavedScenarios | None = st.session_state.get(_SAVED)
    if saved is None or not saved.scenarios:
        return None
    at = st.session_state.get(_CHOSEN, 0)
    return saved.stream, saved.scenarios[at if at < len(saved.scenarios) else 0]


def choose_scenario(saved: SavedScenarios) -> Scenario:
    """Return the scenario to look at; where the file holds several, ask which."""
    if len(saved.scenarios) == 1:
        return saved.scenarios[0]
    at = st.selectbox(
        "Scenario",
        range(len(saved.scenarios)),
        format_func=lambda i: saved.scenarios[i].name,
        key=_CHOSEN,
        persist_state="session",
    )
    return saved.scenarios[at]


def _take() -> None:
    """Read the file that was brought; where it cannot be read, keep the one before and say why."""
    file = st.session_state[_BOX]
    if file is None:
        return
    try:
        saved = read_scenarios(file.getvalue())
    except ScenarioError as error:
        st.session_state[_REFUSED] = str(error)
        return
    st.session_state.pop(_REFUSED, None)
    st.session_state[_SAVED], st.session_state[_NAME] = saved, file.name
