"""The samples as buttons: a click loads one, nothing loads by itself."""

from __future__ import annotations

import streamlit as st

from pages.shared import session
from vsm.reading.shapes import Choices
from vsm.samples import SAMPLES, Sample, sample_path


def buttons() -> None:
    """Show one button for each sample, with what it is about."""
    for row_start in range(0, len(SAMPLES), 2):
        for column, sample in zip(st.columns(2), SAMPLES[row_start : row_start + 2], strict=False):
            with column, st.container(border=True, height="stretch"):
                st.markdown(f"**{sample.title}**")
                st.caption(sample.description)
                st.button("Load this sample", key=f"sample_{sample.key}", on_click=_load, args=(sample,))


def _load(sample: Sample) -> None:
    path = sample_path(sample)
    session.load_file(path.read_bytes(), path.name, Choices(name=sample.name, start=sample.start, end=sample.end))
