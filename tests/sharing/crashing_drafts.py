"""A process that is killed while it begins, keeps and deletes drafts; and what must be there then."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from multiprocessing.connection import Connection

from tests.sharing.crashing import NOW, Said
from vsm.sharing.drafts import DraftContent, Drafts
from vsm.sharing.sealing import Seal
from vsm.sharing.store import Store
from vsm.sharing.tokens import new_token

GONE = ""
"""The mark of a draft that was deleted."""


def content(mark: str) -> DraftContent:
    """Return a draft that says the same in its state and in two files, large enough to be written in pieces."""
    noise = [hashlib.shake_256(f"{mark}{part}".encode()).digest(20_000) for part in "ab"]
    return DraftContent(state=mark.encode(), files={hashlib.sha256(file).hexdigest(): file for file in noise})


def drafts_of(store: Store) -> Drafts:
    return Drafts(store.engine, dt.timedelta(days=30), 10**9)


def work(address: str, told: Connection) -> None:
    """Act without end, and tell what is about to be done and what was done."""
    drafts, chance, tokens = drafts_of(Store(address)), random.Random(), [""]
    for number in range(10_000):
        token = chance.choice(tokens)
        act = chance.choice(["keep", "keep", "forget"]) if token else "begin"
        token, mark = token or new_token(), GONE if act == "forget" else str(number)
        told.send(("begins", act, token, mark))
        seal = Seal(token, "")
        if act == "begin":
            drafts.begin(seal, content(mark), NOW)
            tokens.append(token)
        elif act == "keep":
            assert drafts.keep(seal, content(mark), NOW) is not None
        else:
            drafts.forget(seal)
            tokens.remove(token)
        told.send(("did", act, token, mark))


def check(address: str, said: list[Said]) -> int:
    """Check that all that was said to be done is done, and nothing is half there; return how many acts were done."""
    done = {token: mark for word, _, token, mark in said if word == "did"}
    word, _, under_way, new = said[-1]
    store = Store(address)
    for token in {*done, under_way}:
        found = drafts_of(store).open(Seal(token, ""), NOW)
        possible = [done.get(token, GONE)] + ([new] if word == "begins" and token == under_way else [])
        assert found in [None if mark == GONE else content(mark) for mark in possible]
    store.engine.dispose()
    return sum(1 for word, *_ in said if word == "did")
