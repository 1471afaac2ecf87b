"""What summary and files are about: the analysis, its log, its periods, and what switches add to it or leave out."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.shared import comparison, names_in_files, promised_file, scenario_state, selected
from vsm.achievement import Achievement, achievement
from vsm.analysis import Analysis
from vsm.comparison import Comparison
from vsm.opening import AnyReading
from vsm.plan import Scenario
from vsm.subject import Subject
from vsm.trend import trend_of
from vsm.wording import listed

WITH_FUTURE, WITH_COMPARISON, WITH_PROMISE = "future_in_files", "comparison_in_files", "promise_in_files"


def switches(analysis: Analysis) -> None:
    """Ask whether files hold the future state, the comparison and what was promised; nothing where there are none."""
    if scenario_state.current_scenario().planned:
        st.session_state.setdefault(WITH_FUTURE, True)
        st.toggle(
            "With the future state",
            key=WITH_FUTURE,
            persist_state="session",
            help="What is planned on the pages What if and Plan goes into the summary, the reports and the workbook.",
        )
    found = _compared(analysis)
    if found is not None:
        st.session_state.setdefault(WITH_COMPARISON, True)
        st.toggle(
            "With the comparison",
            key=WITH_COMPARISON,
            persist_state="session",
            help=f"The reports and the workbook hold what the page Compare showed last: {listed(found.names)}.",
        )
    if promised_file.chosen() is not None:
        st.session_state.setdefault(WITH_PROMISE, True)
        st.toggle(
            "With what was promised",
            key=WITH_PROMISE,
            persist_state="session",
            help="The reports and the workbook hold what the page Promised and achieved shows of last time's scenario.",
        )


def subject(analysis: Analysis) -> Subject:
    """Return what the pages show: everything with its name."""
    return Subject(
        analysis,
        selected.current_log(),
        _scenario(),
        trend_of(_reading()),
        _comparison(analysis),
        _achieved(analysis),
        scenarios=() if _scenario() is None else scenario_state.scenarios(),
    )


def subject_for_files(analysis: Analysis) -> Subject:
    """Return what files are made of: items and people of a log numbered, if that was asked for."""
    shown = subject(analysis)
    return replace(
        shown,
        analysis=names_in_files.analysis_for_files(analysis),
        measured=None if shown.measured is None else names_in_files.log_for_files(shown.measured),
    )


def _reading() -> AnyReading:
    reading = selected.current_reading()
    assert reading is not None, "what is reported on was read"
    return reading


def _compared(analysis: Analysis) -> Comparison | None:
    return comparison.current(analysis, _reading().file, selected.current_log())


def _comparison(analysis: Analysis) -> Comparison | None:
    """Return the comparison that was made; `None` where there is none, or it is to be left out."""
    return _compared(analysis) if st.session_state.get(WITH_COMPARISON, True) else None


def _achieved(analysis: Analysis) -> Achievement | None:
    """Return what came of last time's scenario; `None` where none was brought, or it is to be left out."""
    promise = promised_file.chosen()
    if promise is None or not st.session_state.get(WITH_PROMISE, True):
        return None
    return achievement(*promise, analysis.stream)


def _scenario() -> Scenario | None:
    """Return the scenario that is looked at; `None` where it changes nothing, or is to be left out."""
    scenario = scenario_state.current_scenario()
    return scenario if scenario.planned and st.session_state.get(WITH_FUTURE, True) else None
