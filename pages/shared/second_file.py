"""The second file of a comparison: asked for, kept while other pages are looked at, and read as the first one is."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from pages.shared import problems_view, session, sign_in
from pages.shared.session import Loaded
from pages.shared.text import escape
from vsm.comparison import Second, read_second
from vsm.data_words import periods_words
from vsm.opening import layout_of
from vsm.reading.log_shapes import Layout
from vsm.reading.shapes import ReadError

_SECOND, _REFUSED, _UPLOAD = "second_file", "second_refused", "second_upload"


@dataclass(frozen=True, kw_only=True)
class SecondFile(Second):
    """The second file with its bytes."""

    data: Loaded


def ask(main: str) -> SecondFile | None:
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
    file = brought()
    if file is None:
        st.caption("It is read by the choices made about the first one, and is kept and forgotten together with it.")
        return None
    second = _read(*file)
    _say_what_was_understood(second, main)
    return None if second.reading.stream is None else second


def kept() -> SecondFile | None:
    """Return the second file that was brought; `None` where there is none, or it cannot be analysed."""
    file = brought()
    second = None if file is None else _read(*file)
    return None if second is None or second.reading.stream is None else second


def brought() -> tuple[Loaded, bool] | None:
    """Return the second file as it came, and whether it is an item log; `None` where none was brought."""
    return st.session_state.get(_SECOND)


def bring_back(data: Loaded, is_log: bool) -> None:
    """Take the second file of an earlier visit again, unless it can no longer be read."""
    try:
        _read(data, is_log)
    except ReadError as error:
        st.session_state[_REFUSED] = str(error)
    else:
        st.session_state[_SECOND] = data, is_log


def _take() -> None:
    file = st.session_state[_UPLOAD]
    if file is None:
        return
    data = Loaded(name=file.name, data=file.getvalue())
    try:
        new = data, layout_of(data.data or b"", data.name) is not Layout.STAGE_TABLE
        _read(*new)
    except ReadError as error:
        st.session_state[_REFUSED] = str(error)
        return
    st.session_state.pop(_REFUSED, None)
    st.session_state[_SECOND] = new


def _leave() -> None:
    st.session_state.pop(_SECOND, None)


def _read(data: Loaded, is_log: bool) -> SecondFile:
    found = read_second(lambda choices: session.read_with(data, choices), session.choices(), is_log=is_log)
    return SecondFile(data=data, choices=found.choices, reading=found.reading, same=found.same)


def _say_what_was_understood(second: SecondFile, main: str) -> None:
    reading, name = second.reading, escape(second.data.name)
    problems_view.show_blocking(reading)
    by = f"the choices made about {escape(main)}" if second.same else "what it says itself"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{name}**: {problems_view.in_short(reading)} It is read by {by}.")
        st.button("Leave it out again", on_click=_leave)
    source = None if reading.stream is None else reading.stream.source
    if source is not None and len(source.periods) > 1:
        st.markdown(f"It states several periods; compared is {escape(periods_words(source))}.")
    with st.expander(f"What was odd in {name}", type="compact"):
        for question in reading.questions:
            st.markdown(escape(question))
        problems_view.show_problems(reading)
