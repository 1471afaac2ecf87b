"""A button, a progress bar and a way to cancel -> the simulated states, kept for as long as nothing changes."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.simulation_inputs import Settings
from vsm.model import ValueStream
from vsm.simulation.trial import Trial, trial
from vsm.simulation_words import stopped_sentence

_KEPT, _WANTED, _DONE = "simulated", "simulation_wanted", "simulation_done"


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """Everything that a result depends on."""

    current: ValueStream
    future: ValueStream | None
    settings: Settings


def run_or_stop(current: ValueStream, future: ValueStream | None, settings: Settings) -> Trial:
    """Return the simulation of both states; where it was not run yet, offer to, and stop until then."""
    asked = _Asked(current=current, future=future, settings=settings)
    kept: tuple[_Asked, Trial] | None = st.session_state.get(_KEPT)
    if kept is not None and kept[0] == asked:
        return kept[1]
    wanted = st.session_state.pop(_WANTED, False)
    with st.container(horizontal=True):
        button, cancel = st.empty(), st.empty()
    bar = st.empty()
    button.button("Run the simulation", type="primary", on_click=_want, disabled=wanted, key="run_simulation")
    if not wanted:
        if _DONE in st.session_state:
            st.markdown(stopped_sentence(st.session_state.pop(_DONE)))
        st.stop()
    cancel.button("Cancel", key="cancel_simulation")
    found = _run(asked, bar)
    del st.session_state[_DONE]
    st.session_state[_KEPT] = (asked, found)
    for place in (button, cancel, bar):
        place.empty()
    return found


def _want() -> None:
    st.session_state[_WANTED] = True


def _run(asked: _Asked, place: DeltaGenerator) -> Trial:
    """Simulate in front of the visitor. A click on anything, as on Cancel, ends the run at its next sign of life.

    How far it came is remembered until then, as nothing else is left of a run that was ended.
    """
    st.session_state[_DONE] = 0.0

    def show(done: float) -> bool:
        st.session_state[_DONE] = min(done, 1.0)
        place.progress(min(done, 1.0), text="Following the items …")
        return True

    return trial(asked.current, asked.future, items=asked.settings.items, seed=asked.settings.seed, on_progress=show)
