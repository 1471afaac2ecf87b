"""What goes into a publication: its sections, and the items of a log; asked, said how large, and put together."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.shared import names_in_files, selected, session
from pages.shared.reported import subject_for_files
from pages.shared.text import escape
from vsm.analysis import Analysis
from vsm.items.choosing import people_named
from vsm.opening import MeasuredReading
from vsm.reading.log_shapes import LogChoices
from vsm.reports.sections import OF_ITEMS, Section
from vsm.sharing.forms import Bodies, Form, pack
from vsm.sharing.found import StoreError
from vsm.sharing.frozen_log import FrozenLog, frozen_log_bytes
from vsm.sharing.rendering import render
from vsm.wording import count, listed

_SECTIONS, _SECTIONS_OF_LOG = "sections_in_publication", "sections_of_log_in_publication"
WITH_LOG = "log_in_publication"


def ask_sections() -> None:
    """Ask which sections the page is to have, beside what was found and its figures."""
    st.session_state.setdefault(_sections_key(), _possible())
    st.pills(
        "On the page, below what was found and its figures",
        _possible(),
        selection_mode="multi",
        key=_sections_key(),
        persist_state="session",
    )
    if set(_possible()) - _sections():
        st.caption(
            "What is left out stands neither on the page nor among its pictures. The files as CSV and JSON, and the "
            "full app, have the figures of all stages in any case."
        )


def _sections_key() -> str:
    """Name the answer: one for logs and one for tables, as a widget forgets what it does not offer."""
    return _SECTIONS if selected.whole_log() is None else _SECTIONS_OF_LOG


def _possible() -> list[Section]:
    of_log = selected.whole_log() is not None
    return [section for section in Section if of_log or section not in OF_ITEMS]


def _sections() -> set[Section]:
    return {Section(section) for section in st.session_state.get(_sections_key(), _possible())}


def names_items() -> bool:
    """Tell whether charts name items and people of a log."""
    return names_in_files.named() and not OF_ITEMS.isdisjoint(_sections())


def ask_items() -> None:
    """Ask whether the items of a log go along, and say what that stores; nothing for a table of stages."""
    if selected.whole_log() is None:
        return
    st.session_state.setdefault(WITH_LOG, False)
    st.toggle(
        "With the items, to choose among",
        key=WITH_LOG,
        persist_state="session",
        help="Whoever opens the publication in the full app can then choose items by type, team, person and day of "
        "finishing, and see every page about items.",
    )
    if not _with_items():
        return
    try:
        packed = _packed_items()
    except StoreError as error:
        st.error(escape(str(error)))
    else:
        st.caption(f"{_what_goes_along(_items())} That is {_size(len(packed))}.")


def _with_items() -> bool:
    return selected.whole_log() is not None and bool(st.session_state.get(WITH_LOG, False))


def _items() -> MeasuredReading:
    reading = names_in_files.items_for_files()
    assert reading is not None, "only a log has items"
    return reading


def _what_goes_along(reading: MeasuredReading) -> str:
    log, named = reading.log, names_in_files.named()
    assert log is not None, "what goes along was measured"
    told = [
        "their names" if named else "numbers for their names",
        "when they were at each stage" if log.dated else "how long they were at each stage",
        *(["their types"] if log.types else []),
        *(["their teams"] if log.teams else []),
        *([f"who worked on them{'' if named else ', by number'}"] if people_named(log) else []),
    ]
    return f"{count(len(log.items), 'item')} will be stored in the publication: {listed(told)}."


def _size(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 100_000 else f"{max(1, round(size / 1000))} kB"


def _packed_items() -> bytes:
    """Return the items as they are stored. Raises `StoreError` where they are too many."""
    choices = session.choices()
    assert isinstance(choices, LogChoices), "a log is read by the choices about logs"
    frozen = FrozenLog(reading=_items(), choices=choices, said=session.said())
    return _pack(f"{selected.key()} {names_in_files.named()} {session.said()!r}", frozen)


@st.cache_resource(scope="session", max_entries=1, show_spinner="Packing the items …")
def _pack(key: str, _frozen: FrozenLog) -> bytes:
    return pack(Form.ITEMS, frozen_log_bytes(_frozen))


def rendered(analysis: Analysis, title: str) -> Bodies:
    """Make all that a publication of the loaded data holds, as was answered. Raises `StoreError` if it is too large."""
    reading, subject, shown = selected.current_reading(), subject_for_files(analysis), _sections()
    assert reading is not None, "there is an analysis, so there was a reading"
    items = {Form.ITEMS: _packed_items()} if _with_items() else {}
    if OF_ITEMS.isdisjoint(shown):
        subject = replace(subject, measured=None)
    return {**render(subject, names_in_files.reading_for_files(reading), title, shown), **items}
