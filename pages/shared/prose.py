"""Sentences and lists of plain text -> the page, with whatever a file put into them shown letter by letter."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from pages.shared.menu import METHOD_PAGE
from pages.shared.text import escape


def paragraphs(sentences: Iterable[str]) -> None:
    """Show each text as a paragraph."""
    for sentence in sentences:
        st.markdown(escape(sentence))


def bullets(sentences: Iterable[str]) -> None:
    """Show the texts as one list."""
    st.markdown("\n".join(f"- {escape(sentence)}" for sentence in sentences))


def link_to_method(key: str) -> None:
    """Show the way to the entry of the Method page that explains the figure `key`."""
    st.page_link(METHOD_PAGE, label="How it is computed", query_params={"figure": key})


def lines(text: str) -> None:
    """Show a text of several lines as one paragraph, each line on its own."""
    st.markdown("  \n".join(escape(line) for line in text.splitlines()))
