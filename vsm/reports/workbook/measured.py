"""A measured stream -> its lines on the sheet "Figures": what was counted in the log, and the times that follow."""

from __future__ import annotations

from collections.abc import Iterator

from vsm.model import LeadTimes, Measured
from vsm.reports.workbook.book import Look
from vsm.reports.workbook.columns import any_sum
from vsm.reports.workbook.layout import Layout
from vsm.reports.workbook.lines import Figure, Line

_KEPT = ("throughput", "overlap", "work_overlap")


def kept_lines(measured: Measured) -> tuple[Line, ...]:
    """List what a future state keeps of the log, as values."""
    return tuple(line for line in measured_lines(measured) if line.name in _KEPT and line.value is not None)


def measured_lines(measured: Measured) -> tuple[Line, ...]:
    """List what only the log can tell, as values."""
    side_by_side = "steps of one item that run side by side: the stages add up to so much more than the lead time"
    return (
        Line("items", "Items", measured.items, Look.COUNT, "in the log"),
        Line("finished_items", "Finished items", measured.finished, Look.COUNT, "counted in throughput"),
        Line(
            "timed_items", "Finished items with a lead time", measured.timed, Look.COUNT, "times are means over these"
        ),
        Line("open_items", "Open items", measured.open, Look.COUNT, "counted as load, not in lead times"),
        Line("sent_back", "Sent back", measured.sent_back, Look.COUNT, "moves of an item to an earlier stage"),
        *_percentiles(measured.lead_times),
        Line("throughput", "Throughput (items a week)", measured.throughput, Look.RATE, "over whole weeks"),
        Line("flow_load", "Flow load (items)", measured.flow_load, Look.RATE, "in the stream, averaged over time"),
        Line("overlap", "Overlap of an item's steps (h)", measured.overlap, Look.HOURS, side_by_side),
        Line(
            "work_overlap", "Overlap of work alone (h)", measured.work_overlap, Look.HOURS, "the same of working steps"
        ),
    )


def _percentiles(times: LeadTimes | None) -> Iterator[Line]:
    if times is None:
        return
    for share, value in ((50, times.median), (70, times.p70), (85, times.p85), (95, times.p95)):
        says = f"{share}% of the finished items took at most this"
        yield Line(f"lead_time_p_{share}", f"Lead time of {share}% of items (h)", value, Look.HOURS, says)


def lead_time_in_days(layout: Layout) -> str:
    """Divide the lead time by the hours in a working day."""
    lead_time = layout.named("lead_time")
    return f'IF({lead_time}="","",{lead_time}/{layout.named("hours_per_day")})'


def measured_times(layout: Layout) -> Iterator[Figure]:
    """Write the times of a log; the stages' means add up to the lead time and the overlap."""
    a, work, wait = layout.analysis, layout.elsewhere("processing_time"), layout.elsewhere("wait_time")
    yield Figure("processing_time", "Processing time (h)", any_sum(work), a.processing_time, Look.HOURS, "ΣP")
    yield Figure("wait_time", "Wait time (h)", any_sum(wait), a.wait_time, Look.HOURS, "ΣW")
    times = layout.elsewhere("lead_time")
    formula = f'IF(COUNT({times})=0,"",SUM({times})-N({layout.named("overlap")}))'
    says = "Σ of all stages − overlap: the mean of finished items"
    yield Figure("lead_time", "Lead time (h)", formula, a.lead_time, Look.HOURS, says)
    hours = a.stream.definitions.hours_per_day
    days = None if a.lead_time is None else a.lead_time / hours
    formula = lead_time_in_days(layout)
    yield Figure(
        "lead_time_days", f"Lead time (days of {hours:g} h)", formula, days, Look.RATE, "lead time / hours a day"
    )
    whole, both, both_work = (layout.named(key) for key in ("lead_time", "overlap", "work_overlap"))
    formula = (
        f'IF(OR(COUNT({work})=0,COUNT({wait})=0,N({whole})=0),"",'
        f"(SUM({work})-N({both_work}))/(SUM({work})+SUM({wait})-N({both})))"
    )
    says = "(ΣP − overlap of work) / (ΣP + ΣW − overlap)"
    yield Figure("flow_efficiency", "Flow efficiency", formula, a.flow_efficiency, Look.SHARE, says)
