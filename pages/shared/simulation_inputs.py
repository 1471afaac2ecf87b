"""What a simulation is asked with: its seed and length, and what the data does not say of demand and people."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from pages.shared import staffing_form
from vsm.analysis import Analysis
from vsm.simulation.simulate import DEFAULT_ITEMS, DEFAULT_SEED, FEWEST_ITEMS, MOST_ITEMS

ITEMS, SEED = "simulated_items", "simulation_seed"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How to simulate."""

    items: int
    seed: int


def ask_settings() -> Settings:
    """Ask for the number of items and the seed."""
    st.session_state.setdefault(ITEMS, DEFAULT_ITEMS)
    st.session_state.setdefault(SEED, DEFAULT_SEED)
    with st.container(horizontal=True):
        items = st.number_input(
            "Items to follow",
            FEWEST_ITEMS,
            MOST_ITEMS,
            step=1000,
            width=180,
            key=ITEMS,
            persist_state="session",
        )
        seed = st.number_input(
            "Seed of chance",
            0,
            10**9,
            width=180,
            key=SEED,
            persist_state="session",
            help="The same seed gives the same result; another one shows how much of it is luck.",
        )
    return Settings(items=items, seed=seed)


def ask_missing(analysis: Analysis) -> None:
    """Ask for demand and people where the data does not say them, as the page Capacity does."""
    stated = any(figures.stage.people is not None for figures in analysis.stages)
    if analysis.demand is None or not stated or staffing_form.something_said():
        staffing_form.show(analysis)
