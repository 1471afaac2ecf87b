"""The samples as buttons: a click loads one, nothing loads by itself."""

from __future__ import annotations

import streamlit as st

from pages.shared import session
from vsm.reading.log_shapes import LogChoices
from vsm.reading.shapes import Choices
from vsm.samples import SAMPLES, Sample, sample_path

_IN_A_ROW = 3


def buttons() -> None:
    """Show one button for each sample, with what it is about."""
    for start in range(0, len(SAMPLES), _IN_A_ROW):
        for column, sample in zip(st.columns(_IN_A_ROW), SAMPLES[start : start + _IN_A_ROW], strict=False):
            with column, st.container(border=True, height="stretch"):
                st.markdown(f"**{sample.title}**")
                st.caption(sample.description)
                st.button(f"Load “{sample.title}”", key=f"sample_{sample.key}", on_click=_load, args=(sample,))


def _load(sample: Sample) -> None:
    path, choices = sample_path(sample), LogChoices if sample.is_log else Choices
    session.load_file(path.read_bytes(), path.name, choices(name=sample.name, start=sample.start, end=sample.end))
