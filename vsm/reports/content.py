"""Subject -> `Content`: all that a report says, put into words once, so that no report can say something else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from vsm.advice import SuggestionWords, order_sentence, suggestion_words
from vsm.analysis import Analysis
from vsm.branding import Branding
from vsm.charts.capacity_pictures import capacity_pictures
from vsm.charts.flow import flow_pictures
from vsm.charts.map_layout import WIDEST_ROW
from vsm.charts.map_words import map_description
from vsm.charts.path_pictures import path_pictures
from vsm.charts.picture import Picture
from vsm.charts.stages import all_pictures
from vsm.charts.value_stream_map import value_stream_map
from vsm.charts.waterfall_picture import waterfall
from vsm.data_words import chosen_words, data_notes
from vsm.explained import Explanation
from vsm.flow import MeasuredLog
from vsm.future import FutureState
from vsm.headlines import Figure, definition_notes, headline_figures
from vsm.method import GLOSSARY, explanations
from vsm.model import Problem
from vsm.palette import Theme
from vsm.plan import Scenario
from vsm.reports.future_shown import ShownFuture, shown_future
from vsm.reports.sections import Section
from vsm.reports.shown import ShownTable, shown_stages
from vsm.reports.told import Told, told_of
from vsm.subject import Subject
from vsm.summary import MOST_SUGGESTIONS, Summary, to_measure_next, write_summary
from vsm.verdicts import findings, verdict_sentences, verdict_title
from vsm.wording import boundaries, kind_of_source

_MAP_SENTENCE = "Boxes are stages and triangles are waits; the ladder below them sets processing against waiting."
_FUTURE_MAP_SENTENCE = "The future state; what differs from the current state is marked."


@dataclass(frozen=True, kw_only=True)
class Map:
    """A value stream map with what is said beside it and what stands for it where it is not seen."""

    svg: str
    sentence: str
    description: str


@dataclass(frozen=True, kw_only=True)
class Charts:
    """The charts of one kind, under their heading."""

    title: str
    section: Section
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, kw_only=True)
class Planned:
    """What a scenario brings, and the plan to get there."""

    words: ShownFuture
    map: Map
    waterfall: Picture | None


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a report says, in the order in which it is said."""

    branding: Branding
    title: str
    lead: str
    findings: tuple[str, ...]
    figures: tuple[Figure, ...]
    map: Map
    verdict_title: str
    verdict_sentences: tuple[str, ...]
    suggestions: tuple[SuggestionWords, ...]
    further: tuple[SuggestionWords, ...]
    """Suggestions that save less, of which only title and saving are said."""
    suggestions_sentence: str
    measure_next: tuple[str, ...]
    planned: Planned | None
    told: tuple[Told, ...]
    """How the stream changed over its periods, and what it is compared with."""
    stages: ShownTable
    stages_sentence: str
    charts: tuple[Charts, ...]
    notes: tuple[str, ...]
    """Where the figures come from, and the definitions that count them."""
    problems: tuple[Problem, ...]
    explanations: tuple[Explanation, ...]
    glossary: tuple[tuple[str, str], ...]
    summary: Summary

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """All charts, in the order in which they are shown."""
        waterfall = None if self.planned is None else self.planned.waterfall
        parts = [part.pictures for part in self.told] + [part.pictures for part in self.charts]
        shown = tuple(picture for pictures in parts for picture in pictures)
        return shown if waterfall is None else (waterfall, *shown)


def size_of(svg: str) -> tuple[float, float]:
    """Return width and height of a drawing in its own units."""
    size = re.search(r'viewBox="0 0 (\S+) (\S+)"', svg)
    assert size is not None, "a drawing has a view box"
    return float(size[1]), float(size[2])


def height_to_width(svg: str) -> float:
    """Return how high a drawing is for its width."""
    width, height = size_of(svg)
    return height / width


def content_of(subject: Subject) -> Content:
    """Put everything into words that a report says; raises `BrandingError` where the settings file is wrong."""
    analysis = subject.analysis
    stream, words = analysis.stream, _each_said_once(suggestion_words(analysis, s) for s in analysis.suggestions)
    return Content(
        branding=Branding.from_environment(),
        title=stream.name,
        lead=_lead(analysis),
        findings=findings(analysis),
        figures=headline_figures(analysis),
        map=map_of(analysis),
        verdict_title=verdict_title(analysis),
        verdict_sentences=tuple(verdict_sentences(analysis)),
        suggestions=tuple(words[:MOST_SUGGESTIONS]),
        further=tuple(words[MOST_SUGGESTIONS:]),
        suggestions_sentence=_suggestions_sentence(analysis),
        measure_next=to_measure_next(analysis),
        planned=None if subject.plan is None else _planned(*subject.plan),
        told=told_of(subject),
        stages=shown_stages(analysis),
        stages_sentence="Every stage in flow order; a dash is “not measured”.",
        charts=_charts(analysis, subject.measured),
        notes=(*data_notes(analysis), *definition_notes(analysis)),
        problems=stream.source.problems if stream.source is not None else (),
        explanations=tuple(explanations(analysis)),
        glossary=tuple(GLOSSARY),
        summary=write_summary(subject),
    )


def _each_said_once(suggestions: Iterable[SuggestionWords]) -> list[SuggestionWords]:
    """Leave out of each suggestion what one before it assumes or asks, too."""
    found, said = [], set[str]()
    for words in suggestions:
        questions = tuple(question for question in words.questions if question not in said)
        found.append(
            replace(words, assumption="" if words.assumption in said else words.assumption, questions=questions)
        )
        said.update((words.assumption, *words.questions))
    return found


def _lead(analysis: Analysis) -> str:
    where, chosen = boundaries(analysis.stream).strip(), chosen_words(analysis.stream.measured)
    return "Value stream report" + (f": {where}" if where else "") + (f" · {chosen}" if chosen else "")


def map_of(analysis: Analysis, was: Analysis | None = None, *, widest_row: float = WIDEST_ROW) -> Map:
    """Draw the map of a state, or of a future state with what differs from `was`, in rows of at most `widest_row`."""
    key = "" if was is None else "future"
    return Map(
        svg=value_stream_map(analysis, theme=Theme.AUTO, standalone=True, was=was, key=key, widest_row=widest_row),
        sentence=_MAP_SENTENCE if was is None else _FUTURE_MAP_SENTENCE,
        description=map_description(analysis),
    )


def _suggestions_sentence(analysis: Analysis) -> str:
    if analysis.suggestions:
        return order_sentence(analysis)
    source = kind_of_source(analysis.stream)
    return f"Nothing in the {source} points to a change that would save a noticeable part of the lead time."


def _charts(analysis: Analysis, measured: MeasuredLog | None) -> tuple[Charts, ...]:
    found = [
        Charts(title="Charts", section=Section.CHARTS, pictures=all_pictures(analysis)),
        Charts(title="Capacity", section=Section.CHARTS, pictures=capacity_pictures(analysis)),
    ]
    if measured is not None:
        found += [
            Charts(title="Flow over time", section=Section.FLOW, pictures=flow_pictures(measured)),
            Charts(title="Rework and paths", section=Section.PATHS, pictures=path_pictures(measured)),
        ]
    return tuple(charts for charts in found if charts.pictures)


def _planned(scenario: Scenario, future: FutureState) -> Planned:
    return Planned(
        words=shown_future(scenario, future), map=map_of(future.future, future.current), waterfall=waterfall(future)
    )
