"""Analysis of an item log -> how each measured figure is computed, with the log's own numbers put in."""

from __future__ import annotations

from vsm.analysis import Analysis
from vsm.capacity import HOURS_OF_WEEK
from vsm.explained import Explanation, digits, sum_of
from vsm.headlines import FLOW_EFFICIENCY_CAVEAT
from vsm.measured_words import SENT_BACK, passed_on, timed_items
from vsm.model import Measured
from vsm.wording import NOT_MEASURED, exact_hours, number, percent


def measured_explanations(analysis: Analysis) -> tuple[Explanation, ...]:
    """Explain the figures of a log, in the order in which the pages show them."""
    measured = analysis.stream.measured
    assert measured is not None, "only a log is measured"
    return (
        _lead_time(analysis, measured),
        _percentiles(measured),
        _flow_efficiency(analysis, measured),
        _rolled(analysis),
        _visits(analysis),
        _with_rework(analysis),
        _handoffs(measured),
        _throughput(measured),
        _flow_load(analysis, measured),
    )


def _overlap(hours: float) -> str:
    return f" − {digits(hours)}" if hours else ""


def _lead_time(a: Analysis, measured: Measured) -> Explanation:
    times = [s.lead_time for s in a.stages if s.lead_time is not None]
    numbers = NOT_MEASURED
    if times and a.lead_time is not None:
        numbers = f"{sum_of(times)}{_overlap(measured.overlap)} = {exact_hours(a.lead_time)}"
    items = timed_items(measured.timed, measured.only_finish_known)
    meaning = (
        f"The mean, over {items}, of the time from an item's beginning to its finish. "
        "A stage's time is the sum over these items divided by their number, so that the stages add up to it."
    )
    if measured.overlap:
        meaning += " Steps of one item that run side by side would count twice, so their overlap is taken off."
    return Explanation(
        key="lead_time",
        title="Lead time",
        formula="Σ (finish − beginning) / finished items = Σ of the stages' means − overlap of an item's steps",
        with_numbers=numbers,
        meaning=f"{meaning} Open items are not in it: they are load, and have an age.",
        source="W. Hopp, M. Spearman, Factory Physics",
    )


def _percentiles(measured: Measured) -> Explanation:
    times = measured.lead_times
    numbers = NOT_MEASURED
    if times is not None:
        pairs = (("median", times.median), ("P70", times.p70), ("P85", times.p85), ("P95", times.p95))
        numbers = ", ".join(f"{name} {exact_hours(value)}" for name, value in pairs)
    return Explanation(
        key="lead_time_percentiles",
        title="Percentiles of the lead time",
        formula="P85: 85% of finished items took at most so long; between two items linearly interpolated",
        with_numbers=numbers,
        meaning="What can be promised. Percentiles of stages must not be added up: only means do.",
        source="D. Vacanti, Actionable Agile Metrics",
    )


def _flow_efficiency(a: Analysis, measured: Measured) -> Explanation:
    numbers = f"{NOT_MEASURED}: nothing in the log tells work from waiting"
    if a.wait_time is not None:
        numbers = f"{NOT_MEASURED}: no time passed"
    if a.flow_efficiency is not None and a.processing_time is not None and a.wait_time is not None:
        work = f"{digits(a.processing_time)}{_overlap(measured.work_overlap)}"
        whole = f"{digits(a.processing_time)} + {digits(a.wait_time)}{_overlap(measured.overlap)}"
        numbers = f"({work}) / ({whole}) = {a.flow_efficiency * 100:.4f}%"
    return Explanation(
        key="flow_efficiency",
        title="Flow efficiency",
        formula="Σ time worked on / Σ lead time, over finished items",
        with_numbers=numbers,
        meaning="The share of the time in which someone works on the item. Steps of one item that are worked on side "
        "by side count once, so it never passes 100%. It is a ratio of sums: the mean of the items' own ratios would "
        "be another, larger number. Typical of knowledge work is 5–15%. " + FLOW_EFFICIENCY_CAVEAT,
        source="K. Martin, M. Osterling, Value Stream Mapping (there: activity ratio)",
    )


def _rolled(a: Analysis) -> Explanation:
    shares = [s.stage.complete_accurate for s in a.stages if s.stage.complete_accurate is not None]
    numbers = NOT_MEASURED
    if a.rolled_complete_accurate is not None:
        numbers = f"{sum_of(shares, ' × ')} = {percent(a.rolled_complete_accurate)}"
    return Explanation(
        key="rolled_complete_accurate",
        title="Rolled %C&A",
        formula="Π C, where C of a stage = 1 − visits left for an earlier stage / completed visits",
        with_numbers=numbers,
        meaning="The share of visits to a stage that did not end with the item being sent back, multiplied over the "
        f"stages. It is a product and no average. {SENT_BACK} An earlier stage is one before that of the visit that "
        "ended last. Stages that run side by side are no rework: there the item must have been in the earlier stage "
        "before, and have gone on from it to the later one.",
        source="K. Martin, M. Osterling, Value Stream Mapping",
    )


def _visits(a: Analysis) -> Explanation:
    known = [(s.name, s.stage.visits) for s in a.stages if s.stage.visits is not None]
    return Explanation(
        key="visits",
        title="Visits",
        formula="how often items came to the stage",
        with_numbers="; ".join(f"{name}: {number(visits)}" for name, visits in known) or NOT_MEASURED,
        meaning="Counted over all items, open ones included. An item that is sent back visits a stage again.",
    )


def _with_rework(a: Analysis) -> Explanation:
    return Explanation(
        key="lead_time_with_rework",
        title="Lead time with rework",
        formula="the lead time itself",
        with_numbers=exact_hours(a.lead_time_with_rework),
        meaning="Measured times contain every repetition, so nothing is added for rework.",
    )


def _handoffs(measured: Measured) -> Explanation:
    return Explanation(
        key="handoffs",
        title="Handoffs",
        formula="Σ people touching the item",
        with_numbers=NOT_MEASURED,
        meaning=passed_on(measured),
    )


def _throughput(measured: Measured) -> Explanation:
    numbers = f"{NOT_MEASURED}: no item is finished in a whole week, or the log has no dates"
    if measured.throughput is not None:
        numbers = f"{digits(measured.throughput)} items a week"
    return Explanation(
        key="throughput",
        title="Throughput",
        formula="items finished in the whole weeks of the log / number of these weeks",
        with_numbers=numbers,
        meaning="Weeks run from Monday to Sunday, UTC; those in which the log begins and ends are left out, as they "
        "are not whole. Weeks in which nothing was finished count.",
    )


def _flow_load(a: Analysis, measured: Measured) -> Explanation:
    numbers = NOT_MEASURED
    if measured.flow_load is not None:
        numbers = f"{digits(measured.flow_load)} items on average"
        rate, time = measured.throughput, measured.elapsed_lead_time
        if a.load_by_littles_law is not None and rate is not None and time is not None:
            numbers += (
                f"; Little's law: {digits(rate)} a week × {digits(time)} h / {HOURS_OF_WEEK} h a week "
                f"= {digits(a.load_by_littles_law)}"
            )
    return Explanation(
        key="flow_load",
        title="Flow load and Little's law",
        formula="Σ time of all items in the stream / time that the log spans; mean load = throughput × mean lead time",
        with_numbers=numbers,
        meaning="The items in the stream, averaged over time, open ones included. The average is over every hour, so "
        "the lead time in the law is elapsed time on any clock. A large gap to Little's law means "
        "that more came in than went out, that items stay open for ever, or that the log begins or ends in the middle.",
        source="J. D. C. Little (1961)",
    )
