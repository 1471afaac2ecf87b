"""How items of a log moved -> sentences: what was sent back, which paths were taken, which stages passed over."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, takewhile

import pandas as pd

from vsm.flow import MeasuredLog
from vsm.flow_words import are, shortened
from vsm.items.facts import rework_unseen
from vsm.items.moves import places_left
from vsm.items.paths import Paths
from vsm.measured_words import WHY_NO_REWORK
from vsm.wording import count, hours, how_often, listed, number, percent


def move_words(left: str, reached: str) -> str:
    """Say a move back: "Test → Build"."""
    return f"{shortened(left)} → {shortened(reached)}"


def path_words(stages: Sequence[str]) -> str:
    """Say a path; a stage that follows itself is said once with the number of visits: "Build → Test (2 visits)"."""
    runs: list[tuple[str, int]] = []
    for stage in stages:
        if runs and runs[-1][0] == stage:
            runs[-1] = (stage, runs[-1][1] + 1)
        else:
            runs.append((stage, 1))
    said = [shortened(stage) if times == 1 else f"{shortened(stage)} ({times} visits)" for stage, times in runs]
    return " → ".join(said) or "No stage"


def differing_words(stages: Sequence[str], usual: Sequence[str]) -> str:
    """Say a path by where it leaves the usual one and where it is back on it: "… Review → Release".

    >>> differing_words(("Draft", "Build", "Review", "Release"), ("Draft", "Build", "Review", "Test", "Release"))
    '… Review → Release'
    """
    if tuple(stages) == tuple(usual):
        return path_words(stages)
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(stages, usual, strict=False)))
    rest = min(len(stages), len(usual)) - alike
    back = takewhile(lambda pair: pair[0] == pair[1], zip(reversed(stages), reversed(usual), strict=False))
    first, last = max(alike - 1, 0), len(stages) - max(sum(1 for _ in islice(back, rest)) - 1, 0)
    return f"{'… ' if first else ''}{path_words(stages[first:last])}{' …' if last < len(stages) else ''}"


_NOTHING_SENT_BACK = "No item was sent back: every move leads to a later stage."


def nothing_sent_back(m: MeasuredLog) -> str:
    """Say that no item was sent back, or why that cannot be told."""
    unseen = rework_unseen(m.log, m.facts.stages)
    if unseen is not None:
        return f"Whether items were sent back cannot be told: {WHY_NO_REWORK[unseen]}."
    return _NOTHING_SENT_BACK


def send_backs_sentence(moves: pd.DataFrame, m: MeasuredLog) -> str:
    """Say how often items are sent back, where most often, and what it costs. Columns as `send_backs`."""
    if not len(moves):
        return nothing_sent_back(m)
    total, items = int(moves["moves"].sum()), int((m.facts.items["sent_back"] > 0).sum())
    place = int(moves["moves"].to_numpy().argmax())
    left, reached, times = (moves[column].tolist()[place] for column in ("left", "reached", "moves"))
    most = " in all, all of them" if times == total else f" in all, most often, {how_often(times)},"
    if total == 1:
        most = ","
    sentence = (
        f"{count(items, 'item').capitalize()} of {number(len(m.facts.items))} {_was(items)} sent back, "
        f"{how_often(total)}{most} from {shortened(left)} to {shortened(reached)}."
    )
    came, took = int(moves["returned"].sum()), float(moves["time"].sum())
    if came:
        sentence += f" Until an item was back where it had been took {hours(took / came, m.definitions)} on average."
    if places_left(m.log)[-1] in moves["left"].tolist():
        counts = "waiting" if m.log.divided else "time"
        sentence += f" What was done and is reopened has its time in between counted as {counts} for where it went."
    return sentence


def _was(n: int) -> str:
    return "was" if n == 1 else "were"


def paths_sentence(found: Paths, m: MeasuredLog) -> str:
    """Say how many different paths there are and what share took the most frequent one."""
    first = found.most[0]
    if found.different == 1:
        return f"All finished items took the same path: {path_words(first.stages)}."
    if first.items == 1:
        return f"Each of the {number(found.different)} finished items took a path of its own."
    median = hours(first.median, m.definitions)
    return (
        f"Finished items took {count(found.different, 'different path')}; {percent(first.share)} took the most "
        f"frequent one, {path_words(first.stages)}, with a median lead time of {median}."
    )


def skipped_sentence(skipped: pd.DataFrame) -> str:
    """Say which stages most items passed over. Columns as `skipped_stages`."""
    some = skipped.loc[skipped["items"] > 0].sort_values("items", ascending=False, kind="stable")
    stages, shares = some["stage"].tolist()[:3], some["share"].tolist()[:3]
    named = [f"{shortened(stage)} ({percent(share)})" for stage, share in zip(stages, shares, strict=True)]
    more = len(some) - len(named)
    places = listed([*named, count(more, "other stage")] if more else named)
    stages_are = f"{count(len(some), 'stage')} {are(len(some))}"
    return f"Not every finished item came to every stage: {stages_are} passed over by some, {places}."
