"""The guard that every analysis page starts with: the analysis, or the way to one."""

from __future__ import annotations

import streamlit as st

from pages.shared import filters, samples, selected
from pages.shared.analysed import analysis_of
from pages.shared.menu import DATA_PAGE
from pages.shared.text import escape
from vsm.analysis import Analysis
from vsm.opening import AnyReading, MeasuredReading


def analysis_or_stop(would_be_here: str) -> Analysis:
    """Return the analysis of the loaded data; without one, say what would be here and how to get it, and stop.

    `would_be_here` completes the sentence "Here you will see ...": "the value stream map of your stages".
    """
    reading = selected.current_reading()
    if reading is None:
        _empty(would_be_here)
        st.stop()
    if reading.stream is None:
        _blocked(reading)
        st.stop()
    if isinstance(reading, MeasuredReading) and reading.log is not None and not len(reading.log.items):
        _nothing_chosen()
        st.stop()
    return analysis_of(reading.stream)


def _empty(would_be_here: str) -> None:
    st.markdown(f"Here you will see {would_be_here}, as soon as there is data.")
    st.page_link(DATA_PAGE, label="Bring your data")
    st.caption("Or look around with a sample:")
    samples.buttons()


def _blocked(reading: AnyReading) -> None:
    st.error("There is nothing to show yet, as something in the data has to be decided or mended first.")
    for problem in reading.blocking:
        st.markdown(f"- {escape(problem.message)}")
    st.page_link(DATA_PAGE, label="Go to your data and mend it")


def _nothing_chosen() -> None:
    st.markdown("No item of the log matches what was asked for under *Choose items*.")
    st.button("Show all items again", on_click=filters.clear)
