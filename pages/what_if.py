"""What if: the current state beside a future state, the changes between the two, and what each of them saves."""

import streamlit as st

from pages.shared import gains, planned_changes, scenario_bar, scenario_state, suggested_changes
from pages.shared.guard import analysis_or_stop

st.title("What if")
analysis = analysis_or_stop("a future state of your stream beside the current one, and what each change would save")
future = scenario_state.current_future(analysis)

scenario_bar.show(analysis)
if future is None:
    st.markdown("Nothing is changed yet. Apply a suggestion, or make a change of your own, and see what it brings.")
else:
    gains.show(future)
    planned_changes.show(future)

suggested_changes.show(analysis if future is None else future.future)
