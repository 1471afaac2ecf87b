"""The options --scenario and --scenario-name -> the scenario whose future state is computed with the analysis."""

from __future__ import annotations

import argparse
from pathlib import Path

from vsm.command_options import WrongCommandError
from vsm.folding import fold
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
    saved: SavedScenarios | None = options.scenario
    name: str | None = options.scenario_name
    if saved is None:
        if name is not None:
            raise WrongCommandError("--scenario-name chooses from a file; name it by --scenario FILE.")
        return None
    if not saved.scenarios:
        raise WrongCommandError("The file of --scenario holds no scenario.")
    if name is None:
        return saved.scenarios[0]
    found = next((scenario for scenario in saved.scenarios if fold(scenario.name) == fold(name)), None)
    if found is None:
        names = ", ".join(f"“{scenario.name}”" for scenario in saved.scenarios)
        raise WrongCommandError(f"--scenario-name “{name}” is not in the file, which has {names}.")
    return found
