"""Where stages name their teams: the switch that colours the map by them, and how much waiting lies between them."""

from __future__ import annotations

import streamlit as st

from pages.shared.picture import show_picture
from pages.shared.prose import link_to_method
from vsm.analysis import Analysis
from vsm.charts.time_pictures import waiting_by_team


def team_switch(analysis: Analysis) -> bool:
    """Show the switch where teams are known, and return whether the map is to be coloured by them."""
    if analysis.team_wait is None:
        return False
    return st.toggle(
        "Colour by team", key="colour_by_team", help="Dashed lines mark the queues that stand between two teams."
    )


def show_team_wait(analysis: Analysis) -> None:
    """Show how much of the waiting lies between teams against inside them; nothing where no team is known."""
    picture = waiting_by_team(analysis)
    if picture is not None:
        show_picture(analysis, picture)
        link_to_method("team_wait")
