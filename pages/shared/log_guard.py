"""The guard of pages about items: the analysis and the measured log, or what kind of file they need."""

from __future__ import annotations

import streamlit as st

from pages.shared import opened_link, selected
from pages.shared.guard import analysis_or_stop
from pages.shared.menu import DATA_PAGE
from vsm.analysis import Analysis
from vsm.flow import MeasuredLog


def log_or_stop(would_be_here: str, *, dated: bool = True) -> tuple[Analysis, MeasuredLog]:
    """Return the analysis and the measured log; without a log (with dates, if it has to be `dated`) say so and stop.

    `would_be_here` completes the sentence "Here you will see ...".
    """
    analysis = analysis_or_stop(would_be_here)
    measured = selected.current_log()
    if measured is None and opened_link.is_loaded():
        _stop(would_be_here, "This publication holds the figures of the stages, and no single items.")
    elif measured is None:
        _stop(would_be_here, "The table that is loaded states one row for each stage and names no items.")
    elif dated and not measured.log.dated:
        _stop(would_be_here, "The file that is loaded gives durations without dates, so nothing says when they were.")
    else:
        return analysis, measured
    raise AssertionError("the page was stopped")


def _stop(would_be_here: str, why: str) -> None:
    st.markdown(
        f"Here you will see {would_be_here}, as soon as there is a log of items with dates: an export of a tracker, or "
        "a sheet with the days on which each item came to each stage."
    )
    st.markdown(why)
    st.page_link(DATA_PAGE, label="Bring a log of items")
    st.stop()
