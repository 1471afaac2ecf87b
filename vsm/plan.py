"""A scenario: a named list of changes to a stream, each with who does it, by when, and how it will be seen to work."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from vsm.changes import AnyChange


class Effort(StrEnum):
    """How much work the team thinks a change is."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


@dataclass(frozen=True, kw_only=True)
class PlannedChange:
    """One change of a scenario, with its line in the transformation plan; everything but the change is optional."""

    change: AnyChange
    owner: str = ""
    due: dt.date | None = None
    measure: str = ""
    """What will be measured to see whether it works."""
    target: str = ""
    effort: Effort | None = None


@dataclass(frozen=True, kw_only=True)
class Costs:
    """What time is worth, in the team's own currency; `None`: not said, and no money is shown."""

    delay_per_week: float | None = None
    """What one item is worth less for each week that it comes later."""
    hour_of_work: float | None = None
    currency: str = ""


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """A future state to be, as a list of changes in the order in which they are applied."""

    name: str
    planned: tuple[PlannedChange, ...] = ()
    costs: Costs = Costs()

    @property
    def changes(self) -> tuple[AnyChange, ...]:
        """The changes alone."""
        return tuple(entry.change for entry in self.planned)
