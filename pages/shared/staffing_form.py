"""Demand, people and available time: what the file states, with what the visitor says in its place."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared import selected, session
from pages.shared.text import escape
from vsm.analysis import Analysis
from vsm.items.waiting import people_by_stage
from vsm.model import ClockKind
from vsm.said import SaidError, SaidOfStage
from vsm.wording import number

_REFUSED, _REFUSALS = "staffing_refused", "staffing_refusals"
"""Why what was typed last could not be taken, and how often that was: the table begins anew then."""


def show(analysis: Analysis) -> None:
    """Show the form, and take what is typed into it."""
    said = session.said()
    # Keys of their own for each content: what was typed is part of the stream then, and no longer an edit.
    content = f"{session.load_number()} {said!r} {st.session_state.get(_REFUSALS, 0)}"
    mark = hashlib.sha256(content.encode()).hexdigest()[:12]
    _demand(analysis, f"demand_{mark}")
    if (reason := st.session_state.pop(_REFUSED, None)) is not None:
        st.error(escape(reason))
    _teams(analysis, f"teams_{mark}")
    if something_said():
        st.button("Forget what I said here", on_click=session.say, args=(said.without_staffing(),))


def something_said() -> bool:
    """Whether the visitor said anything of demand, people or available time."""
    said = session.said()
    return said != said.without_staffing()


def _demand(analysis: Analysis, key: str) -> None:
    measured = analysis.stream.measured
    finished = None if measured is None else measured.throughput
    st.number_input(
        "Demand: items asked for in a week",
        value=analysis.demand,
        min_value=0.01,
        max_value=1e9,
        format="%.4g",
        key=key,
        on_change=_take_demand,
        args=(key,),
        placeholder="such as 20",
        width=400,
    )
    if finished:
        st.caption(f"In the log {number(finished)} items a week are finished: a first guess at the demand.")


def _take_demand(key: str) -> None:
    session.say(replace(session.said(), demand=st.session_state[key]))


def _teams(analysis: Analysis, key: str) -> None:
    stages = [figures.stage for figures in analysis.stages]
    names = [stage.name for stage in stages]
    shares = [None if s.availability is None else s.availability * 100 for s in stages]
    log = selected.whole_log()
    seen = {"People in the log": people_by_stage(log)} if log is not None and log.people else {}
    st.data_editor(
        pd.DataFrame(
            {
                "Stage": names,
                "People": pd.Series([s.people for s in stages], dtype="float64"),
                "Available time (%)": pd.Series(shares, dtype="float64"),
                **seen,
            }
        ),
        key=key,
        on_change=_take_teams,
        args=(key, names),
        hide_index=True,
        disabled=("Stage", *seen),
        column_config={
            "Stage": st.column_config.TextColumn(pinned=True),
            "People": st.column_config.NumberColumn(width=110),
            "Available time (%)": st.column_config.NumberColumn(
                help="Share of their time for this stream; empty: all of it", width=150
            ),
            "People in the log": st.column_config.NumberColumn(
                help="Different people whom the log names there: a first guess, as one may work in several stages"
            ),
        },
        placeholder="",
        width="content",
        height="content",
    )
    st.caption(_clock_words(analysis))


def _clock_words(analysis: Analysis) -> str:
    definitions, measured = analysis.stream.definitions, analysis.stream.measured
    week = f"{number(definitions.hours_per_day)} hours a day on {number(definitions.days_per_week)} days a week"
    if measured is not None and measured.clock is ClockKind.ELAPSED:
        return (
            f"The log is measured with every hour counted, so that a person counts as there {week}. "
            "Nobody looks busy then: choose working time on the page “Your data” first."
        )
    return f"A person works {week}. What is said here counts on every page until other data is loaded."


def _take_teams(key: str, names: list[str]) -> None:
    edits: dict[int, dict[str, Any]] = st.session_state[key]["edited_rows"]
    said = session.said()
    try:
        for row, cells in edits.items():
            said = said.with_stage(_edited(said.of(names[row]), cells))
    except SaidError as error:
        st.session_state[_REFUSED] = str(error)
        st.session_state[_REFUSALS] = st.session_state.get(_REFUSALS, 0) + 1
    else:
        session.say(said)


def _edited(team: SaidOfStage, cells: dict[str, Any]) -> SaidOfStage:
    if "People" in cells:
        team = replace(team, people=cells["People"])
    if "Available time (%)" in cells:
        share = cells["Available time (%)"]
        team = replace(team, availability=None if share is None else share / 100)
    return team
