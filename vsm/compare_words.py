"""Two sides compared -> sentences and a table: what differs, by how much, and whether it is more than noise."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from vsm.growth import Interval
from vsm.items.compare import Difference, Figure
from vsm.items.statistics import TooFew
from vsm.model import Definitions, Wanted
from vsm.wording import NOT_MEASURED, hours, listed, number, percent

_LOWER_IS_BETTER = {Figure.MEAN_LEAD_TIME, Figure.MEDIAN_LEAD_TIME, Figure.P85_LEAD_TIME}


def say(figure: Figure, value: float | None, d: Definitions) -> str:
    """Say a figure in its own unit."""
    if value is None:
        return NOT_MEASURED
    if figure is Figure.FLOW_EFFICIENCY:
        return percent(value)
    return f"{number(value)} a week" if figure is Figure.THROUGHPUT else hours(value, d)


def signed(value: float, size: str) -> str:
    """Put the sign of a value before its size in words.

    >>> signed(-2.0, "2 h"), signed(2.0, "2 h"), signed(0.0, "0 h")
    ('−2 h', '+2 h', '0 h')
    """
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{size}"


def _say_change(figure: Figure, value: float, d: Definitions) -> str:
    size = abs(value)
    return signed(value, f"{number(size * 100)} points" if figure is Figure.FLOW_EFFICIENCY else say(figure, size, d))


def _verdict(found: Difference) -> str:
    if isinstance(found.difference, TooFew):
        return found.difference.reason
    if not found.beyond_noise:
        return "No more than noise"
    return "More than noise"


def difference_table(found: Sequence[Difference], first: str, second: str, d: Definitions) -> pd.DataFrame:
    """List every figure of both sides with the difference and its 95 % interval, in words."""
    return pd.DataFrame(
        {
            "Figure": [f.figure.value.capitalize() for f in found],
            first: [say(f.figure, f.before, d) for f in found],
            second: [say(f.figure, f.after, d) for f in found],
            "Difference": [_difference(f, d) for f in found],
            "Between (95%)": [_between(f, d) for f in found],
            "Verdict": [_verdict(f) for f in found],
        }
    )


def _difference(found: Difference, d: Definitions) -> str:
    if isinstance(found.difference, Interval):
        return _say_change(found.figure, found.difference.value, d)
    if found.before is None or found.after is None:
        return "–"
    return _say_change(found.figure, found.after - found.before, d)


def _between(found: Difference, d: Definitions) -> str:
    if isinstance(found.difference, TooFew):
        return "–"
    lower, upper = (_say_change(found.figure, v, d) for v in (found.difference.lower, found.difference.upper))
    return f"{lower} to {upper}"


def comparison_sentence(found: Sequence[Difference], d: Definitions) -> str:
    """Say which differences are more than noise, and which way they go."""
    told = [f for f in found if isinstance(f.difference, Interval)]
    if not told:
        reasons = list(dict.fromkeys(f.difference.reason for f in found if isinstance(f.difference, TooFew)))
        return reasons[0] if reasons else "There is nothing to compare."
    beyond = [f for f in told if f.beyond_noise]
    if not beyond:
        return "No difference is more than what items, or weeks, differ by chance."
    changes = listed([_change(f, d) for f in beyond])
    rest = "; the others differ by no more than chance." if len(beyond) < len(told) else "."
    return f"More than noise: {changes}{rest}"


def _change(found: Difference, d: Definitions) -> str:
    before, after = found.before or 0.0, found.after or 0.0
    way = "rose" if after > before else "fell"
    better = (after < before) == (found.figure in _LOWER_IS_BETTER)
    judged = "better" if better else "worse"
    return f"{found.figure.value} {way} from {say(found.figure, before, d)} to {say(found.figure, after, d)} ({judged})"


HOW = (
    "The interval holds the true difference in 95 of 100 such comparisons (bootstrap: items, and for throughput whole "
    "weeks, are drawn again and again). One that holds 0 tells nothing apart from chance. With five figures "
    "side by side, chance alone makes one of them pass for more than noise in up to one comparison of five."
)
"""How differences are judged."""


def part_names(parts: tuple[Wanted, Wanted]) -> tuple[str, str]:
    """Name two groups of a log's items: by their type or by the days on which they finished."""
    one, other = (_part_name(part) for part in parts)
    return one, other


def _part_name(part: Wanted) -> str:
    if part.types:
        return f"Type {listed(part.types)}"
    assert part.finished_from is not None, "a group without a type has its days"
    assert part.finished_to is not None, "a group without a type has its days"
    first, last = part.finished_from, part.finished_to
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first.day} {first:%b}{year} – {last.day} {last:%b %Y}"
