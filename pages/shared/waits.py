"""What the page about waits asks and shows: when people work, the causes, and who hands on to whom."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.shared import selected, session
from pages.shared.text import escape
from vsm.chosen_waits import waits_of_chosen
from vsm.flow import MeasuredLog
from vsm.items.log import Log
from vsm.items.waiting import WorkingHours, causes_by_stage, handoffs
from vsm.reading.log_shapes import LogChoices
from vsm.wait_words import handoffs_sentence
from vsm.worktime import Calendar

USUAL_HOURS = "usual_hours"


def working_hours(measured: MeasuredLog) -> WorkingHours:
    """Return when people work: as the clock that was chosen says or, asked here, in usual office hours."""
    choices = session.choices()
    if isinstance(choices, LogChoices) and choices.calendar is not None:
        return WorkingHours(everyone=(choices.calendar,))
    usual = st.toggle(
        "People work Monday to Friday, 09:00–17:00",
        key=USUAL_HOURS,
        help="Then nights and weekends count as unavailability. Other hours: choose working time on the data page.",
        persist_state="session",
    )
    return WorkingHours(everyone=(Calendar(),) if usual else ())


def divided(measured: MeasuredLog, hours: WorkingHours) -> pd.DataFrame:
    """Divide the waits of the chosen items by cause, once for each choice."""
    return _divide(selected.key(), bool(hours.everyone), selected.whole_log() or measured.log, measured.log, hours)


@st.cache_resource(scope="session", max_entries=4, show_spinner="Dividing the waits …")
def _divide(key: str, known_hours: bool, _whole: Log, _chosen: Log, _hours: WorkingHours) -> pd.DataFrame:
    return causes_by_stage(_whole, waits_of_chosen(_whole, _chosen, _hours), _hours)


def show_handoffs(measured: MeasuredLog) -> None:
    """Show how often items change hands, and the pairs between whom they pass most often."""
    found = handoffs(measured.log)
    st.markdown(escape(handoffs_sentence(found)))
    if found.count:
        st.dataframe(
            found.pairs.rename(columns={"giver": "Hands on", "taker": "To", "count": "Times"})[
                ["Times", "Hands on", "To"]
            ],
            hide_index=True,
            column_config={name: st.column_config.TextColumn(width="medium") for name in ("Hands on", "To")},
            height="content" if len(found.pairs) <= 10 else 380,
            width="content",
            alt="Who hands on to whom, and how often",
        )
