"""Compare: two periods or two types of one log side by side, and whether they differ by more than chance."""

import streamlit as st

from pages.shared.comparison import ask_for_parts, differences, labels_of
from pages.shared.log_guard import log_or_stop
from pages.shared.text import escape
from vsm.compare_words import HOW, comparison_sentence, difference_table

st.title("Compare")
analysis, measured = log_or_stop("two periods or two types of work side by side, and whether their difference is noise")

parts = ask_for_parts(measured)
if parts is None:
    st.stop()
found = differences(measured, parts)
st.markdown(f"**{escape(comparison_sentence(found, measured.definitions))}**")
st.dataframe(
    difference_table(found, *labels_of(parts), measured.definitions),
    hide_index=True,
    alt="The figures of both sides, their difference and its interval",
)
st.caption(HOW)
