"""A change of one's own: what to change, a small form for it, and a button that puts it into the scenario."""

from __future__ import annotations

import streamlit as st

from pages.shared import change_fields, scenario_state
from vsm.change_checks import ChangeError
from vsm.change_forms import FORMS, ChangeForm
from vsm.model import ValueStream


def show(stream: ValueStream) -> None:
    """Show the forms for `stream`, the stream as it is changed so far."""
    place = st.selectbox("What to change", range(len(FORMS)), format_func=lambda i: FORMS[i].title, key="form")
    form, name = FORMS[place], f"form_{place}"
    change_fields.show(form, stream, name)
    st.button("Make this change", key="make_change", on_click=_make, args=(form, name, stream))


def _make(form: ChangeForm, name: str, stream: ValueStream) -> None:
    try:
        change = form.read(change_fields.answers(form, name), stream.definitions)
    except ChangeError as error:
        scenario_state.refuse(str(error))
    else:
        scenario_state.add_if_possible(stream, (change,))
