"""The filters of an item log, on every page: by type and by the day of finishing; the link remembers them."""

from __future__ import annotations

import streamlit as st

from pages.shared import session
from pages.shared.selected import FINISHED_FROM, FINISHED_TO, TYPES, Wanted, wanted
from vsm.flow import finish_days
from vsm.flow_words import selection_words
from vsm.items.log import Log
from vsm.opening import MeasuredReading

_FILTERED = "filtered_load"


def show() -> None:
    """Show the filters of the loaded log; nothing where there is no log, or nothing to choose by."""
    reading = session.current_reading()
    if not isinstance(reading, MeasuredReading) or reading.log is None:
        return
    _forget_those_of_other_data()
    days = finish_days(reading.log)
    if not reading.log.types and days is None:
        return
    with st.popover("Choose items", key="choose_items"):
        if reading.log.types:
            st.multiselect("Type", reading.log.types, key=TYPES, bind="query-params", placeholder="All types")
        if days is not None:
            first, last = days
            bounds = {"min_value": first, "max_value": last, "value": None, "bind": "query-params"}
            st.date_input("Finished on or after", key=FINISHED_FROM, **bounds)
            st.date_input("Finished on or before", key=FINISHED_TO, **bounds)
            st.caption("With a date, only finished items are left: open ones have no day of finishing.")
        st.button("Show all items", on_click=clear, disabled=wanted() == Wanted())


def clear() -> None:
    """Ask for all items again."""
    if TYPES in st.session_state:
        st.session_state[TYPES] = []
    for key in (FINISHED_FROM, FINISHED_TO):
        if key in st.session_state:
            st.session_state[key] = None


def _forget_those_of_other_data() -> None:
    """Ask for all items of newly loaded data; a link that is opened may ask for some from the start."""
    if st.session_state.get(_FILTERED, session.load_number()) != session.load_number():
        clear()
    st.session_state[_FILTERED] = session.load_number()


def words(log: Log, kept: int) -> str | None:
    """Say which items are shown; `None` where all are."""
    asked = wanted()
    if asked == Wanted():
        return None
    return selection_words(asked.types, asked.finished_from, asked.finished_to, kept, len(log.items))
