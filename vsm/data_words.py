"""Where figures come from -> sentences: the file, what became of its rows, and which items of a log were chosen."""

from __future__ import annotations

from vsm.analysis import Analysis
from vsm.flow_words import shortened
from vsm.measured_words import only_finish_known
from vsm.model import Measured, Severity, Source, Topic, ValueStream, Wanted
from vsm.opening import AnyReading
from vsm.reading.log_shapes import LogReading
from vsm.wording import count, day, listed, number

_SHEETS_NAMED = 3
"""More sheets are counted and not named."""


def chosen_words(measured: Measured | None) -> str | None:
    """Say which items were chosen; `None` where all were, and for figures that were stated."""
    if measured is None or measured.items_in_file is None:
        return None
    return selection_words(measured.wanted, measured.items, measured.items_in_file)


def selection_words(wanted: Wanted, kept: int, items: int) -> str:
    """Say which items were chosen: "only Bug, team Red, finished from 1 May 2026 to 30 June 2026: 12 of 40 items"."""
    parts = []
    for names, before in ((wanted.types, ""), (wanted.teams, "team "), (wanted.people, "with ")):
        if names:
            parts.append(before + listed([shortened(name) for name in names], "or"))
    first, last = wanted.finished_from, wanted.finished_to
    dates = (f" from {day(first)}" if first else "") + (f" to {day(last)}" if last else "")
    if dates:
        parts.append(f"finished{dates}")
    return f"only {', '.join(parts)}: {number(kept)} of {count(items, 'item')}"


def periods_words(source: Source) -> str:
    """Say of which period the figures are: "period Mar 2026, of 3 from Jan 2026 to Mar 2026"."""
    first, last = shortened(source.periods[0]), shortened(source.periods[-1])
    return f"period {shortened(source.period or last)}, of {len(source.periods)} from {first} to {last}"


def _measured_notes(measured: Measured) -> tuple[str, ...]:
    """Say how much was measured, over which time, and what is still open."""
    dates = ""
    if measured.begins is not None and measured.ends is not None:
        dates = f" finished from {day(measured.begins)} to {day(measured.ends)}"
    some = f"{number(measured.timed)} of " if measured.only_finish_known else ""
    over = f"means over {some}{count(measured.finished, 'item')}{dates}" if measured.finished else "no item is finished"
    notes = [f"The figures are measured: {over}."]
    if measured.only_finish_known:
        notes.append(only_finish_known(measured.only_finish_known))
    if measured.open:
        verb = "is" if measured.open == 1 else "are"
        when = "" if measured.as_of is None else f" on {day(measured.as_of)}"
        notes.append(f"{count(measured.open, 'item')} {verb} still open{when}: counted as load, not in lead times.")
    if measured.cancelled:
        notes.append(f"{count(measured.cancelled, 'item')} cancelled, in no lead time.")
    if chosen := chosen_words(measured):
        notes.append(f"{chosen[:1].upper()}{chosen[1:]}.")
    return tuple(notes)


def said_topics(stream: ValueStream) -> str | None:
    """Name what was said of the stream and is not from its source: "demand and people"; `None` where nothing was."""
    return listed([saying.topic for saying in stream.said]) or None


def said_note(stream: ValueStream) -> str | None:
    """Say what the person who looked at the stream said of it, and of which stages; `None` where nothing was said."""
    parts = [_SAID[said.topic].format(listed([shortened(name) for name in said.stages])) for said in stream.said]
    if not parts:
        return None
    verb = "was" if len(parts) == 1 and stream.said[0].topic is Topic.DEMAND else "were"
    return f"{listed(parts)[:1].upper()}{listed(parts)[1:]} {verb} said in the app and {verb} not read from the file."


_SAID = {
    Topic.DEMAND: "the demand",
    Topic.PEOPLE: "the people at {}",
    Topic.AVAILABILITY: "the available time at {}",
    Topic.REWORK: "the stages that defects found at {} go back to",
}


def sheet_words(reading: AnyReading) -> str:
    """Say which sheets of several were read: "sheet Log", "sheets January and February", "12 sheets"."""
    if not reading.sheets[1:]:
        return ""
    several = reading.of_sheets if isinstance(reading, LogReading) else ()
    if not several:
        return f"sheet {reading.sheet}"
    names = [part.sheet for part in several]
    return f"sheets {listed(names)}" if len(names) <= _SHEETS_NAMED else f"{len(names)} sheets"


def _rows_of_parts(source: Source) -> list[str]:
    """Say how many of the rows each joined file gave, or each sheet of one file."""
    if any(part.file != source.file for part in source.parts):
        return [
            f"Of these rows, {part.file}{f', sheet {part.sheet}' if part.sheet else ''} has {number(part.rows.total)}: "
            f"{number(part.rows.used)} used, {number(part.rows.left_out)} left out and {number(part.rows.blank)} blank."
            for part in source.parts
        ]
    sheets = [f"{number(part.rows.total)} on {part.sheet}" for part in source.parts]
    return [f"They stand on {len(sheets)} sheets that were read as one log: {listed(sheets)}."] if sheets else []


def left_open_notes(reading: LogReading) -> tuple[str, ...]:
    """Say what the file of a log cannot tell, and how it was taken; of files that were joined, for each of them."""
    of_files = (f"{part.reading.file}: {note}" for part in reading.parts for note in part.reading.notes)
    return (*reading.notes, *of_files)


def data_notes(analysis: Analysis) -> tuple[str, ...]:
    """Say where the figures come from, what became of the rows, and what was odd, one sentence each."""
    source = analysis.stream.source
    measured = analysis.stream.measured
    notes = ["The figures are stated, not measured: someone wrote them down for each stage."]
    if measured is not None:
        notes = list(_measured_notes(measured))
    if (said := said_note(analysis.stream)) is not None:
        notes.append(said)
    if source is None:
        return tuple(notes)
    sheet = f", sheet {source.sheet}" if source.sheet else ""
    rows = source.rows
    notes.insert(
        0,
        f"Read from {source.file}{sheet}: {count(rows.total, 'row')}, of which {number(rows.used)} used, "
        f"{number(rows.left_out)} left out and {number(rows.blank)} blank.",
    )
    if len(source.periods) > 1:
        notes.insert(1, f"{periods_words(source)[:1].upper()}{periods_words(source)[1:]}.")
    notes[1:1] = _rows_of_parts(source)
    found = [
        count(n, word)
        for severity, word in ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.NOTE, "note"))
        if (n := sum(p.severity is severity for p in source.problems))
    ]
    if found:
        notes.append(f"Reading it gave {listed(found)}; the list of problems says what was done about each.")
    return tuple(notes)
