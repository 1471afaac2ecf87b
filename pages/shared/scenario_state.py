"""The scenarios of a visit: what was decided to change, with undo and redo, kept in the session and in the link."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.shared import session
from vsm.analysis import Analysis
from vsm.change_checks import ChangeError
from vsm.changes import AnyChange, apply
from vsm.future import FutureState, future_state
from vsm.model import ValueStream
from vsm.plan import Costs, Effort, PlannedChange, Scenario
from vsm.scenario_file import SavedScenarios, ScenarioError, scenario_from_link, scenario_link
from vsm.scenario_list import History, ScenarioList, moved

LINK = "scenario"
"""Name of the query parameter that holds the current scenario."""
_HISTORY, _BASELINE, _MADE_FOR = "scenarios", "scenario_baseline", "scenario_made_for"
_DAMAGED = "scenario_link_damaged"
_REFUSED, _REFUSALS = "scenario_refused", "scenario_refusals"


def current_scenario() -> Scenario:
    """Return the scenario that is looked at; there is always one, at first without a change."""
    return history().now.current


def scenarios() -> tuple[Scenario, ...]:
    """Return all scenarios in the order in which they were begun."""
    return history().now.scenarios


def current_position() -> int:
    """Return the position of the current scenario among all."""
    return history().now.at


def current_future(analysis: Analysis) -> FutureState | None:
    """Compute the future state of the current scenario for the loaded stream; `None` where it has no change."""
    changes = current_scenario().changes
    return future_state(analysis.stream, changes) if changes else None


def baseline() -> ValueStream | None:
    """Return the stream for which a loaded scenario file was made; `None` before one is loaded."""
    return st.session_state.get(_BASELINE)


def made_for() -> str | None:
    """Name the file for which the last change was made; `None` where none was made since the visit began."""
    return st.session_state.get(_MADE_FOR)


def add_change(change: AnyChange, effort: Effort | None = None) -> None:
    """Put a change at the end of the current scenario, with the effort that the team rates it at."""
    _plan((*current_scenario().planned, PlannedChange(change=change, effort=effort)))


def add_changes(changes: tuple[AnyChange, ...]) -> None:
    """Put several changes at the end of the current scenario, to be undone as one."""
    _plan((*current_scenario().planned, *(PlannedChange(change=change) for change in changes)))


def remove_change(position: int) -> None:
    """Take a change out of the current scenario."""
    planned = current_scenario().planned
    _plan((*planned[:position], *planned[position + 1 :]))


def move_change(position: int, by: int) -> None:
    """Move a change up (-1) or down (1): it is then applied earlier or later."""
    _plan(moved(current_scenario().planned, position, by))


def replace_planned(position: int, entry: PlannedChange) -> None:
    """Put another entry in the place of one of the current scenario: its change, or its line in the plan."""
    planned = current_scenario().planned
    _plan((*planned[:position], entry, *planned[position + 1 :]))


def reset() -> None:
    """Take all changes out of the current scenario."""
    _plan(())


def set_costs(costs: Costs) -> None:
    """Say what time is worth in the current scenario."""
    _go_on(history().now.with_current(replace(current_scenario(), costs=costs)))


def look_at(position: int) -> None:
    """Make another scenario the current one."""
    st.session_state[_HISTORY] = history().looking_at(position)


def rename(name: str) -> None:
    """Give the current scenario another name."""
    _go_on(history().now.renamed(name))


def begin_new() -> None:
    """Begin a scenario without changes and look at it."""
    _go_on(history().now.with_new(ScenarioList().current))


def duplicate() -> None:
    """Copy the current scenario and look at the copy."""
    _go_on(history().now.with_new(current_scenario()))


def delete() -> None:
    """Take the current scenario away."""
    _go_on(history().now.without_current())


def undo() -> None:
    """Undo the last thing that was done to the scenarios."""
    st.session_state[_HISTORY] = history().back()


def redo() -> None:
    """Do again what was undone last."""
    st.session_state[_HISTORY] = history().forth()


def can_undo() -> bool:
    """Whether there is anything to undo."""
    return bool(history().past)


def can_redo() -> bool:
    """Whether anything was undone since the last change."""
    return bool(history().undone)


def load_scenarios(saved: SavedScenarios) -> None:
    """Take the scenarios of a file in place of those of the visit, and its stream as what was promised then."""
    st.session_state[_BASELINE] = saved.stream
    st.session_state[_MADE_FOR] = None
    _go_on(ScenarioList(scenarios=saved.scenarios) if saved.scenarios else ScenarioList())


def damaged_link() -> str | None:
    """Say why the scenario of the link could not be read, until another one has changes; `None` where it could."""
    return None if current_scenario().planned else st.session_state.get(_DAMAGED)


def add_if_possible(stream: ValueStream, changes: tuple[AnyChange, ...]) -> None:
    """Put changes at the end of the current scenario if they make sense for `stream`, else note why not."""
    try:
        for change in changes:
            stream = apply(stream, change)
    except ChangeError as error:
        refuse(str(error))
    else:
        add_changes(changes)


def refuse(reason: str, at: int | None = None) -> None:
    """Note why a change could not be made, to be said once; `at`: the position of the one that stays as it was."""
    st.session_state[_REFUSED] = (reason, at)
    st.session_state[_REFUSALS] = refusals() + 1


def refused(at: int | None = None) -> str | None:
    """Return why the last change could not be made, or not be edited where it stands at position `at`; once."""
    reason, place = st.session_state.get(_REFUSED, (None, None))
    if reason is None or place != at:
        return None
    del st.session_state[_REFUSED]
    return str(reason)


def refusals() -> int:
    """Count what could not be made: a part of widget keys, so that an input that was refused begins anew."""
    return int(st.session_state.get(_REFUSALS, 0))


def history() -> History:
    """Return the scenarios with all that can be undone and done again."""
    found: History = st.session_state.get(_HISTORY, History())
    return found


def bring_back(kept: History, promised_for: ValueStream | None, made_for_file: str | None) -> None:
    """Take the scenarios of an earlier visit, with the stream and the file that they were made for."""
    st.session_state[_HISTORY] = kept
    st.session_state[_BASELINE] = promised_for
    st.session_state[_MADE_FOR] = made_for_file


def keep_in_link() -> None:
    """Read the scenario of the link on a fresh visit; from then on write the current one there, on every run.

    A change of page empties the link. A scenario without a change, or too long for a link, does not stand in it.
    """
    if _HISTORY not in st.session_state:
        st.session_state[_HISTORY] = History(now=_from_link(st.query_params.get(LINK, "")))
    text = scenario_link(current_scenario()) if current_scenario().planned else None
    if text is None:
        st.query_params.pop(LINK, None)
    elif st.query_params.get(LINK) != text:
        st.query_params[LINK] = text


def fits_the_link() -> bool:
    """Whether the current scenario is short enough to stand in the page's address."""
    return scenario_link(current_scenario()) is not None


def _from_link(text: str) -> ScenarioList:
    if not text:
        return ScenarioList()
    try:
        return ScenarioList(scenarios=(scenario_from_link(text),))
    except ScenarioError as error:
        st.session_state[_DAMAGED] = str(error)
        return ScenarioList()


def _plan(planned: tuple[PlannedChange, ...]) -> None:
    data = session.loaded()
    st.session_state[_MADE_FOR] = None if data is None else data.name
    _go_on(history().now.with_planned(planned))


def _go_on(new: ScenarioList) -> None:
    st.session_state[_HISTORY] = history().then(new)
