"""Two files side by side: their streams and stages, and logs with an interval on each difference."""

from __future__ import annotations

import hashlib

import streamlit as st

from pages.shared import second_file, selected
from pages.shared.comparison import show_differences
from pages.shared.prose import bullets, paragraphs
from pages.shared.second_file import Second
from pages.shared.text import escape
from vsm.analysis import Analysis
from vsm.comparison import compare_logs
from vsm.flow import MeasuredLog, measured_log
from vsm.items.compare import Difference
from vsm.model import Wanted
from vsm.opening import MeasuredReading
from vsm.reading.log_shapes import LogChoices
from vsm.side_by_side import side_by_side
from vsm.side_words import clocks_sentence, side_sentences, sources_sentence, stage_pair_table, stream_pair_table


def show(analysis: Analysis, main: str, measured: MeasuredLog | None) -> None:
    """Ask for the second file, and show both side by side once it is there."""
    second = second_file.ask(main)
    if second is None or second.reading.stream is None:
        return
    names = (main, second.data.name) if main != second.data.name else (f"{main} (1)", f"{second.data.name} (2)")
    if measured is not None and isinstance(second.reading, MeasuredReading):
        st.header("Finished items", anchor=False)
        show_differences(_differences(_key(second), measured, second), names, measured.definitions)
    if selected.wanted() != Wanted():
        st.caption(f"Items were chosen of {escape(main)} alone; of {escape(second.data.name)} all are counted.")
    found = side_by_side(analysis.stream, second.reading.stream, names)
    st.header("The streams", anchor=False)
    if warning := clocks_sentence(found):
        st.warning(warning)
    paragraphs((sources_sentence(found),))
    bullets(side_sentences(found))
    st.dataframe(stream_pair_table(found), hide_index=True, alt="The figures of both streams and their difference")
    if found.stages:
        st.header("The stages that both have", anchor=False)
        st.dataframe(stage_pair_table(found), hide_index=True, alt="The figures of the stages that both files have")


def _key(second: Second) -> str:
    return hashlib.sha256(f"{selected.key()} {second.data.sha256} {second.data.name}".encode()).hexdigest()


@st.cache_resource(scope="session", max_entries=2, show_spinner="Comparing …")
def _differences(key: str, _measured: MeasuredLog, _second: Second) -> tuple[Difference, ...]:
    reading, choices = _second.reading, _second.choices
    assert isinstance(reading, MeasuredReading), "only logs are compared item by item"
    assert isinstance(choices, LogChoices), "a log is read by the choices about logs"
    assert reading.log is not None, "what was measured has a log"
    return compare_logs(_measured, measured_log(reading.log, choices.calendar))
