"""What the page that compares asks: two periods or two types of the loaded log."""

from __future__ import annotations

import streamlit as st

from pages.shared import selected
from vsm.comparison import Part, compare_parts, halves
from vsm.flow import MeasuredLog
from vsm.items.compare import Difference

PERIODS, TYPES = "Two periods", "Two types of work"


def ask_for_parts(measured: MeasuredLog) -> tuple[Part, Part] | None:
    """Ask what to compare; `None` until it is clear, or where the log holds nothing to compare."""
    proposed = halves(measured)
    ways = [way for way, known in ((PERIODS, proposed is not None), (TYPES, len(measured.log.types) > 1)) if known]
    if not ways:
        st.markdown("All items finished on one day and are of one type, so there are no two parts to compare.")
        return None
    way = st.segmented_control("Compare", ways, default=ways[0], required=True, key=f"compare_{selected.key()}")
    return _periods(proposed) if way == PERIODS and proposed is not None else _types(measured.log.types)


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


def labels_of(parts: tuple[Part, Part]) -> tuple[str, str]:
    """Name the two sides for the heads of a table; equal names are told apart."""
    if parts[0].type is None or parts[1].type is None:
        return "Before", "After"
    one, other = f"Type {parts[0].type}", f"Type {parts[1].type}"
    return (one, other) if one != other else (f"{one} (1)", f"{other} (2)")


def differences(measured: MeasuredLog, parts: tuple[Part, Part]) -> tuple[Difference, ...]:
    """Compare the two parts, once for each choice."""
    return _compare(selected.key(), parts, measured)


@st.cache_resource(scope="session", max_entries=8, show_spinner="Comparing …")
def _compare(key: str, parts: tuple[Part, Part], _measured: MeasuredLog) -> tuple[Difference, ...]:
    return compare_parts(_measured, *parts)
