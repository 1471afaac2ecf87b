"""The options of the command line -> more files about the same items, each with the choices about it alone."""

from __future__ import annotations

import argparse
from dataclasses import replace
from itertools import chain, repeat
from pathlib import Path
from typing import Any

from vsm.calendar_words import known_timezone
from vsm.command_options import roles_of
from vsm.option_values import role_and_header, said
from vsm.reading.files import stored_at
from vsm.reading.limits import Limits
from vsm.reading.log_shapes import DateRule, Layout, LogChoices, LogRole, Stamp
from vsm.reading.logs import LogFile


def add_joined_options(command: argparse.ArgumentParser) -> None:
    """Add the files to join, and what can be said about each of them."""
    group = command.add_argument_group(
        "more item logs about the same items (an error with a table of stages)",
        "each --and-... speaks of the --and FILE before it; all other options speak of the first file or of the whole",
    )
    group.add_argument(
        "--and",
        metavar="FILE",
        action=_AddFile,
        default=(),
        help="join a further file by item, again and again: another log, or a list with one date for each item",
    )
    logs = [layout.value for layout in Layout if layout is not Layout.STAGE_TABLE]
    how: dict[str, dict[str, Any]] = {
        "sheet": {"metavar": "NAME", "help": "its sheet"},
        "layout": {"choices": logs, "help": "what one of its rows is"},
        "column": {"metavar": "ROLE=HEADER", "type": role_and_header, "help": "what a column means, again and again"},
        "timestamp": {"choices": [stamp.value for stamp in Stamp], "help": "what a single time marks"},
        "dates": {"choices": [rule.value for rule in DateRule], "help": "how dates without a time of day count"},
        "timezone": {"type": said(known_timezone), "help": "of times that name none (as of the first file)"},
        "called": {"metavar": "NAME", "help": "what happened on its date, if it has just one for each item"},
    }
    for name, options in how.items():
        group.add_argument(f"--and-{name}", action=_OfLastFile, default=argparse.SUPPRESS, **options)


class _AddFile(argparse.Action):
    """Takes a further file, of which nothing else is said yet."""

    def __call__(self, parser: Any, namespace: argparse.Namespace, values: Any, option: str | None = None) -> None:
        files = getattr(namespace, self.dest)
        setattr(namespace, self.dest, (*files, argparse.Namespace(file=values, column=())))


class _OfLastFile(argparse.Action):
    """Takes what is said of the file before it."""

    def __call__(self, parser: Any, namespace: argparse.Namespace, values: Any, option: str | None = None) -> None:
        files = vars(namespace)["and"]
        if not files:
            raise argparse.ArgumentError(self, "speaks of a file to join, so it comes after its --and FILE")
        name = self.dest.removeprefix("and_")
        setattr(files[-1], name, (*files[-1].column, values) if name == "column" else values)


def added_files(options: argparse.Namespace, first: LogChoices, limits: Limits) -> list[LogFile]:
    """Take the files to join; what is not said is as in the settings, dates and time zone else as in the first file.

    Raises `ReadError` where one cannot be opened, `WrongCommandError` for a role that no log has.
    """
    saved: tuple[LogChoices, ...] = options.settings.added if options.settings else ()
    plain = LogChoices(dates=first.dates, far_dates=first.far_dates, timezone=first.timezone)
    return [
        LogFile(name=Path(file.file).name, file=stored_at(file.file, limits), choices=_choices(file, before))
        for file, before in zip(vars(options)["and"], chain(saved, repeat(plain)), strict=False)
    ]


def _choices(file: argparse.Namespace, before: LogChoices) -> LogChoices:
    told = vars(file)
    layout, stamp, dates = told.get("layout"), told.get("timestamp"), told.get("dates")
    return replace(
        before,
        sheet=told.get("sheet") or before.sheet,
        layout=Layout(layout) if layout else before.layout,
        columns=roles_of(file.column, LogRole, "an item log") or before.columns,
        stamp=Stamp(stamp) if stamp else before.stamp,
        dates=DateRule(dates) if dates else before.dates,
        timezone=told.get("timezone") or before.timezone,
        called=told.get("called") or before.called,
    )
