"""An analysis -> charts of where the time goes: work and waiting per stage, the longest queues, waiting by team."""

from __future__ import annotations

from itertools import accumulate

import pandas as pd

from vsm.analysis import Analysis
from vsm.charts.picture import (
    Axis,
    Bar,
    Marks,
    Picture,
    bar_chart,
    between,
    numbered,
    spoken_name,
    stage_labels,
    unit_for,
)
from vsm.metrics import vital_queues
from vsm.model import Definitions, Queue, WaitSide
from vsm.palette import PROCESSING, REST, WAITING
from vsm.wording import count, hours, listed, percent


def time_per_stage(analysis: Analysis) -> Picture | None:
    """Draw processing and wait time of each stage in flow order; `None` when no stage states a time.

    A wait stated before its stage is drawn before its work.
    """
    stages, definitions = analysis.stages, analysis.stream.definitions
    known = [s for s in stages if s.lead_time is not None]
    if not known:
        return None
    unit = unit_for((s.lead_time or 0 for s in known), definitions)
    labels, bars = stage_labels(analysis, lambda s: short(s.lead_time, definitions)), []
    for s in known:
        pieces = [
            ("Processing", s.stage.processing_time, PROCESSING),
            ("Waiting", s.stage.wait_time, WAITING),
            ("Time, not divided", s.stage.undivided_time, REST),
        ]
        start = 0.0
        for meaning, value, colour in pieces if definitions.wait is WaitSide.AFTER else reversed(pieces):
            if value is None:
                continue
            end = start + value / unit.hours
            says = f"{meaning}: {hours(value, definitions)}"
            bars.append(
                Bar(label=labels[s.index], start=start, end=end, colour=colour, says=says, name=s.name, meaning=meaning)
            )
            start = end
    sentence = _time_sentence(analysis)
    undivided = any(s.stage.undivided_time is not None for s in stages)
    times = {
        "Processing time (h)": _column(s.stage.processing_time for s in stages),
        "Wait time (h)": _column(s.stage.wait_time for s in stages),
    }
    if undivided:
        times = {"Time, not divided (h)": _column(s.stage.undivided_time for s in stages)}
    return Picture(
        key="time_per_stage",
        title="Time per stage" if undivided else "Processing and waiting per stage",
        sentence=sentence,
        chart=bar_chart(bars, Axis(title=unit.title, labels=labels), Marks(), sentence),
        data=pd.DataFrame(
            {
                "Stage": [s.name for s in stages],
                **times,
                "Lead time (h)": _column(s.lead_time for s in stages),
            }
        ),
    )


def short(value: float | None, definitions: Definitions) -> str:
    """Say hours, or a dash where they are not measured."""
    return "–" if value is None else hours(value, definitions)


def _column(values: object) -> pd.Series:
    return pd.Series(values, dtype="float64")


def _time_sentence(a: Analysis) -> str:
    definitions = a.stream.definitions
    if a.processing_time is None and a.wait_time is None:
        longest = max(a.stages, key=lambda s: s.lead_time or 0)
        return (
            f"Items are longest in {spoken_name(longest.name)}: {hours(longest.lead_time, definitions)}, "
            f"{percent(longest.share_of_lead_time)} of it. Nothing in the log tells work from waiting."
        )
    if a.processing_time is None:
        return f"Items wait {hours(a.wait_time, definitions)} in all; processing times are not measured."
    if a.wait_time is None:
        return f"Work takes {hours(a.processing_time, definitions)} in all; wait times are not measured."
    if a.flow_efficiency is None:
        return "Every time is 0."
    sentence = (
        f"Waiting is {percent(1 - a.flow_efficiency)} of the time: {hours(a.wait_time, definitions)} against "
        f"{hours(a.processing_time, definitions)} of work."
    )
    if a.longest_queue is not None:
        held = hours(a.longest_queue.wait_time, definitions)
        sentence += f" The queue {_in_front_of(a, a.longest_queue)} alone holds {held}."
    return sentence


def _in_front_of(analysis: Analysis, queue: Queue) -> str:
    step = f"in front of {spoken_name(queue.before or 'the customer')}"
    several = _one_of_several(analysis, queue)
    return f"{step} after {spoken_name(queue.after or 'the start')}" if several else step


def _label(analysis: Analysis, queue: Queue) -> str:
    """Name the step that a queue stands in front of, and what it comes after where several stand in front of one."""
    step = queue.before or "Customer"
    return between(step, queue.after or "the start") if _one_of_several(analysis, queue) else step


def _one_of_several(analysis: Analysis, queue: Queue) -> bool:
    return sum(other.before == queue.before for other in analysis.queues) > 1


def longest_waits(analysis: Analysis) -> Picture | None:
    """Draw the queues from the longest to the shortest, with the share of all waiting that they reach together.

    `None` when nothing waits.
    """
    ranked = sorted((q for q in analysis.queues if q.wait_time > 0), key=lambda q: -q.wait_time)
    if not ranked or not analysis.wait_time:
        return None
    definitions, total = analysis.stream.definitions, analysis.wait_time
    reached = [sum_ / total for sum_ in accumulate(q.wait_time for q in ranked)]
    labels = [numbered(i, _label(analysis, q), hours(q.wait_time, definitions)) for i, q in enumerate(ranked, 1)]
    bars = [
        Bar(
            label=label,
            start=0.0,
            end=q.wait_time / total * 100,
            colour=WAITING,
            says=f"{hours(q.wait_time, definitions)}, {percent(q.wait_time / total)} of all waiting",
            name=f"I{_in_front_of(analysis, q)[1:]}",
        )
        for label, q in zip(labels, ranked, strict=True)
    ]
    dots = [
        (label, share * 100, f"{percent(share)} with {count(i, 'queue')}")
        for i, (label, share) in enumerate(zip(labels, reached, strict=True), 1)
    ]
    sentence = _vital_sentence(analysis, len(ranked))
    axis = Axis(title="% of all waiting (line: added up)", largest=100.0)
    marks = Marks(dots=dots if len(dots) > 1 else (), dots_title="Together")
    return Picture(
        key="longest_waits",
        title="The longest waits",
        sentence=sentence,
        chart=bar_chart(bars, axis, marks, sentence),
        data=pd.DataFrame(
            {
                "In front of": [q.before or "Customer" for q in ranked],
                "After": [q.after or "Start" for q in ranked],
                "Wait (h)": _column(q.wait_time for q in ranked),
                "Share of all waiting": _column(q.wait_time / total for q in ranked),
                "Together with those above": _column(reached),
            }
        ),
    )


def _vital_sentence(analysis: Analysis, queues: int) -> str:
    vital, definitions = vital_queues(analysis.stream), analysis.stream.definitions
    places = listed([f"{_in_front_of(analysis, q)} ({hours(q.wait_time, definitions)})" for q in vital])
    if queues == 1:
        return f"All waiting is {places}."
    share = percent(sum(q.wait_time for q in vital) / (analysis.wait_time or 1))
    holds = "holds" if len(vital) == 1 else "hold"
    return f"{len(vital)} of {queues} queues {holds} {share} of all waiting: {places}."


def waiting_by_team(analysis: Analysis) -> Picture | None:
    """Draw the waiting between teams against that inside them; `None` when no stage names a team or nothing waits."""
    wait, definitions = analysis.team_wait, analysis.stream.definitions
    if wait is None or not analysis.wait_time:
        return None
    unit = unit_for((wait.between, wait.inside, wait.unknown), definitions)
    parts = [("Between teams", wait.between, WAITING), ("Inside a team", wait.inside, WAITING)]
    if wait.unknown:
        parts.append(("At the ends, or team not stated", wait.unknown, REST))
    bars = [
        Bar(label=f"{where}: {said}", start=0.0, end=value / unit.hours, colour=colour, says=said, name=where)
        for where, value, colour in parts
        for said in (hours(value, definitions),)
    ]
    share = percent(wait.between / analysis.wait_time)
    sentence = (
        f"{hours(wait.between, definitions)} of waiting ({share}) lies between teams, "
        f"{hours(wait.inside, definitions)} inside them."
    )
    return Picture(
        key="waiting_by_team",
        title="Waiting between teams and inside them",
        sentence=sentence,
        chart=bar_chart(bars, Axis(title=unit.title), Marks(), sentence),
        data=pd.DataFrame({"Where": [p[0] for p in parts], "Wait (h)": _column(p[1] for p in parts)}),
    )
