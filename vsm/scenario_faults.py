"""What is wrong with a scenario file -> a sentence that names the scenario and the change, and says what would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from pydantic import ValidationError

from vsm.changes import AnyChange
from vsm.model import ValueStream
from vsm.plan import Scenario
from vsm.reading.cells import MOST_HOURS

_KINDS = {change.__dataclass_fields__["kind"].default: change.__name__ for change in get_args(AnyChange)}
"""The class of each kind of change, by the word that a file has for the kind."""
_TIMES = ("hours", "processing_time", "wait_time")


def fault(found: Any, error: ValidationError) -> str:
    """Say in a sentence where what `found` holds cannot be understood, and what is wrong there."""
    errors = error.errors(include_url=False)
    way = errors[0]["loc"]
    if "change" in way:
        return _fault_of_change(found, way[: way.index("change") + 1], errors)
    place = ", ".join(str(part + 1) if isinstance(part, int) else str(part) for part in way)
    return f"The scenario file cannot be understood at “{place}”: {_what(errors[0])}."


def _fault_of_change(found: Any, way: tuple[int | str, ...], errors: Sequence[Mapping[str, Any]]) -> str:
    """Every kind of change finds fault with what is of none of them: only the kind that was meant is asked."""
    scenario, change = found, found
    for part in way:
        scenario = change if part == "planned" else scenario
        change = change[part]
    where = f"In the scenario “{scenario.get('name', '')}”, change {int(way[-2]) + 1}"
    kind = change.get("kind") if isinstance(change, dict) else None
    meant = _KINDS.get(kind) if isinstance(kind, str) else None
    if meant is None:
        says = "says of no kind that it is" if kind is None else f"is of the kind “{kind}”, which there is not"
        return f"{where} {says}. There are: {', '.join(_KINDS)}."
    wrong = next(error for error in errors if error["loc"][len(way)] == meant)
    return f"{where} ({kind}) cannot be understood at “{wrong['loc'][-1]}”: {_what(wrong)}."


def _what(error: Mapping[str, Any]) -> str:
    """Say what is wrong with a value, without the words of programmers."""
    if error["type"] == "missing":
        return "it is missing"
    value = error["input"]
    said = f"“{value}”" if isinstance(value, str | int | float) else "what stands there"
    return f"{said} cannot stand there"


def too_long_a_time(scenarios: Sequence[Scenario], stream: ValueStream | None = None) -> str | None:
    """Say which time is longer than one that a file of stages may hold; `None` where none is."""
    for scenario in scenarios:
        for place, change in enumerate(scenario.changes, 1):
            if _beyond(change):
                return f"In the scenario “{scenario.name}”, change {place} has a time of {_BOUND}."
    for stage in () if stream is None else stream.stages:
        if _beyond(stage):
            return f"The stage {stage.name} in this file has a time of {_BOUND}."
    return None


_BOUND = f"more than {MOST_HOURS:,.0f} h, which is more than a hundred years"


def _beyond(holder: object) -> bool:
    return any((getattr(holder, name, None) or 0) > MOST_HOURS for name in _TIMES)
