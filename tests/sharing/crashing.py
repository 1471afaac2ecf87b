"""A process that is killed while it publishes, replaces, revokes, backs up or migrates; and what must be there then."""

from __future__ import annotations

import datetime as dt
import io
import multiprocessing
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType

from sqlalchemy import text

from vsm.command_line import main
from vsm.sharing.engine import file_of, open_engine
from vsm.sharing.forms import MAP, PNG, SVG, Form
from vsm.sharing.found import Publication, Revoked
from vsm.sharing.store import KEPT_VERSIONS, Store
from vsm.sharing.upgrade import upgrade

Said = tuple[str, ...]
NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
LONGEST_LIFE, LONGEST_MIGRATION = 0.25, 0.2
"""Seconds after its first act begins, within which a process is killed."""
OLD_PUBLICATIONS = 40


def bodies(mark: str) -> dict[str, bytes]:
    """Return content in which every form says the same, some of it large enough to be written in pieces."""
    return {str(name): mark.encode() * 3000 for name in (*Form, MAP + SVG, MAP + PNG)}


def work(address: str, told: Connection) -> None:
    """Act without end, and tell what is about to be done and what was done."""
    store, chance, file = Store(address), random.Random(), file_of(address)
    owners: list[str] = []
    acts = ["publish", "replace", "revoke"] + (["back up"] if file else [])
    for number in range(10_000):
        act = chance.choice(acts) if owners else "publish"
        owner = chance.choice(owners) if owners else ""
        if act == "back up":
            assert file is not None
            copy = file.with_name(f"{file.name}.{os.getpid()}.{number}")
            told.send(("begins", act, "", str(copy)))
            back_up(address, copy)
            told.send(("did", act, "", str(copy)))
            continue
        told.send(("begins", act, owner, str(number)))
        if act == "publish":
            links = store.publish(str(number), bodies(str(number)), None, NOW)
            owners.append(links.owner)
            told.send(("did", act, links.owner, str(number), links.read))
        elif act == "replace":
            store.replace(owner, str(number), bodies(str(number)), NOW)
            told.send(("did", act, owner, str(number)))
        else:
            store.revoke(owner, NOW)
            owners.remove(owner)
            told.send(("did", act, owner, ""))


def back_up(address: str, copy: Path) -> None:
    """Do what `python -m vsm store backup` does."""
    os.environ["VSM_STORE_URL"] = address
    with redirect_stdout(io.StringIO()):
        assert main(["store", "backup", str(copy)]) == 0


def migrate(address: str, told: Connection) -> None:
    """Open a store of an older release, which brings it up to date."""
    told.send(("begins", "migrate", "", ""))
    Store(address)
    told.send(("did", "migrate", "", ""))


@contextmanager
def _plain_main() -> Iterator[None]:
    """Hide the main module, which a child process would run first: a test of a page leaves the page there."""
    main_module = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main_module


def crash(address: str, chance: random.Random, act: Callable[[str, Connection], None] = work) -> list[Said]:
    """Let a process act, kill it at a moment of chance, and return what it had told."""
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    context.set_forkserver_preload([__name__])
    heard, told = context.Pipe(duplex=False)
    process = context.Process(target=act, args=(address, told), daemon=True)
    with _plain_main():
        process.start()
    told.close()
    said = [heard.recv()]
    time.sleep(chance.random() * (LONGEST_MIGRATION if act is migrate else LONGEST_LIFE))
    process.kill()
    process.join()
    assert process.exitcode in (-signal.SIGKILL, 0), "it ended by a fault of its own"
    process.close()
    try:
        while True:
            said.append(heard.recv())
    except (EOFError, OSError):  # the last words may be cut short: then nobody heard them
        heard.close()
    return said


def check(address: str, said: list[Said]) -> int:
    """Check that all that was said to be done is done, and nothing is half there; return how many acts were done."""
    _check_store(address, said)
    for place, (word, act, _, copy, *_link) in enumerate(said):
        # A copy that was begun and has its name is whole, though nobody heard so.
        if act == "back up" and (word == "did" or (said[place:] == said[-1:] and Path(copy).exists())):
            _check_store(f"sqlite:///{copy}", said[:place])
            Path(copy).unlink()
    return sum(1 for word, *_ in said if word == "did")


def _check_store(address: str, said: list[Said]) -> None:
    shown: dict[str, list[str]] = {}
    links: dict[str, str] = {}
    for word, act, owner, mark, *link in said:
        if word == "did" and act != "back up":
            shown[owner] = [] if act == "revoke" else [*shown.get(owner, []), mark]
            links.update({owner: link[0]} if link else {})
    under_way = said[-1] if said[-1][0] == "begins" else ("", "", "", "")
    store = Store(address)
    for owner, marks in shown.items():
        found = store.find(links[owner], NOW)
        touched = under_way[2] == owner
        if isinstance(found, Revoked):
            assert not marks or (touched and under_way[1] == "revoke"), (owner, marks)
            continue
        assert isinstance(found, Publication), (owner, found)
        now_shown = [*marks, under_way[3]] if touched and found.newest.number > len(marks) else marks
        assert found.title == now_shown[-1], (owner, marks, found)
        assert store.bodies(found.id) == kept(now_shown)
    for entry in store.entries():
        held = store.bodies(entry.id)
        assert held[max(held)] == bodies(entry.title) if entry.revoked is None else held == {}
    store.engine.dispose()


def kept(marks: list[str]) -> dict[int, dict[str, bytes]]:
    """Return what the newest versions hold, by number, of all that a publication ever showed."""
    return {number: bodies(mark) for number, mark in list(enumerate(marks, 1))[-KEPT_VERSIONS:]}


def make_old_store(address: str) -> None:
    """Make a store as the first release did, with some publications of two versions each."""
    engine = open_engine(address)
    upgrade(engine, "0001")
    with engine.begin() as connection:
        for number in range(1, OLD_PUBLICATIONS + 1):
            given = {"id": number, "hash": bytes([number]) * 32, "title": str(number), "now": NOW.replace(tzinfo=None)}
            columns = "(id, read_hash, owner_hash, title, created)"
            connection.execute(
                text(f"INSERT INTO publications {columns} VALUES (:id, :hash, :hash, :title, :now)"), given
            )
            for version in (1, 2):
                row = {"id": number, "version": version, "now": given["now"]}
                connection.execute(text("INSERT INTO versions VALUES (:id, :version, :now)"), row)
            for form, body in bodies(str(number)).items():
                old_name = {"map.svg": "map", "map.png": "map picture"}.get(form, form)
                row = {"id": number, "form": old_name, "body": body}
                connection.execute(text("INSERT INTO contents VALUES (:id, :form, :body)"), row)
    engine.dispose()


def check_old_store(address: str) -> None:
    """Check that a store which `make_old_store` made still holds all, once it has been opened."""
    store = Store(address)
    assert [(entry.title, entry.versions) for entry in store.entries()] == [
        (str(number), 1) for number in range(1, OLD_PUBLICATIONS + 1)
    ]
    for entry in store.entries():
        assert store.bodies(entry.id) == {2: bodies(entry.title)}
    store.engine.dispose()
