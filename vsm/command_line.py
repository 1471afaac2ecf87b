"""Arguments -> the analysis of one file: as text for a person, as JSON, and as reports.

Exit status: 0 analysed; 2 the command line is wrong, an output that cannot be written included; 3 the file cannot be
read or holds no analysable table, and one line on standard error says what is wrong and what to do.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Timer

from vsm.achievement import achievement
from vsm.analysis import analyse
from vsm.as_json import json_object
from vsm.as_text import one_line, text_report
from vsm.branding import BrandingError
from vsm.chosen_items import choose_items
from vsm.command_options import (
    Parser,
    WrongCommandError,
    add_log_options,
    add_reading_options,
    add_table_options,
    check_names,
    forced_kind,
    log_choices,
    table_choices,
)
from vsm.compare_options import COMPARE_OPTIONS, add_compare_options, compared
from vsm.flow import MeasuredLog, measured_log
from vsm.flow_words import after_today
from vsm.future import FutureState, future_state, without_limits
from vsm.hosting.switches import SettingError
from vsm.item_options import add_item_options, asks_for_items, wanted_items
from vsm.items.choosing import item_names
from vsm.joined_options import add_joined_options, added_files
from vsm.opening import AnyReading, MeasuredReading, layout_of, log_limits, read_data, read_joined
from vsm.option_words import option_hints
from vsm.reading.files import stored_at
from vsm.reading.log_shapes import Layout
from vsm.reading.logs import LogFile
from vsm.reading.shapes import ReadError
from vsm.reports import REPORTS
from vsm.saved_options import add_settings_option, fill_in
from vsm.scenario_option import add_scenario_option, chosen_promise, chosen_scenario
from vsm.sharing.found import StoreError
from vsm.simulated_output import add_simulate_option, simulation_object, simulation_text
from vsm.simulation.trial import Trial, trial
from vsm.spark.read import PREFIX, read_in_spark
from vsm.store_commands import add_store_command, run_store_command
from vsm.subject import Subject
from vsm.trend import trend_of
from vsm.unnamed import without_names
from vsm.wording import count

ANALYSED, WRONG_COMMAND, NOT_ANALYSABLE = 0, 2, 3
NO_ITEM = "No item of {} matches --type, --team, --person, --from and --to as given; ask for less."
PROBLEMS_SHOWN = 3
"""Of a file that gives no stream."""
PATIENCE = 1.0
"""Seconds after which a person at a terminal is told what takes so long."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status: 0, 2 or 3, for any input and without a traceback."""
    _speak_utf8()
    try:
        options = _parser().parse_args(arguments)
        if options.command == "store":
            _run_store_command(options)
            return ANALYSED
        fill_in(options)
        _analyse_file(options)
    except (WrongCommandError, BrandingError, SettingError) as error:
        return _fail(str(error), WRONG_COMMAND)
    except ReadError as error:
        return _fail(str(error), NOT_ANALYSABLE)
    except StoreError as error:
        return _fail(error.for_host, NOT_ANALYSABLE)
    except BrokenPipeError:
        # Whoever read our output has seen enough ("| head"); Python would complain once more while shutting down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        words = (
            f"This file met a fault in the program ({type(error).__name__}: {error}). Please report it with the file."
        )
        return _fail(words, NOT_ANALYSABLE)
    return ANALYSED


def _run_store_command(options: argparse.Namespace) -> None:
    """Look after the store that the app uses: its file of settings counts here, too."""
    # Loaded here, as SQLAlchemy takes a third of a second that an analysis need not wait for.
    from vsm.hosting.settings import fill_in_from_file

    fill_in_from_file()
    run_store_command(options, dt.datetime.now(dt.UTC))


def _speak_utf8() -> None:
    """Write UTF-8 whatever the console; what UTF-8 cannot say (half a surrogate pair) is escaped."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):  # a stream that was replaced, as by a test, may have no encoding to change
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


def _fail(message: str, status: int) -> int:
    print(f"vsm: {one_line(message)}", file=sys.stderr)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m vsm", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True, parser_class=Parser, metavar="analyse|store")
    command = commands.add_parser("analyse", allow_abbrev=False, help="analyse a table of stages or an item log")
    what = "CSV, TSV, xlsx, xlsm, xls, xlsb or ods; or spark:PATH_OR_TABLE, an item log that Spark is to read"
    command.add_argument("file", metavar="FILE", help=what)
    _add_outputs(command)
    add_reading_options(command)
    add_table_options(command)
    add_log_options(command)
    add_item_options(command)
    add_compare_options(command)
    add_settings_option(command)
    add_scenario_option(command)
    add_joined_options(command)
    add_store_command(commands)
    return parser


def _add_outputs(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("what to write")
    group.add_argument("--json", action="store_true", help="print one JSON object instead of text")
    add_simulate_option(group)
    for name, report in REPORTS.items():
        group.add_argument(f"--{name}", metavar="OUT", type=Path, help=f"write {report.what}")


def _why_not(reading: AnyReading) -> list[str]:
    """Say why a file gives no stream, with the first problems of its rows: nothing else will show them."""
    shown = [problem.message for problem in reading.problems[:PROBLEMS_SHOWN]]
    more = len(reading.problems) - len(shown)
    if more:
        shown.append(f"There {'is' if more == 1 else 'are'} {count(more, 'more problem')}.")
    return [*(problem.message for problem in reading.blocking), *shown]


def _analyse_file(options: argparse.Namespace) -> None:
    scenario, promise = chosen_scenario(options), chosen_promise(options)
    outputs = {name: path for name in REPORTS if (path := vars(options)[name.replace("-", "_")]) is not None}
    with _progress(f"Reading {one_line(options.file)} ..."):
        reading = _read(options)
    check_names(options, reading)
    reading = _chosen(options, reading)
    if reading.stream is None:
        raise ReadError(" ".join([*_why_not(reading), *option_hints(reading)]))
    late = after_today(reading.stream.measured, dt.date.today())
    if late is not None:
        print(late, file=sys.stderr)
    analysis = analyse(reading.stream)
    with _progress("Comparing ..."):
        comparison = compared(options, reading)
    measured = _measured(options, reading) if outputs else None
    achieved = None if promise is None else achievement(*promise, reading.stream)
    scenarios = () if options.scenario is None else options.scenario.scenarios
    subject = Subject(analysis, measured, scenario, trend_of(reading), comparison, achieved, scenarios)
    for name, path in outputs.items():
        with _progress(f"Writing {one_line(str(path))} ..."):
            _write(REPORTS[name].make(subject), name, path)
    _print(subject, reading, _simulated(options, subject), as_json=options.json)
    for path in outputs.values():
        print(f"Wrote {path}", file=sys.stderr)
    sys.stdout.flush()


def _simulated(options: argparse.Namespace, subject: Subject) -> Trial | None:
    """Simulate where it is asked for, beside the current state the future one without its limits."""
    if options.simulate is None:
        return None
    with _progress("Simulating ..."):
        tested = None if subject.future is None else without_limits(subject.future)
        return trial(subject.analysis.stream, None if tested is None else tested.future.stream, items=options.simulate)


def _future(subject: Subject) -> tuple[str, FutureState] | None:
    """Name the scenario beside its future state, which is the current one where the scenario has no change."""
    if subject.scenario is None:
        return None
    return subject.scenario.name, subject.future or future_state(subject.analysis.stream, ())


def _print(subject: Subject, reading: AnyReading, simulated: Trial | None, *, as_json: bool) -> None:
    future = _future(subject)
    if as_json:
        simulation = {} if simulated is None else {"simulation": simulation_object(simulated, subject.future)}
        found = json_object(subject.analysis, reading, future, subject.comparison, subject.achieved)
        found |= simulation
        print(json.dumps(found, ensure_ascii=False, allow_nan=False, indent=2))
        return
    print(text_report(subject.analysis, reading, future, subject.comparison, subject.achieved))
    if simulated is not None:
        print("", simulation_text(simulated, subject.future), sep="\n")


def _chosen(options: argparse.Namespace, reading: AnyReading) -> AnyReading:
    """Leave of a log the items that are asked for, and names if they are; raises `ReadError` where there is no item."""
    if not isinstance(reading, MeasuredReading) or reading.log is None:
        return reading
    found = choose_items(reading, wanted_items(options, item_names(reading.log)), log_choices(options))
    if found.log is not None and not len(found.log.items):
        raise ReadError(NO_ITEM.format(options.file))
    return without_names(found, reading.log) if options.no_item_names else found


def _read(options: argparse.Namespace) -> AnyReading:
    """Read the file as what the options or its content say it is."""
    if options.file.startswith(PREFIX):
        return _read_in_spark(options)
    try:
        limits = log_limits()
        file, name = stored_at(options.file, limits), Path(options.file).name
        kind = forced_kind(options) or layout_of(file, name, limits)
        if kind is Layout.STAGE_TABLE:
            return read_data(file, name, table_choices(options))
        choices = log_choices(options)
        if not vars(options)["and"]:
            return read_data(file, name, choices)
        return read_joined([LogFile(name=name, file=file, choices=choices), *added_files(options, choices, limits)])
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ReadError(f"{options.file} cannot be read: {reason}. Give the path of a CSV or Excel file.") from error


def _read_in_spark(options: argparse.Namespace) -> AnyReading:
    """Read an item log by Spark; raises `WrongCommandError` for what needs the whole log on one machine."""
    names = ("sheet", "and", "no_item_names", *COMPARE_OPTIONS)
    refused = [f"--{name.replace('_', '-')}" for name in names if getattr(options, name)]
    if refused:
        raise WrongCommandError(
            f"{' and '.join(refused)} cannot be used with {PREFIX}, which reads one table and holds no items."
        )
    if forced_kind(options) is Layout.STAGE_TABLE:
        raise WrongCommandError(f"{PREFIX} reads item logs; give a table of stages without it.")
    wanted = partial(wanted_items, options) if asks_for_items(options) else None
    reading = read_in_spark(options.file.removeprefix(PREFIX), log_choices(options), wanted)
    measured = None if reading.stream is None else reading.stream.measured
    if measured is not None and not measured.items:
        raise ReadError(NO_ITEM.format(options.file))
    return reading


@contextmanager
def _progress(words: str) -> Iterator[None]:
    """Say on standard error what takes longer than a second, if a person sits at a terminal."""
    timer = Timer(PATIENCE, lambda: print(words, file=sys.stderr, flush=True))
    timer.daemon = True
    if sys.stderr.isatty():
        timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _measured(options: argparse.Namespace, reading: AnyReading) -> MeasuredLog | None:
    """Return the measured items of a log, which reports show; `None` for a table of stages."""
    if not isinstance(reading, MeasuredReading) or reading.log is None:
        return None
    return measured_log(reading.log, log_choices(options).calendar)


def _write(content: bytes, name: str, path: Path) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise WrongCommandError(f"{path} cannot be written: {reason}. Choose another place for --{name}.") from error
