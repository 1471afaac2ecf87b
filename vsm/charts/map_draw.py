"""A laid-out value stream map -> SVG, from back to front: head, ways of the work, stages, timeline, totals."""

from __future__ import annotations

from collections.abc import Iterator

from vsm.charts import map_shapes as draw
from vsm.charts import map_words as words
from vsm.charts.map_layout import Rect, Row, StepPlace
from vsm.charts.map_sheet import Sheet
from vsm.charts.map_stage import queue, stage
from vsm.charts.map_text import clean, shortened, text_width
from vsm.charts.map_timeline import timeline, totals

TITLE_SIZE = 21.0
SUBTITLE_SIZE = 14.0


def map_parts(sheet: Sheet) -> Iterator[str]:
    """Yield the whole map from back to front."""
    yield draw.rect(0, 0, sheet.layout.width, sheet.layout.height, fill=sheet.palette.surface)
    yield from _head(sheet)
    yield from _ways_between_rows(sheet)
    for row in sheet.layout.rows:
        yield from timeline(sheet, row)
        for step in row.steps:
            yield from _links(sheet, step, row)
            for box in step.boxes:
                yield queue(sheet, box)
                yield stage(sheet, box)
    yield from totals(sheet)


def _head(sheet: Sheet) -> Iterator[str]:
    layout, p = sheet.layout, sheet.palette
    middle, supplier, customer = layout.width / 2, layout.supplier, layout.customer
    room = layout.width - 2 * supplier.x
    title = shortened(words.title(sheet.analysis), room, TITLE_SIZE, bold=True)
    yield draw.text(middle, 38, title, size=TITLE_SIZE, fill=p.ink, anchor="middle", bold=True)
    subtitle = shortened(words.subtitle(sheet.analysis), room, SUBTITLE_SIZE)
    if subtitle:
        yield draw.text(middle, 60, subtitle, size=SUBTITLE_SIZE, fill=p.muted, anchor="middle")
    y = supplier.y + 22
    yield draw.arrow([(customer.x - 6, y), (supplier.right + 6, y)], stroke=p.muted, thick=1.5, dashes="6 4")
    yield from _information(sheet, middle, y)
    yield from _outsider(sheet, supplier, "Supplier", sheet.analysis.stream.start, "start")
    yield from _outsider(sheet, customer, "Customer", sheet.analysis.stream.end, "end")


def _information(sheet: Sheet, middle: float, y: float) -> Iterator[str]:
    p, label = sheet.palette, words.requests(sheet.analysis)
    width = text_width(label, words.TEXT_SIZE) + 28
    yield draw.rect(middle - width / 2, y - 14, width, 28, fill=p.surface, stroke=p.muted, round_=4)
    yield draw.text(middle, y + 4.5, label, size=words.TEXT_SIZE, fill=p.ink, anchor="middle")


def _outsider(sheet: Sheet, icon: Rect, role: str, known_as: str | None, anchor: str) -> Iterator[str]:
    p = sheet.palette
    x = icon.right + 10 if anchor == "start" else icon.x - 10
    yield draw.factory(icon.x, icon.y, icon.width, icon.height, p)
    yield draw.text(x, icon.y + 41, role, size=words.NAME_SIZE, fill=p.ink, anchor=anchor, bold=True)
    if known_as:
        room = sheet.layout.width / 2 - icon.width - 60
        name = shortened(clean(known_as), room, words.TEXT_SIZE)
        yield draw.text(x, icon.y + 57, name, size=words.TEXT_SIZE, fill=p.muted, anchor=anchor)


def _ways_between_rows(sheet: Sheet) -> Iterator[str]:
    """Draw how work comes in from the supplier, goes from row to row and leaves to the customer."""
    layout, stroke = sheet.layout, sheet.palette.muted
    start = [(layout.left_lane, layout.supplier.bottom)]
    for row in layout.rows:
        first = row.steps[0]
        way = [*start, (layout.left_lane, row.flow), (first.x, row.flow)]
        pointed = first.fork is None and not sheet.waits_before
        yield draw.arrow(way, stroke=stroke) if pointed else draw.line(way, stroke=stroke)
        turn = row.bottom + 14
        start = [(row.steps[-1].right, row.flow), (row.exit, row.flow), (row.exit, turn), (layout.left_lane, turn)]
    last = layout.rows[-1]
    out = [
        (last.steps[-1].right, last.flow),
        (layout.right_lane, last.flow),
        (layout.right_lane, layout.customer.bottom),
    ]
    yield draw.arrow(out, stroke=stroke)


def _links(sheet: Sheet, step: StepPlace, row: Row) -> Iterator[str]:
    """Draw the lines that part before parallel stages and come together behind them."""
    if step.fork is None or step.join is None:
        return
    stroke, before = sheet.palette.muted, sheet.waits_before
    lowest = max(box.flow for box in step.boxes)
    yield draw.line([(step.x, row.flow), (step.fork, row.flow)], stroke=stroke)
    yield draw.line([(step.fork, row.flow), (step.fork, lowest)], stroke=stroke)
    yield draw.line([(step.join, row.flow), (step.join, lowest)], stroke=stroke)
    for box in step.boxes:
        inner = box.zone.x if before else box.box.x
        outer = box.box.right if before else box.zone.right
        way = [(step.fork, box.flow), (inner, box.flow)]
        yield draw.line(way, stroke=stroke) if before else draw.arrow(way, stroke=stroke)
        yield draw.line([(outer, box.flow), (step.join, box.flow)], stroke=stroke)
    out = [(step.join, row.flow), (step.right, row.flow)]
    yield draw.line(out, stroke=stroke)
