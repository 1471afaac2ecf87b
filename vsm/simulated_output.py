"""`--simulate` and a simulation -> what the command line prints: a block of text, or the object `simulation`."""

from __future__ import annotations

import argparse
from typing import Any

from vsm.as_text import printable
from vsm.future import FutureState
from vsm.simulation.agreement import queue_comparison
from vsm.simulation.plan import SimulationError
from vsm.simulation.result import Estimate, Simulation
from vsm.simulation.simulate import DEFAULT_ITEMS, FEWEST_ITEMS, MOST_ITEMS
from vsm.simulation.trial import Trial
from vsm.simulation_words import (
    agreement_sentences,
    assumption_sentences,
    limit_sentences,
    limited_stages,
    result_sentences,
)


def add_simulate_option(group: argparse._ArgumentGroup) -> None:
    """Add `--simulate`, with or without the number of items."""
    group.add_argument(
        "--simulate",
        metavar="N",
        nargs="?",
        const=DEFAULT_ITEMS,
        type=_items,
        help=f"also follow N items through the stream ({DEFAULT_ITEMS})",
    )


def _items(text: str) -> int:
    if not text.isdecimal() or not FEWEST_ITEMS <= int(text) <= MOST_ITEMS:
        raise argparse.ArgumentTypeError(f"{text} is no number of items from {FEWEST_ITEMS} to {MOST_ITEMS}")
    return int(text)


def simulation_text(found: Trial, future: FutureState | None = None) -> str:
    """Write how long items take, whether the formulas agree, and what it rests on; or why nothing was simulated.

    `future`: the future state that was simulated, but for its limits on work in progress.
    """
    told = (*result_sentences(found), *agreement_sentences(found))
    sentences = (*told, *limit_sentences(future), *assumption_sentences(found))
    return "\n".join(["Simulation", *(printable(f"- {sentence}") for sentence in sentences)])


def simulation_object(found: Trial, future: FutureState | None = None) -> dict[str, Any]:
    """Say both states in plain lists and dicts, times in hours; `future` is `None` where none was simulated.

    `limits_left_out` names the stages whose limit on work in progress was not acted out.
    """
    return {
        "current": _state(found.current),
        "future": None if found.future is None else _state(found.future),
        "limits_left_out": list(limited_stages(future)),
    }


def _state(found: Simulation | SimulationError) -> dict[str, Any]:
    """Say one state; `reason` says why it could not be simulated, else it is `None`."""
    if isinstance(found, SimulationError):
        return {"reason": str(found)}
    return {
        "reason": None,
        "seed": found.seed,
        "items": found.items,
        "lead_time_hours": {
            **_estimate(found.lead_time),
            "median": found.percentile(0.5),
            "p85": found.percentile(0.85),
            "p95": found.percentile(0.95),
        },
        "flow_load": found.load,
        "stages": [_stage(found, i) for i in range(len(found.stages))],
    }


def _stage(found: Simulation, index: int) -> dict[str, Any]:
    queue, stage = queue_comparison(found, index), found.stages[index]
    return {
        "name": found.stream.stages[index].name,
        "wait_for_people_hours": None if queue is None else _estimate(queue.simulated),
        "wait_for_people_hours_by_formula": None if queue is None else queue.formula,
        "utilisation": stage.utilisation,
    }


def _estimate(estimate: Estimate) -> dict[str, float]:
    """Say the mean of a time and its 99 % interval."""
    return {"mean": estimate.mean, "low": estimate.low_from_zero, "high": estimate.high}
