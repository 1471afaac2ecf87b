"""Rework and paths: where work is sent back from and to and what that costs; of a log, the paths that items take."""

import streamlit as st

from pages.shared import item_paths, rework_of_table, selected
from pages.shared.guard import analysis_or_stop

st.title("Rework and paths")
analysis = analysis_or_stop("where work is sent back from and to, and what that costs")
measured = selected.current_log()
if measured is None:
    rework_of_table.show(analysis)
else:
    item_paths.show(analysis, measured)
