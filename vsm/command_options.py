"""The options of the command line -> the choices about a table of stages or an item log."""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from difflib import get_close_matches
from enum import StrEnum
from typing import NoReturn, TypeVar

from vsm import option_values
from vsm.calendar_words import known_timezone, workday, workweek
from vsm.folding import fold
from vsm.items.build import StatusKind
from vsm.model import ClockKind, Definitions, QualitySide, WaitSide
from vsm.opening import AnyReading
from vsm.reading.log_shapes import DateRule, FarDates, Layout, LogChoices, LogReading, LogRole, Stamp
from vsm.reading.logs import NO_SUCH_SHEET
from vsm.reading.periods import find_period
from vsm.reading.shapes import Choices, Reading, Role
from vsm.worktime import Calendar

NAMES_SHOWN = 30
T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

TABLE_ONLY = ("period", "keep_total_rows", "wait", "complete_accurate", "days_per_week", "demand")
LOG_ONLY = (
    *("workday", "workweek", "holidays", "timezone", "status", "timestamp", "dates", "stage_order", "as_of"),
    *("type", "team", "person", "from", "to", "no_item_names", "and"),
    *("items_by_sheet", "date_order", "far_dates", "compare_periods", "compare_types"),
)
"""Options that mean something for one kind of file only."""
DAY_FIRST = {"day-first": True, "month-first": False}
_OF_BOTH = {role.value for role in Role} & {role.value for role in LogRole}


class WrongCommandError(Exception):
    """A command line that cannot be carried out; the message says why in one sentence."""


class Parser(argparse.ArgumentParser):
    """An argument parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong with the way to more help."""
        raise WrongCommandError(f"{message[:1].upper()}{message[1:]}. `{self.prog} --help` lists the options.")


def add_reading_options(command: argparse.ArgumentParser) -> None:
    """Add what can be said about any file."""
    group = command.add_argument_group("how to read the file")
    group.add_argument(
        "--sheet", metavar="NAME", help="the sheet to read (of a log: all sheets with its columns, as one)"
    )
    group.add_argument(
        "--layout", choices=[layout.value for layout in Layout], help="what one row is (default: seen from the file)"
    )
    group.add_argument(
        "--column",
        metavar="ROLE=HEADER",
        type=option_values.role_and_header,
        action="append",
        default=[],
        help=f"what a column means, again and again; roles of a table of stages: {', '.join(Role)}; of an item log: "
        f"{', '.join(LogRole)}",
    )
    hours = "of durations given in days (8, or as dates beside them tell)"
    group.add_argument("--hours-per-day", metavar="H", type=option_values.between(0, 24), help=hours)
    group.add_argument(
        "--unit", type=option_values.unit, help="unit of durations that name none, such as min, h or d (h)"
    )
    group.add_argument("--name", help="what the value stream is called")
    group.add_argument("--start", help="where it starts and who asks")
    group.add_argument("--end", help="where it ends and who receives")


def add_table_options(command: argparse.ArgumentParser) -> None:
    """Add what can be said about tables of stages alone."""
    default, group = Definitions(), command.add_argument_group("tables of stages (an error with an item log)")
    group.add_argument("--keep-total-rows", action="store_true", help="count rows recognised as totals as stages")
    group.add_argument(
        "--wait", choices=[side.value for side in WaitSide], help=f"where a row's wait lies ({default.wait})"
    )
    group.add_argument(
        "--complete-accurate",
        choices=[side.value for side in QualitySide],
        help=f"%%C&A speaks of what comes in or goes out ({default.complete_accurate})",
    )
    group.add_argument(
        "--period", metavar="NAME", help="the one to analyse, where the file states several periods (the latest)"
    )
    group.add_argument(
        "--days-per-week", metavar="D", type=option_values.between(0, 7), help=f"({default.days_per_week:g})"
    )
    group.add_argument(
        "--demand",
        metavar="PER_WEEK",
        type=option_values.between(0, math.inf),
        help="items a week that ask for the stream",
    )


def add_log_options(command: argparse.ArgumentParser) -> None:
    """Add what can be said about item logs alone."""
    plain, group = Calendar(), command.add_argument_group("item logs (an error with a table of stages)")
    group.add_argument(
        "--clock", choices=[kind.value for kind in ClockKind], help="count every hour, or working time alone (elapsed)"
    )
    hours = f"{plain.begins:%H:%M}-{plain.ends:%H:%M}"
    group.add_argument(
        "--workday", type=option_values.said(workday), help=f"with --clock working ({hours})", metavar=hours
    )
    group.add_argument(
        "--workweek", type=option_values.said(workweek), help="with --clock working (mon-fri)", metavar="mon-fri"
    )
    group.add_argument(
        "--holidays",
        metavar="COUNTRY|FILE",
        type=option_values.said(option_values.holidays),
        help="with --clock working: public holidays of DE, US ... or DE-BY, or a file with one date a line",
    )
    group.add_argument(
        "--timezone",
        type=option_values.said(known_timezone),
        help="of times that name none, and of the working day (UTC)",
    )
    group.add_argument(
        "--status",
        metavar='"NAME=KIND[:STAGE]"',
        type=option_values.status,
        action="append",
        default=[],
        help=f"what a status means, again and again: {', '.join(StatusKind)}; the stage is the one its time belongs to",
    )
    group.add_argument("--timestamp", choices=[s.value for s in Stamp], help="what a single time marks (as proposed)")
    group.add_argument(
        "--dates", choices=[r.value for r in DateRule], help="how dates without a time of day count (inclusive)"
    )
    group.add_argument("--date-order", choices=list(DAY_FIRST), help="of dates such as 03/04/2026 (seen from the file)")
    group.add_argument(
        "--far-dates",
        choices=[f.value for f in FarDates],
        help="what becomes of dates years away from all others: count, leave out those decades away, or leave all out "
        "(decades)",
    )
    group.add_argument(
        "--items-by-sheet",
        action="store_true",
        help="of a log on several sheets: each numbers items of its own, and is their team if no column names one",
    )
    group.add_argument("--stage-order", metavar='"A,B,C"', type=option_values.names, help="the stages in flow order")
    group.add_argument(
        "--as-of",
        metavar="DATE",
        type=option_values.moment,
        help="until when open items age: a date, its end, or a time (last row)",
    )


def forced_kind(options: argparse.Namespace) -> Layout | None:
    """Return the layout that the options leave no doubt about: the one named, else one that has the roles named.

    Only whether it is a table of stages then counts: of logs, the reader sees the layout itself.
    """
    if options.layout:
        return Layout(options.layout)
    roles = {role for role, _ in options.column} - _OF_BOTH
    if roles & {role.value for role in LogRole}:
        return Layout.EVENT_LOG
    return Layout.STAGE_TABLE if roles else None


def table_choices(options: argparse.Namespace) -> Choices:
    """Take the choices about a table of stages; raises `WrongCommandError` for options that it does not have."""
    # Settings first: the other options may have come out of them.
    for only in (("settings",), LOG_ONLY):
        _refuse(options, only, "item logs", "a table of stages", "the layout of the log, such as --layout “event log”")
    if options.clock == ClockKind.WORKING:
        raise WrongCommandError(
            "--clock working counts the working time between timestamps, but the file was read as a table of stages, "
            "which has none; leave it out, or give the layout of the log, such as --layout “event log”."
        )
    default = Definitions()
    return Choices(
        sheet=options.sheet,
        columns=roles_of(options.column, Role, "a table of stages"),
        keep_total_rows=options.keep_total_rows,
        definitions=Definitions(
            hours_per_day=options.hours_per_day or default.hours_per_day,
            days_per_week=options.days_per_week or default.days_per_week,
            unit=options.unit,
            demand=options.demand,
        ),
        wait=options.wait and WaitSide(options.wait),
        complete_accurate=options.complete_accurate and QualitySide(options.complete_accurate),
        period=options.period,
        name=options.name,
        start=options.start,
        end=options.end,
    )


def log_choices(options: argparse.Namespace) -> LogChoices:
    """Take the choices about an item log; raises `WrongCommandError` for options that it does not have."""
    _refuse(options, TABLE_ONLY, "tables of stages", "an item log", "--layout “stage table” if each row is a stage")
    default = LogChoices()
    return LogChoices(
        sheet=options.sheet,
        items_by_sheet=options.items_by_sheet,
        layout=options.layout and Layout(options.layout),
        columns=roles_of(options.column, LogRole, "an item log"),
        statuses=tuple(options.status),
        stage_order=options.stage_order or (),
        stamp=options.timestamp and Stamp(options.timestamp),
        dates=DateRule(options.dates or default.dates),
        day_first=DAY_FIRST[options.date_order] if options.date_order else None,
        far_dates=FarDates(options.far_dates or default.far_dates),
        timezone=options.timezone or default.timezone,
        as_of=options.as_of,
        calendar=_calendar(options),
        hours_per_day=options.hours_per_day,
        unit=options.unit,
        name=options.name,
        start=options.start,
        end=options.end,
    )


def check_names(options: argparse.Namespace, reading: AnyReading) -> None:
    """Refuse statuses, stages and periods that the file does not have, by `WrongCommandError` with those it has.

    What a settings file says of another month's statuses and stages is no mistake: the reading's notes name it.
    """
    if not isinstance(reading, LogReading):
        _check_period(options.period, reading)
        return
    saved = LogChoices() if options.settings is None else options.settings.choices
    first, *others = [part.reading for part in reading.parts] or [reading]
    if options.sheet != saved.sheet and any(problem.repair == NO_SUCH_SHEET for problem in first.problems):
        known_names("--sheet", options.sheet, first.sheets)
    _check_columns("--column", [pair for pair in options.column if pair not in saved.columns], first)
    for file, other in zip(vars(options)["and"], others, strict=False):
        _check_columns("--and-column", file.column, other)
    if not reading.statuses:
        return
    statuses = tuple(status.name for status in reading.statuses)
    stages = (*(stage.name for stage in (reading.stream.stages if reading.stream else ())), *statuses)
    for status in options.status:
        if status not in saved.statuses:
            known_names("--status", status.name, statuses)
    if options.stage_order != saved.stage_order:
        for stage in options.stage_order or ():
            known_names("--stage-order", stage, stages)


def _check_columns(option: str, asked: Sequence[tuple[str, str]], reading: LogReading) -> None:
    """Refuse columns that the file does not have; each is named by its header or letter."""
    letters = {column.letter for column in reading.columns}
    headers = tuple(dict.fromkeys(column.header or column.letter for column in reading.columns))
    for _, header in asked:
        if header.strip().upper() not in letters:
            known_names(option, header, headers)


def _check_period(asked: str | None, reading: Reading) -> None:
    periods = tuple(snapshot.period for snapshot in reading.snapshots)
    if asked is None or reading.stream is None:
        return
    if not periods:
        raise WrongCommandError(f"--period names “{asked}”, but the file states the stages of one period only.")
    if find_period(periods, asked) is None:
        known_names("--period", asked, periods)


def known_names(option: str, asked: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return the name asked for if it is known, else those that differ from it in case and accents alone.

    Raises `WrongCommandError` where there is none, with the closest and with all that there are.
    """
    if asked in known:
        return (asked,)
    folded: dict[str, list[str]] = {}
    for name in known:
        folded.setdefault(fold(name), []).append(name)
    if fold(asked) in folded:
        return tuple(folded[fold(asked)])
    close = get_close_matches(fold(asked), list(folded), n=1)
    meant = f" (did you mean “{folded[close[0]][0]}”?)" if close else ""
    shown = ", ".join(f"“{names[0]}”" for names in list(folded.values())[:NAMES_SHOWN])
    more = f" and {len(folded) - NAMES_SHOWN} more" if len(folded) > NAMES_SHOWN else ""
    raise WrongCommandError(f"{option} names “{asked}”, which the file does not have{meant}. It has {shown}{more}.")


def _refuse(options: argparse.Namespace, names: tuple[str, ...], meant_for: str, kind: str, otherwise: str) -> None:
    """Refuse an option without effect: whoever gives it would take the figures for what was asked."""
    given = [f"--{name.replace('_', '-')}" for name in names if getattr(options, name)]
    if given:
        verb = "is" if len(given) == 1 else "are"
        raise WrongCommandError(
            f"{' and '.join(given)} {verb} for {meant_for}, but the file was read as {kind}; leave that out, or give "
            f"{otherwise}."
        )


def roles_of(columns: Sequence[tuple[str, str]], kind: type[E], words: str) -> tuple[tuple[E, str], ...]:
    """Take columns with the roles that a kind of file has; raises `WrongCommandError` for any other role."""
    unknown = [role for role, _ in columns if role not in list(kind)]
    if unknown:
        known = ", ".join(kind)
        raise WrongCommandError(f"The role “{unknown[0]}” is none of {words}; these are: {known}.")
    return tuple((kind(role), header) for role, header in columns)


def _calendar(options: argparse.Namespace) -> Calendar | None:
    if options.clock != ClockKind.WORKING:
        given = [f"--{name}" for name in ("workday", "workweek", "holidays") if getattr(options, name)]
        if given:
            raise WrongCommandError(f"{' and '.join(given)} says when people work, so it needs --clock working.")
        return None
    plain = Calendar()
    begins, ends = options.workday or (plain.begins, plain.ends)
    country, holidays = options.holidays or (None, plain.holidays)
    return Calendar(
        begins=begins,
        ends=ends,
        weekdays=options.workweek or plain.weekdays,
        holidays=holidays,
        timezone=options.timezone or plain.timezone,
        country=country,
    )
