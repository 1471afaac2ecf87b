"""The options of the command line -> what the file is compared with: another file, or two groups of its items."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from vsm.command_options import WrongCommandError, known_names, log_choices, table_choices
from vsm.compare_words import part_names
from vsm.comparison import Compared, Comparison, compare_parts, compare_two, read_second
from vsm.flow import MeasuredLog, measured_log
from vsm.model import Wanted
from vsm.opening import AnyReading, MeasuredReading, layout_of, log_limits, read_data
from vsm.reading.files import stored_at
from vsm.reading.log_shapes import Layout, LogChoices
from vsm.reading.shapes import Choices, ReadError

COMPARE_OPTIONS = ("compare", "compare_periods", "compare_types")
"""The names of these options."""


def add_compare_options(command: argparse.ArgumentParser) -> None:
    """Add what the file can be compared with; differences are the second less the first."""
    group = command.add_argument_group("what to compare it with").add_mutually_exclusive_group()
    group.add_argument(
        "--compare", metavar="FILE", help="another table of stages or item log, read by the same options where they fit"
    )
    group.add_argument(
        "--compare-periods",
        nargs=2,
        metavar=("FROM..TO", "FROM..TO"),
        type=_period,
        help="items of a log that finished between two days, such as 2026-01-01..2026-03-31, and between two others",
    )
    group.add_argument(
        "--compare-types", nargs=2, metavar=("TYPE", "TYPE"), help="items of a log of one type and of another"
    )


def _period(text: str) -> Wanted:
    try:
        first, last = (dt.date.fromisoformat(part.strip()) for part in text.split(".."))
    except ValueError:
        words = f"“{text}” is not two dates such as 2026-01-01..2026-03-31"
        raise argparse.ArgumentTypeError(words) from None
    if first > last:
        raise argparse.ArgumentTypeError(f"“{text}” ends before it begins; swap the two dates")
    return Wanted(finished_from=first, finished_to=last)


def compared(options: argparse.Namespace, reading: AnyReading) -> Comparison | None:
    """Compare the file as the options ask; `None` where they ask for nothing.

    Raises `WrongCommandError` for what the file cannot be compared by, `ReadError` where another cannot be read.
    """
    if options.compare is not None:
        return _with_file(options, reading)
    if options.compare_periods is None and options.compare_types is None:
        return None
    assert isinstance(reading, MeasuredReading), "for a table of stages these options were refused"
    parts = _parts(options, reading)
    return compare_parts(reading, log_choices(options), parts, part_names(parts))


def _parts(options: argparse.Namespace, reading: MeasuredReading) -> tuple[Wanted, Wanted]:
    log = reading.log
    assert log is not None, "what blocks was said before"
    if options.compare_periods is not None:
        if not log.dated:
            raise WrongCommandError("--compare-periods needs days of finishing, but the file gives no dates.")
        one, other = options.compare_periods
        return one, other
    if not log.types:
        raise WrongCommandError("--compare-types: no column was read as type; say which one by --column type=HEADER.")
    one, other = (known_names("--compare-types", name, log.types) for name in options.compare_types)
    return Wanted(types=one), Wanted(types=other)


def _with_file(options: argparse.Namespace, reading: AnyReading) -> Comparison:
    path, limits = options.compare, log_limits()
    file = stored_at(path, limits)
    is_log = layout_of(file, Path(path).name, limits) is not Layout.STAGE_TABLE
    choices = log_choices(options) if isinstance(reading, MeasuredReading) else table_choices(options)
    second = read_second(lambda choices: read_data(file, Path(path).name, choices), choices, is_log=is_log)
    if second.reading.stream is None:
        said = " ".join(problem.message for problem in second.reading.blocking)
        raise ReadError(f"{path}, the file to compare with: {said}")
    return compare_two(
        _one(Path(options.file).name, reading, choices), _one(Path(path).name, second.reading, second.choices)
    )


def _one(name: str, reading: AnyReading, choices: Choices | LogChoices) -> Compared:
    assert reading.stream is not None, "what blocks was said before"
    measured: MeasuredLog | None = None
    if isinstance(reading, MeasuredReading) and reading.log is not None and isinstance(choices, LogChoices):
        measured = measured_log(reading.log, choices.calendar)
    return Compared(name=name, stream=reading.stream, measured=measured)
