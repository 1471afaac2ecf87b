"""Suggestions as a list, the largest saving first, each with a button that puts it into the scenario."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from pages.shared import scenario_state
from pages.shared.effort_box import effort_box
from pages.shared.prose import bullets, link_to_method
from pages.shared.text import escape
from vsm.advice import promise_sentence, said_again, saves_sentence, suggestion_words
from vsm.analysis import Analysis
from vsm.future import FutureState
from vsm.improvement import Suggestion
from vsm.summary import to_measure_next
from vsm.wording import listed, percent

AT_FIRST = 4
"""So many are shown before one asks for all."""


def show(analysis: Analysis, future: FutureState | None) -> None:
    """Show what the stream, as changed so far in `future`, would gain from one change more."""
    if not analysis.suggestions:
        st.markdown("Nothing that the figures speak of would save lead time worth naming.")
        if missing := to_measure_next(analysis):
            st.markdown("To find more, measure next:")
            bullets(missing)
        return
    everything = len(analysis.suggestions) <= AT_FIRST or st.toggle(f"Show all {len(analysis.suggestions)}")
    shown = enumerate(analysis.suggestions if everything else analysis.suggestions[:AT_FIRST])
    for promise, alike in groupby(shown, key=lambda numbered: numbered[1].promise):
        st.caption(escape(promise_sentence(analysis, promise)))
        for place, suggestion in alike:
            with st.container(border=True, gap="xsmall"):
                _show(analysis, suggestion, place, again=future is not None and future.goes_on(suggestion.change))
    link_to_method("savings")


def _after(suggestion: Suggestion) -> str:
    """Say where the stream would stand then."""
    shares = (
        ("Flow efficiency", suggestion.flow_efficiency_after),
        ("rolled %C&A", suggestion.rolled_complete_accurate_after),
    )
    known = [f"{label} {percent(value)}" for label, value in shares if value is not None]
    return f"{listed(known)} after it." if known else ""


def _show(analysis: Analysis, suggestion: Suggestion, place: int, *, again: bool) -> None:
    words = suggestion_words(analysis, suggestion)
    st.markdown(f"**{escape(said_again(words.title) if again else words.title)}**")
    st.markdown(escape(f"{saves_sentence(analysis, suggestion)} {_after(suggestion)}"))
    st.caption(escape(f"{words.evidence} {words.assumption}"))
    with st.container(horizontal=True, vertical_alignment="center"):
        rated = f"effort_for_{words.title}"
        st.button(
            "Apply",
            key=f"apply_{place}",
            on_click=scenario_state.add_change,
            args=(suggestion.change, st.session_state.get(rated)),
        )
        effort_box(rated)
