"""Kill a process that publishes, replaces, revokes, backs up or migrates, again and again, and look at its store.

`python -m benchmarks.store_crashes 1000` kills it a thousand times on SQLite files, a quarter of them while an older
store is brought up to date; with an address behind, on that one store, which is never an older one.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

from tests.sharing.crashing import check, check_old_store, crash, make_old_store, migrate


def main(kills: int, address: str | None) -> None:
    """Kill so many times; a check that fails ends it with what was wrong."""
    chance, done, migrations, cut_short = random.Random(1), 0, 0 if address else kills // 4, 0
    for _ in range(migrations):
        cut_short += _kill_migrating(chance)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(kills - migrations):
            # A new file now and then, so that making an empty store is met by a kill, too.
            place = address or f"sqlite:///{Path(folder) / str(number // 20)}.sqlite"
            done += check(place, crash(place, chance))
    print(f"{kills:,} kills, {done:,} acts done, none lost and none half there.")
    if migrations:
        print(f"Of them, {migrations:,} while migrating, which cut {cut_short:,} migrations short.")


def _kill_migrating(chance: random.Random) -> bool:
    """Kill once, look, and tell whether the migration had not ended."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{Path(folder) / 'old.sqlite'}"
        make_old_store(address)
        said = crash(address, chance, migrate)
        check_old_store(address)
        return all(word != "did" for word, *_ in said)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
