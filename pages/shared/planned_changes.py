"""The changes of a scenario in their order: what each saves there, on what, and buttons to edit or move it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from pages.shared import change_editor, scenario_state
from pages.shared.effort_box import effort_box
from pages.shared.text import escape
from vsm.change_words import assumption, change_title, step_words
from vsm.future import FutureState, Refused, Step
from vsm.future_words import order_words


def show(future: FutureState) -> None:
    """Show the list, and what its order does to the savings."""
    st.subheader("Changes, in the order in which they are applied", anchor=False)
    last = len(future.steps) + len(future.refused) - 1
    for entry in sorted((*future.steps, *future.refused), key=lambda entry: entry.position):
        with st.container(border=True, gap="xsmall"):
            _words(future, entry)
            _buttons(future, entry, last)
    if (words := order_words(future)) is not None:
        st.caption(escape(words))


def _words(future: FutureState, entry: Step | Refused) -> None:
    title = change_title(future.before(entry.position), entry.change)
    st.markdown(f"**{entry.position + 1}\\. {escape(title)}**")
    if (reason := scenario_state.refused(at=entry.position)) is not None:
        st.error(escape(reason))
    if isinstance(entry, Refused):
        st.markdown(escape(f"Left out: {entry.reason}"))
        return
    st.markdown(escape(step_words(entry, future.current.stream.definitions)))
    st.caption(escape(assumption(entry.change)))


def _buttons(future: FutureState, entry: Step | Refused, last: int) -> None:
    position = entry.position

    def button(label: str, do: Callable[..., None], *more: int, off: bool = False) -> None:
        st.button(label, key=f"{label.lower()}_{position}", on_click=do, args=(position, *more), disabled=off)

    with st.container(horizontal=True, vertical_alignment="center"):
        change_editor.show(entry.change, position, future.before(position))
        button("Up", scenario_state.move_change, -1, off=position == 0)
        button("Down", scenario_state.move_change, 1, off=position == last)
        button("Remove", scenario_state.remove_change)
        key = f"effort_{position}"
        st.session_state[key] = scenario_state.current_scenario().planned[position].effort
        effort_box(key, on_change=_rate, args=(key, position))


def _rate(key: str, position: int) -> None:
    entry = scenario_state.current_scenario().planned[position]
    scenario_state.replace_planned(position, replace(entry, effort=st.session_state[key]))
