"""Subject -> one HTML page that opens offline: no script, no reference to anything outside of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from vsm.advice import suggestion_words
from vsm.analysis import Analysis
from vsm.charts.export import chart_to_svg
from vsm.charts.flow import flow_pictures
from vsm.charts.path_pictures import path_pictures
from vsm.charts.picture import Picture
from vsm.charts.stages import all_pictures
from vsm.charts.value_stream_map import value_stream_map
from vsm.charts.waterfall_picture import waterfall
from vsm.data_words import chosen_words, data_notes
from vsm.future import FutureState
from vsm.headlines import definition_notes, headline_figures
from vsm.method import GLOSSARY, explanations
from vsm.palette import DARK, INK, LIGHT, MUTED, SURFACE, Theme, css_variables
from vsm.reports.future_shown import shown_future
from vsm.reports.shown import shown_stages
from vsm.subject import Subject
from vsm.summary import MOST_SUGGESTIONS, to_measure_next
from vsm.verdicts import findings, verdict_sentences, verdict_title
from vsm.wording import NOT_MEASURED, boundaries, kind_of_source

_TEMPLATES = Environment(
    loader=PackageLoader("vsm.reports", "."),
    autoescape=select_autoescape(default=True, default_for_string=True, enabled_extensions=("j2",)),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


_CHART_WIDTH = 1000
"""Pixels: about as wide as the page."""


_TALL = 0.87
"""Height to width above which a map does not fit on the first printed page below the figures."""


class _Chart(NamedTuple):
    title: str
    sentence: str
    svg: Markup


def html_report(subject: Subject) -> str:
    """Write the report as one self-contained page: map, figures, findings, stages, charts, bottleneck, suggestions.

    With the log that was measured, the charts of its flow over time and of its rework and paths are in it, too; with a
    scenario its future state: what it brings, its map, and the plan.
    It follows the reader's light or dark setting, prints on upright A4 pages, and forbids by its own
    policy to load or run anything. Every text from the file is escaped.
    """
    analysis, measured = subject.analysis, subject.measured
    stream = analysis.stream
    source = stream.source
    drawing = _map(analysis)
    plan = subject.plan
    return _TEMPLATES.get_template("report.html.j2").render(
        title=stream.name,
        boundaries=boundaries(stream).strip(),
        chosen=chosen_words(stream.measured),
        style=_style(),
        not_measured=NOT_MEASURED,
        figures=headline_figures(analysis),
        findings=findings(analysis),
        map=drawing,
        map_is_tall=_height_to_width(drawing) > _TALL,
        future=None if plan is None else shown_future(*plan),
        future_map=None if plan is None else _map(plan[1].future, was=analysis),
        waterfall=None if plan is None else _waterfall(plan[1]),
        stages=shown_stages(analysis),
        charts=_charts(all_pictures(analysis)),
        flow_charts=_charts(() if measured is None else flow_pictures(measured)),
        path_charts=_charts(() if measured is None else path_pictures(measured)),
        verdict_title=verdict_title(analysis),
        verdict_sentences=verdict_sentences(analysis),
        suggestions=[suggestion_words(analysis, s) for s in analysis.suggestions],
        most_suggestions=MOST_SUGGESTIONS,
        kind_of_source=kind_of_source(stream),
        measure_next=to_measure_next(analysis),
        data_notes=data_notes(analysis),
        definition_notes=definition_notes(analysis),
        problems=source.problems if source is not None else (),
        explanations=explanations(analysis),
        glossary=GLOSSARY,
    )


def _map(analysis: Analysis, was: Analysis | None = None) -> Markup:
    """Draw the map of a state; with `was`, the state before, differences are marked."""
    key = "" if was is None else "future"
    drawing = value_stream_map(analysis, theme=Theme.AUTO, standalone=True, key=key, was=was)
    return Markup(drawing[drawing.index("<svg") :])  # inside a page it needs no XML head


def _waterfall(future: FutureState) -> _Chart | None:
    picture = waterfall(future)
    return None if picture is None else _charts([picture])[0]


def _style() -> Markup:
    return Markup(
        _TEMPLATES.get_template("report.css").render(
            light=Markup(css_variables(LIGHT)),
            dark=Markup(css_variables(DARK)),
            ink=INK,
            muted=MUTED,
            surface=SURFACE,
        )
    )


def _height_to_width(drawing: str) -> float:
    size = re.search(r'viewBox="0 0 (\S+) (\S+)"', drawing)
    assert size is not None, "a map has a view box"
    return float(size[2]) / float(size[1])


def _charts(drawn: Iterable[Picture]) -> tuple[_Chart, ...]:
    return tuple(
        _Chart(picture.title, picture.sentence, Markup(chart_to_svg(picture.chart, width=_CHART_WIDTH)))
        for picture in drawn
    )
