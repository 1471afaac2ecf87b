"""Overview: what was found in three sentences, what to try first, the headline figures, and the value stream map."""

import streamlit as st

from pages.shared.figures import show_figures
from pages.shared.guard import analysis_or_stop
from pages.shared.map_view import show_map
from pages.shared.menu import WHAT_IF_PAGE
from pages.shared.prose import paragraphs
from pages.shared.stage_card import show_stage
from vsm.advice import first_suggestion
from vsm.headlines import FLOW_EFFICIENCY_CAVEAT, headline_figures
from vsm.verdicts import findings

st.title("Overview")
analysis = analysis_or_stop("the headline figures, the value stream map and what they say")

paragraphs(findings(analysis))
suggestion = first_suggestion(analysis)
if suggestion:
    paragraphs((suggestion,))
    st.page_link(WHAT_IF_PAGE, label="What to change, and what it would bring")
show_figures(headline_figures(analysis))
if analysis.flow_efficiency is not None:
    st.caption(f"On flow efficiency: {FLOW_EFFICIENCY_CAVEAT}")

st.header("Value stream map")
stage = show_map(analysis, key="overview_map")
show_stage(analysis, stage)
