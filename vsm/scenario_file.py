"""Scenarios and the stream they were made for <-> a small JSON file, for tomorrow or for next quarter's check."""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import dataclass, replace
from typing import NoReturn, TypeVar

from pydantic import TypeAdapter, ValidationError

from vsm.model import ValueStream
from vsm.plan import Scenario
from vsm.scenario_faults import fault, too_long_a_time

KIND = "value stream scenarios"
FORMAT = 1
"""Grows when a key changes its meaning; a file of a later format is refused."""
LARGEST = 4_000_000
"""Bytes; a file of 300 stages and many scenarios is far smaller."""
LONGEST_LINK = 1500
"""Characters of a scenario in a link; browsers and mail programs shorten much longer ones."""
_WAY_OUT = "Bring the file that was saved on the page “What if”."


T = TypeVar("T")


class ScenarioError(ValueError):
    """A file or link that holds no scenarios; its message is a sentence for the person who brought it."""


@dataclass(frozen=True, kw_only=True)
class SavedScenarios:
    """What a file holds: the stream as it was, and the scenarios made for it."""

    stream: ValueStream
    scenarios: tuple[Scenario, ...]


_SAVED, _SCENARIO = TypeAdapter(SavedScenarios), TypeAdapter(Scenario)


def scenario_text(stream: ValueStream, scenarios: tuple[Scenario, ...]) -> str:
    """Write scenarios and the stream they were made for as JSON; of the file that was read, only its name."""
    bare = replace(stream, source=None)
    saved = _SAVED.dump_python(SavedScenarios(stream=bare, scenarios=scenarios), mode="json")
    return json.dumps({"kind": KIND, "format": FORMAT, **saved}, ensure_ascii=False, indent=2) + "\n"


def read_scenarios(data: bytes) -> SavedScenarios:
    """Read what `scenario_text` wrote. Raises `ScenarioError` with a sentence where the file holds anything else."""
    if len(data) > LARGEST:
        raise ScenarioError(f"This file is too large for scenarios. {_WAY_OUT}")
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise ScenarioError(f"This is no scenario file. {_WAY_OUT}") from None
    if not isinstance(found, dict) or found.get("kind") != KIND:
        raise ScenarioError(f"This file holds no scenarios. {_WAY_OUT}")
    if found.get("format") != FORMAT:
        raise ScenarioError(
            f"This scenario file has the format “{found.get('format')}”, but only {FORMAT} is understood; save it "
            "again with this version of the app."
        )
    saved = _valid(_SAVED, found)
    if not saved.stream.stages:
        raise ScenarioError(f"This scenario file holds no stages. {_WAY_OUT}")
    return _in_bounds(saved, saved.scenarios, saved.stream)


def scenario_link(scenario: Scenario) -> str | None:
    """Pack a scenario into text that can stand in a link; `None` when it is too long for that."""
    packed = zlib.compress(_SCENARIO.dump_json(scenario), 9)
    text = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    return text if len(text) <= LONGEST_LINK else None


def scenario_from_link(text: str) -> Scenario:
    """Unpack what `scenario_link` packed. Raises `ScenarioError` with a sentence where it holds anything else."""
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        unpacker = zlib.decompressobj()
        found = json.loads(unpacker.decompress(packed, LARGEST), parse_constant=_no_number)
    except (ValueError, zlib.error, RecursionError):
        raise ScenarioError(
            "The scenario in this link is damaged; ask for the link or the scenario file again."
        ) from None
    scenario = _valid(_SCENARIO, found)
    return _in_bounds(scenario, (scenario,))


def _valid(kind: TypeAdapter[T], found: object) -> T:
    try:
        return kind.validate_python(found)
    except ValidationError as error:
        raise ScenarioError(fault(found, error)) from None


def _in_bounds(read: T, scenarios: tuple[Scenario, ...], stream: ValueStream | None = None) -> T:
    if beyond := too_long_a_time(scenarios, stream):
        raise ScenarioError(f"{beyond} Correct it in the file.")
    return read


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")
