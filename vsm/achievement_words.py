"""What came of a scenario -> sentences and tables: what was promised, what came, and the rest that nothing explains."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from vsm.achievement import Achievement, Promise, StagePromise
from vsm.model import Definitions
from vsm.wording import NOT_MEASURED, count, hours, listed, percent

SMALL = 0.05
"""A rest below this share of the lead time there was is not worth a sentence."""
SMALL_POINTS = 0.01
"""Nor is a rest of %C&A below this."""


def achievement_sentences(found: Achievement) -> tuple[str, ...]:
    """Say of the stream what was promised, what came and where the difference lies, the most important first."""
    d = found.now.definitions
    return (*_lead_time(found, d), *_where(found, d), *_quality(found), *_presence(found), *_caveats(found))


def _lead_time(found: Achievement, d: Definitions) -> tuple[str, ...]:
    time = found.lead_time
    promised, achieved = time.promised_change, time.achieved_change
    if promised is None or achieved is None:
        return ("The lead time is not measured on every side, so the promise cannot be checked as a whole.",)
    said = f"The scenario “{found.scenario.name}” promised a lead time of {hours(time.promised, d)} after "
    said += f"{hours(time.before, d)}; it is {hours(time.now, d)} now."
    if promised >= 0:
        return (said, "It promised no shorter lead time.")
    if achieved > 0:
        return (said, f"Instead of {hours(-promised, d)} less it takes {hours(achieved, d)} more.")
    return (said, _kept(found.share_kept or 0, promised, achieved, d))


def _kept(share: float, promised: float, achieved: float, d: Definitions) -> str:
    if share >= 1:
        return f"The promise was kept: {hours(-achieved, d)} less, where {hours(-promised, d)} were promised."
    return (
        f"{percent(share)} of the promise came: {hours(-achieved, d)} less, where {hours(-promised, d)} were promised."
    )


def _where(found: Achievement, d: Definitions) -> tuple[str, ...]:
    """Name the stages that brought clearly more and clearly less than promised, the largest rest first.

    Stages that are missing or that nobody planned brought nothing of the kind: one may be the other, renamed.
    """
    least = SMALL * (found.lead_time.before or 0)
    held = [s for s in found.stages if not s.is_missing and not s.is_unplanned]
    known = [(s.time.rest, s.name) for s in held if s.time.rest is not None and abs(s.time.rest) > least]
    late = [f"{name} ({hours(rest, d)} more)" for rest, name in sorted(known, reverse=True) if rest > 0]
    early = [f"{name} ({hours(-rest, d)} less)" for rest, name in sorted(known) if rest < 0]
    sentences = []
    if late:
        sentences.append(f"Longer than promised: {listed(late)}.")
    if early:
        sentences.append(f"Shorter than promised: {listed(early)}.")
    rest, by_stage = found.lead_time.rest, sum(s.time.rest or 0 for s in held)
    if rest is not None and abs(rest - by_stage) > least:
        more = "more" if rest > by_stage else "less"
        whence = "" if len(held) == len(found.stages) else "stages that are missing or new, from "
        sentences.append(
            f"What the stages do not explain, {hours(abs(rest - by_stage), d)} {more}, comes from {whence}rework or "
            "from steps that run side by side."
        )
    return tuple(sentences)


def _quality(found: Achievement) -> tuple[str, ...]:
    """Say what became of the rolled %C&A, and at which stages it is clearly other than promised, the largest first."""
    rolled, sentences = found.rolled_complete_accurate, []
    if rolled.promised_change is not None and rolled.now is not None and abs(rolled.promised_change) >= SMALL_POINTS:
        goes = "rise" if rolled.promised_change > 0 else "fall"
        sentences.append(
            f"The rolled %C&A was to {goes} from {percent(rolled.before)} to {percent(rolled.promised)}; it is "
            f"{percent(rolled.now)} now."
        )
    rests = [(s.complete_accurate.rest, s.name) for s in found.stages if s.complete_accurate.rest is not None]
    known = [(rest, name) for rest, name in rests if abs(rest) >= SMALL_POINTS]
    worse = [f"{name} ({_points(-rest)} lower)" for rest, name in sorted(known) if rest < 0]
    better = [f"{name} ({_points(rest)} higher)" for rest, name in sorted(known, reverse=True) if rest > 0]
    if worse:
        sentences.append(f"Less complete and accurate than promised: {listed(worse)}.")
    if better:
        sentences.append(f"More complete and accurate than promised: {listed(better)}.")
    return tuple(sentences)


def _presence(found: Achievement) -> tuple[str, ...]:
    """Name stages that are there against the promise, that are missing, and that nobody planned."""

    d = found.now.definitions
    still = [s.name for s in found.stages if s.was_there and not s.to_be_there and s.is_there]
    missing = [f"{s.name} ({hours(s.time.promised, d)} promised)" for s in found.stages if s.is_missing]
    unplanned = [f"{s.name} ({hours(s.time.now, d)})" for s in found.stages if s.is_unplanned]
    sentences = []
    if still:
        sentences.append(f"To be gone and still there: {listed(still)}.")
    if missing:
        renamed = "was it renamed? Then give it" if len(missing) == 1 else "were they renamed? Then give each"
        sentences.append(
            f"Not in the data now: {listed(missing)}; {renamed} one name in both. Nothing tells what became of that "
            "time, so it counts as neither saved nor late."
        )
    if unplanned:
        sentences.append(f"New, and not in the plan: {listed(unplanned)}.")
    return tuple(sentences)


def _caveats(found: Achievement) -> tuple[str, ...]:
    sentences = [f"A change of the scenario promises nothing: {reason}" for reason in found.refused]
    if not found.one_side:
        sentences.append(
            "The %C&A was of what arrives at a stage in one of the two, and of what leaves it in the other, so that "
            "the shares of single stages do not compare: choose the same on the page of the data."
        )
    if found.before.measured is None and found.now.measured is not None:
        sentences.append("What was promised rests on stated times; the times now are measured in a log.")
    elif found.before.measured is not None and found.now.measured is None:
        sentences.append("What was promised rests on measured times; the times now are stated in a table.")
    elif not found.one_clock:
        sentences.append(
            "The two were measured on different clocks, elapsed and working time, so their hours do not compare: "
            "choose the same clock on the page of the data."
        )
    return tuple(sentences)


def stream_promises(found: Achievement) -> pd.DataFrame:
    """List the figures of the stream: columns "Figure", "Before", "Promised", "Now", "Rest" (all in words)."""
    d = found.now.definitions
    rows = ((figure, _times(p, d) if figure.is_time else _shares(p)) for figure, p in found.figures)
    return pd.DataFrame([{"Figure": figure.label, **words} for figure, words in rows])


def stage_promises(found: Achievement) -> pd.DataFrame:
    """List the time in every stage: columns "Stage", "Before", "Promised", "Now", "Rest" (all in words)."""
    d = found.now.definitions
    return pd.DataFrame([{"Stage": stage.name, **_stage(stage, d)} for stage in found.stages])


def stage_quality_promises(found: Achievement) -> pd.DataFrame:
    """List the %C&A of every stage with one: columns "Stage", "Before", "Promised", "Now", "Rest" (all in words)."""
    columns = ["Stage", "Before", "Promised", "Now", "Rest"]
    rows = [{"Stage": stage.name, **_quality_of(stage)} for stage in found.stages if _has_quality(stage)]
    return pd.DataFrame(rows, columns=columns)


def _has_quality(stage: StagePromise) -> bool:
    shares = stage.complete_accurate
    return (shares.before, shares.promised, shares.now) != (None, None, None)


def _quality_of(stage: StagePromise) -> dict[str, str]:
    return _with_presence(stage, _shares(stage.complete_accurate))


def _stage(stage: StagePromise, d: Definitions) -> dict[str, str]:
    return _with_presence(stage, _times(stage.time, d))


def _with_presence(stage: StagePromise, words: dict[str, str]) -> dict[str, str]:
    """Say "not there" on each side where the stage was not; a missing stage leaves no rest."""
    sides = (("Before", stage.was_there), ("Promised", stage.to_be_there), ("Now", stage.is_there))
    absent = {name: "not there" for name, there in sides if not there}
    return {**words, **absent, **({"Rest": NOT_MEASURED} if stage.is_missing else {})}


def _times(promise: Promise, d: Definitions) -> dict[str, str]:
    return {
        "Before": hours(promise.before, d),
        "Promised": hours(promise.promised, d),
        "Now": hours(promise.now, d),
        "Rest": _signed(promise.rest, lambda value: hours(value, d)),
    }


def _shares(promise: Promise) -> dict[str, str]:
    return {
        "Before": percent(promise.before),
        "Promised": percent(promise.promised),
        "Now": percent(promise.now),
        "Rest": _signed(promise.rest, _points),
    }


def _points(share: float) -> str:
    """Say a difference of shares: "5 points"."""
    points = round(share * 100, 1)
    return count(points, "point") if points else "0 points"


def _signed(value: float | None, say: Callable[[float], str]) -> str:
    if value is None:
        return NOT_MEASURED
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{say(abs(value))}"
