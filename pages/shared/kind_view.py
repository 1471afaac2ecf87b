"""What one row of the loaded file is: a stage, or a visit or change of an item; the person may overrule the guess."""

from __future__ import annotations

import streamlit as st

from pages.shared import session
from vsm.reading.log_shapes import LogChoices
from vsm.reading.shapes import Choices

_WORDS = {False: "A table of stages", True: "An item log"}


def show() -> None:
    """Show which of the two the file was taken for; typed rows are always a table."""
    data = session.loaded()
    if data is None or data.rows is not None:
        return
    key = f"kind_{session.load_number()}"
    st.session_state[key] = isinstance(session.choices(), LogChoices)
    st.segmented_control(
        "This file is",
        list(_WORDS),
        format_func=_WORDS.__getitem__,
        key=key,
        required=True,
        on_change=_take,
        args=(key,),
        help="A table of stages has one row for each stage, with its times. An item log has a row for each visit or "
        "change of an item, or one for each item with dates or durations.",
    )


def _take(key: str) -> None:
    old = session.choices()
    kind = LogChoices if st.session_state[key] else Choices
    session.choose(kind(name=old.name, start=old.start, end=old.end))
