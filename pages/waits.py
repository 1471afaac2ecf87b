"""Why it waits: each queue's wait divided by cause, from who did what meanwhile; and handoffs between people."""

import streamlit as st

from pages.shared.item_list import choose_items
from pages.shared.log_guard import log_or_stop
from pages.shared.picture import show_picture
from pages.shared.prose import bullets, paragraphs
from pages.shared.text import escape
from pages.shared.waits import divided, show_handoffs, working_hours
from vsm.charts.wait_pictures import causes_of_waits
from vsm.item_choices import waited_choices
from vsm.wait_words import MEANINGS, UNKNOWN_HOURS, causes_sentence, unnamed_sentence

st.title("Why it waits")
analysis, measured = log_or_stop("why items wait in front of each stage, and between whom they are handed on")

if not measured.log.people:
    st.markdown(
        "The log names no people, so nobody can tell what the next person did while an item waited. With a column that "
        "says who worked on each step, the waits here are divided into batching, contention, prioritisation and more."
    )
    st.stop()
hours = working_hours(measured)
causes = divided(measured, hours)
paragraphs(filter(None, (causes_sentence(causes), unnamed_sentence(causes), None if hours.everyone else UNKNOWN_HOURS)))
picture = causes_of_waits(causes)
if picture is not None:
    show_picture(analysis, picture)
    choose_items(analysis, measured, "Items that waited", waited_choices(measured), "waited")
    with st.expander("What the causes mean", type="compact"):
        bullets(f"{name}: {meaning}." for name, meaning in MEANINGS.values())
st.header(escape("Handoffs between people"), anchor=False)
show_handoffs(measured)
