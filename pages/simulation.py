"""Test by simulation: the current and the future state acted out item by item, beside what the formulas say."""

import streamlit as st

from pages.shared import scenario_state
from pages.shared.guard import analysis_or_stop
from pages.shared.menu import WHAT_IF_PAGE
from pages.shared.picture import show_picture
from pages.shared.prose import bullets, paragraphs
from pages.shared.simulation_inputs import ask_missing, ask_settings
from pages.shared.simulation_run import run_or_stop
from pages.shared.simulation_tables import show_lead_times, show_queues
from vsm.charts.simulation_pictures import simulated_lead_times, simulated_queues
from vsm.future import without_limits
from vsm.simulation_words import (
    WHAT_IT_DOES,
    agreement_sentences,
    assumption_sentences,
    limit_sentences,
    result_sentences,
)

st.title("Test by simulation")
analysis = analysis_or_stop("how long items take when each of them is followed through your stream, now and in future")
future = scenario_state.current_future(analysis)

st.markdown(WHAT_IT_DOES)
if future is None:
    st.markdown("There is no future state yet, so the stream is simulated as it is.")
    st.page_link(WHAT_IF_PAGE, label="Change something first")
paragraphs(limit_sentences(future))
ask_missing(analysis)
tested = None if future is None else without_limits(future)
found = run_or_stop(analysis.stream, None if tested is None else tested.future.stream, ask_settings())

paragraphs(result_sentences(found))
if not agreement_sentences(found):
    st.stop()
show_lead_times(found)
for picture in (simulated_lead_times(found), simulated_queues(found)):
    if picture is not None:
        show_picture(analysis, picture)

st.header("Do the formulas agree?", anchor=False)
bullets(agreement_sentences(found))
show_queues(found)

st.header("What it rests on", anchor=False)
bullets(assumption_sentences(found))
