"""One stage of a value stream map -> SVG: its queue, process box, data box, team and burst."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from math import sqrt

from vsm.bottlenecks import Kind
from vsm.charts import map_before as before
from vsm.charts import map_shapes as draw
from vsm.charts import map_words as words
from vsm.charts.map_layout import DATA_HEIGHT, NAME_LINE, PEOPLE_HEIGHT, Rect, StageBox
from vsm.charts.map_sheet import Sheet
from vsm.charts.map_text import clean, shortened, text_width
from vsm.palette import text_on
from vsm.wording import number

_SMALLEST_TRIANGLE, _LARGEST_TRIANGLE = 18.0, 42.0
_BAR_PITCH = 6.0
"""From one bar on a team's band to the next."""


def queue(sheet: Sheet, box: StageBox) -> str:
    """Draw the queue that a stage states: triangle, wait and push arrow, where the queue really is."""
    p, zone = sheet.palette, box.zone
    wait = sheet.analysis.stages[box.index].stage.wait_time
    worst = _is_to_blame(sheet, box.index)
    parts = [draw.hint(words.queue_label(sheet.analysis, box.index))]
    if sheet.team_marks and words.crosses_teams(sheet.analysis, box.index):
        for top, bottom in ((zone.y - 22, zone.y + 2), (box.flow + 14, zone.bottom)):
            parts.append(draw.line([(zone.middle, top), (zone.middle, bottom)], stroke=p.ink, dashes="5 4"))
    if wait:
        share = sqrt(wait / sheet.longest_wait)
        width = _SMALLEST_TRIANGLE + share * (_LARGEST_TRIANGLE - _SMALLEST_TRIANGLE)
        stroke, thick = (p.attention, 2.5) if worst else (p.waiting, 1.5)
        parts.append(draw.triangle(zone.middle, zone.y + 42, width, fill=p.waiting_tint, stroke=stroke, thick=thick))
    parts.extend(_wait_words(sheet, zone, wait))
    parts.extend(before.wait_before(sheet, box))
    parts.append(draw.push_arrow(zone.x + 6, zone.right - 6, box.flow, p))
    return f'<g class="queue" data-stage="{box.index}">{"".join(parts)}</g>'


def _is_to_blame(sheet: Sheet, index: int) -> bool:
    """Whether the queue that stage `index` states is what the verdict rests on: the longest, and clearly so."""
    verdict = sheet.analysis.bottleneck
    if verdict.kind is Kind.NONE or verdict.queue is None or verdict.queue.stated_by != index:
        return False
    return verdict.stages == verdict.queue.waits_for


def _wait_words(sheet: Sheet, zone: Rect, wait: float | None) -> Iterator[str]:
    """Write the wait under its triangle; days on two lines everywhere once they are too wide for one anywhere."""
    p, size = sheet.palette, words.TEXT_SIZE
    said = words.short_hours(wait, sheet.analysis.stream.definitions, 76) or words.NOT_MEASURED
    number_, _, unit = said.partition(" ")
    lines = [number_, unit] if sheet.narrow and unit == "days" else [said]
    fill = p.waiting_text if wait else p.muted
    for i, words_ in enumerate(lines):
        y = zone.y + (58 if len(lines) > 1 else 65 if sheet.narrow else 62) + 14 * i
        yield draw.text(zone.middle, y, words_, size=size, fill=fill, anchor="middle", bold=True)


def stage(sheet: Sheet, box: StageBox) -> str:
    """Draw a stage as one group that keys reach: process box, data box, team and burst."""
    label = words.stage_label(sheet.analysis, box.index)
    keys = f' tabindex="0" role="button" aria-label="{escape(label)}"' if sheet.focusable else ""
    body = [
        draw.hint(label),
        *_process_box(sheet, box),
        *before.mark_new(sheet, box),
        *_data_box(sheet, box),
        *_band(sheet, box),
        *_burst(sheet, box),
    ]
    top = box.box.y if box.band is None else box.band.y
    ring = Rect(box.box.x, top, box.box.width, box.box.bottom - top)
    body.append(
        f'<rect class="ring" x="{draw.num(ring.x - 4)}" y="{draw.num(ring.y - 4)}"'
        f' width="{draw.num(ring.width + 8)}" height="{draw.num(ring.height + 8)}" rx="7" fill="none"/>'
    )
    return f'<g class="stage" data-stage="{box.index}"{keys}>{"".join(body)}</g>'


def _process_box(sheet: Sheet, box: StageBox) -> Iterator[str]:
    p, outer = sheet.palette, box.box
    accused = box.index in sheet.analysis.bottleneck.stages
    fill, letters = (p.attention, p.on_attention) if accused else (p.processing, p.on_processing)
    yield draw.rect(
        outer.x,
        outer.y,
        outer.width,
        outer.height,
        fill=p.surface,
        stroke=fill,
        thick=2.5 if accused else 1.5,
        round_=4,
    )
    yield (
        f'<path d="M{draw.num(outer.x)} {draw.num(outer.y + box.header)}v-{draw.num(box.header - 4)}a4 4 0 0 1 4-4'
        f'h{draw.num(outer.width - 8)}a4 4 0 0 1 4 4v{draw.num(box.header - 4)}z" fill="{fill}"/>'
    )
    y = outer.y + box.header / 2 - NAME_LINE * (len(box.name_lines) - 1) / 2 + 4.5
    for i, name in enumerate(box.name_lines):
        yield draw.text(
            outer.middle, y + NAME_LINE * i, name, size=words.NAME_SIZE, fill=letters, anchor="middle", bold=True
        )
    yield from _people(sheet, box)


def _people(sheet: Sheet, box: StageBox) -> Iterator[str]:
    p, stage = sheet.palette, sheet.analysis.stages[box.index].stage
    y = box.box.y + box.header + (PEOPLE_HEIGHT - 18) / 2
    said = "" if stage.people is None else f"× {number(stage.people)}"
    team = "" if stage.team is None or sheet.team_marks else clean(stage.team)
    beside = shortened(" · ".join(part for part in (said, team) if part), box.box.width - 46, words.TEXT_SIZE)
    width = 22 + (6 + text_width(beside, words.TEXT_SIZE) if beside else 0)
    x = box.box.middle - width / 2
    yield draw.person(x, y, p)
    if beside:
        yield draw.text(x + 28, y + 14, beside, size=words.TEXT_SIZE, fill=p.ink)


def _data_box(sheet: Sheet, box: StageBox) -> Iterator[str]:
    p, x, right = sheet.palette, box.box.x, box.box.right
    y = box.box.y + box.header + PEOPLE_HEIGHT
    stage, definitions = sheet.analysis.stages[box.index], sheet.analysis.stream.definitions
    values = words.data_values(stage, sheet.labels, definitions)
    for label, value, was in zip(sheet.labels, values, before.values_before(sheet, box.index), strict=True):
        yield draw.line([(x, y), (right, y)], stroke=p.line, thick=0.8)
        yield draw.text(x + 7, y + 15.5, label, size=words.TEXT_SIZE, fill=p.muted)
        if was is not None:
            yield from before.mark_value(sheet, box, y, label, value, was)
        yield draw.text(right - 7, y + 15.5, value, size=words.TEXT_SIZE, fill=p.ink, anchor="end", bold=True)
        y += DATA_HEIGHT


def _band(sheet: Sheet, box: StageBox) -> Iterator[str]:
    if box.band is None:
        return
    band, team = box.band, sheet.analysis.stages[box.index].stage.team
    if team is None:
        yield draw.text(
            band.middle,
            band.y + 14,
            "no team stated",
            size=words.TEXT_SIZE,
            fill=sheet.palette.muted,
            anchor="middle",
        )
        return
    colour, bars = sheet.team_marks[team]
    height, letters = band.height - 3, text_on(colour)
    yield draw.rect(band.x, band.y, band.width, height, fill=colour, stroke=sheet.palette.muted, thick=0.8, round_=3)
    for i in range(bars):
        for x in (band.x + 5 + _BAR_PITCH * i, band.right - 8 - _BAR_PITCH * i):
            yield draw.rect(x, band.y, 3, height, fill=letters)
    name = shortened(clean(team), band.width - 12 - 2 * _BAR_PITCH * bars, words.TEXT_SIZE)
    yield draw.text(band.middle, band.y + 14, name, size=words.TEXT_SIZE, fill=letters, anchor="middle")


def _burst(sheet: Sheet, box: StageBox) -> Iterator[str]:
    if box.burst is None:
        return
    place, p = box.burst, sheet.palette
    middle = place.y + place.height / 2
    yield f'<g class="burst">{draw.burst(place.middle, middle, place.width, place.height, p)}'
    said = words.burst_words(sheet.analysis).split(" ")
    for i, word in enumerate(said):
        y = middle + 4.5 + 14 * i - 7 * (len(said) - 1)
        yield draw.text(place.middle, y, word, size=words.TEXT_SIZE, fill=p.attention_text, anchor="middle", bold=True)
    yield "</g>"
