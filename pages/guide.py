"""No data yet: how to collect it in a few conversations, with a sheet to print and a table to fill in."""

from __future__ import annotations

import streamlit as st

from pages.shared import bring
from pages.shared.menu import DATA_PAGE
from vsm.guide import GUIDE, interview_sheet

st.title("No data yet?")
with st.container(width=760):
    st.markdown(
        "A first map needs no measuring system: a walk through the process and a few conversations of half an hour "
        "give figures that are good enough to see where the time goes."
    )
    with st.container(horizontal=True):
        st.download_button(
            "Interview sheet to print (A4)",
            interview_sheet,
            "value_stream_interview.html",
            "text/html",
            on_click="ignore",
        )
        bring.template_buttons()
    for number, chapter in enumerate(GUIDE, start=1):
        st.subheader(f"{number}. {chapter.title}")
        st.markdown(chapter.words)
        st.markdown("\n".join(f"- {point}" for point in chapter.points))
    st.page_link(DATA_PAGE, label="You have figures? Bring your data")
