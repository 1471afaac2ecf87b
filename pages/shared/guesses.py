"""Links that opened nothing, counted by the address of who tried them, together with publications'."""

from __future__ import annotations

import time

import streamlit as st

from vsm.serving.rate_limit import GUESSES

TOO_MANY = (
    "Too many links that open nothing were tried from where you are, by you or by others there. Check that the link "
    "was copied whole, wait a minute, and reload this page."
)


def too_many() -> bool:
    """Count a link that opened nothing; tell whether there were too many."""
    return not GUESSES.spend(st.context.ip_address or "", time.monotonic())
