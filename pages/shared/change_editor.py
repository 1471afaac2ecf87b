"""One change of a scenario to be edited where it stands: the form it was made with, filled in with it."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import streamlit as st

from pages.shared import change_fields, scenario_state
from vsm.change_checks import ChangeError
from vsm.change_forms import ChangeForm, form_of
from vsm.changes import AnyChange, apply
from vsm.model import ValueStream


def show(change: AnyChange, position: int, before: ValueStream) -> None:
    """Show the button behind which the form is; `before` is the stream that the change at `position` meets."""
    form = form_of(change)
    # Another change is another form: it is filled in anew, and closed.
    name = f"edit_{position}_{hashlib.sha256(repr(change).encode()).hexdigest()[:12]}"
    with st.popover("Edit", key=name), st.form(f"{name}_form", border=False):
        st.markdown(form.title)
        change_fields.show(form, before, name, form.answers(change, before.definitions))
        st.form_submit_button("Change it", on_click=_take, args=(form, name, position, before))


def _take(form: ChangeForm, name: str, position: int, before: ValueStream) -> None:
    try:
        change = form.read(change_fields.answers(form, name), before.definitions)
        apply(before, change)
    except ChangeError as error:
        scenario_state.refuse(str(error), at=position)
        return
    entry = scenario_state.current_scenario().planned[position]
    scenario_state.replace_planned(position, replace(entry, change=change))
