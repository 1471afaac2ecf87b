"""Analysis and reading -> the object that the command line prints as JSON: keys and units are a published contract."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from vsm.achievement import Achievement
from vsm.achievement_json import achievement_object
from vsm.advice import suggestion_words
from vsm.analysis import Analysis, StageFigures, analyse
from vsm.calendar_words import workweek_words
from vsm.change_words import change_title, step_words
from vsm.changes_json import comparison_object, trend_object
from vsm.comparison import Comparison
from vsm.data_words import left_open_notes
from vsm.future import FutureState
from vsm.improvement import Suggestion
from vsm.measured_words import measured_definitions
from vsm.metrics import step_name
from vsm.model import ClockKind, Measured, Problem, Queue, RowCount, ValueStream, Wanted, WorkingTime
from vsm.opening import AnyReading
from vsm.reading.log_shapes import Layout, LogReading
from vsm.trend import trend_of
from vsm.verdicts import verdict_sentences

FORMAT = 1
"""Grows when a key changes its meaning; new keys leave it as it is."""


def json_object(
    analysis: Analysis,
    reading: AnyReading,
    future: tuple[str, FutureState] | None = None,
    comparison: Comparison | None = None,
    achieved: Achievement | None = None,
) -> dict[str, Any]:
    """Say an analysis in plain lists and dicts: times in hours, shares 0 to 1, rates a week, `None` not measured.

    Numbers are not rounded. `reading` gives the layout, the rows and the problems; `future` is a scenario's name with
    its future state, `comparison` what the stream is compared with, `achieved` what came of last time's scenario.
    """
    followed = trend_of(reading)
    measured = analysis.stream.measured
    return {
        "format": FORMAT,
        "layout": (reading.layout if isinstance(reading, LogReading) else Layout.STAGE_TABLE).value,
        "measured": measured is not None,
        "rows": _rows(reading.rows),
        "problems": [_problem(problem) for problem in reading.problems],
        "definitions": _definitions(analysis.stream),
        "stream": _stream(analysis),
        "stages": [_stage(figures) for figures in analysis.stages],
        "periods": _periods(reading),
        "queues": [_queue(queue) for queue in analysis.queues],
        "items": None if measured is None else _items(measured),
        "bottleneck": _bottleneck(analysis),
        "suggestions": [_suggestion(analysis, suggestion) for suggestion in analysis.suggestions],
        "trend": None if followed is None else trend_object(followed),
        "comparison": None if comparison is None else comparison_object(comparison),
        "future": None if future is None else _future(*future),
        **({} if achieved is None else {"promised": achievement_object(achieved)}),
        **_left_open(reading),
        **_files(reading),
        **_sheets(reading),
    }


def _left_open(reading: AnyReading) -> dict[str, Any]:
    """Say what the file of a log cannot tell and how it was taken, and what it asks; a table's problems say so."""
    if not isinstance(reading, LogReading):
        return {}
    return {"notes": list(left_open_notes(reading)), "questions": list(reading.questions)}


def _files(reading: AnyReading) -> dict[str, Any]:
    """Say of a log joined from several files what each of them gave; their rows add up to those of the log."""
    if not isinstance(reading, LogReading) or not reading.parts:
        return {}
    files = [
        {
            "file": part.reading.file,
            "layout": part.reading.layout.value,
            "rows": _rows(part.reading.rows),
            "items": part.items,
            "items_in_other_files": part.items - len(part.alone),
            **_sheets(part.reading),
        }
        for part in reading.parts
    ]
    return {"files": files}


def _sheets(reading: AnyReading | LogReading) -> dict[str, Any]:
    """Say of a log read from several sheets what each of them gave; their rows add up to those of the log."""
    if not isinstance(reading, LogReading) or not reading.of_sheets:
        return {}
    return {"sheets": [{"sheet": part.sheet, "rows": _rows(part.rows)} for part in reading.of_sheets]}


def _rows(rows: RowCount) -> dict[str, int]:
    return {"in": rows.total, "used": rows.used, "left_out": rows.left_out, "blank": rows.blank}


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "severity": problem.severity.value,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "found": problem.found,
        "message": problem.message,
        **({} if problem.file is None else {"file": problem.file}),
    }


def _definitions(stream: ValueStream) -> dict[str, Any]:
    definitions, measured = stream.definitions, stream.measured
    return {
        "wait": definitions.wait.value,
        "complete_accurate": definitions.complete_accurate.value,
        "hours_per_day": definitions.hours_per_day,
        "days_per_week": definitions.days_per_week,
        "clock": (ClockKind.ELAPSED if measured is None else measured.clock).value,
        **({} if measured is None else _of_log(stream, measured)),
    }


def _of_log(stream: ValueStream, measured: Measured) -> dict[str, Any]:
    """Say how a log's dates and hours were counted, and all of its definitions in words."""
    working = measured.working_time
    return {
        "dates": [rule.value for rule in measured.date_rules],
        "working_time": None if working is None else _working_time(working),
        "in_words": list(measured_definitions(stream)),
    }


def _working_time(working: WorkingTime) -> dict[str, Any]:
    return {
        "workday": f"{working.begins:%H:%M}-{working.ends:%H:%M}",
        "workweek": workweek_words(working.weekdays),
        "timezone": working.timezone,
        "country": working.country,
        "holidays": [day.isoformat() for day in working.holidays],
    }


def _stream(analysis: Analysis) -> dict[str, float | None]:
    measured = analysis.stream.measured
    return {
        "processing_time_hours": analysis.processing_time,
        "wait_time_hours": analysis.wait_time,
        "lead_time_hours": analysis.lead_time,
        "flow_efficiency": analysis.flow_efficiency,
        "rolled_complete_accurate": analysis.rolled_complete_accurate,
        "handoffs": analysis.handoffs,
        "lead_time_with_rework_hours": analysis.lead_time_with_rework,
        "throughput_per_week": analysis.throughput,
        "flow_load": analysis.flow_load,
        "overlap_hours": analysis.overlap if measured is None else measured.overlap,
    }


def _stage(figures: StageFigures) -> dict[str, Any]:
    stage = figures.stage
    return {
        "name": stage.name,
        "processing_time_hours": stage.processing_time,
        "wait_time_hours": stage.wait_time,
        "complete_accurate": stage.complete_accurate,
        "batch_size": stage.batch_size,
        "handoffs": stage.handoffs,
        "expected_visits": figures.expected_visits,
        "utilisation": figures.utilisation,
        "visits": stage.visits,
    }


def _items(measured: Measured) -> dict[str, Any]:
    times = measured.lead_times
    return {
        "count": measured.items,
        "finished": measured.finished,
        "only_finish_known": measured.only_finish_known,
        "open": measured.open,
        "cancelled": measured.cancelled,
        "lead_time_hours": None if times is None else asdict(times),
        "sent_back": measured.sent_back,
        "variants": measured.variants,
        "from": None if measured.begins is None else measured.begins.date().isoformat(),
        "to": None if measured.ends is None else measured.ends.date().isoformat(),
        "as_of": None if measured.as_of is None else measured.as_of.isoformat(),
        "chosen": None if measured.items_in_file is None else _chosen(measured.wanted, measured.items_in_file),
    }


def _chosen(wanted: Wanted, items_in_file: int) -> dict[str, Any]:
    first, last = wanted.finished_from, wanted.finished_to
    return {
        "types": list(wanted.types),
        "teams": list(wanted.teams),
        "people": list(wanted.people),
        "finished_from": None if first is None else first.isoformat(),
        "finished_to": None if last is None else last.isoformat(),
        "items_in_file": items_in_file,
    }


def _periods(reading: AnyReading) -> list[dict[str, Any]] | None:
    """Give the figures of every period, in the order of time, where the file states several."""
    if isinstance(reading, LogReading) or not reading.snapshots:
        return None
    return [
        {"name": snapshot.period, "stream": _stream(then), "stages": [_stage(figures) for figures in then.stages]}
        for snapshot in reading.snapshots
        for then in (analyse(snapshot.stream),)
    ]


def _queue(queue: Queue) -> dict[str, Any]:
    return {"after": queue.after, "before": queue.before, "wait_hours": queue.wait_time}


def _bottleneck(analysis: Analysis) -> dict[str, Any]:
    return {
        "stage": step_name(analysis.stream, analysis.bottleneck.stages) or None,
        "kind": analysis.bottleneck.kind.value,
        "evidence": list(verdict_sentences(analysis)),
    }


def _suggestion(analysis: Analysis, suggestion: Suggestion) -> dict[str, Any]:
    words = suggestion_words(analysis, suggestion)
    saves = words.saves if suggestion.saves is None else f"saves {words.saves}"
    return {
        "lever": suggestion.lever.value,
        "stage": analysis.stages[suggestion.stage].name,
        "saves_hours": suggestion.saves,
        "text": f"{words.title}: {saves}. {words.evidence}",
    }


def _future(name: str, future: FutureState) -> dict[str, Any]:
    definitions = future.current.stream.definitions
    return {
        "name": name,
        "stream": _stream(future.future),
        "stages": [_stage(figures) for figures in future.future.stages],
        "saves_hours": future.saves,
        "steps": [
            {
                "change": asdict(step.change),
                "text": f"{change_title(step.before, step.change)}. {step_words(step, definitions)}",
                "saves_hours": step.saves,
            }
            for step in future.steps
        ],
        "refused": [{"change": asdict(entry.change), "text": entry.reason} for entry in future.refused],
        "overloaded": list(future.overloaded),
        "queue_grows_at": list(future.endless),
        "bottleneck": _bottleneck(future.future),
    }
