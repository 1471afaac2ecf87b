"""The columns of an item log: one box for each role that its layout has, and every column with why it was taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from pages.shared import session
from pages.shared.text import escape
from vsm.reading.log_shapes import Layout, LogChoices, LogColumn, LogReading, LogRole

ROLE_WORDS: dict[LogRole, str] = {
    LogRole.ITEM: "Item",
    LogRole.STAGE: "Stage, status or activity",
    LogRole.FROM_STAGE: "Status before the change",
    LogRole.TIMESTAMP: "Time of the change",
    LogRole.START: "Start",
    LogRole.END: "End",
    LogRole.ENQUEUED: "Queued since",
    LogRole.TIME_OF_DAY: "Times of day of dates",
    LogRole.LIFECYCLE: "Start or completion",
    LogRole.PAIR: "Number that pairs start and completion",
    LogRole.FIELD: "Field that changed",
    LogRole.PERSON: "Person",
    LogRole.TYPE: "Type of item",
    LogRole.TEAM: "Team",
    LogRole.RESOLUTION: "Why an item was closed",
    LogRole.STAGE_DATE: "Dates of stages",
    LogRole.STAGE_DURATION: "Durations of stages",
    LogRole.IGNORE: "Not used",
}
_OF_ITEMS = (LogRole.ITEM, LogRole.TYPE, LogRole.TEAM, LogRole.RESOLUTION)
_ROLES: dict[Layout, tuple[LogRole, ...]] = {
    Layout.STAGE_LOG: (
        LogRole.STAGE,
        LogRole.START,
        LogRole.END,
        LogRole.ENQUEUED,
        LogRole.TIME_OF_DAY,
        LogRole.PERSON,
    ),
    Layout.EVENT_LOG: (
        *(LogRole.STAGE, LogRole.TIMESTAMP, LogRole.TIME_OF_DAY, LogRole.FROM_STAGE, LogRole.FIELD),
        *(LogRole.LIFECYCLE, LogRole.PAIR, LogRole.PERSON),
    ),
    Layout.WIDE_DATES: (LogRole.STAGE_DATE, LogRole.TIME_OF_DAY),
    Layout.WIDE_DURATIONS: (LogRole.STAGE, LogRole.STAGE_DURATION, LogRole.START, LogRole.END),
}
_NEEDED = (LogRole.ITEM, LogRole.STAGE, LogRole.TIMESTAMP, LogRole.START, LogRole.END)
"""Shown even where no column has them; the others then wait behind a click."""
_SEVERAL = (LogRole.TIME_OF_DAY, LogRole.STAGE_DATE, LogRole.STAGE_DURATION)
_NOBODY = "none"
_IN_A_ROW = 3


def show(reading: LogReading, place: int = 0, *, expanded: bool) -> None:
    """Show a box for each role, and all columns behind a click; `place` as in `session.choices`."""
    names = _names(reading.columns)
    roles = [role for role in LogRole if role in (*_OF_ITEMS, *_ROLES.get(reading.layout, ()))]
    single = [role for role in roles if role not in _SEVERAL]
    taken = {column.role for column in reading.columns}
    shown = [role for role in single if role in taken or role in _NEEDED]
    _boxes(reading, shown, names, place)
    for role in roles:
        if role in _SEVERAL and (role in taken or role is not LogRole.TIME_OF_DAY):
            _several(reading, role, names, place)
    for column in reading.columns:
        if column.question is not None:
            st.warning(escape(column.question))
    with st.expander(f"All {len(reading.columns)} columns, and what else they can mean", expanded=expanded):
        _table(reading.columns, place)
        _boxes(reading, [role for role in single if role not in shown], names, place)
        if LogRole.TIME_OF_DAY in roles and LogRole.TIME_OF_DAY not in taken:
            _several(reading, LogRole.TIME_OF_DAY, names, place)


def _boxes(reading: LogReading, roles: Sequence[LogRole], names: dict[int, str], place: int) -> None:
    for start in range(0, len(roles), _IN_A_ROW):
        for spot, role in zip(st.columns(_IN_A_ROW), roles[start : start + _IN_A_ROW], strict=False):
            with spot:
                _box(reading, role, names, place)


def _names(columns: Sequence[LogColumn]) -> dict[int, str]:
    """Name each column by its header, or by its letter where it shares the header with another or has none."""
    headers = Counter(column.header for column in columns)
    return {c.index: c.header if c.header and headers[c.header] == 1 else c.letter for c in columns}


def _box(reading: LogReading, role: LogRole, names: dict[int, str], place: int) -> None:
    key = f"{session.key('log_role', place)}_{role}"
    now = next((names[c.index] for c in reading.columns if c.role is role), _NOBODY)
    st.session_state[key] = now
    st.selectbox(
        ROLE_WORDS[role],
        [_NOBODY, *names.values()],
        key=key,
        on_change=_take,
        args=(key, role, now, place),
        width="stretch",
    )


def _take(key: str, role: LogRole, before: str, place: int) -> None:
    session.choose(with_column(session.choices(place), role, st.session_state[key], before), place)


def with_column(choices: LogChoices, role: LogRole, named: str, before: str) -> LogChoices:
    """Choose the column of a role; the column that had it before is not used, unless it was chosen for another."""
    kept = [(r, n) for r, n in choices.columns if n not in (named, before) and r is not role]
    if named == _NOBODY:
        return replace(choices, columns=(*kept, (LogRole.IGNORE, before)))
    return replace(choices, columns=(*kept, (role, named)))


def _several(reading: LogReading, role: LogRole, names: dict[int, str], place: int) -> None:
    key = f"{session.key('log_role', place)}_{role}"
    before = st.session_state[key] = [names[c.index] for c in reading.columns if c.role is role]
    st.multiselect(
        ROLE_WORDS[role], list(names.values()), key=key, on_change=_take_several, args=(key, role, before, place)
    )


def _take_several(key: str, role: LogRole, before: Sequence[str], place: int) -> None:
    old = session.choices(place)
    columns = with_columns(old, role, st.session_state[key], before)
    if role is LogRole.TIME_OF_DAY:
        session.choose(replace(old, columns=columns), place)
    else:
        session.choose(replace(old, columns=columns, statuses=(), stage_order=()), place)


def with_columns(
    choices: LogChoices, role: LogRole, named: Sequence[str], before: Sequence[str]
) -> tuple[tuple[LogRole, str], ...]:
    """Return the choices of columns with those of one role; times of day that are taken away are not used at all."""
    gone = [n for n in before if n not in named] if role is LogRole.TIME_OF_DAY else []
    kept = [(r, n) for r, n in choices.columns if r is not role and n not in (*named, *gone)]
    return (*kept, *((role, name) for name in named), *((LogRole.IGNORE, name) for name in gone))


def _table(columns: Sequence[LogColumn], place: int) -> None:
    st.dataframe(
        pd.DataFrame(
            {
                "Column": [column.letter for column in columns],
                "Header": [column.header for column in columns],
                "Taken as": [ROLE_WORDS[column.role] for column in columns],
                "Why": [column.why for column in columns],
                "Values": [", ".join(column.samples) for column in columns],
            }
        ),
        hide_index=True,
        alt="All columns with what each was taken for and why",
        key=session.key("log_columns", place),
    )
