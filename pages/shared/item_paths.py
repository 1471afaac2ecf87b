"""How the items of a log moved: what was sent back, the paths taken, the stages passed over, each with its items."""

from __future__ import annotations

import streamlit as st

from pages.shared.drawn_pictures import path_pictures_of
from pages.shared.item_list import choose_items
from pages.shared.picture import show_picture
from vsm.analysis import Analysis
from vsm.flow import MeasuredLog
from vsm.item_choices import passed_over_choices, path_choices, sent_back_choices
from vsm.path_words import nothing_sent_back

_CHOICES = {
    "sent_back": ("Items that were sent back", sent_back_choices),
    "paths": ("Items that took a path", path_choices),
    "passed_over": ("Items that passed a stage over", passed_over_choices),
}


def show(analysis: Analysis, measured: MeasuredLog) -> None:
    """Show every chart that applies, and let the items behind it be listed."""
    pictures = path_pictures_of(measured)
    if "sent_back" not in [picture.key for picture in pictures]:
        st.markdown(nothing_sent_back(measured))
    for picture in pictures:
        show_picture(analysis, picture)
        label, choices_of = _CHOICES[picture.key]
        choose_items(analysis, measured, label, choices_of(measured), picture.key)
