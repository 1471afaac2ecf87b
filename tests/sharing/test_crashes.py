"""A process that is killed at any moment: what it said was done is done, and nothing is half there."""

from __future__ import annotations

import random

from tests.sharing.crashing import check, crash


def test_a_killed_process_loses_nothing_it_had_said_was_done(address: str) -> None:
    chance = random.Random(5)
    assert sum(check(address, crash(address, chance)) for _ in range(3)) > 0
