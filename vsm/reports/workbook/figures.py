"""Analysis of one state -> its sheet "Figures": the figures of the stream as live formulas over its sheet "Stages"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vsm.model import Queue
from vsm.palette import MUTED, PROCESSING, WAITING
from vsm.reports.workbook.book import FIRST_ROW, HEADER_ROW, Book, Look, height_for
from vsm.reports.workbook.columns import THE_CUSTOMER, any_sum
from vsm.reports.workbook.layout import Layout
from vsm.reports.workbook.lines import Figure, Line
from vsm.reports.workbook.measured import kept_lines, lead_time_in_days, measured_lines, measured_times
from vsm.reports.workbook.side import Sheet, Side
from vsm.verdicts import verdict_sentences, verdict_title

_TEXT_WIDTH = 115
"""Characters on one line of the three columns together."""
_FIRST_LINE = 4
_CHART_ROW_HEIGHT = 26
"""Pixels that one stage's bar takes."""


def write_figures(book: Book, layout: Layout) -> None:
    """Write definitions, figures, the verdict in words, and the chart."""
    side, measured = layout.side, layout.analysis.stream.measured
    sheet = book.sheet(side.sheet(Sheet.FIGURES))
    sheet.set_column("A:A", 36)
    sheet.set_column("B:B", 18)
    sheet.set_column("C:C", 70)
    book.write_text(sheet, "A1", f"{layout.title}: figures", book.title)
    stages = side.sheet(Sheet.STAGES)
    book.write_text(
        sheet, "A2", f"Computed from the sheet {stages}; change a figure there and these follow.", book.hint
    )
    row = _write_lines(book, sheet, layout, figure_lines(layout))
    row = _write_inputs(book, sheet, layout, row + 1, ("Definitions", "What it changes"), _definitions(layout))
    if measured is not None and side is Side.CURRENT:
        head = ("Measured in the log", "What it is")
        row = _write_inputs(book, sheet, layout, row + 1, head, measured_lines(measured))
    elif measured is not None:
        row = _write_inputs(book, sheet, layout, row + 1, ("Kept from the log", "What it is"), kept_lines(measured))
    row = _write_verdict(book, sheet, layout, row + 1)
    _insert_chart(book, sheet, layout, row + 1)
    sheet.set_h_pagebreaks([row])
    sheet.freeze_panes(HEADER_ROW - 2, 0)


def _write_lines(book: Book, sheet: Any, layout: Layout, figures: Iterator[Figure]) -> int:
    row = _FIRST_LINE
    _write_header(book, sheet, row, "Figures", "How")
    for figure in figures:
        row += 1
        book.write_text(sheet, f"A{row}", figure.label)
        write = book.write_array_formula if figure.array else book.write_formula
        write(sheet, f"B{row}", figure.formula, figure.value, figure.look)
        book.write_text(sheet, f"C{row}", figure.how, book.hint)
        book.name_cell(layout.named(figure.name), layout.side.sheet(Sheet.FIGURES), f"B{row}")
    return row + 1


def _write_header(book: Book, sheet: Any, row: int, what: str, says: str) -> None:
    book.write_header(sheet, f"A{row}", what, Look.TEXT)
    book.write_header(sheet, f"B{row}", "Value", Look.HOURS)
    book.write_header(sheet, f"C{row}", says, Look.TEXT)


def figure_lines(layout: Layout) -> Iterator[Figure]:
    """List the computed figures of a state, in the order of the sheet."""
    yield from _times(layout)
    yield from _quality(layout)
    yield from _waits(layout)
    yield from _people(layout)
    if layout.analysis.demand is not None or layout.has("demand"):
        yield from _flow(layout)


def _times(layout: Layout) -> Iterator[Figure]:
    if layout.measured:
        yield from measured_times(layout)
        return
    a, work, wait = layout.analysis, layout.elsewhere("processing_time"), layout.elsewhere("wait_time")
    times = layout.elsewhere("step_lead_time" if layout.parallel else "lead_time")
    path = "of parallel stages the longest" if layout.parallel else "of all stages"
    yield Figure("processing_time", "Processing time (h)", any_sum(work), a.processing_time, Look.HOURS, "ΣP")
    yield Figure("wait_time", "Wait time (h)", any_sum(wait), a.wait_time, Look.HOURS, "ΣW")
    yield Figure("lead_time", "Lead time (h)", any_sum(times), a.lead_time, Look.HOURS, f"Σ (P + W) {path}")
    days = None if a.lead_time is None else a.lead_time / a.stream.definitions.hours_per_day
    formula, lead_time = lead_time_in_days(layout), layout.named("lead_time")
    yield Figure("lead_time_days", "Lead time (working days)", formula, days, Look.RATE, "lead time / hours a day")
    if a.overlap is not None:
        formula = f'IF({lead_time}="","",SUM({layout.elsewhere("lead_time")})-{lead_time})'
        says = "Σ (P + W) of all stages − lead time: they run side by side"
        yield Figure("overlap", "Overlap of parallel stages (h)", formula, a.overlap, Look.HOURS, says)
    formula = (
        f'IF(OR(COUNT({work})=0,COUNT({wait})=0,SUM({work})+SUM({wait})=0),"",SUM({work})/(SUM({work})+SUM({wait})))'
    )
    yield Figure("flow_efficiency", "Flow efficiency", formula, a.flow_efficiency, Look.SHARE, "ΣP / (ΣP + ΣW)")


def _quality(layout: Layout) -> Iterator[Figure]:
    a, shares = layout.analysis, layout.elsewhere("complete_accurate")
    once, repeated = layout.named("lead_time"), layout.named("lead_time_with_rework")
    formula = f'IF(COUNT({shares})=0,"",PRODUCT({shares}))'
    says = "Π %C&A of the stages that state one"
    yield Figure("rolled_complete_accurate", "Rolled %C&A", formula, a.rolled_complete_accurate, Look.SHARE, says)
    silent = sum(figures.stage.complete_accurate is None for figures in a.stages)
    formula = f"ROWS({shares})-COUNT({shares})"
    says = "Left out of the rolled %C&A, not counted as 100%"
    yield Figure("stages_without_complete_accurate", "Stages without %C&A", formula, silent, Look.COUNT, says)
    if layout.measured:
        says = "the lead time itself: measured times contain the rework"
        value = a.lead_time_with_rework
        yield Figure("lead_time_with_rework", "Lead time with rework (h)", once, value, Look.HOURS, says)
        return
    times = layout.elsewhere("step_with_rework" if layout.parallel else "lead_time_with_rework")
    formula = f'IF(AND({layout.named("rework_known")},{once}<>""),SUM({times}),"")'
    says = "Σ expected visits × (P + W); the visits are on the sheet Rework"
    yield Figure(
        "lead_time_with_rework", "Lead time with rework (h)", formula, a.lead_time_with_rework, Look.HOURS, says
    )
    formula = f'IF({repeated}="","",{repeated}-{once})'
    says = "lead time with rework − lead time"
    yield Figure("cost_of_rework", "Cost of rework (h)", formula, a.cost_of_rework, Look.HOURS, says)


def _waits(layout: Layout) -> Iterator[Figure]:
    queue, waits, places = layout.analysis.longest_queue, layout.elsewhere("wait_time"), layout.elsewhere("waits_for")
    formula = f'IF(N(MAX({waits}))=0,"",MAX({waits}))'
    hours = None if queue is None else queue.wait_time
    yield Figure("longest_wait", "Longest wait (h)", formula, hours, Look.HOURS, "the largest W")
    longest = layout.named("longest_wait")
    formula = f'IF({longest}="","",INDEX({places},MATCH({longest},{waits},0)))'
    says = "where it stands: what these items wait for"
    yield Figure("longest_wait_for", "Longest wait, in front of", formula, _place(queue), Look.TEXT, says)


def _place(queue: Queue | None) -> str | None:
    return None if queue is None else queue.before or THE_CUSTOMER


def _people(layout: Layout) -> Iterator[Figure]:
    a = layout.analysis
    if layout.has("handoffs"):
        formula = any_sum(layout.elsewhere("handoffs"))
        yield Figure("handoffs", "Handoffs", formula, a.handoffs, Look.COUNT, "Σ people touching an item")
    if layout.has("team") and len(a.stages) > 1:
        last = len(a.stages) - 1
        pairs = (layout.span("team", 0, last - 1), layout.span("team", 1, last))
        above, below = (layout.side.at(Sheet.STAGES, span) for span in pairs)
        known = f'({above}<>"")*({below}<>"")'
        formula = f'IF(SUM({known})=0,"",SUM({known}*(1-EXACT({above},{below}))))'
        says = "neighbouring stages whose teams are known and differ"
        yield Figure("team_changes", "Changes of team", formula, a.team_changes, Look.COUNT, says, array=True)
    if layout.has("wip") and not layout.measured:
        formula = any_sum(layout.elsewhere("wip"))
        yield Figure("flow_load", "Flow load (items)", formula, a.flow_load, Look.COUNT, "Σ items waiting or in work")


def _flow(layout: Layout) -> Iterator[Figure]:
    a, n, asked = layout.analysis, layout.named, layout.named("demand_per_week")
    stated = f'IF({asked}="","",{asked})'
    if layout.has("demand"):
        own, first = layout.elsewhere("demand"), layout.side.at(Sheet.STAGES, layout.cell("demand", 0))
        known = f"INDEX({own},MATCH(TRUE,ISNUMBER({own}),0))"
        stated = f'IF(ISNUMBER({first}),{first},IF(ISNUMBER({asked}),{asked},IFERROR({known},"")))'
    says = "of the first stage, else as stated for the stream"
    yield Figure("demand", "Demand (items a week)", stated, a.demand, Look.COUNT, says, array=layout.has("demand"))
    week, demand = f"{n('hours_per_day')}*{n('days_per_week')}", n("demand")
    formula = f'IF(N({demand})=0,"",{week}/{demand})'
    yield Figure("takt_time", "Takt time (h)", formula, a.takt_time, Look.HOURS, "hours a week / demand")
    if layout.measured:
        return  # throughput and load were measured, and stand as such
    able = layout.elsewhere("capacity") if layout.has("capacity") else ""
    formula = f'IF(OR({demand}="",COUNT({able})=0),"",MIN({demand},{able}))' if able else '""'
    says = "demand, or the smallest capacity of a stage where that is less"
    yield Figure("throughput", "Throughput (items a week)", formula, a.throughput, Look.RATE, says)
    unknown = f'OR({n("throughput")}="",{n("processing_time")}="",{n("wait_time")}="")'
    time = f'IF({n("lead_time_with_rework")}="",{n("lead_time")},{n("lead_time_with_rework")})'
    formula = f'IF({unknown},"",{n("throughput")}*{time}/({week}))'
    says = "Little's law: throughput × lead time, with rework where %C&A is known"
    value = a.load_by_littles_law
    yield Figure("load_by_littles_law", "Load by Little's law (items)", formula, value, Look.RATE, says)


def _definitions(layout: Layout) -> tuple[Line, ...]:
    """List the definitions; the length of a working week stands once, on the sheet of the current state."""
    d = layout.analysis.stream.definitions
    says = "utilisation, throughput"
    demand = Line("demand_per_week", "Demand of the stream (items a week)", d.demand, Look.COUNT, says)
    if layout.side is Side.FUTURE:
        return (demand,)
    return (
        Line("hours_per_day", "Hours in a working day", d.hours_per_day, Look.COUNT, "working days, capacity"),
        Line("days_per_week", "Days in a working week", d.days_per_week, Look.COUNT, "capacity, takt time"),
        demand,
    )


def _write_inputs(
    book: Book, sheet: Any, layout: Layout, row: int, head: tuple[str, str], lines: tuple[Line, ...]
) -> int:
    _write_header(book, sheet, row, *head)
    for line in lines:
        row += 1
        book.write_text(sheet, f"A{row}", line.label)
        book.write_input(sheet, f"B{row}", line.value, line.look)
        book.write_text(sheet, f"C{row}", line.says, book.hint)
        book.name_cell(layout.named(line.name), layout.side.sheet(Sheet.FIGURES), f"B{row}")
    return row + 1


def _write_verdict(book: Book, sheet: Any, layout: Layout, row: int) -> int:
    told = "As the file was read" if layout.side is Side.CURRENT else "As planned"
    book.write_text(sheet, f"A{row}", "Bottleneck", book.header)
    book.write_text(sheet, f"B{row}", "", book.header)
    book.write_text(sheet, f"C{row}", f"{told}: this text does not follow changes", book.header)
    text = " ".join((f"{verdict_title(layout.analysis)}.", *verdict_sentences(layout.analysis)))
    sheet.merge_range(f"A{row + 1}:C{row + 1}", "", book.prose)
    book.write_text(sheet, f"A{row + 1}", text, book.prose)
    sheet.set_row(row, height_for(text, _TEXT_WIDTH))
    return row + 2


def _insert_chart(book: Book, sheet: Any, layout: Layout, row: int) -> None:
    chart = book.file.add_chart({"type": "bar", "subtype": "stacked"})
    bars = (
        ("processing_time", "Processing time", PROCESSING),
        ("wait_time", "Wait time", WAITING),
        ("undivided_time", "Time, not divided", MUTED),
    )
    for key, label, colour in bars:
        if not layout.has(key):
            continue
        chart.add_series(
            {
                "name": label,
                "categories": f"={layout.elsewhere('name')}",
                "values": f"={layout.elsewhere(key)}",
                "fill": {"color": colour},
                "gap": 40,
            }
        )
    chart.set_title({"name": "Processing and waiting by stage (h)", "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True, "num_font": {"color": MUTED}})
    chart.set_x_axis({"num_font": {"color": MUTED}, "major_gridlines": {"visible": True, "line": {"color": "#E5E7EB"}}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 860, "height": 120 + _CHART_ROW_HEIGHT * (layout.last_row - FIRST_ROW + 1)})
    says = "Stacked bars: hours of processing and of waiting for each stage, as in the table on the sheet Stages."
    sheet.insert_chart(f"A{row}", chart, {"description": says, "x_offset": 4, "y_offset": 4})
