"""The definitions that change the answer: each with its default, who decided, and the effect of switching it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import streamlit as st

from pages.shared import session
from pages.shared.text import escape
from vsm.alternatives import Alternative, alternatives
from vsm.definition_words import (
    QUALITY_WORDS,
    QUESTIONS,
    UNIT_WORDS,
    WAIT_WORDS,
    Definition,
    take_complete_accurate,
    take_definition,
    take_wait,
)
from vsm.reading.shapes import Choices, Reading, Role, Workbook

T = TypeVar("T")

_HOURS = (6.0, 7.0, 7.5, 8.0, 10.0, 12.0, 24.0)
_DAYS = (4.0, 5.0, 6.0, 7.0)


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _effects(key: str, _workbook: Workbook, _choices: Choices) -> dict[Definition, Alternative]:
    """Read the table once for each definition switched: of one that states many periods this takes a second."""
    return {found.definition: found for found in alternatives(_workbook, _choices)}


def show(reading: Reading) -> None:
    """Show a control for each definition that can matter for this table."""
    workbook = session.current_workbook()
    key = f"{session.load_number()} {session.data_key()}"
    effects = {} if workbook is None else _effects(key, workbook, session.choices())
    roles = {column.role for column in reading.columns}
    d = reading.definitions
    _one(reading, effects, Definition.WAIT, d.wait, WAIT_WORDS, take_wait)
    if Role.COMPLETE_ACCURATE in roles:
        _one(reading, effects, Definition.COMPLETE_ACCURATE, d.complete_accurate, QUALITY_WORDS, take_complete_accurate)
    if Role.LEAD_TIME in roles:
        words = {True: "yes: it is work and waiting", False: "no: the work comes on top"}
        _one(
            reading,
            effects,
            Definition.LEAD_TIME,
            d.lead_time_contains_processing,
            words,
            _taking(Definition.LEAD_TIME),
        )
    day, week = st.columns(2)
    with day:
        hours = {value: f"{value:g} h" for value in sorted({*_HOURS, d.hours_per_day})}
        _one(reading, effects, Definition.HOURS_PER_DAY, d.hours_per_day, hours, _taking(Definition.HOURS_PER_DAY))
    with week:
        days = {value: f"{value:g}" for value in sorted({*_DAYS, d.days_per_week})}
        _one(reading, effects, Definition.DAYS_PER_WEEK, d.days_per_week, days, _taking(Definition.DAYS_PER_WEEK))
    if d.unit is not None or (Definition.UNIT in effects and effects[Definition.UNIT].changes):
        _one(reading, effects, Definition.UNIT, d.unit or "h", UNIT_WORDS, _taking(Definition.UNIT))
    if Role.PEOPLE in roles and Role.DEMAND not in roles:
        _demand(d.demand)


def _taking(definition: Definition) -> Callable[[Choices, Any], Choices]:
    return lambda choices, value: take_definition(choices, definition, value)


def _one(
    reading: Reading,
    effects: dict[Definition, Alternative],
    definition: Definition,
    now: T,
    options: dict[T, str],
    take: Callable[[Choices, T], Choices],
) -> None:
    key = f"definition_{session.load_number()}_{definition}"
    st.session_state[key] = now
    st.segmented_control(
        QUESTIONS[definition],
        list(options),
        format_func=options.__getitem__,
        key=key,
        required=True,
        on_change=_take,
        args=(key, take),
    )
    said_by = dict(reading.definitions_said_by).get(definition, "the default")
    effect = effects.get(definition)
    st.caption(f"Decided by {escape(said_by)}. {escape(effect.effect) if effect else ''}")


def _take(key: str, take: Callable[[Choices, T], Choices]) -> None:
    session.choose(take(session.choices(), st.session_state[key]))


def _demand(now: float | None) -> None:
    key = f"demand_{session.load_number()}"
    st.session_state[key] = now
    st.number_input(
        QUESTIONS[Definition.DEMAND],
        min_value=0.0,
        step=1.0,
        key=key,
        placeholder="such as 20; leave it empty if nobody knows",
        on_change=_take_demand,
        args=(key,),
        width=400,
    )
    st.caption("The table says how many people work at the stages. With the demand, it shows which stage is too busy.")


def _take_demand(key: str) -> None:
    value = st.session_state[key]
    choices = session.choices()
    session.choose(replace(choices, definitions=replace(choices.definitions, demand=value or None)))
    # What is said last counts, on whichever page.
    session.say(replace(session.said(), demand=None))
