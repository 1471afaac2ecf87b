"""Several files about the same items: one more to add, and what was understood of each, which may be changed apart."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from pages.shared import layout_view, log_columns_view, problems_view, session, sign_in, times_view
from pages.shared.prose import bullets
from pages.shared.text import escape
from vsm.opening import MeasuredReading
from vsm.reading.log_shapes import JoinedFile
from vsm.wording import count

_NAMES_SHOWN = 1000


def show_adding() -> None:
    """Offer to add a file; the room for it is empty again once one was added."""
    if not sign_in.may_upload():
        return
    with st.expander("Add a file about the same items"):
        st.markdown(
            "What happens to an item often stands in more than one place: its statuses in a tracker, its deployment "
            "in a list. Add another log, or a list with the item and one date, and both are joined by the item's key."
        )
        key = session.key("add", len(session.added()))
        st.file_uploader(
            "Another log, or a list of items with a date",
            key=key,
            on_change=_take_file,
            args=(key,),
            max_upload_size=session.UPLOAD_MEGABYTES,
        )


def _take_file(key: str) -> None:
    file = st.session_state[key]
    if file is not None:
        session.add_file(file.getvalue(), file.name)


def show_files(reading: MeasuredReading) -> None:
    """Show each file in a tab of its own."""
    st.subheader("The files")
    for place, tab in enumerate(st.tabs([escape(part.reading.file) for part in reading.parts])):
        with tab:
            _file(reading.parts[place], reading, place)


def _file(part: JoinedFile, whole: MeasuredReading, place: int) -> None:
    one = part.reading
    st.markdown(f"{problems_view.in_short(one)} {_items(part)}")
    layout_view.show(one, place)
    bullets(one.notes)
    if part.single is not None:
        _called(part.single, place)
    st.markdown("**Columns**")
    log_columns_view.show(one, place, expanded=whole.stream is None)
    st.markdown("**Times**")
    times_view.show_of_file(one, whole, place)
    st.markdown("**What was odd**")
    problems_view.show_problems(one)
    problems_view.show_left_out_of_log(one, place)
    if len(part.alone):
        _alone(part, place)
    if place:
        st.button(
            f"Remove {escape(one.file)}", key=session.key("remove", place), on_click=session.remove_added, args=(place,)
        )


def _items(part: JoinedFile) -> str:
    if not part.items:
        return ""
    found = part.items - len(part.alone)
    if part.items == 1:
        return f"Its item is {'' if found else 'not '}in another file."
    return f"Of its {count(part.items, 'item')}, {found:,} {'is' if found == 1 else 'are'} in another file."


def _called(now: str, place: int) -> None:
    key = session.key("called", place)
    st.session_state[key] = now
    st.text_input(
        "What happened on its date",
        key=key,
        on_change=_take_called,
        args=(key, place),
        help="The name of the status; what it means (done, waiting, active) is said with the other statuses.",
    )


def _take_called(key: str, place: int) -> None:
    session.choose(replace(session.choices(place), called=st.session_state[key].strip() or None), place)


def _alone(part: JoinedFile, place: int) -> None:
    """List the items that no other file names; all of them as CSV."""
    with st.expander(f"{count(len(part.alone), 'item')} that no other file names"):
        first = list(part.alone[:_NAMES_SHOWN])
        st.dataframe(pd.DataFrame({"Item": first}), hide_index=True, key=session.key("alone", place))
        st.download_button(
            "Download them all (CSV)",
            lambda: pd.DataFrame({"Item": list(part.alone)}).to_csv(index=False).encode("utf-8-sig"),
            "items_in_one_file.csv",
            "text/csv",
            key=session.key("alone_csv", place),
            on_click="ignore",
        )
