"""What the future state is worth in money, once someone says what a week and an hour cost."""

from __future__ import annotations

import streamlit as st

from pages.shared import scenario_state
from pages.shared.prose import paragraphs
from vsm.future import FutureState
from vsm.money import money
from vsm.plan import Costs, Scenario
from vsm.plan_words import money_sentences


def show(scenario: Scenario, future: FutureState) -> None:
    """Ask what time is worth, and say what the future state is worth then."""
    costs = scenario.costs
    st.subheader("In money", anchor=False)
    delay, hour, currency = st.columns((2, 2, 1), vertical_alignment="bottom")
    # Keys of their own for each content, so that undoing shows in the boxes.
    keys = tuple(f"{name}_{costs!r}" for name in ("delay_per_week", "hour_of_work", "currency"))
    delay.number_input(
        "What one item is worth less for each week it comes later",
        value=costs.delay_per_week,
        min_value=0.0,
        max_value=1e12,
        key=keys[0],
        on_change=_take,
        args=keys,
        help="Lost sales, a penalty, or what the item would have saved in that week.",
    )
    hour.number_input(
        "What one hour of work costs",
        value=costs.hour_of_work,
        min_value=0.0,
        max_value=1e9,
        key=keys[1],
        on_change=_take,
        args=keys,
    )
    currency.text_input("Currency", value=costs.currency, key=keys[2], max_chars=8, on_change=_take, args=keys)
    sentences = money_sentences(money(future, costs), costs)
    if sentences:
        paragraphs(sentences)
    else:
        st.caption("Optional: with one of the two figures, what is saved is said in money, too.")


def _take(delay: str, hour: str, currency: str) -> None:
    state = st.session_state
    scenario_state.set_costs(
        Costs(delay_per_week=state[delay], hour_of_work=state[hour], currency=state[currency].strip())
    )
