"""The statuses of a log in one editable table, each with its kind, stage and the time it holds; the stages' order."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from pages.shared import session
from pages.shared.text import escape
from vsm.items.build import Status, StatusKind
from vsm.model import Stage
from vsm.opening import MeasuredReading
from vsm.reading.log_shapes import Layout, Stamp
from vsm.wording import hours_column, listed

MOST_ROWS = 2_000_000
"""Above so many rows the log is not read a second time to learn how long items are in each status."""
MOST_MOVED = 15
"""More stages than this are ordered as lines of text."""
_KINDS = {
    StatusKind.ACTIVE: "active",
    StatusKind.WAIT: "waiting",
    StatusKind.DONE: "done",
    StatusKind.CANCELLED: "cancelled",
    StatusKind.IGNORE: "ignore",
}
_OF_WORDS = {words: kind for kind, words in _KINDS.items()}


def show(reading: MeasuredReading) -> None:
    """Show what the statuses mean, where the log has statuses, and in which order the stages come."""
    if not reading.statuses:
        st.markdown("As soon as the columns are known, their statuses and stages are shown here.")
        return
    if reading.likely_ends is not None:
        _finish(reading.likely_ends)
    _meanings(reading)
    if reading.stream is not None:
        _order([stage.name for stage in reading.stream.stages])


def _finish(ends: tuple[str, ...]) -> None:
    """Ask when an item is finished, where no status means done; what was assumed is marked until it is answered."""
    named = listed([f"“{escape(name)}”" for name in ends], "or")
    st.radio(
        "When is an item finished? No status means done.",
        [(), ends] if ends else [()],
        format_func=lambda chosen: f"When it comes to {named}" if chosen else "At its last row (assumed)",
        key=f"finish_{session.load_number()}",
        on_change=_take_ends,
        horizontal=True,
    )
    st.caption(
        "Or mark the statuses that mean done in the table below. With the last row as its finish, every item counts as "
        "finished, however far it came: lead times may come out too short."
    )


def _take_ends() -> None:
    old, ends = session.choices(), st.session_state[f"finish_{session.load_number()}"]
    done = tuple(Status(name=name, kind=StatusKind.DONE, stage=name) for name in ends)
    others = tuple(status for status in old.statuses if status.name not in ends)
    session.choose(replace(old, statuses=(*others, *done)))


def _tells_completions(reading: MeasuredReading) -> bool:
    """Tell whether rows mark activities completed alone, before which work and waiting are one."""
    return reading.stamp is Stamp.COMPLETED and not reading.parts


def _meanings(reading: MeasuredReading) -> None:
    completions = _tells_completions(reading)
    st.markdown(_COMPLETIONS if completions else f"{_MEANS} {_waits(reading)} Statuses of one stage count together.")
    times = _times(reading)
    table = pd.DataFrame(
        {
            "Status": [status.name for status in reading.statuses],
            "Means": [_KINDS[status.kind] for status in reading.statuses],
            "Stage": [status.stage for status in reading.statuses],
            "Time in it": [times.get(status.name, "") for status in reading.statuses],
        }
    )
    with st.form(f"statuses_form_{session.load_number()}", border=False):
        edited = st.data_editor(
            table,
            key=editor_key(session.load_number(), reading.statuses),
            hide_index=True,
            disabled=["Status", "Time in it"],
            column_config={
                "Status": st.column_config.TextColumn("Activity" if completions else "Status"),
                "Means": st.column_config.SelectboxColumn(options=_answers(completions), required=True),
                "Stage": st.column_config.TextColumn(required=True),
                "Time in it": st.column_config.TextColumn(help="Mean over finished items, every hour counted"),
            },
        )
        if st.form_submit_button("Use these meanings"):
            session.choose(replace(session.choices(), statuses=edited_statuses(edited)))
            st.rerun()


_MEANS = "What it means that an item is in each status."
_COMPLETIONS = (
    "What it means that an item completed each activity. The time before that is work and waiting in one, so none of "
    "them waits; an item is finished when the activity that it completed last means done, or at its last row where "
    "none does."
)


def _answers(completions: bool) -> list[str]:
    return [words for words, kind in _OF_WORDS.items() if not (completions and kind is StatusKind.WAIT)]


def _waits(reading: MeasuredReading) -> str:
    """Say which stage is proposed for a wait."""
    if reading.layout in (Layout.WIDE_DATES, Layout.WIDE_DURATIONS):
        return (
            "A wait belongs to the stage that its name speaks of, or else to the next one: a row for each item does "
            "not tell whether a status such as “Blocked” interrupted the stage before; change its stage if it did."
        )
    return "A wait belongs to the stage that it waits for, an interruption to the stage that items go back to."


def edited_statuses(table: pd.DataFrame) -> tuple[Status, ...]:
    """Take the rows of the table as statuses; one without a stage is a stage of its own."""
    rows = zip(table["Status"], table["Means"], table["Stage"], strict=True)
    return tuple(
        Status(name=name, kind=_OF_WORDS[means], stage=("" if pd.isna(stage) else stage.strip()) or name)
        for name, means, stage in rows
    )


def editor_key(load_number: int, statuses: Sequence[Status]) -> str:
    """Name the editor after what it shows, so that no answer about one table is taken for another."""
    return f"statuses_{load_number}_{hashlib.sha256(repr(statuses).encode()).hexdigest()[:12]}"


def _times(reading: MeasuredReading) -> dict[str, str]:
    """Say how long items are in each status: measured on the same log with each status as a stage of its own."""
    if reading.rows.total > MOST_ROWS:
        return {}
    apart = tuple(
        replace(
            s, kind=s.kind if s.kind in (StatusKind.DONE, StatusKind.CANCELLED) else StatusKind.ACTIVE, stage=s.name
        )
        for s in reading.statuses
    )
    other = session.stream_with(replace(session.choices(), statuses=apart, stage_order=(), calendar=None))
    if other is None:
        return {}
    stages = other.stages
    times = hours_column([_time(stage) for stage in stages], other.definitions)
    return dict(zip([stage.name for stage in stages], times, strict=True))


def _time(stage: Stage) -> float | None:
    return stage.undivided_time if stage.undivided_time is not None else stage.processing_time


def _order(stages: list[str]) -> None:
    if len(stages) < 2:
        return
    with st.expander("The order of the stages", key=f"stage_order_{session.load_number()}", on_change="rerun"):
        st.caption("The order of the flow: a move upwards is being sent back.")
        if len(stages) > MOST_MOVED:
            _written_order(stages)
            return
        for place, stage in enumerate(stages):
            with st.container(horizontal=True, vertical_alignment="center"):
                _mover("Up", stages, place, place - 1)
                _mover("Down", stages, place, place + 1)
                st.markdown(f"{place + 1}. {escape(stage)}")


def _mover(label: str, stages: list[str], place: int, to: int) -> None:
    """Show a button that swaps a stage with its neighbour."""
    st.button(
        label,
        key=f"move_{label}_{place}_{session.load_number()}",
        disabled=not 0 <= to < len(stages),
        on_click=_swap,
        args=(tuple(stages), place, to),
        help=f"Move “{escape(stages[place])}” {label.lower()}",
    )


def _swap(stages: tuple[str, ...], place: int, to: int) -> None:
    order = list(stages)
    order[place], order[to] = order[to], order[place]
    session.choose(replace(session.choices(), stage_order=tuple(order)))


def _written_order(stages: list[str]) -> None:
    """Let many stages be ordered as lines of text, where moving them one by one would take for ever."""
    with st.form(f"order_form_{session.load_number()}", border=False):
        text = st.text_area(
            "One stage a line",
            "\n".join(stages),
            key=f"order_{session.load_number()}_{hashlib.sha256(repr(stages).encode()).hexdigest()[:12]}",
            height="content",
        )
        if st.form_submit_button("Use this order"):
            named = tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
            unknown = [name for name in named if name not in stages]
            if unknown:
                st.error(f"There is no stage “{escape(unknown[0])}”; change the order of the lines, not their words.")
            else:
                session.choose(replace(session.choices(), stage_order=named))
                st.rerun()
