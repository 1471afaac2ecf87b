"""No data yet: how to collect it."""

import streamlit as st

st.title("No data yet?")
