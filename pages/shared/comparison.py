"""What the page that compares asks, and two periods or two types of the loaded log side by side."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import streamlit as st

from pages.shared import selected, session
from pages.shared.text import escape
from vsm.compare_words import HOW, comparison_sentence, difference_table
from vsm.comparison import Part, compare_parts, halves
from vsm.flow import MeasuredLog
from vsm.items.compare import Difference
from vsm.model import Definitions
from vsm.opening import AnyReading
from vsm.reading.shapes import Reading


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
    if measured is not None and halves(measured) is not None:
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


_WAY = "compare_way"
_NOTHING_ELSE = "The table states one period, so what it can be compared with is another file."
_NO_PARTS = "Its items give no two parts to compare: no two days of finishing, and one type. Another file is left."


def _keep(key: str) -> None:
    st.session_state[_WAY] = st.session_state[key]


def _kept(ways: Sequence[Way]) -> Way:
    way: Way | None = st.session_state.get(_WAY)
    return way if way in ways else ways[0]


def show_parts(measured: MeasuredLog, way: Way) -> None:
    """Ask for two periods or two types of the log, and show them side by side."""
    parts = _ask_for_parts(measured, way)
    if parts is not None:
        show_differences(_compare(selected.key(), parts, measured), _labels(parts), measured.definitions)


def show_differences(found: tuple[Difference, ...], names: tuple[str, str], definitions: Definitions) -> None:
    """Show what differs by more than chance, and every figure of both sides with its interval."""
    st.markdown(f"**{escape(comparison_sentence(found, definitions))}**")
    st.dataframe(
        difference_table(found, *names, definitions),
        hide_index=True,
        alt="The figures of both sides, their difference and its interval",
    )
    st.caption(HOW)


def _ask_for_parts(measured: MeasuredLog, way: Way) -> tuple[Part, Part] | None:
    proposed = halves(measured)
    return _periods(proposed) if way is Way.TWO_PERIODS and proposed else _types(measured.log.types)


def _periods(proposed: tuple[Part, Part]) -> tuple[Part, Part] | None:
    first, last = proposed[0].finished_from, proposed[1].finished_to
    found = []
    for column, name, part in zip(st.columns(2), ("Before", "After"), proposed, strict=True):
        value = (part.finished_from, part.finished_to)
        key = f"compare_{name}_{selected.key()}"
        with column:
            chosen = st.date_input(f"{name}: finished between", value, min_value=first, max_value=last, key=key)
        if len(chosen) < 2:
            return None
        found.append(Part(finished_from=chosen[0], finished_to=chosen[1]))
    return found[0], found[1]


def _types(types: tuple[str, ...]) -> tuple[Part, Part]:
    found = []
    for place, (column, name) in enumerate(zip(st.columns(2), ("One type", "Other type"), strict=True)):
        with column:
            chosen = st.selectbox(name, types, index=place, key=f"compare_type_{place}_{selected.key()}")
        found.append(Part(type=chosen))
    return found[0], found[1]


def _labels(parts: tuple[Part, Part]) -> tuple[str, str]:
    """Name the two sides for the heads of a table; equal names are told apart."""
    if parts[0].type is None or parts[1].type is None:
        return "Before", "After"
    one, other = f"Type {parts[0].type}", f"Type {parts[1].type}"
    return (one, other) if one != other else (f"{one} (1)", f"{other} (2)")


@st.cache_resource(scope="session", max_entries=8, show_spinner="Comparing …")
def _compare(key: str, parts: tuple[Part, Part], _measured: MeasuredLog) -> tuple[Difference, ...]:
    return compare_parts(_measured, *parts)
