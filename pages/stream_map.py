"""Value stream map: the drawing, whose stages answer to click and key; teams; the map in words; downloads."""

import streamlit as st

from pages.shared.guard import analysis_or_stop
from pages.shared.map_files import map_downloads
from pages.shared.map_view import show_map
from pages.shared.prose import lines
from pages.shared.stage_card import show_stage
from pages.shared.teams import show_team_wait, team_switch
from vsm.charts.value_stream_map import map_description

st.title("Value stream map")
analysis = analysis_or_stop("the value stream map of your stages")

by_team = team_switch(analysis)
stage = show_map(analysis, key="stream_map", colour_by_team=by_team)
show_stage(analysis, stage)
map_downloads(analysis, colour_by_team=by_team)
show_team_wait(analysis)
with st.expander("The map in words", type="compact"):
    lines(map_description(analysis))
