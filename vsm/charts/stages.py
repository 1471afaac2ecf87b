"""An analysis -> all the charts that apply to it, each with its sentence and its data."""

from __future__ import annotations

from vsm.analysis import Analysis
from vsm.charts.loop_picture import loops
from vsm.charts.picture import Picture
from vsm.charts.stage_pictures import batch_sizes, complete_accurate, handoffs, rework, utilisation
from vsm.charts.time_pictures import longest_waits, time_per_stage, waiting_by_team

_IN_ORDER = (
    time_per_stage,
    longest_waits,
    waiting_by_team,
    complete_accurate,
    loops,
    rework,
    batch_sizes,
    handoffs,
    utilisation,
)


def all_pictures(analysis: Analysis) -> tuple[Picture, ...]:
    """Draw every chart for which something is measured, in the order in which a person would ask for them."""
    return tuple(picture for draw in _IN_ORDER if (picture := draw(analysis)) is not None)
