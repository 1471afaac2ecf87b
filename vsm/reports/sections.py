"""The sections of a report's page that can be left out of a publication; what it found and its figures always stand."""

from __future__ import annotations

from enum import StrEnum


class Section(StrEnum):
    """One section, in the order of the page. The values are its words for a person."""

    MAP = "Map"
    BOTTLENECK = "Bottleneck"
    SUGGESTIONS = "Suggestions"
    STAGES = "Table of stages"
    CHARTS = "Charts"
    FLOW = "Flow over time"
    PATHS = "Rework and paths"
    DATA = "Data and definitions"
    METHOD = "How it is computed"


ALL_SECTIONS = frozenset(Section)
OF_ITEMS = frozenset({Section.FLOW, Section.PATHS})
"""Those that only a log has: in their charts something stands for each item."""
