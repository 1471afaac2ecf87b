"""A process that is killed at any moment: what it said was done is done, and nothing is half there."""

from __future__ import annotations

import random

from tests.sharing import crashing_drafts
from tests.sharing.crashing import check, check_old_store, crash, make_old_store, migrate


def test_a_killed_process_loses_nothing_it_had_said_was_done(address: str) -> None:
    chance = random.Random(5)
    assert sum(check(address, crash(address, chance)) for _ in range(3)) > 0


def test_a_process_that_is_killed_while_it_migrates_leaves_a_whole_store(address: str) -> None:
    chance = random.Random(6)
    make_old_store(address)
    for _ in range(3):
        crash(address, chance, migrate)
    check_old_store(address)


def test_a_killed_process_loses_no_draft_it_had_said_was_kept(address: str) -> None:
    chance = random.Random(7)
    acts = sum(crashing_drafts.check(address, crash(address, chance, crashing_drafts.work)) for _ in range(3))
    assert acts > 0
