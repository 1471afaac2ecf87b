"""The options of the command line -> which items of a log to look at."""

from __future__ import annotations

import argparse
import datetime as dt

from vsm.command_options import WrongCommandError, known_names
from vsm.items.choosing import ItemNames
from vsm.model import Wanted


def add_item_options(command: argparse.ArgumentParser) -> None:
    """Add by what items can be chosen; each item is chosen whole or not at all."""
    group = command.add_argument_group("which items of a log (an error with a table of stages)")
    for name, meaning in (
        ("type", "items of this type"),
        ("team", "items that this team had, though other teams may have had them, too"),
        ("person", "items of which at least one row names this person, with what others did on them"),
    ):
        group.add_argument(
            f"--{name}", metavar="NAME", action="append", default=[], help=f"{meaning}; several widen the choice"
        )
    group.add_argument("--from", metavar="DATE", type=_date, help="items finished on this day (UTC) or later")
    group.add_argument("--to", metavar="DATE", type=_date, help="items finished on this day (UTC) or earlier")
    group.add_argument(
        "--no-item-names", action="store_true", help="in all that is written, number items and people instead"
    )


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is not a date such as 2026-03-31') from None


def asks_for_items(options: argparse.Namespace) -> bool:
    """Tell whether some items of a log are asked for."""
    return any(vars(options)[name] for name in ("type", "team", "person", "from", "to"))


def wanted_items(options: argparse.Namespace, names: ItemNames) -> Wanted:
    """Take what is asked for; raises `WrongCommandError` for names that the log does not have, or days without dates.

    A name that the log has in another case is meant, too.
    """
    first, last = vars(options)["from"], options.to
    if first and last and first > last:
        raise WrongCommandError(f"--from {first} lies behind --to {last}, so no item can match; swap the two.")
    if (first or last) and not names.dated:
        raise WrongCommandError(
            "--from and --to choose by the day of finishing, but the file gives no dates; leave them out."
        )
    return Wanted(
        types=_named("type", options.type, names.types),
        teams=_named("team", options.team, names.teams),
        people=_named("person", options.person, names.people),
        finished_from=first,
        finished_to=last,
    )


def _named(option: str, asked: list[str], known: frozenset[str]) -> tuple[str, ...]:
    if asked and not known:
        raise WrongCommandError(
            f"--{option} names “{asked[0]}”, but no column of the file was read as {option}; say which one is by "
            f"--column {option}=HEADER."
        )
    return tuple(dict.fromkeys(name for text in asked for name in known_names(f"--{option}", text, sorted(known))))
