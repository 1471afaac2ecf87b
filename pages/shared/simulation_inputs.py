"""What a simulation is asked with: its seed and length, and what the data does not say of demand and people."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from pages.shared import selected
from vsm.model import ValueStream
from vsm.simulation.asked import Answers, asks_demand, asks_people, proposed_demand
from vsm.simulation.simulate import DEFAULT_ITEMS, DEFAULT_SEED, FEWEST_ITEMS, MOST_ITEMS

_PEOPLE = "People"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How to simulate."""

    items: int
    seed: int


def ask_settings() -> Settings:
    """Ask for the number of items and the seed."""
    with st.container(horizontal=True):
        items = st.number_input(
            "Items to follow",
            FEWEST_ITEMS,
            MOST_ITEMS,
            DEFAULT_ITEMS,
            step=1000,
            width=180,
            key="simulated_items",
            persist_state="session",
        )
        seed = st.number_input(
            "Seed of chance",
            0,
            10**9,
            DEFAULT_SEED,
            width=180,
            key="simulation_seed",
            persist_state="session",
            help="The same seed gives the same result; another one shows how much of it is luck.",
        )
    return Settings(items=items, seed=seed)


def ask_missing(stream: ValueStream) -> Answers:
    """Ask for the demand and the people that nothing states, and for nothing else."""
    demand = _ask_demand(stream) if asks_demand(stream) else None
    return Answers(demand=demand, people=_ask_people(stream) if asks_people(stream) else {})


def _ask_demand(stream: ValueStream) -> float | None:
    found: float | None = st.number_input(
        "Items a week that ask for the stream",
        min_value=0.0,
        value=proposed_demand(stream),
        width=300,
        key=f"simulated_demand_{selected.key()}",
        persist_state="session",
        help="The data does not say it. For a log, what was finished a week is proposed.",
    )
    return found


def _ask_people(stream: ValueStream) -> dict[str, float]:
    st.markdown(
        "How many people work at each stage? A stage left blank has no queue of its own. What you enter here is for "
        "the simulation alone; as a column of your data it would be known on every page."
    )
    filled = st.data_editor(
        _table(stream, _at_first()),
        hide_index=True,
        disabled=["Stage"],
        column_config={_PEOPLE: st.column_config.NumberColumn(min_value=0.0, format="%g")},
        placeholder="–",
        width=480,
        alt="People at each stage",
        key=_editor(),
    )
    known = filled.dropna(subset=[_PEOPLE])
    found = dict(zip(known["Stage"], known[_PEOPLE].astype(float), strict=True))
    st.session_state[f"{_editor()} answers"] = found
    return found


def _editor() -> str:
    return f"simulated_people_{selected.key()}"


def _at_first() -> dict[str, float]:
    """Return what the table began with in this visit to the page: what was answered on the visit before.

    While it is on the page it must not change under the editor, which keeps the edits to it itself.
    """
    start = f"{_editor()} start"
    if _editor() not in st.session_state:
        st.session_state[start] = st.session_state.get(f"{_editor()} answers", {})
    found: dict[str, float] = st.session_state.get(start, {})
    return found


def _table(stream: ValueStream, people: dict[str, float]) -> pd.DataFrame:
    names = [stage.name for stage in stream.stages]
    return pd.DataFrame({"Stage": names, _PEOPLE: pd.Series([people.get(n) for n in names], dtype="float64")})
