"""The computed columns of the sheet "Stages": each with its label, its live formula and its present value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vsm import capacity
from vsm.analysis import StageFigures
from vsm.metrics import step_name
from vsm.model import WaitSide
from vsm.reports.workbook.book import FIRST_ROW, CellContent, Look
from vsm.reports.workbook.layout import Layout
from vsm.reports.workbook.side import Sheet

THE_CUSTOMER = "the customer"


@dataclass(frozen=True)
class Computed:
    """One computed column; `formula` and `value` take the layout and the index of a stage."""

    label: str
    look: Look
    formula: Callable[[Layout, int], str]
    value: Callable[[Layout, int], CellContent]
    width: float = 11


def any_sum(cells: str) -> str:
    """Add up cells, or show nothing where none of them holds a number."""
    return f'IF(COUNT({cells})=0,"",SUM({cells}))'


def _figure(of: Callable[[StageFigures], CellContent]) -> Callable[[Layout, int], CellContent]:
    return lambda layout, i: of(layout.analysis.stages[i])


def _share(part: str, whole: str) -> str:
    return f'IF(OR({part}="",SUM({whole})=0),"",{part}/SUM({whole}))'


def _part(part: str, whole: str) -> str:
    return f'IF(OR({part}="",N({whole})=0),"",{part}/{whole})'


def _waited_for(layout: Layout, index: int) -> tuple[int, ...]:
    stream = layout.analysis.stream
    return (index,) if stream.definitions.wait is WaitSide.BEFORE else capacity.next_step(stream, index)


def _waits_for_formula(layout: Layout, index: int) -> str:
    return '&" + "&'.join(layout.cell("name", i) for i in _waited_for(layout, index)) or f'"{THE_CUSTOMER}"'


def _waits_for(layout: Layout, index: int) -> str:
    return step_name(layout.analysis.stream, _waited_for(layout, index)) or THE_CUSTOMER


def _times_visits(layout: Layout, i: int) -> str:
    visits, time = layout.cell("expected_visits", i), layout.cell("lead_time", i)
    return f'IF(OR({visits}="",{time}=""),"",{visits}*{time})'


def _longest_formula(of: str) -> Callable[[Layout, int], str]:
    """Give a step's first row the longest of its parallel stages and the others nothing, so that the column adds up."""

    def formula(layout: Layout, index: int) -> str:
        step = layout.step_of(index)
        cells = layout.span(of, step[0], step[-1])
        return f'IF(COUNT({cells})=0,"",MAX({cells}))' if index == step[0] else '""'

    return formula


def _longest(of: Callable[[StageFigures], float | None]) -> Callable[[Layout, int], CellContent]:
    def value(layout: Layout, index: int) -> CellContent:
        step = layout.step_of(index)
        known = [time for i in step if (time := of(layout.analysis.stages[i])) is not None]
        return max(known, default=None) if index == step[0] else None

    return value


def _demand_formula(layout: Layout, i: int) -> str:
    demand = layout.named("demand_per_week")
    stated = f'IF({demand}="","",{demand})'
    own = layout.cell("demand", i) if layout.has("demand") else None
    return stated if own is None else f'IF({own}<>"",{own},{stated})'


def _week(layout: Layout) -> str:
    return f"{layout.named('hours_per_day')}*{layout.named('days_per_week')}"


def _hours_formula(layout: Layout, i: int) -> str:
    people, hours = layout.cell("people", i), _week(layout)
    if layout.has("availability"):
        share = layout.cell("availability", i)
        hours += f'*IF({share}="",1,{share})'
    return f'IF({people}="","",{people}*{hours})'


def _work_formula(layout: Layout, i: int) -> str:
    work = layout.cell("processing_time", i)
    if layout.measured:
        return f'IF({work}="","",{work})'
    visits = layout.cell("expected_visits", i)
    without_rework = f"COUNT({layout.column('complete_accurate')})=0"
    return f'IF({work}="","",IF({without_rework},{work},IF({visits}="","",{work}*{visits})))'


def _utilisation_formula(layout: Layout, i: int) -> str:
    demand, hours, work = (layout.cell(key, i) for key in ("demand_used", "hours_a_week", "work_per_item"))
    return f'IF(OR({demand}="",N({hours})=0,{work}=""),"",{demand}*{work}/{hours})'


def _capacity_formula(layout: Layout, i: int) -> str:
    hours, work = layout.cell("hours_a_week", i), layout.cell("work_per_item", i)
    return f'IF(OR({hours}="",N({work})=0),"",{hours}/{work})'


def _batch_wait_formula(layout: Layout, i: int) -> str:
    """Write (B − 1)/2 × (interval + turn of the next step), never more than the wait behind the stage."""
    stream = layout.analysis.stream
    following = capacity.next_step(stream, i)
    waits = (i,) if stream.definitions.wait is WaitSide.AFTER else following
    if not waits:
        return '""'
    observed, batch = layout.span("wait_time", waits[0], waits[-1]), layout.cell("batch_size", i)
    turn = f"MAX({layout.span('processing_time', following[0], following[-1])})" if following else "0"
    formula = f"(MAX({batch},1)-1)/2*({_interval_formula(layout, i, waits[0])}+{turn})"
    return f'IF(OR(COUNT({observed})=0,{batch}=""),"",MIN(MAX({observed}),{formula}))'


def _interval_formula(layout: Layout, i: int, row: int) -> str:
    """Write the time between two completions: 1/(demand × visits of the wait's row), else processing time / people."""
    demand, work = f"N({layout.named('demand_per_week')})", layout.cell("processing_time", i)
    if layout.has("demand"):
        own = layout.cell("demand", i)
        demand = f'IF({own}<>"",{own},{demand})'
    if layout.has("people"):
        people = layout.cell("people", i)
        work += f"/IF(N({people})=0,1,{people})"
    visits = f"N({layout.cell('expected_visits', row)})" if layout.has("expected_visits") else "1"
    return f"IF({demand}>0,{_week(layout)}/(({demand})*IF({visits}=0,1,{visits})),{work})"


COMPUTED: dict[str, Computed] = {
    "lead_time": Computed(
        "Lead time (h)",
        Look.HOURS,
        lambda at, i: any_sum(f"{at.cell('processing_time', i)}:{at.cell(at.last_time, i)}"),
        _figure(lambda f: f.lead_time),
    ),
    "share_of_lead_time": Computed(
        "Share of lead time",
        Look.SHARE,
        lambda at, i: _part(at.cell("lead_time", i), at.named("lead_time")),
        _figure(lambda f: f.share_of_lead_time),
    ),
    "share_of_wait": Computed(
        "Share of waiting",
        Look.SHARE,
        lambda at, i: _share(at.cell("wait_time", i), at.column("wait_time")),
        _figure(lambda f: f.share_of_wait),
    ),
    "waits_for": Computed("Queue in front of", Look.TEXT, _waits_for_formula, _waits_for, width=22),
    "expected_visits": Computed(
        "Expected visits",
        Look.PRECISE,
        lambda at, i: at.side.at(Sheet.REWORK, f"H{FIRST_ROW + i}"),
        _figure(lambda f: f.expected_visits),
    ),
    "lead_time_with_rework": Computed(
        "Lead time with rework (h)", Look.HOURS, _times_visits, _figure(lambda f: f.lead_time_with_rework)
    ),
    "step_lead_time": Computed(
        "Longest of the parallel stages (h)",
        Look.HOURS,
        _longest_formula("lead_time"),
        _longest(lambda f: f.lead_time),
    ),
    "step_with_rework": Computed(
        "Longest with rework (h)",
        Look.HOURS,
        _longest_formula("lead_time_with_rework"),
        _longest(lambda f: f.lead_time_with_rework),
    ),
    "batch_wait": Computed("Wait by batch (h)", Look.HOURS, _batch_wait_formula, _figure(lambda f: f.batch_wait)),
    "demand_used": Computed(
        "Demand used (a week)",
        Look.COUNT,
        _demand_formula,
        lambda at, i: capacity.demand_at(at.analysis.stream, i),
    ),
    "hours_a_week": Computed(
        "Hours a week", Look.RATE, _hours_formula, lambda at, i: capacity.weekly_hours(at.analysis.stream, i)
    ),
    "work_per_item": Computed(
        "Work per item with rework (h)",
        Look.HOURS,
        _work_formula,
        lambda at, i: capacity.work_per_item(at.analysis.stream, i),
    ),
    "utilisation": Computed("Utilisation", Look.SHARE, _utilisation_formula, _figure(lambda f: f.utilisation)),
    "capacity": Computed("Capacity (items a week)", Look.RATE, _capacity_formula, _figure(lambda f: f.capacity)),
}
