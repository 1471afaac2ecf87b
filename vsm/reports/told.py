"""Scenarios, a trend, a comparison and a promise -> what reports print of them: sentences, tables and charts."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from vsm.achievement import Achievement
from vsm.achievement_words import achievement_sentences, stage_promises, stage_quality_promises, stream_promises
from vsm.charts.picture import Picture
from vsm.charts.trend_pictures import trend_pictures
from vsm.compare_words import HOW, comparison_sentence, difference_table
from vsm.comparison import Comparison
from vsm.reports.shown import ShownTable
from vsm.scenario_words import most_saved_sentence
from vsm.side_words import clocks_sentence, side_sentences, sources_sentence, stage_pair_table, stream_pair_table
from vsm.subject import Subject
from vsm.tables import scenario_table
from vsm.trend import Trend
from vsm.trend_words import figures_of_stages, stage_trend_table, trend_sentences, trend_table
from vsm.wording import listed

SCENARIOS_ARE = "What each scenario would bring; each is a plan of its own, from the current state."
_TEXT_COLUMNS = {"Period", "Stage", "Figure", "Verdict"}


class TitledTable(NamedTuple):
    """A table with what it shows."""

    title: str
    table: ShownTable


class Told(NamedTuple):
    """A part of a report: what stands under one heading."""

    title: str
    sentences: tuple[str, ...]
    tables: tuple[TitledTable, ...]
    pictures: tuple[Picture, ...] = ()


def told_of(subject: Subject) -> tuple[Told, ...]:
    """Tell what else there is to say, as far as the subject has it.

    How its scenarios stand side by side, how the stream changed over its periods, what it was compared with and what
    came of last time's scenario.
    """
    found = []
    if subject.futures:
        found.append(_scenarios(subject))
    if subject.trend is not None:
        found.append(_trend(subject.trend))
    if subject.comparison is not None:
        found.append(_comparison(subject.comparison))
    if subject.achieved is not None:
        found.append(_achieved(subject.achieved))
    return tuple(found)


def _scenarios(subject: Subject) -> Told:
    """Set the scenarios side by side as columns: there are rarely many of them, and more figures."""
    table = scenario_table(subject.analysis.stream, subject.scenarios).astype(object)
    names = tuple(str(name) for name in table["Scenario"])
    columns = [(str(label), *(str(cell) for cell in table[label].where(table[label].notna(), "–"))) for label in table]
    shown = ShownTable(("Figure", *names), (False, *[True] * len(names)), tuple(columns[1:]))
    return Told(
        title="The scenarios side by side",
        sentences=tuple(s for s in (SCENARIOS_ARE, most_saved_sentence(subject.futures)) if s),
        tables=(TitledTable("The stream now and in each scenario", shown),),
    )


def _trend(trend: Trend) -> Told:
    stages = [
        _titled(f"{figure.label} of each stage", stage_trend_table(trend, figure))
        for figure in figures_of_stages(trend)
    ]
    return Told(
        title="Trend over the periods",
        sentences=trend_sentences(trend),
        tables=(_titled("The stream in each period", trend_table(trend)), *stages),
        pictures=trend_pictures(trend),
    )


def _comparison(comparison: Comparison) -> Told:
    names, streams = comparison.names, comparison.streams
    definitions = streams.definitions[0]
    sentences = [clocks_sentence(streams), sources_sentence(streams), *side_sentences(streams)]
    tables = [_titled("The streams", stream_pair_table(streams))]
    if streams.stages:
        tables.append(_titled("The stages that both have", stage_pair_table(streams)))
    if comparison.differences:
        sentences = [comparison_sentence(comparison.differences, definitions), *sentences, HOW]
        table = difference_table(comparison.differences, *names, definitions)
        tables.insert(0, _titled("Finished items, each difference with its interval", table))
    return Told(
        title=f"Comparison of {listed(names)}", sentences=tuple(s for s in sentences if s), tables=tuple(tables)
    )


def _achieved(found: Achievement) -> Told:
    tables = [_titled("The stream, promised and now", stream_promises(found))]
    tables.append(_titled("The time in each stage", stage_promises(found)))
    quality = stage_quality_promises(found)
    if len(quality):
        tables.append(_titled("The %C&A of each stage", quality))
    return Told(title="Promised and achieved", sentences=achievement_sentences(found), tables=tuple(tables))


def _titled(title: str, table: pd.DataFrame) -> TitledTable:
    labels = tuple(str(label) for label in table.columns)
    rows = tuple(tuple(str(cell) for cell in row) for row in table.itertuples(index=False, name=None))
    return TitledTable(title, ShownTable(labels, tuple(label not in _TEXT_COLUMNS for label in labels), rows))
