"""Capacity: who works where and what is asked, how busy that makes the stages, and what it does to the queues."""

import streamlit as st

from pages.shared import capacity_pictures, staffing_form
from pages.shared.guard import analysis_or_stop
from pages.shared.prose import link_to_method, paragraphs
from pages.shared.text import escape
from pages.shared.utilisation_table import show_utilisation
from vsm.capacity_words import busiest, capacity_sentences
from vsm.verdicts import verdict_sentences, verdict_title

st.title("Capacity")
analysis = analysis_or_stop("how busy your stages are, and what that does to the queues in front of them")
staffing_form.show(analysis)

if busiest(analysis) is None:
    st.markdown(
        "How busy a stage is needs three figures: how many items are asked for in a week, how many people work there, "
        "and how long they work on an item. Say what is missing above; everything else follows on every page."
    )
    st.stop()

paragraphs(capacity_sentences(analysis))
link_to_method("utilisation")
show_utilisation(analysis)
capacity_pictures.show(analysis)

st.subheader("The bottleneck, with this", anchor=False)
st.markdown(f"**{escape(verdict_title(analysis))}**")
paragraphs(verdict_sentences(analysis))
