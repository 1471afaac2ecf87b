"""A settings file that the data page saved -> the options of the command line that say the same."""

from __future__ import annotations

import argparse
from pathlib import Path

from vsm.command_options import DAY_FIRST
from vsm.folding import fold
from vsm.model import ClockKind
from vsm.reading.log_shapes import LogChoices, LogRole
from vsm.settings_file import LARGEST, Settings, SettingsError, read_settings

_OF_MANY_COLUMNS = {LogRole.IGNORE, LogRole.STAGE_DATE, LogRole.STAGE_DURATION}


def add_settings_option(command: argparse.ArgumentParser) -> None:
    """Add the option that takes a settings file."""
    group = command.add_argument_group("saved choices about an item log (an error with a table of stages)")
    group.add_argument(
        "--settings", metavar="FILE", type=_settings, help="what the data page saved; other options win over it"
    )


def _settings(text: str) -> Settings:
    try:
        with Path(text).open("rb") as file:
            return read_settings(file.read(LARGEST + 1))
    except OSError:
        words = f"“{text}” cannot be read; give the file that the data page saved"
        raise argparse.ArgumentTypeError(words) from None
    except SettingsError as error:
        raise argparse.ArgumentTypeError(str(error).rstrip(".")) from error


def fill_in(options: argparse.Namespace) -> None:
    """Set the options that were not given to what the settings file says; without one, leave them as they are."""
    if options.settings is None:
        return
    saved: LogChoices = options.settings.choices
    for name in (
        *("sheet", "items_by_sheet", "layout", "unit", "hours_per_day", "timezone", "dates", "far_dates"),
        *("name", "start", "end"),
    ):
        setattr(options, name, getattr(options, name) or getattr(saved, name))
    options.timestamp = options.timestamp or saved.stamp
    options.stage_order = options.stage_order or saved.stage_order
    if options.date_order is None and saved.day_first is not None:
        options.date_order = next(words for words, first in DAY_FIRST.items() if first is saved.day_first)
    _fill_in_columns(options, saved)
    given = {fold(status.name) for status in options.status}
    options.status = [*(status for status in saved.statuses if fold(status.name) not in given), *options.status]
    if options.clock != ClockKind.ELAPSED:
        _fill_in_calendar(options, saved)


def _fill_in_columns(options: argparse.Namespace, saved: LogChoices) -> None:
    """A column that is given wins over what was saved for it, and for its role where that is the role of one column."""
    headers, roles = {header for _, header in options.column}, {role for role, _ in options.column} - _OF_MANY_COLUMNS
    kept = [(role.value, header) for role, header in saved.columns if header not in headers and role not in roles]
    options.column = [*kept, *options.column]


def _fill_in_calendar(options: argparse.Namespace, saved: LogChoices) -> None:
    calendar = saved.calendar
    if calendar is None:
        return
    options.clock = ClockKind.WORKING
    options.workday = options.workday or (calendar.begins, calendar.ends)
    options.workweek = options.workweek or calendar.weekdays
    options.holidays = options.holidays or (calendar.country, calendar.holidays)
