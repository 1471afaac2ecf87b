"""The command `store`: what a host does with publications and drafts: list, revoke, expire, check, back up."""

from __future__ import annotations

import argparse
import datetime as dt
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from vsm.as_text import one_line
from vsm.command_options import Parser, WrongCommandError
from vsm.sharing.forms import NEEDED, Form, unpack
from vsm.sharing.found import Entry, StoreError
from vsm.sharing.frozen import read_frozen
from vsm.sharing.frozen_log import read_frozen_log
from vsm.wording import count

if TYPE_CHECKING:
    from vsm.sharing.drafts import DraftTotal
    from vsm.sharing.settings import SharingSettings
    from vsm.sharing.store import Store

_PRIVATE = 0o600
_NONE = (
    "There is no store at {}: nothing was ever published or kept as a draft there, or VSM_STORE_URL has to name "
    "another place."
)


def add_store_command(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add `store` with its own commands."""
    store = commands.add_parser("store", allow_abbrev=False, help="look after publications and drafts (VSM_STORE_URL)")
    acts = store.add_subparsers(
        dest="act", required=True, parser_class=Parser, metavar="list|revoke|expire|check|backup"
    )
    acts.add_parser("list", help="list what was published, the oldest first, and count the drafts")
    revoke = acts.add_parser("revoke", help="take a publication down and delete its content")
    revoke.add_argument("number", type=int, metavar="NUMBER", help="as `list` gives it")
    acts.add_parser("expire", help="delete publications and drafts whose time is over")
    acts.add_parser("check", help="read everything once and say what is damaged")
    backup = acts.add_parser("backup", help="copy a store in SQLite, while the app may run")
    backup.add_argument("file", type=Path, metavar="FILE", help="the copy; it must not be there yet")


def run_store_command(options: argparse.Namespace, now: dt.datetime) -> None:
    """Do what was asked and print what came of it. Raises `WrongCommandError` or `StoreError` with a sentence."""
    # Loaded here, as SQLAlchemy takes a third of a second that an analysis need not wait for.
    from vsm.sharing.engine import check_address
    from vsm.sharing.settings import SharingSettings

    settings = SharingSettings.from_environment()
    check_address(settings.store)
    store = settings.existing_store()
    if store is None:
        raise WrongCommandError(_NONE.format(settings.file))
    acts: dict[str, Callable[[], str]] = {
        "list": lambda: f"{_list(store.entries(), now)}\n{_count_drafts(settings.drafts_in(store).total())}",
        "revoke": lambda: _revoke(store, options.number, now),
        "expire": lambda: f"{_expire(store, now)}\n{_expire_drafts(settings, store, now)}",
        "check": lambda: _check(settings, store),
        "backup": lambda: _backup(settings, options.file),
    }
    print(acts[options.act]())


def _list(entries: tuple[Entry, ...], now: dt.datetime) -> str:
    lines = [f"{'Number':>6}  {'Published':<16}  {'State':<24}  {'Versions':>8}  {'kB':>6}  Title"]
    lines += [
        f"{e.id:>6}  {e.created:%Y-%m-%d %H:%M}  {_state(e, now):<24}  {e.versions:>8}  {e.size / 1000:>6.0f}  "
        f"{one_line(e.title)}".rstrip()
        for e in entries
    ]
    return "\n".join(lines)


def _state(entry: Entry, now: dt.datetime) -> str:
    if entry.revoked is not None:
        return f"revoked {entry.revoked:%Y-%m-%d}"
    if entry.expires is None:
        return "opens for ever"
    over = entry.expires <= now
    return f"{'expired' if over else 'opens until'} {entry.expires:%Y-%m-%d}"


def _revoke(store: Store, number: int, now: dt.datetime) -> str:
    if not store.take_down(number, now):
        if number in {entry.id for entry in store.entries()}:
            return f"Publication {number} is revoked already."
        raise WrongCommandError(f"There is no publication {number} to revoke; `store list` gives the numbers.")
    return f"Publication {number} is revoked, and its content deleted."


def _expire(store: Store, now: dt.datetime) -> str:
    return f"Deleted the content of {count(store.erase_expired(now), 'expired publication')}."


def _count_drafts(total: DraftTotal) -> str:
    return f"Drafts: {total.count}, {total.size / 1000:,.0f} kB"


def _expire_drafts(settings: SharingSettings, store: Store, now: dt.datetime) -> str:
    """Delete drafts whose time is over; where the host keeps none any more, all of them."""
    drafts = settings.drafts_in(store)
    if settings.drafts:
        return f"Deleted {count(drafts.erase_expired(now), 'expired draft')}."
    return f"Deleted {count(drafts.erase_all(), 'draft')}, as VSM_DRAFTS is off."


def _check(settings: SharingSettings, store: Store) -> str:
    """Read the whole file, and every form of everything. Raises `StoreError` that names what is damaged."""
    if settings.file is not None and (damage := _damage(settings.file)):
        raise StoreError(
            f"The store's file is damaged. SQLite says: {one_line(damage)}. Stop the app, put a backup in the file's "
            "place, and start it again."
        )
    held = [entry for entry in store.entries() if entry.size]
    damaged = [str(entry.id) for entry in held if not _whole(store, entry.id)]
    if damaged:
        raise StoreError(f"Damaged: publication {', '.join(damaged)}. Revoke it, or restore a backup.")
    return f"All is whole: {count(len(held), 'publication')} with content."


def _damage(file: Path) -> str | None:
    """Return what SQLite finds wrong with a file; `None` where it is whole."""
    try:
        with closing(sqlite3.connect(file)) as connection:
            found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(3)")]
    except sqlite3.Error as error:
        return str(error)
    return None if found == ["ok"] else "; ".join(found)


def _whole(store: Store, number: int) -> bool:
    try:
        for bodies in store.bodies(number).values():
            unpacked = {name: unpack(name, body) for name, body in bodies.items()}
            read_frozen(unpacked[Form.DATA])
            if Form.ITEMS in unpacked:
                read_frozen_log(unpacked[Form.ITEMS])
            if not set(unpacked) >= NEEDED:
                return False
    except (OSError, EOFError, KeyError, ValueError, StoreError):
        return False
    return True


def _backup(settings: SharingSettings, target: Path) -> str:
    """Copy the file as it is at one moment; a copy that is not whole has another name."""
    source = settings.file
    if source is None:
        raise WrongCommandError("This store is a PostgreSQL database: back it up by pg_dump.")
    if target.exists():
        raise WrongCommandError(f"{target} is there already; give the name of a new file.")
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=_PRIVATE)
        with closing(sqlite3.connect(source)) as connection:
            connection.execute("VACUUM INTO ?", (str(unfinished),))
        unfinished.rename(target)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise WrongCommandError(f"{target} cannot be written: {error}.") from error
    return f"Copied the store to {target}."
