"""Stages: one table with everything per stage, then the charts, each with its sentence and its data."""

import streamlit as st

from pages.shared.drawn_pictures import stage_pictures_of
from pages.shared.guard import analysis_or_stop
from pages.shared.picture import show_picture
from pages.shared.stage_table import show_stage_table

st.title("Stages")
analysis = analysis_or_stop("a table of all stages with every figure, and charts of where the time goes")

show_stage_table(analysis)
for picture in stage_pictures_of(analysis):
    show_picture(analysis, picture)
