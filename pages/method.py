"""Method: how every figure is computed, with the stream's own numbers put in; the definitions; the glossary."""

import streamlit as st

from pages.shared.explanation import show_explanation
from pages.shared.guard import analysis_or_stop
from pages.shared.menu import DATA_PAGE
from pages.shared.prose import bullets
from pages.shared.text import escape
from vsm.headlines import definition_notes
from vsm.method import GLOSSARY, explanations

st.title("How it is computed")
analysis = analysis_or_stop("the formula of every figure with your own numbers put in")
asked = st.query_params.get("figure")
entries = explanations(analysis)

for entry in entries:
    if entry.key == asked:
        with st.container(border=True, key="asked_entry"):
            st.header(entry.title, anchor=False)
            show_explanation(entry)

st.header("Every figure", anchor=False)
for entry in entries:
    if entry.key != asked:
        st.subheader(entry.title, anchor=False)
        show_explanation(entry)

st.header("Definitions in force", anchor=False)
bullets(definition_notes(analysis))
st.page_link(DATA_PAGE, label="Change a definition and see its effect")

st.header("Glossary", anchor=False)
st.markdown("\n".join(f"- **{escape(term)}**: {escape(meaning)}" for term, meaning in GLOSSARY))
