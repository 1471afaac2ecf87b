"""What every part of a value stream map is drawn from: the analysis, its layout and its colours."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from vsm.analysis import Analysis
from vsm.charts import map_words as words
from vsm.charts.map_layout import ZONE_WIDTH, MapLayout
from vsm.charts.map_text import text_width
from vsm.durations import hours_in_words
from vsm.model import WaitSide
from vsm.palette import TEAM_COLOURS, Palette


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One map about to be drawn."""

    analysis: Analysis
    layout: MapLayout
    palette: Palette
    focusable: bool
    """Whether keys reach the stages."""
    team_colours: dict[str, str] = field(default_factory=dict)
    """Empty: teams are not coloured."""

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


def team_colours(analysis: Analysis) -> dict[str, str]:
    """Give each team a colour in the order in which work meets them; after the last one they start again."""
    teams = dict.fromkeys(s.stage.team for s in analysis.stages if s.stage.team is not None)
    return {team: TEAM_COLOURS[i % len(TEAM_COLOURS)] for i, team in enumerate(teams)}
