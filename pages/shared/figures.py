"""Headline figures as tiles: the value large, the sentence that explains it below, and the way to its computation."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.shared.prose import link_to_method
from pages.shared.text import escape
from vsm.headlines import Figure
from vsm.wording import NOT_MEASURED

_IN_A_ROW = 3


def show_figures(figures: Sequence[Figure]) -> None:
    """Show the figures in rows of three; on a phone they stand below each other."""
    for start in range(0, len(figures), _IN_A_ROW):
        for column, figure in zip(st.columns(_IN_A_ROW), figures[start : start + _IN_A_ROW], strict=False):
            with column, st.container(gap="xsmall"):
                _tile(figure)


def _tile(figure: Figure) -> None:
    show_value(figure.label, figure.value, figure.exact)
    st.markdown(escape(figure.sentence))
    link_to_method(figure.key)


def show_value(label: str, value: str, exact: str | None = None) -> None:
    """Show one figure large, its exact value on hover; one that is not measured stands back in grey."""
    if value == NOT_MEASURED:
        st.metric(escape(label), f":gray[{NOT_MEASURED}]")
    else:
        st.metric(escape(label), escape(value), help=f"Exactly: {escape(exact)}" if exact else None)
