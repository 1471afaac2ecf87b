"""A future state -> the chart that leads from the lead time now to the lead time then, a step for each change."""

from __future__ import annotations

import pandas as pd

from vsm.change_words import change_label, change_title
from vsm.charts.picture import Axis, Bar, Marks, Picture, bar_chart, numbered, unit_for
from vsm.future import FutureState, Step
from vsm.future_words import gain_sentence
from vsm.model import ValueStream
from vsm.palette import ATTENTION, LINE, REST
from vsm.rework import time_to_shorten
from vsm.wording import hours


def waterfall(future: FutureState) -> Picture | None:
    """Draw what each change takes from the lead time, in the order applied, so that the steps add up to the whole.

    `None` where the lead time is not known before or after one of them, or a queue grows without end then.
    """
    definitions = future.current.stream.definitions
    times = [time_to_shorten(stream) for stream in _states(future)]
    known = [time for time in times if time is not None]
    if len(known) < len(times) or not future.steps or future.overloads:
        return None
    unit = unit_for(known, definitions)
    bars = [_total("Now", known[0], unit.hours, hours(known[0], definitions))]
    for place, (step, was, will_be) in enumerate(zip(future.steps, known, known[1:], strict=False), 1):
        bars.append(_step_bar(step, place, was, will_be, unit.hours, hours(abs(was - will_be), definitions)))
    bars.append(_total("Then", known[-1], unit.hours, hours(known[-1], definitions)))
    sentence = gain_sentence(future)
    return Picture(
        key="waterfall",
        title="From the lead time now to the lead time then",
        sentence=sentence,
        chart=bar_chart(bars, Axis(title=unit.title), Marks(), sentence),
        data=pd.DataFrame(
            {
                "Change": ["Now", *(change_title(step.before, step.change) for step in future.steps)],
                "Saves (h)": pd.Series([None, *(step.saves for step in future.steps)], dtype="float64"),
                "Alone it would save (h)": pd.Series(
                    [None, *(step.saves_alone for step in future.steps)], dtype="float64"
                ),
                "Lead time behind it (h)": pd.Series(known, dtype="float64"),
            }
        ),
    )


def _states(future: FutureState) -> tuple[ValueStream, ...]:
    return (future.current.stream, *(step.after for step in future.steps))


def _total(name: str, time: float, unit: float, said: str) -> Bar:
    return Bar(label=f"{name}: {said}", start=0.0, end=time / unit, colour=REST, says=said)


def _step_bar(step: Step, place: int, was: float, will_be: float, unit: float, said: str) -> Bar:
    longer = will_be > was
    sign = "" if was == will_be else "+" if longer else "−"
    return Bar(
        label=numbered(place, change_label(step.change), f"{sign}{said}"),
        start=min(was, will_be) / unit,
        end=max(was, will_be) / unit,
        colour=ATTENTION if longer else LINE,
        says=f"{said} {'more' if longer else 'less'}",
        name=change_title(step.before, step.change),
    )
