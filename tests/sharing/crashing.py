"""A process that publishes, replaces and revokes until it is killed; and what its store must hold after that."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import random
import time
from multiprocessing.connection import Connection

from vsm.sharing.forms import Form
from vsm.sharing.found import Publication, Revoked
from vsm.sharing.store import Store

Said = tuple[str, ...]
NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
LONGEST_LIFE = 0.25
"""Seconds after its first act."""


def bodies(mark: str) -> dict[Form, bytes]:
    """Return content in which every form says the same, some of it large enough to be written in pieces."""
    return {form: mark.encode() * 3000 for form in Form}


def work(address: str, told: Connection) -> None:
    """Act without end, and tell what is about to be done and what was done."""
    store, chance = Store(address), random.Random()
    owners: list[str] = []
    for number in range(10_000):
        act = chance.choice(["publish", "replace", "revoke"]) if owners else "publish"
        owner = chance.choice(owners) if owners else ""
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


def crash(address: str, chance: random.Random) -> list[Said]:
    """Let a process work, kill it at a moment of chance, and return what it had told."""
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    context.set_forkserver_preload([__name__])
    heard, told = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(address, told), daemon=True)
    process.start()
    told.close()
    said = [heard.recv()]
    time.sleep(chance.random() * LONGEST_LIFE)
    process.kill()
    process.join()
    process.close()
    try:
        while True:
            said.append(heard.recv())
    except (EOFError, OSError):  # the last words may be cut short: then nobody heard them
        heard.close()
    return said


def check(address: str, said: list[Said]) -> int:
    """Check that all that was said to be done is done, and nothing is half there; return how many acts were done."""
    shown: dict[str, str | None] = {}
    links: dict[str, str] = {}
    for word, act, owner, mark, *link in said:
        if word == "did":
            shown[owner] = None if act == "revoke" else mark
            links.update({owner: link[0]} if link else {})
    under_way = said[-1] if said[-1][0] == "begins" else ("", "", "", "")
    store = Store(address)
    for owner, mark in shown.items():
        found = store.find(links[owner], NOW)
        touched = under_way[2] == owner
        if isinstance(found, Revoked):
            assert mark is None or (touched and under_way[1] == "revoke"), (owner, mark)
            continue
        assert isinstance(found, Publication), (owner, found)
        assert found.title == mark or (touched and found.title == under_way[3]), (owner, mark, found)
        assert store.bodies(found.id) == bodies(found.title)
    for entry in store.entries():
        assert store.bodies(entry.id) == (bodies(entry.title) if entry.revoked is None else {})
    store.engine.dispose()
    return sum(1 for word, *_ in said if word == "did")
