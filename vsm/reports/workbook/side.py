"""Which of two states a sheet shows -> what its sheets and named cells are called, as both stand in one workbook."""

from __future__ import annotations

from enum import Enum

from xlsxwriter.utility import quote_sheetname

_OF_BOTH = ("hours_per_day", "days_per_week")
"""Named cells that both states share: a working week is as long in the future."""


class Sheet(Enum):
    """The kinds of sheets that each state has, by what they are called for the current one."""

    STAGES = "Stages"
    FIGURES = "Figures"
    MAP = "Map"
    REWORK = "Rework"


class Side(Enum):
    """The current or the future state."""

    CURRENT = "current"
    FUTURE = "future"

    def sheet(self, sheet: Sheet) -> str:
        """Return the name of a sheet: "Stages" or "Future stages"."""
        return sheet.value if self is Side.CURRENT else f"Future {sheet.value.lower()}"

    def at(self, sheet: Sheet, cells: str) -> str:
        """Return cells of a sheet as formulas on any sheet write them: "Stages!B7" or "'Future stages'!B7"."""
        return f"{quote_sheetname(self.sheet(sheet))}!{cells}"

    def named(self, figure: str) -> str:
        """Return the name of a figure's cell: "lead_time" or "future_lead_time"."""
        return figure if self is Side.CURRENT or figure in _OF_BOTH else f"future_{figure}"

    def titled(self, stream: str) -> str:
        """Return what a sheet of this state is about: the stream's name, and that it is the future where it is."""
        return stream if self is Side.CURRENT else f"{stream}, future state"
