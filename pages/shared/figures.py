"""Headline figures as tiles: the value large, the sentence that explains it below, and the way to its computation."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.shared.prose import link_to_method
from pages.shared.text import escape
from vsm.wording import NOT_MEASURED, Figure

_IN_A_ROW = 3


def show_figures(figures: Sequence[Figure]) -> None:
    """Show the figures in rows of three; on a phone they stand below each other."""
    for start in range(0, len(figures), _IN_A_ROW):
        for column, figure in zip(st.columns(_IN_A_ROW), figures[start : start + _IN_A_ROW], strict=False):
            with column, st.container(gap="xsmall"):
                _tile(figure)


def _tile(figure: Figure) -> None:
    if figure.value == NOT_MEASURED:
        st.metric(escape(figure.label), f":gray[{NOT_MEASURED}]")
    else:
        st.metric(escape(figure.label), escape(figure.value), help=f"Exactly: {escape(figure.exact)}")
    st.markdown(escape(figure.sentence))
    link_to_method(figure.key)
