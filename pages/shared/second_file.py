"""The second file of a comparison: asked for, kept while other pages are looked at, and read as the first one is."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from pages.shared import problems_view, session, sign_in
from pages.shared.session import AnyChoices, Loaded
from pages.shared.text import escape
from vsm.data_words import periods_words
from vsm.opening import AnyReading, layout_of
from vsm.reading.log_shapes import Layout, LogChoices
from vsm.reading.shapes import Choices, ReadError

_SECOND, _REFUSED, _UPLOAD = "second_file", "second_refused", "second_upload"


@dataclass(frozen=True, kw_only=True)
class Second:
    """The second file as it was read."""

    data: Loaded
    choices: AnyChoices
    reading: AnyReading


def ask(main: str) -> Second | None:
    """Ask for the file to compare `main` with, and say what was understood of it; `None` until it can be analysed."""
    if not sign_in.may_upload():
        sign_in.say_no_upload()
        return None
    st.file_uploader(
        f"The file to compare {escape(main)} with: a table of stages or an item log",
        key=_UPLOAD,
        on_change=_take,
        max_upload_size=session.UPLOAD_MEGABYTES,
    )
    if message := st.session_state.get(_REFUSED):
        st.error(escape(message))
    kept: tuple[Loaded, bool] | None = st.session_state.get(_SECOND)
    if kept is None:
        st.caption("It is read by the choices made about the first one, and is kept and forgotten together with it.")
        return None
    second, same = _read(*kept)
    _say_what_was_understood(second, same, main)
    return None if second.reading.stream is None else second


def _take() -> None:
    file = st.session_state[_UPLOAD]
    if file is None:
        return
    data = Loaded(name=file.name, data=file.getvalue())
    try:
        kept = data, layout_of(data.data or b"", data.name) is not Layout.STAGE_TABLE
        _read(*kept)
    except ReadError as error:
        st.session_state[_REFUSED] = str(error)
        return
    st.session_state.pop(_REFUSED, None)
    st.session_state[_SECOND] = kept


def _leave() -> None:
    st.session_state.pop(_SECOND, None)


def _read(data: Loaded, log: bool) -> tuple[Second, bool]:
    """Read it by the choices about the first file where they fit, else by what it says itself; tell which."""
    same, own = _choices(session.choices(), log)
    if same is not None:
        try:
            reading = session.read_with(data, same)
        except ReadError:
            reading = None
        if reading is not None and reading.stream is not None:
            return Second(data=data, choices=same, reading=reading), True
    return Second(data=data, choices=own, reading=session.read_with(data, own)), False


def _choices(first: AnyChoices, log: bool) -> tuple[AnyChoices | None, AnyChoices]:
    """The choices about the first file without what speaks of that file alone, and those that fit any file."""
    if isinstance(first, LogChoices) and log:
        same = replace(first, sheet=None, as_of=None, name=None, start=None, end=None)
        any_log = LogChoices(
            calendar=first.calendar, timezone=first.timezone, dates=first.dates, hours_per_day=first.hours_per_day
        )
        return same, any_log
    if isinstance(first, Choices) and not log:
        same_table = replace(first, sheet=None, header_row=None, period=None, name=None, start=None, end=None)
        return same_table, Choices(definitions=first.definitions)
    return None, LogChoices() if log else Choices()


def _say_what_was_understood(second: Second, same: bool, main: str) -> None:
    reading, name = second.reading, escape(second.data.name)
    problems_view.show_blocking(reading)
    how = f"It is read by the choices made about {escape(main)}." if same else "It is read by what it says itself."
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{name}**: {problems_view.in_short(reading)} {how}")
        st.button("Leave it out again", on_click=_leave)
    source = None if reading.stream is None else reading.stream.source
    if source is not None and len(source.periods) > 1:
        st.markdown(f"It states several periods; compared is {escape(periods_words(source))}.")
    with st.expander(f"What was odd in {name}", type="compact"):
        for question in reading.questions:
            st.markdown(escape(question))
        problems_view.show_problems(reading)
