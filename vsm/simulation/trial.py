"""A current and a future state -> both acted out with the same luck, or why one of them cannot be."""

from __future__ import annotations

from dataclasses import dataclass

from vsm.model import ValueStream
from vsm.simulation.plan import SimulationError
from vsm.simulation.result import Simulation
from vsm.simulation.simulate import DEFAULT_ITEMS, DEFAULT_SEED, OnProgress, simulate


@dataclass(frozen=True, kw_only=True)
class Trial:
    """Both states as simulated; an error says why a state cannot be."""

    current: Simulation | SimulationError
    future: Simulation | SimulationError | None
    """`None`: there is no future state."""


def trial(
    current: ValueStream,
    future: ValueStream | None = None,
    *,
    items: int = DEFAULT_ITEMS,
    seed: int = DEFAULT_SEED,
    on_progress: OnProgress = lambda _: True,
) -> Trial:
    """Simulate the current state and, with the delays found there, the future state.

    Where the current state cannot be simulated, as its queues grow without end, the future state stands for itself.
    Raises `CancelledError` when `on_progress` says so.
    """
    share = 1.0 if future is None else 2 / 3
    found = _tried(current, None, items, seed, lambda done: on_progress(share * done))
    if future is None:
        return Trial(current=found, future=None)
    known = found if isinstance(found, Simulation) else None
    then = _tried(future, known, items, seed, lambda done: on_progress(share + (1 - share) * done))
    return Trial(current=found, future=then)


def _tried(
    stream: ValueStream, current: Simulation | None, items: int, seed: int, on_progress: OnProgress
) -> Simulation | SimulationError:
    try:
        return simulate(stream, current=current, items=items, seed=seed, on_progress=on_progress)
    except SimulationError as error:
        return error
