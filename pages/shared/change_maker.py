"""A change of one's own: what to change, a small form for it, and a button that puts it into the scenario."""

from __future__ import annotations

import streamlit as st

from pages.shared import scenario_state
from pages.shared.text import escape
from vsm.change_forms import FORMS, ChangeForm, Field, Kind, now_words
from vsm.changes import ChangeError
from vsm.model import ValueStream

_START = "the start of the stream"


def show(stream: ValueStream) -> None:
    """Show the forms for `stream`, the stream as it is changed so far."""
    place = st.selectbox("What to change", range(len(FORMS)), format_func=lambda i: FORMS[i].title, key="form")
    form = FORMS[place]
    keys = {field.name: f"form_{place}_{field.name}" for field in form.fields}
    for column, field in zip(st.columns(max(2, min(3, len(form.fields)))) * 2, form.fields, strict=False):
        with column:
            _ask(field, keys, stream)
    st.button("Make this change", key="make_change", on_click=_make, args=(form, keys, stream))


def _ask(field: Field, keys: dict[str, str], stream: ValueStream) -> None:
    key, label = keys[field.name], escape(field.label)
    if field.kind in (Kind.STAGE, Kind.PLACE):
        names = [stage.name for stage in stream.stages]
        st.selectbox(label, [None, *names] if field.kind is Kind.PLACE else names, key=key, format_func=_named)
        return
    chosen = st.session_state.get(keys["stage"]) if "stage" in keys else None
    stage = next((stage for stage in stream.stages if stage.name == chosen), stream.stages[0])
    st.text_input(label, key=key, placeholder=now_words(field, stage, stream.definitions))


def _named(name: str | None) -> str:
    return _START if name is None else escape(name)


def _make(form: ChangeForm, keys: dict[str, str], stream: ValueStream) -> None:
    answers = {name: st.session_state.get(key) for name, key in keys.items()}
    try:
        change = form.read(answers, stream.definitions)
    except ChangeError as error:
        scenario_state.refuse(str(error))
    else:
        scenario_state.add_if_possible(stream, (change,))
