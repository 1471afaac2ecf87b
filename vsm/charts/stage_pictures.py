"""An analysis -> charts of one figure per stage: %C&A, rework, batch sizes, handoffs, utilisation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from operator import mul

import pandas as pd

from vsm.analysis import Analysis, StageFigures
from vsm.bottlenecks import HIGH_UTILISATION
from vsm.charts.picture import Axis, Bar, Marks, Picture, bar_chart, numbered, spoken_name, stage_labels
from vsm.model import QualitySide
from vsm.palette import ATTENTION, REST
from vsm.wording import count, hours, listed, number, percent

_Value = Callable[[StageFigures], float | None]


def _stated(analysis: Analysis, value: _Value) -> list[tuple[StageFigures, float]]:
    return [(stage, found) for stage in analysis.stages if (found := value(stage)) is not None]


def _bars(
    analysis: Analysis,
    stated: Sequence[tuple[StageFigures, float]],
    says: Callable[[StageFigures, float], str],
    *,
    scale: float = 1.0,
    marked: Callable[[float], bool] = lambda _: False,
    labels: Sequence[str] = (),
) -> list[Bar]:
    labels = labels or stage_labels(analysis)
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


def _data(analysis: Analysis, label: str, value: _Value) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Stage": [s.name for s in analysis.stages],
            label: pd.Series([value(s) for s in analysis.stages], dtype="float64"),
        }
    )


def _silent(analysis: Analysis, stated: Sequence[object]) -> str:
    """Say how many stages are missing from a chart; nothing when none is."""
    missing = len(analysis.stages) - len(stated)
    return f" {count(missing, 'stage states', 'stages state')} none." if missing else ""


def _named(stated: Sequence[tuple[StageFigures, float]], value: float) -> str:
    """Name the stages with a value, at most three of them."""
    names = [spoken_name(stage.name) for stage, found in stated if found == value]
    return listed(names if len(names) <= 3 else [*names[:2], f"{len(names) - 2} others"])


def complete_accurate(analysis: Analysis) -> Picture | None:
    """Draw %C&A per stage, the lowest marked, with the share of items still without a defect so far.

    `None` when no stage states one.
    """
    stated = _stated(analysis, lambda s: s.stage.complete_accurate)
    if not stated:
        return None
    lowest = min(value for _, value in stated)
    labels = [numbered(s.index + 1, s.name, percent(s.stage.complete_accurate)) for s in analysis.stages]
    bars = _bars(
        analysis, stated, lambda _, v: percent(v), scale=100, marked=lambda v: v == lowest and v < 1, labels=labels
    )
    so_far = list(accumulate((value for _, value in stated), mul))
    dots = [(bar.label, share * 100, percent(share)) for bar, share in zip(bars, so_far, strict=True)]
    verb = "arrive" if analysis.stream.definitions.complete_accurate is QualitySide.INCOMING else "leave"
    sentence = (
        f"{percent(analysis.rolled_complete_accurate)} of items pass every stage without being sent back. Fewest "
        f"{verb} complete and accurate at {_named(stated, lowest)}: {percent(lowest)}."
    )
    if lowest == 1:
        sentence = "Every stage that states a %C&A states 100%: nothing is sent back."
    sentence += _silent(analysis, stated)
    marks = Marks(dots=dots if len(dots) > 1 else (), dots_title="Without a defect so far")
    axis = Axis(title="% (bars: %C&A; line: without a defect so far)", largest=100.0, labels=labels)
    data = _data(analysis, "%C&A", lambda s: s.stage.complete_accurate)
    passed = dict(zip((stage.index for stage, _ in stated), so_far, strict=True))
    data["Without a defect so far"] = pd.Series([passed.get(s.index) for s in analysis.stages], dtype="float64")
    return Picture(
        key="complete_accurate",
        title="%C&A per stage",
        sentence=sentence,
        chart=bar_chart(bars, axis, marks, sentence),
        data=data,
    )


def rework(analysis: Analysis) -> Picture | None:
    """Draw how often an item passes each stage, with the hours that defects found there add.

    `None` when no %C&A is stated, nothing is sent back, or nothing ever finishes.
    """
    stated = _stated(analysis, lambda s: s.expected_visits)
    if not stated or max(value for _, value in stated) <= 1:
        return None
    definitions, most = analysis.stream.definitions, max(value for _, value in stated)

    def says(stage: StageFigures, visits: float) -> str:
        cost = stage.cost_of_rework
        return f"{visits:.2f} visits" + (f"; defects found here add {hours(cost, definitions)}" if cost else "")

    bars = _bars(analysis, stated, says, marked=lambda v: v == most)
    said = [(bar.label, bar.end, f"{bar.end:.2f}") for bar in bars]
    costly = max(analysis.stages, key=lambda s: s.cost_of_rework or 0)
    sentence = f"An item passes {_named(stated, most)} {most:.2f} times on average, as defects send it back."
    if costly.cost_of_rework:
        added = hours(costly.cost_of_rework, definitions)
        sentence += f" Defects found at {spoken_name(costly.name)} cost most: they add {added} to the lead time."
    data = _data(analysis, "Expected visits", lambda s: s.expected_visits)
    data["Cost of rework (h)"] = pd.Series([s.cost_of_rework for s in analysis.stages], dtype="float64")
    marks = Marks(said=said, rule=1.0, rule_says="One visit: nothing is sent back")
    return Picture(
        key="rework",
        title="Expected visits per stage",
        sentence=sentence,
        chart=bar_chart(bars, Axis(title="Visits of an average item", labels=stage_labels(analysis)), marks, sentence),
        data=data,
    )


def batch_sizes(analysis: Analysis) -> Picture | None:
    """Draw the batch size of each stage; `None` when no stage states one."""
    stated = _stated(analysis, lambda s: s.stage.batch_size)
    if not stated:
        return None
    largest = max(value for _, value in stated)
    bars = _bars(analysis, stated, lambda _, v: f"Batch of {number(v)}")
    sentence = f"The largest batch, {count(largest, 'item')}, is handed on by {_named(stated, largest)}."
    if largest <= 1:
        sentence = "Every stage that states a batch size hands on one item at a time."
    sentence += _silent(analysis, stated)
    return _counts(analysis, "batch_sizes", "Batch sizes", "Items in a batch", bars, sentence, "Batch size", _batch)


def _batch(stage: StageFigures) -> float | None:
    return stage.stage.batch_size


def _handoffs(stage: StageFigures) -> float | None:
    return stage.stage.handoffs


def _utilisation(stage: StageFigures) -> float | None:
    return stage.utilisation


def handoffs(analysis: Analysis) -> Picture | None:
    """Draw how many people touch an item in each stage; `None` when no stage states it."""
    stated = _stated(analysis, _handoffs)
    if not stated:
        return None
    most = max(value for _, value in stated)
    bars = _bars(analysis, stated, lambda _, v: count(v, "person touches it", "people touch it"))
    people = count(analysis.handoffs or 0, "person touches", "people touch")
    sentence = f"Summed over the stages, {people} an item"
    sentence += f"; most, {number(most)}, in {_named(stated, most)}." if most else "."
    sentence += _silent(analysis, stated)
    title = "People touching an item"
    return _counts(analysis, "handoffs", title, "People", bars, sentence, "People touching", _handoffs)


def utilisation(analysis: Analysis) -> Picture | None:
    """Draw the utilisation of each stage with a line at 100 %; `None` where people or demand are not known."""
    stated = _stated(analysis, _utilisation)
    if not stated:
        return None
    busiest = max(value for _, value in stated)
    bars = _bars(analysis, stated, lambda _, v: percent(v), scale=100, marked=lambda v: v >= 1)
    name = _named(stated, busiest)
    sentence = f"The busiest stage is {name}: its people are asked for {percent(busiest)} of their time"
    if busiest >= 1:
        sentence += ", so its queue never shrinks."
    elif busiest >= HIGH_UTILISATION:
        sentence += f", and from {percent(HIGH_UTILISATION)} on queues are expected."
    else:
        sentence += f", below the {percent(HIGH_UTILISATION)} from which queues are expected."
    sentence += (
        _silent(analysis, stated)
        .replace("state none", "do not state enough to tell")
        .replace("states none", "does not state enough to tell")
    )
    marks = Marks(
        said=[(bar.label, bar.end, bar.says) for bar in bars], rule=100.0, rule_says="100%: all the time there is"
    )
    axis = Axis(title="% of the time people have", labels=stage_labels(analysis))
    return Picture(
        key="utilisation",
        title="Utilisation per stage",
        sentence=sentence,
        chart=bar_chart(bars, axis, marks, sentence),
        data=_data(analysis, "Utilisation", _utilisation),
    )


def _counts(
    analysis: Analysis, key: str, title: str, axis: str, bars: list[Bar], sentence: str, column: str, value: _Value
) -> Picture:
    said = [(bar.label, bar.end, number(bar.end)) for bar in bars]
    chart = bar_chart(bars, Axis(title=axis, labels=stage_labels(analysis)), Marks(said=said), sentence)
    return Picture(key=key, title=title, sentence=sentence, chart=chart, data=_data(analysis, column, value))
