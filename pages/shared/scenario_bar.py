"""The bar above a future state: which scenario is looked at, undo, redo and reset, and what can be done with it."""

from __future__ import annotations

import streamlit as st

from pages.shared import scenario_state, session
from pages.shared.downloads import file_name
from pages.shared.text import escape
from vsm.analysis import Analysis
from vsm.scenario_file import ScenarioError, read_scenarios, scenario_text
from vsm.wording import listed

_CHOSEN, _UPLOAD, _SAID = "scenario_chosen", "scenario_upload", "scenario_file_said"
_REPLACED = "scenarios_replaced"


def show(analysis: Analysis) -> None:
    """Show the bar, and in sentences what the scenario was made for where that is other data."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if len(scenario_state.scenarios()) > 1:
            _choose()
        st.button("Undo", on_click=scenario_state.undo, disabled=not scenario_state.can_undo())
        st.button("Redo", on_click=scenario_state.redo, disabled=not scenario_state.can_redo())
        st.button("Reset", on_click=scenario_state.reset, disabled=not scenario_state.current_scenario().planned)
        with st.popover("Scenarios and files"):
            _manage(analysis)
    if message := st.session_state.pop(_SAID, None) or scenario_state.damaged_link():
        st.error(escape(message))
    if replaced := st.session_state.pop(_REPLACED, None):
        st.info(escape(replaced))
    _other_data()


def _choose() -> None:
    names = [scenario.name for scenario in scenario_state.scenarios()]
    st.session_state[_CHOSEN] = scenario_state.current_position()
    st.selectbox(
        "Scenario",
        range(len(names)),
        format_func=names.__getitem__,
        key=_CHOSEN,
        on_change=lambda: scenario_state.look_at(st.session_state[_CHOSEN]),
        width=260,
    )


def _manage(analysis: Analysis) -> None:
    name = scenario_state.current_scenario().name
    # A box of its own for each scenario: one for all would take the name in it for that of the scenario begun next.
    key = f"scenario_name_{name}"
    st.text_input("Name of this scenario", name, key=key, on_change=_rename, args=(key,))
    with st.container(horizontal=True):
        st.button("New scenario", on_click=scenario_state.begin_new)
        st.button("Duplicate", on_click=scenario_state.duplicate)
        st.button("Delete", on_click=scenario_state.delete)
    # Taken here: when the file is made, on the click, no session is at hand.
    scenarios = scenario_state.scenarios()
    st.download_button(
        "Save all scenarios (JSON)",
        lambda: scenario_text(analysis.stream, scenarios),
        file_name(analysis.stream, "scenarios", "json"),
        "application/json",
        on_click="ignore",
        key="download_scenarios",
    )
    limit = session.SCENARIO_MEGABYTES
    st.caption("Loaded scenarios take the place of those here; Undo brings these back.")
    st.file_uploader("Load saved scenarios", type="json", key=_UPLOAD, on_change=_take, max_upload_size=limit)
    if scenario_state.fits_the_link():
        st.caption(
            "The page's address holds the scenario that is shown, with what the plan says of owners and dates. To pass "
            "it on, take the link on the page Share: it leaves your draft out."
        )
    else:
        st.caption("This scenario is too long for the page's address: save it as a file to keep it or pass it on.")


def _rename(key: str) -> None:
    scenario_state.rename(st.session_state[key])


def _take() -> None:
    file = st.session_state[_UPLOAD]
    if file is None:
        return
    before = [scenario for scenario in scenario_state.scenarios() if scenario.planned]
    try:
        scenario_state.load_scenarios(read_scenarios(file.getvalue()))
    except ScenarioError as error:
        st.session_state[_SAID] = str(error)
        return
    if before:
        names = listed([f"“{scenario.name}”" for scenario in before])
        st.session_state[_REPLACED] = f"The scenarios of {file.name} took the place of {names}. Undo brings them back."


def _other_data() -> None:
    """Say so where the changes were made for other data than what is loaded."""
    made_for, data = scenario_state.made_for(), session.loaded()
    if made_for is None or data is None or made_for == data.name or not scenario_state.current_scenario().planned:
        return
    st.info(
        f"These changes were made for {escape(made_for)}; what they bring is computed for {escape(data.name)}. "
        "Those that do not fit it are kept, but left out."
    )
