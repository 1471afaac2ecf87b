"""Promised against achieved: last quarter's scenario file held against the data loaded now."""

import streamlit as st

from pages.shared import promised_file
from pages.shared.guard import analysis_or_stop
from pages.shared.prose import paragraphs
from vsm.achievement import achievement
from vsm.achievement_words import achievement_sentences, stage_promises, stage_quality_promises, stream_promises

st.title("Promised and achieved")
analysis = analysis_or_stop("what came of the future state that you planned last time")
st.markdown(
    "Load the scenario file that was saved on *What if* when the changes were planned. It holds the stream as it was "
    "then, so that what was promised can be held against the data loaded now."
)
saved = promised_file.ask()
if saved is None:
    st.stop()
found = achievement(saved.stream, promised_file.choose_scenario(saved), analysis.stream)
paragraphs(achievement_sentences(found))

st.subheader("The stream", anchor=False)
st.dataframe(stream_promises(found), hide_index=True, height="content", alt="The figures of the stream")
st.subheader("The time in each stage", anchor=False)
st.dataframe(stage_promises(found), hide_index=True, height="content", alt="The time in each stage")
quality = stage_quality_promises(found)
if len(quality):
    st.subheader("The %C&A of each stage", anchor=False)
    st.dataframe(quality, hide_index=True, height="content", alt="The %C&A of each stage")
st.caption("Rest: what is now, less what was promised. A figure without a sign is as it was promised.")
