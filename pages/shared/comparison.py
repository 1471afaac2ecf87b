"""What the page that compares asks, what it shows, and the comparison that reports then hold, too."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from enum import StrEnum

import streamlit as st

from pages.shared import second_file, selected, session
from pages.shared.prose import bullets, paragraphs
from pages.shared.second_file import SecondFile
from pages.shared.text import escape
from vsm.analysis import Analysis
from vsm.compare_words import HOW, comparison_sentence, difference_table, part_names
from vsm.comparison import Compared, Comparison, compare_parts, compare_two, halves
from vsm.flow import MeasuredLog, measured_log
from vsm.model import Wanted
from vsm.opening import AnyReading, MeasuredReading
from vsm.reading.log_shapes import LogChoices
from vsm.reading.shapes import Reading
from vsm.side_words import clocks_sentence, side_sentences, sources_sentence, stage_pair_table, stream_pair_table


class Way(StrEnum):
    """What can be compared; the value is how the choice is called."""

    OVER_PERIODS = "All periods"
    TWO_PERIODS = "Two periods"
    TYPES = "Two types of work"
    FILES = "Another file"


def ask_for_way(reading: AnyReading, measured: MeasuredLog | None) -> Way:
    """Ask what to compare, of what the data allows; another file can always be brought."""
    ways = []
    if isinstance(reading, Reading) and len(reading.snapshots) > 1:
        ways.append(Way.OVER_PERIODS)
    if measured is not None and halves(measured.log) is not None:
        ways.append(Way.TWO_PERIODS)
    if measured is not None and len(measured.log.types) > 1:
        ways.append(Way.TYPES)
    if not ways:
        st.markdown(_NOTHING_ELSE if measured is None else _NO_PARTS)
        return Way.FILES
    ways.append(Way.FILES)
    key = f"compare_{session.load_number()}"
    # Kept under the page's own key, too: the widget's state is gone once another page was looked at.
    chosen: Way = st.segmented_control(
        "Compare", ways, default=_kept(ways), required=True, key=key, on_change=_keep, args=(key,)
    )
    return chosen


WAY, _PARTS, _BEFORE = "compare_way", "compare_parts", "compare_parts_before"
Parts = tuple[Wanted, Wanted]
_NOTHING_ELSE = "The table states one period, so what it can be compared with is another file."
_NO_PARTS = "Its items give no two parts to compare: no two days of finishing, and one type. Another file is left."


def _keep(key: str) -> None:
    st.session_state[WAY] = st.session_state[key]


def _kept(ways: Sequence[Way]) -> Way:
    kept = st.session_state.get(WAY)
    return next((way for way in ways if way == kept), ways[0])


def asked_parts() -> tuple[str, Parts] | None:
    """Return the two parts that were compared last, and the key of the items they are parts of; `None` before that."""
    key, parts = st.session_state.get(_PARTS) or ("", None)
    return None if parts is None else (key, parts)


def bring_back(key: str, parts: Parts) -> None:
    """Compare again what an earlier visit compared, and propose it on the page."""
    st.session_state[_PARTS] = st.session_state[_BEFORE] = (key, parts)


def of_parts(measured: MeasuredLog, way: Way) -> Comparison | None:
    """Ask for two periods or two types of the log, and compare them; `None` while an answer is missing."""
    proposed = halves(measured.log)
    key, before = st.session_state.get(_BEFORE) or ("", None)
    known = before if key == selected.key() else None
    parts = _periods(proposed, known) if way is Way.TWO_PERIODS and proposed else _types(measured.log.types, known)
    st.session_state[_PARTS] = (selected.key(), parts)
    return None if parts is None else _compare_parts(selected.key(), parts)


def of_files(analysis: Analysis, main: str, measured: MeasuredLog | None) -> Comparison | None:
    """Ask for a second file, and compare the loaded one with it; `None` until it is there."""
    second = second_file.ask(main)
    st.session_state[_PARTS] = None
    if second is not None and selected.wanted() != Wanted():
        st.caption(f"Items were chosen of {escape(main)} alone; of {escape(second.data.name)} all are counted.")
    return None if second is None else _compare_files(analysis, main, measured, second)


def current(analysis: Analysis, main: str, measured: MeasuredLog | None) -> Comparison | None:
    """Return what the page that compares showed last of these items; `None` where it showed nothing."""
    key, parts = st.session_state.get(_PARTS) or (None, None)
    if parts is not None and key == selected.key():
        return _compare_parts(key, parts)
    second = second_file.kept()
    return None if parts is not None or second is None else _compare_files(analysis, main, measured, second)


def show(comparison: Comparison) -> None:
    """Show what differs by more than chance, then the figures of both sides, of the whole and of each stage."""
    streams, names = comparison.streams, comparison.names
    if comparison.differences:
        definitions = streams.definitions[0]
        st.header("Finished items", anchor=False)
        st.markdown(f"**{escape(comparison_sentence(comparison.differences, definitions))}**")
        table = difference_table(comparison.differences, *names, definitions)
        st.dataframe(table, hide_index=True, alt="The figures of both sides, their difference and its interval")
        st.caption(HOW)
    st.header("The streams", anchor=False)
    if warning := clocks_sentence(streams):
        st.warning(escape(warning))
    paragraphs((sources_sentence(streams),))
    bullets(side_sentences(streams))
    st.dataframe(stream_pair_table(streams), hide_index=True, alt="The figures of both streams and their difference")
    if streams.stages:
        st.header("The stages that both have", anchor=False)
        st.dataframe(stage_pair_table(streams), hide_index=True, alt="The figures of the stages that both have")


def _periods(proposed: Parts, before: Parts | None) -> Parts | None:
    first, last = proposed[0].finished_from, proposed[1].finished_to
    values = before if before is not None and before[0].finished_from is not None else proposed
    found = []
    for column, name, part in zip(st.columns(2), ("Before", "After"), values, strict=True):
        value = (part.finished_from, part.finished_to)
        key = f"compare_{name}_{selected.key()}"
        with column:
            chosen = st.date_input(
                f"{name}: finished between", value, min_value=first, max_value=last, key=key, persist_state="session"
            )
        if len(chosen) < 2:
            return None
        found.append(Wanted(finished_from=chosen[0], finished_to=chosen[1]))
    return found[0], found[1]


def _types(types: tuple[str, ...], before: Parts | None) -> Parts:
    named = [types.index(name) for part in before or () for name in part.types if name in types]
    places = named if len(named) == 2 else [0, 1]
    found = []
    for place, (column, name) in enumerate(zip(st.columns(2), ("One type", "Other type"), strict=True)):
        key = f"compare_type_{place}_{selected.key()}"
        with column:
            chosen = st.selectbox(name, types, index=places[place], key=key, persist_state="session")
        found.append(Wanted(types=(chosen,)))
    return found[0], found[1]


def _compare_parts(key: str, parts: Parts) -> Comparison:
    reading, choices = selected.current_reading(), session.choices()
    assert isinstance(reading, MeasuredReading), "only a log has items to compare"
    assert isinstance(choices, LogChoices), "a log is read by the choices about logs"
    return _parts_side_by_side(key, parts, reading, choices)


@st.cache_resource(scope="session", max_entries=8, show_spinner="Comparing …")
def _parts_side_by_side(key: str, parts: Parts, _reading: MeasuredReading, _choices: LogChoices) -> Comparison:
    return compare_parts(_reading, _choices, parts, part_names(parts))


def _compare_files(analysis: Analysis, main: str, measured: MeasuredLog | None, second: SecondFile) -> Comparison:
    told = f"{selected.key()} {main} {second.data.sha256} {second.data.name} {analysis.stream!r}"
    key = hashlib.sha256(told.encode(errors="replace")).hexdigest()
    return _files_side_by_side(key, Compared(name=main, stream=analysis.stream, measured=measured), second)


@st.cache_resource(scope="session", max_entries=2, show_spinner="Comparing …")
def _files_side_by_side(key: str, _first: Compared, _second: SecondFile) -> Comparison:
    reading, choices = _second.reading, _second.choices
    assert reading.stream is not None, "what cannot be analysed is asked about before"
    measured: MeasuredLog | None = None
    if isinstance(reading, MeasuredReading) and reading.log is not None and isinstance(choices, LogChoices):
        measured = measured_log(reading.log, choices.calendar)
    return compare_two(_first, Compared(name=_second.data.name, stream=reading.stream, measured=measured))
