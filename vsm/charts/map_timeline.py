"""The foot of a value stream map -> SVG: the timeline under each row, the totals at its end, the notes."""

from __future__ import annotations

from collections.abc import Iterator

from vsm.analysis import Analysis
from vsm.charts import map_shapes as draw
from vsm.charts import map_words as words
from vsm.charts.map_before import WAS_SIZE, gone, totals_before
from vsm.charts.map_layout import BOX_WIDTH, NAME_LINE, Row, StepPlace
from vsm.charts.map_sheet import Sheet
from vsm.charts.map_text import clean, shortened, text_width, wrapped


def timeline(sheet: Sheet, row: Row) -> Iterator[str]:
    """Draw the ladder: up where an item waits, down where it is worked on, along the longest branches."""
    p, up, down = sheet.palette, row.ladder_up, row.ladder_down
    pieces = [piece for step in row.steps for piece in _rungs(sheet, step)]
    # Blue is work; where nothing tells work from waiting, the line is neither.
    undivided = any(s.stage.undivided_time is not None for s in sheet.analysis.stages)
    work, work_text = (p.muted, p.ink) if undivided else (p.processing, p.processing_text)
    last = None
    for start, end, waiting, _ in pieces:
        level, colour = (up, p.waiting) if waiting else (down, work)
        if last is not None:
            yield draw.line([(start, up), (start, down)], stroke=p.line, thick=1.5)
        yield draw.line([(start, level), (end, level)], stroke=colour, thick=3)
        last = end
    for start, end, waiting, said in pieces:
        y, fill = (up - 8, p.waiting_text) if waiting else (down + 17, work_text)
        yield draw.text((start + end) / 2, y, said, size=words.NAME_SIZE, fill=fill, anchor="middle", bold=True)
    yield from (_branch_name(sheet, step, row) for step in row.steps if len(step.boxes) > 1)


def _rungs(sheet: Sheet, step: StepPlace) -> list[tuple[float, float, bool, str]]:
    """Return (start, end, waiting, words) of a step's pieces of the timeline, from left to right.

    There are two, or one where work and waiting are not told apart.
    """
    definitions = sheet.analysis.stream.definitions
    box = next(b for b in step.boxes if sheet.analysis.stages[b.index].on_critical_path)
    stage = sheet.analysis.stages[box.index].stage
    wait = words.short_hours(stage.wait_time, definitions, 80, size=words.NAME_SIZE) or words.NOT_MEASURED
    work = words.short_hours(stage.processing_time, definitions, BOX_WIDTH, size=words.NAME_SIZE) or words.NOT_MEASURED
    if stage.undivided_time is not None:
        time = words.short_hours(stage.undivided_time, definitions, BOX_WIDTH, size=words.NAME_SIZE)
        return [(step.x, step.right, False, time or words.NOT_MEASURED)]
    if sheet.waits_before:
        return [(step.x, box.box.x, True, wait), (box.box.x, step.right, False, work)]
    return [(step.x, box.box.right, False, work), (box.box.right, step.right, True, wait)]


def _branch_name(sheet: Sheet, step: StepPlace, row: Row) -> str:
    box = next(b for b in step.boxes if sheet.analysis.stages[b.index].on_critical_path)
    name = f"longest: {clean(sheet.analysis.stages[box.index].name)}"
    name = shortened(name, box.box.width + 30, words.TEXT_SIZE)
    return draw.text(
        box.box.middle,
        row.ladder_down + 17 + NAME_LINE,
        name,
        size=words.TEXT_SIZE,
        fill=sheet.palette.muted,
        anchor="middle",
    )


def totals(sheet: Sheet) -> Iterator[str]:
    """Draw the four figures at the end of the timeline, and the notes under them."""
    p, place = sheet.palette, sheet.layout.totals
    width = place.width / 4
    figures = words.totals(sheet.analysis, width=width - 24, size=18)
    colours = (p.ink, p.waiting_text, p.processing_text, p.ink)
    yield draw.rect(place.x, place.y, place.width, place.height, fill=p.panel, round_=6)
    for i, ((label, value), colour, was) in enumerate(zip(figures, colours, totals_before(sheet), strict=True)):
        x = place.x + width * i + 18
        yield draw.text(x, place.y + 22, label, size=words.TEXT_SIZE, fill=p.muted)
        yield draw.text(x, place.y + 45, value, size=18, fill=colour, bold=True)
        beside = x + text_width(value, 18, bold=True) + 8
        if was and beside + text_width(f"was {was}", WAS_SIZE) < place.x + width * (i + 1):
            yield draw.text(beside, place.y + 45, f"was {was}", size=WAS_SIZE, fill=p.muted)
    lines = foot_lines(sheet.analysis, sheet.was, teams=bool(sheet.team_marks), width=place.width)
    for i, note in enumerate(lines):
        yield draw.text(place.x + 2, place.bottom + 22 + 18 * i, note, size=words.TEXT_SIZE, fill=p.muted)


def foot_lines(analysis: Analysis, was: Analysis | None, *, teams: bool, width: float) -> tuple[str, ...]:
    """Break the notes under the totals into lines of `width`."""
    notes = (*words.notes(analysis, teams=teams), *gone(analysis, was))
    return tuple(line for note in notes for line in wrapped(note, width, words.TEXT_SIZE, lines=4))
