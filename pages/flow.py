"""Flow over time: how long items take, how many are finished, what is in the stream, and what is stuck in it."""

import streamlit as st

from pages.shared.drawn_pictures import flow_pictures_of
from pages.shared.item_list import choose_items, show_items
from pages.shared.log_guard import log_or_stop
from pages.shared.picture import show_picture
from pages.shared.prose import link_to_method, paragraphs
from vsm.flow_words import littles_law_sentences
from vsm.item_choices import open_choices
from vsm.item_rows import longest_first
from vsm.items.accumulation import littles_law

st.title("Flow over time")
analysis, measured = log_or_stop("how long items take, how many are finished a week, and what is stuck in the stream")

pictures = flow_pictures_of(measured)
if not pictures:
    st.markdown("No item is finished or open for long enough to draw anything over time yet.")
for picture in pictures:
    picked = show_picture(analysis, picture)
    if picture.picks and picked:
        show_items(analysis, measured, picked, "picked in the chart", key="picked")
    elif picture.picks:
        st.caption("Click a dot to see its item.")
        with st.expander("All items, the slowest first", type="compact"):
            show_items(analysis, measured, longest_first(measured), "in the log, the slowest first", key="all")
    if picture.key == "open_items":
        choose_items(analysis, measured, "Items that are open", open_choices(measured), "open")

st.header("Little's law", anchor=False)
paragraphs(littles_law_sentences(littles_law(measured.log)))
link_to_method("flow_load")
