"""A forecast from weekly throughput -> sentences and a table: by when so many items, how many by a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from vsm.flow import MeasuredLog
from vsm.items.forecast import TRIALS, Completion, Delivery, History
from vsm.wording import count, day, number

_SURE = 85
"""Per cent: what is promised, as most plans can live with one miss in seven."""


def history_sentence(past: History) -> str:
    """Say what the forecast draws from."""
    weeks = len(past.weekly)
    mean = sum(past.weekly) / weeks
    least, most = number(min(past.weekly)), number(max(past.weekly))
    return (
        f"Drawn from {number(weeks)} whole weeks in which {least} to {most} items were finished, {number(mean)} on "
        f"average; counted from {day(past.as_of)}, the last day that the log knows."
    )


def proposed_items(m: MeasuredLog) -> int:
    """Propose how many items to ask for: those that are open, or ten."""
    items = m.facts.items
    return int((~items["finished"] & ~items["cancelled"]).sum()) or 10


def dates_asked(past: History) -> tuple[dt.date, dt.date, dt.date]:
    """Return the date to propose, the first and the last that can be asked for: 4 weeks, none and 10 years ahead."""
    return past.as_of + dt.timedelta(weeks=4), past.as_of, past.as_of + dt.timedelta(weeks=520)


def completion_sentence(found: Sequence[Completion], items: int) -> str:
    """Say by when so many items will be done."""
    sure = next(c for c in found if c.chance == _SURE)
    what = count(items, "item")
    if sure.by is None or sure.weeks is None:
        return f"At this pace {what} will not be done within 1,000 weeks."
    when = f"{day(sure.by)}, in {count(sure.weeks, 'week')},"
    return f"{what.capitalize()} will be done by {when} with a chance of {_SURE}%."


def completion_table(found: Sequence[Completion]) -> pd.DataFrame:
    """List by when the items are done at each chance: Chance, Weeks, Done by (texts)."""
    return pd.DataFrame(
        {
            "Chance": [f"{c.chance}%" for c in found],
            "Weeks": ["over 1,000" if c.weeks is None else number(c.weeks) for c in found],
            "Done by": ["" if c.by is None else day(c.by) for c in found],
        }
    )


def delivery_sentence(found: Sequence[Delivery], date: dt.date) -> str:
    """Say how many items will be done by a date."""
    sure = next(d for d in found if d.chance == _SURE)
    if not sure.items:
        return f"By {day(date)} not even one item will be done with a chance of {_SURE}%."
    return f"By {day(date)} at least {count(sure.items, 'item')} will be done with a chance of {_SURE}%."


def delivery_table(found: Sequence[Delivery]) -> pd.DataFrame:
    """List how many items are done at each chance: Chance, At least (texts)."""
    return pd.DataFrame(
        {"Chance": [f"{d.chance}%" for d in found], "At least": [count(d.items, "item") for d in found]}
    )


ASSUMPTIONS = (
    f"Each of {number(TRIALS)} trials draws whole weeks of the past by chance and adds up what was finished in them; "
    "85% means that 85 of 100 trials were done by then.",
    "It holds as long as the coming weeks are like those of the log: the same people, the same kind of work, no long "
    "holiday. Choose items by type or period above to draw from the weeks that fit.",
    "Weeks without a finished item count too. Items are counted, not sized: split a large one before you count it.",
)
"""What the forecast rests on."""
