"""A measured log -> all the charts of its flow over time that apply to it, each with its sentence and its data."""

from __future__ import annotations

from vsm.charts.ageing_picture import open_items
from vsm.charts.flow_pictures import (
    lead_time_distribution,
    lead_time_scatter,
    months,
    throughput_per_week,
    work_types,
)
from vsm.charts.load_pictures import arrivals_and_departures, cumulative, load_per_stage
from vsm.charts.picture import Picture
from vsm.flow import MeasuredLog


def flow_pictures(m: MeasuredLog) -> tuple[Picture, ...]:
    """Draw every chart for which the log holds enough, in the order in which a person would ask for them.

    What is in the stream is not drawn for items chosen by their day of finishing, as the others were in it too.
    """
    drawn = [lead_time_scatter(m), lead_time_distribution(m), throughput_per_week(m), *months(m)]
    if m.log.period is None:
        drawn += [open_items(m), load_per_stage(m), cumulative(m), arrivals_and_departures(m)]
    drawn.append(work_types(m))
    return tuple(picture for picture in drawn if picture is not None)
