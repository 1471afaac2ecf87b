"""What a change says of a stage, a number or a share -> the same, checked; refused in a sentence where it cannot be."""

from __future__ import annotations

from math import inf, isfinite

from vsm.folding import fold
from vsm.model import ValueStream

LEAST_OF_A_PERSON = 0.001
"""Less of somebody's time is a slip, and makes waits beyond all numbers."""


class ChangeError(ValueError):
    """A change that makes no sense for this stream; its text is a sentence for the person who asked for it."""


def place_of(stream: ValueStream, name: str) -> int | None:
    """Find a stage by its name, whatever its case, or by the one it had before another was merged into it.

    `None`: not there.
    """
    names = [stage.name for stage in stream.stages]
    if name in names:
        return names.index(name)
    folded = [fold(n) for n in names]
    if folded.count(fold(name)) == 1:
        return folded.index(fold(name))
    return next((i for i, s in enumerate(stream.stages) if s.merged and fold(s.merged[-1]) == fold(name)), None)


def position_of(stream: ValueStream, name: str) -> int:
    """Find a stage by its name; raises `ChangeError` where it is not there."""
    at = place_of(stream, name)
    if at is not None:
        return at
    raise ChangeError(f"The stream has no stage called {name} at this point.")


def divided(stream: ValueStream, name: str) -> int:
    """Return the position of a stage whose work and waits are told apart; raises where nothing tells them apart."""
    at = position_of(stream, name)
    if stream.stages[at].undivided_time is not None:
        raise ChangeError(
            f"Nothing tells work from waiting at {name}: say which of its statuses wait, and in which work is done, on "
            "the page of the data."
        )
    return at


def number(value: float, what: str, *, at_least: float = 0.0, above: float = -inf) -> float:
    """Return a value within its bounds; raises `ChangeError` saying `what` it is."""
    if not isfinite(value):
        raise ChangeError(f"{what} has to be a number.")
    if value <= above:
        raise ChangeError(f"{what} has to be more than {above:g}, and not {value:g}.")
    if value < at_least:
        raise ChangeError(f"{what} has to be {at_least:g} or more, and not {value:g}.")
    return value


def at_work(value: float, what: str) -> float:
    """Return how many people there are, or which share of one; nobody, and next to nobody, is no number of people."""
    return number(number(value, what, above=0), what, at_least=LEAST_OF_A_PERSON)


def share_of_one(value: float, what: str) -> float:
    """Return a share from 0 to 1; raises `ChangeError` otherwise."""
    if not isfinite(value) or not 0 <= value <= 1:
        raise ChangeError(f"{what} is a share from 0 to 100%, and not {value:.4g} of 1.")
    return value
