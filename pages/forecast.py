"""Forecast: when so many items will be done, and how many will be done by a date, drawn from past weeks."""

import streamlit as st

from pages.shared.item_list import choose_items
from pages.shared.log_guard import log_or_stop
from pages.shared.prose import bullets
from pages.shared.text import escape
from vsm.forecast_words import (
    ASSUMPTIONS,
    completion_sentence,
    completion_table,
    dates_asked,
    delivery_sentence,
    delivery_table,
    history_sentence,
    proposed_items,
)
from vsm.item_choices import forecast_choices
from vsm.items.forecast import done_by, history, when_done
from vsm.items.statistics import TooFew

st.title("Forecast")
analysis, measured = log_or_stop("when so many items will be done, and how many by a date")

past = history(measured.log)
if isinstance(past, TooFew):
    st.markdown(f"There is no forecast. {escape(past.reason)}")
    st.stop()
st.markdown(escape(history_sentence(past)))

st.header("When will they be done?", anchor=False)
items = st.number_input("Items to finish", 1, 100_000, value=proposed_items(measured), width=240)
completion = when_done(past, items)
st.markdown(f"**{escape(completion_sentence(completion, items))}**")
st.table(completion_table(completion), hide_index=True, width="content")

st.header("How many will be done by a date?", anchor=False)
proposed, first, last = dates_asked(past)
date = st.date_input("Date", value=proposed, min_value=first, max_value=last, width=240)
delivery = done_by(past, date)
st.markdown(f"**{escape(delivery_sentence(delivery, date))}**")
st.table(delivery_table(delivery), hide_index=True, width="content")

st.header("What it rests on", anchor=False)
bullets(ASSUMPTIONS)
choose_items(analysis, measured, "Items behind the forecast", forecast_choices(measured), "forecast")
