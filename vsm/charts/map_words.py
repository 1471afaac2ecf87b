"""An analysis -> the words on the value stream map, and the map told in words for those who do not see it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from math import inf

from vsm.analysis import Analysis, StageFigures
from vsm.bottlenecks import Kind
from vsm.charts.map_text import clean, isolated, text_width
from vsm.durations import hours_in_words
from vsm.metrics import TeamWait
from vsm.model import ClockKind, Definitions, WaitSide
from vsm.wording import count, hours, number, percent

NOT_MEASURED = "–"
NAME_SIZE = 13.0
TEXT_SIZE = 12.5
_LONGEST_LABEL = 200

OF_LEAD_TIME = "Of lead time"

_Value = Callable[[StageFigures, Definitions], str | None]


def _share(value: float | None) -> str | None:
    return None if value is None else percent(value).replace("under ", "<").replace("over ", ">")


def _count(value: float | None) -> str | None:
    return None if value is None else compact(number(value), value, 60)


_ROWS: tuple[tuple[str, str, _Value], ...] = (
    ("Processing", "processing time", lambda s, d: short_hours(s.stage.processing_time, d, 54)),
    ("Time", "time in it, work and wait", lambda s, d: short_hours(s.stage.undivided_time, d, 54)),
    ("%C&A", "%C&A", lambda s, d: _share(s.stage.complete_accurate)),
    ("Batch", "batch size", lambda s, d: _count(s.stage.batch_size)),
    ("Handoffs", "people touching the item", lambda s, d: _count(s.stage.handoffs)),
    ("Items now", "items in it now", lambda s, d: _count(s.stage.wip)),
    ("Utilisation", "utilisation", lambda s, d: _share(s.utilisation)),
    (OF_LEAD_TIME, "share of lead time", lambda s, d: _share(s.share_of_lead_time)),
)


_DECIMAL = re.compile(r"^(\d{2,})\.\d(?= )")
"""The decimal of a number from 10 on: what it says more is seen nowhere else on the map."""


def short_hours(value: float | None, definitions: Definitions, width: float, *, size: float = TEXT_SIZE) -> str | None:
    """Say hours in bold letters of at most `width`, in powers of ten where they need more; `None`: not measured."""
    if value is None:
        return None
    return compact(hours_in_words(value, definitions), value / definitions.hours_per_day, width, size)


def compact(words: str, value: float, width: float, size: float = TEXT_SIZE) -> str:
    """Shorten words wider than `width`: "d" for "days", then no decimals from 10 on, then powers of ten.

    >>> compact("1,234 days", 1234.0, 100), compact("1,234 days", 1234.0, 65), compact("1,234 days", 1234.0, 50)
    ('1,234 days', '1,234 d', '1.2e3 d')
    >>> compact("42.1 min", 42.1, 54), compact("under 0.1 s", 6e-13, 54)
    ('42 min', '<0.1 s')
    """
    power = f"{value:.1e}".replace("e+0", "e").replace("e+", "e")
    short = words.replace(" days", " d").replace(" day", " d").replace("under ", "<")
    whole = _DECIMAL.sub(r"\1", short)
    fits = (said for said in (words, short, whole) if text_width(said, size, bold=True) <= width)
    return next(fits, f"{power} d" if short.endswith(" d") else power)


def data_labels(analysis: Analysis) -> tuple[str, ...]:
    """List the rows of the data boxes: those that are measured anywhere in the stream."""
    definitions = analysis.stream.definitions
    return tuple(
        label for label, _, value in _ROWS if any(value(stage, definitions) is not None for stage in analysis.stages)
    )


def data_values(stage: StageFigures, labels: Sequence[str], definitions: Definitions) -> tuple[str, ...]:
    """Return one stage's values for some rows of `data_labels`; a dash for what is not measured."""
    return tuple(value(stage, definitions) or NOT_MEASURED for label, _, value in _ROWS if label in labels)


def stage_label(analysis: Analysis, index: int) -> str:
    """Say in one line what a screen reader reads for a stage, and the pointer shows."""
    stage, definitions = analysis.stages[index], analysis.stream.definitions
    name = clean(stage.name)
    name = isolated(name if len(name) <= _LONGEST_LABEL else name[:_LONGEST_LABEL] + "…")
    side = "after" if definitions.wait is WaitSide.AFTER else "before"
    parts = [
        f"processing {hours(stage.stage.processing_time, definitions)}",
        f"wait {side} it {hours(stage.stage.wait_time, definitions)}",
    ]
    if stage.stage.undivided_time is not None:
        parts.clear()
    for _, spoken, value in _ROWS[1:]:
        said = value(stage, definitions)
        if said is not None:
            parts.append(f"{spoken} {said}")
    if stage.stage.team is not None:
        parts.append(f"team {isolated(stage.stage.team)}")
    mark = burst_words(analysis) if index in analysis.bottleneck.stages else ""
    return f"{name}: {', '.join(parts)}{'. ' + mark if mark else ''}"


def burst_words(analysis: Analysis) -> str:
    """Say what the burst says: a stage without capacity is a bottleneck, another one has the longest wait."""
    kind = analysis.bottleneck.kind
    return {Kind.CONSTRAINT: "Bottleneck", Kind.DELAY: "Longest wait", Kind.NONE: ""}[kind]


def queue_label(analysis: Analysis, index: int) -> str:
    """Say where the queue stands that stage `index` states, and how long items wait in it."""
    queue = next((q for q in analysis.queues if q.stated_by == index), None)
    if queue is None:
        return "Wait not measured"
    place = "before the customer" if queue.before is None else f"in front of {isolated(queue.before)}"
    return f"Wait {place}: {hours(queue.wait_time, analysis.stream.definitions)}"


def title(analysis: Analysis) -> str:
    """Return the stream's name, cleaned."""
    return clean(analysis.stream.name) or "Value stream"


def subtitle(analysis: Analysis) -> str:
    """Say from where to where the stream runs, as far as it is known."""
    start, end = analysis.stream.start, analysis.stream.end
    from_, to = f"From {isolated(start)}" if start else "", f"{'to' if start else 'To'} {isolated(end)}" if end else ""
    return " ".join(part for part in (from_, to) if part)


def requests(analysis: Analysis) -> str:
    """Say what flows from the customer to the start: requests, and how many where the demand is known."""
    return "Requests" if analysis.demand is None else f"Requests: {number(analysis.demand)} a week"


def totals(analysis: Analysis, *, width: float = inf, size: float = TEXT_SIZE) -> tuple[tuple[str, str], ...]:
    """Return the four figures at the end of the timeline as (label, value), none wider than `width`."""
    definitions = analysis.stream.definitions
    times = (
        ("Lead time", analysis.lead_time),
        ("Waiting", analysis.wait_time),
        ("Processing", analysis.processing_time),
    )
    figures = [(label, short_hours(value, definitions, width, size=size) or NOT_MEASURED) for label, value in times]
    return (*figures, ("Flow efficiency", _share(analysis.flow_efficiency) or NOT_MEASURED))


def notes(analysis: Analysis, *, teams: bool) -> tuple[str, ...]:
    """List what a reader must know to read the figures rightly, one sentence each."""
    definitions = analysis.stream.definitions
    longest, measured = max(analysis.lead_time or 0, analysis.wait_time or 0), analysis.stream.measured
    hour = "hour" if measured is not None and measured.clock is ClockKind.ELAPSED else "working hour"
    reading = [f"A day is {count(definitions.hours_per_day, hour)}."] * (longest >= definitions.hours_per_day)
    labels = data_labels(analysis)
    if any(NOT_MEASURED in data_values(s, labels, definitions) or s.stage.wait_time is None for s in analysis.stages):
        reading.append(f"{NOT_MEASURED} means not measured.")
    found = [" ".join(reading)] * bool(reading)
    if any(s.stage.undivided_time is not None for s in analysis.stages):
        found.append("Time is work and waiting in one: nothing in the log tells them apart.")
    if measured is not None and measured.overlap:
        found.append(
            "Steps of one item run side by side, so the stages add up to "
            f"{hours(measured.overlap, definitions)} more than the lead time."
        )
    elif analysis.overlap is not None:
        found.append(
            "The timeline follows the longest branch of parallel stages; waiting and processing count all branches, "
            f"{hours(analysis.overlap, definitions)} more than the lead time."
        )
    if teams and analysis.team_wait is not None:
        found.append(team_sentence(analysis.team_wait, definitions))
    return tuple(found)


def team_sentence(wait: TeamWait, definitions: Definitions) -> str:
    """Say how much waiting lies between teams, inside them, and where no two teams are known."""
    sentence = (
        f"Waiting between teams (dashed line): {hours(wait.between, definitions)}; inside a team: "
        f"{hours(wait.inside, definitions)}"
    )
    return sentence + (f"; elsewhere: {hours(wait.unknown, definitions)}." if wait.unknown else ".")


def crosses_teams(analysis: Analysis, index: int) -> bool:
    """Tell whether the queue that stage `index` states lies between stages whose teams are known and differ."""
    queue = next((q for q in analysis.queues if q.stated_by == index), None)
    if queue is None or not queue.comes_from or not queue.waits_for:
        return False
    teams = {analysis.stages[i].stage.team for i in queue.comes_from + queue.waits_for}
    return None not in teams and len(teams) > 1


def map_description(analysis: Analysis) -> str:
    """Tell the map in words: a line for the whole, one for each stage in flow order, one for the bottleneck."""
    figures = ", ".join(
        f"{label.lower()} {'not measured' if value == NOT_MEASURED else value}" for label, value in totals(analysis)
    )
    opening = f"{isolated(title(analysis))}{_path(analysis)}: {count(len(analysis.stages), 'stage')}, {figures}."
    lines = [opening]
    for position, step in enumerate(analysis.stream.steps, start=1):
        for letter, index in enumerate(step):
            mark = f"{position}{_branch(letter)}" if len(step) > 1 else str(position)
            lines.append(f"{mark}. {_stage_in_words(analysis, index, parallel=len(step) > 1)}")
    if analysis.bottleneck.kind is not Kind.NONE:
        lines.append(_mark_in_words(analysis))
    return "\n".join(lines)


def _path(analysis: Analysis) -> str:
    words = subtitle(analysis)
    return f", {words[0].lower()}{words[1:]}" if words else ""


def _branch(position: int) -> str:
    return chr(ord("a") + position) if position < 26 else f".{position + 1}"


def _stage_in_words(analysis: Analysis, index: int, *, parallel: bool) -> str:
    stage, definitions = analysis.stages[index].stage, analysis.stream.definitions
    work = (
        "work not measured" if stage.processing_time is None else f"{hours(stage.processing_time, definitions)} of work"
    )
    if stage.wait_time is None:
        wait = "waiting not measured"
    else:
        wait = f"{hours(stage.wait_time, definitions)} of waiting" if stage.wait_time else "no waiting"
    if stage.undivided_time is not None:
        return f"{isolated(stage.name)}: {hours(stage.undivided_time, definitions)}, work and waiting in one."
    first, then = (work, wait) if definitions.wait is WaitSide.AFTER else (wait, work)
    side_by_side = " (in parallel)" if parallel else ""
    team = f", by {isolated(stage.team)}" if stage.team else ""
    return f"{isolated(stage.name)}{side_by_side}{team}: {first}, then {then}."


def _mark_in_words(analysis: Analysis) -> str:
    names = " and ".join(isolated(analysis.stages[i].name) for i in analysis.bottleneck.stages)
    if analysis.bottleneck.kind is Kind.CONSTRAINT:
        return f"The bottleneck is {names}."
    return f"The longest wait is in front of {names}." if names else "The longest wait is before the customer."
