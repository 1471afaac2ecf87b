"""Analysis -> Altair charts, and the value stream map as SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vsm.analysis import Analysis
    from vsm.charts.picture import Picture


def pictures(analysis: Analysis) -> tuple[Picture, ...]:
    """List the charts that apply to an analysis, in the order in which a person would ask for them."""
    # Loaded here, as altair takes a quarter of a second that a map or a command line need not wait for.
    from vsm.charts.stages import all_pictures

    return all_pictures(analysis)
