"""What if: the current state beside a future state, the changes between the two, and what each of them saves."""

import streamlit as st

from pages.shared import (
    change_maker,
    figures_editor,
    future_pictures,
    gains,
    planned_changes,
    scenario_bar,
    scenario_comparison,
    scenario_state,
    suggested_changes,
)
from pages.shared.guard import analysis_or_stop
from pages.shared.text import escape

st.title("What if")
analysis = analysis_or_stop("a future state of your stream beside the current one, and what each change would save")
future = scenario_state.current_future(analysis)
so_far = analysis if future is None else future.future

scenario_bar.show(analysis)
if future is None:
    st.markdown("Nothing is changed yet. Apply a suggestion, or make a change of your own, and see what it brings.")
else:
    gains.show(future)

# In front of the list of changes, which grows: a table that moved away with each figure written could not be filled in.
st.header("Change something" if future is None else "Change more", anchor=False)
if (reason := scenario_state.refused()) is not None:
    st.error(escape(reason))
suggested, own, table = st.tabs(["Suggested", "Your own", "In the table"], key="ways_to_change")
with suggested:
    suggested_changes.show(so_far, future)
with own:
    change_maker.show(so_far.stream)
with table:
    figures_editor.show(so_far.stream)

if future is not None:
    planned_changes.show(future)
    future_pictures.show(future)
scenario_comparison.show(analysis)
