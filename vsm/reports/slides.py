"""Subject -> a PowerPoint file with one slide for each thing to talk about; tables and the chart can be edited."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pandas as pd
from pptx import Presentation
from pptx.chart.data import ChartData

from vsm.analysis import Analysis
from vsm.charts.picture import Picture, unit_for
from vsm.charts.value_stream_map import row_width_for
from vsm.model import Definitions
from vsm.reports.content import Content, content_of, map_of
from vsm.reports.future_shown import ShownFuture
from vsm.reports.office import LANGUAGE, LONGEST_PROPERTY, NO_DATE, without_times
from vsm.reports.slide_parts import Deck, Place
from vsm.reports.slide_room import Grid, cut, divided, filled, text_height
from vsm.reports.told import Told
from vsm.subject import Subject
from vsm.wording import count, listed

_STACKED = ("Processing time (h)", "Wait time (h)", "Time, not divided (h)")
_MOST_BARS = 15
_MOST_FIGURES = 8
_MOST_SENTENCES = 4
_MOST_ROWS, _MOST_COLUMNS = 9, 6
"""Of a table that a part of the report begins with."""
_PLAN_WIDTHS = {"Saves": 1.1, "Owner": 1.5, "Due": 1.3, "Measure": 2.4, "Target": 1.6, "Effort": 1.0}
"""Inches of the columns of the plan behind the changes themselves."""
_PLACE = Place(0.6, 1.15, 12.1, 5.8)
"""Of everything between title and foot of a slide."""
_MORE = 0.4
"""Inches for the line that says what is left out."""
_TOLD = 2.6
"""Inches for the sentences of a part, above its table."""
_STAGE_COLUMNS, _ROWS_ON_A_SLIDE, _MOST_STAGE_SLIDES, _MOST_PLAN_SLIDES = 7, 16, 3, 3
_SENTENCE = 300
"""Characters of a sentence on a slide; a longer one is cut, and the other reports have it whole."""
_CELL = 150


def slides_report(subject: Subject) -> bytes:
    """Write slides of 16 to 9: headline figures, map, bottleneck, suggestions, what is planned, and what changed."""
    content = content_of(subject)
    deck = Deck(Presentation(), content.branding, content.title)
    _set_properties(deck, content)
    _headline(deck, content)
    _map(deck, "Value stream map", subject.analysis)
    _stages(deck, content)
    _bottleneck(deck, content, subject.analysis.stream.definitions)
    _suggestions(deck, content)
    if content.planned is not None and subject.future is not None:
        _future(deck, content.planned.words)
        _map(deck, "Map of the future state", subject.future.future, subject.analysis)
        _plan(deck, content.planned.words)
    for told in content.told:
        _told(deck, told)
    out = BytesIO()
    deck.file.save(out)
    return without_times(out)


def _set_properties(deck: Deck, content: Content) -> None:
    properties = deck.file.core_properties
    properties.title = cut(content.title, LONGEST_PROPERTY)
    properties.subject = cut(content.lead, LONGEST_PROPERTY)
    properties.author = cut(content.branding.organisation, LONGEST_PROPERTY)
    properties.last_modified_by = ""
    properties.language = LANGUAGE
    properties.created = properties.modified = NO_DATE


def _headline(deck: Deck, content: Content) -> None:
    slide = deck.slide(content.title)
    left = slide.words([content.lead], _PLACE, size=14, muted=True, most=160)
    left = slide.words(content.findings, Place(left.left, left.top, left.width, 2.3), size=15, most=_SENTENCE)
    rows = [(f.label, f.value, cut(f.sentence, 130)) for f in content.figures[:_MOST_FIGURES]]
    room = _PLACE.top + _PLACE.height - left.top
    slide.table(filled(Grid(("Figure", "Value", "What it says"), rows, (2.6, 2.0, 7.5)), room, len(rows))[0], left)


def _map(deck: Deck, title: str, analysis: Analysis, was: Analysis | None = None) -> None:
    """Draw a map with so many stages in a row that its letters are as large as the slide allows."""
    place = Place(0.6, 1.1, 12.1, 5.8)
    drawn = map_of(analysis, was, widest_row=row_width_for(analysis, was, place.width, place.height))
    deck.slide(title).drawing(drawn.svg, drawn.description, place)


def _stages(deck: Deck, content: Content) -> None:
    """Write the figures of the stages, as far as they fit, as tables that can be read from the back of a room."""
    shown, shares = content.stages, (4.0, *[8.1 / (_STAGE_COLUMNS - 1)] * (_STAGE_COLUMNS - 1))
    labels = [cut(label, 40) for label in shown.labels[:_STAGE_COLUMNS]]
    rows = [tuple(cut(cell, 60) for cell in row[:_STAGE_COLUMNS]) for row in shown.rows]
    more = ("more stage is", "more stages are")
    _tables(deck, "Stages", Grid(labels, rows, shares[: len(labels)]), more, most_slides=_MOST_STAGE_SLIDES)


def _tables(
    deck: Deck,
    title: str,
    grid: Grid,
    others: tuple[str, str],
    *,
    most_slides: int,
    opening: str = "",
    left_out: int = 0,
) -> None:
    """Write a table on as many slides as it needs, up to a number of them, and say how many rows there are besides."""
    left = _PLACE.below(text_height(opening, _PLACE.width, 14) + 0.3) if opening else _PLACE
    parts = divided(grid, left.height - _MORE, _ROWS_ON_A_SLIDE)
    shown = parts[:most_slides]
    for number, part in enumerate(shown, start=1):
        slide = deck.slide(title + (f" ({number} of {len(shown)})" if len(shown) > 1 else ""))
        if opening:
            slide.words([opening], _PLACE, size=14, muted=True, most=len(opening))
        slide.table(part, left)
    more = left_out + sum(len(part.rows) for part in parts[most_slides:])
    if more:
        words = f"{count(more, *others)} in the other reports."
        slide.words([words], Place(_PLACE.left, 6.55, _PLACE.width, _MORE), size=14, muted=True)


def _bottleneck(deck: Deck, content: Content, definitions: Definitions) -> None:
    slide = deck.slide(f"Bottleneck: {content.verdict_title}")
    times = next((p for charts in content.charts for p in charts.pictures if p.key == "time_per_stage"), None)
    wide = 12.1 if times is None else 4.6
    said = content.verdict_sentences
    slide.words(said, Place(0.6, 1.2, wide, 5.6), size=16, most=_SENTENCE, lines=_MOST_SENTENCES)
    if times is not None:
        data, unit, left_out = _bars(times, definitions)
        title = f"{times.title} ({unit.lower()})" + (f", the {_MOST_BARS} longest; {left_out}" if left_out else "")
        slide.chart(data, title, cut(times.sentence, 500), Place(5.4, 1.2, 7.4, 5.7))


def _bars(times: Picture, definitions: Definitions) -> tuple[Any, str, str]:
    """Return the times of the stages, in flow order, with their unit and how many shorter ones are left out."""
    table = times.data
    hours = [label for label in map(str, table.columns) if label in _STACKED]
    total = table[hours].sum(axis=1)
    longest = total.nlargest(_MOST_BARS).index.sort_values()
    unit = unit_for(total, definitions)
    data: Any = ChartData(number_format="0.0")  # type: ignore[no-untyped-call]
    data.categories = [f"{place + 1}. {cut(str(table.iloc[place, 0]), 30)}" for place in longest]
    for label in hours:
        values = [None if pd.isna(table[label][place]) else table[label][place] / unit.hours for place in longest]
        data.add_series(label.removesuffix(" (h)"), values)
    others = len(table) - len(longest)
    return data, unit.title, f"{count(others, 'shorter one is', 'shorter ones are')} not shown" if others else ""


def _suggestions(deck: Deck, content: Content) -> None:
    if not content.suggestions:
        deck.slide("Suggestions").words([content.suggestions_sentence], _PLACE, size=14, most=_SENTENCE)
        return
    rows = [(cut(w.title, _CELL), cut(w.saves, _CELL), cut(w.first_step, _CELL)) for w in content.suggestions]
    grid = Grid(("What to do", "Saves", "First step"), rows, (4.6, 2.9, 4.6))
    more, opening = ("more is", "more are"), content.suggestions_sentence
    _tables(deck, "Suggestions", grid, more, most_slides=2, opening=opening, left_out=len(content.further))


def _future(deck: Deck, words: ShownFuture) -> None:
    slide = deck.slide("The future state")
    grid = Grid(words.gains.labels, words.gains.rows, (3.4, 2.6, 2.6, 3.5))
    said = (*words.warnings, words.gain, words.bottleneck, *words.worth)
    place = Place(_PLACE.left, _PLACE.top, _PLACE.width, _PLACE.height - grid.height)
    slide.table(grid, slide.words(said, place, size=14, most=300))


def _plan(deck: Deck, words: ShownFuture) -> None:
    rows = [tuple(cut(cell, _CELL if i == 0 else 90) for i, cell in enumerate(row)) for row in words.plan.rows]
    labels = words.plan.labels
    others = sum(_PLAN_WIDTHS[label] for label in labels[1:])
    widths = (12.1 - others, *(_PLAN_WIDTHS[label] for label in labels[1:]))
    more = ("more change is", "more changes are")
    _tables(deck, f"Plan: {words.name}", Grid(labels, rows, widths), more, most_slides=_MOST_PLAN_SLIDES)


def _told(deck: Deck, told: Told) -> None:
    """Write the first sentences of a part and the end of its first table, whose last rows are the latest."""
    slide = deck.slide(told.title)
    place = Place(_PLACE.left, _PLACE.top, _PLACE.width, _TOLD)
    left = slide.words(told.sentences, place, size=14, most=_SENTENCE, lines=_MOST_SENTENCES)
    _, table = told.tables[0]
    labels = table.labels[:_MOST_COLUMNS]
    rows = [tuple(cut(cell, 40) for cell in row[:_MOST_COLUMNS]) for row in table.rows]
    widths = (12.1 / len(labels),) * len(labels)
    room = _PLACE.top + _PLACE.height - left.top
    last = filled(Grid(labels, rows[-_MOST_ROWS:][::-1], widths), room - _MORE, _MOST_ROWS)[0]
    slide.table(Grid(labels, last.rows[::-1], widths), left)
    more = [count(len(rows) - len(last.rows), "row")] if len(rows) > len(last.rows) else []
    more += [count(len(table.labels) - len(labels), "column")] if len(table.labels) > len(labels) else []
    if more:
        words = f"The other reports have {listed(more)} more."
        slide.words([words], Place(_PLACE.left, 6.55, _PLACE.width, _MORE), size=14, muted=True)
