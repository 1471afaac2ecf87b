"""The stream itself: its name and its two ends, asked lightly, and the table as it was read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared import session
from vsm.model import Stage, ValueStream
from vsm.wording import hours, number, percent

_ASKED = {
    "name": ("Name of the stream", "Feature from idea to production"),
    "start": ("It starts with", "a customer asks"),
    "end": ("It ends with", "in production"),
}


def show_name(stream: ValueStream | None) -> None:
    """Ask for name, start and end; each may stay empty."""
    choices = session.choices()
    for column, (field, (label, example)) in zip(st.columns(3), _ASKED.items(), strict=True):
        key = f"{field}_{session.load_number()}"
        proposed = stream.name if stream is not None and field == "name" else None
        st.session_state[key] = getattr(choices, field) or proposed or ""
        with column:
            st.text_input(label, key=key, placeholder=f"such as: {example}", on_change=_take, args=(field, key))


def _take(field: str, key: str) -> None:
    words: dict[str, Any] = {field: st.session_state[key].strip() or None}
    session.choose(replace(session.choices(), **words))


def show_stages(stream: ValueStream) -> None:
    """Show the stages as they were read, in the words that the pages use."""
    d = stream.definitions
    columns = {
        "Stage": [stage.name for stage in stream.stages],
        "Processing time": [hours(stage.processing_time, d) for stage in stream.stages],
        "Wait time": [hours(stage.wait_time, d) for stage in stream.stages],
        "Time, not divided": [hours(stage.undivided_time, d) for stage in stream.stages],
        "Visits": [number(stage.visits) for stage in stream.stages],
        "%C&A": [percent(stage.complete_accurate) for stage in stream.stages],
        "Batch size": [number(stage.batch_size) for stage in stream.stages],
        "Handoffs": [number(stage.handoffs) for stage in stream.stages],
        "People": [number(stage.people) for stage in stream.stages],
        "Availability": [percent(stage.availability) for stage in stream.stages],
        "Demand a week": [number(stage.demand) for stage in stream.stages],
        "Items now here": [number(stage.wip) for stage in stream.stages],
        "Rework goes to": [stage.rework_to for stage in stream.stages],
        "Parallel group": [stage.parallel_group for stage in stream.stages],
        "Team": [stage.team for stage in stream.stages],
        "Kind of step": [stage.kind for stage in stream.stages],
        "Note": [stage.note for stage in stream.stages],
    }
    stated = {
        "Time, not divided": "undivided_time",
        "Visits": "visits",
        "%C&A": "complete_accurate",
        "Batch size": "batch_size",
        "Handoffs": "handoffs",
        "People": "people",
        "Availability": "availability",
        "Demand a week": "demand",
        "Items now here": "wip",
        "Rework goes to": "rework_to",
        "Parallel group": "parallel_group",
        "Team": "team",
        "Kind of step": "kind",
        "Note": "note",
    }
    if stream.measured is not None:
        stated |= {"Processing time": "processing_time", "Wait time": "wait_time"}
    empty = [label for label, field in stated.items() if not any(_states(stage, field) for stage in stream.stages)]
    st.dataframe(pd.DataFrame(columns).drop(columns=empty), hide_index=True, placeholder="–")


def _states(stage: Stage, field: str) -> bool:
    return getattr(stage, field) is not None
