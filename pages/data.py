"""Your data: bring it, and see what was understood before believing any figure."""

from __future__ import annotations

import streamlit as st

from pages.shared import (
    bring,
    draft_view,
    kind_view,
    list_view,
    log_view,
    opened_link,
    problems_view,
    session,
    stream_view,
    table_view,
)
from pages.shared.menu import GUIDE_PAGE, OVERVIEW_PAGE
from pages.shared.text import escape
from vsm.opening import MeasuredReading
from vsm.reading.blocking import MOST_ROWS

st.title("Your data")

data = session.loaded()
if message := session.refused():
    kept = f" Nothing was changed: {escape(data.name)} is still loaded as it was." if data else ""
    st.error(f"{escape(message)}{kept}")

reading = session.current_reading()
if reading is None:
    st.markdown(
        "Bring a table with one row for each stage of your work: its name, how long the work takes there, and how "
        "long things wait. You get the value stream map, where work waits, the bottleneck, and a written summary of "
        "what to improve. Or bring an export of your tracker with its timestamps, and the stages are measured from it."
    )
    st.page_link(GUIDE_PAGE, label="Nothing written down yet? How to collect it")
    bring.show()
    st.stop()

with st.expander("Bring other data"):
    bring.show()
draft_view.show()

if opened_link.is_loaded():
    opened_link.show()
    st.stop()

problems_view.show_blocking(reading)
if reading.stream is None and (earlier := session.earlier()):
    st.button(f"Go back to {escape(earlier.file.name)}", on_click=session.go_back)
for question in reading.questions:
    st.warning(escape(question))
if reading.stream is not None:
    st.markdown(f"{problems_view.in_short(reading)} Look it over below, then go on.")
    if st.button("See the overview", type="primary", key="next_above"):
        st.switch_page(OVERVIEW_PAGE)
if not isinstance(reading, MeasuredReading) and reading.stream is None and reading.rows.total > MOST_ROWS:
    kind_view.show()
    list_view.show(reading)
    st.stop()
stream_view.show_name(reading.stream)

st.header("What was understood")
kind_view.show()
if isinstance(reading, MeasuredReading):
    log_view.show(reading)
else:
    table_view.show(reading)
if reading.stream is not None and st.button("See the overview", type="primary", key="next_below"):
    st.switch_page(OVERVIEW_PAGE)
