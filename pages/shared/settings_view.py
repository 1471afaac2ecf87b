"""The choices about a log as a small file: saved now, and used again on next month's export."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.shared import session
from pages.shared.text import escape
from vsm.opening import MeasuredReading
from vsm.settings_file import SettingsError, read_settings, settings_text

_UPLOAD, _SAID = "settings_upload", "settings_said"


def show(reading: MeasuredReading) -> None:
    """Offer what was chosen as a file, and take such a file."""
    with st.expander("Save these choices, or use saved ones"):
        st.markdown(
            "What you say below about columns, statuses, times and clock goes into a small file, to load again with "
            "next month's export. It holds no item of yours."
        )
        chosen = session.settings()
        chosen = replace(chosen, choices=replace(chosen.choices, statuses=reading.statuses))
        st.download_button(
            "Save the choices (JSON)",
            settings_text(chosen),
            "log_settings.json",
            "application/json",
            on_click="ignore",
        )
        st.file_uploader("Saved choices", type="json", key=_UPLOAD, on_change=_take, max_upload_size=1)
        if message := st.session_state.pop(_SAID, None):
            st.error(escape(message))


def _take() -> None:
    file = st.session_state[_UPLOAD]
    if file is None:
        return
    try:
        session.use_settings(read_settings(file.getvalue()))
    except SettingsError as error:
        st.session_state[_SAID] = str(error)
