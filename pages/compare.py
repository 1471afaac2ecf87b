"""Compare: periods, types of work or another file side by side, and whether they differ by more than chance."""

import streamlit as st

from pages.shared import comparison, selected, trend_view
from pages.shared.comparison import Way
from pages.shared.guard import analysis_or_stop
from vsm.reading.shapes import Reading

st.title("Compare")
analysis = analysis_or_stop("periods, types of work or two files side by side, and whether they differ beyond chance")
reading, measured = selected.current_reading(), selected.current_log()

way = comparison.ask_for_way(reading, measured)
if way is Way.OVER_PERIODS and isinstance(reading, Reading):
    trend_view.show(analysis, reading)
    st.stop()
if way is Way.FILES or measured is None:
    found = comparison.of_files(analysis, reading.file, measured)
else:
    found = comparison.of_parts(measured, way)
if found is not None:
    comparison.show(found)
