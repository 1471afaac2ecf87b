"""The filters of an item log, on every page: by type, team, person and day of finishing; the link remembers them."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from pages.shared import session
from pages.shared.selected import FINISHED_FROM, FINISHED_TO, PEOPLE, TEAMS, TYPES, wanted
from vsm.flow import finish_days
from vsm.items.choosing import people_named
from vsm.items.log import Log
from vsm.model import Wanted
from vsm.opening import MeasuredReading

_LINK = "asked_in_the_link"
_FILTERED = "filtered_load"


def show() -> None:
    """Show the filters of the loaded log; nothing where there is no log, or nothing to choose by.

    The link is kept here and not by the widgets (`bind`), as a change of page drops what they put there.
    """
    reading = session.current_reading()
    if not isinstance(reading, MeasuredReading) or reading.log is None:
        return
    if st.session_state.get(_FILTERED) != session.load_number():
        # Newly loaded data: the link says what to ask of the first, of any other everything is asked.
        _ask(st.session_state[_LINK] if _FILTERED not in st.session_state else Wanted(), reading.log)
        st.session_state[_FILTERED] = session.load_number()
    _show_widgets(reading.log)
    _put_into_link(wanted())


def remember_link() -> None:
    """Note what the link asks for, before anything is loaded: the next page has another address."""
    st.session_state.setdefault(_LINK, _link())


def bring_back(asked: Wanted) -> None:
    """Ask for what was asked for in an earlier visit, whatever the link says."""
    st.session_state[_LINK] = asked


def _names(log: Log) -> dict[str, tuple[str, ...]]:
    """Return the names that items can be chosen by, for each filter by names."""
    return {TYPES: log.types, TEAMS: log.teams, PEOPLE: people_named(log)}


_SAYS = {
    TYPES: ("Type", "All types", ""),
    TEAMS: ("Team", "All teams", "An item that several teams had is found under each of them, and counts whole."),
    PEOPLE: (
        "Person",
        "All people",
        "These are items of which at least one row names the person. They count whole, with what others did on them.",
    ),
}
"""Label, words where nothing is chosen, and what the choice means."""


def _show_widgets(log: Log) -> None:
    days, known = finish_days(log), {key: names for key, names in _names(log).items() if names}
    if not known and days is None:
        return
    with st.popover("Choose items", key="choose_items"):
        for key, names in known.items():
            label, everything, meaning = _SAYS[key]
            st.multiselect(label, names, key=key, placeholder=everything)
            if meaning:
                st.caption(meaning)
        if days is not None:
            first, last = days
            st.date_input("Finished on or after", key=FINISHED_FROM, value=None, min_value=first, max_value=last)
            st.date_input("Finished on or before", key=FINISHED_TO, value=None, min_value=first, max_value=last)
            st.caption("With a date, only finished items are left: open ones have no day of finishing.")
        st.button("Show all items", on_click=clear, disabled=wanted() == Wanted())


def clear() -> None:
    """Ask for all items again."""
    st.session_state[TYPES] = st.session_state[TEAMS] = st.session_state[PEOPLE] = []
    st.session_state[FINISHED_FROM] = st.session_state[FINISHED_TO] = None


def _ask(asked: Wanted, log: Log) -> None:
    """Ask for what the log knows; a name or a day that it does not know is left out."""
    days, known = finish_days(log), _names(log)
    for key, names in ((TYPES, asked.types), (TEAMS, asked.teams), (PEOPLE, asked.people)):
        st.session_state[key] = [name for name in names if name in known[key]]
    for key, day in ((FINISHED_FROM, asked.finished_from), (FINISHED_TO, asked.finished_to)):
        st.session_state[key] = day if days and day and days[0] <= day <= days[1] else None


def _link() -> Wanted:
    """Read what the link asks for."""
    query = st.query_params
    return Wanted(
        types=tuple(query.get_all(TYPES)),
        teams=tuple(query.get_all(TEAMS)),
        people=tuple(query.get_all(PEOPLE)),
        finished_from=_day(query.get(FINISHED_FROM, "")),
        finished_to=_day(query.get(FINISHED_TO, "")),
    )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _put_into_link(asked: Wanted) -> None:
    """Write what is asked for into the link, which a change of page has emptied."""
    parts: dict[str, list[str]] = {
        TYPES: list(asked.types),
        TEAMS: list(asked.teams),
        PEOPLE: list(asked.people),
        FINISHED_FROM: [asked.finished_from.isoformat()] if asked.finished_from else [],
        FINISHED_TO: [asked.finished_to.isoformat()] if asked.finished_to else [],
    }
    for name, values in parts.items():
        if st.query_params.get_all(name) == values:
            continue
        if values:
            st.query_params[name] = values
        else:
            del st.query_params[name]
