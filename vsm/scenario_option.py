"""The options --scenario and --promised -> the scenario of the future state, and that of which something came."""

from __future__ import annotations

import argparse
from pathlib import Path

from vsm.command_options import WrongCommandError
from vsm.folding import fold
from vsm.model import ValueStream
from vsm.plan import Scenario
from vsm.scenario_file import LARGEST, SavedScenarios, ScenarioError, read_scenarios


def add_scenario_option(command: argparse.ArgumentParser) -> None:
    """Add the options that take a scenario file and choose one of its scenarios."""
    group = command.add_argument_group("a future state")
    group.add_argument(
        "--scenario", metavar="FILE", type=_saved, help="what the page “What if” saved: compute its future state, too"
    )
    group.add_argument(
        "--scenario-name", metavar="NAME", help="which of several scenarios in that file (default: the first)"
    )
    group.add_argument(
        "--promised",
        metavar="FILE",
        type=_saved,
        help="what “What if” saved last time: hold what was promised then against this file",
    )
    group.add_argument("--promised-name", metavar="NAME", help="which of several scenarios in that file")


def _saved(text: str) -> SavedScenarios:
    try:
        with Path(text).open("rb") as file:
            return read_scenarios(file.read(LARGEST + 1))
    except OSError:
        words = f"“{text}” cannot be read; give the file that the page “What if” saved"
        raise argparse.ArgumentTypeError(words) from None
    except ScenarioError as error:
        raise argparse.ArgumentTypeError(str(error).rstrip(".")) from error


def chosen_scenario(options: argparse.Namespace) -> Scenario | None:
    """Return the scenario asked for, `None` where none is; raises `WrongCommandError` for a name that is not there."""
    return _chosen(options.scenario, options.scenario_name, "--scenario")


def chosen_promise(options: argparse.Namespace) -> tuple[ValueStream, Scenario] | None:
    """Return the stream of last time and the scenario made for it, `None` where it is not asked for.

    Raises `WrongCommandError` for a name that is not there.
    """
    saved: SavedScenarios | None = options.promised
    scenario = _chosen(saved, options.promised_name, "--promised")
    return None if saved is None or scenario is None else (saved.stream, scenario)


def _chosen(saved: SavedScenarios | None, name: str | None, option: str) -> Scenario | None:
    if saved is None:
        if name is not None:
            raise WrongCommandError(f"{option}-name chooses from a file; name it by {option} FILE.")
        return None
    if not saved.scenarios:
        raise WrongCommandError(f"The file of {option} holds no scenario.")
    if name is None:
        return saved.scenarios[0]
    found = next((scenario for scenario in saved.scenarios if fold(scenario.name) == fold(name)), None)
    if found is None:
        names = ", ".join(f"“{scenario.name}”" for scenario in saved.scenarios)
        raise WrongCommandError(f"{option}-name “{name}” is not in the file, which has {names}.")
    return found
