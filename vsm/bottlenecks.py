"""A value stream -> the verdict: which stage holds it back, on what evidence, and how strong that evidence is.

Four kinds of evidence, the strongest first: utilisation (a stage without capacity for the demand is a constraint),
accumulation (in a log, more comes to a stage than leaves it), the longest queue (where work waits), and the least
capacity per item (where it would wait if demand grew). No threshold is in hours; what counts as clear is a ratio, or an
interval that leaves 0 out, and "no clear bottleneck" is an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from vsm.capacity import batch_wait, utilisation, weekly_hours, work_per_item
from vsm.growth import Growth
from vsm.metrics import queues, without_wait_time
from vsm.model import Queue, ValueStream
from vsm.overload import Overload, overload

CLEAR = 1.1
"""The longest queue must be this many times the next one to be called the longest: less is within rounding."""
MODERATE = 1.5
STRONG = 2.0
HIGH_UTILISATION = 0.85
"""From here on a queue is expected: at 0.85 a single server's wait is 5.7 times its processing time (M/M/1)."""
MOSTLY = 0.5
"""A cause explains a queue when at least this share of it is due to the cause."""


class Kind(StrEnum):
    """What holds the stream back: no capacity, a delay that capacity would not cure, or nothing that stands out."""

    CONSTRAINT = "constraint"
    DELAY = "delay"
    NONE = "none"


class Strength(StrEnum):
    """How far the evidence carries."""

    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"


class EvidenceKind(StrEnum):
    """What was looked at."""

    UTILISATION = "utilisation"
    ACCUMULATION = "accumulation"
    QUEUE = "queue"
    CAPACITY = "capacity"


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One thing that points to a stage."""

    kind: EvidenceKind
    stages: tuple[int, ...]
    """Indices of the stages accused; empty: the wait is for the customer, behind the last stage."""
    value: float
    """Utilisation as a share; accumulation in visits a week; a queue in hours; capacity as hours of work per item and
    person."""
    next_value: float | None
    """The same figure of the runner-up, which says how much the first one stands out; `None`: nothing to compare."""
    growth: Growth | None = None
    """Of accumulation: what comes and what leaves."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The bottleneck, or that there is no clear one."""

    kind: Kind
    stages: tuple[int, ...] = ()
    """Indices of the stages: one, or those of a parallel step; empty when there is no clear bottleneck or the
    longest queue is the customer's."""
    strength: Strength | None = None
    evidence: tuple[Evidence, ...] = ()
    queue: Queue | None = None
    """The longest queue, whichever way the verdict went."""
    overload: Overload | None = None
    """By how much the queue of an overloaded constraint grows."""
    batch_share: float | None = None
    """Share of the longest queue that batches explain; `None`: no batch size or no wait stated there."""
    capacity_known: bool = False
    """Whether the utilisation of the accused stage is known: without it a lack of capacity cannot be ruled out."""
    disagreement: bool = False
    """Utilisation, or where work piles up, and the longest queue point to different stages."""


def verdict(stream: ValueStream) -> Verdict:
    """Weigh the evidence and name the bottleneck, with its kind and strength, or say that none is clear.

    A stage at utilisation 1 or above is the constraint, strongly. Else the one at which work piles up most is, unless
    its people are known not to be busy: strongly if the longest queue stands there, too. So is the longest queue's own
    stage from 0.85 on. Else the longest queue, if it stands out, is a delay in front of the step that does not take the
    work up. Else the busiest stage from 0.85 on is a weak constraint. Else there is none.
    """
    busiest, longest, slowest = _busiest(stream), _longest_queue(stream), _least_capacity(stream)
    piled = _most_accumulation(stream)
    evidence = tuple(e for e in (busiest, piled, longest, slowest) if e is not None)
    queue = max(queues(stream), key=lambda q: q.wait_time, default=None)
    queue = queue if queue is not None and queue.wait_time > 0 else None
    kind, chosen, strength = _choose(stream, busiest, piled, longest)
    return Verdict(
        kind=kind,
        stages=chosen,
        strength=strength,
        evidence=evidence,
        queue=queue,
        overload=max((o for i in chosen if (o := overload(stream, i)) is not None), default=None),
        batch_share=None if queue is None else _batch_share(stream, queue),
        capacity_known=bool(chosen) and all(utilisation(stream, i) is not None for i in chosen),
        disagreement=longest is not None
        and _stands_out(longest)
        and any(e.stages[0] not in longest.stages for e in (_too_busy(busiest), piled) if e is not None),
    )


def _choose(
    stream: ValueStream, busiest: Evidence | None, piled: Evidence | None, longest: Evidence | None
) -> tuple[Kind, tuple[int, ...], Strength | None]:
    if busiest is not None and busiest.value >= 1:
        return Kind.CONSTRAINT, busiest.stages, Strength.STRONG
    if piled is not None and (utilisation(stream, piled.stages[0]) or 1) >= HIGH_UTILISATION:
        agrees = longest is not None and _stands_out(longest) and piled.stages[0] in longest.stages
        return Kind.CONSTRAINT, piled.stages, Strength.STRONG if agrees else Strength.MODERATE
    if longest is not None and _stands_out(longest):
        rho = max((utilisation(stream, i) or 0 for i in longest.stages), default=0)
        kind = Kind.CONSTRAINT if rho >= HIGH_UTILISATION else Kind.DELAY
        return kind, longest.stages, _strength(stream, longest)
    if busiest is not None and busiest.value >= HIGH_UTILISATION:
        return Kind.CONSTRAINT, busiest.stages, Strength.WEAK
    return Kind.NONE, (), None


def _too_busy(busiest: Evidence | None) -> Evidence | None:
    return None if busiest is None or busiest.value < HIGH_UTILISATION else busiest


def _stands_out(evidence: Evidence) -> bool:
    return evidence.next_value is None or evidence.value >= CLEAR * evidence.next_value


def _strength(stream: ValueStream, evidence: Evidence) -> Strength:
    """Tell how much the longest queue stands out; where every wait is known and there is no other, it does most."""
    if without_wait_time(stream):
        return Strength.WEAK
    if evidence.next_value is None:
        may_hide_waits = any(stage.undivided_time is not None for stage in stream.stages)
        return Strength.WEAK if may_hide_waits else Strength.STRONG
    if evidence.value >= STRONG * evidence.next_value:
        return Strength.STRONG
    return Strength.MODERATE if evidence.value >= MODERATE * evidence.next_value else Strength.WEAK


def _ranked(kind: EvidenceKind, figures: Sequence[tuple[float, tuple[int, ...]]]) -> Evidence | None:
    """Turn (value, stages) pairs into evidence for the largest, the earliest of equals first."""
    ranked = sorted(figures, key=lambda f: -f[0])
    if not ranked or ranked[0][0] <= 0:
        return None
    runner_up = ranked[1][0] if len(ranked) > 1 else None
    return Evidence(kind=kind, stages=ranked[0][1], value=ranked[0][0], next_value=runner_up)


def _busiest(stream: ValueStream) -> Evidence | None:
    known = [(rho, (i,)) for i in range(len(stream.stages)) if (rho := utilisation(stream, i)) is not None]
    return _ranked(EvidenceKind.UTILISATION, known)


def _most_accumulation(stream: ValueStream) -> Evidence | None:
    """Find the stage at which work piles up most: beyond noise, and by a tenth of what comes or more.

    A log begins with an empty stream, and its filling up is no constraint.
    """
    known = () if stream.measured is None else stream.measured.growth
    growing = [
        (growth.surplus.value, (i,))
        for i, growth in enumerate(known)
        if growth.grows and growth.surplus.value >= (CLEAR - 1) * growth.arrivals
    ]
    found = _ranked(EvidenceKind.ACCUMULATION, growing)
    return None if found is None else replace(found, growth=known[found.stages[0]])


def _longest_queue(stream: ValueStream) -> Evidence | None:
    return _ranked(EvidenceKind.QUEUE, [(q.wait_time, q.waits_for) for q in queues(stream)])


def _least_capacity(stream: ValueStream) -> Evidence | None:
    """Find the stage whose people need longest for one item: per person, in a full working week's share."""
    week = stream.definitions.hours_per_week
    figures: list[tuple[float, tuple[int, ...]]] = []
    for i in range(len(stream.stages)):
        hours, work = weekly_hours(stream, i), work_per_item(stream, i)
        if hours and work is not None:
            figures.append((work * week / hours, (i,)))
    return _ranked(EvidenceKind.CAPACITY, figures) if len(figures) > 1 else None


def _batch_share(stream: ValueStream, queue: Queue) -> float | None:
    shares = [b / queue.wait_time for i in queue.comes_from if (b := batch_wait(stream, i)) is not None]
    return max(shares, default=None)
