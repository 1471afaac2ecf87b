"""Bottleneck: the verdict, what it rests on, what it means, and what would make it surer."""

import streamlit as st

from pages.shared.guard import analysis_or_stop
from pages.shared.item_list import items_of_stage_below
from pages.shared.menu import DATA_PAGE, WAITS_PAGE
from pages.shared.prose import bullets, link_to_method, paragraphs
from pages.shared.selected import whole_log
from pages.shared.text import escape
from pages.shared.utilisation_table import show_utilisation
from vsm.model import WaitSide
from vsm.summary import to_measure_next
from vsm.verdicts import evidence_sentence, verdict_sentences, verdict_title

st.title("Bottleneck")
analysis = analysis_or_stop("which stage holds the stream back, on what evidence, and how strong that evidence is")

st.header(escape(verdict_title(analysis)), anchor=False)
paragraphs(verdict_sentences(analysis))
link_to_method("bottleneck")

if analysis.bottleneck.evidence:
    st.subheader("The evidence", anchor=False)
    bullets(evidence_sentence(analysis, evidence) for evidence in analysis.bottleneck.evidence)
for index in analysis.bottleneck.stages:
    items_of_stage_below(analysis, index)
if (log := whole_log()) is not None and log.people:
    st.page_link(WAITS_PAGE, label="Why items wait: what people did meanwhile")

show_utilisation(analysis)

if analysis.longest_queue is not None and analysis.stream.definitions.wait is WaitSide.AFTER:
    with st.expander("Why the next step is accused, and not the one beside the wait", type="compact"):
        st.markdown(
            "The table notes a wait in the row of the step that has just finished: the time until the next step takes "
            "the work up. That step lets it wait, so the queue stands in front of it. If your table notes the wait "
            "before a step instead, change that on the data page: the totals stay, and the accused step moves by one."
        )
        st.page_link(DATA_PAGE, label="Change where the wait lies")
with st.expander("What the difference between a constraint and a delay is", type="compact"):
    st.markdown(
        "A **constraint** is asked for more than its people can do, or nearly so: more capacity there, less demand or "
        "less rework shortens the queue. A **delay** is a wait that capacity would not cure: a weekly meeting, an "
        "approval, a batch, a handover nobody notices. Adding people there costs money and changes little."
    )

missing = to_measure_next(analysis)
if missing:
    st.subheader("What would make this surer", anchor=False)
    bullets(missing)
    st.page_link(DATA_PAGE, label="Add it to your data")
