"""Two streams side by side -> sentences and tables: where the figures come from, and by how much they differ."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from vsm.compare_words import signed
from vsm.flow_words import shortened
from vsm.model import Definitions
from vsm.side_by_side import Pair, SideBySide
from vsm.stream_figures import StreamFigure
from vsm.wording import count, figure_said, listed, number

_NAMED = 3
_STAGES_NAMED = 5
NOTHING = "–"


def _change(pair: Pair, d: Definitions) -> str:
    """Say second minus first, with its sign; of shares in points."""
    if pair.difference is None:
        return NOTHING
    size = abs(pair.difference)
    said = f"{number(size * 100)} points" if pair.figure.is_share else figure_said(pair.figure, size, d)
    return signed(pair.difference, said)


def sources_sentence(found: SideBySide) -> str:
    """Say which of the two is stated and which measured, and what follows for their differences."""
    if found.finished == (None, None):
        return (
            "Both files state their figures: someone wrote them down for each stage. So nothing tells how much of a "
            "difference is chance, and no difference has an interval."
        )
    one, other = (_source(name, finished) for name, finished in zip(found.names, found.finished, strict=True))
    sentence = f"{one[:1].upper()}{one[1:]}, and {other}."
    if None in found.finished:
        return f"{sentence} Stated and measured figures differ by their origin, too, and no difference has an interval."
    return sentence


def _source(name: str, finished: int | None) -> str:
    figures = f"the figures of {shortened(name)}"
    if finished is None:
        return f"{figures} are stated: someone wrote them down for each stage"
    return f"{figures} are measured over {count(finished, 'finished item')}"


def clocks_sentence(found: SideBySide) -> str:
    """Warn where a day has more hours on one side; empty where it has not."""
    days = [number(definitions.hours_per_day) for definitions in found.definitions]
    if days[0] == days[1]:
        return ""
    first, second = (shortened(name) for name in found.names)
    return (
        f"A day has {days[0]} h in {first} and {days[1]} h in {second}, so their times and flow efficiency have no "
        "difference here. On the page of the data a log can be counted in working time, and a table's day changed."
    )


def side_sentences(found: SideBySide) -> tuple[str, ...]:
    """Say how the streams differ, where their stages differ most, and which stages only one of them has."""
    sentences = [_streams_sentence(found), _stages_sentence(found)]
    for name, only in zip(found.names, (found.only_first, found.only_second), strict=True):
        if only:
            noun = "stage" if len(only) == 1 else "stages"
            sentences.append(f"Only {shortened(name)} has the {noun} {_some(only)}.")
    if not found.stages:
        sentences.append("No stage has the same name in both.")
    return tuple(sentence for sentence in sentences if sentence)


def _some(names: Sequence[str]) -> str:
    """Name a few stages and count the others."""
    shown = [shortened(name) for name in names[:_STAGES_NAMED]]
    others = len(names) - len(shown)
    return listed([*shown, f"{number(others)} more"] if others else shown)


def _streams_sentence(found: SideBySide) -> str:
    parts = []
    for pair in found.stream:
        if pair.figure in (StreamFigure.LEAD_TIME, StreamFigure.FLOW_EFFICIENCY, StreamFigure.ROLLED):
            told = _both(pair, found.definitions)
            parts += [f"{pair.figure} is {told}"] if told else []
    if not parts:
        return ""
    first, second = (shortened(name) for name in found.names)
    return f"From {first} to {second}: {'; '.join(parts)}."


def _both(pair: Pair, definitions: tuple[Definitions, Definitions]) -> str:
    """Say both values of a pair and their difference; empty where one is not measured."""
    if pair.first is None or pair.second is None:
        return ""
    one, other = (figure_said(pair.figure, v, d) for v, d in zip((pair.first, pair.second), definitions, strict=True))
    if pair.difference == 0:
        return f"{one} in both"
    change = "" if pair.difference is None else f" ({_change(pair, definitions[1])})"
    return f"{one} and {other}{change}"


def _in_a_sentence(figure: StreamFigure) -> str:
    return "time" if figure is StreamFigure.UNDIVIDED_TIME else figure


def _stages_sentence(found: SideBySide) -> str:
    """Name the times of stages that differ most."""
    times = [
        (abs(pair.difference), name, pair)
        for name, pairs in found.stages
        for pair in pairs
        if pair.difference and not pair.figure.is_share
    ]
    times.sort(key=lambda time: -time[0])
    said = [
        f"the {_in_a_sentence(pair.figure)} of {shortened(name)} is {_both(pair, found.definitions)}"
        for _, name, pair in times[:_NAMED]
    ]
    return f"Of the stages in both, the largest differences: {'; '.join(said)}." if said else ""


def stream_pair_table(found: SideBySide) -> pd.DataFrame:
    """List the figures of both streams with their differences, in words."""
    return pd.DataFrame({"Figure": [pair.figure.label for pair in found.stream]} | _cells(found, found.stream))


def stage_pair_table(found: SideBySide) -> pd.DataFrame:
    """List each figure of each stage of both, with its difference, in words."""
    rows = [(name, pair) for name, pairs in found.stages for pair in pairs]
    head = {"Stage": [name for name, _ in rows], "Figure": [pair.figure.label for _, pair in rows]}
    return pd.DataFrame(head | _cells(found, [pair for _, pair in rows]))


def _cells(found: SideBySide, pairs: Sequence[Pair]) -> dict[str, list[str]]:
    first, second = found.definitions
    return {
        found.names[0]: [NOTHING if p.first is None else figure_said(p.figure, p.first, first) for p in pairs],
        found.names[1]: [NOTHING if p.second is None else figure_said(p.figure, p.second, second) for p in pairs],
        "Difference": [_change(p, second) for p in pairs],
    }
