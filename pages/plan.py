"""Plan: who makes each change of the scenario, by when, how it will be seen to work, and what it is worth."""

import streamlit as st

from pages.shared import plan_table, scenario_state, worth
from pages.shared.guard import analysis_or_stop
from pages.shared.menu import WHAT_IF_PAGE
from pages.shared.text import escape

st.title("Plan")
analysis = analysis_or_stop("who makes each change of your future state, by when, and what it is worth")
future = scenario_state.current_future(analysis)

if future is None:
    st.markdown(
        "A plan lists the changes that lead to a future state. There are none yet: choose them on the page *What if*, "
        "where each suggestion is one click."
    )
    st.page_link(WHAT_IF_PAGE, label="Choose changes")
    st.stop()

scenario = scenario_state.current_scenario()
st.header(escape(scenario.name), anchor=False)
plan_table.show(scenario, future)
worth.show(scenario, future)
