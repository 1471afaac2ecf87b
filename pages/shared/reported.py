"""What summary and files are about: the analysis, its log, and the future state unless a switch leaves it out."""

from __future__ import annotations

import streamlit as st

from pages.shared import names_in_files, scenario_state, selected
from vsm.analysis import Analysis
from vsm.plan import Scenario
from vsm.subject import Subject

_WITH_FUTURE = "future_in_files"


def future_switch() -> None:
    """Ask whether summary and files are to hold the future state; nothing where none is planned."""
    if not scenario_state.current_scenario().planned:
        return
    st.toggle(
        "With the future state",
        value=True,
        key=_WITH_FUTURE,
        persist_state="session",
        help="What is planned on the pages What if and Plan goes into the summary, the reports and the workbook.",
    )


def subject(analysis: Analysis) -> Subject:
    """Return what the pages show: everything with its name."""
    return Subject(analysis, selected.current_log(), _scenario())


def subject_for_files(analysis: Analysis) -> Subject:
    """Return what files are made of: items and people of a log numbered, if that was asked for."""
    log = selected.current_log()
    return Subject(
        names_in_files.analysis_for_files(analysis),
        None if log is None else names_in_files.log_for_files(log),
        _scenario(),
    )


def _scenario() -> Scenario | None:
    """Return the scenario that is looked at; `None` where it changes nothing, or is to be left out."""
    scenario = scenario_state.current_scenario()
    return scenario if scenario.planned and st.session_state.get(_WITH_FUTURE, True) else None
