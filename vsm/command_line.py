"""Arguments -> the analysis of one file: as text for a person, as JSON, and as reports.

Exit status: 0 analysed; 2 the command line is wrong, an output that cannot be written included; 3 the file cannot be
read or holds no analysable table, and one line on standard error says what is wrong and what to do.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from vsm.analysis import Analysis, analyse
from vsm.as_json import LAYOUT, json_object
from vsm.as_text import one_line, text_report
from vsm.durations import unit_of
from vsm.model import Definitions, QualitySide, WaitSide
from vsm.option_words import option_hints
from vsm.reading import read
from vsm.reading.shapes import Choices, ReadError, Reading, Role
from vsm.reports import REPORTS

ANALYSED, WRONG_COMMAND, NOT_ANALYSABLE = 0, 2, 3

OTHER_LAYOUTS = {
    "stage log": "A stage log is a table with a row for each visit of an item to a stage",
    "event log": "An event log is a log with a row for each change of an item",
    "wide dates": "A wide table of dates is one with a row for each item and a column of dates for each stage",
    "wide durations": "A wide table of durations is one with a row for each item and its time in each stage",
}
"""Layouts that this version cannot analyse, and what they are."""


class WrongCommandError(Exception):
    """A command line that cannot be carried out; the message says why in one sentence."""


class _Parser(argparse.ArgumentParser):
    """An argument parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        raise WrongCommandError(f"{message[:1].upper()}{message[1:]}. `{self.prog} --help` lists the options.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status: 0, 2 or 3, for any input and without a traceback."""
    _speak_utf8()
    try:
        options = _parser().parse_args(arguments)
        _analyse_file(options)
    except WrongCommandError as error:
        return _fail(str(error), WRONG_COMMAND)
    except ReadError as error:
        return _fail(str(error), NOT_ANALYSABLE)
    except BrokenPipeError:
        # Whoever read our output has seen enough ("| head"); Python would complain once more while shutting down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        words = (
            f"This file met a fault in the program ({type(error).__name__}: {error}). Please report it with the file."
        )
        return _fail(words, NOT_ANALYSABLE)
    return ANALYSED


def _speak_utf8() -> None:
    """Write UTF-8 whatever the console; what UTF-8 cannot say (half a surrogate pair) is escaped."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):  # a stream that was replaced, as by a test, may have no encoding to change
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


def _fail(message: str, status: int) -> int:
    print(f"vsm: {one_line(message)}", file=sys.stderr)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m vsm", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser, metavar="analyse")
    command = commands.add_parser("analyse", allow_abbrev=False, help="analyse a spreadsheet with one row per stage")
    command.add_argument("file", metavar="FILE", help="CSV, TSV, xlsx, xlsm, xls, xlsb or ods")
    _add_outputs(command)
    _add_reading(command)
    _add_definitions(command)
    return parser


def _add_outputs(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("what to write")
    group.add_argument("--json", action="store_true", help="print one JSON object instead of text")
    for name, report in REPORTS.items():
        group.add_argument(f"--{name}", metavar="OUT", type=Path, help=f"write {report.what}")


def _add_reading(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("how to read the file")
    group.add_argument("--sheet", metavar="NAME", help="the sheet to read")
    group.add_argument(
        "--layout", choices=[LAYOUT, *OTHER_LAYOUTS], default=LAYOUT, help="what one row is (default: %(default)s)"
    )
    group.add_argument(
        "--column",
        metavar="ROLE=HEADER",
        type=_column,
        action="append",
        default=[],
        help=f"what a column means, again and again; roles: {', '.join(Role)}",
    )
    group.add_argument("--keep-total-rows", action="store_true", help="count rows recognised as totals as stages")
    group.add_argument("--name", help="what the value stream is called")
    group.add_argument("--start", help="where it starts and who asks")
    group.add_argument("--end", help="where it ends and who receives")


def _add_definitions(command: argparse.ArgumentParser) -> None:
    default, group = Definitions(), command.add_argument_group("definitions that change the answer")
    group.add_argument(
        "--wait", choices=[side.value for side in WaitSide], help=f"where a row's wait lies ({default.wait})"
    )
    group.add_argument(
        "--complete-accurate",
        choices=[side.value for side in QualitySide],
        help=f"%%C&A speaks of what comes in or goes out ({default.complete_accurate})",
    )
    group.add_argument(
        "--hours-per-day", metavar="H", type=_between(0, 24), default=default.hours_per_day, help="(%(default)g)"
    )
    group.add_argument(
        "--days-per-week", metavar="D", type=_between(0, 7), default=default.days_per_week, help="(%(default)g)"
    )
    group.add_argument("--unit", type=_unit, help="unit of durations that name none, such as min, h or d")
    group.add_argument(
        "--demand", metavar="PER_WEEK", type=_between(0, math.inf), help="items a week that ask for the stream"
    )


def _column(text: str) -> tuple[Role, str]:
    role, equals, header = text.partition("=")
    known = {name.value: name for name in Role}
    if not equals or not header.strip() or role.strip() not in known:
        raise argparse.ArgumentTypeError(f'"{text}" is not ROLE=HEADER with one of the roles {", ".join(known)}')
    return known[role.strip()], header.strip()


def _between(low: float, high: float) -> Callable[[str], float]:
    def number(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not (low < value <= high and math.isfinite(value)):
            limit = f" and at most {high:g}" if math.isfinite(high) else ""
            raise argparse.ArgumentTypeError(f'"{text}" is not a number above {low:g}{limit}')
        return value

    return number


def _unit(text: str) -> str:
    unit = unit_of(text)
    if unit is None:
        raise argparse.ArgumentTypeError(f'"{text}" is not a unit of time; ms, s, min, h, d, wk, month and year are')
    return unit


def _analyse_file(options: argparse.Namespace) -> None:
    outputs = {name: path for name in REPORTS if (path := getattr(options, name)) is not None}
    reading = _read(options)
    if reading.stream is None:
        raise ReadError(" ".join([*(problem.message for problem in reading.blocking), *option_hints(reading)]))
    analysis = analyse(reading.stream)
    for name, path in outputs.items():
        _write(analysis, name, path)
    if options.json:
        print(json.dumps(json_object(analysis, reading), ensure_ascii=False, allow_nan=False, indent=2))
    else:
        print(text_report(analysis, reading))
    for path in outputs.values():
        print(f"Wrote {path}", file=sys.stderr)
    sys.stdout.flush()


def _read(options: argparse.Namespace) -> Reading:
    if options.layout in OTHER_LAYOUTS:
        raise ReadError(
            f"{OTHER_LAYOUTS[options.layout]}; only a {LAYOUT}, with one row for each stage and"
            " its processing and wait time, can be analysed. Summarise the items into one row a stage and try again."
        )
    try:
        return read(Path(options.file), _choices(options))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ReadError(f"{options.file} cannot be read: {reason}. Give the path of a CSV or Excel file.") from error


def _choices(options: argparse.Namespace) -> Choices:
    return Choices(
        sheet=options.sheet,
        columns=tuple(options.column),
        keep_total_rows=options.keep_total_rows,
        definitions=Definitions(
            hours_per_day=options.hours_per_day,
            days_per_week=options.days_per_week,
            unit=options.unit,
            demand=options.demand,
        ),
        wait=options.wait and WaitSide(options.wait),
        complete_accurate=options.complete_accurate and QualitySide(options.complete_accurate),
        name=options.name,
        start=options.start,
        end=options.end,
    )


def _write(analysis: Analysis, name: str, path: Path) -> None:
    content = REPORTS[name].make(analysis)
    try:
        path.write_bytes(content)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise WrongCommandError(f"{path} cannot be written: {reason}. Choose another place for --{name}.") from error
