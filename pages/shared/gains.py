"""What a future state brings: a sentence, the headline figures with what they were, and what must be said of them."""

from __future__ import annotations

import streamlit as st

from pages.shared.figures import show_value
from pages.shared.text import escape
from vsm.future import FutureState
from vsm.future_words import Gain, bottleneck_sentence, gain_sentence, gains, warnings

_WIDTH = 170
"""Pixels of a tile: two stand side by side on a phone."""


def show(future: FutureState) -> None:
    """Show what is gained; refused changes and overloaded stages stand above it, as they change what it means."""
    for sentence in warnings(future):
        st.warning(escape(sentence))
    st.markdown(f"**{escape(gain_sentence(future))}**")
    with st.container(horizontal=True):
        for gain in gains(future):
            with st.container(width=_WIDTH, gap="xsmall"):
                _tile(gain)
    st.markdown(escape(bottleneck_sentence(future)))


def _tile(gain: Gain) -> None:
    show_value(gain.label, gain.after)
    st.markdown(escape(f"Now {gain.before}: {gain.difference}." if gain.difference else f"Now {gain.before}."))
