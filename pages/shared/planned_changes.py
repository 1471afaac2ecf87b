"""The changes of a scenario in their order: what each saves there, what that rests on, and buttons to move it."""

from __future__ import annotations

import streamlit as st

from pages.shared import scenario_state
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
            _buttons(entry.position, last)
    if (words := order_words(future)) is not None:
        st.caption(escape(words))


def _words(future: FutureState, entry: Step | Refused) -> None:
    before = entry.before if isinstance(entry, Step) else future.current.stream
    st.markdown(f"**{entry.position + 1}\\. {escape(change_title(before, entry.change))}**")
    if isinstance(entry, Refused):
        st.markdown(escape(f"Left out: {entry.reason}"))
        return
    st.markdown(escape(step_words(entry, future.current.stream.definitions)))
    st.caption(escape(assumption(entry.change)))


def _buttons(position: int, last: int) -> None:
    with st.container(horizontal=True):
        st.button(
            "Up", key=f"up_{position}", on_click=scenario_state.move_change, args=(position, -1), disabled=position == 0
        )
        st.button(
            "Down",
            key=f"down_{position}",
            on_click=scenario_state.move_change,
            args=(position, 1),
            disabled=position == last,
        )
        st.button("Remove", key=f"remove_{position}", on_click=scenario_state.remove_change, args=(position,))
