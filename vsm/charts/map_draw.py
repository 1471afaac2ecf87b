"""A laid-out value stream map -> SVG, part by part: head, flow, stages, queues, timeline, totals."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from math import sqrt

from vsm.analysis import Analysis
from vsm.charts import map_shapes as draw
from vsm.charts import map_words as words
from vsm.charts.map_layout import (
    DATA_HEIGHT,
    NAME_LINE,
    PEOPLE_HEIGHT,
    ZONE_WIDTH,
    MapLayout,
    Rect,
    Row,
    StageBox,
    StepPlace,
)
from vsm.charts.map_text import clean, shortened, text_width, wrapped
from vsm.durations import hours_in_words
from vsm.model import WaitSide
from vsm.palette import TEAM_COLOURS, Palette, text_on
from vsm.wording import number

TITLE_SIZE = 21.0
SUBTITLE_SIZE = 14.0
_SMALLEST_TRIANGLE, _LARGEST_TRIANGLE = 18.0, 42.0


class MapDrawing:
    """Draws one analysis in one palette on one layout; each method returns a piece of SVG."""

    def __init__(
        self, analysis: Analysis, layout: MapLayout, palette: Palette, *, teams: bool, focusable: bool
    ) -> None:
        self.analysis = analysis
        self.layout = layout
        self.palette = palette
        self.focusable = focusable
        self.team_colours = _team_colours(analysis) if teams else {}
        self.longest_wait = max((q.wait_time for q in analysis.queues), default=0.0)
        said = (hours_in_words(q.wait_time, analysis.stream.definitions) for q in analysis.queues)
        self.narrow = any(text_width(s, words.TEXT_SIZE, bold=True) > ZONE_WIDTH - 4 for s in said)

    def parts(self) -> Iterator[str]:
        """Yield the whole map from back to front."""
        yield draw.rect(0, 0, self.layout.width, self.layout.height, fill=self.palette.surface)
        yield from self._head()
        yield from self._ways_between_rows()
        for row in self.layout.rows:
            yield from self._timeline(row)
            for step in row.steps:
                yield from self._links(step, row)
                for box in step.boxes:
                    yield self._queue(box)
                    yield self._stage(box)
        yield from self._totals()

    def _head(self) -> Iterator[str]:
        layout, p = self.layout, self.palette
        middle, supplier, customer = layout.width / 2, layout.supplier, layout.customer
        room = layout.width - 2 * supplier.x
        title = shortened(words.title(self.analysis), room, TITLE_SIZE, bold=True)
        yield draw.text(middle, 38, title, size=TITLE_SIZE, fill=p.ink, anchor="middle", bold=True)
        subtitle = shortened(words.subtitle(self.analysis), room, SUBTITLE_SIZE)
        if subtitle:
            yield draw.text(middle, 60, subtitle, size=SUBTITLE_SIZE, fill=p.muted, anchor="middle")
        y = supplier.y + 22
        yield draw.arrow([(customer.x - 6, y), (supplier.right + 6, y)], stroke=p.muted, thick=1.5, dashes="6 4")
        yield from self._information(middle, y)
        yield from self._outsider(supplier, "Supplier", self.analysis.stream.start, "start")
        yield from self._outsider(customer, "Customer", self.analysis.stream.end, "end")

    def _information(self, middle: float, y: float) -> Iterator[str]:
        p, label = self.palette, words.requests(self.analysis)
        width = text_width(label, words.TEXT_SIZE) + 28
        yield draw.rect(middle - width / 2, y - 14, width, 28, fill=p.surface, stroke=p.muted, round_=4)
        yield draw.text(middle, y + 4.5, label, size=words.TEXT_SIZE, fill=p.ink, anchor="middle")

    def _outsider(self, icon: Rect, role: str, known_as: str | None, anchor: str) -> Iterator[str]:
        p = self.palette
        x = icon.right + 10 if anchor == "start" else icon.x - 10
        yield draw.factory(icon.x, icon.y, icon.width, icon.height, p)
        yield draw.text(x, icon.y + 41, role, size=words.NAME_SIZE, fill=p.ink, anchor=anchor, bold=True)
        if known_as:
            room = self.layout.width / 2 - icon.width - 60
            name = shortened(clean(known_as), room, words.TEXT_SIZE)
            yield draw.text(x, icon.y + 57, name, size=words.TEXT_SIZE, fill=p.muted, anchor=anchor)

    def _ways_between_rows(self) -> Iterator[str]:
        """Draw how work comes in from the supplier, goes from row to row and leaves to the customer."""
        layout, stroke = self.layout, self.palette.muted
        start = [(layout.left_lane, layout.supplier.bottom)]
        for row in layout.rows:
            first = row.steps[0]
            way = [*start, (layout.left_lane, row.flow), (first.x, row.flow)]
            pointed = first.fork is None and not self._waits_before
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

    @property
    def _waits_before(self) -> bool:
        return self.analysis.stream.definitions.wait is WaitSide.BEFORE

    def _links(self, step: StepPlace, row: Row) -> Iterator[str]:
        """Draw the lines that part before parallel stages and come together behind them."""
        if step.fork is None or step.join is None:
            return
        stroke, before = self.palette.muted, self._waits_before
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

    def _queue(self, box: StageBox) -> str:
        p, zone = self.palette, box.zone
        wait = self.analysis.stages[box.index].stage.wait_time
        verdict = self.analysis.bottleneck
        worst = verdict.queue is not None and verdict.queue.stated_by == box.index
        parts = [draw.hint(words.queue_label(self.analysis, box.index))]
        if self.team_colours and words.crosses_teams(self.analysis, box.index):
            parts.append(
                draw.line([(zone.middle, zone.y - 20), (zone.middle, zone.bottom)], stroke=p.ink, dashes="2 4")
            )
        if wait:
            share = sqrt(wait / self.longest_wait)
            width = _SMALLEST_TRIANGLE + share * (_LARGEST_TRIANGLE - _SMALLEST_TRIANGLE)
            stroke, thick = (p.attention, 2.5) if worst else (p.waiting, 1.5)
            parts.append(
                draw.triangle(zone.middle, zone.y + 42, width, fill=p.waiting_tint, stroke=stroke, thick=thick)
            )
        parts.extend(self._wait_words(zone, wait))
        parts.append(draw.push_arrow(zone.x + 6, zone.right - 6, box.flow, p))
        return f'<g class="queue" data-stage="{box.index}">{"".join(parts)}</g>'

    def _wait_words(self, zone: Rect, wait: float | None) -> Iterator[str]:
        """Write the wait under its triangle; days on two lines everywhere once they are too wide for one anywhere."""
        p, size = self.palette, words.TEXT_SIZE
        said = words.short_hours(wait, self.analysis.stream.definitions, 70) or words.NOT_MEASURED
        number_, _, unit = said.partition(" ")
        lines = [number_, unit] if self.narrow and unit == "days" else [said]
        fill = p.waiting_text if wait else p.muted
        for i, words_ in enumerate(lines):
            y = zone.y + (58 if len(lines) > 1 else 65 if self.narrow else 62) + 14 * i
            yield draw.text(zone.middle, y, words_, size=size, fill=fill, anchor="middle", bold=True)

    def _stage(self, box: StageBox) -> str:
        label = words.stage_label(self.analysis, box.index)
        keys = f' tabindex="0" role="button" aria-label="{escape(label)}"' if self.focusable else ""
        body = [draw.hint(label), *self._process_box(box), *self._data_box(box), *self._band(box), *self._burst(box)]
        ring = box.box
        body.append(
            f'<rect class="ring" x="{draw.num(ring.x - 4)}" y="{draw.num(ring.y - 4)}"'
            f' width="{draw.num(ring.width + 8)}" height="{draw.num(ring.height + 8)}" rx="7" fill="none"/>'
        )
        return f'<g class="stage" data-stage="{box.index}"{keys}>{"".join(body)}</g>'

    def _process_box(self, box: StageBox) -> Iterator[str]:
        p, outer = self.palette, box.box
        accused = box.index in self.analysis.bottleneck.stages
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
        yield from self._people(box)

    def _people(self, box: StageBox) -> Iterator[str]:
        p, stage = self.palette, self.analysis.stages[box.index].stage
        y = box.box.y + box.header + (PEOPLE_HEIGHT - 18) / 2
        said = "" if stage.people is None else f"× {number(stage.people)}"
        team = "" if stage.team is None or self.team_colours else clean(stage.team)
        beside = shortened(" · ".join(part for part in (said, team) if part), box.box.width - 46, words.TEXT_SIZE)
        width = 22 + (6 + text_width(beside, words.TEXT_SIZE) if beside else 0)
        x = box.box.middle - width / 2
        yield draw.person(x, y, p)
        if beside:
            yield draw.text(x + 28, y + 14, beside, size=words.TEXT_SIZE, fill=p.ink)

    def _data_box(self, box: StageBox) -> Iterator[str]:
        p, x, right = self.palette, box.box.x, box.box.right
        y = box.box.y + box.header + PEOPLE_HEIGHT
        labels = words.data_labels(self.analysis)
        for label, value in zip(labels, words.data_values(self.analysis, box.index), strict=True):
            yield draw.line([(x, y), (right, y)], stroke=p.line, thick=0.8)
            yield draw.text(x + 8, y + 15.5, label, size=words.TEXT_SIZE, fill=p.muted)
            yield draw.text(right - 8, y + 15.5, value, size=words.TEXT_SIZE, fill=p.ink, anchor="end", bold=True)
            y += DATA_HEIGHT

    def _band(self, box: StageBox) -> Iterator[str]:
        if box.band is None:
            return
        band, team = box.band, self.analysis.stages[box.index].stage.team
        if team is None:
            yield draw.text(
                band.middle,
                band.y + 14,
                "no team stated",
                size=words.TEXT_SIZE,
                fill=self.palette.muted,
                anchor="middle",
            )
            return
        colour = self.team_colours[team]
        yield draw.rect(band.x, band.y, band.width, band.height - 3, fill=colour, round_=3)
        name = shortened(clean(team), band.width - 12, words.TEXT_SIZE)
        yield draw.text(band.middle, band.y + 14, name, size=words.TEXT_SIZE, fill=text_on(colour), anchor="middle")

    def _burst(self, box: StageBox) -> Iterator[str]:
        if box.burst is None:
            return
        place, p = box.burst, self.palette
        middle = place.y + place.height / 2
        yield f'<g class="burst">{draw.burst(place.middle, middle, place.width, place.height, p)}'
        said = words.burst_words(self.analysis).split(" ")
        for i, word in enumerate(said):
            y = middle + 4.5 + 14 * i - 7 * (len(said) - 1)
            yield draw.text(
                place.middle, y, word, size=words.TEXT_SIZE, fill=p.attention_text, anchor="middle", bold=True
            )
        yield "</g>"

    def _timeline(self, row: Row) -> Iterator[str]:
        """Draw the ladder: up where an item waits, down where it is worked on, along the longest branches."""
        p, up, down = self.palette, row.ladder_up, row.ladder_down
        pieces = [piece for step in row.steps for piece in self._rungs(step)]
        last = None
        for start, end, waiting, _ in pieces:
            level, colour = (up, p.waiting) if waiting else (down, p.processing)
            if last is not None:
                yield draw.line([(start, up), (start, down)], stroke=p.line, thick=1.5)
            yield draw.line([(start, level), (end, level)], stroke=colour, thick=3)
            last = end
        for start, end, waiting, said in pieces:
            y, fill = (up - 8, p.waiting_text) if waiting else (down + 17, p.processing_text)
            yield draw.text((start + end) / 2, y, said, size=words.NAME_SIZE, fill=fill, anchor="middle", bold=True)
        yield from (self._branch_name(step, row) for step in row.steps if len(step.boxes) > 1)

    def _rungs(self, step: StepPlace) -> list[tuple[float, float, bool, str]]:
        """Return (start, end, waiting, words) of a step's two pieces of the timeline, from left to right."""
        definitions = self.analysis.stream.definitions
        box = next(b for b in step.boxes if self.analysis.stages[b.index].on_critical_path)
        stage = self.analysis.stages[box.index].stage
        wait = words.short_hours(stage.wait_time, definitions, 120) or words.NOT_MEASURED
        work = words.short_hours(stage.processing_time, definitions, 120) or words.NOT_MEASURED
        if self._waits_before:
            return [(step.x, box.box.x, True, wait), (box.box.x, step.right, False, work)]
        return [(step.x, box.box.right, False, work), (box.box.right, step.right, True, wait)]

    def _branch_name(self, step: StepPlace, row: Row) -> str:
        box = next(b for b in step.boxes if self.analysis.stages[b.index].on_critical_path)
        name = shortened(clean(self.analysis.stages[box.index].name), box.box.width - 14, words.TEXT_SIZE)
        return draw.text(
            box.box.middle,
            row.ladder_down + 17 + NAME_LINE,
            name,
            size=words.TEXT_SIZE,
            fill=self.palette.muted,
            anchor="middle",
        )

    def _totals(self) -> Iterator[str]:
        p, place = self.palette, self.layout.totals
        figures = words.totals(self.analysis)
        colours = (p.ink, p.waiting_text, p.processing_text, p.ink)
        width = place.width / len(figures)
        yield draw.rect(place.x, place.y, place.width, place.height, fill=p.panel, round_=6)
        for i, ((label, value), colour) in enumerate(zip(figures, colours, strict=True)):
            x = place.x + width * i + 18
            yield draw.text(x, place.y + 22, label, size=words.TEXT_SIZE, fill=p.muted)
            said = shortened(value, width - 22, 18, bold=True)
            yield draw.text(x, place.y + 45, said, size=18, fill=colour, bold=True)
        for i, note in enumerate(foot_lines(self.analysis, teams=bool(self.team_colours), width=place.width)):
            yield draw.text(place.x + 2, place.bottom + 22 + 18 * i, note, size=words.TEXT_SIZE, fill=p.muted)


def foot_lines(analysis: Analysis, *, teams: bool, width: float) -> tuple[str, ...]:
    """Break the notes under the totals into lines of `width`."""
    return tuple(
        line for note in words.notes(analysis, teams=teams) for line in wrapped(note, width, words.TEXT_SIZE, lines=4)
    )


def _team_colours(analysis: Analysis) -> dict[str, str]:
    """Give each team a colour in the order in which work meets them; after the last one they start again."""
    teams = dict.fromkeys(s.stage.team for s in analysis.stages if s.stage.team is not None)
    return {team: TEAM_COLOURS[i % len(TEAM_COLOURS)] for i, team in enumerate(teams)}
