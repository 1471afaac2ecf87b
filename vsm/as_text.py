"""Analysis and reading -> the text that the command line prints for a person."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import pandas as pd

from vsm.achievement import Achievement
from vsm.achievement_words import achievement_sentences, stage_promises, stage_quality_promises, stream_promises
from vsm.advice import order_sentence, suggestion_words
from vsm.analysis import Analysis
from vsm.change_words import change_title, step_words
from vsm.compare_words import comparison_sentence, difference_table
from vsm.comparison import Comparison
from vsm.data_words import data_notes, left_open_notes
from vsm.future import FutureState
from vsm.future_words import bottleneck_sentence, gain_sentence, gains, order_words, warnings
from vsm.headlines import Figure, definition_notes, headline_figures
from vsm.model import Problem, Severity
from vsm.opening import AnyReading
from vsm.option_words import option_hints
from vsm.reading.log_shapes import LogReading
from vsm.side_words import clocks_sentence, side_sentences, sources_sentence, stage_pair_table, stream_pair_table
from vsm.trend import trend_of
from vsm.trend_words import trend_sentences, trend_table
from vsm.verdicts import verdict_sentences, verdict_title
from vsm.wording import NOT_MEASURED, boundaries, hours_column, number, percent

SUGGESTIONS_SHOWN = 5
PROBLEMS_SHOWN = 10
LONGEST_NAME = 40
LONGEST_MESSAGE = 400


def one_line(text: str) -> str:
    """Make a text safe for one line of a terminal: control characters, which could move its cursor, become spaces."""
    return " ".join("".join(" " if unicodedata.category(c) in ("Cc", "Cf") else c for c in text).split())


def text_report(
    analysis: Analysis,
    reading: AnyReading,
    future: tuple[str, FutureState] | None = None,
    comparison: Comparison | None = None,
    achieved: Achievement | None = None,
) -> str:
    """Write headline figures, stages, the bottleneck, the suggestions that save most, and the data problems.

    `future` is a scenario's name with its future state, which then follows the suggestions, `comparison` what the
    stream is compared with, `achieved` what came of last time's scenario.
    """
    stream = analysis.stream
    title = one_line(stream.name + boundaries(stream))
    blocks = [
        [title, "=" * _width(title)],
        _aligned([(f.label, f.value, _exact(f), f.sentence) for f in headline_figures(analysis)]),
        ["Stages", *_stages(analysis)],
        [f"Bottleneck: {verdict_title(analysis)}", *_bullets(verdict_sentences(analysis))],
        ["Suggestions", *(s for s in (order_sentence(analysis),) if s), *_bullets(_suggestions(analysis))],
        *_trend(reading),
        *([] if comparison is None else _comparison(comparison)),
        *([] if future is None else _future(*future)),
        *([] if achieved is None else _achieved(achieved)),
        ["Definitions", *_bullets(definition_notes(analysis))],
        [
            "Data",
            *_bullets(
                [*data_notes(analysis), *_problems(reading.problems), *_left_open(reading), *option_hints(reading)]
            ),
        ],
    ]
    return "\n\n".join("\n".join(printable(line) for line in block) for block in blocks)


def _trend(reading: AnyReading) -> list[list[str]]:
    """Write what the stream did over its periods, where the file states several."""
    found = trend_of(reading)
    if found is None:
        return []
    return [["Trend over the periods", *_bullets(trend_sentences(found))], _table(trend_table(found))]


def _comparison(found: Comparison) -> list[list[str]]:
    """Write how two streams, or two groups of items, differ: the figures side by side, then what stands out."""
    definitions = found.streams.definitions[0]
    items = difference_table(found.differences, *found.names, definitions)
    told = [clocks_sentence(found.streams), sources_sentence(found.streams), *side_sentences(found.streams)]
    title = f"Comparison of {found.names[0]} and {found.names[1]}"
    return [
        [title, *_bullets([sentence for sentence in told if sentence])],
        *([[comparison_sentence(found.differences, definitions), *_table(items)]] if found.differences else []),
        _table(stream_pair_table(found.streams)),
        *([_table(stage_pair_table(found.streams))] if found.streams.stages else []),
    ]


def _achieved(found: Achievement) -> list[list[str]]:
    """Write what came of last time's scenario: the sentences, then the figures of the stream and of its stages."""
    quality = stage_quality_promises(found)
    return [
        ["Promised and achieved", *_bullets(achievement_sentences(found))],
        _table(stream_promises(found)),
        ["Time in each stage", *_table(stage_promises(found))],
        *([["%C&A of each stage", *_table(quality)]] if len(quality) else []),
    ]


def _table(table: pd.DataFrame) -> list[str]:
    rows = [tuple(map(str, row)) for row in table.itertuples(index=False, name=None)]
    head = tuple(_short(str(label)) for label in table.columns)
    return _aligned([head, *((_short(row[0]), *row[1:]) for row in rows)])


def _exact(figure: Figure) -> str:
    return "" if figure.exact == figure.value else f"({figure.exact})"


def printable(text: str) -> str:
    """Like `one_line`, but keeps the spaces that align a table."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cf") else c for c in text).rstrip()


def _bullets(sentences: Sequence[str]) -> list[str]:
    return [f"- {sentence}" for sentence in sentences] or ["- None."]


def _stages(analysis: Analysis) -> list[str]:
    """Write a row for each stage, with the columns in which at least one has a figure."""
    definitions = analysis.stream.definitions
    stages = [figures.stage for figures in analysis.stages]
    columns = [
        ("Work", hours_column([s.processing_time for s in stages], definitions)),
        ("Wait", hours_column([s.wait_time for s in stages], definitions)),
        ("Time", hours_column([s.undivided_time for s in stages], definitions)),
        ("%C&A", [percent(s.complete_accurate) for s in stages]),
        ("Batch", [number(s.batch_size) for s in stages]),
        ("Handoffs", [number(s.handoffs) for s in stages]),
        ("Visits", [number(s.visits) for s in stages]),
    ]
    known = [(label, cells) for label, cells in columns if any(cell != NOT_MEASURED for cell in cells)]
    rows = [("Stage", *(label for label, _ in known))]
    for index, stage in enumerate(stages):
        cells = (cells[index] for _, cells in known)
        rows.append((_short(stage.name), *("-" if cell == NOT_MEASURED else cell for cell in cells)))
    return _aligned(rows)


def _short(name: str) -> str:
    """Cut a name that would push the figures off the screen; JSON and reports have all of it."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _suggestions(analysis: Analysis) -> list[str]:
    words = [suggestion_words(analysis, suggestion) for suggestion in analysis.suggestions]
    shown = [f"{w.title}: {w.saves}" for w in words[:SUGGESTIONS_SHOWN]]
    return [*shown, *_more(len(words) - SUGGESTIONS_SHOWN)]


def _future(name: str, future: FutureState) -> list[list[str]]:
    """Write what a scenario brings, the headline figures now and then, and what each change saves in its place."""
    definitions = future.current.stream.definitions
    figures = [(gain.label, gain.before, "->", gain.after, gain.difference) for gain in gains(future)]
    changes = [f"{change_title(s.before, s.change)}. {step_words(s, definitions)}" for s in future.steps]
    order = order_words(future)
    return [
        [f"Future state: {name}", gain_sentence(future), *_aligned(figures), bottleneck_sentence(future)],
        ["Changes, in the order in which they are applied", *_bullets([*changes, *warnings(future)])],
        *([] if order is None else [[order]]),
    ]


def _problems(problems: Sequence[Problem]) -> list[str]:
    worst_first = sorted(problems, key=lambda p: list(Severity).index(p.severity))
    shown = [f"{p.severity.capitalize()}{_place(p)}: {_bounded(p.message)}" for p in worst_first[:PROBLEMS_SHOWN]]
    return [*shown, *_more(len(problems) - PROBLEMS_SHOWN)]


def _bounded(message: str) -> str:
    """Cut a message that names hundreds of rows; --json has all of it."""
    return message if len(message) <= LONGEST_MESSAGE else f"{message[:LONGEST_MESSAGE]}… (--json has all of it)"


def _left_open(reading: AnyReading) -> tuple[str, ...]:
    """Say what the file of a log cannot tell, and what it asks; a table's problems say so already."""
    if not isinstance(reading, LogReading):
        return ()
    return (*left_open_notes(reading), *reading.questions)


def _place(problem: Problem) -> str:
    parts = [f"row {problem.row}"] if problem.row is not None else []
    parts += [f"column {problem.column}"] if problem.column is not None else []
    return f" ({', '.join(parts)})" if parts else ""


def _more(count: int) -> list[str]:
    return [f"And {count} more: --json lists all of them."] if count > 0 else []


def _width(text: str) -> int:
    """Count the columns that a terminal gives to `text`: two for a wide character, none for an accent."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in ("W", "F") else 1 for c in text
    )


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    clean = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(_width(row[i]) for row in clean) for i in range(len(clean[0]))]
    return [
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in clean
    ]
