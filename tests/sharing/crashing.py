"""A process that publishes, replaces and revokes until it is killed; and what its store must hold after that."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import random
import time
from multiprocessing.connection import Connection

from vsm.sharing.forms import MAP, PNG, SVG, Form
from vsm.sharing.found import Publication, Revoked
from vsm.sharing.store import KEPT_VERSIONS, Store

Said = tuple[str, ...]
NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
LONGEST_LIFE = 0.25
"""Seconds after its first act."""


def bodies(mark: str) -> dict[str, bytes]:
    """Return content in which every form says the same, some of it large enough to be written in pieces."""
    return {str(name): mark.encode() * 3000 for name in (*Form, MAP + SVG, MAP + PNG)}


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
    shown: dict[str, list[str]] = {}
    links: dict[str, str] = {}
    for word, act, owner, mark, *link in said:
        if word == "did":
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
    return sum(1 for word, *_ in said if word == "did")


def kept(marks: list[str]) -> dict[int, dict[str, bytes]]:
    """Return what the newest versions hold, by number, of all that a publication ever showed."""
    return {number: bodies(mark) for number, mark in list(enumerate(marks, 1))[-KEPT_VERSIONS:]}
