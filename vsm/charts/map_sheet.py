"""What every part of a value stream map is drawn from: the analysis, its layout and its colours."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from vsm.analysis import Analysis
from vsm.charts import map_words as words
from vsm.charts.map_layout import ZONE_WIDTH, MapLayout
from vsm.charts.map_text import text_width
from vsm.durations import hours_in_words
from vsm.model import WaitSide
from vsm.palette import TEAM_COLOURS, Palette


class TeamMark(NamedTuple):
    """How a team's band looks: two teams never look alike."""

    colour: str
    bars: int
    """Upright bars at both ends of the band: each time the colours start again there is one more."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One map about to be drawn."""

    analysis: Analysis
    layout: MapLayout
    palette: Palette
    focusable: bool
    """Whether keys reach the stages."""
    team_marks: dict[str, TeamMark] = field(default_factory=dict)
    """Empty: teams are not coloured."""
    was: Analysis | None = None
    """The state before, whose figures stand beside those that differ."""

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Of the rows of every data box."""
        return words.data_labels(self.analysis)

    @cached_property
    def waits_before(self) -> bool:
        """Whether a row's queue stands in front of its own stage."""
        return self.analysis.stream.definitions.wait is WaitSide.BEFORE

    @cached_property
    def longest_wait(self) -> float:
        """Hours of the longest queue: the largest triangle."""
        return max((q.wait_time for q in self.analysis.queues), default=0.0)

    @cached_property
    def narrow(self) -> bool:
        """Whether a wait is too wide to stand on one line between two boxes."""
        said = (hours_in_words(q.wait_time, self.analysis.stream.definitions) for q in self.analysis.queues)
        return any(text_width(wait, words.TEXT_SIZE, bold=True) > ZONE_WIDTH - 4 for wait in said)


def team_marks(analysis: Analysis) -> dict[str, TeamMark]:
    """Give each team a mark in the order in which work meets them."""
    teams = dict.fromkeys(s.stage.team for s in analysis.stages if s.stage.team is not None)
    rounds = (divmod(i, len(TEAM_COLOURS)) for i in range(len(teams)))
    return {team: TeamMark(TEAM_COLOURS[place], bars) for team, (bars, place) in zip(teams, rounds, strict=True)}
