"""An analysis -> charts of one figure per stage: %C&A, rework, batch sizes, handoffs, utilisation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from operator import mul

import pandas as pd

from vsm.analysis import Analysis, StageFigures
from vsm.bottlenecks import HIGH_UTILISATION
from vsm.charts.picture import Axis, Bar, Marks, Picture, bar_chart, spoken_name, stage_labels
from vsm.model import QualitySide
from vsm.palette import ATTENTION, REST
from vsm.wording import count, hours, listed, number, percent

_Value = Callable[[StageFigures], float | None]


def _stated(analysis: Analysis, value: _Value) -> list[tuple[StageFigures, float]]:
    return [(stage, found) for stage in analysis.stages if (found := value(stage)) is not None]


def _bars(
    stated: Sequence[tuple[StageFigures, float]],
    labels: Sequence[str],
    says: Callable[[StageFigures, float], str],
    *,
    scale: float = 1.0,
    marked: Callable[[float], bool] = lambda _: False,
) -> list[Bar]:
    return [
        Bar(
            label=labels[stage.index],
            start=0.0,
            end=value * scale,
            colour=ATTENTION if marked(value) else REST,
            says=says(stage, value),
            name=stage.name,
        )
        for stage, value in stated
    ]


def _labels(analysis: Analysis, value: _Value, words: Callable[[float], str]) -> list[str]:
    return stage_labels(analysis, lambda s: "–" if (found := value(s)) is None else words(found))


def _data(analysis: Analysis, label: str, value: _Value) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Stage": [s.name for s in analysis.stages],
            label: pd.Series([value(s) for s in analysis.stages], dtype="float64"),
        }
    )


def _silent(analysis: Analysis, stated: Sequence[object], one: str, several: str) -> str:
    """Say how many stages are missing from a chart; nothing when none is."""
    missing = len(analysis.stages) - len(stated)
    return f" {count(missing, f'stage {one}', f'stages {several}')}." if missing else ""


def _named(stated: Sequence[tuple[StageFigures, float]], value: float) -> str:
    """Name the stages with a value, at most three of them."""
    names = [spoken_name(stage.name) for stage, found in stated if found == value]
    return listed(names if len(names) <= 3 else [*names[:2], f"{len(names) - 2} others"])


def complete_accurate(analysis: Analysis) -> Picture | None:
    """Draw %C&A per stage, the lowest marked, with the share of items still without a defect so far.

    `None` when no stage states one.
    """
    stated = _stated(analysis, _quality)
    if not stated:
        return None
    lowest = min(value for _, value in stated)
    labels = _labels(analysis, _quality, percent)
    bars = _bars(stated, labels, lambda _, v: percent(v), scale=100, marked=lambda v: v == lowest and v < 1)
    so_far = list(accumulate((value for _, value in stated), mul))
    dots = [(bar.label, share * 100, percent(share)) for bar, share in zip(bars, so_far, strict=True)]
    marks = Marks(dots=dots if len(dots) > 1 else (), dots_title="Without a defect so far")
    axis = Axis(title="%C&A (line: no defect so far)", largest=100.0, labels=labels, smallest_matter=True)
    sentence = _quality_sentence(analysis, stated, lowest)
    data = _data(analysis, "%C&A", _quality)
    passed = dict(zip((stage.index for stage, _ in stated), so_far, strict=True))
    data["Without a defect so far"] = pd.Series([passed.get(s.index) for s in analysis.stages], dtype="float64")
    return Picture(
        key="complete_accurate",
        title="%C&A per stage",
        sentence=sentence,
        chart=bar_chart(bars, axis, marks, sentence),
        data=data,
    )


def _quality(stage: StageFigures) -> float | None:
    return stage.stage.complete_accurate


def _quality_sentence(analysis: Analysis, stated: Sequence[tuple[StageFigures, float]], lowest: float) -> str:
    silent = _silent(analysis, stated, "states none", "state none")
    if analysis.stream.measured is not None:
        return _measured_quality(analysis, stated, lowest)
    if lowest == 1:
        return f"Every stage that states a %C&A states 100%: nothing is sent back.{silent}"
    verb = "arrive" if analysis.stream.definitions.complete_accurate is QualitySide.INCOMING else "leave"
    return (
        f"{percent(analysis.rolled_complete_accurate)} of items pass every stage without being sent back. Fewest "
        f"{verb} complete and accurate at {_named(stated, lowest)}: {percent(lowest)}.{silent}"
    )


def _measured_quality(analysis: Analysis, stated: Sequence[tuple[StageFigures, float]], lowest: float) -> str:
    if lowest == 1:
        return "No visit to a stage ended with the item being sent back."
    return (
        f"Most items are sent back from {_named(stated, lowest)}: {percent(lowest)} of its visits do not end with the "
        f"item being sent back. The product of all stages is {percent(analysis.rolled_complete_accurate)}."
    )


def rework(analysis: Analysis) -> Picture | None:
    """Draw how often an item passes each stage, with the hours that defects found there add.

    `None` when no %C&A is stated, nothing is sent back, or nothing ever finishes.
    """
    stated = _stated(analysis, _visits)
    if not stated or max(value for _, value in stated) <= 1:
        return None
    definitions, most = analysis.stream.definitions, max(value for _, value in stated)

    def says(stage: StageFigures, visits: float) -> str:
        cost = stage.cost_of_rework
        return f"{visits:.2f} visits" + (f"; defects found here add {hours(cost, definitions)}" if cost else "")

    labels = _labels(analysis, _visits, lambda visits: f"{visits:.2f}")
    bars = _bars(stated, labels, says, marked=lambda v: v == most)
    costly = max(analysis.stages, key=lambda s: s.cost_of_rework or 0)
    sentence = f"An item passes {_named(stated, most)} {most:.2f} times on average, as defects send it back."
    if costly.cost_of_rework:
        added = hours(costly.cost_of_rework, definitions)
        sentence += f" Defects found at {spoken_name(costly.name)} cost most: they add {added} to the lead time."
    data = _data(analysis, "Expected visits", _visits)
    data["Cost of rework (h)"] = pd.Series([s.cost_of_rework for s in analysis.stages], dtype="float64")
    marks = Marks(rule=1.0, rule_says="One visit: nothing is sent back")
    return Picture(
        key="rework",
        title="Expected visits per stage",
        sentence=sentence,
        chart=bar_chart(bars, Axis(title="Visits of an average item", labels=labels), marks, sentence),
        data=data,
    )


def _visits(stage: StageFigures) -> float | None:
    return stage.expected_visits


def batch_sizes(analysis: Analysis) -> Picture | None:
    """Draw the batch size of each stage; `None` when no stage states one."""
    stated = _stated(analysis, _batch)
    if not stated:
        return None
    largest = max(value for _, value in stated)
    labels = _labels(analysis, _batch, number)
    bars = _bars(stated, labels, lambda _, v: f"Batch of {number(v)}")
    sentence = f"The largest batch, {count(largest, 'item')}, is handed on by {_named(stated, largest)}."
    if largest <= 1:
        sentence = "Every stage that states a batch size hands on one item at a time."
    sentence += _silent(analysis, stated, "states none", "state none")
    return Picture(
        key="batch_sizes",
        title="Batch sizes",
        sentence=sentence,
        chart=bar_chart(bars, Axis(title="Items in a batch", labels=labels), Marks(), sentence),
        data=_data(analysis, "Batch size", _batch),
    )


def _batch(stage: StageFigures) -> float | None:
    return stage.stage.batch_size


def handoffs(analysis: Analysis) -> Picture | None:
    """Draw how many people touch an item in each stage; `None` when no stage states it."""
    stated = _stated(analysis, _touching)
    if not stated:
        return None
    most = max(value for _, value in stated)
    labels = _labels(analysis, _touching, number)
    bars = _bars(stated, labels, lambda _, v: count(v, "person touches it", "people touch it"))
    people = count(analysis.handoffs or 0, "person touches", "people touch")
    sentence = f"Summed over the stages, {people} an item"
    sentence += f"; most, {number(most)}, in {_named(stated, most)}." if most else "."
    sentence += _silent(analysis, stated, "states none", "state none")
    return Picture(
        key="handoffs",
        title="People touching an item",
        sentence=sentence,
        chart=bar_chart(bars, Axis(title="People", labels=labels), Marks(), sentence),
        data=_data(analysis, "People touching", _touching),
    )


def _touching(stage: StageFigures) -> float | None:
    return stage.stage.handoffs


def utilisation(analysis: Analysis) -> Picture | None:
    """Draw the utilisation of each stage with a line at 100 %; `None` where people or demand are not known."""
    stated = _stated(analysis, _utilisation)
    if not stated:
        return None
    busiest = max(value for _, value in stated)
    labels = _labels(analysis, _utilisation, percent)
    bars = _bars(stated, labels, lambda _, v: percent(v), scale=100, marked=lambda v: v >= 1)
    sentence = f"The people at {_named(stated, busiest)} are the busiest: {percent(busiest)} of their time is asked for"
    if busiest >= 1:
        sentence += ", so the queue in front of them never shrinks."
    elif busiest >= HIGH_UTILISATION:
        sentence += f", and from {percent(HIGH_UTILISATION)} on queues are expected."
    else:
        sentence += f", below the {percent(HIGH_UTILISATION)} from which queues are expected."
    sentence += _silent(analysis, stated, "does not state enough to tell", "do not state enough to tell")
    marks = Marks(rule=100.0, rule_says="100%: all the time there is")
    return Picture(
        key="utilisation",
        title="Utilisation per stage",
        sentence=sentence,
        chart=bar_chart(bars, Axis(title="% of the time people have", labels=labels), marks, sentence),
        data=_data(analysis, "Utilisation", _utilisation),
    )


def _utilisation(stage: StageFigures) -> float | None:
    return stage.utilisation
