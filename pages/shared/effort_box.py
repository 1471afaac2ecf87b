"""The box in which a team says how much work a change is: small, medium or large, or nothing yet."""

from __future__ import annotations

from typing import Any

import streamlit as st

from vsm.plan import Effort


def effort_box(key: str, **more: Any) -> Effort | None:
    """Ask for the effort; `more` goes to the widget."""
    return st.segmented_control(
        "Effort, as your team rates it",
        list(Effort),
        format_func=lambda effort: f"{effort.capitalize()} effort" if effort is Effort.SMALL else effort.capitalize(),
        key=key,
        label_visibility="collapsed",
        **more,
    )
