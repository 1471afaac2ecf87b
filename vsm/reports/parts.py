"""`Content` -> the parts of a printed report in order: headings, paragraphs, lists, tables and pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vsm.advice import SuggestionWords
from vsm.charts.export import chart_to_svg, plain_svg
from vsm.charts.map_text import clean
from vsm.charts.picture import Picture
from vsm.reports.content import Content, Map, Planned, height_to_width
from vsm.reports.shown import ShownTable
from vsm.reports.told import Told

_CHART_WIDTH = 1000
_WIDE = 0.62
"""Height to width below which a map is easier to read across the page."""
_MOST_ROWS, _MOST_LETTERS = 15, 2_000
"""Of a table that is kept on one page."""
_SHORT_CELL, _LONGEST_WORD, _LONGEST_NAME = 12, 20, 24
"""Characters that stand on one line: a duration or a date, a word, and the name of a row, if they are no longer."""
_LONG_CELL, _MOST_UPRIGHT = 40, 130
"""Characters that are not worth a wider column, and of all columns together on an upright page."""
_MOST_COLUMNS = 9
"""Of a table; a wider one is printed across the page, and goes on below with its first column again."""


@dataclass(frozen=True)
class Heading:
    """A heading within a part, of level 2 or 3."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """Sentences that stand together."""

    text: str


@dataclass(frozen=True)
class Bullets:
    """A list without an order."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table with a header row."""

    labels: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def is_small(self) -> bool:
        """Whether it is to stand on one page, as there is room for it."""
        letters = sum(len(cell) for row in (self.labels, *self.rows) for cell in row)
        return len(self.rows) <= _MOST_ROWS and letters <= _MOST_LETTERS

    @property
    def lengths(self) -> tuple[int, ...]:
        """Characters of the longest text of each column."""
        return tuple(max(map(len, column)) for column in self._columns)

    @property
    def _columns(self) -> tuple[tuple[str, ...], ...]:
        return tuple(zip(self.labels, *self.rows, strict=True))

    def shares(self, letters: int) -> tuple[float, ...]:
        """Divide the width of the table, so many letters, among its columns: no word is broken as far as that goes.

        What is left goes to the columns with long texts. A figure and its unit, and most names of rows, stand on one
        line.
        """
        columns = zip(self._columns, self.numeric, strict=True)
        least = [_longest_word(column, whole=numeric) * 1.15 + 4 for column, numeric in columns]
        least[0] = max(least[0], min(self.lengths[0], _LONGEST_NAME))
        wanted = [max(min(length, 120) - one, 0) ** 0.8 for length, one in zip(self.lengths, least, strict=True)]
        spare = max(letters - sum(least), 0) / (sum(wanted) or 1)
        widths = [one + more * spare for one, more in zip(least, wanted, strict=True)]
        return tuple(width / sum(widths) for width in widths)


@dataclass(frozen=True)
class Drawing:
    """A picture as SVG in plain colours, and the words that stand for it where it is not seen."""

    svg: str
    alternative: str


def _longest_word(column: Sequence[str], *, whole: bool) -> int:
    """Return the letters that are to stand on one line: of a word, or of a whole cell where all of them are short."""
    label, *cells = column
    as_one = whole or max(map(len, cells), default=0) <= _SHORT_CELL
    words = [*label.split(), *(cells if as_one else (word for cell in cells for word in cell.split()))]
    return min(max(map(len, words), default=0), _LONGEST_WORD)


Block = Heading | Paragraph | Bullets | Table | Drawing


@dataclass(frozen=True)
class Part:
    """What stands under one main heading."""

    title: str
    blocks: tuple[Block, ...]
    across: bool = False
    """Whether it is printed across the page."""


def parts_of(content: Content) -> tuple[Part, ...]:
    """Arrange a report for print; every text is free of characters that a document cannot hold."""
    parts = [
        Part("In short", tuple(_sentences(content.findings))),
        Part("Figures", (_figures(content),)),
        Part("Bottleneck", (Heading(clean(content.verdict_title)), *_sentences(content.verdict_sentences))),
        _map_part("Value stream map", content.map),
        Part("Suggestions", tuple(_suggestions(content))),
    ]
    if content.planned is not None:
        parts += _planned(content.planned)
    parts += [_told(told) for told in content.told]
    stages: tuple[Block, ...] = (Paragraph(content.stages_sentence), *_broken(content.stages))
    parts.append(Part("Stages", stages, across=len(content.stages.labels) > _MOST_COLUMNS))
    parts += [Part(charts.title, tuple(_charts(charts.pictures))) for charts in content.charts]
    parts.append(Part("Data and definitions", tuple(_data(content))))
    parts.append(Part("How it is computed", tuple(_method(content))))
    words = tuple((clean(word), clean(meaning)) for word, meaning in content.glossary)
    parts.append(Part("Glossary", (Table(("Word", "What it means"), (False, False), words),)))
    return tuple(parts)


def _sentences(texts: Iterable[str]) -> Iterator[Paragraph]:
    return (Paragraph(clean(text)) for text in texts)


def _table(shown: ShownTable) -> Table:
    rows = tuple(tuple(clean(cell) for cell in row) for row in shown.rows)
    return Table(tuple(clean(label) for label in shown.labels), shown.numeric, rows)


def _figures(content: Content) -> Table:
    rows = tuple(tuple(map(clean, (f.label, f.value, f.exact, f.sentence))) for f in content.figures)
    return Table(("Figure", "Value", "Exactly", "What it says"), (False,) * 4, rows)


def _map_part(title: str, drawn: Map) -> Part:
    blocks = (Paragraph(drawn.sentence), Drawing(plain_svg(drawn.svg), drawn.description))
    return Part(title, blocks, across=height_to_width(drawn.svg) < _WIDE)


def _suggestions(content: Content) -> Iterator[Block]:
    yield Paragraph(content.suggestions_sentence)
    for place, words in enumerate(content.suggestions, start=1):
        yield from _suggestion(place, words)
    if content.further:
        yield Heading("Further suggestions")
        yield Bullets(tuple(clean(f"{words.title}: {words.saves}") for words in content.further))
    if content.measure_next:
        yield Heading("What to measure next")
        yield Bullets(tuple(map(clean, content.measure_next)))


def _suggestion(place: int, words: SuggestionWords) -> Iterator[Block]:
    yield Heading(clean(f"{place}. {words.title}: {words.saves}"))
    yield Paragraph(clean(f"{words.evidence} {words.assumption}"))
    yield Paragraph(clean(f"First step: {words.first_step}"))
    if words.questions:
        yield Paragraph(clean(f"To ask: {' '.join(words.questions)}"))


def _planned(planned: Planned) -> tuple[Part, ...]:
    words, plan = planned.words, _table(planned.words.plan)
    brings: list[Block] = [*_sentences((*words.warnings, words.gain, words.bottleneck))]
    brings += [Paragraph(words.gains_sentence), _table(words.gains)]
    if planned.waterfall is not None:
        brings += _charts([planned.waterfall])
    if words.changes:
        brings.append(Heading("What to change, in this order"))
        said = (" ".join((f"{c.title}.", c.saves, c.assumption)) for c in words.changes)
        brings.append(Bullets(tuple(map(clean, said))))
    brings += _sentences(text for text in (words.order, *words.worth) if text)
    return (
        Part(clean(f"The future state: {words.name}"), tuple(brings)),
        _map_part("Map of the future state", planned.map),
        Part("Plan", (Paragraph(words.plan_sentence), plan), across=_needs_width(plan)),
    )


def _needs_width(table: Table) -> bool:
    """Tell whether the texts of a table are so long that its columns would be too narrow on an upright page."""
    return sum(min(length, _LONG_CELL) for length in table.lengths) > _MOST_UPRIGHT


def _told(told: Told) -> Part:
    blocks: list[Block] = [Bullets(tuple(map(clean, told.sentences)))]
    for title, table in told.tables:
        blocks += [Heading(clean(title)), *_broken(table)]
    wide = any(len(table.labels) > _MOST_COLUMNS for _, table in told.tables)
    return Part(clean(told.title), (*blocks, *_charts(told.pictures)), across=wide)


def _broken(shown: ShownTable) -> Iterator[Table]:
    """Break a table that is too wide for a page into several, each with its first column."""
    whole = _table(shown)
    columns = range(1, len(whole.labels))
    tables = -(-len(columns) // _MOST_COLUMNS)
    each = -(-len(columns) // tables)
    for start in columns[::each]:
        chosen = (0, *columns[start - 1 : start - 1 + each])
        yield Table(
            tuple(whole.labels[i] for i in chosen),
            tuple(whole.numeric[i] for i in chosen),
            tuple(tuple(row[i] for i in chosen) for row in whole.rows),
        )


def _charts(pictures: Iterable[Picture]) -> Iterator[Block]:
    for picture in pictures:
        yield Heading(clean(picture.title))
        yield Paragraph(clean(picture.sentence))
        svg = chart_to_svg(picture.chart, width=_CHART_WIDTH)
        yield Drawing(svg, clean(f"{picture.title}. {picture.sentence}"))


def _data(content: Content) -> Iterator[Block]:
    yield Bullets(tuple(map(clean, content.notes)))
    if content.problems:
        yield Heading("What was odd in the file")
        rows = tuple(
            (
                problem.severity.value,
                "" if problem.row is None else str(problem.row),
                clean(problem.column or ""),
                clean(problem.found or ""),
                clean(problem.message),
            )
            for problem in content.problems
        )
        labels = ("Kind", "Row", "Column", "Found", "What was done and what to do")
        yield Table(labels, (False, True, False, False, False), rows)


def _method(content: Content) -> Iterator[Block]:
    for explanation in content.explanations:
        source = f" Source: {explanation.source}." if explanation.source else ""
        yield Heading(clean(explanation.title))
        yield Paragraph(clean(explanation.formula))
        yield Paragraph(clean(explanation.with_numbers))
        yield Paragraph(clean(f"{explanation.meaning}{source}"))
