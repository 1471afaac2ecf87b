"""The fields of the small form for a change: empty for a new one, or filled in with one that was made."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.shared.text import escape
from vsm.change_forms import ChangeForm, Field, Kind, now_words
from vsm.model import ValueStream

_START = "the start of the stream"
_FILLED = Mapping[str, str | None]


def show(form: ChangeForm, stream: ValueStream, name: str, filled: _FILLED | None = None) -> None:
    """Show the fields for `stream`, the stream before the change; `name` tells them from those of other forms."""
    for column, field in zip(st.columns(max(2, min(3, len(form.fields)))) * 2, form.fields, strict=False):
        with column:
            if field.kind in (Kind.STAGE, Kind.PLACE):
                _choose(form, field, name, stream, filled)
            else:
                _write(field, name, stream, filled or {})


def answers(form: ChangeForm, name: str) -> dict[str, str | None]:
    """Return what stands in the fields, by the field's name."""
    return {field.name: st.session_state.get(f"{name}_{field.name}") for field in form.fields}


def _choose(form: ChangeForm, field: Field, name: str, stream: ValueStream, filled: _FILLED | None) -> None:
    key, value = f"{name}_{field.name}", (filled or {}).get(field.name)
    if filled is None:
        options = form.choices(field, stream, answers(form, name))
        if st.session_state.get(key, options[0]) not in options:
            del st.session_state[key]
    else:
        # What is chosen in a form to be sent is not known before: all stages are offered.
        options = [*([None] if field.kind is Kind.PLACE else []), *(stage.name for stage in stream.stages)]
        # A stage that is not there at this point still stands in the change, until another is chosen.
        options += [] if value is None or value in options else [value]
    at = options.index(value) if value in options else 0
    st.selectbox(field.label, options, at, key=key, format_func=lambda stage: _START if stage is None else stage)


def _write(field: Field, name: str, stream: ValueStream, filled: _FILLED) -> None:
    key, value = f"{name}_{field.name}", filled.get(field.name)
    chosen = st.session_state.get(f"{name}_stage")
    stage = next((stage for stage in stream.stages if stage.name == chosen), stream.stages[0])
    st.text_input(escape(field.label), value or "", key=key, placeholder=now_words(field, stage, stream.definitions))
