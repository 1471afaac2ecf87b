"""Every column of the found table with its role, unit, samples and reason, each changeable."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import streamlit as st

from pages.shared import session
from pages.shared.text import escape
from vsm.reading.headers import DURATION_ROLES
from vsm.reading.shapes import Choices, Column, Reading, Role

ROLE_WORDS: dict[Role, str] = {
    Role.STAGE: "Stage",
    Role.PERIOD: "Period",
    Role.PROCESSING_TIME: "Processing time",
    Role.WAIT_TIME: "Wait time",
    Role.LEAD_TIME: "Lead time",
    Role.COMPLETE_ACCURATE: "%C&A",
    Role.BATCH_SIZE: "Batch size",
    Role.HANDOFFS: "Handoffs",
    Role.PEOPLE: "People",
    Role.AVAILABILITY: "Availability",
    Role.DEMAND: "Demand",
    Role.WIP: "Items now here",
    Role.REWORK_TO: "Rework goes to",
    Role.PARALLEL_GROUP: "Parallel group",
    Role.TEAM: "Team",
    Role.KIND: "Kind of step",
    Role.NOTE: "Note",
    Role.IGNORE: "Not used",
}
_TIME_UNITS = ("s", "min", "h", "d", "wk", "month")
_DEMAND_UNITS = ("per day", "per week", "per month")
_UNIT_WORDS = {"ms": "milliseconds", "s": "seconds", "min": "minutes", "h": "hours", "d": "days", "wk": "weeks"}
_UNIT_WORDS |= {"month": "months", "year": "years", "pcs": "pieces"}


def show(reading: Reading) -> None:
    """Show the columns in use, and behind a click those that are not."""
    labels = Counter(column.header for column in reading.columns)
    used = [column for column in reading.columns if column.role is not Role.IGNORE]
    unused = [column for column in reading.columns if column.role is Role.IGNORE]
    for column in used:
        _row(column, labels)
    if unused:
        names = ", ".join(escape(column.header or column.letter) for column in unused)
        title = f"{len(unused)} {'column is' if len(unused) == 1 else 'columns are'} not used: {names}"
        to_decide = bool(reading.blocking) or any(column.question for column in unused)
        with st.expander(title, expanded=to_decide):
            for column in unused:
                _row(column, labels)


def _row(column: Column, labels: Counter[str]) -> None:
    # The letter names a column that shares its header with another, or has none.
    named = column.header if column.header and labels[column.header] == 1 else column.letter
    words, role, unit = st.columns([5, 2, 2], vertical_alignment="top")
    with words:
        samples = ", ".join(f"“{escape(sample)}”" for sample in column.samples) or "empty"
        st.markdown(f"**{column.letter}** · **{escape(column.header) or 'no header'}** · {samples}")
        st.caption(f"{_sentence(column)}{' ' + escape(column.question) if column.question else ''}")
    with role:
        _role_box(column, named)
    with unit:
        _unit_box(column, named)


def _sentence(column: Column) -> str:
    why = escape(column.why)
    return f"{why[:1].upper()}{why[1:]}."


def _role_box(column: Column, named: str) -> None:
    key = f"role_{session.load_number()}_{column.index}"
    st.session_state[key] = column.role
    st.selectbox(
        f"What column {column.letter} means",
        list(ROLE_WORDS),
        format_func=ROLE_WORDS.__getitem__,
        key=key,
        on_change=_take_role,
        args=(key, named),
        label_visibility="collapsed",
    )


def _take_role(key: str, named: str) -> None:
    role: Role = st.session_state[key]
    session.choose(with_role(session.choices(), named, role))


def with_role(choices: Choices, named: str, role: Role) -> Choices:
    """Choose what a column means; another column that was chosen for the same role gives it up."""
    kept = [(r, n) for r, n in choices.columns if n != named and (r is not role or role is Role.IGNORE)]
    return replace(choices, columns=(*kept, (role, named)))


def _unit_box(column: Column, named: str) -> None:
    units = _units(column)
    if not units:
        return
    key = f"unit_{session.load_number()}_{column.index}"
    st.session_state[key] = column.unit
    st.selectbox(
        f"Unit of column {column.letter}",
        units,
        format_func=lambda unit: _UNIT_WORDS.get(unit, unit),
        key=key,
        on_change=_take_unit,
        args=(key, named),
        label_visibility="collapsed",
        placeholder="unit in its cells",
    )


def _units(column: Column) -> list[str]:
    """List the units that a column of this role can have, with the one found."""
    units: tuple[str, ...] = ()
    if column.role in DURATION_ROLES:
        units = _TIME_UNITS
    elif column.role is Role.DEMAND:
        units = _DEMAND_UNITS
    found = () if column.unit is None or column.unit in units or not units else (column.unit,)
    return [*units, *found]


def _take_unit(key: str, named: str) -> None:
    unit: str = st.session_state[key]
    choices = session.choices()
    kept = [(name, other) for name, other in choices.units if name != named]
    session.choose(replace(choices, units=(*kept, (named, unit))))
