"""Rework and paths: where items are sent back from and to, the paths they take, and the stages they pass over."""

import streamlit as st

from pages.shared.drawn_pictures import path_pictures_of
from pages.shared.item_list import choose_items
from pages.shared.log_guard import log_or_stop
from pages.shared.picture import show_picture
from vsm.item_choices import passed_over_choices, path_choices, sent_back_choices
from vsm.path_words import NOTHING_SENT_BACK

CHOICES = {
    "sent_back": ("Items that were sent back", sent_back_choices),
    "paths": ("Items that took a path", path_choices),
    "passed_over": ("Items that passed a stage over", passed_over_choices),
}

st.title("Rework and paths")
analysis, measured = log_or_stop("where items are sent back, and the paths that they take", dated=False)

pictures = path_pictures_of(measured)
if "sent_back" not in [picture.key for picture in pictures]:
    st.markdown(NOTHING_SENT_BACK)
for picture in pictures:
    show_picture(analysis, picture)
    label, choices_of = CHOICES[picture.key]
    choose_items(analysis, measured, label, choices_of(measured), picture.key)
