"""Capacity: who works where and what is asked, how busy that makes the stages, and what it does to the queues."""

import streamlit as st

from pages.shared import capacity_pictures, staffing_form
from pages.shared.guard import analysis_or_stop
from pages.shared.prose import link_to_method, paragraphs
from pages.shared.text import escape
from pages.shared.utilisation_table import show_utilisation
from vsm.capacity_words import busiest, capacity_sentences, still_missing
from vsm.verdicts import verdict_sentences, verdict_title

st.title("Capacity")
analysis = analysis_or_stop("how busy your stages are, and what that does to the queues in front of them")
st.markdown("Say here what the data does not, or says otherwise; leave empty what nobody knows.")
staffing_form.show(analysis)

if busiest(analysis) is None:
    st.markdown(escape(still_missing(analysis)))
    st.stop()

paragraphs(capacity_sentences(analysis))
link_to_method("utilisation")
show_utilisation(analysis)
capacity_pictures.show(analysis)

st.subheader("The bottleneck, with this", anchor=False)
st.markdown(f"**{escape(verdict_title(analysis))}**")
paragraphs(verdict_sentences(analysis))
