"""What is written about: an analysis, the log that was measured, and the scenario whose future state goes with it.

Every summary, report and publication takes this one argument, so that what goes into one goes into all.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from vsm.achievement import Achievement
from vsm.analysis import Analysis
from vsm.comparison import Comparison
from vsm.flow import MeasuredLog
from vsm.future import FutureState, future_state
from vsm.plan import Scenario
from vsm.trend import Trend


@dataclass(frozen=True)
class Subject:
    """What one report is about."""

    analysis: Analysis
    measured: MeasuredLog | None = None
    """The items of a log; `None` for a table of stages, or where reports are to show none of their charts."""
    scenario: Scenario | None = None
    """What is planned; `None`, or one without a change: reports speak of the current state alone."""
    trend: Trend | None = None
    """The stream over the periods that its file states; `None` where it states no two."""
    comparison: Comparison | None = None
    """What it is compared with; `None` where nothing was asked for."""
    achieved: Achievement | None = None
    """What came of last time's scenario; `None` where none was brought."""
    scenarios: tuple[Scenario, ...] = ()
    """All scenarios there are, the planned one among them; fewer than two are not set side by side."""

    @property
    def beside(
        self,
    ) -> tuple[Scenario | None, Trend | None, Comparison | None, Achievement | None, tuple[Scenario, ...]]:
        """What reports hold beside the analysis."""
        return self.scenario, self.trend, self.comparison, self.achieved, self.scenarios

    @cached_property
    def future(self) -> FutureState | None:
        """The future state of the scenario, computed on first use; `None` where nothing is to change."""
        if self.scenario is None or not self.scenario.planned:
            return None
        return future_state(self.analysis.stream, self.scenario.changes)

    @property
    def plan(self) -> tuple[Scenario, FutureState] | None:
        """The scenario with its future state; `None` where nothing is to change."""
        return None if self.scenario is None or self.future is None else (self.scenario, self.future)

    @cached_property
    def futures(self) -> tuple[tuple[Scenario, FutureState], ...]:
        """Each scenario with its future state, computed on first use; empty with fewer than two of them."""
        if len(self.scenarios) < 2:
            return ()
        return tuple((scenario, future_state(self.analysis.stream, scenario.changes)) for scenario in self.scenarios)
