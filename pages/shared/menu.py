"""The pages by name: their files, titles and addresses, in the order of the menu."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

PAGES = Path(__file__).resolve().parents[1]


class MenuEntry(NamedTuple):
    """One page of the menu; `address` is its stable path in links."""

    file: str
    title: str
    address: str


DATA_PAGE = "data.py"
GUIDE_PAGE = "guide.py"
OVERVIEW_PAGE = "overview.py"
MAP_PAGE = "stream_map.py"
STAGES_PAGE = "stages.py"
BOTTLENECK_PAGE = "bottlenecks.py"
FLOW_PAGE = "flow.py"
REWORK_PAGE = "rework.py"
WAITS_PAGE = "waits.py"
FORECAST_PAGE = "forecast.py"
COMPARE_PAGE = "compare.py"
CAPACITY_PAGE = "capacity.py"
WHAT_IF_PAGE = "what_if.py"
SIMULATION_PAGE = "simulation.py"
PLAN_PAGE = "plan.py"
PROMISED_PAGE = "promised.py"
SUMMARY_PAGE = "summary.py"
TAKE_AWAY_PAGE = "take_away.py"
SHARE_PAGE = "share.py"
METHOD_PAGE = "method.py"

MENU: dict[str, tuple[MenuEntry, ...]] = {
    "": (
        MenuEntry(DATA_PAGE, "Your data", "data"),
        MenuEntry(GUIDE_PAGE, "No data yet?", "guide"),
    ),
    "The stream now": (
        MenuEntry(OVERVIEW_PAGE, "Overview", "overview"),
        MenuEntry(MAP_PAGE, "Value stream map", "map"),
        MenuEntry(STAGES_PAGE, "Stages", "stages"),
        MenuEntry(BOTTLENECK_PAGE, "Bottleneck", "bottleneck"),
    ),
    "How it flows": (
        MenuEntry(FLOW_PAGE, "Flow over time", "flow"),
        MenuEntry(REWORK_PAGE, "Rework and paths", "rework"),
        MenuEntry(WAITS_PAGE, "Why it waits", "waits"),
        MenuEntry(FORECAST_PAGE, "Forecast", "forecast"),
        MenuEntry(COMPARE_PAGE, "Compare", "compare"),
    ),
    "What to improve": (
        MenuEntry(CAPACITY_PAGE, "Capacity", "capacity"),
        MenuEntry(WHAT_IF_PAGE, "What if", "what-if"),
        MenuEntry(SIMULATION_PAGE, "Test by simulation", "simulation"),
        MenuEntry(PLAN_PAGE, "Plan", "plan"),
        MenuEntry(PROMISED_PAGE, "Promised and achieved", "promised"),
    ),
    "For others": (
        MenuEntry(SUMMARY_PAGE, "Summary", "summary"),
        MenuEntry(TAKE_AWAY_PAGE, "Take it away", "take-away"),
        MenuEntry(SHARE_PAGE, "Share", "share"),
        MenuEntry(METHOD_PAGE, "How it is computed", "method"),
    ),
}
"""The pages in groups, each under what it is for; bringing data needs no title."""

ENTRIES: tuple[MenuEntry, ...] = tuple(entry for group in MENU.values() for entry in group)
