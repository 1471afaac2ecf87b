"""Compare: periods, types of work or another file side by side, and whether they differ by more than chance."""

import streamlit as st

from pages.shared import selected, trend_view, two_files_view
from pages.shared.comparison import Way, ask_for_way, show_parts
from pages.shared.guard import analysis_or_stop
from vsm.reading.shapes import Reading

st.title("Compare")
analysis = analysis_or_stop("periods, types of work or two files side by side, and whether they differ beyond chance")
reading, measured = selected.current_reading(), selected.current_log()

way = ask_for_way(reading, measured)
if way is Way.FILES:
    two_files_view.show(analysis, reading.file, measured)
elif isinstance(reading, Reading):
    trend_view.show(analysis, reading)
elif measured is not None:
    show_parts(measured, way)
